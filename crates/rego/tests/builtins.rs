//! Every builtin, once at least: each line is an expression that has to be true.

#![allow(clippy::panic, clippy::expect_used)] // tests may fail

use trueline_rego::{CompileOptions, Limits, Value, builtin_names, compile};

const EXPRESSIONS: &str = include_str!("builtins.txt");

/// Refused, as they need a network; called by the compiler only; or in need of keys and certificates, which OPA's cases
/// have and this repository has not.
const ELSEWHERE: &[&str] = &[
    "http.send",
    "net.lookup_ip_addr",
    "rego.metadata.chain",
    "rego.metadata.rule",
    "internal.template_string",
    "io.jwt.verify_rs256",
    "io.jwt.verify_rs384",
    "io.jwt.verify_rs512",
    "io.jwt.verify_ps256",
    "io.jwt.verify_ps384",
    "io.jwt.verify_ps512",
    "io.jwt.verify_es256",
    "io.jwt.verify_es384",
    "io.jwt.verify_es512",
    "io.jwt.verify_eddsa",
    "crypto.x509.parse_and_verify_certificates",
    "crypto.x509.parse_and_verify_certificates_with_options",
    "crypto.x509.parse_certificate_request",
    "crypto.x509.parse_certificates",
    "crypto.x509.parse_keypair",
    "crypto.x509.parse_rsa_private_key",
];

#[test]
fn expressions_are_true() {
    let compiled = compile(&[], &CompileOptions::default()).expect("nothing to compile");
    let mut session = compiled.session(Value::empty_object(), Limits::default());
    session.set_now(1_600_000_000_000_000_000);
    session.set_strict_errors(true);
    let lines = EXPRESSIONS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let wrong: Vec<String> = lines
        .filter_map(|line| match session.query(line) {
            Ok(answers) if !answers.is_empty() => None,
            Ok(_) => Some(format!("not true: {line}")),
            Err(error) => Some(format!("{error}: {line}")),
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_builtin_is_called() {
    let missing: Vec<&str> = builtin_names()
        .filter(|name| !ELSEWHERE.contains(name) && !EXPRESSIONS.contains(&format!("{name}(")))
        .collect();
    assert!(missing.is_empty(), "no expression calls {missing:?}");
}

#[test]
fn the_network_is_refused_with_a_clear_error() {
    let compiled = compile(&[], &CompileOptions::default()).expect("nothing to compile");
    let mut session = compiled.session(Value::empty_object(), Limits::default());
    session.set_strict_errors(true);
    for call in [
        "http.send({\"method\": \"get\", \"url\": \"https://example.com\"})",
        "net.lookup_ip_addr(\"example.com\")",
    ] {
        let error = session.query(call).expect_err(call);
        assert_eq!(error.code, "eval_builtin_error");
        assert!(error.message.contains("policies are evaluated without a network"), "{error}");
    }
}
