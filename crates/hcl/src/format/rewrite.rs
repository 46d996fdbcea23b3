//! What `terraform fmt` changes beside white space: labels get quotes, `"${x}"` and `"string"` lose them.

use std::borrow::Cow;

use crate::ast::{Attribute, Block, Body, Item};
use crate::layout::quoted;
use crate::lex::Kind;

use super::line::{Sheet, Word};

/// Rewrites the words of a file that has no errors.
pub(super) fn rewrite(sheet: &mut Sheet<'_>, body: &Body) {
    let mut changes = Vec::new();
    collect(sheet, body, None, 0, &mut changes);
    if changes.is_empty() {
        return;
    }
    changes.sort_by_key(|c| c.from);
    let old = std::mem::take(&mut sheet.words);
    let mut at = 0;
    let mut words = old.into_iter();
    for change in changes {
        sheet.words.extend(words.by_ref().take(change.from - at));
        sheet.words.extend(change.words);
        words.by_ref().take(change.to - change.from).for_each(drop);
        at = change.to;
    }
    sheet.words.extend(words);
}

/// Words to be replaced.
struct Change<'t> {
    from: usize,
    to: usize,
    words: Vec<Word<'t>>,
}

/// `kind`: the type of the block that the body is in, at the first level of blocks.
fn collect<'t>(
    sheet: &Sheet<'t>,
    body: &Body,
    kind: Option<&str>,
    level: u32,
    changes: &mut Vec<Change<'t>>,
) {
    for item in &body.items {
        match item {
            Item::Attribute(attribute) => {
                let is_type = level == 1 && kind == Some("variable") && &*attribute.name.text == "type";
                expression(sheet, attribute, is_type, changes);
            }
            Item::Block(block) => {
                labels(sheet, block, changes);
                collect(sheet, &block.body, Some(&block.kind.text), level + 1, changes);
            }
        }
    }
}

fn index(sheet: &Sheet<'_>, offset: u32) -> usize {
    sheet.words.partition_point(|w| w.start < offset)
}

/// Bare labels get quotes, and escapes are written in one way.
fn labels<'t>(sheet: &Sheet<'t>, block: &Block, changes: &mut Vec<Change<'t>>) {
    for label in &block.labels {
        let text = quoted(&label.text);
        let old = label.span.text(sheet.text);
        if text == old {
            continue;
        }
        let inner = text.get(1..text.len() - 1).unwrap_or("").to_owned();
        let mut words = vec![word(Kind::OQuote, "\"", label.span.start)];
        if !inner.is_empty() {
            words.push(word(Kind::QuotedLit, inner, label.span.start));
        }
        words.push(word(Kind::CQuote, "\"", label.span.start));
        changes.push(Change {
            from: index(sheet, label.span.start),
            to: index(sheet, label.span.end),
            words,
        });
    }
}

fn word<'t>(kind: Kind, text: impl Into<Cow<'t, str>>, start: u32) -> Word<'t> {
    Word { kind, text: text.into(), start, spaces: 0 }
}

fn expression<'t>(sheet: &Sheet<'t>, attribute: &Attribute, is_type: bool, changes: &mut Vec<Change<'t>>) {
    let (from, to) = (index(sheet, attribute.expr.span.start), index(sheet, attribute.expr.span.end));
    let words = sheet.words.get(from..to).unwrap_or_default();
    let new = if is_type { type_words(words) } else { unwrapped(words) };
    if let Some(words) = new {
        changes.push(Change { from, to, words });
    }
}

/// A type as old versions wrote it: in quotes, or a collection of anything.
fn type_words<'t>(words: &[Word<'t>]) -> Option<Vec<Word<'t>>> {
    let start = words.first()?.start;
    let call = |name: &'static str, of: &'static str| {
        let parts = [(Kind::Ident, name), (Kind::OParen, "("), (Kind::Ident, of), (Kind::CParen, ")")];
        parts.map(|(kind, text)| word(kind, text, start)).to_vec()
    };
    match words {
        [one] if one.kind == Kind::Ident => match &*one.text {
            "list" => Some(call("list", "any")),
            "map" => Some(call("map", "any")),
            "set" => Some(call("set", "any")),
            _ => None,
        },
        [open, text, _] if open.kind == Kind::OQuote => match &*text.text {
            "string" => Some(vec![word(Kind::Ident, "string", start)]),
            "list" => Some(call("list", "string")),
            "map" => Some(call("map", "string")),
            _ => None,
        },
        _ => None,
    }
}

/// `"${x}"` is `x`, if that is all that stands in the quotes.
fn unwrapped<'t>(words: &[Word<'t>]) -> Option<Vec<Word<'t>>> {
    let [open, sequence, inside @ .., end, close] = words else { return None };
    let shape = [open.kind, sequence.kind, end.kind, close.kind];
    if shape != [Kind::OQuote, Kind::Interp, Kind::SeqEnd, Kind::CQuote] || inside.is_empty() {
        return None;
    }
    let mut quotes = 0;
    for word in inside {
        match word.kind {
            Kind::OQuote => quotes += 1,
            Kind::CQuote => quotes -= 1,
            Kind::Interp | Kind::SeqEnd | Kind::QuotedLit if quotes <= 0 => return None,
            _ => {}
        }
    }
    let first = inside.iter().position(|w| w.kind != Kind::Newline)?;
    let last = inside.iter().rposition(|w| w.kind != Kind::Newline)?;
    let mut inner = inside.get(first..=last)?.to_vec();
    let in_parens = inner.first().is_some_and(|w| w.kind == Kind::OParen)
        && inner.last().is_some_and(|w| w.kind == Kind::CParen);
    if inner.iter().any(|w| w.kind == Kind::Newline) && !in_parens {
        inner.insert(0, word(Kind::OParen, "(", open.start));
        inner.push(word(Kind::CParen, ")", close.start));
    }
    Some(inner)
}
