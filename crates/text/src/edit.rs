//! Byte edits.

use crate::Span;

/// Replaces the bytes of `span` by `content`; an empty span inserts, an empty content removes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// The bytes to replace.
    pub span: Span,
    /// What stands there afterwards.
    pub content: String,
}

impl Edit {
    /// Replaces `span`.
    pub fn replace(span: Span, content: impl Into<String>) -> Self {
        Self { span, content: content.into() }
    }

    /// Inserts before the byte at `offset`.
    pub fn insert(offset: u32, content: impl Into<String>) -> Self {
        Self::replace(Span::at(offset), content)
    }

    /// Removes `span`.
    pub fn remove(span: Span) -> Self {
        Self::replace(span, "")
    }
}

/// Why edits could not be applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Two edits touch the same bytes.
    #[error("the edits at bytes {0:?} and {1:?} overlap")]
    Overlap(Span, Span),
    /// An edit lies outside the text, or inside a character.
    #[error("the edit at bytes {0:?} does not fit the text")]
    OutOfRange(Span),
}

/// Applies edits, in any order given, to `text`. Insertions at one offset keep their given order;
/// an identical edit given twice counts once, unless it is an insertion.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|e| (e.span.start, e.span.end));
    let mut out = String::with_capacity(text.len() + edits.iter().map(|e| e.content.len()).sum::<usize>());
    let mut at = 0u32;
    let mut last: Option<&Edit> = None;
    for e in sorted {
        if let Some(l) = last {
            if !e.span.is_empty() && e == l {
                continue;
            }
            if e.span.start < l.span.end {
                return Err(EditError::Overlap(l.span, e.span));
            }
        }
        let kept = text.get(at as usize..e.span.start as usize).ok_or(EditError::OutOfRange(e.span))?;
        if text.get(e.span.start as usize..e.span.end as usize).is_none() {
            return Err(EditError::OutOfRange(e.span));
        }
        out.push_str(kept);
        out.push_str(&e.content);
        at = e.span.end;
        last = Some(e);
    }
    out.push_str(text.get(at as usize..).unwrap_or(""));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_any_order_and_overlaps_are_refused() {
        let text = "one two three";
        let edits = [
            Edit::replace(Span::new(8, 13), "3"),
            Edit::replace(Span::new(0, 3), "1"),
            Edit::insert(4, "a "),
            Edit::insert(4, "b "),
        ];
        assert_eq!(apply(text, &edits).unwrap(), "1 a b two 3");
        let clash = [Edit::remove(Span::new(0, 5)), Edit::remove(Span::new(4, 6))];
        assert_eq!(apply(text, &clash), Err(EditError::Overlap(Span::new(0, 5), Span::new(4, 6))));
        assert!(apply("ä", &[Edit::remove(Span::new(1, 2))]).is_err());
    }
}
