//! Files and what stands in them.

use std::collections::BTreeSet;

use regex::Regex;
use trueline_rego::Value;

use super::{Parser, TestRequest};
use crate::disk::{Disk, MAX_PLAN};
use crate::{EngineError, walk};

/// A file and what stands in it: of YAML with several documents, and of a list, each element is tested.
pub(super) struct Input {
    pub(super) path: String,
    pub(super) content: Value,
}

/// The inputs of each file. With `combine` there is one input, a list of all files.
pub(super) fn inputs(request: &TestRequest) -> Result<Vec<(String, Vec<Value>)>, EngineError> {
    let all = read(request)?;
    if request.combine {
        return Ok(vec![("Combined".to_owned(), vec![combined(all)])]);
    }
    Ok(all.into_iter().map(|input| (input.path, elements(input.content))).collect())
}

/// A list of paths with their contents, sorted by path; each element of a list, and each document, is an entry of its own.
pub(super) fn combined(mut all: Vec<Input>) -> Value {
    all.sort_by(|a, b| a.path.cmp(&b.path));
    let entry = |path: &str, contents: Value| {
        Value::object(vec![(Value::from("path"), Value::from(path)), (Value::from("contents"), contents)])
    };
    let each = |input: Input| {
        let entries = elements(input.content).into_iter().map(|contents| entry(&input.path, contents));
        entries.collect::<Vec<_>>()
    };
    Value::array(all.into_iter().flat_map(each).collect())
}

fn elements(content: Value) -> Vec<Value> {
    match content.as_array() {
        Some(items) => items.iter().cloned().collect(),
        None => vec![content],
    }
}

/// The files and what stands in them.
pub(super) fn read(request: &TestRequest) -> Result<Vec<Input>, EngineError> {
    let mut all = Vec::new();
    let mut stdin = request.stdin.as_deref();
    for path in files(request)? {
        if path == "-" {
            let text = stdin.take().ok_or(EngineError::StdinTwice)?;
            let content = piped(text, request.parser)?;
            all.push(Input { path: request.stdin_name.clone().unwrap_or(path), content });
            continue;
        }
        let parser = parser(&path, request.parser)?;
        let content = parser.read(&text(&path, parser)?).map_err(|reason| EngineError::Input {
            path: path.clone(),
            format: parser.title(),
            reason,
        })?;
        all.push(Input { path, content });
    }
    Ok(all)
}

/// The paths that are meant, each once: files as they are named, and those of folders that are of some kind.
fn files(request: &TestRequest) -> Result<Vec<String>, EngineError> {
    let ignore = match &request.ignore {
        Some(pattern) if !pattern.is_empty() => Some(Regex::new(pattern).map_err(|e| {
            EngineError::Input { path: pattern.clone(), format: "regular expression", reason: e.to_string() }
        })?),
        _ => None,
    };
    let ignored = |path: &str| ignore.as_ref().is_some_and(|ignore| ignore.is_match(path));
    let of_a_kind = |path: &str| Parser::of_path(path).is_some();
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    // An empty argument is a variable of a pipeline that is not set.
    let given: Vec<&String> = request.files.iter().filter(|given| !given.is_empty()).collect();
    for path in &given {
        let found = match path.as_str() {
            "-" => vec!["-".to_owned()],
            path if std::path::Path::new(path).is_dir() => walk::behind(path, &ignored, &of_a_kind)?,
            path => vec![path.to_owned()],
        };
        out.extend(found.into_iter().filter(|path| seen.insert(path.clone())));
    }
    if out.is_empty() {
        return Err(EngineError::NoFiles(given.into_iter().cloned().collect()));
    }
    refuse_unreadable(&out, request.parser)?;
    Ok(out)
}

/// Says which files are of a kind that can't be read: to leave them out would be to pass them.
fn refuse_unreadable(paths: &[String], given: Option<Parser>) -> Result<(), EngineError> {
    let kind = |path: &String| given.or(if path == "-" { Some(Parser::Yaml) } else { Parser::of_path(path) });
    let unreadable = |path: &&String| kind(path).is_some_and(|kind| !kind.is_readable());
    let wrong: Vec<(String, &str)> = paths
        .iter()
        .filter(unreadable)
        .map(|path| (path.clone(), kind(path).map_or("", Parser::title)))
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(EngineError::Unreadable(wrong)) }
}

fn parser(path: &str, given: Option<Parser>) -> Result<Parser, EngineError> {
    given.or_else(|| Parser::of_path(path)).ok_or_else(|| EngineError::UnknownKind(path.to_owned()))
}

/// What stands on standard input: YAML, if nothing else is said; what can be read as JSON is, since that is faster.
fn piped(text: &str, parser: Option<Parser>) -> Result<Value, EngineError> {
    let wrong = |format, reason| EngineError::Input { path: "standard input".to_owned(), format, reason };
    if let Some(parser) = parser {
        return parser.read(text).map_err(|reason| wrong(parser.title(), reason));
    }
    let json = match Parser::Json.read(text) {
        Ok(value) => return Ok(value),
        Err(reason) => reason,
    };
    // What begins as an object or a list of JSON and fails is better told as such.
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    Parser::Yaml.read(text).map_err(|reason| match looks_like_json {
        true => wrong("JSON", json),
        false => wrong("YAML", reason),
    })
}

/// The text of a file; YAML may be UTF-16 with a mark in front.
fn text(path: &str, parser: Parser) -> Result<String, EngineError> {
    let fail = |reason: String| EngineError::Path { path: path.to_owned(), reason };
    let bytes = Disk::read_limited(path, MAX_PLAN).map_err(|e| fail(e.to_string()))?;
    let wide = match bytes.get(..2) {
        Some([0xff, 0xfe]) if parser == Parser::Yaml => Some(u16::from_le_bytes as fn([u8; 2]) -> u16),
        Some([0xfe, 0xff]) if parser == Parser::Yaml => Some(u16::from_be_bytes as fn([u8; 2]) -> u16),
        _ => None,
    };
    if let Some(unit) = wide {
        let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        return String::from_utf16(&units).map_err(|_| fail("it is not UTF-16".to_owned()));
    }
    String::from_utf8(bytes).map_err(|_| fail("it is not UTF-8".to_owned()))
}
