//! JSON documents as text: where their values stand in a heredoc or a quoted string, and how they are changed there.

mod edit;
mod scan;
mod template;

pub use template::change;
