//! Terraform syntax: files to blocks and expressions with spans, and where and how an insertion is laid out.
//!
//! What enters: the text of a `.tf`, `.tfvars` or `.tf.json` file. What leaves: a [`File`] whose every
//! node knows its bytes, with all syntax errors at once, and edits that keep the layout of `terraform fmt`.
//!
//! **Invariant:** this is the only room that knows how HCL is spelled. Nothing here evaluates.

mod ast;
mod format;
mod json;
pub mod layout;
mod lex;
mod parse;
pub mod trail;

pub use ast::*;
pub use format::{format, is_formatted};
pub use json::{parse_json, parse_json_values, parse_named};
pub use parse::{MAX_HEIGHT, MAX_NESTING, parse, parse_expression, parse_template};
