//! Lines, indentation and line breaks of a text.

use std::cell::OnceCell;

use trueline_text::Span;

use crate::lex::{Kind, lex};

use super::series::comments_within;

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

/// As [`first_on_line`], with nothing but comments before it.
pub(super) fn first_but_comments(text: &str, at: u32) -> bool {
    let line = Span::new(line_start(text, at), at);
    let rest =
        comments_within(text, line).into_iter().rev().fold(line.text(text).to_owned(), |mut rest, c| {
            rest.replace_range((c.start - line.start) as usize..(c.end - line.start) as usize, "");
            rest
        });
    rest.trim().is_empty()
}

/// By how much a level is indented where nothing shows it: what `terraform fmt` writes.
pub(super) const PLAIN_UNIT: &str = "  ";

/// How lines are written at some place.
#[derive(Clone, Copy)]
pub(super) struct Manner<'t> {
    /// The text and the place; none for what `terraform fmt` writes.
    around: Option<(&'t str, u32)>,
    /// How a line ends.
    pub eol: &'static str,
}

impl<'t> Manner<'t> {
    /// What `terraform fmt` writes.
    pub const PLAIN: Manner<'static> = Manner { around: None, eol: "\n" };

    /// As the lines around `at` do.
    pub fn at(text: &'t str, at: u32) -> Self {
        Self { around: Some((text, at)), eol: line_break(text, at) }
    }

    /// By how much a level is indented. Takes a look at the whole text, and few changes need it.
    pub fn unit(&self) -> &'t str {
        self.around.map_or(PLAIN_UNIT, |(text, at)| unit(text, at))
    }
}

/// The line break of the line that holds `at`, or of the one before it if it has none.
pub(super) fn line_break(text: &str, at: u32) -> &'static str {
    let (before, after) = text.split_at_checked(at as usize).unwrap_or((text, ""));
    let line = match after.find('\n') {
        Some(n) => text.get(..at as usize + n),
        None => before.rfind('\n').and_then(|n| text.get(..n)),
    };
    if line.is_some_and(|l| l.ends_with('\r')) { "\r\n" } else { "\n" }
}

/// By how much a level is indented: as the line behind the nearest line that opens a bracket, else two spaces. Lines
/// above `at` are nearer than those below it.
pub(super) fn unit(text: &str, at: u32) -> &str {
    if super::json::is_json(text) {
        return json_unit(text);
    }
    let mut found: Option<&str> = None;
    let lexed = lex(text);
    for w in lexed.tokens.windows(3) {
        let [open, line_end, next] = w else { continue };
        let opens = matches!(open.kind, Kind::OBrace | Kind::OBrack | Kind::OParen);
        if !opens || line_end.kind != Kind::Newline || next.kind == Kind::Eof {
            continue;
        }
        if open.start >= at && found.is_some() {
            break;
        }
        let deeper = indent(text, next.start).strip_prefix(indent(text, open.start));
        found = deeper.filter(|u| !u.is_empty()).or(found);
    }
    found.unwrap_or(PLAIN_UNIT)
}

/// In JSON, strings hold no line breaks.
fn json_unit(text: &str) -> &str {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let white = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        if line.trim_end().ends_with(['{', '['])
            && let Some(next) = lines.peek()
            && let Some(unit) = next.get(white(line)..white(next)).filter(|u| !u.is_empty())
        {
            return unit;
        }
    }
    "  "
}

/// New text, indented: its first line stands where it is put. Text of heredocs stays as it is.
pub(super) fn shift(new: &str, indent: &str, manner: Manner<'_>) -> String {
    let mut out = String::with_capacity(new.len() + 16);
    let mut done = 0;
    let unit = OnceCell::new();
    let lexed = lex(new);
    let mut tokens = lexed.tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        if token.kind != Kind::Newline {
            continue;
        }
        out.push_str(Span::new(done, token.start).text(new));
        out.push_str(manner.eol);
        done = token.end;
        if tokens.peek().is_some_and(|t| !matches!(t.kind, Kind::Newline | Kind::Eof)) {
            out.push_str(indent);
            let rest = new.get(done as usize..).unwrap_or("");
            let levels = (rest.len() - rest.trim_start_matches(' ').len()) / 2;
            if levels > 0 {
                out.extend(std::iter::repeat_n(*unit.get_or_init(|| manner.unit()), levels));
            }
            done += 2 * levels as u32;
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
