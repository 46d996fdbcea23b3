//! Runs a case of the format that OPA publishes its cases in, and says whether the answer is the wanted one.

use std::time::{Duration, Instant};

use trueline_rego::{
    Binding, Clock, CompileOptions, Compiled, Diagnostic, Image, Limits, PolicyFile, Value, Version, compile,
};

/// What an engine makes of a case.
pub type Answer = Result<Vec<Binding>, (String, String)>;

/// Runs a case.
pub fn run(case: &Value) -> Answer {
    run_as(case, |files| compile(files, &CompileOptions::default()))
}

/// Runs a case with policies that went through an image.
#[allow(dead_code, reason = "not every test compares")]
pub fn run_loaded(case: &Value) -> Answer {
    run_as(case, |files| {
        let text = |file: usize| files.get(file).map(|file| file.source.clone());
        Image::of(files).map(|image| image.load(&["data"], &text).expect("an image"))
    })
}

fn run_as(case: &Value, compile: impl Fn(&[PolicyFile]) -> Result<Compiled, Vec<Diagnostic>>) -> Answer {
    let version = match case.get("suite").and_then(Value::as_str) {
        Some("v0") => Version::V0,
        _ => Version::V1,
    };
    let modules =
        case.get("modules").and_then(Value::as_array).map(|modules| modules.to_vec()).unwrap_or_default();
    let files: Vec<PolicyFile> = modules
        .iter()
        .enumerate()
        .map(|(at, module)| PolicyFile {
            path: format!("test-{at}.rego"),
            source: module.as_str().unwrap_or_default().into(),
            version: Some(version),
        })
        .collect();
    let compiled = compile(&files).map_err(|wrong| {
        let first = wrong.first().expect("an error");
        (first.code.clone(), wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })?;
    #[allow(clippy::disallowed_methods)] // a tool to measure with
    let start = Instant::now();
    let limits = Limits::within(Duration::from_secs(10), Clock::new(move || start.elapsed()));
    let data = case.get("data").cloned().unwrap_or_else(Value::empty_object);
    let mut session = compiled.session(data, limits);
    session.set_now(1_790_000_000_000_000_000);
    if let Some(input) = case.get("input") {
        session.set_input(input.clone());
    } else if let Some(term) = case.get("input_term").and_then(Value::as_str) {
        let input = session.rule(term).map_err(|error| (error.code.clone(), error.to_string()))?;
        session.set_input(input.expect("the input is defined"));
    }
    session.set_strict_errors(case.get("strict_error").and_then(Value::as_bool) == Some(true));
    let query = case.get("query").and_then(Value::as_str).unwrap_or_default();
    session.query(query).map_err(|error| (error.code.clone(), error.to_string()))
}

/// Tells whether an answer is what the case wants.
pub fn judge(case: &Value, answer: &Answer) -> bool {
    let wanted = |key: &str| case.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let (code, words) = (wanted("want_error_code"), wanted("want_error"));
    match answer {
        Err((got, message)) => {
            code.is_some_and(|code| code == got) || words.is_some_and(|words| message.contains(words))
        }
        Ok(_) if code.is_some() || words.is_some() => false,
        Ok(answers) => {
            if let Some(defined) = case.get("want_defined").and_then(Value::as_bool)
                && defined == answers.is_empty()
            {
                return false;
            }
            let Some(wanted) = case.get("want_result").and_then(Value::as_array) else { return true };
            let sort = case.get("sort_bindings").and_then(Value::as_bool) == Some(true);
            let answers = answers.iter().map(|answer| {
                let entries = answer.iter().map(|(name, value)| (name.as_str(), plain(value, sort)));
                entries.collect::<Value>()
            });
            let mut answers: Vec<Value> = answers.collect();
            let mut wanted: Vec<Value> = wanted.iter().map(|wanted| plain(wanted, sort)).collect();
            answers.sort();
            answers.dedup();
            wanted.sort();
            wanted.dedup();
            answers == wanted
        }
    }
}

/// Takes a value as JSON: sets as arrays, keys as strings; arrays sorted where their order does not count.
fn plain(value: &Value, sort: bool) -> Value {
    let list = |items: &[Value], sorted: bool| {
        let mut items: Vec<Value> = items.iter().map(|item| plain(item, sort)).collect();
        if sorted {
            items.sort();
        }
        Value::array(items)
    };
    match value {
        Value::Array(items) => list(items, sort),
        Value::Set(items) => list(items, true),
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| (key.to_key(), plain(value, sort))).collect()
        }
        other => other.clone(),
    }
}
