//! The lines of a file that a message points at, cut to what can be shown.

use std::borrow::Cow;

use trueline_text::{FileId, Location, SourceFile, Span};

use crate::Masks;
use crate::escape::{harmless, printable};

/// Bytes of a line that are shown on either side of the place.
const MAX_SIDE: usize = 120;

/// Whole lines of a file, or the middle of a very long one.
pub(crate) struct Excerpt {
    /// Masked text.
    pub(crate) text: String,
    /// Bytes of `text` to annotate.
    pub(crate) range: std::ops::Range<usize>,
    /// Number of the first line, from 1.
    pub(crate) line: usize,
    /// Column of the place, from 1.
    pub(crate) column: usize,
    /// True if the place has the same column in `text`: nothing before it was cut or masked.
    pub(crate) exact: bool,
}

/// Cuts the lines of `at` out of `file`; of more than `most` lines only the first one.
pub(crate) fn excerpt(file: &SourceFile, at: Location, masks: &Masks, most: usize) -> Excerpt {
    let len = file.text.len() as u32;
    let mut span = Span::new(at.span.start.min(len), at.span.end.min(len).max(at.span.start.min(len)));
    let first = file.lines.line(span.start);
    let mut last = file.lines.line(if span.is_empty() { span.start } else { span.end.saturating_sub(1) });
    if last >= first + most {
        last = first;
    }
    let mut window = Span::new(file.lines.line_start(first), line_end(file, last));
    if first == 0 && file.text.starts_with('\u{feff}') {
        window.start = 3.min(window.end);
    }
    span = Span::new(span.start.max(window.start), span.end.min(window.end).max(window.start));
    let window = Span::new(
        near(&file.text, window.start, span.start, false),
        near(&file.text, window.end, span.end, true),
    );
    let masked = masks.apply(at.file, &file.text, window);
    let place = masked.range(span);
    let piece = |range: std::ops::Range<usize>| harmless(masked.text.get(range).unwrap_or(""));
    let before = piece(0..place.start);
    let column = file.position(at.span.start).column as usize;
    let exact = before.rsplit('\n').next().unwrap_or("").chars().count() + 1 == column;
    let (inside, after) = (piece(place.clone()), piece(place.end..masked.text.len()));
    let range = before.len()..before.len() + inside.len();
    Excerpt { exact, text: [before, inside, after].concat(), range, line: first + 1, column }
}

/// End of a line without its line break.
fn line_end(file: &SourceFile, line: usize) -> u32 {
    let start = file.lines.line_start(line);
    let rest = file.text.get(start as usize..).unwrap_or("");
    let text = rest.split('\n').next().unwrap_or("");
    start + text.strip_suffix('\r').unwrap_or(text).len() as u32
}

/// `border`, or a place nearer to `place` where the border is far away.
fn near(text: &str, border: u32, place: u32, right: bool) -> u32 {
    if border.abs_diff(place) as usize <= 2 * MAX_SIDE {
        return border;
    }
    let mut at = if right { place as usize + MAX_SIDE } else { (place as usize).saturating_sub(MAX_SIDE) };
    while !text.is_char_boundary(at) && at < text.len() {
        at += 1;
    }
    at as u32
}

/// The text at a place if it is short, on one line and not masked.
pub(crate) fn short<'a>(file: &'a SourceFile, id: FileId, span: Span, masks: &Masks) -> Option<Cow<'a, str>> {
    let text = file.slice(span);
    let fits = !text.is_empty() && text.len() <= 60 && !text.contains(['\n', '\r']);
    (fits && !masks.touch(Location { file: id, span })).then(|| printable(text))
}
