//! What a renderer sees of a run.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use trueline_model::{Address, ControlRef, Finding, Note, RuleMeta, Severity, Summary, Verdict};
use trueline_text::{Edit, FileId, Location, Range, SourceFile, Sources};

use crate::Masks;

/// The edits that would fix one finding, by file; proved before they come here.
pub type FixEdits = Vec<(FileId, Vec<Edit>)>;

/// What a framework is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkName {
    /// In full, e.g. `SOC 2 Trust Services Criteria`.
    pub title: String,
    /// In short, e.g. `SOC 2`.
    pub short: String,
}

/// One run, as every renderer sees it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Findings in the order they are shown.
    pub findings: &'a [Finding],
    /// What is said beside findings.
    pub notes: &'a [Note],
    /// Counts.
    pub summary: Summary,
    /// The files that locations point into.
    pub sources: &'a Sources,
    /// Places that must not be shown.
    pub masks: &'a Masks,
    /// Metadata of the rules that ran, sorted by id.
    pub rules: &'a [RuleMeta],
    /// Names of frameworks by id.
    pub frameworks: &'a BTreeMap<String, FrameworkName>,
    /// Titles of controls.
    pub controls: &'a BTreeMap<ControlRef, String>,
    /// Edits by index into `findings`; may be empty.
    pub edits: &'a BTreeMap<usize, FixEdits>,
    /// What settings would add, for people; nothing where they are there.
    pub left_out: Option<&'a str>,
    /// Version of the program.
    pub version: &'a str,
}

/// A location as people read it.
pub(crate) struct Place<'a> {
    pub(crate) file: &'a SourceFile,
    pub(crate) range: Range,
}

impl<'a> View<'a> {
    pub(crate) fn place(&self, at: Location) -> Option<Place<'a>> {
        let file = self.sources.get(at.file)?;
        Some(Place { file, range: file.range(at.span) })
    }

    /// What people are shown: findings that are not waived, each with the number of other instances of the same
    /// resource that it stands for. What several rules can't decide for one and the same reason is shown once.
    pub(crate) fn shown(&self) -> Vec<(&'a Finding, usize)> {
        let mut causes = BTreeSet::new();
        let told = |f: &&'a Finding| match cause(f) {
            Some(cause) => causes.insert(cause),
            None => f.verdict != Verdict::Waived,
        };
        let all: Vec<&Finding> = self.findings.iter().filter(told).collect();
        let first = |alike: &[&'a Finding]| Some((*alike.first()?, alike.len() - 1));
        all.chunk_by(|a, b| same(a, b)).filter_map(first).collect()
    }

    /// The other rules that can't decide for the same reason.
    pub(crate) fn also_undecided(&self, f: &Finding) -> Vec<&'a str> {
        let Some(wanted) = cause(f) else { return Vec::new() };
        let others = self.findings.iter().filter(|o| o.rule != f.rule && cause(o).as_ref() == Some(&wanted));
        let mut rules: Vec<&str> = others.map(|o| o.rule.as_str()).collect();
        rules.dedup();
        rules
    }

    /// The full name of a framework.
    pub(crate) fn framework<'s>(&'s self, id: &'s str) -> &'s str {
        self.frameworks.get(id).map_or(id, |f| &f.title)
    }

    /// Its short name.
    pub(crate) fn framework_in_short<'s>(&'s self, id: &'s str) -> &'s str {
        self.frameworks.get(id).map_or(id, |f| &f.short)
    }
}

/// What people have to do to have it decided: look at this place of this subject, for this reason.
fn cause(f: &Finding) -> Option<(Location, String, &str)> {
    let at = f.at.filter(|_| f.verdict == Verdict::Unknown && !f.why.is_empty())?;
    Some((at, subject(f).into_owned(), &f.why))
}

/// The address of a finding, or what the policy named instead.
pub(crate) fn subject(f: &Finding) -> Cow<'_, str> {
    match &f.address {
        Some(a) => Cow::Owned(a.to_string()),
        None => Cow::Borrowed(&f.subject),
    }
}

/// True for instances of one resource that are shown as one: everything but the address is the same.
fn same(a: &Finding, b: &Finding) -> bool {
    let facts = |f: &Finding| f.address.as_ref().map(Address::without_keys);
    a.at.is_some()
        && (a.at, &a.rule, a.verdict, a.severity) == (b.at, &b.rule, b.verdict, b.severity)
        && (&a.message, &a.why, &a.help, &a.route, &a.fix) == (&b.message, &b.why, &b.help, &b.route, &b.fix)
        && facts(a) == facts(b)
        && a.origin == b.origin
}

/// The address of a finding, and how many other instances it stands for.
pub(crate) fn subjects(f: &Finding, others: usize) -> Cow<'_, str> {
    match others {
        0 => subject(f),
        n => Cow::Owned(format!("{} and {}", subject(f), count(n, "other instance"))),
    }
}

/// Counts failures by severity, worst first, leaving out what is not there.
pub(crate) fn by_severity(findings: &[Finding]) -> Vec<(Severity, usize)> {
    let mut out = Vec::new();
    for s in Severity::ALL.iter().rev() {
        let n = findings.iter().filter(|f| f.verdict == Verdict::Fail && f.severity == *s).count();
        if n > 0 {
            out.push((*s, n));
        }
    }
    out
}

/// `1 module`, `2 modules`.
pub(crate) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
