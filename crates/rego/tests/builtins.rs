//! Every builtin, three times at least: each line of `builtins/*.txt` is an expression that has to be true, or, before
//! ` !! `, one that fails with the error behind it (`\n` for a new
//! line) where errors are strict, and is undefined where they are not.

#![allow(clippy::disallowed_methods, clippy::panic, clippy::expect_used)] // a test reads files, and may fail

use trueline_rego::{CompileOptions, Limits, Session, Value, builtin_names, compile};

const FEWEST_CASES: usize = 3;

/// Called by the compiler only: `cases/metadata.rego` and `cases/template_strings.rego` have cases.
const OF_THE_COMPILER: &[&str] = &["rego.metadata.chain", "rego.metadata.rule", "internal.template_string"];

/// Take everything that the check of types lets through.
const CANNOT_FAIL: &[&str] = &[
    "array.flatten",
    "base64.is_valid",
    "equal",
    "glob.quote_meta",
    "graphql.is_valid",
    "graphql.parse_and_verify",
    "graphql.schema_is_valid",
    "gt",
    "gte",
    "internal.member_2",
    "internal.member_3",
    "is_array",
    "is_boolean",
    "is_null",
    "is_number",
    "is_object",
    "is_set",
    "is_string",
    "json.is_valid",
    "json.marshal",
    "json.verify_schema",
    "lt",
    "lte",
    "neq",
    "net.cidr_is_valid",
    "opa.runtime",
    "print",
    "regex.is_valid",
    "semver.is_valid",
    "test.sleep",
    "time.now_ns",
    "type_name",
    "walk",
    "yaml.is_valid",
    "yaml.marshal",
];

/// What `input` is: a value of each type, whose type is not known before a run.
const INPUT: &str = include_str!("builtins/input.json");

/// What `data` is: keys, certificates and tokens, made for these tests, with a validity of 100 years.
const KEYS: &str = include_str!("builtins/keys.json");

/// One line of a file of cases.
struct Case {
    place: String,
    expression: String,
    error: Option<String>,
}

fn cases() -> Vec<Case> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/builtins");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("cases");
        let name = path.file_name().expect("a name").to_string_lossy();
        for (at, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (expression, error) = match line.split_once(" !! ") {
                Some((expression, error)) => (expression, Some(error.replace("\\n", "\n"))),
                None => (line, None),
            };
            let place = format!("{name}:{}", at + 1);
            cases.push(Case { place, expression: expression.to_string(), error });
        }
    }
    cases
}

fn session(strict: bool) -> Session {
    let compiled = compile(&[], &CompileOptions::default()).expect("nothing to compile");
    let keys = Value::parse_json(KEYS).expect("JSON");
    let mut session = compiled.session(keys, Limits::default());
    session.set_input(Value::parse_json(INPUT).expect("JSON"));
    session.set_now(1_600_000_000_000_000_000);
    session.set_strict_errors(strict);
    session
}

/// Says what is wrong with the answers to a case.
fn fault(case: &Case, strict: &Session, lenient: &Session) -> Option<String> {
    let answer = strict.query(&case.expression);
    match (&case.error, answer) {
        (None, Ok(answers)) if !answers.is_empty() => None,
        (None, Ok(_)) => Some("not true".to_string()),
        (None, Err(error)) => Some(error.to_string()),
        (Some(wanted), Ok(_)) => Some(format!("no error, but wanted {wanted}")),
        (Some(wanted), Err(error)) => {
            let got = format!("{}: {}", error.code, error.message);
            if got != *wanted {
                return Some(format!("{got}, but wanted {wanted}"));
            }
            match lenient.query(&case.expression) {
                Ok(answers) if answers.is_empty() => None,
                other => Some(format!("not undefined where errors are not strict: {other:?}")),
            }
        }
    }
}

#[test]
fn expressions_are_true_or_fail_as_they_should() {
    let (strict, lenient) = (session(true), session(false));
    let wrong: Vec<String> = cases()
        .iter()
        .filter_map(|case| {
            let fault = fault(case, &strict, &lenient)?;
            Some(format!("{}: {fault}: {}", case.place, case.expression))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn wrong_expectations_are_noticed() {
    let (strict, lenient) = (session(true), session(false));
    let case = |expression: &str, error: Option<&str>| Case {
        place: String::new(),
        expression: expression.to_string(),
        error: error.map(ToString::to_string),
    };
    for wrong in [
        case("abs(-1) == 2", None),
        case("abs(input.text) == 2", None),
        case("abs(-1) == 1", Some("eval_type_error: abs: operand 1 must be number but got string")),
        case("abs(input.text)", Some("eval_type_error: abs: operand 1 must be set but got string")),
    ] {
        assert!(fault(&wrong, &strict, &lenient).is_some(), "{} is taken", wrong.expression);
    }
}

/// Tells whether an expression calls a function: its name, not as the end of a longer one, and a parenthesis.
fn calls(expression: &str, name: &str) -> bool {
    let call = format!("{name}(");
    expression.match_indices(&call).any(|(at, _)| {
        let before = expression.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|before| !before.is_alphanumeric() && before != '.' && before != '_')
    })
}

#[test]
fn every_builtin_has_cases_good_and_bad() {
    let cases = cases();
    let mut missing = Vec::new();
    for name in builtin_names().filter(|name| !OF_THE_COMPILER.contains(name)) {
        let of: Vec<&Case> = cases.iter().filter(|case| calls(&case.expression, name)).collect();
        if of.len() < FEWEST_CASES {
            missing.push(format!("{name}: {} of {FEWEST_CASES} cases", of.len()));
        }
        if !CANNOT_FAIL.contains(&name) && !of.iter().any(|case| case.error.is_some()) {
            missing.push(format!("{name}: no case that fails"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn the_network_is_refused_with_a_clear_error() {
    // Whatever an error of a builtin does otherwise: an answer that can't be had is no undefined one.
    for (session, call) in [session(true), session(false)].iter().flat_map(|session| {
        [
            "http.send({\"method\": \"get\", \"url\": \"https://example.com\"})",
            "net.lookup_ip_addr(\"example.com\")",
            "not http.send({\"method\": \"get\", \"url\": \"https://example.com\", \"raise_error\": false})",
        ]
        .map(|call| (session, call))
    }) {
        let error = session.query(call).expect_err(call);
        assert_eq!(error.code, "eval_builtin_error");
        assert!(error.message.contains("policies are evaluated without a network"), "{error}");
    }
}
