//! Blocks at the top of a file.

use trueline_text::Edit;

use crate::ast::Block;

use super::gap::Gap;
use super::place::{Manner, indent, is_blank_line, line_start, shift};
use super::settle::settle;

/// Adds text (a block, or several) behind this block, with one blank line between, and one behind it
/// if something follows.
pub fn insert_after(text: &str, block: &Block, new: &str) -> Vec<Edit> {
    let (outer, manner) = (indent(text, block.span.start), Manner::at(text, block.span.end));
    let (new, eol) = (shift(new.trim_end_matches('\n'), outer, manner), manner.eol);
    let gap = Gap::read(text, block.span.end, text.len() as u32);
    let Some(line_end) = gap.line_end else {
        return settle(text, vec![Edit::insert(text.len() as u32, format!("{eol}{eol}{outer}{new}"))]);
    };
    let place = line_end.end;
    let rest = text.get(place as usize..).unwrap_or("");
    let ends_here = rest.trim_start_matches([' ', '\t']).starts_with('}');
    let alone = rest.is_empty() || ends_here || is_blank_line(text, place);
    let blank = if alone { "" } else { eol };
    settle(text, vec![Edit::insert(place, format!("{eol}{outer}{new}{eol}{blank}"))])
}

/// Adds text (a block, or several) at the end of the file, behind a blank line.
pub fn append_to_file(text: &str, new: &str) -> Vec<Edit> {
    let manner = Manner::at(text, text.len() as u32);
    let (new, eol) = (shift(new.trim_end_matches('\n'), "", manner), manner.eol);
    let content = text.trim_start_matches('\u{feff}');
    let last = line_start(text, text.len() as u32);
    let head = if content.trim().is_empty() {
        ""
    } else if (last as usize) < text.len() {
        // The last line has no line break.
        return settle(text, vec![Edit::insert(text.len() as u32, format!("{eol}{eol}{new}{eol}"))]);
    } else if super::body::line_before(text, last).is_some_and(|l| is_blank_line(text, l)) {
        ""
    } else {
        eol
    };
    settle(text, vec![Edit::insert(text.len() as u32, format!("{head}{new}{eol}"))])
}
