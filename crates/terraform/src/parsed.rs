//! The files of some module directories, read and parsed, with those of the local modules they call.
//!
//! What enters: directories. What leaves: [`Parsed`], which the evaluation of every root shares, and of which a changed
//! copy is made by parsing the changed files only. What can't be read is a note; the rest is still there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_hcl::File;
use trueline_model::{Note, NoteKind};
use trueline_text::{FileId, Files, Location, SourceFile, Sources, normalize};

use crate::content::Content;
pub(crate) use crate::installed::is_installed;
use crate::module::{ModuleConfig, ModuleFile};

/// Largest file that is read.
pub const MAX_FILE: usize = 16 << 20;
/// Most directories that are read.
const MAX_DIRECTORIES: usize = 20_000;
/// Deepest chain of module calls.
pub(crate) const MAX_CALLS: usize = 48;

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
    /// Directories that `load` was asked for.
    asked: Vec<Arc<str>>,
    /// Directories that are roots although another one calls them.
    kept: BTreeSet<Arc<str>>,
}

/// What a file name says about its content.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Config { json: bool },
    Values { json: bool, automatic: bool },
}

impl FileKind {
    pub(crate) fn of(name: &str) -> Option<Self> {
        if name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#')) {
            return None;
        }
        let automatic = |stem: &str| stem == "terraform" || stem.ends_with(".auto");
        if name.ends_with(".tf") || name.ends_with(".tofu") {
            Some(Self::Config { json: false })
        } else if name.ends_with(".tf.json") || name.ends_with(".tofu.json") {
            Some(Self::Config { json: true })
        } else if let Some(stem) = name.strip_suffix(".tfvars") {
            Some(Self::Values { json: false, automatic: automatic(stem) })
        } else {
            let stem = name.strip_suffix(".tfvars.json")?;
            Some(Self::Values { json: true, automatic: automatic(stem) })
        }
    }

    const fn is_json(self) -> bool {
        match self {
            Self::Config { json } | Self::Values { json, .. } => json,
        }
    }
}

struct Wanted {
    dir: Arc<str>,
    by: Option<Location>,
    depth: usize,
}

impl Parsed {
    /// Reads these directories and, recursively, the local modules that they call; a path to a `*.tfvars` file reads that.
    pub fn load(files: &dyn Files, dirs: &[String]) -> Self {
        let mut parsed = Self::default();
        let mut wave: Vec<Wanted> = Vec::new();
        for d in dirs {
            let d = normalize(d);
            if matches!(file_kind(&d), Some(FileKind::Values { .. })) && !files.is_dir(&d) {
                parsed.include(files, &d);
                continue;
            }
            let dir: Arc<str> = d.into();
            parsed.asked.push(dir.clone());
            wave.push(Wanted { dir, by: None, depth: 0 });
        }
        while !wave.is_empty() {
            wave = parsed.load_wave(files, wave);
        }
        parsed
    }

    /// Reads one file of variable values that lies outside the directories.
    pub fn include(&mut self, files: &dyn Files, path: &str) {
        let path = normalize(path);
        if self.sources.find(&path).is_none()
            && let Some(text) = self.read(files, &path, None)
        {
            let id = self.sources.add(SourceFile::new(path.as_str(), text));
            self.parse(vec![id]);
        }
    }

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
        new.notes.retain(|n| n.at.is_none_or(|at| !touched.contains(&at.file)));
        new.parse(touched);
        new
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
        ModuleConfig::new(dir.clone(), &files, !is_installed(dir), notes)
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

    fn load_wave(&mut self, files: &dyn Files, wave: Vec<Wanted>) -> Vec<Wanted> {
        let mut new = Vec::new();
        let mut next: BTreeMap<Arc<str>, Wanted> = BTreeMap::new();
        let mut loaded = Vec::new();
        for w in wave {
            if self.directories.contains_key(&w.dir) {
                continue;
            }
            if self.directories.len() >= MAX_DIRECTORIES || w.depth > MAX_CALLS {
                self.directories.insert(w.dir.clone(), Vec::new());
                self.problem(
                    NoteKind::Error,
                    format!(
                        "`{}` is not read: modules call each other too deeply, or there are too many",
                        w.dir
                    ),
                    Some("look for a symbolic link that leads back, or check fewer modules at once".into()),
                    w.by,
                );
                continue;
            }
            let ids = self.load_directory(files, &w);
            new.extend(ids.iter().copied());
            self.directories.insert(w.dir.clone(), ids);
            loaded.push(w);
        }
        self.parse(new);
        for w in loaded {
            for (dir, by) in self.calls_of(&w.dir) {
                next.entry(dir.clone()).or_insert(Wanted { dir, by: Some(by), depth: w.depth + 1 });
            }
            if !is_installed(&w.dir) {
                for dir in self.read_installed(files, &w.dir) {
                    next.entry(dir.clone()).or_insert(Wanted { dir, by: None, depth: w.depth + 1 });
                }
            }
        }
        next.into_values().collect()
    }

    fn load_directory(&mut self, files: &dyn Files, w: &Wanted) -> Vec<FileId> {
        let entries = match files.list(&w.dir) {
            Ok(entries) => entries,
            Err(e) => {
                let (message, help) = match w.by {
                    Some(_) => (
                        format!("the module directory `{}` can't be read: {}", w.dir, e.kind()),
                        "correct `source`, which is relative to the directory of the calling file",
                    ),
                    None => {
                        (format!("`{}` can't be read: {}", w.dir, e.kind()), "give an existing directory")
                    }
                };
                self.problem(NoteKind::Error, message, Some(help.into()), w.by);
                return Vec::new();
            }
        };
        let mut ids = Vec::new();
        for e in entries.iter().filter(|e| !e.is_dir && FileKind::of(&e.name).is_some()) {
            let path = join(&w.dir, &e.name);
            if let Some(text) = self.read(files, &path, None) {
                ids.push(self.sources.add(SourceFile::new(path, text)));
            }
        }
        let config = ids.iter().any(|id| matches!(self.kind(*id), Some(FileKind::Config { .. })));
        if !config && w.by.is_some() {
            let message = format!("the module directory `{}` holds no Terraform files", w.dir);
            self.problem(NoteKind::Error, message, Some("correct `source`".into()), w.by);
        }
        ids
    }

    pub(crate) fn read(&mut self, files: &dyn Files, path: &str, by: Option<Location>) -> Option<String> {
        let bytes = match files.read(path) {
            Ok(b) => b,
            Err(e) => {
                self.problem(NoteKind::Error, format!("`{path}` can't be read: {}", e.kind()), None, by);
                return None;
            }
        };
        if bytes.len() > MAX_FILE {
            let message = format!(
                "`{path}` is {} MiB large; files above {} MiB are not read",
                bytes.len() >> 20,
                MAX_FILE >> 20
            );
            self.problem(
                NoteKind::Error,
                message,
                Some("split it, or keep data out of configuration".into()),
                by,
            );
            return None;
        }
        match std::str::from_utf8(&bytes) {
            Ok(text) => Some(text.to_owned()),
            Err(e) => {
                let message = format!("`{path}` is no UTF-8: the byte at offset {} is not", e.valid_up_to());
                self.problem(NoteKind::Error, message, Some("save it as UTF-8".into()), by);
                None
            }
        }
    }

    /// Parses these files, several at once where that pays, and notes their errors in order.
    fn parse(&mut self, ids: Vec<FileId>) {
        let texts: Vec<(FileId, Arc<str>, bool)> = ids
            .into_iter()
            .filter_map(|id| {
                let f = self.sources.get(id)?;
                Some((id, f.text.clone(), file_kind(&f.path).is_some_and(FileKind::is_json)))
            })
            .collect();
        let bytes: usize = texts.iter().map(|(_, t, _)| t.len()).sum();
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get).min(8);
        let one = |(id, text, json): &(FileId, Arc<str>, bool)| {
            (*id, Arc::new(if *json { trueline_hcl::parse_json(text) } else { trueline_hcl::parse(text) }))
        };
        let trees: Vec<(FileId, Arc<File>)> = if bytes < 1 << 18 || threads < 2 {
            texts.iter().map(one).collect()
        } else {
            let chunk = texts.len().div_ceil(threads * 4).max(1);
            let next = std::sync::atomic::AtomicUsize::new(0);
            let chunks: Vec<_> = texts.chunks(chunk).collect();
            let mut done: Vec<(FileId, Arc<File>)> = std::thread::scope(|s| {
                let work = || {
                    let mut out = Vec::new();
                    while let Some(c) = chunks.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                        out.extend(c.iter().map(one));
                    }
                    out
                };
                let handles: Vec<_> = (0..threads).map(|_| s.spawn(work)).collect();
                handles.into_iter().filter_map(|h| h.join().ok()).flatten().collect()
            });
            done.sort_by_key(|(id, _)| *id);
            done
        };
        for (id, tree) in trees {
            for e in &tree.errors {
                let automatic = !matches!(self.kind(id), Some(FileKind::Values { automatic: false, .. }));
                let kind = if automatic { NoteKind::Error } else { NoteKind::Warning };
                self.problem(
                    kind,
                    e.message.clone(),
                    e.help.clone(),
                    Some(Location { file: id, span: e.span }),
                );
            }
            self.trees.insert(id, tree);
        }
    }

    pub(crate) fn problem(
        &mut self,
        kind: NoteKind,
        message: String,
        help: Option<String>,
        at: Option<Location>,
    ) {
        self.notes.push(Note { kind, message, help, at });
    }
}

fn file_kind(path: &str) -> Option<FileKind> {
    FileKind::of(base_name(path))
}

fn base_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The directory that a local `source` means.
fn local_path(dir: &str, source: &str) -> Option<String> {
    let local = source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
    local.then(|| normalize(&join(dir, source)))
}

/// A path below a directory, normalized.
pub(crate) fn join(dir: &str, name: &str) -> String {
    if name.starts_with('/') {
        return normalize(name);
    }
    normalize(&format!("{dir}/{name}"))
}
