//! `--format text`: for people, in the manner of rustc. What was said once is not said again: findings that differ only in
//! their place are one with many places; why, what to do, the controls and the way of the value stand at the first finding
//! of a rule, and further ones are shown in short.

mod alike;
mod note;

use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use trueline_model::{Finding, OriginStep, Severity, Verdict};
use trueline_text::Location;

use self::alike::{Alike, alike, elsewhere};
use crate::escape::{name, printable};
use crate::excerpt::{excerpt, short};
use crate::offer::offer;
use crate::totals;
use crate::view::{View, subjects};
use crate::wrap::{TIE, wrap};

pub use note::notes;

/// How text is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// With colours, for a terminal that wants them.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// All places, every finding in full, every rule in the summary.
    pub verbose: bool,
}

impl Look {
    fn renderer(self) -> Renderer {
        let renderer = if self.colour { Renderer::styled() } else { Renderer::plain() };
        renderer.decor_style(DecorStyle::Ascii).term_width(self.columns())
    }

    fn columns(self) -> usize {
        self.width.max(60)
    }
}

/// Lines of a snippet: of the first finding of a rule, and of further ones.
const LINES: (usize, usize) = (8, 1);
/// Places that a message names one by one.
const PLACES: usize = 10;

/// Renders findings with annotated source, notes and a summary.
pub fn text(view: &View<'_>, look: Look) -> String {
    let renderer = look.renderer();
    let mut out = String::new();
    let mut said = Said::new();
    let (rows, mut cut) = totals::by_rule(view, look.verbose);
    for alike in alike(view, look.verbose) {
        cut |= elsewhere(&alike).len() > PLACES + 1;
        out.push_str(&renderer.render(&finding(view, &alike, &mut said, look)));
        out.push_str("\n\n");
    }
    out.push_str(&notes(view, look));
    for line in rows {
        out.push_str(&line);
        out.push('\n');
    }
    let left_out = view.left_out.map(str::to_owned);
    for line in totals::summary(view).into_iter().chain(totals::next(view)).chain(left_out) {
        out.push_str(&wrap(&line, look.columns()));
        out.push('\n');
    }
    if cut && !look.verbose {
        out.push_str("`--verbose` shows every place and every rule\n");
    }
    out
}

/// What was said of a rule: its id, what kind of line, the text.
type Said = BTreeSet<(String, &'static str, String)>;

fn level(f: &Finding) -> Level<'static> {
    match (f.verdict, f.severity) {
        (Verdict::Unknown, _) => Level::WARNING.with_name(Some("undecided")),
        (_, Severity::Medium | Severity::Low) => Level::WARNING,
        (_, Severity::High | Severity::Critical) => Level::ERROR,
        (_, Severity::Info) => Level::INFO,
    }
}

fn finding<'a>(view: &View<'a>, alike: &Alike<'a>, said: &mut Said, look: Look) -> Vec<Group<'a>> {
    let Some(&(f, others)) = alike.first() else { return Vec::new() };
    let first = said.insert((f.rule.clone(), "rule", String::new()));
    let full = first || look.verbose;
    let title = printable(&f.message).into_owned();
    let mut group =
        level(f).primary_title(title).id(name(&f.rule)).elements(std::iter::empty::<Origin<'_>>());
    let here = label(f, others, true);
    match f.at {
        Some(at) => group = lines(view, group, at, Some(here), if full { LINES.0 } else { LINES.1 }),
        None if !here.is_empty() => group = group.element(Origin::path(here)),
        None => {}
    }
    let controls = controls(view, f);
    let fix = f.fix.as_ref().map(offer).unwrap_or_default();
    for (name, text) in [("why", &*f.why), ("help", &*f.help), ("controls", &*controls), ("fix", &*fix)] {
        let new = said.insert((f.rule.clone(), name, text.to_owned()));
        if new || look.verbose || name == "fix" {
            group = line(group, name, text, look);
        }
    }
    group = line(group, "undecided by", &view.also_undecided(f).join(", "), look);
    let more = if look.verbose { alike.iter().skip(1).copied().collect() } else { elsewhere(alike) };
    let label = |(o, others): &(&Finding, usize)| place(view, o.at, &label(o, *others, o.route != f.route));
    group = line(group, "also", &listed(&more.iter().map(label).collect::<Vec<_>>(), look), look);
    let mut groups = vec![group];
    for step in f.origin.iter().filter(|s| full && Some(s.at) != f.at) {
        let note = Level::NOTE.secondary_title(sentence(view, step));
        groups.push(point(view, note.elements(std::iter::empty::<Origin<'_>>()), step.at, None));
    }
    groups
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
fn listed(places: &[String], look: Look) -> String {
    // One more would take the line that says so.
    let limit = if look.verbose || places.len() <= PLACES + 1 { places.len() } else { PLACES };
    let mut out: Vec<String> = places.iter().take(limit).filter(|p| !p.is_empty()).cloned().collect();
    if places.len() > limit {
        out.push(format!("and {} more", places.len() - limit));
    }
    out.join("\n")
}

/// Adds the place and its lines.
fn point<'a>(view: &View<'a>, group: Group<'a>, at: Location, label: Option<String>) -> Group<'a> {
    lines(view, group, at, label, LINES.0)
}

/// Adds the place and at most this many lines of it.
fn lines<'a>(
    view: &View<'a>,
    group: Group<'a>,
    at: Location,
    label: Option<String>,
    most: usize,
) -> Group<'a> {
    let Some(file) = view.sources.get(at.file) else { return group };
    let cut = excerpt(file, at, view.masks, most);
    let path = name(&file.path);
    let annotation = AnnotationKind::Primary.span(cut.range).label(label);
    let snippet = Snippet::source(cut.text).line_start(cut.line).annotation(annotation);
    if cut.exact {
        return group.element(snippet.path(path));
    }
    group.element(Origin::path(path).line(cut.line).char_column(cut.column)).element(snippet)
}

/// Adds `= name: text`, wrapped; places stay on their lines.
fn line<'a>(group: Group<'a>, name: &'a str, text: &str, look: Look) -> Group<'a> {
    if text.is_empty() {
        return group;
    }
    let text = printable(text);
    // Numbers of lines have up to four digits, most of the time.
    let room = look.columns().saturating_sub("1234 = : ".len() + name.len());
    let text = if name == "also" { text.into_owned() } else { wrap(&text, room) };
    group.element(Level::NOTE.with_name(Some(name)).message(text))
}

/// `aws_sqs_queue.jobs, tags`
fn label(f: &Finding, others: usize, with_route: bool) -> String {
    let subject = subjects(f, others);
    let label = match (subject.is_empty(), f.route.0.is_empty() || !with_route) {
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
        by_framework.entry(view.framework_in_short(&c.framework)).or_default().push(&c.id);
    }
    let parts: Vec<String> =
        by_framework.iter().map(|(name, ids)| format!("{}{TIE}{}", tied(name), ids.join(", "))).collect();
    parts.join("; ")
}

/// A name that stays on one line.
fn tied(name: &str) -> String {
    name.replace(' ', &TIE.to_string())
}
