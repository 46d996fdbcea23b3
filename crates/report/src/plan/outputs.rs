//! Outputs of a plan.

use serde_json::Value as Json;
use trueline_model::Route;

use super::literal::Writer;
use super::tree::Tree;

/// The lines of all outputs that have a value or will have one.
pub fn changes(plan: &Json) -> String {
    let Some(outputs) = plan.get("output_changes").and_then(Json::as_object) else { return String::new() };
    let mut names: Vec<&String> = outputs.keys().collect();
    names.sort();
    let members: Vec<(String, Tree<'_>)> = names
        .into_iter()
        .filter_map(|name| {
            let mut tree = Tree::of(outputs.get(name)?);
            tree.route = Route::root();
            (!tree.is_null()).then(|| (name.clone(), tree))
        })
        .collect();
    let mut out = String::new();
    Writer { origins: None }.members(&mut out, 2, &members);
    out
}
