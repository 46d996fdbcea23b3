//! Where each byte of a piece of text stands in its source, whose escapes and indentation the text has not.

use super::Piece;

/// Source offset of each byte of a piece whose text is not its source: escapes are resolved, indentation is cut.
pub(super) fn align(p: &Piece, source: &str) -> Vec<u32> {
    let from = p.span.text(source).as_bytes();
    let mut out = Vec::with_capacity(p.text.len() + 1);
    let mut i = 0usize;
    for b in p.text.bytes() {
        // Skip what the text has not: cut white space, the doubled sign of `$${`.
        loop {
            match (from.get(i), from.get(i + 1)) {
                (Some(b'\\'), Some(_)) if b != b'\\' || from.get(i + 1) == Some(&b'\\') => break,
                (Some(c), _) if *c == b => break,
                (Some(b' ' | b'\t' | b'\r' | b'\n' | b'$' | b'%'), _) => i += 1,
                _ => break,
            }
        }
        out.push(p.span.start + (i.min(from.len())) as u32);
        i += match (from.get(i), from.get(i + 1)) {
            (Some(b'\\'), Some(b'"' | b'\\' | b'n' | b't' | b'r'))
                if from.get(i) != Some(&b) || b == b'\\' =>
            {
                2
            }
            _ => 1,
        };
    }
    out.push(p.span.start + from.len() as u32);
    out
}
