//! One pure renderer per output format.
//!
//! What enters: a [`View`] of one run (findings, notes, counts, sources, what must be masked). What leaves: the
//! whole output as text. Nothing here reads files, terminals or clocks.
//!
//! **Invariant:** no renderer shows source text that a masked place covers.

mod asked;
mod concise;
pub mod conftest;
mod diff;
mod excerpt;
mod github;
mod json;
mod mask;
mod plan;
mod redact;
mod sarif;

mod text;
mod totals;
mod view;

pub use asked::{Asked, brief, checklist};
pub use concise::concise;
pub use diff::diff;
pub use github::github;
pub use json::json;
pub use mask::{MASK, Masks};
pub use plan::plan;
pub use redact::{redact, secrets};
pub use sarif::sarif;
pub use text::{notes, text};
pub use view::{FixEdits, View, harmless};
