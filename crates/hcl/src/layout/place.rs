//! Lines, indentation and line breaks of a text.

use trueline_text::Span;

use crate::lex::{Kind, lex};

/// Offset of the first byte of the line that holds `at`; behind a byte order mark.
pub(super) fn line_start(text: &str, at: u32) -> u32 {
    let before = text.get(..at as usize).unwrap_or("");
    match before.rfind('\n') {
        Some(n) => n as u32 + 1,
        None if before.starts_with('\u{feff}') => 3,
        None => 0,
    }
}

/// The white space with which the line that holds `at` begins.
pub(super) fn indent(text: &str, at: u32) -> &str {
    let line = text.get(line_start(text, at) as usize..).unwrap_or("");
    let end = line.find(|c: char| !matches!(c, ' ' | '\t')).unwrap_or(line.len());
    line.get(..end).unwrap_or("")
}

/// Only white space stands before `at` on its line.
pub(super) fn first_on_line(text: &str, at: u32) -> bool {
    line_start(text, at) + indent(text, at).len() as u32 == at
}

/// The line break of the text: that of its first line.
pub(super) fn line_break(text: &str) -> &'static str {
    match text.split_once('\n') {
        Some((line, _)) if line.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// By how much a level is indented: as the first line behind a line that opens a bracket, else two spaces.
pub(super) fn unit(text: &str) -> &str {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let opens = line.trim_end().ends_with(['{', '[', '(']) && !line.starts_with([' ', '\t', '#', '/']);
        if opens && let Some(next) = lines.peek() {
            let end = next.find(|c: char| !matches!(c, ' ' | '\t')).unwrap_or(0);
            if let Some(unit) = next.get(..end).filter(|u| !u.is_empty()) {
                return unit;
            }
        }
    }
    "  "
}

/// New text, indented: its first line stands where it is put. Text of heredocs stays as it is.
pub(super) fn shift(new: &str, indent: &str, line_break: &str) -> String {
    let mut out = String::with_capacity(new.len() + 16);
    let mut done = 0;
    let lexed = lex(new);
    let mut tokens = lexed.tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        if token.kind != Kind::Newline {
            continue;
        }
        out.push_str(Span::new(done, token.start).text(new));
        out.push_str(line_break);
        done = token.end;
        if tokens.peek().is_some_and(|t| !matches!(t.kind, Kind::Newline | Kind::Eof)) {
            out.push_str(indent);
        }
    }
    out.push_str(Span::new(done, new.len() as u32).text(new));
    out
}

/// The white space before `at` on its line is all that stands on it, or it is an empty line.
pub(super) fn is_blank_line(text: &str, start: u32) -> bool {
    let line = text.get(start as usize..).unwrap_or("");
    let line = line.split('\n').next().unwrap_or("");
    line.trim().is_empty()
}
