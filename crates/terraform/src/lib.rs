//! Modules, expressions and functions: the static plan.
//!
//! What enters: files of Terraform modules and the values given from outside ([`Inputs`]), or the JSON of a real plan.
//! What leaves: [`trueline_model::Plan`], in which every value knows where it comes from, or why it is unknown.
//!
//! **Invariant:** nothing here reads the clock, the environment or the machine; files come through
//! [`trueline_text::Files`]. Evaluation never fails as a whole: what can't be evaluated is unknown, with a note.

mod body;
mod breach;
mod builtin;
mod console;
pub mod content;
mod data;
mod dynamic_block;
mod evaluation;
pub mod expression;
pub mod functions;
mod generated;
mod inputs;
mod installed;
mod links;
mod matching;
pub mod module;
pub mod outline;
mod overrides;
pub mod parallel;
mod parsed;
pub mod parts;
mod plan;
pub mod plan_json;
mod provider;
mod real_plan;
mod redact;
mod references;
mod templates;
mod terragrunt;
pub mod type_constraint;
pub mod versions;

pub use console::{console, console_in, display};
pub use generated::{Generator, generated};
pub use inputs::{Facts, Given, Inputs};
pub use matching::with_source;
pub use parsed::{MAX_FILE, Parsed};
pub use plan::{module_config, plan};
pub use real_plan::{PlanError, read_plan};
pub use redact::{redact, secrets};
