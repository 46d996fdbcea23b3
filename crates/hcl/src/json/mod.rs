//! Terraform's JSON syntax: `.tf.json` and `.tfvars.json`.
//!
//! What enters: the text. What leaves: the same tree as from native syntax. The block types of the
//! configuration are unfolded by their labels; inside of blocks only the schema can tell arguments from
//! blocks, so everything there is an attribute ([`Body::json`]). Strings are templates without quotes.

mod body;
mod expr;
mod read;
mod shift;

use trueline_text::Span;

use crate::ast::{Body, File, SyntaxError};
use crate::parse::fits;

pub(crate) use read::{Member, Node, Value, read, read_object};

/// Reads a file in JSON syntax. At the top of `.tf.json`, the block types of Terraform are blocks and every
/// other property is an attribute, as in `.tfvars.json`.
pub fn parse_json(text: &str) -> File {
    let mut errors = Vec::new();
    let mut body = Body { items: Vec::new(), span: Span::new(0, text.len() as u32), json: true };
    match fits(text).and_then(|()| read(text)) {
        Ok(node) => body::file(text, &node, &mut body, &mut errors),
        Err(error) => errors.push(error),
    }
    errors.sort_by_key(|e: &SyntaxError| (e.span.start, e.span.end));
    File { body, errors, comments: Vec::new() }
}
