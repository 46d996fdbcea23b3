//! Places whose text must not be shown.

use std::collections::BTreeMap;

use trueline_model::MASK;
use trueline_text::{FileId, Location, Span};

/// The places that hold sensitive values, merged and sorted.
#[derive(Clone, Debug, Default)]
pub struct Masks {
    by_file: BTreeMap<FileId, Vec<Span>>,
}

impl Masks {
    /// Masks these places.
    pub fn new(places: impl IntoIterator<Item = Location>) -> Self {
        let mut by_file: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
        for p in places {
            if !p.span.is_empty() {
                by_file.entry(p.file).or_default().push(p.span);
            }
        }
        for spans in by_file.values_mut() {
            spans.sort();
            let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
            for s in spans.drain(..) {
                match merged.last_mut() {
                    Some(last) if s.start < last.end => *last = last.cover(s),
                    _ => merged.push(s),
                }
            }
            *spans = merged;
        }
        Self { by_file }
    }

    /// True if nothing is masked.
    pub fn is_empty(&self) -> bool {
        self.by_file.is_empty()
    }

    /// True if a masked place shares a byte with `at`.
    pub fn touch(&self, at: Location) -> bool {
        self.in_span(at.file, at.span).next().is_some()
    }

    pub(crate) fn in_span(&self, file: FileId, span: Span) -> impl Iterator<Item = Span> + '_ {
        let spans = self.by_file.get(&file).map_or(&[][..], Vec::as_slice);
        let from = spans.partition_point(|s| s.end <= span.start);
        spans.iter().skip(from).take_while(move |s| s.start < span.end).copied()
    }

    /// The text of `window` in `text`, which is the whole file, with masked places replaced; line breaks inside
    /// them stay, so that lines keep their numbers.
    pub fn apply(&self, file: FileId, text: &str, window: Span) -> Masked {
        let mut out = Masked { text: String::new(), pieces: Vec::new(), window };
        let mut at = window.start;
        for s in self.in_span(file, window) {
            let s = Span::new(s.start.max(window.start), s.end.min(window.end));
            out.text.push_str(Span::new(at, s.start).text(text));
            let begin = out.text.len();
            out.text.push_str(MASK);
            let breaks = s.text(text).bytes().filter(|b| *b == b'\n').count();
            out.text.extend(std::iter::repeat_n('\n', breaks));
            out.pieces.push((s, begin, out.text.len()));
            at = s.end;
        }
        out.text.push_str(Span::new(at, window.end).text(text));
        out
    }
}

/// A masked piece of a file, and where its bytes went.
#[derive(Clone, Debug)]
pub struct Masked {
    /// What may be shown.
    pub text: String,
    pieces: Vec<(Span, usize, usize)>,
    window: Span,
}

impl Masked {
    /// The range of the shown text that stands for `span` of the file; a border inside a masked place moves to
    /// the border of the mask.
    pub fn range(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.offset(span.start, false);
        start..self.offset(span.end, true).max(start)
    }

    fn offset(&self, at: u32, end: bool) -> usize {
        let at = at.clamp(self.window.start, self.window.end);
        let mut from = self.window.start;
        let mut shown = 0;
        for (s, begin, stop) in &self.pieces {
            if at <= s.start && (at < s.start || !end) {
                break;
            }
            if at < s.end {
                return if end { *stop } else { *begin };
            }
            from = s.end;
            shown = *stop;
        }
        (shown + at.saturating_sub(from) as usize).min(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const F: FileId = FileId(0);

    fn masks(spans: &[(u32, u32)]) -> Masks {
        Masks::new(spans.iter().map(|(a, b)| Location { file: F, span: Span::new(*a, *b) }))
    }

    #[test]
    fn masked_places_are_replaced_and_offsets_follow() {
        let text = "a = \"secret\" b = 1";
        let m = masks(&[(4, 8), (6, 12)]);
        let shown = m.apply(F, text, Span::new(0, 18));
        assert_eq!(shown.text, "a = (sensitive) b = 1");
        assert_eq!(shown.text.get(shown.range(Span::new(4, 12))).unwrap(), "(sensitive)");
        assert_eq!(shown.text.get(shown.range(Span::new(6, 7))).unwrap(), "(sensitive)");
        assert_eq!(shown.text.get(shown.range(Span::new(13, 14))).unwrap(), "b");
        assert_eq!(shown.text.get(shown.range(Span::new(0, 1))).unwrap(), "a");
        assert!(m.touch(Location { file: F, span: Span::new(11, 13) }));
        assert!(!m.touch(Location { file: F, span: Span::new(12, 13) }));
        assert!(!m.touch(Location { file: FileId(1), span: Span::new(4, 12) }));
    }

    #[test]
    fn a_window_inside_a_masked_heredoc_shows_nothing_of_it() {
        let text = "p = <<E\nhunter2\nE\nq = 1\n";
        let m = masks(&[(4, 17)]);
        assert_eq!(m.apply(F, text, Span::new(8, 16)).text, "(sensitive)\n");
        assert_eq!(m.apply(F, text, Span::new(0, 24)).text, "p = (sensitive)\n\n\nq = 1\n");
    }
}
