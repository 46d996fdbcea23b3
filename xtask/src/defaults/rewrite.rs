//! How the provider writes strings that were given in another form.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use trueline_model::Type;
use trueline_terraform::provider_knowledge::rewritten;
use trueline_terraform::schema::Rewrite;

use super::guess;
use super::instance::Body;
use crate::schema::read::REWRITES;

/// What was seen, by route without indices: the word of the rewrite, `kept`, or `other`.
pub type Rewrites = BTreeMap<String, Vec<&'static str>>;

/// Compares what was written with what is planned.
pub fn observe(body: &Body, salt: &str, after: &Map<String, Json>, at: &str, out: &mut Rewrites) {
    let join = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    for (name, cell) in body.attributes.iter().filter(|(_, c)| c.ty == Type::String && c.told.is_none()) {
        let Some(planned) = after.get(name).and_then(Json::as_str) else { continue };
        let Ok(given) = serde_json::from_str::<String>(&guess::value(&cell.ty, name, cell.guess, salt))
        else {
            continue;
        };
        out.entry(join(name)).or_default().push(classify(&given, planned));
    }
    for (name, inner) in &body.blocks {
        let shown = after.get(name);
        let first = shown.and_then(|s| s.get(0)).or(shown).and_then(Json::as_object);
        if let Some(o) = first {
            observe(inner, salt, o, &join(name), out);
        }
    }
}

fn classify(given: &str, planned: &str) -> &'static str {
    if given == planned {
        // A text that each form leaves as it is tells nothing.
        let telling = [Rewrite::Json, Rewrite::Sha1].iter().any(|r| rewritten(*r, given) != given);
        return if telling { "kept" } else { "" };
    }
    let how = REWRITES.iter().find(|(_, r)| rewritten(*r, given) == planned);
    how.map_or("other", |(word, _)| word)
}

/// Places where always the same form was seen.
pub fn certain(seen: &Rewrites) -> Map<String, Json> {
    let mut out = Map::new();
    for (route, all) in seen {
        let mut telling = all.iter().filter(|w| !w.is_empty());
        if let Some(first) = telling.next()
            && telling.all(|w| w == first)
            && !matches!(*first, "kept" | "other")
        {
            out.insert(route.clone(), Json::from(*first));
        }
    }
    out
}
