//! Findings that one sentence says.

use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use trueline_model::{Finding, Verdict};

use crate::offer::offer;
use crate::totals;
use crate::view::View;

/// Findings that differ in place and address only, each with the number of instances it stands for besides.
pub(super) type Alike<'a> = Vec<(&'a Finding, usize)>;

/// Groups findings of which one sentence says the same. What is said of one rule stands together, the worst rules first,
/// and of each rule what is said of the most.
pub(super) fn alike<'a>(view: &View<'a>, verbose: bool) -> Vec<Alike<'a>> {
    let mut groups: Vec<Alike<'a>> = Vec::new();
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for (f, others) in view.shown() {
        let message = if verbose { f.message.clone() } else { without_indices(&f.message) };
        let fix = f.fix.as_ref().map(offer);
        match known.entry((&f.rule, f.verdict, f.severity, message, &f.why, &f.help, fix)) {
            Entry::Occupied(at) => {
                groups.get_mut(*at.get()).into_iter().for_each(|g| g.push((f, others)));
            }
            Entry::Vacant(new) => {
                new.insert(groups.len());
                groups.push(vec![(f, others)]);
            }
        }
    }
    let worst = totals::worst(view);
    groups.sort_by_key(|alike| {
        let first = alike.first().map(|(f, _)| *f);
        let (rule, verdict) = first.map_or(("", Verdict::Fail), |f| (&f.rule, f.verdict));
        let severity = Reverse(first.map(|f| f.severity));
        (verdict == Verdict::Unknown, Reverse(worst.get(rule).copied()), rule, severity, Reverse(alike.len()))
    });
    groups
}

/// Where else: those of the same place and resource once, with the rules of the first.
pub(super) fn elsewhere<'a>(alike: &Alike<'a>) -> Alike<'a> {
    let mut seen = BTreeSet::new();
    let place = |f: &Finding| (f.at, f.address.as_ref().map(ToString::to_string), f.subject.clone());
    let mut all = alike.iter().filter(|(f, _)| f.at.is_none() || seen.insert(place(f)));
    all.next();
    all.copied().collect()
}

/// A message that says the same of every element: ``ingress[1].description`` as ``ingress.description``.
fn without_indices(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        match after.split_once(']') {
            Some((index, behind)) if !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit()) => {
                rest = behind
            }
            _ => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn indices_are_left_out() {
        let plain = super::without_indices;
        assert_eq!(
            plain("`ingress[1].x[20]` of [a] and `y[\"0\"]` [ is [] unset"),
            "`ingress.x` of [a] and `y[\"0\"]` [ is [] unset"
        );
        assert_eq!(plain(""), "");
    }
}
