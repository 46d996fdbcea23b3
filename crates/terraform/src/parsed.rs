//! The files of some module directories, read and parsed, with those of the local modules they call.
//!
//! What enters: directories. What leaves: [`Parsed`], which the evaluation of every root shares, and of which a changed
//! copy is made by parsing the changed files only. What can't be read is a note; the rest is still there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_hcl::File;
use trueline_model::Note;
use trueline_text::{FileId, Location, SourceFile, Sources, Span, normalize};

use crate::content::Content;
pub(crate) use crate::installed::is_installed;
use crate::module::{ModuleConfig, ModuleFile};
use crate::versions::Locks;
pub(crate) use path::local_path;
pub(crate) use path::{FileKind, join};
use path::{base_name, file_kind};
pub(crate) use reading::MAX_CALLS;
pub use reading::MAX_FILE;
use readings::Readings;

mod path;
mod reading;
mod readings;
mod units;

/// What is known of a directory that Terragrunt runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct RunByTerragrunt {
    /// Constraints in what it writes there: sources and constraints.
    pub constraints: Vec<(String, String)>,
    /// A file that it writes there and of which the text is not decided here: what that declares is not known.
    pub open: Option<Arc<str>>,
}

/// Files of module directories.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// All texts.
    pub sources: Sources,
    /// Their syntax trees.
    pub trees: BTreeMap<FileId, Arc<File>>,
    /// Files of each directory, sorted by name: configuration and `*.tfvars`.
    pub directories: BTreeMap<Arc<str>, Vec<FileId>>,
    /// What could not be read or parsed.
    pub notes: Vec<Note>,
    /// Where installed modules are, by root directory and call path (`vpc.subnets`).
    pub(crate) installed: BTreeMap<(Arc<str>, String), Arc<str>>,
    /// Provider versions that are locked, by directory.
    pub(crate) locks: BTreeMap<Arc<str>, Locks>,
    /// Directories that Terragrunt runs.
    pub(crate) run: BTreeMap<Arc<str>, RunByTerragrunt>,
    /// Directories that hold a unit of Terragrunt.
    units: BTreeSet<Arc<str>>,
    /// Directories that `load` was asked for.
    asked: Vec<Arc<str>>,
    /// Directories that are roots although another one calls them.
    kept: BTreeSet<Arc<str>>,
    /// What was read last of each changed file, for all copies of this.
    read: Readings,
}
impl Parsed {
    /// The same files with other texts: path to new text. Only these are parsed again; numbers of files stay.
    #[must_use]
    pub fn with_changes(&self, changes: &BTreeMap<String, String>) -> Self {
        let mut new = self.clone();
        let mut touched = Vec::new();
        for (path, text) in changes {
            let path = normalize(path);
            let id = match new.sources.find(&path) {
                Some(id) => {
                    new.sources.replace(id, text.as_str());
                    id
                }
                None => {
                    let id = new.sources.add(SourceFile::new(path.as_str(), text.as_str()));
                    let (dir, name) = path.rsplit_once('/').unwrap_or((".", &path));
                    if FileKind::of(name).is_some()
                        && let Some(list) = new.directories.get_mut(dir)
                    {
                        list.push(id);
                        let sources = &new.sources;
                        list.sort_by_key(|f| sources.get(*f).map(|s| s.path.clone()));
                    }
                    id
                }
            };
            touched.push(id);
        }
        // Syntax errors are found again; what else was noted there still holds.
        let is_syntax = |n: &Note, at: Location| {
            let tree = self.trees.get(&at.file);
            tree.is_some_and(|t| t.errors.iter().any(|e| e.span == at.span && e.message == n.message))
        };
        new.notes.retain(|n| n.at.is_none_or(|at| !touched.contains(&at.file) || !is_syntax(n, at)));
        for note in &mut new.notes {
            if let Some(at) = note.at.as_mut().filter(|at| touched.contains(&at.file)) {
                at.span =
                    moved(at.span, self.text(at.file), new.sources.get(at.file).map_or("", |f| &f.text));
            }
        }
        let mut trees: Vec<(FileId, Arc<File>)> = Vec::new();
        touched.retain(|id| {
            let known = new.sources.get(*id).and_then(|f| self.read.find(&f.path, &f.text));
            trees.extend(known.map(|tree| (*id, tree)));
            trees.last().is_none_or(|(last, _)| last != id)
        });
        for (id, tree) in new.trees_of(touched) {
            if let Some(f) = new.sources.get(id) {
                self.read.keep(&f.path, &f.text, &tree);
            }
            trees.push((id, tree));
        }
        trees.sort_by_key(|(id, _)| *id);
        new.take(trees);
        new
    }

    /// Keeps the tree of a text that is about to become that of a file: [`Self::with_changes`] takes it then.
    pub fn foresee(&self, path: &str, text: &str, tree: File) {
        if file_kind(path).is_some() {
            self.read.keep(path, text, &Arc::new(tree));
        }
    }

    /// Counts these directories as roots from now on, also where another one calls them.
    pub fn keep_roots(&mut self, dirs: impl IntoIterator<Item = Arc<str>>) {
        self.kept.extend(dirs);
    }

    /// Directories with configuration that no other loaded directory calls, and those kept as roots, sorted.
    pub fn roots(&self) -> Vec<Arc<str>> {
        let mut calls: BTreeMap<Arc<str>, BTreeSet<Arc<str>>> = BTreeMap::new();
        for dir in self.directories.keys() {
            calls.insert(dir.clone(), self.calls_of(dir).into_iter().map(|(target, _)| target).collect());
        }
        let called: BTreeSet<&Arc<str>> =
            calls.iter().flat_map(|(from, to)| to.iter().filter(move |t| *t != from)).collect();
        let is_root = |dir: &Arc<str>| !called.contains(dir) && self.has_config(dir) && !is_installed(dir);
        let mut roots: BTreeSet<Arc<str>> = self.directories.keys().filter(|d| is_root(d)).cloned().collect();
        // Modules that call each other in a circle have no root: the ones asked for are taken.
        let mut reached: BTreeSet<Arc<str>> = BTreeSet::new();
        let mut todo: Vec<Arc<str>> = roots.iter().cloned().collect();
        for asked in std::iter::once(None).chain(self.asked.iter().map(Some)) {
            if let Some(dir) = asked
                && !reached.contains(dir)
                && self.has_config(dir)
            {
                roots.insert(dir.clone());
                todo.push(dir.clone());
            }
            while let Some(dir) = todo.pop() {
                if reached.insert(dir.clone()) {
                    todo.extend(calls.get(&dir).into_iter().flatten().cloned());
                }
            }
        }
        roots.extend(self.kept.iter().filter(|d| self.has_config(d)).cloned());
        roots.into_iter().collect()
    }

    /// The kind of a file by its name.
    pub(crate) fn kind(&self, id: FileId) -> Option<FileKind> {
        self.sources.get(id).and_then(|f| file_kind(&f.path))
    }

    /// The text of a file.
    pub(crate) fn text(&self, id: FileId) -> &str {
        self.sources.get(id).map_or("", |f| &f.text)
    }

    /// The configuration of a directory.
    pub(crate) fn config(&self, dir: &Arc<str>, notes: &mut Vec<Note>) -> ModuleConfig<'_> {
        let mut files = Vec::new();
        for id in self.config_files(dir) {
            let Some(tree) = self.trees.get(&id) else { continue };
            let path = self.sources.get(id).map(|f| f.path.clone()).unwrap_or_default();
            let stem = base_name(&path).split('.').next().unwrap_or_default();
            let overrides = stem == "override" || stem.ends_with("_override");
            files.push(ModuleFile { file: id, content: Content::of_body(id, &tree.body), overrides });
        }
        let mut config = ModuleConfig::new(dir.clone(), &files, !is_installed(dir), notes);
        let tofu = |f: &ModuleFile<'_>| {
            let path = self.sources.get(f.file).map_or("", |f| &f.path);
            path.ends_with(".tofu") || path.ends_with(".tofu.json")
        };
        config.is_for_opentofu |= files.iter().any(tofu);
        config
    }

    /// Directory of a module that a call names, if it is a local path or installed.
    pub(crate) fn target(&self, root: &str, dir: &str, path: &str, source: &str) -> Option<Arc<str>> {
        match local_path(dir, source) {
            Some(path) => Some(path.into()),
            None => self.installed.get(&(root.into(), path.to_owned())).cloned(),
        }
    }

    fn config_files(&self, dir: &str) -> Vec<FileId> {
        let all = self.directories.get(dir).map(Vec::as_slice).unwrap_or_default();
        let config = |id: &&FileId| matches!(self.kind(**id), Some(FileKind::Config { .. }));
        let path = |id: FileId| self.sources.get(id).map(|f| f.path.clone()).unwrap_or_default();
        let found: Vec<FileId> = all.iter().filter(config).copied().collect();
        // As OpenTofu has it: a `.tofu` file takes the place of the `.tf` file of the same name, a `.tofu.json` file that
        // of the `.tf.json` file.
        let tofu: BTreeSet<String> = found
            .iter()
            .filter_map(|id| {
                let path = path(*id);
                let json = path.strip_suffix(".tofu.json").map(|stem| format!("{stem}.tf.json"));
                json.or_else(|| path.strip_suffix(".tofu").map(|stem| format!("{stem}.tf")))
            })
            .collect();
        found.into_iter().filter(|id| !tofu.contains(&*path(*id))).collect()
    }

    fn has_config(&self, dir: &str) -> bool {
        !self.config_files(dir).is_empty()
    }

    /// Local modules that a directory calls, with the place of the call's source.
    fn calls_of(&self, dir: &str) -> Vec<(Arc<str>, Location)> {
        let mut out = Vec::new();
        for id in self.config_files(dir) {
            let Some(tree) = self.trees.get(&id) else { continue };
            for call in Content::of_body(id, &tree.body).blocks("module", 1) {
                let content = call.content();
                if let (Some(source), Some(a)) = (content.literal_str("source"), content.argument("source"))
                    && let Some(path) = local_path(dir, source)
                {
                    out.push((path.into(), a.at()));
                }
            }
        }
        out
    }
}

/// Where the text of a span stands after a change: the same one of all that read the same; the beginning if it is gone.
fn moved(span: Span, before: &str, after: &str) -> Span {
    let text = span.text(before);
    if text.is_empty() {
        return Span::at(0);
    }
    let earlier = Span::new(0, span.start).text(before).matches(text).count();
    let found = after.match_indices(text).nth(earlier).and_then(|(at, _)| u32::try_from(at).ok());
    found.map_or(Span::at(0), |at| Span::new(at, at.saturating_add(span.end - span.start)))
}
