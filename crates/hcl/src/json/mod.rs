//! Terraform's JSON syntax: `.tf.json` and `.tfvars.json`.
//!
//! What enters: the text. What leaves: the same tree as from native syntax. The block types of the
//! configuration are unfolded by their labels; inside of blocks only the schema can tell arguments from
//! blocks, so everything there is an attribute ([`Body::json`]). Strings are templates without quotes; in files of values,
//! and where Terraform has nothing to refer to (the default of a variable), they are taken as they stand.

mod body;
mod expr;
mod read;
mod shift;

use trueline_text::Span;

use crate::ast::{Body, File, SyntaxError};
use crate::parse::fits;

pub(crate) use read::{Member, Node, Value, read, read_object};

/// Reads a file in JSON syntax. At the top, the block types of Terraform are blocks and every other property
/// is an attribute.
pub fn parse_json(text: &str) -> File {
    parse(text, body::file)
}

/// Reads a file of variable values in JSON syntax: every property is an attribute, and no string is a template.
pub fn parse_json_values(text: &str) -> File {
    parse(text, body::values)
}

/// Reads a file in the syntax that its name says: `.tfvars.json`, another `.json`, or native.
pub fn parse_named(path: &str, text: &str) -> File {
    if path.ends_with(".tfvars.json") {
        parse_json_values(text)
    } else if path.ends_with(".json") {
        parse_json(text)
    } else {
        crate::parse(text)
    }
}

fn parse(text: &str, take: fn(&str, &Node, &mut Body, &mut Vec<SyntaxError>)) -> File {
    let mut errors = Vec::new();
    let span = Span::new(0, text.len() as u32);
    let mut body = Body { span, json: true, ..Body::default() };
    match fits(text).and_then(|()| read(text)) {
        Ok(node) => take(text, &node, &mut body, &mut errors),
        Err(error) => errors.push(error),
    }
    errors.sort_by_key(|e: &SyntaxError| (e.span.start, e.span.end));
    File { body, errors, comments: Vec::new() }
}
