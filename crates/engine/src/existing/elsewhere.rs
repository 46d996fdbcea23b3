//! Whether what has a new address may be something that stood elsewhere before: in another directory, under another
//! label, in a module that was called differently, or in another root with the same state.
//!
//! Enters: the tree of the base, the files of today, and what has a new address. Leaves: which of these may exist. What
//! vanished is found by comparing what files declare, not by evaluating them: a file that is the same on both sides can't
//! have lost anything.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use trueline_forge::Tree;
use trueline_terraform::Parsed;
use trueline_terraform::outline::{Named, Outline, Target};
use trueline_text::{Entry, Files, normalize};

use crate::disk::is_module_file;

/// Something declared: type, label, and how it is named.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub(super) kind: Arc<str>,
    pub(super) label: Arc<str>,
    pub(super) named: Named,
}

/// What one repository lost since the base, and what it has besides.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    lost: Vec<Thing>,
    /// A call of a module that is not in the repository is gone: what it made is not known.
    lost_remote: bool,
}

impl Elsewhere {
    /// Compares all directories of the base with what stands there today.
    pub(super) fn find(files: &dyn Files, tree: &Tree, parsed: &Parsed) -> Option<Self> {
        let changed: BTreeSet<String> =
            tree.directories().filter(|d| !same(files, tree, parsed, d)).map(str::to_owned).collect();
        if changed.is_empty() {
            return Some(Self::default());
        }
        tree.fetch(changed.iter().map(String::as_str)).ok()?;
        let dirs: Vec<String> = changed.iter().cloned().collect();
        let before = Parsed::load(&Only { files: tree, dirs: &changed }, &dirs);
        let today = Parsed::load(&Only { files, dirs: &changed }, &dirs);
        let mut out = Self::default();
        let mut modules: BTreeSet<Arc<str>> = BTreeSet::new();
        for dir in &dirs {
            let (then, now) = (before.outline(dir), today.outline(dir));
            out.lose(then.resources.iter().filter(|(key, _)| !now.resources.contains_key(*key)));
            for (_, target) in then.calls.iter().filter(|(label, t)| now.calls.get(*label) != Some(t)) {
                match target {
                    Target::Local(dir) => {
                        modules.insert(dir.clone());
                    }
                    Target::Remote(_) => out.lost_remote = true,
                }
            }
        }
        if !modules.is_empty() {
            out.lose_modules(tree, modules)?;
        }
        Some(out)
    }

    fn lose<'a>(&mut self, resources: impl Iterator<Item = (&'a (Arc<str>, Arc<str>), &'a Named)>) {
        self.lost.extend(resources.map(|((kind, label), named)| Thing {
            kind: kind.clone(),
            label: label.clone(),
            named: named.clone(),
        }));
    }

    /// What modules made that are called no more, with all that they call.
    fn lose_modules(&mut self, tree: &Tree, dirs: BTreeSet<Arc<str>>) -> Option<()> {
        tree.fetch(tree.directories()).ok()?;
        let dirs: Vec<String> = dirs.iter().map(|d| d.to_string()).collect();
        let modules = Parsed::load(tree, &dirs);
        for dir in modules.directories.keys() {
            let Outline { resources, calls, .. } = modules.outline(dir);
            self.lose(resources.iter());
            self.lost_remote |= calls.values().any(|t| matches!(t, Target::Remote(_)));
        }
        Some(())
    }

    /// True if something that is gone may be this thing. `new` is everything that has a new address: what is gone and
    /// stands among it under its own label is accounted for.
    pub(super) fn may_be(&self, thing: &Thing, new: &BTreeSet<(Arc<str>, Arc<str>)>, remote: bool) -> bool {
        let alike = |l: &&Thing| {
            let label = l.label == thing.label;
            let accounted = new.contains(&(l.kind.clone(), l.label.clone()));
            l.kind == thing.kind
                && (label || l.named.agrees(&thing.named) || !accounted && !l.named.differs(&thing.named))
        };
        self.lost.iter().any(|l| alike(&l)) || remote && self.lost_remote
    }
}

/// Things of the directories that were there before, by type: what bears the same name elsewhere is the same thing.
pub(super) fn standing(tree: &Tree, parsed: &Parsed) -> BTreeMap<Arc<str>, Vec<(Arc<str>, Named)>> {
    let mut out: BTreeMap<Arc<str>, Vec<(Arc<str>, Named)>> = BTreeMap::new();
    for dir in parsed.directories.keys().filter(|d| tree.is_dir(d)) {
        for ((kind, _), named) in parsed.outline(dir).resources {
            out.entry(kind).or_default().push((dir.clone(), named));
        }
    }
    out
}

/// True if all module files that the base has in a directory are there today, byte for byte.
fn same(files: &dyn Files, tree: &Tree, parsed: &Parsed, dir: &str) -> bool {
    let before = tree.list(dir).unwrap_or_default();
    before.iter().filter(|e| !e.is_dir && is_module_file(&e.name)).all(|e| {
        let path = normalize(&format!("{dir}/{}", e.name));
        match parsed.sources.find(&path).and_then(|id| parsed.sources.get(id)) {
            Some(file) => tree.holds(&path, file.text.as_bytes()),
            None => files.read(&path).is_ok_and(|bytes| tree.holds(&path, &bytes)),
        }
    })
}

/// Only these directories: the modules that they call are not read.
struct Only<'a> {
    files: &'a dyn Files,
    dirs: &'a BTreeSet<String>,
}

impl Files for Only<'_> {
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>> {
        self.files.read(path)
    }

    fn list(&self, path: &str) -> io::Result<Vec<Entry>> {
        if self.dirs.contains(&normalize(path)) {
            return self.files.list(path);
        }
        Err(io::Error::from(io::ErrorKind::NotFound))
    }

    fn is_dir(&self, path: &str) -> bool {
        self.dirs.contains(&normalize(path)) && self.files.is_dir(path)
    }

    fn is_file(&self, path: &str) -> bool {
        self.files.is_file(path)
    }
}
