//! Modules, expressions, functions and schema: the static plan.
//!
//! What enters: files of Terraform modules and the values given from outside ([`Inputs`]), or the JSON of a real plan.
//! What leaves: [`trueline_model::Plan`], in which every value knows where it comes from, or why it is unknown.
//!
//! **Invariant:** nothing here reads the clock, the environment or the machine; files come through
//! [`trueline_text::Files`]. Evaluation never fails as a whole: what can't be evaluated is unknown, with a note.

pub mod content;
pub mod convert;
pub mod functions;
pub mod module;
mod overrides;
pub mod parts;
pub mod plan_json;
pub mod policy_document;
pub mod schema;
