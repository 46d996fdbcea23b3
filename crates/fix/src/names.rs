//! Files that have several names, by links of files or of directories: one file, changed once, seen under each name.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_terraform::Parsed;
use trueline_text::{FileId, Files, Location};

/// Which loaded files are the same one.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Each file with several names, to the one that stands for it.
    first: BTreeMap<FileId, FileId>,
    /// Paths of the file that stands for all, to those of all.
    all: BTreeMap<Arc<str>, Vec<Arc<str>>>,
}

impl Names {
    /// Looks at all files that were read.
    pub fn of(files: &dyn Files, parsed: &Parsed) -> Self {
        let mut same: BTreeMap<String, Vec<(bool, Arc<str>, FileId)>> = BTreeMap::new();
        for (id, file) in parsed.sources.iter() {
            let Some(identity) = files.identity(&file.path) else { continue };
            let own = file.path.trim_start_matches("../");
            // The name that is no link comes first.
            let is_link = identity != *own && !identity.ends_with(&format!("/{own}"));
            same.entry(identity).or_default().push((is_link, file.path.clone(), id));
        }
        let mut out = Self::default();
        for mut names in same.into_values().filter(|n| n.len() > 1) {
            names.sort();
            let Some((_, path, first)) = names.first().cloned() else { continue };
            out.first.extend(names.iter().map(|(_, _, id)| (*id, first)));
            out.all.insert(path, names.into_iter().map(|(_, path, _)| path).collect());
        }
        out
    }

    /// The place in the file that stands for all names of it.
    pub fn place(&self, at: Location) -> Location {
        Location { file: self.first.get(&at.file).copied().unwrap_or(at.file), ..at }
    }

    /// All names of a file.
    pub fn paths<'p>(&'p self, path: &'p str) -> impl Iterator<Item = &'p str> {
        let others = self.all.get(path).map_or(&[][..], Vec::as_slice);
        std::iter::once(path).chain(others.iter().map(|p| &**p).filter(move |p| *p != path))
    }

    /// True for a name that another one stands for.
    pub fn is_other(&self, id: FileId) -> bool {
        self.first.get(&id).is_some_and(|first| *first != id)
    }
}
