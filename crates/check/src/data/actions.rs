//! `data.trueline.actions`: what is known of each action that a document names, by its name in small letters.

use std::collections::BTreeMap;

use trueline_rego::Value as Shown;

/// Looks the actions up that the documents of these resources (`data.trueline.resources`) name.
pub fn of(resources: &Shown) -> Shown {
    let mut known: BTreeMap<String, Shown> = BTreeMap::new();
    let types = resources.as_object().into_iter().flat_map(|types| types.values());
    let all = types.filter_map(Shown::as_array).flat_map(|all| all.iter());
    let mut todo: Vec<&Shown> = all.filter_map(|r| r.get("documents")).collect();
    while let Some(value) = todo.pop() {
        match value {
            Shown::Array(items) => todo.extend(items.iter()),
            Shown::Object(members) => {
                for (name, member) in members.iter() {
                    if name.as_str() != Some("Action") {
                        todo.push(member);
                        continue;
                    }
                    let items = member.as_array().map_or(std::slice::from_ref(member), |items| &**items);
                    for text in items.iter().filter_map(Shown::as_str) {
                        let word = trueline_rules::actions::action(text).map(|a| a.as_str());
                        known.insert(text.to_lowercase(), Shown::from(word.unwrap_or("unlisted")));
                    }
                }
            }
            _ => {}
        }
    }
    Shown::from(known)
}
