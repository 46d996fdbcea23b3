//! The static plan as JSON, in the shape that `terraform show -json` prints.
//!
//! What enters: [`PlanParts`], the evaluated instances with the configuration they come from. What
//! leaves: one JSON value with `variables`, `planned_values`, `resource_changes`,
//! `deferred_changes`, `output_changes`, `prior_state` and `configuration`. What a real plan says
//! about the moment it was made (`timestamp`, `relevant_attributes`) is left out.
//!
//! What this room asks of [`PlanParts`]:
//! - `Resource::values` is an object with every attribute and block of the schema: null or
//!   unknown where the source sets nothing, unset blocks as empty lists;
//! - an unknown carries the type of its attribute, since `after_sensitive` shows `[]` or `{}` for it;
//! - a data source that Trueline answers has actions `[]` and wholly known values (it goes to
//!   `prior_state`), one that is read on apply has `[Read]`;
//! - a placeholder for undecided instances is `deferred` and stands in no other list.

mod changes;
mod configuration;
mod expressions;
mod providers;
mod references;
mod values;

use serde_json::{Map, Value as Json, json};
use trueline_model::{Mode, Resource};

use crate::parts::PlanParts;

pub(crate) use configuration::provider_name;
pub use values::{known, sensitive_tree, unknown_tree};

/// Version of the shape, as Terraform 1.11 prints it.
const FORMAT_VERSION: &str = "1.2";
/// Version of the prior state's shape.
const STATE_FORMAT_VERSION: &str = "1.0";
/// The Terraform whose behaviour the evaluation follows.
const TERRAFORM_VERSION: &str = "1.11.4";

/// Renders the plan.
pub fn render(parts: &PlanParts<'_>) -> Json {
    let mut out = Map::new();
    out.insert("format_version".into(), json!(FORMAT_VERSION));
    out.insert("terraform_version".into(), json!(TERRAFORM_VERSION));
    let variables = changes::variables(parts);
    if !variables.is_empty() {
        out.insert("variables".into(), Json::Object(variables));
    }
    out.insert("planned_values".into(), changes::planned_values(parts));
    out.insert("resource_changes".into(), changes::resource_changes(parts));
    let deferred = changes::deferred_changes(parts);
    let complete = deferred.is_empty();
    if !complete {
        out.insert("deferred_changes".into(), Json::Array(deferred));
    }
    out.insert("output_changes".into(), changes::output_changes(parts));
    if let Some(values) = changes::prior_values(parts) {
        let state = json!({
            "format_version": STATE_FORMAT_VERSION,
            "terraform_version": TERRAFORM_VERSION,
            "values": values,
        });
        out.insert("prior_state".into(), state);
    }
    out.insert("configuration".into(), configuration::configuration(parts.root));
    out.insert("applyable".into(), json!(parts.resources.iter().any(|r| !r.deferred)));
    out.insert("complete".into(), json!(complete));
    Json::Object(out)
}

/// True for a data source whose values are decided: it is in the prior state and no change.
fn is_answered(r: &Resource) -> bool {
    r.address.mode == Mode::Data && !r.deferred && r.actions.is_empty()
}
