//! A plan before and after: no address is gone, none came that was not asked for, only the meant routes changed, and it
//! evaluates as before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_model::{Address, NoteKind, Plan, Route};

use super::Meaning;
use super::difference::{changed, covered};
use super::given::is_given;
use crate::Disproof;

/// Compares addresses, values and errors; only what is meant may differ.
pub fn check(before: &Plan, after: &Plan, root: &Arc<str>, meaning: &Meaning<'_>) -> Result<(), Disproof> {
    let errors = |p: &Plan| -> BTreeMap<String, usize> {
        let mut out = BTreeMap::new();
        for n in p.notes.iter().filter(|n| n.kind != NoteKind::Info) {
            *out.entry(n.message.clone()).or_default() += 1;
        }
        out
    };
    let old = errors(before);
    if let Some((message, _)) = errors(after).into_iter().find(|(m, n)| old.get(m).is_none_or(|o| o < n)) {
        return Err(Disproof::Evaluation { root: root.to_string(), message });
    }
    let named = |a: &Address| (root.to_string(), a.to_string());
    let all = |p: &'_ Plan| -> BTreeSet<Address> {
        p.resources.iter().chain(&p.data).map(|r| r.address.clone()).collect()
    };
    let (old, new) = (all(before), all(after));
    if let Some((root, address)) = old.iter().find(|a| !new.contains(a)).map(named) {
        return Err(Disproof::AddressGone { root, address });
    }
    let blocks: BTreeSet<Address> = old.iter().map(|a| Address { key: None, ..a.clone() }).collect();
    let asked =
        |a: &Address| meaning.creates.iter().any(|m| m.served_by(a).is_some_and(|s| blocks.contains(&s)));
    if let Some((root, address)) = new.iter().find(|a| !old.contains(a) && !asked(a)).map(named) {
        return Err(Disproof::AddressNew { root, address });
    }
    let by_address: BTreeMap<&Address, _> = after.resources.iter().map(|r| (&r.address, r)).collect();
    let here = meaning.intents.get(&**root);
    for r in &before.resources {
        let Some(now) = by_address.get(&r.address) else { continue };
        let intents = here.and_then(|i| i.get(&r.address)).map_or(&[][..], Vec::as_slice);
        let routes = changed(&r.values, &now.values);
        let meant = |route: &Route| covered(route, intents) || is_given(r, now, route, &meaning.tags);
        if let Some(route) = routes.iter().find(|route| !meant(route)) {
            let (root, address) = named(&r.address);
            return Err(Disproof::OtherRoute { root, address, route: route.to_string() });
        }
    }
    Ok(())
}
