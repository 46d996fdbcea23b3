//! Edits that change one thing and keep the layout of `terraform fmt`.
//!
//! What enters: a text, a part of its tree, and what is wanted there. What leaves: edits of that text.
//! Nothing else moves: comments, order, line ends and every byte that the change does not need. New lines
//! are indented as their neighbours; a run of lines whose `=` and comments were aligned stays aligned.
//! A text that `terraform fmt` accepted before is accepted after.
//!
//! New text is given as if it stood at the left margin, with `\n` between its lines; it is indented here.
//! Each function is for one change: apply its edits and parse again before the next, since the edits of
//! two changes in one run of lines may touch the same white space.
//!
//! In a body or an expression that comes from JSON syntax ([`Body::json`]), new text is JSON:
//! [`json_literal`] and [`json_expression`] write it.

mod body;
mod build;
mod file;
mod gap;
mod json;
mod literal;
mod object;
mod place;
mod respell;
mod series;
mod settle;

pub use body::{insert_block, remove_item, replace_expr, set_attribute};
pub use build::{NewBlock, NewItem, render_block};
pub use file::{append_to_file, insert_after};
pub use json::insert_json;
pub use literal::{json_expression, json_literal, literal, quoted};
pub use object::{
    insert_tuple_element, object_entry, remove_object_entry, remove_tuple_element, replace_tuple_element,
    set_object_entry,
};

pub use respell::{as_attribute, as_blocks};

#[allow(unused_imports, reason = "for the documentation")]
use crate::Body;
