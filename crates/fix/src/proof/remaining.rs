//! What a check would say at the end, put together from what the proofs found.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_check::Report;
use trueline_model::{Finding, Note, Plan, Summary};
use trueline_text::{FileId, Location};

use super::Base;

impl Base<'_> {
    /// The report as it is now.
    pub fn report(&self) -> Report {
        if self.touched.is_empty() {
            return self.first.clone();
        }
        let changed: BTreeSet<FileId> =
            self.changed.keys().filter_map(|path| self.parsed.sources.find(path)).collect();
        let elsewhere = |at: &Location| !changed.contains(&at.file);
        let plans: Vec<Plan> =
            self.touched.iter().filter_map(|r| self.plan_of(r, 0)).map(|p| (**p).clone()).collect();
        let mut findings: Vec<Finding> = Vec::new();
        let mut told: BTreeSet<Arc<str>> = BTreeSet::new();
        for root in self.roots() {
            findings.extend(self.findings_of(root, 0).iter().cloned());
            told.insert(root.clone());
        }
        findings.extend(self.first.findings.iter().filter(|f| !told.contains(&f.module)).cloned());
        let mut notes: Vec<Note> = Vec::new();
        let kept = self.first.notes.iter().filter(|n| n.at.as_ref().is_none_or(elsewhere));
        for note in kept.chain(plans.iter().flat_map(|p| &p.notes)) {
            if !notes.contains(note) {
                notes.push(note.clone());
            }
        }
        let mut masked: BTreeSet<Location> =
            self.first.masked.iter().filter(|l| elsewhere(l)).copied().collect();
        masked.extend(trueline_check::masked(&plans, &self.parsed));
        let all = self.roots().filter_map(|r| self.plan_of(r, 0));
        let summary = Summary { resources: all.map(|p| p.resources.len()).sum(), ..self.first.summary };
        Report {
            summary: trueline_check::count(&findings, summary),
            findings,
            // Of roots that no fix changed: what holds in the others was not asked for.
            passes: self.first.passes.iter().filter(|p| !told.contains(&p.module)).cloned().collect(),
            notes,
            rules: self.rules.values().cloned().collect(),
            masked: masked.into_iter().collect(),
        }
    }
}
