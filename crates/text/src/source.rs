//! The files of one run, each read once.

use std::sync::Arc;

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
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
    by_path: std::collections::BTreeMap<Arc<str>, FileId>,
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
        self.files.get(id.0 as usize)
    }

    /// The number of the file of this path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// All files in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Arc<SourceFile>)> {
        self.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), f))
    }
}
