use crate::{CompileOptions, PolicyFile, compile};

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
