//! Spans, sources, edits and diffs: what every other room uses to speak about bytes of a file.
//!
//! What enters: the text of files. What leaves: positions for people ([`LineIndex`]), changed
//! texts ([`apply`]) and unified diffs ([`unified_diff`]). Knows nothing of Terraform or policies.

mod diff;
mod edit;
mod escape;
mod files;
mod line_index;
mod source;
mod span;

pub use diff::unified_diff;
pub use edit::{Edit, EditError, apply};
pub use escape::escape;
pub use files::{Entry, Files, Memory, Overlay, normalize};
pub use line_index::{LineIndex, Position, Range};
pub use source::{FileId, Location, SourceFile, Sources};
pub use span::Span;
