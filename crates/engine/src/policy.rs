//! Reads an organization's own policies and data from disk.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use trueline_rego::{PolicyFile, Value, Version};
use trueline_text::normalize;

use crate::disk::Disk;
use crate::{EngineError, walk};

/// Policies larger than this are refused.
const MAX_POLICY: u64 = 4 << 20;
/// Data files larger than this are refused.
const MAX_DATA: u64 = 256 << 20;
/// Endings of data files.
const DATA: [&str; 3] = [".json", ".yaml", ".yml"];

/// All `.rego` files at these places, sorted by path, each once.
///
/// # Errors
/// If there is none at one of them.
pub fn read(paths: &[String], version: Option<Version>) -> Result<Vec<PolicyFile>, EngineError> {
    let (files, empty) = some(paths, version)?;
    match empty.into_iter().next() {
        Some(path) => Err(EngineError::NoPolicies(path)),
        None => Ok(files),
    }
}

/// The same, and the places that have none.
pub fn some(
    paths: &[String],
    version: Option<Version>,
) -> Result<(Vec<PolicyFile>, Vec<String>), EngineError> {
    let mut found = BTreeSet::new();
    let mut empty = Vec::new();
    for path in paths {
        let files = files(path)?;
        if files.is_empty() {
            empty.push(path.clone());
        }
        found.extend(files);
    }
    let mut out = Vec::with_capacity(found.len());
    for path in found {
        let text = text(&path, MAX_POLICY)?;
        out.push(PolicyFile { version, ..PolicyFile::new(path, text) });
    }
    Ok((out, empty))
}

/// The paths of the `.rego` files at a place, sorted.
pub fn files(path: &str) -> Result<Vec<String>, EngineError> {
    walk::through(path, &[".rego"])
}

/// Data for policies, and what is to be said about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Data {
    /// `data`
    pub document: Map<String, Json>,
    /// What was left out.
    pub warnings: Vec<String>,
}

/// The JSON and YAML files at these places merged into one document, each under the names of the folders it is in.
///
/// # Errors
/// If two of them have values for the same key that are not both objects.
pub fn data(paths: &[String]) -> Result<Data, EngineError> {
    let mut out = Data::default();
    let mut read: Vec<(String, String)> = Vec::new();
    for top in paths {
        let files = walk::through(top, &DATA)?;
        if files.is_empty() {
            out.warnings.push(format!("`{top}` holds no data: data is in .json, .yaml and .yml files"));
        }
        for path in files {
            let nested = document(top, &path, &mut out.warnings)?;
            if let Err(key) = merge_new(&mut out.document, nested) {
                let has = |read: &&(String, String)| {
                    let document = document(&read.0, &read.1, &mut Vec::new());
                    document.is_ok_and(|document| Json::Object(document).pointer(&key).is_some())
                };
                let first = read.iter().find(has).map_or_else(String::new, |(_, path)| path.clone());
                let key = key.replace('/', ".").replace("~1", "/").replace("~0", "~");
                return Err(EngineError::DataConflict { key: format!("data{key}"), first, second: path });
            }
            read.push((top.clone(), path));
        }
    }
    Ok(out)
}

/// What a data file says, under the names of the folders between `top` and it.
fn document(top: &str, path: &str, warnings: &mut Vec<String>) -> Result<Map<String, Json>, EngineError> {
    let text = text(path, MAX_DATA)?;
    let wrong = |format, reason| EngineError::Input { path: path.to_owned(), format, reason };
    let json: Json = if path.ends_with(".json") {
        serde_json::from_str(&text).map_err(|e| wrong("JSON data", e.to_string()))?
    } else {
        let documents = Value::parse_yaml(&text).map_err(|reason| wrong("YAML data", reason))?;
        if documents.iter().skip(1).any(|document| *document != Value::Null) {
            warnings.push(format!("`{path}` has several documents; as data only the first one counts"));
        }
        documents.first().map_or(Json::Null, Value::to_json)
    };
    let inside = path.strip_prefix(&format!("{}/", normalize(top))).unwrap_or("");
    let folders: Vec<&str> = inside.split('/').filter(|s| !s.is_empty()).collect();
    let folders = folders.split_last().map_or(&[][..], |(_, f)| f);
    let nested = folders
        .iter()
        .rev()
        .fold(json, |inner, name| Json::Object(Map::from_iter([((*name).to_owned(), inner)])));
    match nested {
        Json::Object(nested) => Ok(nested),
        _ => Err(wrong("data", "an object is expected at the top".to_owned())),
    }
}

/// Merges objects; the depth is that of the JSON reader's limit.
///
/// # Errors
/// The pointer to the first key that has a value already, if not both are objects.
fn merge_new(into: &mut Map<String, Json>, from: Map<String, Json>) -> Result<(), String> {
    for (key, value) in from {
        let step = || format!("/{}", key.replace('~', "~0").replace('/', "~1"));
        match (into.get_mut(&key), value) {
            (Some(Json::Object(old)), Json::Object(new)) => {
                merge_new(old, new).map_err(|below| step() + &below)?;
            }
            (Some(_), _) => return Err(step()),
            (None, value) => {
                into.insert(key, value);
            }
        }
    }
    Ok(())
}

/// Merges objects; where both are no objects, the later one wins. The depth is that of the JSON reader's limit.
pub fn merge(into: &mut Map<String, Json>, from: Map<String, Json>) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Json::Object(old)), Json::Object(new)) => merge(old, new),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

/// The text of a file of at most `limit` bytes.
pub fn text(path: &str, limit: u64) -> Result<String, EngineError> {
    let fail = |reason: String| EngineError::Path { path: path.to_owned(), reason };
    let bytes = Disk::read_limited(path, limit).map_err(|e| fail(e.to_string()))?;
    String::from_utf8(bytes).map_err(|_| fail("it is not UTF-8".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, String) {
        let top = tempfile::TempDir::new().unwrap();
        for (path, text) in files {
            let path = top.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let root = top.path().to_str().unwrap().to_owned();
        (top, root)
    }

    #[test]
    fn data_is_merged_and_what_disagrees_is_told_with_both_files() {
        let (_top, root) = folder(&[
            ("a.json", r#"{"x": {"one": 1}, "l": [1]}"#),
            ("b.yaml", "x:\n  two: 2\non: yes\n"),
            ("eu/c.yml", "- 1\n"),
            ("us/d.json", r#"{"k": 1}"#),
            ("notes.md", "no data"),
            ("p.rego", "package p"),
        ]);
        let found = data(std::slice::from_ref(&root)).unwrap();
        assert_eq!(
            Json::Object(found.document),
            serde_json::json!({"x": {"one": 1, "two": 2}, "l": [1], "true": true, "eu": [1], "us": {"k": 1}})
        );
        assert_eq!(found.warnings, [""; 0]);
        for (other, key) in [
            (r#"{"x": {"one": 2}}"#, "data.x.one"),
            (r#"{"x": {"one": 1}}"#, "data.x.one"),
            (r#"{"x": 1}"#, "data.x"),
            (r#"{"l": {"a": 1}}"#, "data.l"),
            (r#"{"x": {"one": {"deep": 1}}}"#, "data.x.one"),
        ] {
            std::fs::write(format!("{root}/z.json"), other).unwrap();
            let wrong = data(std::slice::from_ref(&root)).unwrap_err();
            let expected = EngineError::DataConflict {
                key: key.to_owned(),
                first: format!("{root}/a.json"),
                second: format!("{root}/z.json"),
            };
            assert_eq!(wrong, expected, "{other}");
        }
    }

    #[test]
    fn what_is_no_data_is_left_out_and_told() {
        let (_top, root) =
            folder(&[("p.rego", "package p"), ("a.yaml", "a: 1\n---\nb: 2\n"), ("l.json", "[1]")]);
        let file = |name: &str| format!("{root}/{name}");
        let found = data(&[file("p.rego"), file("a.yaml")]).unwrap();
        assert_eq!(Json::Object(found.document), serde_json::json!({"a": 1}));
        assert!(found.warnings[0].contains("p.rego") && found.warnings[1].contains("several documents"));
        assert!(matches!(data(&[file("l.json")]), Err(EngineError::Input { .. })));
        assert!(matches!(data(&[file("none.json")]), Err(EngineError::Path { .. })));
    }
}
