//! Whatever a policy does: evaluation ends within its limits, twice with the same result.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use trueline_rego::{CompileOptions, Limits, PolicyFile, Value, compile};

static INPUT: LazyLock<Value> = LazyLock::new(|| {
    let json = r#"{"x": 1, "user": {"name": "bob", "roles": ["admin", "dev"]}, "xs": [1, 2.5, -3, "a", null, true],
        "graph": {"a": ["b"], "b": ["a"]}, "text": "aaaaaaaaaaaaaaaaaaaa", "deep": {"a": {"b": {"c": [{"d": 1}]}}}}"#;
    Value::parse_json(json).unwrap_or(Value::Null)
});

fuzz_target!(|text: &str| {
    let Ok(compiled) = compile(&[PolicyFile::new("fuzz.rego", text)], &CompileOptions::default()) else { return };
    let limits = Limits { steps: 200_000, memory: 64 << 20, ..Limits::default() };
    let run = || {
        let mut session = compiled.session(INPUT.clone(), limits.clone());
        session.set_input(INPUT.clone());
        session.rule("data")
    };
    let (first, second) = (run(), run());
    assert_eq!(first, second, "two runs differ");
    if let Ok(Some(value)) = first {
        assert!(value.depth() <= trueline_rego::MAX_DEPTH, "deeper than allowed");
    }
});
