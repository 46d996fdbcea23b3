//! An image gives what the policies give that it was made of: those rules that are asked for, and nothing else.

#![allow(clippy::unwrap_used)] // a test may stop

use std::sync::Arc;

use trueline_rego::{
    CompileOptions, Compiled, Image, ImageError, Limits, PolicyFile, Session, Value, compile,
};

const MAIN: &str = r#"package main

import data.lib

default allow := false
allow if lib.is_new(input.x)

deny contains {"msg": msg, "at": [k, v]} if {
    some k, v in input.map
    not v in {"a", "b", 1.50, null}
    msg := sprintf("%v is %s", [k, lib.words[v]])
}

size := "none" if {
    count(input.map) == 0
} else := "few" if {
    count(input.map) < 3
} else := "many"

codes[input.x][k] := n if n := {"y": 1, "z": [true, {}]}[k]

every_way if {
    every k, v in input.map { k != v }
    sum([n | n := input.numbers[_]; n > 1]) > 2
    {k: v | some k, v in input.map} == input.map
    walk(input.map, [["a"], "no"])
}

replaced if lib.is_new(1) with data.known as {2}

below := data.dynamic[input.x].rule

unused := data.lib.never
"#;

const LIB: &str = r#"package lib

is_new(x) if not x in data.known

words := {"no": "wrong"}

never := words
"#;

const DYNAMIC: &str = "package dynamic.q\nrule := 1\n";

fn files() -> Vec<PolicyFile> {
    [("main.rego", MAIN), ("lib.rego", LIB), ("dynamic.rego", DYNAMIC)]
        .map(|(path, text)| PolicyFile::new(path, text))
        .to_vec()
}

fn loaded(files: &[PolicyFile], paths: &[&str]) -> Compiled {
    let text = |file: usize| files.get(file).map(|file| file.source.clone());
    Image::of(files).unwrap().load(paths, &text).unwrap()
}

fn session(compiled: &Compiled) -> Session {
    let data = Value::parse_json(r#"{"known": ["p"]}"#).unwrap();
    let mut session = compiled.session(data, Limits::default());
    let input = r#"{"x": "q", "map": {"a": "no", "b": "a", "c": 1.5}, "numbers": [1, 2, 3]}"#;
    session.set_input(Value::parse_json(input).unwrap());
    session
}

const RULES: [&str; 7] = ["allow", "deny", "size", "codes", "every_way", "replaced", "below"];

#[test]
fn each_rule_alone_has_the_same_value() {
    let files = files();
    let all = session(&compile(&files, &CompileOptions::default()).unwrap());
    for rule in RULES {
        let path = format!("data.main.{rule}");
        let expected = all.rule(&path).unwrap();
        assert!(expected.is_some(), "{rule}");
        assert_eq!(session(&loaded(&files, &[&path])).rule(&path).unwrap(), expected, "{rule}");
    }
    assert_eq!(
        session(&loaded(&files, &["data"])).query("x := data").unwrap(),
        all.query("x := data").unwrap()
    );
}

#[test]
fn what_nobody_asks_for_is_not_there() {
    let files = files();
    let some = loaded(&files, &["data.main.deny", "data.main.no_such_rule", "data.none.at.all"]);
    for (path, there) in [
        ("data.main.deny", true),
        ("data.lib.words", true),
        ("data.main.allow", false),
        ("data.lib.is_new", false),
        ("data.lib.never", false),
        ("data.dynamic.q.rule", false),
        ("data.main.no_such_rule", false),
    ] {
        assert_eq!(some.has_rules(path), there, "{path}");
    }
    assert!(some.packages().is_empty());
}

#[test]
fn errors_know_their_places() {
    let files = [PolicyFile::new("p.rego", "package p\n\nx := 1 if input.x\n\nx := 2 if input.x\n")];
    let of = |compiled: &Compiled| session(compiled).rule("data.p.x").unwrap_err().to_string();
    let expected = of(&compile(&files, &CompileOptions::default()).unwrap());
    assert!(expected.starts_with("p.rego:5:"), "{expected}");
    assert_eq!(of(&loaded(&files, &["data.p.x"])), expected);
}

#[test]
fn the_same_policies_give_the_same_bytes_and_wrong_ones_none() {
    assert_eq!(Image::of(&files()).unwrap().bytes(), Image::of(&files()).unwrap().bytes());
    let wrong = Image::of(&[PolicyFile::new("p.rego", "package p\nx := y")]).unwrap_err();
    assert_eq!((wrong[0].path.as_str(), wrong[0].line), ("p.rego", 2));
}

#[test]
fn damaged_bytes_are_an_error_and_no_panic() {
    let files = files();
    let image = Image::of(&files).unwrap();
    let text = |_: usize| Some(Arc::from(""));
    let load = |bytes: &[u8]| Image::new(bytes).load(&["data"], &text).map(|_| ());
    assert_eq!(load(image.bytes()), Ok(()));
    for end in 0..image.bytes().len() {
        assert_eq!(load(&image.bytes()[..end]), Err(ImageError), "{end}");
    }
    for at in 0..image.bytes().len() {
        let mut bytes = image.bytes().to_vec();
        bytes[at] ^= 0xff;
        let _ = load(&bytes);
    }
    let no_text = image.load(&["data"], &|_| None).map(|_| ());
    assert_eq!(no_text, Err(ImageError));
}
