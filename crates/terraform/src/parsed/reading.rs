//! Reading: directories in waves, each with the modules that the one before calls, within bounds.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_hcl::File;
use trueline_model::{Note, NoteKind};
use trueline_text::{Entry, FileId, Files, Location, SourceFile, normalize};

use super::path::{FileKind, file_kind, join};
use super::{Parsed, is_installed};
use crate::terragrunt;
use crate::versions::read_lock;

/// Where Terraform locks the versions of providers.
const LOCK: &str = ".terraform.lock.hcl";
/// Largest file that is read.
pub const MAX_FILE: usize = 16 << 20;
/// Most directories that are read.
const MAX_DIRECTORIES: usize = 20_000;
/// Deepest chain of module calls.
pub(crate) const MAX_CALLS: usize = 48;

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
        let beside: Vec<String> = parsed.units.iter().map(ToString::to_string).collect();
        parsed.run_by(files, &beside);
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
        self.read_version_files(files, &w.dir, &entries);
        let config = ids.iter().any(|id| matches!(self.kind(*id), Some(FileKind::Config { .. })));
        if !config && w.by.is_some() {
            let message = format!("the module directory `{}` holds no Terraform files", w.dir);
            self.problem(NoteKind::Error, message, Some("correct `source`".into()), w.by);
        }
        ids
    }

    /// Reads what says which versions of providers are used here, and sees whether Terragrunt runs it.
    fn read_version_files(&mut self, files: &dyn Files, dir: &Arc<str>, entries: &[Entry]) {
        let has = |name: &str| entries.iter().any(|e| !e.is_dir && e.name == name);
        if has(LOCK)
            && let Some(text) = self.read(files, &join(dir, LOCK), None)
        {
            self.locks.insert(dir.clone(), read_lock(&text));
        }
        if has(terragrunt::CONFIG) {
            self.units.insert(dir.clone());
        }
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

    /// Parses these files and notes their errors in order.
    pub(super) fn parse(&mut self, ids: Vec<FileId>) {
        let trees = self.trees_of(ids);
        self.take(trees);
    }

    /// Parses these files, several at once where that pays.
    pub(super) fn trees_of(&self, ids: Vec<FileId>) -> Vec<(FileId, Arc<File>)> {
        let texts: Vec<(FileId, Arc<str>, Option<FileKind>)> = ids
            .into_iter()
            .filter_map(|id| {
                let f = self.sources.get(id)?;
                Some((id, f.text.clone(), file_kind(&f.path)))
            })
            .collect();
        let bytes: usize = texts.iter().map(|(_, t, _)| t.len()).sum();
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get).min(8);
        let one = |(id, text, kind): &(FileId, Arc<str>, Option<FileKind>)| {
            let tree = match kind {
                Some(FileKind::Config { json: true }) => trueline_hcl::parse_json(text),
                Some(FileKind::Values { json: true, .. }) => trueline_hcl::parse_json_values(text),
                _ => trueline_hcl::parse(text),
            };
            (*id, Arc::new(tree))
        };
        if bytes < 1 << 18 || threads < 2 {
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
        }
    }

    /// Takes trees over, with notes of their errors in order.
    pub(super) fn take(&mut self, trees: Vec<(FileId, Arc<File>)>) {
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
