//! Aligned runs stay aligned: `=` and comments at line ends, after an edit.

use std::collections::{BTreeMap, BTreeSet};

use trueline_text::{Edit, Span, apply};

use crate::format::Sheet;
use crate::lex::Kind;

/// Adds to the edits what keeps runs aligned that were: changes of white space before `=` and before
/// comments at line ends. A run that was not canonical is left as it is.
pub(super) fn settle(text: &str, edits: Vec<Edit>) -> Vec<Edit> {
    let Ok(changed) = apply(text, &edits) else { return edits };
    let pieces = pieces(text, &edits);
    let was = canonical_cells(text);
    let mut sheet = Sheet::new(&changed);
    let mut aligned = Vec::new();
    let mut in_chain = BTreeSet::new();
    for chain in sheet.lay_out() {
        in_chain.extend(chain.words.iter().copied());
        let keep = chain.words.iter().all(|w| {
            let start = sheet.words.get(*w).map_or(0, |w| w.start);
            old_offset(&pieces, start).is_none_or(|old| was.get(&old).copied().unwrap_or(true))
        });
        if !keep {
            continue;
        }
        aligned.extend(chain.words);
    }
    // An `=` that is in no run any more, since what follows it takes several lines now.
    aligned.extend(sheet.words.iter().enumerate().filter_map(|(at, word)| {
        let alone = word.kind == Kind::Equal && !in_chain.contains(&at);
        let old = old_offset(&pieces, word.start).filter(|_| alone)?;
        was.get(&old).copied().unwrap_or(false).then_some(at)
    }));
    let mut spaces = Vec::new();
    for at in aligned {
        if let Some((gap, wanted)) = gap(&sheet, at)
            && !is_spaces(gap.text(&changed), wanted)
        {
            spaces.push(Edit::replace(gap, " ".repeat(wanted)));
        }
    }
    spaces.sort();
    compose(text, pieces, &spaces)
}

/// Whether the run that a cell is in was canonical, by the offset of the cell's first word. Words that
/// begin no cell count for themselves.
fn canonical_cells(text: &str) -> BTreeMap<u32, bool> {
    let mut sheet = Sheet::new(text);
    let chains = sheet.lay_out();
    let mut was = BTreeMap::new();
    let is_canonical =
        |at: usize| gap(&sheet, at).is_some_and(|(gap, wanted)| is_spaces(gap.text(text), wanted));
    for (at, word) in sheet.words.iter().enumerate() {
        if matches!(word.kind, Kind::Equal | Kind::Comment) {
            was.insert(word.start, is_canonical(at));
        }
    }
    for chain in &chains {
        let all = chain.words.iter().all(|w| is_canonical(*w));
        was.extend(chain.words.iter().filter_map(|w| sheet.words.get(*w)).map(|w| (w.start, all)));
    }
    was
}

/// The white space before a word that is not the first of its line, and how many spaces belong there.
fn gap(sheet: &Sheet<'_>, at: usize) -> Option<(Span, usize)> {
    let word = sheet.words.get(at)?;
    let before = at.checked_sub(1).and_then(|n| sheet.words.get(n))?;
    Some((Span::new(before.end(), word.start), word.spaces as usize))
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
