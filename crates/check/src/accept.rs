//! Findings that are accepted: by a waiver in the settings, or by a comment where they stand.
//!
//! Enters: findings. Leaves: the same with those accepted marked `waived`, and notes about what is expired, unused or
//! malformed.

use std::collections::BTreeSet;

use trueline_hcl::{Block, Body, Item};
use trueline_model::{Finding, Note, NoteKind, Resource, RuleMeta, Verdict};
use trueline_rules::ignore::{self, Scope, Tool};
use trueline_rules::{Date, Ignore, Settings};
use trueline_terraform::Parsed;
use trueline_text::{FileId, Location, SourceFile, Span};

/// What accepts findings in one run.
pub struct Acceptance<'a> {
    settings: &'a Settings,
    comments: Vec<Comment>,
    today: Date,
    waivers_used: BTreeSet<usize>,
    comments_used: BTreeSet<usize>,
    notes: Vec<Note>,
}

struct Comment {
    at: Location,
    covers: Span,
    ignore: Ignore,
}

impl<'a> Acceptance<'a> {
    /// Reads the comments of all files.
    pub fn new(settings: &'a Settings, parsed: &Parsed, today: Date) -> Self {
        let (mut comments, mut notes) = (Vec::new(), Vec::new());
        for (id, tree) in &parsed.trees {
            let Some(file) = parsed.sources.get(*id) else { continue };
            for c in &tree.comments {
                let at = Location { file: *id, span: c.span };
                match ignore::parse(file.slice(c.span)) {
                    None => {}
                    Some(Ok(ignore)) => {
                        let covers = covered(&tree.body, file, c.span, c.own_line, &ignore);
                        comments.push(Comment { at, covers, ignore });
                    }
                    Some(Err(e)) => notes.push(Note {
                        kind: NoteKind::Warning,
                        message: e.to_string(),
                        help: Some("it accepts nothing as it stands".into()),
                        at: Some(at),
                    }),
                }
            }
        }
        Self {
            settings,
            comments,
            today,
            waivers_used: BTreeSet::new(),
            comments_used: BTreeSet::new(),
            notes,
        }
    }

    /// Marks a failing finding as waived if something accepts it. `path` is its file relative to the settings.
    pub fn apply(
        &mut self,
        finding: &mut Finding,
        meta: &RuleMeta,
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
        let declared = resource.and_then(|r| r.declared.as_ref());
        for (i, c) in self.comments.iter().enumerate() {
            let here = finding.at.is_some_and(|a| a.file == c.at.file && c.covers.contains(a.span));
            let block = declared.is_some_and(|d| d.file == c.at.file && c.covers.contains(d.block));
            if (here || block) && c.ignore.names(meta) {
                self.comments_used.insert(i);
                if !c.ignore.is_expired(self.today) {
                    finding.verdict = Verdict::Waived;
                    finding.waiver =
                        Some(c.ignore.reason.clone().unwrap_or_else(|| "accepted by a comment".into()));
                    return;
                }
            }
        }
    }

    /// What to say at the end. `whole`: the run looked at all that the settings are about, so that an unused waiver is news.
    pub fn finish(self, whole: bool) -> Vec<Note> {
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
        for (i, c) in self.comments.iter().enumerate() {
            if c.ignore.is_expired(self.today) && self.comments_used.contains(&i) {
                let until = c.ignore.until.map_or_else(String::new, |d| format!(" on {d}"));
                warn(
                    format!("this comment expired{until}"),
                    "mend what it accepted, or give a new date",
                    Some(c.at),
                );
            }
        }
        notes
    }
}

/// The bytes that a comment is about.
fn covered(body: &Body, file: &SourceFile, comment: Span, own_line: bool, ignore: &Ignore) -> Span {
    let line = line_of(file, comment.start);
    match ignore.scope {
        Scope::File => Span::new(0, u32::MAX),
        Scope::Line => next(body, comment).map_or(line, |i| line_of(file, i.span().start)),
        Scope::Block => next_block(body, comment).map_or(line, |b| b.span),
        Scope::Here => {
            if let Some(b) = headed(body, file, line) {
                return b.span;
            }
            match innermost(body, comment) {
                Some(b) if own_line || ignore.tool == Tool::Checkov => b.span,
                Some(_) => line,
                None if own_line => next(body, comment).map_or(line, Item::span),
                None => line,
            }
        }
    }
}

fn line_of(file: &SourceFile, offset: u32) -> Span {
    let line = file.lines.line(offset);
    let end =
        if line + 1 < file.lines.lines() { file.lines.line_start(line + 1) } else { file.text.len() as u32 };
    Span::new(file.lines.line_start(line), end)
}

/// The block whose head stands on this line.
fn headed<'b>(body: &'b Body, file: &SourceFile, line: Span) -> Option<&'b Block> {
    let mut stack: Vec<&Body> = vec![body];
    while let Some(b) = stack.pop() {
        for block in b.blocks() {
            let many_lines = line_of(file, block.open.start) != line_of(file, block.close.start);
            if many_lines && line.contains(block.open) {
                return Some(block);
            }
            stack.push(&block.body);
        }
    }
    None
}

fn innermost(body: &Body, span: Span) -> Option<&Block> {
    let mut found: Option<&Block> = None;
    let mut at = body;
    while let Some(b) = at.blocks().find(|b| b.body.span.contains(span)) {
        found = Some(b);
        at = &b.body;
    }
    found
}

/// The item behind a comment, in the body that holds it.
fn next(body: &Body, comment: Span) -> Option<&Item> {
    let inner = innermost(body, comment).map_or(body, |b| &b.body);
    inner.items.iter().find(|i| i.span().start >= comment.end)
}

fn next_block(body: &Body, comment: Span) -> Option<&Block> {
    let inner = innermost(body, comment).map_or(body, |b| &b.body);
    inner.blocks().find(|b| b.span.start >= comment.end)
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
