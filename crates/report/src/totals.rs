//! The end of a text report: a line for each rule, worst first, what was found in all, and what can be done next.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use trueline_model::{Applicability, Finding, NoteKind, Severity, Verdict};

use crate::escape::name;
use crate::view::{View, by_severity, count};

/// With more rules than this, those of low severity are one line for each severity.
const MAX_ROWS: usize = 40;
/// Settings that are named one by one.
const MAX_SETTINGS: usize = 6;

/// How many findings of a rule there are, and how they can be mended.
#[derive(Default)]
struct Total {
    all: usize,
    safe: usize,
    risky: usize,
    needs: usize,
}

impl Total {
    fn add(&mut self, f: &Finding) {
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

/// A line for each rule where there are several, and whether some share one.
pub(crate) fn by_rule(view: &View<'_>, verbose: bool) -> (Vec<String>, bool) {
    let worst = worst(view);
    if worst.len() < 2 {
        return (Vec::new(), false);
    }
    let mut minor: BTreeMap<Severity, usize> = BTreeMap::new();
    for severity in worst.values().filter(|s| **s <= Severity::Low) {
        *minor.entry(*severity).or_default() += 1;
    }
    let shared = |severity: &Severity| {
        let rules = minor.get(severity).filter(|n| !verbose && worst.len() > MAX_ROWS && **n > 1);
        rules.map(|n| count(*n, "rule"))
    };
    let mut totals: BTreeMap<(Reverse<Severity>, String), Total> = BTreeMap::new();
    for f in failures(view) {
        let severity = worst.get(f.rule.as_str()).copied().unwrap_or(f.severity);
        let title = shared(&severity).unwrap_or_else(|| name(&f.rule).into_owned());
        totals.entry((Reverse(severity), title)).or_default().add(f);
    }
    let width = totals.keys().map(|(_, title)| title.chars().count()).max().unwrap_or(0);
    let row = |((Reverse(worst), title), t): (&(Reverse<Severity>, String), &Total)| {
        format!("{:<8} {:>4}  {title:<width$}  {}", worst.as_str(), t.all, t.ways())
    };
    (totals.iter().map(row).collect(), minor.keys().any(|s| shared(s).is_some()))
}

/// What was found, in what, and what has a safe fix.
pub(crate) fn summary(view: &View<'_>) -> Vec<String> {
    let s = view.summary;
    let mut found = Vec::new();
    let errors = view.notes.iter().filter(|n| n.kind == NoteKind::Error).count();
    if s.fail > 0 {
        let worst: Vec<String> =
            by_severity(view.findings).iter().map(|(s, n)| format!("{n} {}", s.as_str())).collect();
        found.push(format!("{} ({})", count(s.fail, "problem"), worst.join(", ")));
    } else if errors > 0 {
        found.push("no problems in what could be read".to_owned());
    } else {
        found.push("no problems".to_owned());
    }
    if s.unknown > 0 {
        found.push(format!("{} undecided", s.unknown));
    }
    if s.waived > 0 {
        found.push(format!("{} waived", s.waived));
    }
    if errors > 0 {
        found.push(count(errors, "error"));
    }
    let scope = format!(
        "{} in {}, {}",
        count(s.resources, "resource"),
        count(s.modules, "module"),
        count(s.rules, "rule")
    );
    let mut lines = vec![format!("{} · {scope}", found.join(", "))];
    match s.fixable {
        0 => {}
        1 => lines.push("1 has a safe fix: run `trueline fix`".to_owned()),
        n => lines.push(format!("{n} have a safe fix: run `trueline fix`")),
    }
    lines
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
    let mut settings: BTreeMap<&str, usize> = BTreeMap::new();
    for name in needing.iter().flat_map(|f| &f.fix).flat_map(|x| &x.needs) {
        *settings.entry(name).or_default() += 1;
    }
    // What mends the most comes first.
    let mut settings: Vec<(&str, usize)> = settings.into_iter().collect();
    settings.sort_by_key(|(name, n)| (Reverse(*n), *name));
    let mut names: Vec<String> =
        settings.iter().take(MAX_SETTINGS).map(|(name, n)| format!("`{name}` ({n})")).collect();
    if settings.len() > MAX_SETTINGS {
        names.push(format!("and {} more", settings.len() - MAX_SETTINGS));
    }
    if !needing.is_empty() {
        out.push(format!("{} more with settings in trueline.toml: {}", needing.len(), names.join(", ")));
    }
    out
}
