//! What YAML becomes: each line of `yaml.txt` is a text, and what OPA's own `yaml.unmarshal` made of it (1.20, over
//! sigs.k8s.io/yaml 1.6), or `!!` where that is an error.

#![allow(clippy::panic)] // a test may fail

use trueline_rego::Value;

const TABLE: &str = include_str!("yaml.txt");

fn text(json: &str) -> String {
    serde_json::from_str(json).unwrap_or_else(|e| panic!("{json}: {e}"))
}

/// The first document, as `yaml.unmarshal` reads it.
fn first(text: &str) -> Option<Value> {
    let policy = trueline_rego::PolicyFile::new("p.rego", "package p\nx := yaml.unmarshal(input)");
    let compiled = trueline_rego::compile(&[policy], &trueline_rego::CompileOptions::default()).ok()?;
    let mut session = compiled.session(Value::empty_object(), trueline_rego::Limits::default());
    session.set_input(Value::from(text));
    session.rule("data.p.x").unwrap_or_default()
}

#[test]
fn each_text_becomes_what_it_becomes_in_opa() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for line in TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        cases += 1;
        let (given, wanted) = match (line.split_once(" => "), line.strip_suffix(" !!")) {
            (Some((given, wanted)), _) => (text(given), Some(wanted)),
            (_, Some(given)) => (text(given), None),
            _ => panic!("a line has `=>` or ends with `!!`: {line}"),
        };
        let found = first(&given);
        // Numbers count as they are written: `1.50` is no `1.5`.
        let same = match (&found, wanted) {
            (Some(found), Some(wanted)) => {
                let wanted = Value::parse_json(wanted).unwrap_or_else(|e| panic!("{wanted}: {e}"));
                *found == wanted && found.to_string() == wanted.to_string()
            }
            (found, wanted) => found.is_some() == wanted.is_some(),
        };
        if !same {
            let found = found.map_or_else(|| "an error".to_owned(), |found| found.to_string());
            wrong.push(format!("{given:?}: {found}, but wanted {}", wanted.unwrap_or("an error")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases > 300, "{cases} cases");
}

#[test]
fn documents_are_read_one_by_one() {
    let read =
        |text: &str| Value::parse_yaml(text).unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(read("a: &x 1\n---\nb: 2\n--- # three\n- c\n"), [r#"{"a": 1}"#, r#"{"b": 2}"#, r#"["c"]"#]);
    assert_eq!(read("---\n---\n"), ["null", "null"]);
    assert_eq!(read("# nothing\n"), [""; 0]);
    let unknown = Value::parse_yaml("a: &x 1\n---\nb: *x\n").unwrap_err();
    assert!(unknown.starts_with("line 3"), "{unknown}");
}

#[test]
fn what_repeats_itself_beyond_measure_is_an_error() {
    let entries: String = (0..4_000).map(|at| format!("  k{at}: 1\n")).collect();
    let merges: String = (0..4_000).map(|at| format!("m{at}: {{<<: *x}}\n")).collect();
    let merged = Value::parse_yaml(&format!("x: &x\n{entries}{merges}")).unwrap_err();
    assert!(merged.contains("merges bring in more than"), "{merged}");
    let doubling: String = (1..40).map(|at| format!("a{at}: &a{at} [*a{0}, *a{0}]\n", at - 1)).collect();
    assert!(Value::parse_yaml(&format!("a0: &a0 [1]\n{doubling}")).is_err());
    assert!(Value::parse_yaml(&"[".repeat(100_000)).is_err());
    assert!(Value::parse_yaml(&"- ".repeat(100_000)).is_err());
}
