//! For programs: an array with an object for each file and namespace.

use serde::Serialize;
use serde_json::{Map, Number, Value as Json};

use super::{FileResults, Outcome, TestResult};
use crate::escape;

#[derive(Serialize)]
struct File<'a> {
    filename: &'a str,
    namespace: &'a str,
    successes: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failures: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exceptions: Vec<Message<'a>>,
}

#[derive(Serialize)]
struct Message<'a> {
    msg: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    loc: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    metadata: Map<String, Json>,
}

#[derive(Serialize)]
struct Place<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<Number>,
}

/// Renders JSON, indented by tabs; standard input has no name.
pub fn json(files: &[FileResults]) -> String {
    let all: Vec<File<'_>> = files
        .iter()
        .map(|f| {
            let of = |outcome| f.of(outcome).map(message).collect();
            File {
                filename: if f.file == "-" { "" } else { &f.file },
                namespace: &f.namespace,
                successes: f.successes,
                skipped: of(Outcome::Skipped),
                warnings: of(Outcome::Warning),
                failures: of(Outcome::Failure),
                exceptions: of(Outcome::Exception),
            }
        })
        .collect();
    indented(&all, b"\t")
}

/// Renders what stands in files: of one file that, of several an object by path.
pub fn parsed(mut files: Vec<(String, Json)>, combined: bool) -> String {
    let mut content = match files.len() {
        1 => files.pop().map_or(Json::Null, |(_, content)| content),
        _ => Json::Object(files.into_iter().collect()),
    };
    content.sort_all_objects();
    match combined {
        true => indented(&content, b"\t") + "\n",
        false => indented(&content, b"  "),
    }
}

fn indented(value: &impl Serialize, indent: &[u8]) -> String {
    let mut out = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(indent);
    let mut writer = serde_json::Serializer::with_formatter(&mut out, formatter);
    // Text and numbers can always be written into memory.
    let _ = value.serialize(&mut writer);
    out.push(b'\n');
    let text = String::from_utf8(out).unwrap_or_default();
    // Only strings hold these; conftest writes JSON that is safe inside of web pages.
    escape::json(text.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e"))
}

fn message(r: &TestResult) -> Message<'_> {
    let mut metadata = r.metadata.clone();
    metadata.sort_keys();
    Message {
        msg: &r.message,
        loc: r.location.as_ref().map(|l| Place { file: &l.file, line: l.line.parse().ok() }),
        metadata,
    }
}
