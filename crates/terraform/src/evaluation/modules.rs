//! Locals, outputs and module calls; `count` and `for_each` of calls and resources.

use std::sync::Arc;

use trueline_hcl::Expr;
use trueline_model::{Condition, Key, Kind, ModuleStep, NoteKind, Reason, Segment, Type, Value};
use trueline_text::{FileId, Location};

use super::certain::is_on_apply;
use super::existence;
use super::graph::Node;
use super::scope::ModuleScope;
use super::{CallState, Each, MAX_INSTANCES, MAX_MODULES, Module, ModuleId, Parent, Repetition, World};
use crate::content::{Argument, Content};
use crate::expression::Evaluator;
use crate::expression::provenance::iterated;
use crate::module::enabled;
use crate::parsed::MAX_CALLS;
use trueline_provider::convert;

/// Deepest nesting of a value that one thing may hand to another.
const VALUE_DEPTH: usize = 100;
/// Most parts of a value that one thing may hand to another.
const VALUE_SIZE: usize = 2_000_000;

impl World<'_> {
    /// The value of an expression of a module instance; what fails is noted.
    pub fn eval(&mut self, m: ModuleId, each: &Each, file: FileId, e: &Expr) -> Value {
        self.eval_doubting(m, each, file, e).0
    }

    /// The same, and whether Terraform may know more of it when it plans.
    pub(super) fn eval_doubting(
        &mut self,
        m: ModuleId,
        each: &Each,
        file: FileId,
        e: &Expr,
    ) -> (Value, bool) {
        let scope = ModuleScope { world: self, module: m, each, this: None };
        let mut ev = Evaluator::new(&scope, &self.limits, file);
        ev.doubts = false;
        let v = ev.eval(e);
        let doubts = ev.doubts || !ev.errors.is_empty();
        let errors = ev.errors;
        self.notes.errors(errors);
        (v, doubts)
    }

    pub fn evaluate_local(&mut self, m: ModuleId, name: &Arc<str>) {
        let Some(local) = self.module(m).and_then(|m| m.config.locals.get(name)).copied() else { return };
        let (v, doubts) = self.eval_doubting(m, &Each::default(), local.file, local.expr);
        self.doubt(Node::Local(m, name.clone()), doubts);
        let v = self.bounded(v, Location { file: local.file, span: local.expr.span });
        if let Some(module) = self.modules.get_mut(m) {
            module.locals.insert(name.clone(), v);
        }
    }

    pub fn evaluate_output(&mut self, m: ModuleId, name: &Arc<str>) {
        let Some(output) = self.module(m).and_then(|m| m.config.outputs.get(name)).cloned() else { return };
        let mut v = match output.content.expr("value") {
            Some((file, e)) => {
                let (v, doubts) = self.eval_doubting(m, &Each::default(), file, e);
                self.doubt(Node::Output(m, name.clone()), doubts);
                v
            }
            None => {
                let message = format!("output `{name}` has no value");
                self.notes.add(NoteKind::Error, message, Some("add `value = …`".into()), Some(output.at()));
                Value::null()
            }
        };
        // `sensitive` of an output says how its own value is shown; who takes the value from a module takes what it was made of.
        self.check_output(m, name, &output, &v);
        v.ephemeral |= output.content.literal_bool("ephemeral") == Some(true);
        let v = self.bounded(v, output.at());
        if let Some(module) = self.modules.get_mut(m) {
            module.outputs.insert(name.clone(), v);
        }
    }

    /// The value, or an error in its place if it is too large or too deep to be handed on: values share their parts,
    /// so a few lines can describe one that no machine could print.
    pub fn bounded(&mut self, v: Value, at: Location) -> Value {
        if matches!(v.kind, Kind::String(_) | Kind::Number(_) | Kind::Bool(_) | Kind::Null(_)) {
            return v;
        }
        let mut left = VALUE_SIZE;
        let fits = measure(&v, VALUE_DEPTH, &mut left);
        let size = (VALUE_SIZE - left) as u64;
        let message = if !fits {
            "this value is too large or nested too deeply"
        } else if !self.limits.keep(size) {
            "evaluating this plan takes more memory than is allowed"
        } else {
            return v;
        };
        self.notes.add(NoteKind::Error, message, None, Some(at));
        Value::unknown(Type::Any, Reason::Error(message.into()))
    }

    /// Which instances `count` or `for_each` make.
    pub fn repetition(&mut self, m: ModuleId, content: &Content<'_>, what: &str) -> (Repetition, Vec<Each>) {
        let made = self.repeated(m, content, what);
        let placeholder = match &made {
            (Repetition::Count, none) if none.is_empty() => undecided_count(Reason::Deferred),
            (Repetition::ForEach, none) if none.is_empty() => undecided_each(Reason::Deferred),
            (Repetition::Off, _) => (Repetition::Undecided(Reason::Deferred), vec![Each::default()]),
            _ => return made,
        };
        self.switched_off = true;
        if self.inputs.everything { placeholder } else { made }
    }

    fn repeated(&mut self, m: ModuleId, content: &Content<'_>, what: &str) -> (Repetition, Vec<Each>) {
        if let (Some(a), Some(_)) = (content.argument("for_each"), content.argument("count")) {
            let message = format!("{what} has both `count` and `for_each`");
            let at = Location { file: a.file, span: a.name_span };
            self.notes.add(NoteKind::Error, message, Some("remove one of the two".into()), Some(at));
        }
        if let Some(a) = enabled(content) {
            return self.switched(m, &a, what);
        }
        for argument in ["count", "for_each"] {
            let Some(a) = content.argument(argument).copied() else { continue };
            let (v, doubts) = self.eval_doubting(m, &Each::default(), a.file, a.expr);
            let made = match argument {
                "count" => self.counted(&v, a.at(), what),
                _ => self.for_each(&v, a.at(), what),
            };
            self.check_ephemeral_repetition(argument, &v, what, a.at());
            if let Repetition::Undecided(reason) = &made.0
                && !doubts
                && is_on_apply(reason)
                && !self.module(m).is_some_and(|m| m.deferred)
            {
                self.refuse_unknown(argument, reason, what, a.at());
            }
            return made;
        }
        let unread = |n: &str| content.unread.contains(&n);
        let why = |n: &str| Reason::Unread(n.into());
        if unread("count") {
            return undecided_count(why("count"));
        }
        if unread("for_each") {
            return undecided_each(why("for_each"));
        }
        (Repetition::Single, vec![Each::default()])
    }

    /// What decides whether a block of a module exists, if that is not known: what decides on the module, and on the block.
    pub fn decided_by(
        &self,
        m: ModuleId,
        content: &Content<'_>,
        repetition: &Repetition,
    ) -> Option<Vec<Condition>> {
        let module = self.module(m)?;
        let Repetition::Undecided(reason) = repetition else {
            return module.deferred.then(|| module.conditions.clone());
        };
        let mut all = module.conditions.clone();
        all.extend(existence::conditions(self, m, content, reason));
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all.dedup_by(|a, b| a.id == b.id);
        Some(all)
    }

    /// OpenTofu's `enabled`: the one instance has no key.
    fn switched(&mut self, m: ModuleId, a: &Argument<'_>, what: &str) -> (Repetition, Vec<Each>) {
        let v = self.eval(m, &Each::default(), a.file, a.expr);
        let v = convert::convert(&v, &Type::Bool).unwrap_or(v);
        match &v.kind {
            Kind::Bool(true) => (Repetition::Single, vec![Each::default()]),
            Kind::Bool(false) => (Repetition::Off, Vec::new()),
            Kind::Unknown(u) => (Repetition::Undecided(u.reason.clone()), vec![Each::default()]),
            _ => {
                let message = format!("`enabled` of {what} is neither true nor false");
                self.notes.add(NoteKind::Error, message, Some("give a truth value".into()), Some(a.at()));
                (
                    Repetition::Undecided(Reason::Error("`enabled` is no truth value".into())),
                    vec![Each::default()],
                )
            }
        }
    }

    fn counted(&mut self, v: &Value, at: Location, what: &str) -> (Repetition, Vec<Each>) {
        let help = || Some("give a whole number from 0".to_owned());
        let v = match convert::convert(v, &Type::Number) {
            Ok(v) => v,
            Err(e) => {
                self.notes.add(
                    NoteKind::Error,
                    format!("`count` of {what} is no number: {e}"),
                    help(),
                    Some(at),
                );
                return undecided_count(Reason::Error("`count` is no number".into()));
            }
        };
        match &v.kind {
            Kind::Number(n) => match n.as_i64().and_then(|i| usize::try_from(i).ok()) {
                Some(n) if n <= MAX_INSTANCES => {
                    let each = |i: usize| Each {
                        key: Some(Key::Index(i as u64)),
                        index: Some(Value::number(i as i64)),
                        entry: None,
                    };
                    (Repetition::Count, (0..n).map(each).collect())
                }
                _ => {
                    let shown = if v.sensitive { "not".to_owned() } else { format!("{n}, not") };
                    let message =
                        format!("`count` of {what} is {shown} a whole number from 0 to {MAX_INSTANCES}");
                    self.notes.add(NoteKind::Error, message, help(), Some(at));
                    undecided_count(Reason::Error("`count` is no number of instances".into()))
                }
            },
            Kind::Null(_) => {
                self.notes.add(NoteKind::Error, format!("`count` of {what} is null"), help(), Some(at));
                undecided_count(Reason::Error("`count` is null".into()))
            }
            _ => undecided_count(v.first_reason().unwrap_or(Reason::Deferred)),
        }
    }

    fn for_each(&mut self, v: &Value, at: Location, what: &str) -> (Repetition, Vec<Each>) {
        let help = || Some("give a map, an object, or a set of strings (`toset([…])`)".to_owned());
        let mut wrong = |message: String| {
            self.notes.add(NoteKind::Error, message.clone(), help(), Some(at));
            undecided_each(Reason::Error(message.into()))
        };
        let each = |k: Arc<str>, key: Value, value: Value| Each {
            key: Some(Key::Name(k)),
            index: None,
            entry: Some((key, value)),
        };
        if v.sensitive {
            return wrong(format!("`for_each` of {what} is sensitive, its keys would be shown"));
        }
        match &v.kind {
            Kind::Map(_, entries) | Kind::Object(entries) => {
                let one = |(k, x): (&Arc<str>, &Value)| {
                    each(k.clone(), Value::string(k.clone()), iterated(v, x, &Segment::Name(k.clone())))
                };
                (Repetition::ForEach, entries.iter().map(one).collect())
            }
            Kind::Set(_, items) => {
                let mut out = Vec::with_capacity(items.len());
                for (i, item) in items.iter().enumerate() {
                    let step = Segment::Index(u32::try_from(i).unwrap_or(u32::MAX));
                    let item = iterated(v, item, &step);
                    match &item.kind {
                        Kind::String(s) => out.push(each(s.clone(), item.clone(), item.clone())),
                        Kind::Unknown(u) => return undecided_each(u.reason.clone()),
                        _ => {
                            return wrong(format!(
                                "`for_each` of {what} is a set of something else than strings"
                            ));
                        }
                    }
                }
                (Repetition::ForEach, out)
            }
            Kind::Null(_) => wrong(format!("`for_each` of {what} is null")),
            Kind::Unknown(u) if matches!(u.ty, Type::Any | Type::Map(_) | Type::Set(_) | Type::Object(_)) => {
                let (repetition, mut each) = undecided_each(u.reason.clone());
                // Each value is one of those that it goes over.
                for (_, value) in each.iter_mut().filter_map(|e| e.entry.as_mut()) {
                    value.origin = v.origin.clone();
                }
                (repetition, each)
            }
            _ => wrong(format!("`for_each` of {what} is neither map, object nor set")),
        }
    }

    pub fn evaluate_call(&mut self, m: ModuleId, name: &Arc<str>) {
        let Some(call) = self.module(m).and_then(|m| m.config.calls.get(name)).cloned() else { return };
        let Some(module) = self.module(m) else { return };
        let call_path = match module.call_path.as_str() {
            "" => name.to_string(),
            path => format!("{path}.{name}"),
        };
        let (dir, path) = (module.config.dir.clone(), module.path.clone());
        let depth = module.path.len();
        let source = call.content.literal_str("source").unwrap_or_default();
        let at = call.content.argument("source").map_or(call.at(), |a| a.at());
        let target = self.parsed.target(&self.root, &dir, &call_path, source);
        let found = target.filter(|t| self.parsed.directories.get(t).is_some_and(|files| !files.is_empty()));
        let mut state = CallState { repetition: Repetition::Single, children: Vec::new(), found: None };
        match found {
            None => self.note_missing(name, source, at),
            Some(_) if depth >= MAX_CALLS => {
                let message = format!("module `{name}` is called more than {MAX_CALLS} levels deep");
                let help = "look for modules that call each other in a circle";
                self.notes.add(NoteKind::Error, message, Some(help.into()), Some(at));
            }
            Some(dir) if self.is_within(m, &dir) => {
                let message = format!("module `{name}` calls a module that it is part of (`{dir}`)");
                self.notes.add(NoteKind::Error, message, Some("correct `source`".into()), Some(at));
            }
            Some(dir) => {
                let config = self.config(&dir);
                let (repetition, instances) = self.repetition(m, &call.content, &format!("module `{name}`"));
                let decided_by = self.decided_by(m, &call.content, &repetition);
                state = CallState { repetition, children: Vec::new(), found: Some(dir.clone()) };
                for each in instances {
                    if self.modules.len() >= MAX_MODULES {
                        let message = format!("there are more than {MAX_MODULES} module instances");
                        self.notes.add(NoteKind::Error, message, None, Some(at));
                        break;
                    }
                    let key = each.key.clone();
                    let mut path = path.clone();
                    path.push(ModuleStep { name: name.clone(), key: key.clone() });
                    let parent = Parent { module: m, call: name.clone(), each };
                    let id = self.modules.len();
                    self.modules.push(Module::new(
                        config.clone(),
                        path,
                        call_path.clone(),
                        Some(parent),
                        decided_by.clone(),
                    ));
                    state.children.push((key, id));
                }
            }
        }
        if let Some(module) = self.modules.get_mut(m) {
            module.calls.insert(name.clone(), state);
        }
    }

    /// True if a module instance is of this directory, or was called by one that is.
    fn is_within(&self, m: ModuleId, dir: &str) -> bool {
        let mut at = self.module(m);
        while let Some(module) = at {
            if &*module.config.dir == dir {
                return true;
            }
            at = module.parent.as_ref().and_then(|p| self.module(p.module));
        }
        false
    }

    fn note_missing(&mut self, name: &str, source: &str, at: Location) {
        let local = source.starts_with('.');
        if source.is_empty() {
            let message = format!("module `{name}` has no `source` that is a plain string");
            return self.notes.add(NoteKind::Error, message, Some("add `source = \"…\"`".into()), Some(at));
        }
        // A directory that can't be read is noted where it was tried.
        if !local {
            let message =
                format!("the source `{source}` of this module is not here: what it makes is not checked");
            let help = "run `terraform init`, so that it lies in `.terraform/modules`";
            self.notes.add(NoteKind::Warning, message, Some(help.into()), Some(at));
        }
    }
}

/// One placeholder for instances of which it is not decided how many there are.
fn undecided_count(reason: Reason) -> (Repetition, Vec<Each>) {
    let index = Value::unknown(Type::Number, Reason::Deferred);
    let each = Each { key: Some(Key::Any), index: Some(index), entry: None };
    (Repetition::Undecided(reason), vec![each])
}

fn undecided_each(reason: Reason) -> (Repetition, Vec<Each>) {
    let unknown = |ty: Type| Value::unknown(ty, Reason::Deferred);
    let each =
        Each { key: Some(Key::Any), index: None, entry: Some((unknown(Type::String), unknown(Type::Any))) };
    (Repetition::Undecided(reason), vec![each])
}

/// False if a value is deeper than `depth` or has more parts than are left.
fn measure(v: &Value, depth: usize, left: &mut usize) -> bool {
    let Some(rest) = left.checked_sub(1) else { return false };
    *left = rest;
    if depth == 0 {
        return false;
    }
    match &v.kind {
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            items.iter().all(|v| measure(v, depth - 1, left))
        }
        Kind::Map(_, entries) | Kind::Object(entries) => {
            entries.values().all(|v| measure(v, depth - 1, left))
        }
        _ => true,
    }
}
