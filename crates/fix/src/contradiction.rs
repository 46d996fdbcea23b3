//! Instances of one block that need different values, where the block is written once: no text is right for all of them.

use std::collections::{BTreeMap, BTreeSet};

use trueline_model::{Finding, OpValue, Operation};

use crate::candidates::{Candidate, Gathered, Kind};
use crate::change::{Change, Target};
use crate::outcome::Withheld;
use crate::proof::{Base, subject};
use crate::{NoPlace, told_apart};

/// What a finding wants to be set: which attributes of which instances.
type Wish = BTreeSet<(String, String)>;

/// What is wanted, by rule and block, number of the way, and target.
type Wanted<'c> = BTreeMap<(&'c Kind, usize, Target), Vec<(Wish, &'c Change)>>;

/// Takes out the ways that would give an instance what another one must not have, and withholds candidates that are left
/// without one. The ways of instances of one block are alike, so each is held against the same way of the others.
pub fn settle(gathered: &mut Gathered, base: &Base<'_>) {
    tell_apart(gathered, base);
    let mut wanted: Wanted<'_> = BTreeMap::new();
    for c in &gathered.candidates {
        let Some(kind) = &c.kind else { continue };
        for (n, way) in c.ways.iter().enumerate() {
            for change in way.changes.iter().filter(|c| !matches!(c, Change::Companion(_))) {
                wanted.entry((kind, n, change.target())).or_default().push((wish(&c.finding), change));
            }
        }
    }
    let against = |c: &Candidate, n: usize, change: &Change| {
        let own = wish(&c.finding);
        let all = c.kind.as_ref().and_then(|kind| wanted.get(&(kind, n, change.target())));
        all.into_iter().flatten().any(|(other, theirs)| *other != own && *theirs != change)
    };
    let mut lost: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (i, c) in gathered.candidates.iter().enumerate() {
        let bad = (0..c.ways.len()).filter(|n| {
            c.ways.get(*n).is_some_and(|w| w.changes.iter().any(|change| against(c, *n, change)))
        });
        lost.extend(bad.map(|n| (i, n)));
    }
    if lost.is_empty() {
        return;
    }
    let mut left = Vec::new();
    for (i, mut c) in std::mem::take(&mut gathered.candidates).into_iter().enumerate() {
        c.keep_ways(|n| !lost.contains(&(i, n)));
        if c.ways.is_empty() {
            let reason = NoPlace::Differs { address: subject(&c.finding) }.into();
            let place = c.place();
            gathered.withheld.push((place, Withheld { finding: c.finding, with: c.with, reason }));
        } else {
            left.push(c);
        }
    }
    gathered.candidates = left;
}

/// Candidates whose best way is one change, by rule and block, and target.
type Groups<'c> = BTreeMap<(&'c Kind, Target), Vec<(usize, &'c Candidate, &'c Change)>>;

/// Gives instances that want different texts one that says for each what it is.
fn tell_apart(gathered: &mut Gathered, base: &Base<'_>) {
    let mut groups: Groups<'_> = BTreeMap::new();
    for (i, c) in gathered.candidates.iter().enumerate() {
        if let (Some(kind), Some([change])) = (&c.kind, c.ways.first().map(|w| w.changes.as_slice())) {
            groups.entry((kind, change.target())).or_default().push((i, c, change));
        }
    }
    let mut better: Vec<(usize, OpValue)> = Vec::new();
    for group in groups.into_values() {
        let mut pairs = group.windows(2);
        if pairs.all(|w| matches!(w, [a, b] if a.2 == b.2)) {
            continue;
        }
        let all: Vec<(&Candidate, &Change)> = group.iter().map(|(_, c, change)| (*c, *change)).collect();
        if let Some(value) = told_apart::template(base, &all) {
            better.extend(group.iter().map(|(i, ..)| (*i, value.clone())));
        }
    }
    for (i, new) in better {
        let way = gathered.candidates.get_mut(i).and_then(|c| c.ways.first_mut());
        if let Some(Change::Put { value, .. }) = way.and_then(|w| w.changes.first_mut()) {
            *value = new;
        }
    }
}

fn wish(finding: &Finding) -> Wish {
    let operations = finding.fix.iter().flat_map(|f| &f.operations);
    let set = operations.filter_map(|o| match o {
        Operation::Set { address, route, .. } | Operation::Default { address, route, .. } => {
            let address = address.as_ref().map_or_else(|| subject(finding), ToString::to_string);
            Some((address, route.to_string()))
        }
        _ => None,
    });
    set.collect()
}
