//! What stands between two items or elements: white space, line breaks, comments, a comma.

use trueline_text::Span;

/// The text between two neighbours.
#[derive(Debug, Default)]
pub(super) struct Gap {
    /// Offset of the first comma.
    pub comma: Option<u32>,
    /// Its comments, without their line breaks.
    pub comments: Vec<Span>,
    /// The first line break that stands in no comment.
    pub line_end: Option<Span>,
}

impl Gap {
    /// Reads the text from `from` to before `to`.
    pub fn read(text: &str, from: u32, to: u32) -> Self {
        let mut gap = Self::default();
        let slice = Span::new(from, to).text(text);
        let bytes = slice.as_bytes();
        let mut at = 0;
        while let Some(&b) = bytes.get(at) {
            let next = bytes.get(at + 1).copied().unwrap_or(0);
            let offset = from + at as u32;
            let rest = slice.get(at..).unwrap_or("");
            match (b, next) {
                (b'#', _) | (b'/', b'/') => {
                    let line = rest.split('\n').next().unwrap_or(rest);
                    let line = line.strip_suffix('\r').unwrap_or(line);
                    gap.comments.push(Span::new(offset, offset + line.len() as u32));
                    at += line.len();
                }
                (b'/', b'*') => {
                    let len = rest.get(2..).and_then(|r| r.find("*/")).map_or(rest.len(), |n| n + 4);
                    gap.comments.push(Span::new(offset, offset + len as u32));
                    at += len;
                }
                (b',', _) => {
                    gap.comma.get_or_insert(offset);
                    at += 1;
                }
                (b'\r', b'\n') => {
                    gap.line_end.get_or_insert(Span::new(offset, offset + 2));
                    at += 2;
                }
                (b'\n', _) => {
                    gap.line_end.get_or_insert(Span::new(offset, offset + 1));
                    at += 1;
                }
                _ => at += 1,
            }
        }
        gap
    }

    /// The comments before the first line break.
    pub fn on_line(&self) -> impl Iterator<Item = Span> {
        let end = self.line_end.map_or(u32::MAX, |l| l.start);
        self.comments.iter().copied().filter(move |c| c.start < end)
    }
}
