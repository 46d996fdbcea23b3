//! Findings before and after: what was to be mended passes, and nothing new came up.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Finding, RuleMeta, Verdict};

use super::Meaning;
use crate::Disproof;

/// Findings of one rule at one place.
#[derive(Default)]
struct Count {
    fail: usize,
    unknown: usize,
}

/// Compares the findings of one root with one set of inputs. Only those findings can be gone that were there with these
/// very inputs. `is_next` tells what the next round mends of what this one makes.
pub fn compare(
    before: &[Finding],
    after: &[Finding],
    rules: &BTreeMap<String, RuleMeta>,
    root: &Arc<str>,
    meaning: &Meaning<'_>,
    is_next: &dyn Fn(&Finding) -> bool,
) -> Result<(), Disproof> {
    let (old, new) = (count(before), count(after));
    let place = |f: &Finding| (root.to_string(), f.rule.clone(), subject(f));
    let mut mended: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for f in meaning.mended.get(&**root).into_iter().flatten() {
        let there = before.iter().any(|b| same(b, f));
        *mended.entry((&f.rule, subject(f))).or_default() += usize::from(there);
    }
    for (key, wanted) in &mended {
        let none = Count::default();
        let (was, is) = (old.get(key).unwrap_or(&none), new.get(key).unwrap_or(&none));
        let (root, rule, address) = (root.to_string(), key.0.to_owned(), key.1.clone());
        if is.unknown > was.unknown {
            return Err(Disproof::Undecided { root, rule, address });
        }
        if is.fail + wanted > was.fail {
            return Err(Disproof::StillFails { root, rule, address });
        }
    }
    for f in after.iter().filter(|f| f.verdict != Verdict::Waived) {
        let key = (f.rule.as_str(), subject(f));
        let none = Count::default();
        let (was, is) = (old.get(&key).unwrap_or(&none), new.get(&key).unwrap_or(&none));
        let more = is.fail > was.fail || is.unknown > was.unknown;
        let less = |rule: &str| {
            let key = (rule, subject(f));
            let (was, is) = (old.get(&key).unwrap_or(&none), new.get(&key).unwrap_or(&none));
            is.fail < was.fail
        };
        // What only could come up since another finding of this resource was mended: `encrypted = true` lets the question
        // be asked with which key.
        let goes_on = || rules.get(&f.rule).is_some_and(|m| m.after.iter().any(|rule| less(rule)));
        if more && !goes_on() && !(f.verdict == Verdict::Fail && is_next(f)) {
            let (root, rule, address) = place(f);
            return Err(Disproof::NewFinding { root, rule, address });
        }
    }
    Ok(())
}

fn count(findings: &[Finding]) -> BTreeMap<(&str, String), Count> {
    let mut out: BTreeMap<(&str, String), Count> = BTreeMap::new();
    for f in findings {
        let c = out.entry((&f.rule, subject(f))).or_default();
        match f.verdict {
            Verdict::Fail => c.fail += 1,
            Verdict::Unknown => c.unknown += 1,
            Verdict::Waived => {}
        }
    }
    out
}

/// The resource that a finding is about, as text.
pub fn subject(f: &Finding) -> String {
    f.address.as_ref().map_or_else(|| f.subject.clone(), ToString::to_string)
}

fn same(a: &Finding, b: &Finding) -> bool {
    a.rule == b.rule && a.route == b.route && a.verdict == b.verdict && subject(a) == subject(b)
}
