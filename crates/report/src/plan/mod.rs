//! A plan as text, laid out as people know it from `terraform plan`.
//!
//! What enters: the plan's JSON, the shapes that tell blocks from attributes, and, where origins are wanted, the evaluated
//! resources with the files their values come from. What leaves: the whole text. Sensitive values are never in it.

mod literal;
mod origins;
mod outputs;
mod resource;
mod shape;
mod tree;

use std::fmt::Write as _;

use serde_json::Value as Json;
use trueline_model::Plan;
use trueline_text::Sources;

use crate::escape;
use origins::Origins;
pub use shape::{AttributeShape, BlockShape, Many, Shape, Shapes};

/// The JSON of a plan on one line.
pub fn plan_json(plan: &Json) -> String {
    escape::json(format!("{plan}\n"))
}

/// The text of a plan; with `sources`, each value that the source sets tells where it was written.
pub fn plan(plan: &Plan, shapes: &Shapes, sources: Option<&Sources>) -> String {
    escape::harmless(&written(plan, shapes, sources)).into_owned()
}

fn written(plan: &Plan, shapes: &Shapes, sources: Option<&Sources>) -> String {
    let json = &*plan.json;
    let list = |name: &str| json.get(name).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let changes: Vec<&Json> = list("resource_changes").iter().filter(|c| is_shown(c)).collect();
    let deferred: Vec<&Json> =
        list("deferred_changes").iter().filter_map(|d| d.get("resource_change")).collect();
    let origins = sources.map(|s| Origins::new(plan, s));
    let outputs = outputs::changes(json);
    let mut out = String::new();
    if changes.is_empty() && deferred.is_empty() && outputs.is_empty() {
        return "No changes. The configuration declares nothing to create.\n".to_owned();
    }
    if !changes.is_empty() {
        out.push_str("Computed from source. Resource actions are indicated with the following symbols:\n");
        for (action, legend) in [("create", "  + create\n"), ("read", " <= read (data resources)\n")] {
            if changes.iter().any(|c| has_action(c, action)) {
                out.push_str(legend);
            }
        }
        out.push_str("\nTerraform would perform the following actions:\n");
        for c in &changes {
            out.push('\n');
            resource::write(&mut out, c, shapes, false, origins.as_ref());
        }
    }
    if !deferred.is_empty() {
        out.push_str("\nHow many of these there will be hangs on values that are not known:\n");
        for c in &deferred {
            out.push('\n');
            resource::write(&mut out, c, shapes, true, origins.as_ref());
        }
    }
    if !changes.is_empty() || !deferred.is_empty() {
        let add = changes.iter().filter(|c| has_action(c, "create")).count();
        // Writing to a String can't fail.
        let _ = write!(out, "\nPlan: {add} to add, 0 to change, 0 to destroy.");
        if !deferred.is_empty() {
            let _ = write!(out, " Undecided: {}.", deferred.len());
        }
        out.push('\n');
    }
    if !outputs.is_empty() {
        out.push_str("\nChanges to Outputs:\n");
        out.push_str(&outputs);
    }
    out
}

fn has_action(change: &Json, action: &str) -> bool {
    let actions = change.pointer("/change/actions").and_then(Json::as_array);
    actions.is_some_and(|a| a.iter().any(|a| a == action))
}

fn is_shown(change: &Json) -> bool {
    has_action(change, "create") || has_action(change, "read")
}
