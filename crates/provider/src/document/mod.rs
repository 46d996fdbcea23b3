//! JSON inside of text, leaf by leaf: policies above all.
//!
//! What enters: text that is known in whole or in part, and where it comes from: the pieces of a template, a file, what a
//! function made. What leaves: the value that the text encodes, if it is a JSON object or array, with each leaf's place:
//! inside the string, the heredoc or the file that spells it, else the call that made the text. What is not known becomes
//! an unknown leaf, or an unknown part of a string.

mod align;
mod either;
mod reader;
mod seen;

use std::sync::Arc;

use trueline_model::{Kind, Value, Via};
use trueline_text::{FileId, Location, Span};

pub use either::either;
pub use seen::{REST, elements, members, seen, with_rest};

/// Largest text that is looked into where nothing asks for its parts.
const MAX_TEXT: usize = 4 << 20;

/// A piece of text.
pub struct Piece {
    /// Its text; empty for an unknown value.
    pub text: Arc<str>,
    /// The value that was put in; none for text of the source.
    pub value: Option<Value>,
    /// The text's or the expression's place.
    pub span: Span,
}

/// Where text stands.
pub enum Ground<'s> {
    /// In a file, whose text this is.
    Source {
        /// The file.
        file: FileId,
        /// All of its text.
        text: &'s str,
    },
    /// Nowhere: a call made it.
    Call {
        /// The call.
        at: Location,
        /// What it did.
        via: Via,
    },
}

/// Reads the document that the pieces make together.
pub fn read(pieces: &[Piece], ground: &Ground<'_>) -> Option<Value> {
    let first = pieces.iter().find_map(|p| match &p.value {
        // A document that was put in begins as documents do.
        Some(v) if v.is_unknown() => Some(if v.document.is_some() { '{' } else { ' ' }),
        _ => p.text.trim_start().chars().next(),
    })?;
    if !matches!(first, '{' | '[') || pieces.iter().map(|p| p.text.len()).sum::<usize>() > MAX_TEXT {
        return None;
    }
    reader::read(pieces, ground)
}

/// The document that the text of a file is.
pub fn of_file(file: FileId, text: &str) -> Option<Value> {
    let span = Span::new(0, u32::try_from(text.len()).ok()?);
    read(&[Piece { text: text.into(), value: None, span }], &Ground::Source { file, text })
}

/// The document that a text is which was made of these values by a call: parts that one of them holds as they are keep
/// the place that they have there.
pub fn of_made(text: &Arc<str>, from: &[Value], at: Location, via: Via) -> Option<Value> {
    if !may_be(text) {
        return None;
    }
    let inputs: Vec<_> = from.iter().filter_map(|v| v.origin.clone()).collect();
    let whole = Value::from(Kind::String(text.clone())).with_origin(Some(Arc::new(trueline_model::Origin {
        at,
        via: via.clone(),
        inputs,
    })));
    let mut out = of_text(&whole)?;
    for before in from.iter().filter_map(|v| v.document.as_deref()) {
        keep_places(&mut out, before);
    }
    Some(out)
}

/// The document that a known text is, all of which stands where the text comes from.
pub fn of_text(v: &Value) -> Option<Value> {
    let text = v.as_str().filter(|t| may_be(t))?;
    let (at, via) = match &v.origin {
        Some(o) => (o.at, Via::Operator),
        None => (Location { file: FileId(u32::MAX), span: Span::at(0) }, Via::Operator),
    };
    let piece =
        Piece { text: text.into(), value: Some(Value { document: None, ..v.clone() }), span: at.span };
    let mut out = read(&[piece], &Ground::Call { at, via })?;
    if v.origin.is_none() {
        out = out.without_places();
    }
    out.sensitive |= v.sensitive;
    Some(out)
}

/// True for a text that begins and ends as a document does.
pub fn may_be(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && text.trim_end().ends_with(['}', ']'])
}

/// Looks into all texts that hold a document and have not been looked into, wherever they come from.
pub fn settle(v: &mut Value) {
    if !pending(v) {
        return;
    }
    match &mut v.kind {
        Kind::String(_) => v.document = of_text(v).map(Arc::new),
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            Arc::make_mut(items).iter_mut().for_each(settle);
        }
        Kind::Map(_, entries) | Kind::Object(entries) => Arc::make_mut(entries).values_mut().for_each(settle),
        _ => {}
    }
}

fn pending(v: &Value) -> bool {
    match &v.kind {
        Kind::String(s) => v.document.is_none() && may_be(s),
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => items.iter().any(pending),
        Kind::Map(_, entries) | Kind::Object(entries) => entries.values().any(pending),
        _ => false,
    }
}

/// Parts of `new` that are the same at the same place of `old` come from there.
fn keep_places(new: &mut Value, old: &Value) {
    match (&mut new.kind, &old.kind) {
        (Kind::Tuple(n), _) => {
            if let Some(o) = old.as_items() {
                new.origin.clone_from(&old.origin);
                for (n, o) in Arc::make_mut(n).iter_mut().zip(o) {
                    keep_places(n, o);
                }
            }
        }
        (Kind::Object(n), _) => {
            if let Some(o) = old.as_entries() {
                new.origin.clone_from(&old.origin);
                for (key, n) in Arc::make_mut(n) {
                    if let Some(o) = o.get(key) {
                        keep_places(n, o);
                    }
                }
            }
        }
        (Kind::String(n), Kind::String(o)) if n == o => new.origin.clone_from(&old.origin),
        (Kind::Bool(n), Kind::Bool(o)) if n == o => new.origin.clone_from(&old.origin),
        (Kind::Number(n), Kind::Number(o)) if n == o => new.origin.clone_from(&old.origin),
        _ => {}
    }
}
