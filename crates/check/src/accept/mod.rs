//! Findings that are accepted: by a waiver in the settings, or by a comment where they stand.
//!
//! Enters: findings. Leaves: the same with those accepted marked `waived`, and notes about what is expired, unused,
//! malformed, or names no rule.

mod cover;
mod narrow;

use std::collections::BTreeSet;

use trueline_model::{Finding, Note, NoteKind, Plan, Resource, RuleMeta, Verdict};
use trueline_rules::ignore::{self, Scope, Tool};
use trueline_rules::{Date, Ignore, Settings, nearest};
use trueline_terraform::Parsed;
use trueline_text::{FileId, Location, Span};

use crate::Subject;
use cover::{covered, line_of};
use narrow::{calls, has_values};

/// What accepts findings in one run.
pub struct Acceptance<'a> {
    settings: &'a Settings,
    comments: Vec<Comment>,
    today: Date,
    workspace: &'a str,
    waivers_used: BTreeSet<usize>,
    /// Comments by index, each with the word that names a rule.
    comments_used: BTreeSet<(usize, usize)>,
    notes: Vec<Note>,
}

struct Comment {
    at: Location,
    covers: Span,
    ignore: Ignore,
    /// The block it is about makes at least one instance, or it is about no such block.
    alive: bool,
}

impl<'a> Acceptance<'a> {
    /// Reads the comments of the files that the plans were made of.
    pub fn new(settings: &'a Settings, subject: &Subject<'_>, today: Date, workspace: &'a str) -> Self {
        let (mut comments, mut notes) = (Vec::new(), Vec::new());
        let parsed = subject.parsed;
        let directories: BTreeSet<&str> =
            subject.plans.iter().flat_map(|p| &p.directories).map(|d| &**d).collect();
        let files: BTreeSet<FileId> =
            directories.iter().filter_map(|d| parsed.directories.get(*d)).flatten().copied().collect();
        for id in &files {
            let (Some(file), Some(tree)) = (parsed.sources.get(*id), parsed.trees.get(id)) else { continue };
            for c in &tree.comments {
                let at = Location { file: *id, span: c.span };
                for found in ignore::parse(file.slice(c.span)) {
                    match found {
                        Ok(ignore) => {
                            let covers = covered(&tree.body, file, c.span, c.own_line, &ignore);
                            let makes = |b: &trueline_hcl::Block| {
                                matches!(&*b.kind.text, "resource" | "data" | "module")
                                    && (covers.contains(b.span) || b.span.contains(covers))
                            };
                            let alive = !tree.body.blocks().any(makes);
                            comments.push(Comment { at, covers, ignore, alive });
                        }
                        Err(e) => notes.push(Note {
                            kind: NoteKind::Warning,
                            message: e.to_string(),
                            help: Some("it accepts nothing as it stands".into()),
                            at: Some(at),
                        }),
                    }
                }
            }
        }
        Self {
            settings,
            comments,
            today,
            workspace,
            waivers_used: BTreeSet::new(),
            comments_used: BTreeSet::new(),
            notes,
        }
    }

    /// Learns which blocks made instances: a comment on one that made none may be needed elsewhere.
    pub fn see(&mut self, plan: &Plan, parsed: &Parsed) {
        if self.comments.iter().all(|c| c.alive) {
            return;
        }
        for r in plan.resources.iter().chain(&plan.data) {
            let calls = calls(plan, parsed, r);
            let block = r.declared.as_ref().map(|d| Location { file: d.file, span: d.block });
            for c in self.comments.iter_mut().filter(|c| !c.alive) {
                let touches = |b: &Location| {
                    b.file == c.at.file && (c.covers.contains(b.span) || b.span.contains(c.covers))
                };
                c.alive = block.iter().chain(&calls).any(touches);
            }
        }
    }

    /// Marks a failing finding as waived if something accepts it. `path` is its file relative to the settings.
    pub fn apply(
        &mut self,
        finding: &mut Finding,
        meta: &RuleMeta,
        plan: &Plan,
        parsed: &Parsed,
        resource: Option<&Resource>,
        path: Option<&str>,
    ) {
        if finding.verdict == Verdict::Waived {
            return;
        }
        for (i, w) in self.settings.waivers.iter().enumerate() {
            if w.covers(meta, &finding.subject, path) {
                self.waivers_used.insert(i);
                if !w.is_expired(self.today) {
                    finding.verdict = Verdict::Waived;
                    finding.waiver = Some(w.words());
                    return;
                }
            }
        }
        if self.comments.is_empty() {
            return;
        }
        let declared = resource.and_then(|r| r.declared.as_ref());
        let calls = resource.map(|r| calls(plan, parsed, r)).unwrap_or_default();
        for (i, c) in self.comments.iter().enumerate() {
            let covers = |file: FileId, span: Span| file == c.at.file && c.covers.contains(span);
            let here = finding.at.is_some_and(|a| covers(a.file, a.span));
            let block = declared.is_some_and(|d| covers(d.file, d.block));
            // What is said of a file is said of what stands in it, not of the modules that it calls.
            let call = c.ignore.scope != Scope::File && calls.iter().any(|at| covers(at.file, at.span));
            let word = c.ignore.rules.iter().position(|word| ignore::names(word, meta));
            let Some(word) = word.filter(|_| here || block || call) else { continue };
            if !c.ignore.is_for(self.workspace) || !has_values(resource, &c.ignore.attributes) {
                continue;
            }
            self.comments_used.insert((i, word));
            if !c.ignore.is_expired(self.today) {
                finding.verdict = Verdict::Waived;
                finding.waiver =
                    Some(c.ignore.reason.clone().unwrap_or_else(|| "accepted by a comment".into()));
                return;
            }
        }
    }

    /// What to say at the end. `whole`: the run looked at all that the settings are about, so that an unused waiver is
    /// news. `ran`: the rules that ran, the organization's too.
    pub fn finish(self, whole: bool, ran: &[RuleMeta]) -> Vec<Note> {
        let mut notes = self.notes;
        let mut warn = |message: String, help: &str, at: Option<Location>| {
            notes.push(Note { kind: NoteKind::Warning, message, help: Some(help.to_owned()), at });
        };
        for (i, w) in self.settings.waivers.iter().enumerate() {
            let used = self.waivers_used.contains(&i);
            if w.is_expired(self.today) {
                let what = format!(
                    "{}: the waiver of `{}` for {} expired on {}",
                    self.settings.path, w.rule, w.owner, w.expires
                );
                warn(what, "mend what it accepted, or decide again and give a new date", None);
            } else if !used && whole {
                let what = format!(
                    "{}: the waiver of `{}` ({}) accepts nothing",
                    self.settings.path, w.rule, w.reason
                );
                warn(what, "remove it", None);
            }
        }
        let all: Vec<RuleMeta> = if self.comments.iter().any(|c| c.ignore.tool == Tool::Trueline) {
            trueline_rules::entries().iter().map(trueline_rules::Entry::meta).collect()
        } else {
            Vec::new()
        };
        for (i, c) in self.comments.iter().enumerate() {
            let expired = c.ignore.is_expired(self.today);
            if expired && self.comments_used.iter().any(|(comment, _)| *comment == i) {
                let until = c.ignore.until.map_or_else(String::new, |d| format!(" on {d}"));
                warn(
                    format!("this comment expired{until}"),
                    "mend what it accepted, or give a new date",
                    Some(c.at),
                );
            }
            // The comments of others name rules that are not ours, and what those find.
            if c.ignore.tool != Tool::Trueline {
                continue;
            }
            for (n, word) in c.ignore.rules.iter().enumerate() {
                let named = |metas: &[RuleMeta]| metas.iter().any(|m| ignore::names(word, m));
                if !named(&all) && !named(ran) {
                    let known = all.iter().chain(ran).map(|m| m.id.as_str());
                    let help = match nearest(word, known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "`trueline rules` lists what there is".to_owned(),
                    };
                    warn(
                        format!("there is no rule `{word}`: this comment accepts nothing"),
                        &help,
                        Some(c.at),
                    );
                } else if whole && c.alive && !expired && named(ran) && !self.comments_used.contains(&(i, n))
                {
                    warn(
                        format!("`{word}` finds nothing here: this comment accepts nothing"),
                        "remove it, so that it does not accept the next change",
                        Some(c.at),
                    );
                }
            }
        }
        notes
    }
}

/// The span of one line of a file, counted from 1, for a place that a policy names itself.
pub fn line_span(parsed: &Parsed, path: &str, line: u32) -> Option<(FileId, Span)> {
    let id = parsed.sources.find(path)?;
    let file = parsed.sources.get(id)?;
    let start = file.lines.line_start((line as usize).saturating_sub(1));
    let whole = line_of(file, start);
    let text = file.slice(whole);
    let indent = (text.len() - text.trim_start().len()) as u32;
    Some((id, Span::new(start + indent, start + text.trim_end().len() as u32)))
}
