//! The door through which every room below the engine reads files.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

/// A name in a directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The bare name.
    pub name: String,
    /// True for a directory.
    pub is_dir: bool,
}

/// Reads files and directories. Paths use `/`; relative ones are relative to where the caller said the run starts.
pub trait Files: Send + Sync {
    /// The bytes of a file.
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>>;
    /// The entries of a directory, sorted by name.
    fn list(&self, path: &str) -> io::Result<Vec<Entry>>;
    /// True if there is a directory of this path.
    fn is_dir(&self, path: &str) -> bool;
    /// True if there is a file of this path.
    fn is_file(&self, path: &str) -> bool;
    /// What tells apart files and directories that may have several names: equal for the names of one, whatever links
    /// lead there; none where that is not known.
    fn identity(&self, path: &str) -> Option<String> {
        let _ = path;
        None
    }

    /// True if configuration of the directory `dir` may read `path`: it lies, all links followed, in that directory or in the
    /// repository that holds it, and is no part of what git keeps there for itself.
    fn within(&self, path: &str, dir: &str) -> bool {
        is_within(&normalize(dir), &normalize(path))
    }
}

/// Files that exist in memory only; used by tests and for the base of a change.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, Arc<[u8]>>,
    links: BTreeMap<String, String>,
}

impl Memory {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl AsRef<str>, content: impl Into<Vec<u8>>) {
        self.files.insert(normalize(path.as_ref()), Arc::from(content.into()));
    }

    /// Adds another name of a file, as a symbolic link is one.
    pub fn link(&mut self, name: impl AsRef<str>, target: impl AsRef<str>) {
        self.links.insert(normalize(name.as_ref()), normalize(target.as_ref()));
    }

    /// The name that a path stands for.
    fn target(&self, path: &str) -> String {
        let path = normalize(path);
        self.links.get(&path).cloned().unwrap_or(path)
    }

    /// All paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

impl<P: AsRef<str>, C: Into<Vec<u8>>> FromIterator<(P, C)> for Memory {
    fn from_iter<I: IntoIterator<Item = (P, C)>>(iter: I) -> Self {
        let mut m = Self::new();
        for (p, c) in iter {
            m.insert(p, c);
        }
        m
    }
}

impl Files for Memory {
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>> {
        self.files.get(&self.target(path)).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn list(&self, path: &str) -> io::Result<Vec<Entry>> {
        let dir = normalize(path);
        let mut found = BTreeSet::new();
        for p in self.files.keys().chain(self.links.keys()) {
            let Some(rest) = below(&dir, p) else { continue };
            match rest.split_once('/') {
                Some((name, _)) => found.insert(Entry { name: name.to_owned(), is_dir: true }),
                None => found.insert(Entry { name: rest.to_owned(), is_dir: false }),
            };
        }
        if found.is_empty() && dir != "." {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        }
        Ok(found.into_iter().collect())
    }

    fn is_dir(&self, path: &str) -> bool {
        let dir = normalize(path);
        dir == "." || self.files.keys().chain(self.links.keys()).any(|p| below(&dir, p).is_some())
    }

    fn is_file(&self, path: &str) -> bool {
        self.files.contains_key(&self.target(path))
    }

    fn identity(&self, path: &str) -> Option<String> {
        Some(self.target(path))
    }

    /// All that is here is one repository.
    fn within(&self, path: &str, dir: &str) -> bool {
        let path = self.target(path);
        is_within(".", &path) || is_within(&normalize(dir), &path)
    }
}

/// Some files changed in memory, the rest as they are below.
pub struct Overlay<'a> {
    below: &'a dyn Files,
    changed: Memory,
}

impl<'a> Overlay<'a> {
    /// Lays `changed` over `below`.
    pub fn new(below: &'a dyn Files, changed: Memory) -> Self {
        Self { below, changed }
    }
}

impl Files for Overlay<'_> {
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>> {
        self.changed.read(path).or_else(|_| self.below.read(path))
    }

    fn list(&self, path: &str) -> io::Result<Vec<Entry>> {
        let mut all: BTreeSet<Entry> = self.changed.list(path).unwrap_or_default().into_iter().collect();
        match self.below.list(path) {
            Ok(more) => all.extend(more),
            Err(e) if all.is_empty() => return Err(e),
            Err(_) => {}
        }
        Ok(all.into_iter().collect())
    }

    fn is_dir(&self, path: &str) -> bool {
        self.changed.is_dir(path) || self.below.is_dir(path)
    }

    fn is_file(&self, path: &str) -> bool {
        self.changed.is_file(path) || self.below.is_file(path)
    }

    fn identity(&self, path: &str) -> Option<String> {
        self.below.identity(path)
    }

    fn within(&self, path: &str, dir: &str) -> bool {
        self.below.within(path, dir)
    }
}

/// Removes `.` and resolves `..` in a `/`-path without touching the file system; the empty path is `.`.
pub fn normalize(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut out: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match out.last() {
                Some(&"..") | None if !rooted => out.push(".."),
                _ => {
                    out.pop();
                }
            },
            p => out.push(p),
        }
    }
    let joined = out.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

fn is_within(dir: &str, path: &str) -> bool {
    (path == dir || below(dir, path).is_some()) && !path.split('/').any(|part| part == ".git")
}

fn below<'p>(dir: &str, path: &'p str) -> Option<&'p str> {
    if dir == "." {
        return (!path.starts_with("..") && !path.starts_with('/')).then_some(path);
    }
    if dir == "/" {
        return path.strip_prefix('/');
    }
    path.strip_prefix(dir)?.strip_prefix('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalized_without_the_file_system() {
        for (from, to) in [
            ("", "."),
            ("./a//b/../c", "a/c"),
            ("../x", "../x"),
            ("a/../..", ".."),
            ("/a/../../b", "/b"),
            ("/", "/"),
        ] {
            assert_eq!(normalize(from), to, "{from}");
        }
    }

    #[test]
    fn a_file_has_one_identity_whatever_its_names() {
        let mut files = Memory::from_iter([("shared/a.inc", "x")]);
        files.link("m/a.tf", "shared/a.inc");
        assert_eq!(&*files.read("m/a.tf").unwrap(), b"x");
        assert_eq!(files.identity("m/a.tf"), files.identity("shared/a.inc"));
        assert_ne!(files.identity("m/a.tf"), files.identity("m/b.tf"));
        assert!(files.is_dir("m") && files.is_file("m/a.tf"));
        assert_eq!(files.list("m").unwrap().len(), 1);
    }

    #[test]
    fn an_overlay_shows_changed_files_first_and_lists_both() {
        let disk = Memory::from_iter([("m/a.tf", "old"), ("m/b.tf", "b")]);
        let over = Overlay::new(&disk, Memory::from_iter([("m/a.tf", "new"), ("m/sub/c.tf", "c")]));
        assert_eq!(&*over.read("m/a.tf").unwrap(), b"new");
        assert_eq!(&*over.read("m/b.tf").unwrap(), b"b");
        let names: Vec<_> = over.list("m").unwrap().into_iter().map(|e| (e.name, e.is_dir)).collect();
        assert_eq!(names, [("a.tf".into(), false), ("b.tf".into(), false), ("sub".into(), true)]);
        assert!(over.list("nowhere").is_err());
    }
}
