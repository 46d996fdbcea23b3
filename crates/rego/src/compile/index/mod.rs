//! Which definitions of a rule can hold, by the value of one part of the input or of an argument.
//!
//! What enters: the definitions of a rule. What leaves: an [`Index`], if most of them ask for certain values at the
//! same place: `input.type == "a"`, `t := input.type; t in {"a", "b"}`, `f("a", x) := …`. What a definition asks is
//! only looked for where nothing in front of it can fail with an error or be heard of, so that a run without the index has the same
//! answers and the same errors; it just tries more.

use std::collections::BTreeMap;

use crate::Value;

use super::core::Var;
use super::ir::{Definition, Instruction, Op, Origin, Out, Pattern, Step};

/// With fewer definitions, trying each is as fast.
const MIN_DEFINITIONS: usize = 3;

/// A definition that takes more values than this is not told apart from others.
const MAX_VALUES: usize = 256;

/// So many conditions of a definition are looked at, and such long paths.
const MAX_CONDITIONS: usize = 16;

/// A part of the input, or of an argument.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    pub(crate) root: Root,
    pub(crate) steps: Vec<Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Root {
    Input,
    Argument(usize),
}

/// Tells which definitions can hold.
#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) part: Part,
    /// Definitions that need a certain value there, by value.
    found: Vec<(Value, Vec<usize>)>,
    /// Definitions that don't ask.
    rest: Vec<usize>,
    /// Those that ask look at nothing else before.
    asked_first: bool,
}

impl Index {
    /// Makes an index, if it would save anything.
    pub(crate) fn new(definitions: &[Definition]) -> Option<Self> {
        if definitions.len() < MIN_DEFINITIONS {
            return None;
        }
        let asked: Vec<Vec<Condition>> = definitions.iter().map(conditions).collect();
        let mut parts: BTreeMap<&Part, (usize, BTreeMap<&Value, Vec<usize>>)> = BTreeMap::new();
        for (at, conditions) in asked.iter().enumerate() {
            for condition in conditions {
                let (asking, found) = parts.entry(&condition.part).or_default();
                *asking += 1;
                for value in &condition.values {
                    let places = found.entry(value).or_default();
                    if places.last() != Some(&at) {
                        places.push(at);
                    }
                }
            }
        }
        let tried = parts.into_iter().map(|(part, (asking, found))| {
            // What is tried for a value that occurs, on average.
            let places: usize = found.values().map(Vec::len).sum();
            (places.div_ceil(found.len().max(1)) + definitions.len() - asking, part, found)
        });
        let (tried, part, found) = tried.min_by_key(|(tried, ..)| *tried)?;
        if tried + 1 >= definitions.len() {
            return None;
        }
        let asks = |conditions: &[Condition]| conditions.iter().any(|condition| condition.part == *part);
        let rest = asked.iter().enumerate().filter(|(_, conditions)| !asks(conditions)).map(|(at, _)| at);
        let rest = rest.collect();
        let mut asking = asked.iter().flatten().filter(|condition| condition.part == *part);
        let asked_first = asking.all(|condition| condition.first);
        let found = found.into_iter().map(|(value, places)| (value.clone(), places)).collect();
        Some(Index { part: part.clone(), found, rest, asked_first })
    }

    /// Tells whether what the index asks for is what a run reads first, and all that those read which it rules out.
    pub(crate) fn is_asked_first(&self) -> bool {
        self.asked_first && self.rest.first() != Some(&0)
    }

    /// Returns the definitions to try where the part has this value, or is not there.
    pub(crate) fn candidates(&self, value: Option<&Value>) -> Candidates<'_> {
        let at = value.and_then(|value| self.found.binary_search_by(|(known, _)| known.cmp(value)).ok());
        let found = at.and_then(|at| self.found.get(at)).map(|(_, places)| places.as_slice());
        Candidates { found: found.unwrap_or_default(), rest: &self.rest }
    }
}

/// Numbers of definitions, in their order.
pub(crate) struct Candidates<'i> {
    found: &'i [usize],
    rest: &'i [usize],
}

impl Iterator for Candidates<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let from = match (self.found.first(), self.rest.first()) {
            (Some(found), Some(rest)) if found > rest => &mut self.rest,
            (None, _) => &mut self.rest,
            _ => &mut self.found,
        };
        let (first, rest) = from.split_first()?;
        *from = rest;
        Some(*first)
    }
}

/// What a definition asks: one of these values at this place.
struct Condition {
    part: Part,
    values: Vec<Value>,
    /// Nothing but this place was looked at before.
    first: bool,
}

/// Returns what a definition asks; with `else`, what all of its bodies ask.
fn conditions(definition: &Definition) -> Vec<Condition> {
    let mut all = of_body(definition);
    let mut next = definition.otherwise.as_deref();
    while let Some(other) = next {
        let mut others = of_body(other);
        all.retain_mut(|condition| {
            let Some(at) = others.iter().position(|other| other.part == condition.part) else { return false };
            let mut other = others.swap_remove(at);
            condition.values.append(&mut other.values);
            condition.first &= other.first;
            condition.values.len() <= MAX_VALUES
        });
        next = other.otherwise.as_deref();
    }
    all
}

fn of_body(definition: &Definition) -> Vec<Condition> {
    let mut asked = Asked::default();
    if !definition.args.iter().all(is_plain) {
        return Vec::new();
    }
    // An argument that does not fit ends it before anything is looked at.
    let any = |pattern: &Pattern| matches!(pattern, Pattern::Any | Pattern::Bind(_));
    let fits = definition.args.iter().all(any);
    for (at, pattern) in definition.args.iter().enumerate() {
        asked.pattern(pattern, &Part { root: Root::Argument(at), steps: Vec::new() });
    }
    asked.several = !fits;
    for (instruction, _) in &definition.body.code {
        if asked.instruction(instruction).is_none() {
            break;
        }
    }
    asked.conditions
}

/// What is known on the way through a body.
#[derive(Default)]
struct Asked {
    conditions: Vec<Condition>,
    /// Variables that are parts of the input or of arguments.
    parts: BTreeMap<Var, Part>,
    /// The place that was looked at, if it is only one.
    looked: Option<Part>,
    /// Several places were looked at.
    several: bool,
}

impl Asked {
    fn add(&mut self, part: &Part, values: Vec<Value>) {
        if self.conditions.len() < MAX_CONDITIONS
            && values.len() <= MAX_VALUES
            && self.conditions.iter().all(|condition| condition.part != *part)
        {
            let first = !self.several && self.looked.as_ref().is_none_or(|looked| looked == part);
            self.conditions.push(Condition { part: part.clone(), values, first });
        }
    }

    /// Notes what matching a part with a pattern asks, and says.
    fn pattern(&mut self, pattern: &Pattern, part: &Part) {
        let mut below = |key: Value, pattern: &Pattern| {
            if part.steps.len() >= MAX_CONDITIONS {
                return;
            }
            let steps = part.steps.iter().cloned().chain([key]).collect();
            self.pattern(pattern, &Part { root: part.root, steps });
        };
        match pattern {
            Pattern::Any => {}
            Pattern::Bind(var) => {
                self.parts.insert(*var, part.clone());
            }
            Pattern::Is(Op::Const(value)) => self.add(part, vec![value.clone()]),
            Pattern::Is(_) => {}
            Pattern::Array(items) => {
                items.iter().enumerate().for_each(|(at, item)| below(Value::from(at), item));
            }
            Pattern::Object(entries) => {
                for (key, pattern) in entries {
                    if let Op::Const(key) = key {
                        below(key.clone(), pattern);
                    }
                }
            }
        }
    }

    /// Goes on behind an instruction; nothing if what stands behind it must not be skipped.
    fn instruction(&mut self, instruction: &Instruction) -> Option<()> {
        match instruction {
            Instruction::Lookup { origin, steps, out, .. } => {
                let mut part = match origin {
                    Origin::Input => Some(Part { root: Root::Input, steps: Vec::new() }),
                    Origin::Op(Op::Slot(var)) => self.parts.get(var).cloned(),
                    // Rules may fail with errors.
                    Origin::Data | Origin::Op(_) => return None,
                };
                for step in steps {
                    part = match step {
                        Step::At(Op::Const(key)) => {
                            part.filter(|part| part.steps.len() < MAX_CONDITIONS).map(|mut part| {
                                part.steps.push(key.clone());
                                part
                            })
                        }
                        Step::At(op) if is_simple(op) => None,
                        Step::Each(pattern) if is_plain(pattern) => None,
                        _ => return None,
                    };
                }
                self.look(part.as_ref(), matches!(origin, Origin::Input));
                if let Out::Match(pattern) = out {
                    self.matched(part.as_ref(), pattern)?;
                }
            }
            Instruction::Match { value, pattern } => {
                let part = match value {
                    Op::Slot(var) => self.parts.get(var).cloned(),
                    Op::Const(_) => None,
                    _ => return None,
                };
                self.matched(part.as_ref(), pattern)?;
                if let (Op::Const(value), Pattern::Is(Op::Slot(var))) = (value, pattern)
                    && let Some(part) = self.parts.get(var).cloned()
                {
                    self.add(&part, vec![value.clone()]);
                }
            }
            Instruction::Test(op) if is_simple(op) => {}
            Instruction::Builtin { builtin, args, out: Out::True } if builtin.name == "internal.member_2" => {
                let [Op::Slot(var), Op::Const(container)] = args.as_slice() else { return None };
                let values: Vec<Value> = match container {
                    Value::Array(items) => items.to_vec(),
                    Value::Set(items) => items.to_vec(),
                    Value::Object(entries) => entries.values().cloned().collect(),
                    _ => Vec::new(),
                };
                if let Some(part) = self.parts.get(var).cloned() {
                    self.add(&part, values);
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// Notes that a place is looked at, from the input down or by way of a variable.
    fn look(&mut self, part: Option<&Part>, whole: bool) {
        match part.filter(|_| whole) {
            Some(part) if self.looked.as_ref().is_none_or(|looked| looked == part) => {
                self.looked = Some(part.clone());
            }
            _ => self.several = true,
        }
    }

    fn matched(&mut self, part: Option<&Part>, pattern: &Pattern) -> Option<()> {
        if !is_plain(pattern) {
            return None;
        }
        if let Some(part) = part {
            self.pattern(pattern, part);
        }
        Some(())
    }
}

/// Tells whether an operand is there as it is: putting larger ones together may reach a limit.
fn is_simple(op: &Op) -> bool {
    matches!(op, Op::Const(_) | Op::Slot(_))
}

fn is_plain(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Any | Pattern::Bind(_) => true,
        Pattern::Is(op) => is_simple(op),
        Pattern::Array(items) => items.iter().all(is_plain),
        Pattern::Object(entries) => entries.iter().all(|(key, value)| is_simple(key) && is_plain(value)),
    }
}

#[cfg(test)]
mod tests;
