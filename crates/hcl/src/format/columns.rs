//! The width of text, as `terraform fmt` counts it.

use unicode_segmentation::UnicodeSegmentation;

/// How many columns the text takes: one for each user-perceived character.
pub(crate) fn columns(text: &str) -> usize {
    if text.is_ascii() && !text.contains('\r') {
        return text.len();
    }
    text.graphemes(true).count()
}
