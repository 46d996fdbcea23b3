//! Files and what stands in them.

use regex::Regex;
use trueline_rego::Value;

use super::{Parser, TestRequest};
use crate::disk::MAX_PLAN;
use crate::{EngineError, policy};

/// Endings of the files of directories.
const ENDINGS: [&str; 3] = [".json", ".yaml", ".yml"];

/// The inputs of each file: its documents, and of those that are arrays the elements. With `combine` there is one input,
/// a list of all files.
pub(super) fn inputs(request: &TestRequest) -> Result<Vec<(String, Vec<Value>)>, EngineError> {
    let all = read(request)?;
    if request.combine {
        return Ok(vec![("Combined".to_owned(), vec![combined(all)])]);
    }
    Ok(all
        .into_iter()
        .map(|(path, documents)| (path, documents.into_iter().flat_map(elements).collect()))
        .collect())
}

/// The files and their documents.
pub(super) fn read(request: &TestRequest) -> Result<Vec<(String, Vec<Value>)>, EngineError> {
    let ignore = match &request.ignore {
        Some(pattern) => Some(Regex::new(pattern).map_err(|e| EngineError::Input {
            path: pattern.clone(),
            format: "regular expression",
            reason: e.to_string(),
        })?),
        None => None,
    };
    let mut all = Vec::new();
    let mut stdin = request.stdin.as_deref();
    for given in &request.files {
        if given == "-" {
            let text = stdin.take().ok_or(EngineError::StdinTwice)?;
            let name = request.stdin_name.clone().unwrap_or_else(|| given.clone());
            let documents = documents(&name, text, request.parser)?;
            all.push((name, documents));
            continue;
        }
        let files = policy::files(given, &ENDINGS)?;
        let walked = files.len() != 1 || files.first().is_none_or(|f| f.starts_with(&format!("{given}/")));
        for path in files {
            if walked && ignore.as_ref().is_some_and(|i| i.is_match(&path)) {
                continue;
            }
            let text = policy::text(&path, MAX_PLAN)?;
            let documents = documents(&path, &text, request.parser)?;
            all.push((path, documents));
        }
    }
    Ok(all)
}

/// A list of paths with their contents, sorted by path.
pub(super) fn combined(mut all: Vec<(String, Vec<Value>)>) -> Value {
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let file = |(path, documents): (String, Vec<Value>)| {
        let contents = whole(documents);
        Value::object(vec![(Value::from("path"), Value::from(path)), (Value::from("contents"), contents)])
    };
    Value::array(all.into_iter().map(file).collect())
}

/// The content of a file: its document, or a list of its documents.
pub(super) fn whole(mut documents: Vec<Value>) -> Value {
    match documents.len() {
        1 => documents.pop().unwrap_or(Value::Null),
        _ => Value::array(documents),
    }
}

fn elements(document: Value) -> Vec<Value> {
    match document.as_array() {
        Some(items) => items.iter().cloned().collect(),
        None => vec![document],
    }
}

/// Reads what stands in a file. Standard input is JSON if it can be read as such, else YAML.
fn documents(path: &str, text: &str, parser: Option<Parser>) -> Result<Vec<Value>, EngineError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let wrong = |format, reason| EngineError::Input { path: path.to_owned(), format, reason };
    let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    let parser = parser.or((path != "-").then_some(if is_yaml { Parser::Yaml } else { Parser::Json }));
    match (parser, Value::parse_json(text)) {
        (Some(Parser::Json) | None, Ok(value)) => Ok(vec![value]),
        (Some(Parser::Json), Err(e)) => Err(wrong("JSON", e.to_string())),
        // What begins as an object or a list of JSON and fails is better told as such.
        (None, Err(e)) if text.trim_start().starts_with(['{', '[']) => Err(wrong("JSON", e.to_string())),
        _ => Value::parse_yaml(text).map_err(|reason| wrong("YAML", reason)),
    }
}
