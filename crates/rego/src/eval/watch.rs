//! What a run does, step by step: traces, coverage and profiles.
//!
//! What enters: every instruction, before and after. What leaves: [`TraceEvent`]s, [`Coverage`], [`Profiled`]
//! expressions. A run that nobody watches pays one test of a flag for each instruction.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::Value;
use crate::compile::ir::{Block, Definition, Instruction, Program};
use crate::compile::{File, place};
use crate::syntax::Span;

/// How much of a run is traced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum TraceLevel {
    /// Nothing.
    #[default]
    Off,
    /// Expressions that fail.
    Fails,
    /// What `trace` and `print` say.
    Notes,
    /// Everything.
    Full,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A rule is tried.
    Enter,
    /// A rule has a result.
    Exit,
    /// An expression is evaluated.
    Eval,
    /// An expression is evaluated again, with the next of several values.
    Redo,
    /// An expression is false or undefined.
    Fail,
    /// `trace` or `print` said something.
    Note,
}

/// One step of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceEvent {
    /// What happened.
    pub kind: EventKind,
    /// How deeply rules call each other there.
    pub depth: usize,
    /// File of the expression; empty for a query.
    pub path: String,
    /// Line of the expression, from 1.
    pub line: usize,
    /// Column of the expression, from 1.
    pub column: usize,
    /// The expression as it is written, or what was said.
    pub text: String,
    /// The values of what is in it.
    pub values: Vec<(String, Value)>,
}

/// An expression with what it cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Profiled {
    /// File of the expression.
    pub path: String,
    /// Line of the expression, from 1.
    pub line: usize,
    /// Column of the expression, from 1.
    pub column: usize,
    /// The expression as it is written.
    pub text: String,
    /// How often it was evaluated.
    pub evals: u64,
    /// How often it was tried again with another value.
    pub redos: u64,
    /// Steps of the evaluator and its builtins, the called rules left out.
    pub steps: u64,
    /// Time on the clock of the limits, the called rules left out; zero without a clock.
    pub time: Duration,
}

/// Which expressions of a file were evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The file.
    pub path: String,
    /// Lines with expressions that were all evaluated.
    pub covered: BTreeSet<usize>,
    /// Lines with expressions that were not.
    pub missed: BTreeSet<usize>,
    /// Expressions that were evaluated.
    pub expressions: usize,
    /// All expressions.
    pub all: usize,
}

/// Which expressions were evaluated, file by file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// The files, in the order they were compiled.
    pub files: Vec<Covered>,
}

impl Coverage {
    /// Returns the share of expressions that were evaluated, in percent; 100 if there are none.
    pub fn percent(&self) -> f64 {
        let all: usize = self.files.iter().map(|file| file.all).sum();
        let hit: usize = self.files.iter().map(|file| file.expressions).sum();
        if all == 0 { 100.0 } else { 100.0 * hit as f64 / all as f64 }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Hits {
    evals: u64,
    redos: u64,
    steps: u64,
    time: Duration,
}

/// Collects what is seen.
#[derive(Default)]
pub(crate) struct Watch {
    pub(crate) level: TraceLevel,
    pub(crate) events: Vec<TraceEvent>,
    hits: BTreeMap<(usize, Span), Hits>,
    last: Option<((usize, Span), u64, Duration)>,
}

impl Watch {
    pub(crate) fn at(level: TraceLevel) -> Self {
        Watch { level, ..Watch::default() }
    }

    /// Counts an expression, and gives the one before it what it cost.
    pub(super) fn count(&mut self, file: usize, span: Span, redo: bool, steps: u64, time: Duration) {
        if let Some((last, begun, at)) = self.last.take() {
            let hits = self.hits.entry(last).or_default();
            hits.steps += steps.saturating_sub(begun);
            hits.time += time.saturating_sub(at);
        }
        let hits = self.hits.entry((file, span)).or_default();
        match redo {
            true => hits.redos += 1,
            false => hits.evals += 1,
        }
        self.last = Some(((file, span), steps, time));
    }

    /// Adds what another run has seen.
    pub(crate) fn merge(&mut self, other: Watch) {
        for (at, more) in other.hits {
            let hits = self.hits.entry(at).or_default();
            hits.evals += more.evals;
            hits.redos += more.redos;
            hits.steps += more.steps;
            hits.time += more.time;
        }
        self.events.extend(other.events);
    }

    /// Says which expressions of a program were evaluated.
    pub(crate) fn coverage(&self, program: &Program, files: &[File]) -> Coverage {
        let mut spans: BTreeMap<usize, BTreeSet<Span>> = BTreeMap::new();
        for node in &program.nodes {
            for definition in node.definitions.iter().chain(node.default.as_deref()) {
                let mut next = Some(definition);
                while let Some(definition) = next {
                    expressions(&definition.body, spans.entry(definition.file).or_default());
                    next = definition.otherwise.as_deref();
                }
            }
        }
        let covered = |(file, spans): (usize, BTreeSet<Span>)| {
            let source = files.get(file)?;
            let line = |span: &Span| place(&source.source, *span).0;
            let hit = |span: &Span| self.hits.get(&(file, *span)).is_some_and(|hits| hits.evals > 0);
            let missed: BTreeSet<usize> = spans.iter().filter(|span| !hit(span)).map(line).collect();
            let seen = spans.iter().filter(|span| hit(span)).map(line);
            Some(Covered {
                path: source.path.clone(),
                covered: seen.filter(|line| !missed.contains(line)).collect(),
                expressions: spans.iter().filter(|span| hit(span)).count(),
                all: spans.len(),
                missed,
            })
        };
        Coverage { files: spans.into_iter().filter_map(covered).collect() }
    }

    /// Returns the expressions that were evaluated, the most costly first.
    pub(crate) fn profile(&self, files: &[File]) -> Vec<Profiled> {
        let mut found = Vec::new();
        for ((file, span), hits) in &self.hits {
            let Some(source) = files.get(*file) else { continue };
            let (line, column) = place(&source.source, *span);
            found.push(Profiled {
                path: source.path.clone(),
                line,
                column,
                text: text_at(&source.source, *span),
                evals: hits.evals,
                redos: hits.redos,
                steps: hits.steps,
                time: hits.time,
            });
        }
        found.sort_by_key(|profiled| std::cmp::Reverse((profiled.time, profiled.steps)));
        found
    }
}

/// Returns the text of a span, on one line.
pub(super) fn text_at(source: &str, span: Span) -> String {
    let text = source.get(span.start as usize..span.end as usize).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Gathers the spans of a block and of those inside it.
fn expressions(block: &Block, spans: &mut BTreeSet<Span>) {
    for (instruction, span) in &block.code {
        if span.end > span.start {
            spans.insert(*span);
        }
        match instruction {
            Instruction::Not(body) => expressions(body, spans),
            Instruction::Every { body, .. } | Instruction::Comprehend { body, .. } => {
                expressions(body, spans);
            }
            _ => {}
        }
    }
}

/// Names the variables of a definition that an instruction reads, with their values.
pub(super) fn values(
    instruction: &Instruction,
    definition: Option<&Definition>,
    files: &[File],
    frame: &[Value],
) -> Vec<(String, Value)> {
    let Some(definition) = definition else { return Vec::new() };
    let source = files.get(definition.file).map(|file| file.source.as_ref()).unwrap_or_default();
    let mut slots = Vec::new();
    instruction.each_slot(&mut |slot| {
        if !slots.contains(&slot) {
            slots.push(slot);
        }
    });
    let mut found: Vec<(String, Value)> = Vec::new();
    for slot in slots {
        let (Some(value), Some(variable)) =
            (frame.get(slot as usize), definition.variables.get(slot as usize))
        else {
            continue;
        };
        let name = match &variable.name {
            Some(name) => name.to_string(),
            None => text_at(source, variable.at),
        };
        if !name.is_empty() && found.iter().all(|(known, _)| *known != name) {
            found.push((name, value.clone()));
        }
    }
    found
}
