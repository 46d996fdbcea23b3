use serde_json::json;

use super::*;

fn result(outcome: Outcome, message: &str) -> TestResult {
    TestResult { outcome, message: message.to_owned(), location: None, metadata: Map::new() }
}

fn of(file: &str, namespace: &str, successes: usize, results: Vec<TestResult>) -> FileResults {
    FileResults {
        file: file.to_owned(),
        namespace: namespace.to_owned(),
        successes,
        results,
        prints: Vec::new(),
    }
}

/// One file with all there is, one from standard input, one that passes.
fn some() -> Vec<FileResults> {
    let placed = TestResult {
        location: Some(TestLocation { file: "x.tf".to_owned(), line: "9".to_owned() }),
        metadata: Map::from_iter([
            ("query".to_owned(), json!("data.main.deny")),
            ("code".to_owned(), json!(7)),
        ]),
        ..result(Outcome::Failure, "100% <open>\nsecond")
    };
    let all = vec![
        placed,
        TestResult {
            metadata: Map::from_iter([("query".to_owned(), json!("data.main.warn"))]),
            ..result(Outcome::Warning, "old")
        },
        result(Outcome::Exception, "data.main.exception[_][_] == \"net\""),
    ];
    vec![
        of("a.json", "main", 1, all),
        of(
            "-",
            "terraform.iam",
            0,
            vec![TestResult {
                metadata: Map::from_iter([("query".to_owned(), json!("data.terraform.iam.deny"))]),
                ..result(Outcome::Failure, "wildcard\u{1b}[2J")
            }],
        ),
        of("b,c.json", "other", 2, vec![]),
    ]
}

#[test]
fn results_print_as_conftest_prints_them() {
    let mut files = some();
    files[1].prints.push("x is 1".to_owned());
    files.push(of("d.json", "none", 0, vec![]));
    let plain = Shown::default();
    assert_eq!(
        stdout(&files, plain),
        "PRNT   x is 1\nWARN - a.json - main - old\nFAIL - a.json - main - 100% <open>\nsecond\n\
         EXCP - a.json - main - data.main.exception[_][_] == \"net\"\n\
         FAIL - - terraform.iam - wildcard\\u001b[2J\n? - d.json - none - no policies found\n\n\
         7 tests, 3 passed, 1 warning, 2 failures, 1 exception\n"
    );
    assert!(!stdout(&files, Shown { suppress_exceptions: true, ..plain }).contains("EXCP"));
    assert!(
        stdout(&files, Shown { colour: true, ..plain })
            .ends_with("\u{1b}[31m7 tests, 3 passed, 1 warning, 2 failures, 1 exception\u{1b}[0m\n")
    );
    assert_eq!(stdout(&[], plain), "\n0 tests, 0 passed, 0 warnings, 0 failures, 0 exceptions\n");
    let skipped = vec![of("a_test.rego", "", 1, vec![result(Outcome::Skipped, "data.main.todo_test_x")])];
    assert_eq!(
        stdout(&skipped, Shown { skipped: true, ..plain }),
        "\n2 tests, 1 passed, 0 warnings, 0 failures, 0 exceptions, 1 skipped\n"
    );
}

#[test]
fn json_has_conftests_keys_in_its_order() {
    let files = &some()[..2];
    let expected = [
        "[",
        "\t{",
        "\t\t\"filename\": \"a.json\",",
        "\t\t\"namespace\": \"main\",",
        "\t\t\"successes\": 1,",
        "\t\t\"warnings\": [",
        "\t\t\t{",
        "\t\t\t\t\"msg\": \"old\",",
        "\t\t\t\t\"metadata\": {",
        "\t\t\t\t\t\"query\": \"data.main.warn\"",
        "\t\t\t\t}",
        "\t\t\t}",
        "\t\t],",
        "\t\t\"failures\": [",
        "\t\t\t{",
        "\t\t\t\t\"msg\": \"100% \\u003copen\\u003e\\nsecond\",",
        "\t\t\t\t\"loc\": {",
        "\t\t\t\t\t\"file\": \"x.tf\",",
        "\t\t\t\t\t\"line\": 9",
        "\t\t\t\t},",
        "\t\t\t\t\"metadata\": {",
        "\t\t\t\t\t\"code\": 7,",
        "\t\t\t\t\t\"query\": \"data.main.deny\"",
        "\t\t\t\t}",
        "\t\t\t}",
        "\t\t],",
        "\t\t\"exceptions\": [",
        "\t\t\t{",
        "\t\t\t\t\"msg\": \"data.main.exception[_][_] == \\\"net\\\"\"",
        "\t\t\t}",
        "\t\t]",
        "\t},",
        "\t{",
        "\t\t\"filename\": \"\",",
        "\t\t\"namespace\": \"terraform.iam\",",
        "\t\t\"successes\": 0,",
        "\t\t\"failures\": [",
        "\t\t\t{",
        "\t\t\t\t\"msg\": \"wildcard\\u001b[2J\",",
        "\t\t\t\t\"metadata\": {",
        "\t\t\t\t\t\"query\": \"data.terraform.iam.deny\"",
        "\t\t\t\t}",
        "\t\t\t}",
        "\t\t]",
        "\t}",
        "]",
    ];
    let shown = json(files);
    assert_eq!(shown.lines().collect::<Vec<_>>(), expected);
    let read: Json = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(read[0]["failures"][0]["msg"], "100% <open>\nsecond");
    assert_eq!(json(&[]), "[]\n");
}

#[test]
fn tap_counts_the_tests_of_a_file() {
    assert_eq!(
        tap(&some()),
        "1..4\nnot ok 1 - a.json - main - 100% <open> second\n# warnings\nnot ok 2 - a.json - main - old\n\
         # exceptions\nok 3 - a.json - main - data.main.exception[_][_] == \"net\"\n\
         # successes\nok 4 - a.json - main - SUCCESS\n\
         1..1\nnot ok 1 - - terraform.iam - wildcard\\u001b[2J\n\
         1..2\n# successes\nok 1 - b,c.json - other - SUCCESS\nok 2 - b,c.json - other - SUCCESS\n"
    );
}

#[test]
fn a_table_is_as_wide_as_its_cells() {
    let files = [of("a.json", "main", 1, vec![result(Outcome::Failure, "two\nlines")])];
    assert_eq!(
        table(&files),
        "┌─────────┬────────┬───────────┬─────────┐\n\
         │ RESULT  │  FILE  │ NAMESPACE │ MESSAGE │\n\
         ├─────────┼────────┼───────────┼─────────┤\n\
         │ success │ a.json │ main      │ SUCCESS │\n\
         │ failure │ a.json │ main      │ two     │\n\
         │         │        │           │ lines   │\n\
         └─────────┴────────┴───────────┴─────────┘\n"
    );
    assert_eq!(table(&[]), "");
}

#[test]
fn junit_has_a_suite_for_each_namespace() {
    let files = &some()[..2];
    assert_eq!(
        junit(files, Shown::default()),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n\
         \t<testsuite tests=\"3\" failures=\"2\" time=\"0.000\" name=\"conftest.main\">\n\
         \t\t<testcase classname=\"conftest.main\" name=\"a.json - old\" time=\"0.000\">\n\
         \t\t\t<failure message=\"Failed\" type=\"\">old</failure>\n\t\t</testcase>\n\
         \t\t<testcase classname=\"conftest.main\" name=\"a.json - 100% &lt;open&gt;\" time=\"0.000\">\n\
         \t\t\t<failure message=\"Failed\" type=\"\">100% &lt;open&gt;&#xA;second</failure>\n\t\t</testcase>\n\
         \t\t<testcase classname=\"conftest.main\" name=\"a.json\" time=\"0.000\"></testcase>\n\
         \t</testsuite>\n\
         \t<testsuite tests=\"1\" failures=\"1\" time=\"0.000\" name=\"conftest.terraform.iam\">\n\
         \t\t<testcase classname=\"conftest.terraform.iam\" name=\"- - wildcard\\u001b[2J\" time=\"0.000\">\n\
         \t\t\t<failure message=\"Failed\" type=\"\">wildcard\\u001b[2J</failure>\n\t\t</testcase>\n\
         \t</testsuite>\n</testsuites>\n"
    );
    let hidden = junit(files, Shown { hide_message: true, ..Shown::default() });
    assert!(hidden.contains("name=\"a.json\" time") && !hidden.contains("name=\"a.json - "), "{hidden}");
}

#[test]
fn github_annotates_both_places() {
    assert_eq!(
        github(&some(), Shown { hide_passed: true, ..Shown::default() }),
        "::group::Testing \"a.json\" against 4 policies in namespace \"main\"\n\
         ::error file=x.tf,line=9::100%25 <open>%0Asecond\n\
         ::error file=a.json,line=1::(ORIGINATING FROM x.tf L9) 100%25 <open>%0Asecond\n\
         ::warning file=a.json,line=1::old\n\
         ::notice file=a.json,line=1::data.main.exception[_][_] == \"net\"\n\
         ::notice file=a.json,line=1::Number of successful checks: 1\n::endgroup::\n\
         ::group::Testing \"-\" against 1 policies in namespace \"terraform.iam\"\n\
         ::error file=-,line=1::wildcard\\u001b[2J\n\
         ::notice file=-,line=1::Number of successful checks: 0\n::endgroup::\n\
         7 tests, 3 passed, 1 warning, 2 failures, 1 exception\n"
    );
    assert!(
        github(&some(), Shown::default()).contains("file=b%2Cc.json,line=1::Number of successful checks: 2")
    );
}

#[test]
fn azure_devops_gets_no_command_from_a_message() {
    let files = [of("a.json", "main", 1, vec![result(Outcome::Failure, "no\n##vso[task.complete]")])];
    assert_eq!(
        azuredevops(&files),
        "##[section]Testing 'a.json' against 2 policies in namespace 'main'\n##[group]See conftest results\n\
         ##vso[task.logissue type=error] file=a.json --> no%0A##vso[task.complete]\n\
         success file=a.json 1\n##[endgroup]\n2 tests, 1 passed, 0 warnings, 1 failure, 0 exceptions\n"
    );
}

#[test]
fn sarif_names_the_rules_of_policies() {
    let log: Json = serde_json::from_str(&sarif(&some())).expect("JSON");
    let run = &log["runs"][0];
    let ids: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["main/deny", "main/exception", "main/warn", "terraform.iam/deny"]);
    let first = &run["results"][0];
    assert_eq!(
        (&first["ruleId"], &first["ruleIndex"], &first["level"]),
        (&json!("main/deny"), &json!(0), &json!("error"))
    );
    assert_eq!(first["message"]["text"], "100% <open>\nsecond");
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(
        (&place["artifactLocation"]["uri"], &place["region"]["startLine"]),
        (&json!("x.tf"), &json!(9))
    );
    assert_eq!(first["properties"]["code"], 7);
    assert_eq!(run["results"][2]["suppressions"][0]["kind"], "inSource");
    let skipped = vec![of("a_test.rego", "", 1, vec![result(Outcome::Failure, "data.main_test.test_x")])];
    let log: Json = serde_json::from_str(&sarif(&skipped)).expect("JSON");
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "main_test/test_x");
}
