//! Other modules of the repository that call a module of this run, or link to one of its files: a fix must hold for them
//! too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use trueline_terraform::Parsed;
use trueline_text::{Files, normalize};

use crate::disk::is_terraform;

/// Directories among `candidates` from which calls lead into the loaded ones, or that have a file of theirs under
/// another name, and that are not loaded themselves.
///
/// The sources of calls are looked for in the text: that finds too many rather than too few, and what is found is
/// read properly afterwards.
pub fn find(files: &dyn Files, parsed: &Parsed, candidates: &[String]) -> Vec<String> {
    let identity = |path: &str| files.identity(path).unwrap_or_else(|| normalize(path));
    let loaded: BTreeSet<String> = parsed.directories.keys().map(|d| identity(d)).collect();
    let read: BTreeSet<String> = parsed.sources.iter().map(|(_, f)| identity(&f.path)).collect();
    let mut called_by: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut todo: Vec<String> = loaded.iter().cloned().collect();
    for dir in candidates.iter().filter(|d| !parsed.directories.contains_key(d.as_str())) {
        let here = identity(dir);
        if loaded.contains(&here) {
            continue;
        }
        let (targets, paths) = look(files, dir);
        for target in targets {
            called_by.entry(identity(&target)).or_default().push(dir);
        }
        if paths.iter().any(|path| read.contains(&identity(path))) && found.insert(dir) {
            todo.push(here);
        }
    }
    while let Some(dir) = todo.pop() {
        for caller in called_by.get(&dir).into_iter().flatten() {
            if found.insert(caller) {
                todo.push(identity(caller));
            }
        }
    }
    found.into_iter().map(str::to_owned).collect()
}

/// Local directories that the files of `dir` name as a source, and the files themselves.
fn look(files: &dyn Files, dir: &str) -> (BTreeSet<String>, Vec<String>) {
    static SOURCE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"source"?\s*[=:]\s*"(\.\.?(?:/[^"$%]*)?)""#).ok());
    let (mut out, mut paths) = (BTreeSet::new(), Vec::new());
    let Some(source) = SOURCE.as_ref() else { return (out, paths) };
    for e in files.list(dir).unwrap_or_default() {
        if e.is_dir || !is_terraform(&e.name) {
            continue;
        }
        let path = normalize(&format!("{dir}/{}", e.name));
        let bytes = files.read(&path);
        paths.push(path);
        let Ok(bytes) = bytes else { continue };
        let text = String::from_utf8_lossy(&bytes);
        out.extend(
            source
                .captures_iter(&text)
                .filter_map(|c| Some(normalize(&format!("{dir}/{}", c.get(1)?.as_str())))),
        );
    }
    (out, paths)
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

    #[test]
    fn who_links_to_a_file_or_calls_one_who_does_is_found_too() {
        let mut files = Memory::from_iter([
            ("shared/queue.inc", "resource \"x\" \"y\" {}"),
            ("mail/main.tf", ""),
            ("other/main.tf", ""),
            ("live/main.tf", "module \"s\" { source = \"../search\" }"),
            ("search/locals.tf", ""),
        ]);
        files.link("mail/queue.tf", "shared/queue.inc");
        files.link("search/queue.tf", "shared/queue.inc");
        let all: Vec<String> = ["live", "mail", "other", "search"].map(String::from).to_vec();
        let parsed = Parsed::load(&files, &["mail".to_owned()]);
        assert_eq!(find(&files, &parsed, &all), ["live", "search"]);
    }
}
