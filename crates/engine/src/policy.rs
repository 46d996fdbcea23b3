//! Reads an organization's own policies and data from disk.

#![allow(clippy::disallowed_methods)] // this is the door

use std::collections::BTreeSet;
use std::path::Path;

use ignore::WalkBuilder;
use serde_json::{Map, Value as Json};
use trueline_rego::{PolicyFile, Value, Version};
use trueline_text::normalize;

use crate::EngineError;
use crate::disk::Disk;

/// Policies larger than this are refused.
const MAX_POLICY: u64 = 4 << 20;
/// Data files larger than this are refused.
const MAX_DATA: u64 = 256 << 20;

/// All `.rego` files at these places, sorted by path, each once.
pub fn read(paths: &[String], version: Option<Version>) -> Result<Vec<PolicyFile>, EngineError> {
    let mut found = BTreeSet::new();
    for path in paths {
        let files = files(path, &[".rego"])?;
        if files.is_empty() {
            return Err(EngineError::NoPolicies(path.clone()));
        }
        found.extend(files);
    }
    let mut out = Vec::with_capacity(found.len());
    for path in found {
        let text = text(&path, MAX_POLICY)?;
        out.push(PolicyFile { version, ..PolicyFile::new(path, text) });
    }
    Ok(out)
}

/// The JSON and YAML files at these places merged into one document, each under the names of the folders it is in.
pub fn data(paths: &[String]) -> Result<Map<String, Json>, EngineError> {
    let mut out = Map::new();
    for top in paths {
        for path in files(top, &[".json", ".yaml", ".yml"])? {
            let text = text(&path, MAX_DATA)?;
            let wrong = |format, reason| EngineError::Input { path: path.clone(), format, reason };
            let json: Json = if path.ends_with(".json") {
                serde_json::from_str(&text).map_err(|e| wrong("JSON", e.to_string()))?
            } else {
                let documents = Value::parse_yaml(&text).map_err(|reason| wrong("YAML", reason))?;
                documents.first().map_or(Json::Null, Value::to_json)
            };
            let inside = path.strip_prefix(&format!("{}/", normalize(top))).unwrap_or("");
            let folders: Vec<&str> = inside.split('/').filter(|s| !s.is_empty()).collect();
            let folders = folders.split_last().map_or(&[][..], |(_, f)| f);
            let nested = folders
                .iter()
                .rev()
                .fold(json, |inner, name| Json::Object(Map::from_iter([((*name).to_owned(), inner)])));
            let Json::Object(nested) = nested else {
                let reason = "an object is expected at the top".to_owned();
                return Err(EngineError::Input { path, format: "data", reason });
            };
            merge(&mut out, nested);
        }
    }
    Ok(out)
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

/// Files at `path` with one of these endings, sorted; the path itself if it is a file.
pub fn files(path: &str, endings: &[&str]) -> Result<Vec<String>, EngineError> {
    let shown = normalize(path);
    let fail = |reason: String| EngineError::Path { path: shown.clone(), reason };
    let meta = std::fs::metadata(Path::new(&shown)).map_err(|e| fail(e.to_string()))?;
    if !meta.is_dir() {
        return Ok(vec![shown]);
    }
    let mut out = Vec::new();
    let walk =
        WalkBuilder::new(&shown).standard_filters(false).sort_by_file_name(std::ffi::OsStr::cmp).build();
    for entry in walk {
        let entry = entry.map_err(|e| fail(e.to_string()))?;
        let Some(name) = entry.path().to_str() else { continue };
        if entry.file_type().is_some_and(|t| !t.is_dir()) && endings.iter().any(|e| name.ends_with(e)) {
            out.push(normalize(name));
        }
    }
    Ok(out)
}

/// The text of a file of at most `limit` bytes.
pub fn text(path: &str, limit: u64) -> Result<String, EngineError> {
    let fail = |reason: String| EngineError::Path { path: path.to_owned(), reason };
    let bytes = Disk::read_limited(path, limit).map_err(|e| fail(e.to_string()))?;
    String::from_utf8(bytes).map_err(|_| fail("it is not UTF-8".to_owned()))
}
