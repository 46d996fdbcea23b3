//! The files of one run, each read once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::{LineIndex, Position, Range, Span};

/// Number of a file in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A byte range of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Span,
}

/// One file: the path as it is shown, the text with any byte order mark, and its lines.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path as given or found, with `/` between names.
    pub path: Arc<str>,
    /// The whole text.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: LineIndex,
}

impl SourceFile {
    /// A file of this path and text.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self { path: path.into(), lines: LineIndex::new(&text), text }
    }

    /// Position of a byte.
    pub fn position(&self, offset: u32) -> Position {
        self.lines.position(&self.text, offset)
    }

    /// Range of a span, end-exclusive.
    pub fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// Text of a span.
    pub fn slice(&self, span: Span) -> &str {
        span.text(&self.text)
    }

    /// The line break that the file uses: that of its first line, else `\n`.
    pub fn line_break(&self) -> &'static str {
        match self.text.find('\n') {
            Some(i) if i > 0 && self.text.as_bytes().get(i - 1) == Some(&b'\r') => "\r\n",
            _ => "\n",
        }
    }
}

/// All files of one run. Adding the same path again replaces nothing: the first text stays.
///
/// Files that only evaluation comes across (policies that `file` reads) are added while others look: see [`Self::late`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
    by_path: BTreeMap<Arc<str>, FileId>,
    late: Arc<Late>,
}

/// Number of the first file that was added late.
const FIRST_LATE: u32 = 1 << 30;
/// Most files that are added late.
const MOST_LATE: usize = 4096;

/// Files that were added while others look; each keeps its place for ever.
#[derive(Debug, Default)]
struct Late {
    slots: OnceLock<Box<[OnceLock<Arc<SourceFile>>]>>,
    taken: Mutex<Taken>,
}

/// Which slots are taken.
#[derive(Debug, Default)]
struct Taken {
    /// The first that is free.
    next: usize,
    /// Those of each path, one for each text that it had.
    by_path: BTreeMap<Arc<str>, Vec<u32>>,
}

impl Late {
    fn get(&self, n: u32) -> Option<&Arc<SourceFile>> {
        self.slots.get()?.get(n as usize)?.get()
    }

    fn add(&self, path: &str, text: &str) -> Option<u32> {
        let slots = self.slots.get_or_init(|| (0..MOST_LATE).map(|_| OnceLock::new()).collect());
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let known = taken.by_path.get(path).into_iter().flatten();
        if let Some(n) = known.copied().find(|n| self.get(*n).is_some_and(|f| *f.text == *text)) {
            return Some(n);
        }
        let n = u32::try_from(taken.next).ok()?;
        slots.get(taken.next)?.set(Arc::new(SourceFile::new(path, text))).ok()?;
        taken.next += 1;
        taken.by_path.entry(path.into()).or_default().push(n);
        Some(n)
    }
}

impl Sources {
    /// Adds a file, or returns the number it already has.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        if let Some(id) = self.by_path.get(&file.path) {
            return *id;
        }
        let id = FileId(self.files.len() as u32);
        self.by_path.insert(file.path.clone(), id);
        self.files.push(Arc::new(file));
        id
    }

    /// Replaces the text of a file; its number and path stay.
    pub fn replace(&mut self, id: FileId, text: impl Into<Arc<str>>) {
        if let Some(slot) = self.files.get_mut(id.0 as usize) {
            *slot = Arc::new(SourceFile::new(slot.path.clone(), text));
        }
    }

    /// The file of this number.
    pub fn get(&self, id: FileId) -> Option<&Arc<SourceFile>> {
        match id.0.checked_sub(FIRST_LATE) {
            None => self.files.get(id.0 as usize),
            Some(n) => self.late.get(n),
        }
    }

    /// The number of a file that evaluation read, so that its places can be told; none if there are very many.
    pub fn late(&self, path: &str, text: &str) -> Option<FileId> {
        match self.find(path).filter(|id| self.get(*id).is_some_and(|f| *f.text == *text)) {
            Some(id) => Some(id),
            None => Some(FileId(FIRST_LATE + self.late.add(path, text)?)),
        }
    }

    /// The number of the file of this path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// All files in the order they were added, those that were added late left out.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Arc<SourceFile>)> {
        self.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_come_late_keep_their_places() {
        let mut sources = Sources::default();
        let main = sources.add(SourceFile::new("main.tf", "a"));
        let clone = sources.clone();
        let one = sources.late("one.json", "{}");
        assert_eq!(sources.late("one.json", "{}"), one);
        assert_ne!(sources.late("one.json", "{ }"), one);
        assert_eq!(sources.late("main.tf", "a"), Some(main));
        let other = sources.add(SourceFile::new("other.tf", "b"));
        assert_eq!(sources.get(other).map(|f| &*f.path), Some("other.tf"));
        for s in [&sources, &clone] {
            let file = one.and_then(|id| s.get(id));
            assert_eq!(file.map(|f| (&*f.path, &*f.text)), Some(("one.json", "{}")));
        }
        assert_eq!(sources.iter().count(), 2);
        let most = (0..=MOST_LATE).filter(|i| sources.late(&format!("{i}.json"), "{}").is_some()).count();
        assert_eq!(most, MOST_LATE - 2);
    }
}
