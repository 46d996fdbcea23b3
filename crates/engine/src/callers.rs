//! Other modules of the repository that call a module of this run: a fix must hold for them too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use trueline_terraform::Parsed;
use trueline_text::{Files, normalize};

use crate::disk::is_module_file;

/// Directories among `candidates` from which calls lead into the loaded ones, and that are not loaded themselves.
///
/// The sources of calls are looked for in the text: that finds too many rather than too few, and what is found is
/// read properly afterwards.
pub fn find(files: &dyn Files, parsed: &Parsed, candidates: &[String]) -> Vec<String> {
    let loaded: BTreeSet<&str> = parsed.directories.keys().map(|d| &**d).collect();
    let mut called_by: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for dir in candidates.iter().filter(|d| !loaded.contains(d.as_str())) {
        for target in calls(files, dir) {
            called_by.entry(target).or_default().push(dir);
        }
    }
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut todo: Vec<&str> = loaded.into_iter().collect();
    while let Some(dir) = todo.pop() {
        for caller in called_by.get(dir).into_iter().flatten() {
            if found.insert(caller) {
                todo.push(caller);
            }
        }
    }
    found.into_iter().map(str::to_owned).collect()
}

/// Local directories that the files of `dir` name as a source.
fn calls(files: &dyn Files, dir: &str) -> BTreeSet<String> {
    static SOURCE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"source"?\s*[=:]\s*"(\.\.?(?:/[^"$%]*)?)""#).ok());
    let Some(source) = SOURCE.as_ref() else { return BTreeSet::new() };
    let mut out = BTreeSet::new();
    for e in files.list(dir).unwrap_or_default() {
        if e.is_dir || !is_module_file(&e.name) {
            continue;
        }
        let Ok(bytes) = files.read(&normalize(&format!("{dir}/{}", e.name))) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        out.extend(
            source
                .captures_iter(&text)
                .filter_map(|c| Some(normalize(&format!("{dir}/{}", c.get(1)?.as_str())))),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use trueline_text::Memory;

    use super::*;

    #[test]
    fn callers_are_found_through_other_modules() {
        let files = Memory::from_iter([
            ("modules/a/main.tf", "resource \"x\" \"y\" {}"),
            ("modules/b/main.tf", "module \"a\" {\n  source = \"../a\"\n}"),
            ("live/main.tf.json", r#"{"module": {"b": {"source": "../modules/b"}}}"#),
            ("live2/main.tf", "module \"c\" { source = \"../modules/c\" }"),
            ("modules/c/main.tf", ""),
        ]);
        let all: Vec<String> =
            ["live", "live2", "modules/a", "modules/b", "modules/c"].map(String::from).to_vec();
        let parsed = Parsed::load(&files, &["modules/a".to_owned()]);
        assert_eq!(find(&files, &parsed, &all), ["live", "modules/b"]);
    }
}
