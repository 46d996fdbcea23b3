//! What is wrong with a rule, before it is known in which file.

use crate::Diagnostic;
use crate::syntax::Span;

use super::read::Source;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) at: Span,
    pub(crate) message: String,
    /// More lines, instead of the source line.
    pub(crate) details: Vec<String>,
}

impl Problem {
    /// Adds file, line and column.
    pub(crate) fn locate(self, path: &str, source: &str) -> Diagnostic {
        let (line, column) = place(source, self.at);
        let snippet = source.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        self.shown(path, line, column, snippet)
    }

    /// Adds file, line and column, where it is known where lines begin.
    pub(crate) fn locate_in(self, source: &Source) -> Diagnostic {
        let (line, column) = source.place(self.at);
        let snippet = source.line_of(self.at);
        self.shown(&source.path, line, column, snippet)
    }

    fn shown(self, path: &str, line: usize, column: usize, snippet: &str) -> Diagnostic {
        let snippet = snippet.trim_end();
        Diagnostic {
            path: path.to_string(),
            line,
            column,
            code: self.code.to_string(),
            message: self.message,
            snippet: snippet.chars().take(200).collect(),
            details: self.details,
            help: None,
        }
    }
}

/// Returns line and column, from 1; columns count characters.
pub(crate) fn place(source: &str, at: Span) -> (usize, usize) {
    let before = source.get(..at.start as usize).unwrap_or(source);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before.get(line_start..).unwrap_or_default().chars().count() + 1)
}
