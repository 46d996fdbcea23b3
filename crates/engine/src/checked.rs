//! What a check found, with all that a renderer needs.

use std::collections::BTreeMap;

use trueline_check::Report;
use trueline_model::{ControlRef, Finding, Note, NoteKind, Severity, Summary, Verdict};
use trueline_report::{FixEdits, FrameworkName, Masks, View};
use trueline_rules::controls;
use trueline_text::Sources;

use crate::session::{Loaded, Session};

/// A report and the sources it speaks of.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Findings, notes and counts.
    pub report: Report,
    /// The files that locations point into.
    pub sources: Sources,
    /// What no renderer may show.
    pub masks: Masks,
    /// Lowest severity that makes the check fail.
    pub fail_on: Severity,
    frameworks: BTreeMap<String, FrameworkName>,
    controls: BTreeMap<ControlRef, String>,
    edits: BTreeMap<usize, FixEdits>,
    left_out: Option<String>,
}

impl Checked {
    pub(crate) fn new(session: &Session, loaded: &Loaded, report: Report) -> Self {
        let mut frameworks = BTreeMap::new();
        let mut titles = BTreeMap::new();
        for f in controls::frameworks() {
            let name = FrameworkName { title: f.title.to_owned(), short: f.short.to_owned() };
            frameworks.insert(f.id.to_owned(), name);
            for (id, title) in f.controls {
                titles.insert(
                    ControlRef { framework: f.id.to_owned(), id: (*id).to_owned() },
                    (*title).to_owned(),
                );
            }
        }
        Self {
            masks: Masks::new(report.masked.iter().copied()),
            sources: loaded.parsed.sources.clone(),
            fail_on: session.settings().fail_on.unwrap_or(Severity::Low),
            report,
            frameworks,
            controls: titles,
            edits: BTreeMap::new(),
            left_out: session.left_out(),
        }
    }

    /// What renderers see.
    pub fn view<'a>(&'a self, version: &'a str) -> View<'a> {
        View {
            findings: &self.report.findings,
            notes: &self.report.notes,
            summary: self.summary(),
            sources: &self.sources,
            masks: &self.masks,
            rules: &self.report.rules,
            frameworks: &self.frameworks,
            controls: &self.controls,
            edits: &self.edits,
            left_out: self.left_out.as_deref(),
            version,
        }
    }

    /// Counts.
    pub const fn summary(&self) -> Summary {
        self.report.summary
    }

    /// Findings.
    pub fn findings(&self) -> &[Finding] {
        &self.report.findings
    }

    /// Notes.
    pub fn notes(&self) -> &[Note] {
        &self.report.notes
    }

    /// True if a part of the job could not be done.
    pub fn has_errors(&self) -> bool {
        self.report.notes.iter().any(|n| n.kind == NoteKind::Error)
    }

    /// True if more could not be done than what errors in the code prevent, or if these left nothing to look at.
    pub fn was_stopped(&self) -> bool {
        let errors = || self.report.notes.iter().filter(|n| n.kind == NoteKind::Error);
        errors().any(|n| n.at.is_none()) || self.summary().resources == 0 && self.has_errors()
    }

    /// True if there is a failure of at least this severity.
    pub fn fails_at(&self, severity: Severity) -> bool {
        self.report.findings.iter().any(|f| f.verdict == Verdict::Fail && f.severity >= severity)
    }
}
