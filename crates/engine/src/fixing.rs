//! Fixes what was found, in memory; writing is a step of its own.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_check::{Report, Subject, check_unseen, count};
use trueline_fix::{Applied, Outcome, TagPlace, Task, Withheld, WithheldReason, fix_judged};
use trueline_model::{Finding, NoteKind, Plan, Summary, Verdict};
use trueline_report::{Repair, Told, Way};
use trueline_terraform::Parsed;
use trueline_text::Sources;

use crate::asked::Asked;
use crate::options::Progress;
use crate::session::{Loaded, Session, unique};
use crate::write::{FileChange, write_all};
use crate::{Checked, EngineError, inputs};

/// What `fix` was asked for, beside the options of the session.
#[derive(Clone, Debug, Default)]
pub struct FixOptions {
    /// Applies unsafe fixes too.
    pub allow_unsafe: bool,
}

/// What came of a fix run.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The check before anything was changed.
    pub before: Checked,
    /// The check of the changed texts.
    pub after: Checked,
    /// Changed files, sorted by path.
    pub changes: Vec<FileChange>,
    /// What was mended.
    pub applied: Vec<Applied>,
    /// What was not, and why.
    pub withheld: Vec<Withheld>,
}

impl Fixed {
    /// Writes the changed files, all or none.
    pub fn write(&self) -> Result<(), EngineError> {
        write_all(&self.changes)
    }

    /// Failures that are still there, in the order of the report.
    pub fn remaining(&self) -> impl Iterator<Item = &Finding> {
        self.after.findings().iter().filter(|f| f.verdict == Verdict::Fail)
    }

    /// What is told of it. Where nothing is written (`only_shown`), places are those of the files as they are; else what is
    /// left is told at its place in the files as they become.
    pub fn told(&self, only_shown: bool) -> Repair {
        let (now, sources) = match only_shown {
            true => (self.before.findings(), &self.before.sources),
            false => (self.after.findings(), &self.after.sources),
        };
        let same =
            |a: &Finding, b: &Finding| a.rule == b.rule && a.address == b.address && a.route == b.route;
        // A fix is withheld from texts in which others are made already.
        let place = |f: &Finding| match now.iter().find(|o| same(o, f)) {
            Some(found) => place(sources, found),
            None => place(&self.after.sources, f),
        };
        let way = |reason: &WithheldReason| match reason {
            WithheldReason::Unsafe(_) | WithheldReason::Ignored(_) => Way::Unsafe,
            WithheldReason::Needs(_) => Way::Needs,
            WithheldReason::NoPlace(_) | WithheldReason::Disproved(_) => Way::Other,
        };
        let mended = self.applied.iter().map(|a| Told {
            place: self::place(&self.before.sources, &a.finding),
            said: a.caveats.join("\n"),
            ..told(&a.finding, a.with.as_deref(), Way::Open)
        });
        let left = self.withheld.iter().map(|w| Told {
            place: place(&w.finding),
            said: w.reason.to_string(),
            ..told(&w.finding, w.with.as_deref(), way(&w.reason))
        });
        let errors = self.after.notes().iter().filter(|n| n.kind == NoteKind::Error);
        Repair {
            mended: mended.collect(),
            left: left.collect(),
            errors: errors.map(|n| n.message.clone()).collect(),
            by_hand: self.remaining().filter(|f| f.fix.is_none()).count(),
            files: self.changes.len(),
            only_shown,
        }
    }

    /// The changes as a unified diff, in which no sensitive value is shown.
    pub fn diff(&self) -> String {
        let mut out = String::new();
        for c in &self.changes {
            let id = self.before.sources.find(&c.path);
            out.push_str(&trueline_report::diff(id, &c.path, &c.before, &c.after, &self.before.masks));
        }
        out
    }
}

fn told(f: &Finding, with: Option<&str>, way: Way) -> Told {
    Told {
        rule: f.rule.clone(),
        severity: f.severity,
        message: f.message.clone(),
        place: Err(String::new()),
        with: with.map(str::to_owned),
        said: String::new(),
        way,
    }
}

/// File and line, else the address.
fn place(sources: &Sources, f: &Finding) -> Result<(String, u32), String> {
    let placed = f.at.and_then(|at| {
        let file = sources.get(at.file)?;
        Some((file.path.to_string(), file.position(at.span.start).line))
    });
    placed.ok_or_else(|| f.address.as_ref().map_or_else(|| f.subject.clone(), ToString::to_string))
}

impl Session {
    /// Mends what can be mended at the paths, in memory. Fixes must hold for every caller of a module in the
    /// repository and for every file of values beside a root.
    pub fn fix(&self, options: &FixOptions, progress: &dyn Progress) -> Result<Fixed, EngineError> {
        let loaded = self.load(progress, true)?;
        progress.begin("checking", 1);
        let all = self.judge(&loaded);
        let asked = self.asked(&loaded, &all)?;
        progress.begin("fixing", 1);
        let outcome = self.mend(&loaded, &all, options.allow_unsafe, &asked);
        let change =
            |(path, c): (String, trueline_fix::Change)| FileChange { path, before: c.before, after: c.after };
        let changes: Vec<FileChange> = outcome.changes.into_iter().map(change).collect();
        let mut remaining = outcome.remaining;
        // What parsing noted is told of the texts as they are now.
        let other = loaded.notes.iter().filter(|n| !loaded.parsed.notes.contains(n)).cloned();
        let notes = other.chain(outcome.parsed.notes.iter().cloned()).chain(remaining.notes);
        remaining.notes = unique(notes.collect());
        let before = Checked::new(self, &loaded, at_paths(all, &loaded.own, &asked));
        let loaded = Loaded { parsed: outcome.parsed, ..loaded };
        let after = Checked::new(self, &loaded, at_paths(remaining, &loaded.own, &asked));
        Ok(Fixed { before, after, changes, applied: outcome.applied, withheld: outcome.withheld })
    }

    fn mend(&self, loaded: &Loaded, report: &Report, allow_unsafe: bool, asked: &Asked) -> Outcome {
        let normal = self.inputs();
        let variants = |root: &str| inputs::variants(&self.disk, &normal, root);
        self.with_context(loaded, |context| {
            let judge = |plans: &[Plan], parsed: &Parsed| check_unseen(&Subject { plans, parsed }, context);
            let task = Task {
                files: &self.disk,
                parsed: &loaded.parsed,
                inputs: &variants,
                plans: &loaded.plans,
                report,
                own: Some(&loaded.own),
                is_new: context.is_new,
                tags: match self.settings().values.get("tags").and_then(|v| v.as_str()) {
                    Some("provider") => TagPlace::Provider,
                    Some("resource") => TagPlace::Resource,
                    _ => TagPlace::Shared,
                },
                allow_unsafe,
                asked: &|f| asked.holds(f),
                threads: context.threads,
            };
            fix_judged(&task, &judge)
        })
    }
}

/// The part of a report that is about the paths, and about what was asked for.
fn at_paths(mut report: Report, own: &BTreeSet<Arc<str>>, asked: &Asked) -> Report {
    asked.narrow(&mut report);
    report.findings.retain(|f| own.contains(&f.module));
    report.summary = Summary { modules: own.len(), ..count(&report.findings, report.summary) };
    report
}
