//! What was canonical stays canonical after an edit.
//!
//! A part of a file (what stands between two blank lines outside of all brackets) that was laid out as
//! `terraform fmt` would is so afterwards. Elsewhere, a run of lines whose `=` or comments were aligned
//! stays aligned, and everything else is left as it is. Each part is laid out by itself, so only those
//! in which something changes are looked at.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use trueline_text::{Edit, Span, apply};

use super::place::{PLAIN_UNIT, first_on_line, unit};
use crate::format::{Sheet, Word};
use crate::lex::Kind;

/// How many blank lines are tried as the end of a part.
const CANDIDATES: usize = 3;

/// Adds to the edits what keeps the layout canonical where it was: changes of white space between tokens.
pub(super) fn settle(text: &str, edits: Vec<Edit>) -> Vec<Edit> {
    let in_own_manner = OnceCell::new();
    let in_own_manner = || {
        *in_own_manner.get_or_init(|| edits.first().is_some_and(|e| unit(text, e.span.start) != PLAIN_UNIT))
    };
    let window = parts_around(text, &edits);
    let moved: Vec<Edit> =
        edits.iter().map(|e| Edit { span: back(e.span, window.start), ..e.clone() }).collect();
    let closed = (window.end as usize) < text.len();
    if let Some(settled) = settle_parts(window.text(text), &moved, closed, &in_own_manner) {
        let forth =
            |e: Edit| Edit { span: Span::new(e.span.start + window.start, e.span.end + window.start), ..e };
        return settled.into_iter().map(forth).collect();
    }
    settle_parts(text, &edits, false, &in_own_manner).unwrap_or(edits)
}

/// The parts in which something changes.
fn parts_around(text: &str, edits: &[Edit]) -> Span {
    let first = edits.iter().map(|e| e.span.start).min().unwrap_or(0);
    let last = edits.iter().map(|e| e.span.end).max().unwrap_or(0);
    // What follows the part is not read, if a blank line that may end it does so.
    let whole = text.len() as u32;
    for end in blank_lines(text, last).take(CANDIDATES).chain([whole]) {
        let mut sheet = Sheet::new(Span::new(0, end).text(text));
        let parts = sheet.parts();
        let ends =
            parts.iter().filter_map(|at| at.checked_sub(1).and_then(|n| sheet.words.get(n))).map(Word::end);
        if end == whole || ends.clone().next_back() == Some(end) {
            let start = ends.clone().rfind(|e| *e <= first).unwrap_or(0);
            let end = ends.clone().find(|e| *e > last).unwrap_or(whole);
            return Span::new(start, end);
        }
    }
    Span::new(0, whole)
}

/// The ends of blank lines behind an offset.
fn blank_lines(text: &str, behind: u32) -> impl Iterator<Item = u32> {
    let rest = text.get(behind as usize..).unwrap_or("");
    let lines = rest.split_inclusive('\n').scan(behind, |at, line| {
        *at += line.len() as u32;
        Some((*at, line))
    });
    lines.skip(1).filter(|(_, line)| line.ends_with('\n') && line.trim().is_empty()).map(|(end, _)| end)
}

fn back(span: Span, by: u32) -> Span {
    Span::new(span.start.saturating_sub(by), span.end.saturating_sub(by))
}

/// The same for parts of a file. None if the edits can't be made, or if the parts are `closed` by what follows them and
/// the changed text does not end so that this would be laid out as before: behind a blank line outside of all brackets.
fn settle_parts(
    text: &str,
    edits: &[Edit],
    closed: bool,
    in_own_manner: &dyn Fn() -> bool,
) -> Option<Vec<Edit>> {
    let changed = apply(text, edits).ok()?;
    let pieces = pieces(text, edits);
    let was = Before::read(text);
    let mut sheet = Sheet::new(&changed);
    let layout = sheet.lay_out();
    if closed && layout.parts.last() != Some(&sheet.words.len()) {
        return None;
    }
    let old: Vec<Option<u32>> = sheet.words.iter().map(|w| old_offset(&pieces, w.start)).collect();
    let all_old = |range: std::ops::Range<usize>, test: &dyn Fn(u32) -> bool| {
        old.get(range).unwrap_or_default().iter().flatten().all(|o| test(*o))
    };

    let mut settled: BTreeSet<usize> = BTreeSet::new();
    let mut loose: BTreeSet<usize> = BTreeSet::new();
    for (n, start) in layout.parts.iter().enumerate() {
        let end = layout.parts.get(n + 1).copied().unwrap_or(sheet.words.len());
        let words =
            if all_old(*start..end, &|o| was.in_canonical_part(o)) { &mut settled } else { &mut loose };
        words.extend(*start..end);
    }
    let mut in_chain = BTreeSet::new();
    for chain in layout.chains {
        in_chain.extend(chain.words.iter().copied());
        let aligned = chain.words.iter().all(|w| all_old(*w..w + 1, &|o| was.cell(o)));
        if aligned {
            settled.extend(chain.words);
        }
    }
    // An `=` that is in no run any more, since what follows it takes several lines now.
    settled.extend(loose.iter().copied().filter(|at| {
        let equal = sheet.words.get(*at).is_some_and(|w| w.kind == Kind::Equal);
        equal && !in_chain.contains(at) && old.get(*at).copied().flatten().is_some_and(|o| was.cell(o))
    }));

    // In a file with another indentation, a new line does not begin as `terraform fmt` would have it.
    let begins_new_line = |at: &usize| {
        let first = sheet.words.get(*at).is_some_and(|w| first_on_line(&changed, w.start));
        first && old.get(*at).copied().flatten().is_none()
    };
    let spaces: Vec<Edit> = settled
        .into_iter()
        .filter_map(|at| Some((at, gap(&sheet, at)?)))
        .filter(|(_, (gap, wanted))| !is_spaces(gap.text(&changed), *wanted))
        .filter(|(at, _)| !begins_new_line(at) || !in_own_manner())
        .map(|(_, (gap, wanted))| Edit::replace(gap, " ".repeat(wanted)))
        .collect();
    Some(compose(text, pieces, &spaces))
}

/// What was canonical before the edit.
struct Before {
    /// By the offset of each `=` and comment: whether the run that it is in was aligned.
    cells: BTreeMap<u32, bool>,
    /// By the offset of each part's first word: whether all of it was canonical.
    parts: BTreeMap<u32, bool>,
}

impl Before {
    fn read(text: &str) -> Self {
        let mut sheet = Sheet::new(text);
        let layout = sheet.lay_out();
        let is_canonical =
            |at: usize| gap(&sheet, at).is_none_or(|(gap, wanted)| is_spaces(gap.text(text), wanted));
        let start = |at: usize| sheet.words.get(at).map(|w| w.start);
        let mut cells = BTreeMap::new();
        for (at, word) in sheet.words.iter().enumerate() {
            if matches!(word.kind, Kind::Equal | Kind::Comment) {
                cells.insert(word.start, is_canonical(at));
            }
        }
        for chain in &layout.chains {
            let all = chain.words.iter().all(|w| is_canonical(*w));
            cells.extend(chain.words.iter().filter_map(|w| start(*w)).map(|offset| (offset, all)));
        }
        let mut parts = BTreeMap::new();
        for (n, first) in layout.parts.iter().enumerate() {
            let end = layout.parts.get(n + 1).copied().unwrap_or(sheet.words.len());
            if let Some(offset) = start(*first) {
                parts.insert(offset, (*first..end).all(is_canonical));
            }
        }
        Self { cells, parts }
    }

    fn cell(&self, offset: u32) -> bool {
        self.cells.get(&offset).copied().unwrap_or(true)
    }

    fn in_canonical_part(&self, offset: u32) -> bool {
        self.parts.range(..=offset).next_back().is_none_or(|(_, canonical)| *canonical)
    }
}

/// The white space before a word, and how many spaces belong there.
fn gap(sheet: &Sheet<'_>, at: usize) -> Option<(Span, usize)> {
    let word = sheet.words.get(at)?;
    let bom = if sheet.text.starts_with('\u{feff}') { 3 } else { 0 };
    let before = at.checked_sub(1).and_then(|n| sheet.words.get(n)).map_or(bom, |w| w.end());
    Some((Span::new(before, word.start), word.spaces as usize))
}
fn is_spaces(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b == b' ')
}

/// A part of the changed text.
enum Piece {
    /// As in the old text.
    Old(Span),
    New(String),
}

impl Piece {
    fn len(&self) -> u32 {
        match self {
            Self::Old(span) => span.len(),
            Self::New(text) => text.len() as u32,
        }
    }

    /// The part from `from` to before `to`, counted from its beginning.
    fn part(&self, from: u32, to: u32) -> Self {
        match self {
            Self::Old(span) => Self::Old(Span::new(span.start + from, span.start + to)),
            Self::New(text) => Self::New(Span::new(from, to).text(text).to_owned()),
        }
    }
}

fn pieces(text: &str, edits: &[Edit]) -> Vec<Piece> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|e| (e.span.start, e.span.end));
    let mut pieces = Vec::new();
    let mut at = 0;
    for edit in sorted {
        pieces.push(Piece::Old(Span::new(at, edit.span.start)));
        pieces.push(Piece::New(edit.content.clone()));
        at = edit.span.end;
    }
    pieces.push(Piece::Old(Span::new(at, text.len() as u32)));
    pieces
}

/// Where a byte of the changed text stood, if it is no new one.
fn old_offset(pieces: &[Piece], offset: u32) -> Option<u32> {
    let mut at = 0;
    for piece in pieces {
        if offset < at + piece.len() {
            return match piece {
                Piece::Old(span) => Some(span.start + offset - at),
                Piece::New(_) => None,
            };
        }
        at += piece.len();
    }
    None
}

/// One set of edits on the old text that does both.
fn compose(text: &str, pieces: Vec<Piece>, then: &[Edit]) -> Vec<Edit> {
    let mut out: Vec<Piece> = Vec::new();
    let mut then = then.iter().peekable();
    let mut at = 0;
    for piece in pieces {
        let end = at + piece.len();
        let mut from = at;
        while let Some(edit) = then.peek() {
            if edit.span.start >= end && !(edit.span.start == end && edit.span.is_empty() && piece.len() > 0)
            {
                break;
            }
            if edit.span.start > from {
                out.push(piece.part(from - at, edit.span.start - at));
            }
            if edit.span.start >= at {
                out.push(Piece::New(edit.content.clone()));
            }
            from = edit.span.end.clamp(from, end);
            if edit.span.end > end {
                break;
            }
            then.next();
        }
        if from < end || piece.len() == 0 {
            out.push(piece.part(from - at, end - at));
        }
        at = end;
    }
    let mut edits = Vec::new();
    let mut done = 0;
    let mut content = String::new();
    for piece in out {
        match piece {
            Piece::New(text) => content.push_str(&text),
            Piece::Old(span) if span.is_empty() => {}
            Piece::Old(span) => {
                if span.start > done || !content.is_empty() {
                    edits.push(Edit::replace(Span::new(done, span.start), std::mem::take(&mut content)));
                }
                done = span.end;
            }
        }
    }
    let end = text.len() as u32;
    if end > done || !content.is_empty() {
        edits.push(Edit::replace(Span::new(done, end), content));
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts that are laid out as `terraform fmt` does and others that are not, with all that may hide a blank line.
    const TEXTS: [&str; 5] = [
        "a   = 1\nbcd = 2\n\nx=1\nyy  = 2 # c\nz = 3   # d\n\nr \"a\" {\n  k  = 1\n\n  kk = 2\n}\n\n\n# last\nend = 1\n",
        "\u{feff}a = <<E\n\nb=1\n\nE\n\nc  = [\n\n1,\n  2\n]\nd = 3\n\n/* one\n\n   two */ e = 4\nff = 5\n",
        "a = 1\r\n\r\nbb = 2\r\nc   = 3 // x\r\n\r\n\r\n}\r\n\r\nd = {\r\n\tx = 1\r\n\r\n\tyy = 2\r\n}\r\n",
        "r \"a\" {\n    k = 1\n    l {\n        m = 2\n    }\n}\n\nr \"b\" {\n    k = 1 }\n   \nv = \"${f(\n\n1)}\"\n\nw = 1",
        "\n\na = 1\n\nb = (\n",
    ];
    const NEW: [&str; 10] =
        ["", "x = 1\n", "\n", "\n\n", "{\n", "}\n", "/* c */ ", "# c\n", "long_name = 2 # d", "<<E\n\n"];

    #[test]
    fn a_part_is_settled_as_it_is_in_the_whole_file() {
        let mut checked = 0;
        for text in TEXTS {
            let ends: Vec<u32> = Sheet::new(text)
                .words
                .iter()
                .flat_map(|w| [w.start, w.end()])
                .chain([text.len() as u32])
                .collect();
            for (n, start) in ends.iter().enumerate() {
                for end in ends.iter().skip(n).take(4).filter(|e| *e >= start) {
                    for new in NEW {
                        let edits = vec![Edit::replace(Span::new(*start, *end), new)];
                        let whole = settle_parts(text, &edits, false, &|| unit(text, *start) != PLAIN_UNIT);
                        let whole = apply(text, &whole.unwrap()).unwrap();
                        let settled = apply(text, &settle(text, edits)).unwrap();
                        assert_eq!(settled, whole, "{new:?} at {start}..{end} of {text:?}");
                        checked += 1;
                    }
                }
            }
        }
        assert!(checked > 5_000, "{checked}");
    }
}
