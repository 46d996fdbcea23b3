//! The end of a text report: a line for each rule, worst first, and what can be done next.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use trueline_model::{Applicability, Finding, Severity, Verdict};

use crate::escape::name;
use crate::view::View;

/// How many findings of a rule there are, and how they can be mended.
#[derive(Default)]
struct Total {
    worst: Option<Severity>,
    all: usize,
    safe: usize,
    risky: usize,
    needs: usize,
}

impl Total {
    fn add(&mut self, f: &Finding) {
        self.worst = self.worst.max(Some(f.severity));
        self.all += 1;
        match f.fix.as_ref().map(|x| x.applicability) {
            Some(Applicability::Safe) => self.safe += 1,
            Some(Applicability::Unsafe) => self.risky += 1,
            Some(Applicability::Needs) => self.needs += 1,
            None => {}
        }
    }

    /// `2 safe, 1 by hand`, or the one word that holds for all.
    fn ways(&self) -> String {
        let by_hand = self.all - self.safe - self.risky - self.needs;
        let ways = [
            (self.safe, "safe fix"),
            (self.risky, "unsafe fix"),
            (self.needs, "needs settings"),
            (by_hand, "by hand"),
        ];
        let ways: Vec<(usize, &str)> = ways.into_iter().filter(|(n, _)| *n > 0).collect();
        match ways.as_slice() {
            [(_, only)] => (*only).to_owned(),
            several => several.iter().map(|(n, way)| format!("{n} {way}")).collect::<Vec<_>>().join(", "),
        }
    }
}

fn failures<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Finding> {
    view.findings.iter().filter(|f| f.verdict == Verdict::Fail)
}

/// The worst severity of each rule that failed.
pub(crate) fn worst<'a>(view: &View<'a>) -> BTreeMap<&'a str, Severity> {
    let mut out = BTreeMap::new();
    for f in failures(view) {
        let worst = out.entry(f.rule.as_str()).or_insert(f.severity);
        *worst = (*worst).max(f.severity);
    }
    out
}

/// A line for each rule where there are several.
pub(crate) fn by_rule(view: &View<'_>) -> Vec<String> {
    let mut totals: BTreeMap<&str, Total> = BTreeMap::new();
    for f in failures(view) {
        totals.entry(&f.rule).or_default().add(f);
    }
    if totals.len() < 2 {
        return Vec::new();
    }
    let width = totals.keys().map(|rule| rule.chars().count()).max().unwrap_or(0);
    let mut rows: Vec<(&str, Total)> = totals.into_iter().collect();
    rows.sort_by_key(|(rule, t)| (Reverse(t.worst), *rule));
    let row = |(rule, t): (&str, Total)| {
        let worst = t.worst.map_or("", Severity::as_str);
        format!("{worst:<8} {:>4}  {:<width$}  {}", t.all, name(rule), t.ways())
    };
    rows.into_iter().map(row).collect()
}

/// What can be done about what has no safe fix.
pub(crate) fn next(view: &View<'_>) -> Vec<String> {
    let with =
        |wanted: Applicability| move |f: &&Finding| f.fix.as_ref().is_some_and(|x| x.applicability == wanted);
    let mut out = Vec::new();
    match failures(view).filter(with(Applicability::Unsafe)).count() {
        0 => {}
        n => out.push(format!(
            "{n} more with `trueline fix --unsafe`, which may replace, interrupt or change what exists: look at it with `--diff` first"
        )),
    }
    let needing: Vec<&Finding> = failures(view).filter(with(Applicability::Needs)).collect();
    let names: BTreeSet<&str> =
        needing.iter().flat_map(|f| &f.fix).flat_map(|x| &x.needs).map(String::as_str).collect();
    if !needing.is_empty() {
        let names: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
        out.push(format!("{} more with {} in trueline.toml", needing.len(), names.join(", ")));
    }
    out
}
