//! The canonical layout: what `terraform fmt` would make of a text.
//!
//! What enters: a text. What leaves: the text with canonical white space, or, for the layout of edits,
//! the canonical white space before each of its tokens.

mod columns;
mod line;
mod rewrite;
mod space;

pub(crate) use columns::columns;
pub(crate) use line::{Sheet, Word};

use crate::{File, parse};

/// Formats as `terraform fmt` does: indentation, spaces, alignment of `=` and of comments at line ends,
/// quotes around labels, `"${x}"` and the types of variables written as expressions. Other than there, a
/// byte order mark and comments between labels stay. A text with syntax errors is returned as it is.
pub fn format(text: &str) -> String {
    formatted(text, &parse(text)).unwrap_or_else(|| text.to_owned())
}

/// True if [`format()`] would leave the text of this file as it is.
pub fn is_formatted(text: &str, file: &File) -> bool {
    formatted(text, file).is_none_or(|formatted| formatted == text)
}

/// None for a file with errors.
fn formatted(text: &str, file: &File) -> Option<String> {
    file.errors.is_empty().then_some(())?;
    let mut sheet = Sheet::new(text);
    rewrite::rewrite(&mut sheet, &file.body);
    sheet.lay_out();
    Some(sheet.print())
}
