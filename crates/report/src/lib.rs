//! One pure renderer per output format.
//!
//! What enters: a [`View`] of one run (findings, notes, counts, sources, what must be masked). What leaves: the
//! whole output as text. Nothing here reads files, terminals or clocks.
//!
//! **Invariant:** no renderer shows source text that a masked place covers, and none lets a value steer a terminal: what
//! does is shown as an escape (`escape`).

mod asked;
mod concise;
pub mod conftest;
mod diff;
mod escape;
mod excerpt;
mod github;
mod json;
mod listed;
mod mask;
mod offer;
mod plan;
mod repair;
mod sarif;
mod text;
mod totals;
mod view;
mod wrap;

pub use asked::{Asked, brief, checklist};
pub use concise::concise;
pub use diff::diff;
pub use escape::harmless;
pub use github::github;
pub use json::json;
pub use listed::{Listed, RulePage, page, rules_json, rules_text};
pub use mask::Masks;
pub use plan::{AttributeShape, BlockShape, Many, Shape, Shapes, plan, plan_json};
pub use repair::{Repair, Told, Way, repair};
pub use sarif::sarif;
pub use text::{Look, notes, text};
pub use view::{FixEdits, FrameworkName, View};
