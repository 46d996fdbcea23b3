use crate::{CompileOptions, PolicyFile, Schema, Value, compile};

fn errors(text: &str) -> Vec<String> {
    match compile(&[PolicyFile::new("p.rego", format!("package p\n{text}"))], &CompileOptions::default()) {
        Ok(_) => Vec::new(),
        Err(wrong) => wrong.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn arguments_of_the_wrong_type_are_errors() {
    assert_eq!(
        errors("x := 1 + \"a\""),
        [
            "p.rego:2: rego_type_error: plus: invalid argument(s)\n\thave: (number, string, ???)\n\twant: (x: number, y: number, z: number)"
        ]
    );
    assert_eq!(errors("f(a) := a + 1\nx := f(\"a\")").len(), 1);
    assert_eq!(errors("x := count(1)").len(), 1);
    assert!(errors("x := count(input.y) + sum(input.z)").is_empty());
    assert!(errors("x := {1} - {2}").is_empty());
}

#[test]
fn values_that_clash_are_errors() {
    assert_eq!(
        errors("x if 1 == \"a\""),
        ["p.rego:2: rego_type_error: match error\n\tleft  : number\n\tright : string"]
    );
    assert_eq!(errors("y := 1\nx if data.p.y == \"a\"").len(), 1);
    assert_eq!(errors("x if [1, 2] == [1]").len(), 1);
    assert!(errors("x if input.a == \"a\"").is_empty());
    assert!(errors("y := 1 if input.z\ny := \"a\" if not input.z\nx if y == \"a\"").is_empty());
}

#[test]
fn references_to_nothing_are_errors() {
    assert_eq!(
        errors("y := {\"a\": 1, \"b\": 2}\nx := data.p.y.c"),
        [
            "p.rego:3: rego_type_error: undefined ref: data.p.y.c\n\tdata.p.y.c\n\t         ^\n\t         have: \"c\"\n\t         want (one of): [\"a\" \"b\"]"
        ]
    );
    assert_eq!(
        errors("y := 1\nx := y.c"),
        ["p.rego:3: rego_type_error: undefined ref: data.p.y.c\n\tdata.p.y.c\n\t^^^^^^^^\n\thave: number"]
    );
    assert!(errors("x := data.other.a.b.c").is_empty());
    assert!(errors("y contains 1\ny contains \"a\"\nx if y[\"a\"]").is_empty());
}

fn with_schemas(text: &str, schemas: Vec<Schema>) -> Vec<String> {
    let files = [PolicyFile::new("p.rego", format!("package p\n{text}"))];
    match compile(&files, &CompileOptions { schemas, ..CompileOptions::default() }) {
        Ok(_) => Vec::new(),
        Err(wrong) => wrong.iter().map(|one| format!("{}: {}", one.line, one.message)).collect(),
    }
}

fn named(name: &str) -> Value {
    let text = format!(r#"{{"type": "object", "properties": {{"{name}": {{"type": "string"}}}}}}"#);
    Value::parse_json(&text).expect("a schema")
}

#[test]
fn annotations_name_the_schemas_of_the_caller() {
    let block = "# METADATA\n# schemas:\n# - input.request: schema.http.request\n";
    let given = || vec![Schema::new(["http", "request"], named("verb"))];
    let policy =
        format!("{block}x := input.request.verb\n{block}y := input.request.noun\nz := input.request.noun");
    assert_eq!(with_schemas(&policy, given()), ["9: undefined ref: input.request.noun"]);
    assert!(with_schemas(&policy, Vec::new()).is_empty());
    let other = "# METADATA\n# schemas:\n# - input: schema.ftp\nx := 1";
    assert_eq!(with_schemas(other, given()), ["5: undefined schema: schema.ftp"]);
}

#[test]
fn one_schema_may_be_for_all_of_input() {
    let given = || vec![Schema::of_input(named("verb"))];
    assert_eq!(with_schemas("x := input.noun\ny := input.verb", given()), ["2: undefined ref: input.noun"]);
    let wrong = vec![Schema::of_input(Value::parse_json(r#"{"type": 3}"#).expect("JSON"))];
    let found = with_schemas("x := 1", wrong);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("unable to compile the schema"), "{found:?}");
}

#[test]
fn schemas_that_refer_to_themselves_end() {
    let text = r##"{"$ref": "#/definitions/a", "definitions": {
        "a": {"properties": {"l": {"$ref": "#/definitions/a"}, "r": {"$ref": "#/definitions/a"}}},
        "b": {"$ref": "#/definitions/b"}, "c": {"allOf": [{"$ref": "#/definitions/c"}]}}}"##;
    let schema = Value::parse_json(text).expect("JSON");
    assert_eq!(with_schemas("x := input.l.r.q", vec![Schema::of_input(schema)]).len(), 1);
    for name in ["b", "c"] {
        let text = text.replacen("definitions/a", &format!("definitions/{name}"), 1);
        let schema = Value::parse_json(&text).expect("JSON");
        assert!(with_schemas("x := input.l.r.q", vec![Schema::of_input(schema)]).is_empty());
    }
}

#[test]
fn schemas_that_double_at_each_level_end() {
    let level = |at: usize| {
        let next = format!(r##"{{"$ref": "#/definitions/d{}"}}"##, at + 1);
        format!(r#""d{at}": {{"properties": {{"l": {next}, "r": {next}}}}}"#)
    };
    let levels: Vec<String> = (0..60).map(level).collect();
    let text = format!(
        r##"{{"$ref": "#/definitions/d0", "definitions": {{{}, "d60": {{"type": "string"}}}}}}"##,
        levels.join(",")
    );
    let schema = Value::parse_json(&text).expect("JSON");
    // What is too much may be anything.
    let policy = "x := input.l.r.q\ny := input == {\"l\": input}";
    assert!(with_schemas(policy, vec![Schema::of_input(schema)]).is_empty());
}
