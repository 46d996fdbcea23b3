//! `--format text`: for people, in the manner of rustc. What was said once is not said again: findings that differ only in
//! their place are one with many places, and why, what to do and the controls of a rule stand at the first finding of it.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use trueline_model::{Applicability, Finding, FixOffer, Note, NoteKind, OriginStep, Severity, Verdict};
use trueline_text::Location;

use crate::escape::{name, printable};
use crate::excerpt::{excerpt, short};
use crate::totals;
use crate::view::{View, by_severity, count, subjects};

/// Renders findings with annotated source, notes and a summary. `colour` is true for a terminal that wants it,
/// `width` its columns.
pub fn text(view: &View<'_>, colour: bool, width: usize) -> String {
    let renderer = renderer(colour, width);
    let mut out = String::new();
    let mut said = Said::new();
    for alike in alike(view) {
        out.push_str(&renderer.render(&finding(view, &alike, &mut said)));
        out.push_str("\n\n");
    }
    out.push_str(&notes(view, colour, width));
    for line in totals::by_rule(view) {
        out.push_str(&line);
        out.push('\n');
    }
    for line in summary_line(view).into_iter().chain(totals::next(view)) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// Renders notes only.
pub fn notes(view: &View<'_>, colour: bool, width: usize) -> String {
    let renderer = renderer(colour, width);
    let mut groups: Vec<Vec<&Note>> = Vec::new();
    let mut known: BTreeMap<(NoteKind, &str, Option<&str>), usize> = BTreeMap::new();
    for n in view.notes {
        match known.entry((n.kind, &n.message, n.help.as_deref())) {
            Entry::Occupied(at) => groups.get_mut(*at.get()).into_iter().for_each(|g| g.push(n)),
            Entry::Vacant(new) => {
                new.insert(groups.len());
                groups.push(vec![n]);
            }
        }
    }
    groups.iter().map(|g| renderer.render(&note(view, g)) + "\n\n").collect()
}

/// Findings that differ in place and address only, each with the number of instances it stands for besides.
type Alike<'a> = Vec<(&'a Finding, usize)>;

/// What was said of a rule: its id, what kind of line, the text.
type Said = BTreeSet<(String, &'static str, String)>;

/// Most places that a message names one by one.
const MAX_PLACES: usize = 200;

/// Groups findings of which one sentence says the same, by rule.
fn alike<'a>(view: &View<'a>) -> Vec<Alike<'a>> {
    let mut groups: Vec<Alike<'a>> = Vec::new();
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for (f, others) in view.shown() {
        let fix = f.fix.as_ref().map(fix);
        match known.entry((&f.rule, f.verdict, f.severity, &f.message, &f.why, &f.help, fix)) {
            Entry::Occupied(at) => {
                groups.get_mut(*at.get()).into_iter().for_each(|g| g.push((f, others)));
            }
            Entry::Vacant(new) => {
                new.insert(groups.len());
                groups.push(vec![(f, others)]);
            }
        }
    }
    // What is said of one rule stands together, the worst rules first.
    let worst = totals::worst(view);
    groups.sort_by_key(|alike| {
        let (rule, verdict) = alike.first().map_or(("", Verdict::Fail), |(f, _)| (&f.rule, f.verdict));
        (verdict == Verdict::Unknown, std::cmp::Reverse(worst.get(rule).copied()), rule)
    });
    groups
}

fn renderer(colour: bool, width: usize) -> Renderer {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).term_width(width.max(60))
}

fn level(f: &Finding) -> Level<'static> {
    match (f.verdict, f.severity) {
        (Verdict::Unknown, _) => Level::WARNING.with_name(Some("undecided")),
        (_, Severity::Medium | Severity::Low) => Level::WARNING,
        (_, Severity::High | Severity::Critical) => Level::ERROR,
        (_, Severity::Info) => Level::INFO,
    }
}

fn finding<'a>(view: &View<'a>, alike: &Alike<'a>, said: &mut Said) -> Vec<Group<'a>> {
    let Some((&(f, others), more)) = alike.split_first() else { return Vec::new() };
    let title = printable(&f.message).into_owned();
    let mut group =
        level(f).primary_title(title).id(name(&f.rule)).elements(std::iter::empty::<Origin<'_>>());
    let here = label(f, others);
    match f.at {
        Some(at) => group = point(view, group, at, Some(here)),
        None if !here.is_empty() => group = group.element(Origin::path(here)),
        None => {}
    }
    let controls = controls(view, f);
    for (name, text) in [("why", &f.why), ("help", &f.help), ("controls", &controls)] {
        if said.insert((f.rule.clone(), name, text.clone())) {
            group = line(group, name, text);
        }
    }
    if let Some(x) = &f.fix {
        group = line(group, "fix", &fix(x));
    }
    group = line(group, "undecided by", &view.also_undecided(f).join(", "));
    let places: Vec<String> = more.iter().map(|(f, others)| place(view, f.at, &label(f, *others))).collect();
    group = line(group, "also", &listed(&places));
    let mut groups = vec![group];
    for step in f.origin.iter().filter(|s| Some(s.at) != f.at) {
        let note = Level::NOTE.secondary_title(sentence(view, step));
        groups.push(point(view, note.elements(std::iter::empty::<Origin<'_>>()), step.at, None));
    }
    groups
}

fn note<'a>(view: &View<'a>, alike: &[&'a Note]) -> Vec<Group<'a>> {
    let Some((n, more)) = alike.split_first() else { return Vec::new() };
    let level = match n.kind {
        NoteKind::Error => Level::ERROR,
        NoteKind::Warning => Level::WARNING,
        NoteKind::Info => Level::NOTE,
    };
    let title = level.primary_title(printable(&n.message));
    let mut group = title.elements(std::iter::empty::<Origin<'_>>());
    if let Some(at) = n.at {
        group = point(view, group, at, None);
    }
    if let Some(h) = &n.help {
        group = line(group, "help", h);
    }
    let places: Vec<String> = more.iter().map(|n| place(view, n.at, "")).collect();
    vec![line(group, "also", &listed(&places))]
}

/// `main.tf:12:3 aws_sqs_queue.jobs, tags`
fn place(view: &View<'_>, at: Option<Location>, label: &str) -> String {
    let place = at.and_then(|at| view.place(at));
    let place =
        place.map(|p| format!("{}:{}:{}", name(&p.file.path), p.range.start.line, p.range.start.column));
    match place {
        Some(place) if label.is_empty() => place,
        Some(place) => format!("{place} {label}"),
        None => label.to_owned(),
    }
}

/// A line for each place, up to a limit.
fn listed(places: &[String]) -> String {
    let mut out: Vec<String> = places.iter().take(MAX_PLACES).filter(|p| !p.is_empty()).cloned().collect();
    if places.len() > MAX_PLACES {
        out.push(format!("and {} more", places.len() - MAX_PLACES));
    }
    out.join("\n")
}

/// Adds the place and its lines.
fn point<'a>(view: &View<'a>, group: Group<'a>, at: Location, label: Option<String>) -> Group<'a> {
    let Some(file) = view.sources.get(at.file) else { return group };
    let cut = excerpt(file, at, view.masks);
    let path = name(&file.path);
    let annotation = AnnotationKind::Primary.span(cut.range).label(label);
    let snippet = Snippet::source(cut.text).line_start(cut.line).annotation(annotation);
    if cut.exact {
        return group.element(snippet.path(path));
    }
    group.element(Origin::path(path).line(cut.line).char_column(cut.column)).element(snippet)
}

/// Adds `= name: text`.
fn line<'a>(group: Group<'a>, name: &'a str, text: &str) -> Group<'a> {
    if text.is_empty() {
        return group;
    }
    group.element(Level::NOTE.with_name(Some(name)).message(printable(text).into_owned()))
}

fn label(f: &Finding, others: usize) -> String {
    let subject = subjects(f, others);
    let label = match (subject.is_empty(), f.route.0.is_empty()) {
        (false, false) => format!("{subject}, {}", f.route),
        (false, true) => subject.into_owned(),
        (true, _) => f.route.to_string(),
    };
    name(&label).into_owned()
}

fn sentence(view: &View<'_>, step: &OriginStep) -> String {
    let file = view.sources.get(step.at.file);
    let written = file.and_then(|f| short(f, step.at.file, step.at.span, view.masks));
    let shown = written.filter(|_| !matches!(step.via.as_str(), "literal" | "default" | "tfvars"));
    match (step.via.as_str(), shown) {
        ("literal", _) => "the value is written here".to_owned(),
        ("default", _) => "the value is the default of the variable".to_owned(),
        ("tfvars", _) => "the value is given in this variable file".to_owned(),
        (via, Some(shown)) => format!("the value comes from the {via} `{shown}`"),
        (via, None) => format!("the value comes from this {via}"),
    }
}

/// `SOC 2 CC6.1, CC6.7; HIPAA 164.312(a)`, frameworks in the order of their names.
fn controls(view: &View<'_>, f: &Finding) -> String {
    let mut by_framework: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for c in &f.controls {
        by_framework.entry(view.framework(&c.framework)).or_default().push(&c.id);
    }
    let parts: Vec<String> =
        by_framework.iter().map(|(name, ids)| format!("{name} {}", ids.join(", "))).collect();
    parts.join("; ")
}

fn fix(x: &FixOffer) -> Cow<'static, str> {
    let reasons = || x.effects.iter().map(|e| e.why.as_str()).collect::<Vec<_>>().join("; ");
    match x.applicability {
        Applicability::Safe => Cow::Borrowed("safe, run `trueline fix`"),
        Applicability::Unsafe if x.effects.is_empty() => Cow::Borrowed("unsafe, run `trueline fix --unsafe`"),
        Applicability::Unsafe => {
            format!("unsafe, run `trueline fix --unsafe` if you accept this: {}", reasons()).into()
        }
        Applicability::Needs => {
            let names: Vec<String> = x.needs.iter().map(|n| format!("`{n}`")).collect();
            format!("needs {} in trueline.toml", names.join(", ")).into()
        }
    }
}

/// The last lines of a run: what was found, in what, and what can be done now.
pub(crate) fn summary_line(view: &View<'_>) -> Vec<String> {
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
