//! What a run was asked for: of which rules, and outside of which places.
//!
//! Everything is judged all the same, so that a fix is proved against all rules and a waiver is called unused only if it
//! is; what was not asked for is left out of the report.

use std::collections::BTreeSet;

use trueline_check::{Report, count};
use trueline_model::{Finding, Note, NoteKind, RuleMeta, Verdict};
use trueline_rules::{Exclude, RuleSet, answers_to, entries, names_rule, unknown};
use trueline_text::{FileId, Sources};

use crate::paths::Relative;
use crate::settings::Found;
use crate::{EngineError, Options};

/// Paths that are not looked at: those of the settings, which count from their file, and those of flags, which count from
/// the working directory.
#[derive(Clone, Debug, Default)]
pub struct Excluded(Vec<(Relative, Exclude)>);

impl Excluded {
    /// Those of the settings and of the flags.
    pub fn new(found: &Found, flags: &[String]) -> Result<Self, EngineError> {
        let mut out = Vec::new();
        let dir = found.dir.as_deref().unwrap_or(".");
        for (from, globs) in [(dir, &found.settings.exclude), (".", &flags.to_vec())] {
            if globs.is_empty() {
                continue;
            }
            let wrong = |(i, why): (usize, String)| EngineError::Exclude {
                glob: globs.get(i).cloned().unwrap_or_default(),
                why,
            };
            out.push((Relative::new(from), Exclude::new(globs).map_err(wrong)?));
        }
        Ok(Self(out))
    }

    /// True if a file is not looked at.
    pub fn covers(&self, path: &str) -> bool {
        self.0.iter().any(|(from, globs)| globs.covers(&from.of(path), false))
    }
}

/// What a report is to be about.
pub struct Asked {
    /// Ids of rules, where not all are asked for.
    rules: Option<BTreeSet<String>>,
    /// Files that are not looked at.
    excluded: BTreeSet<FileId>,
}

impl Asked {
    /// Finds the rules that are named among those that ran.
    pub fn new(
        options: &Options,
        on: &RuleSet,
        ran: &[RuleMeta],
        sources: &Sources,
        excluded: &Excluded,
    ) -> Result<Self, EngineError> {
        let excluded = sources.iter().filter(|(_, f)| excluded.covers(&f.path)).map(|(id, _)| id).collect();
        Ok(Self { rules: chosen(options, on, ran)?, excluded })
    }

    /// True if a finding is of a rule that was asked for, in a file that is looked at.
    pub fn holds(&self, f: &Finding) -> bool {
        self.of_rules(&f.rule) && !self.is_excluded(f)
    }

    fn of_rules(&self, rule: &str) -> bool {
        self.rules.as_ref().is_none_or(|ids| ids.contains(rule))
    }

    fn is_excluded(&self, f: &Finding) -> bool {
        f.at.is_some_and(|at| self.excluded.contains(&at.file))
    }

    /// Leaves out of a report what was not asked for; what is left out because of its place is counted.
    pub fn narrow(&self, report: &mut Report) {
        let hidden =
            |f: &&Finding| f.verdict == Verdict::Fail && self.of_rules(&f.rule) && self.is_excluded(f);
        let hidden = report.findings.iter().filter(hidden).count();
        report.findings.retain(|f| self.holds(f));
        report.summary = count(&report.findings, report.summary);
        if let Some(ids) = &self.rules {
            report.passes.retain(|p| ids.contains(&p.rule));
            report.rules.retain(|m| ids.contains(&m.id));
            report.summary.rules = ids.len();
        }
        if hidden > 0 {
            let (s, are) = if hidden == 1 { ("", "is") } else { ("s", "are") };
            report.notes.push(Note {
                kind: NoteKind::Info,
                message: format!("{hidden} problem{s} in excluded files {are} not shown"),
                help: None,
                at: None,
            });
        }
    }
}

/// Refuses a name of a rule that nothing can answer to, before anything is evaluated.
pub fn names_exist(options: &Options, own: bool) -> Result<(), EngineError> {
    let strange = |name: &&String| !own && !entries().iter().any(|e| answers_to(e, name));
    match options.rules.iter().chain(&options.without_rules).find(strange) {
        Some(name) => Err(unknown(name, &[]).into()),
        None => Ok(()),
    }
}

/// Ids of the rules that are asked for; nothing if all are.
fn chosen(
    options: &Options,
    on: &RuleSet,
    ran: &[RuleMeta],
) -> Result<Option<BTreeSet<String>>, EngineError> {
    let (only, without) = (&options.rules, &options.without_rules);
    if only.is_empty() && without.is_empty() && options.frameworks.is_empty() {
        return Ok(None);
    }
    let metas: Vec<&RuleMeta> = on.rules().iter().map(|r| &r.meta).chain(ran).collect();
    let names = |names: &[String], meta: &RuleMeta| names.iter().any(|n| names_rule(n, meta));
    for name in only.iter().chain(without) {
        if metas.iter().any(|m| names_rule(name, m)) {
            continue;
        }
        match entries().iter().find(|e| answers_to(e, name)) {
            Some(_) if without.contains(name) => {}
            Some(_) => return Err(EngineError::RuleOff { id: name.clone() }),
            None => {
                let own: Vec<&str> = ran.iter().map(|m| m.id.as_str()).collect();
                return Err(unknown(name, &own).into());
            }
        }
    }
    let mapped = |m: &RuleMeta| m.controls.iter().any(|c| options.frameworks.contains(&c.framework));
    let wanted = |m: &&&RuleMeta| {
        (only.is_empty() || names(only, m))
            && !names(without, m)
            && (options.frameworks.is_empty() || mapped(m))
    };
    let ids: BTreeSet<String> = metas.iter().filter(wanted).map(|m| m.id.clone()).collect();
    if ids.is_empty() { Err(EngineError::NoRules) } else { Ok(Some(ids)) }
}
