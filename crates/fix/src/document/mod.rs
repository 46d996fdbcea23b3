//! JSON documents as text: where their values stand in a heredoc or a quoted string, and how they are changed there.

mod edit;
mod scan;
mod template;

use serde_json::Value as Json;
use trueline_model::Segment;
use trueline_text::{Edit, Span};

pub use template::change;

/// Sets a value in a text that is JSON as a whole.
pub fn set_in_json(text: &str, route: &[Segment], value: &Json) -> Option<Edit> {
    let splice = edit::set(text, &scan::scan(text, &[])?, route, value)?;
    let at = |n: usize| u32::try_from(n).ok();
    Some(Edit::replace(Span::new(at(splice.range.start)?, at(splice.range.end)?), splice.content))
}
