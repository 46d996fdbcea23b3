//! What was canonical stays canonical after an edit.
//!
//! A part of a file (what stands between two blank lines outside of all brackets) that was laid out as
//! `terraform fmt` would is so afterwards. Elsewhere, a run of lines whose `=` or comments were aligned
//! stays aligned, and everything else is left as it is.

use std::collections::{BTreeMap, BTreeSet};

use trueline_text::{Edit, Span, apply};

use super::place::{Manner, first_on_line, unit};
use crate::format::Sheet;
use crate::lex::Kind;

/// Adds to the edits what keeps the layout canonical where it was: changes of white space between tokens.
pub(super) fn settle(text: &str, edits: Vec<Edit>) -> Vec<Edit> {
    let Ok(changed) = apply(text, &edits) else { return edits };
    let pieces = pieces(text, &edits);
    let was = Before::read(text);
    let mut sheet = Sheet::new(&changed);
    let layout = sheet.lay_out();
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
    let own_unit = edits.first().is_some_and(|e| unit(text, e.span.start) != Manner::PLAIN.unit);
    let begins_new_line = |at: &usize| {
        let first = sheet.words.get(*at).is_some_and(|w| first_on_line(&changed, w.start));
        first && old.get(*at).copied().flatten().is_none()
    };
    let spaces: Vec<Edit> = settled
        .into_iter()
        .filter(|at| !own_unit || !begins_new_line(at))
        .filter_map(|at| gap(&sheet, at))
        .filter(|(gap, wanted)| !is_spaces(gap.text(&changed), *wanted))
        .map(|(gap, wanted)| Edit::replace(gap, " ".repeat(wanted)))
        .collect();
    compose(text, pieces, &spaces)
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
