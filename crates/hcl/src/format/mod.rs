//! The canonical layout: what `terraform fmt` would make of a text.
//!
//! What enters: a text. What leaves: the text with canonical white space, or, for the layout of edits,
//! the canonical white space before each of its tokens.

mod columns;
mod line;
mod rewrite;
mod space;

pub(crate) use columns::columns;
pub(crate) use line::Sheet;

use crate::parse;

/// Formats as `terraform fmt` does: indentation, spaces, alignment of `=` and of comments at line ends,
/// quotes around labels, `"${x}"` and the types of variables written as expressions. Other than there, a
/// byte order mark and comments between labels stay. A text with syntax errors is returned as it is.
pub fn format(text: &str) -> String {
    let file = parse(text);
    if !file.errors.is_empty() {
        return text.to_owned();
    }
    let mut sheet = Sheet::new(text);
    rewrite::rewrite(&mut sheet, &file.body);
    sheet.lay_out();
    sheet.print()
}
