//! Values of rules, functions and packages.

use std::sync::Arc;

use crate::compile::index::{Index, Root};
use crate::compile::ir::{Definition, Node, NodeId, Op, Program};
use crate::value::SetBuilder;
use crate::{MAX_DEPTH, ObjectBuilder, Value};

use super::context::Argument;
use super::machine::{Machine, Run};
use super::objects::Tree;

impl<'p> Machine<'p> {
    /// Returns everything below a node: data, and the rules on top of it.
    pub(super) fn extent(&mut self, node: NodeId, base: Option<&Value>) -> Run<Value> {
        self.deeper(|machine| {
            let mut entries = ObjectBuilder::default();
            for (key, value) in base.and_then(Value::as_object).into_iter().flat_map(|object| object.iter()) {
                entries.replace(key.clone(), value.clone());
            }
            let children: Vec<(Value, NodeId)> = match machine.program.nodes.get(node) {
                Some(node) => node.children.iter().map(|(key, id)| (key.clone(), *id)).collect(),
                None => Vec::new(),
            };
            for (key, id) in children {
                let Some(child) = machine.program.nodes.get(id) else { continue };
                let native = node == Program::ROOT && matches!(key, Value::Null);
                if machine.context.hides(&child.path) || native {
                    continue;
                }
                if child.has_rules {
                    let value = machine.document(id)?;
                    if machine.traces_back() && child.arity.is_none() {
                        let note = machine.note(id);
                        machine.use_note(&note, false);
                    }
                    if let Some(value) = value {
                        // Where data and a rule say different things, data is shown.
                        let value = match entries.get(&key) {
                            Some(stored) => beneath(stored, &value),
                            None => value,
                        };
                        entries.replace(key, value);
                    }
                } else {
                    let below = base.and_then(|base| base.lookup(&key));
                    let value = machine.extent(id, below)?;
                    entries.replace(key, value);
                }
            }
            Ok(Value::Object(Arc::new(entries.finish())))
        })
    }

    /// Returns the value of the rules of a node, worked out once.
    pub(super) fn document(&mut self, id: NodeId) -> Run<Option<Value>> {
        if let Some(known) = self.context.cache.borrow().documents.get(&id) {
            return Ok(known.clone());
        }
        let context = self.context.clone();
        let before = (self.file, self.here);
        let (value, note) = self.noted(|machine| machine.deeper(|machine| machine.evaluate(id)))?;
        self.leave(before);
        let mut cache = context.cache.borrow_mut();
        if self.traces_back() {
            let kept = cache.notes.entry(id).or_default();
            (kept.hangs_on, kept.reads) = (note.hangs_on, note.reads);
        }
        cache.documents.insert(id, value.clone());
        Ok(value)
    }

    fn evaluate(&mut self, id: NodeId) -> Run<Option<Value>> {
        let program = self.program;
        let Some(node) = program.nodes.get(id) else { return Ok(None) };
        if node.arity.is_some() {
            return Ok(None);
        }
        let plain = |definition: &Definition| definition.steps.is_empty();
        if node.definitions.iter().any(|definition| !plain(definition)) {
            return self.object(id).map(Some);
        }
        if node.definitions.iter().any(|definition| definition.member) {
            return self.members(id, node).map(Some);
        }
        self.complete(id, &[])
    }

    /// Returns the definitions of a rule that can hold, in their order.
    fn candidates(
        &mut self,
        node: &'p Node,
        args: &[Value],
    ) -> Run<impl Iterator<Item = &'p Definition> + use<'p>> {
        let program = self.program;
        let is_here = |id: NodeId| program.nodes.get(id).is_some_and(|only| std::ptr::eq(only, node));
        let only = self.only.filter(|(id, _)| is_here(*id));
        // Replaced functions may say other things.
        let usable = self.indexed && only.is_none() && self.context.functions.is_empty();
        let index = node.index.as_ref().filter(|index| usable && self.may_skip(index, args));
        let (mut found, mut all) = (None, None);
        match (index, only) {
            (_, Some((_, at))) => all = node.definitions.get(at..=at).map(<[Definition]>::iter),
            (Some(index), None) => {
                self.tick()?;
                let root = self.asked(index, args);
                let value = root.and_then(|root| {
                    index.part.steps.iter().try_fold(root, |value, step| value.lookup(step))
                });
                found = Some(index.candidates(value));
            }
            (None, None) => all = Some(node.definitions.iter()),
        }
        let found = found.into_iter().flatten().filter_map(|at| node.definitions.get(at));
        Ok(all.into_iter().flatten().chain(found))
    }

    /// Returns what the part is in that an index asks for.
    fn asked<'a>(&'a self, index: &Index, args: &'a [Value]) -> Option<&'a Value> {
        match index.part.root {
            Root::Input => self.context.input.as_ref(),
            Root::Argument(at) => args.get(at),
        }
    }

    /// Tells whether nobody notices that definitions are skipped. Who watches sees each that is tried. Who asks what
    /// answers rest on hears of the place that the index asks for; that is all if nothing else is looked at before, and
    /// if it is known.
    fn may_skip(&mut self, index: &Index, args: &[Value]) -> bool {
        if self.observed.is_none() {
            return true;
        }
        if self.watches() || !(index.is_asked_first() || self.is_exact()) {
            return false;
        }
        let Some(root) = self.asked(index, args).cloned() else { return false };
        if index.part.root != Root::Input {
            return args.iter().all(|arg| self.unknown_in(arg).is_none());
        }
        if self.is_unknown_root("input") {
            return false;
        }
        let (mut at, mut way) = (Some(&root), Vec::with_capacity(index.part.steps.len()));
        for step in &index.part.steps {
            let Some(container) = at else { break };
            if self.unknown_route(container, step).is_some() {
                return false;
            }
            way.push((container, step));
            at = container.lookup(step);
        }
        if at.is_some_and(|value| self.unknown_in(value).is_some()) {
            return false;
        }
        // The first that is skipped would have read it.
        for (container, step) in way {
            self.read_is_cut(container, step);
        }
        true
    }

    fn members(&mut self, id: NodeId, node: &'p Node) -> Run<Value> {
        let mut members = SetBuilder::default();
        for definition in self.candidates(node, &[])? {
            self.enter(definition);
            let from = self.read_count();
            let mut frame = vec![Value::Null; definition.slots];
            self.solve(&definition.body, &mut frame, &mut |machine, frame| {
                machine.grow(48)?;
                let member = machine.value(&definition.value, frame)?;
                machine.exit_event(definition.at);
                if machine.traces_back() {
                    machine.note_member(id, &member, from)?;
                }
                members.insert(member);
                // A member without variables is the same each time.
                Ok(!matches!(definition.value, Op::Const(_)))
            })?;
        }
        Ok(Value::Set(Arc::new(members.finish())))
    }

    fn object(&mut self, id: NodeId) -> Run<Value> {
        let program = self.program;
        let mut tree = Tree::default();
        let Some(node) = program.nodes.get(id) else { return Ok(Value::empty_object()) };
        for definition in self.candidates(node, &[])? {
            self.enter(definition);
            let from = self.read_count();
            let mut frame = vec![Value::Null; definition.slots];
            self.solve(&definition.body, &mut frame, &mut |machine, frame| {
                machine.grow(96)?;
                machine.exit_event(definition.at);
                let mut path = Vec::with_capacity(definition.steps.len());
                for step in &definition.steps {
                    path.push(machine.value(step, frame)?);
                }
                let value = machine.value(&definition.value, frame)?;
                if machine.traces_back()
                    && let Some(key) = path.first()
                {
                    machine.note_member(id, key, from)?;
                }
                if path.len() as u32 > MAX_DEPTH || !tree.insert(&path, value, definition.member) {
                    return Err(machine.conflict("object keys must be unique", definition.at));
                }
                Ok(true)
            })?;
        }
        self.below(id, &mut Vec::new(), &mut tree)?;
        Ok(tree.finish())
    }

    /// Notes what a member of a set, or an entry of an object, rests on.
    fn note_member(&mut self, id: NodeId, member: &Value, from: usize) -> Run<()> {
        let reads = self.reads_since(from);
        self.grow(64 + 64 * reads.len())?;
        let mut cache = self.context.cache.borrow_mut();
        let known = cache.notes.entry(id).or_default().members.entry(member.clone()).or_default();
        for read in reads {
            if !known.contains(&read) {
                known.push(read);
            }
        }
        Ok(())
    }

    /// Adds the rules below a node.
    fn below(&mut self, id: NodeId, path: &mut Vec<Value>, tree: &mut Tree) -> Run<()> {
        let program = self.program;
        let Some(node) = program.nodes.get(id) else { return Ok(()) };
        for (key, child) in &node.children {
            path.push(key.clone());
            let has_rules = program.nodes.get(*child).is_some_and(|node| node.has_rules);
            if has_rules {
                if let Some(value) = self.document(*child)?
                    && !tree.merge(path, &value)
                {
                    let at = program.nodes.get(*child).and_then(|node| node.definitions.first());
                    return Err(
                        self.conflict("object keys must be unique", at.map(|d| d.at).unwrap_or_default())
                    );
                }
            } else {
                self.deeper(|machine| machine.below(*child, path, tree))?;
            }
            path.pop();
        }
        Ok(())
    }

    /// Calls a function; calls with the same arguments are worked out once.
    pub(super) fn call(&mut self, id: NodeId, args: Vec<Value>) -> Run<Option<Value>> {
        // What depends on the file that calls is not worked out once for all.
        if let Some(native) = self.program.nodes.get(id).and_then(|node| node.native.as_ref())
            && native.is_placed()
        {
            return self.call_native(native, &args);
        }
        let key = (id, args.iter().cloned().map(Argument).collect::<Vec<_>>());
        let known = self.context.cache.borrow().calls.get(&key).cloned();
        if let Some(known) = known {
            if self.traces_back() {
                let note = self.context.cache.borrow().call_notes.get(&key).cloned().unwrap_or_default();
                self.use_note(&note, known.is_some());
            }
            return Ok(known);
        }
        let context = self.context.clone();
        let before = (self.file, self.here);
        let (value, note) = self.noted(|machine| machine.deeper(|machine| machine.complete(id, &args)))?;
        self.leave(before);
        self.grow(64 + 32 * args.len())?;
        if self.traces_back() {
            self.use_note(&note, value.is_some());
            context.cache.borrow_mut().call_notes.insert(key.clone(), note);
        }
        context.cache.borrow_mut().calls.insert(key, value.clone());
        Ok(value)
    }

    /// Works out a rule or function that has one value.
    fn complete(&mut self, id: NodeId, args: &[Value]) -> Run<Option<Value>> {
        let program = self.program;
        let Some(node) = program.nodes.get(id) else { return Ok(None) };
        if let Some(native) = &node.native {
            return self.call_native(native, args);
        }
        let mut result: Option<Value> = None;
        let what = match node.arity {
            Some(_) => "functions must not produce multiple outputs for same inputs",
            None => "complete rules must not produce multiple outputs",
        };
        let before = self.cuts();
        for definition in self.candidates(node, args)? {
            self.definition(definition, args, what, &mut result)?;
            if result.is_some() && node.constant.is_some() {
                break;
            }
        }
        // Where a definition was cut, it is not known whether the default holds.
        if result.is_none()
            && self.cuts() == before
            && let Some(default) = &node.default
        {
            self.definition(default, args, what, &mut result)?;
        }
        Ok(result)
    }

    fn definition(
        &mut self,
        definition: &'p Definition,
        args: &[Value],
        what: &str,
        result: &mut Option<Value>,
    ) -> Run<()> {
        let mut next = Some(definition);
        while let Some(definition) = next {
            self.enter(definition);
            let before = self.cuts();
            let mut frame = vec![Value::Null; definition.slots];
            let mut any = false;
            let mut fits = args.len() == definition.args.len();
            for (pattern, arg) in definition.args.iter().zip(args) {
                fits = fits && self.matches(pattern, arg, &mut frame)?;
            }
            if fits {
                let constant = matches!(definition.value, Op::Const(_));
                self.solve(&definition.body, &mut frame, &mut |machine, frame| {
                    any = true;
                    machine.exit_event(definition.at);
                    let value = machine.value(&definition.value, frame)?;
                    match result {
                        Some(known) if *known != value => return Err(machine.conflict(what, definition.at)),
                        Some(_) => {}
                        None => *result = Some(value),
                    }
                    Ok(!constant)
                })?;
            }
            if any || self.cuts() > before {
                return Ok(());
            }
            next = definition.otherwise.as_deref();
        }
        Ok(())
    }
}

/// Puts one value over another, objects inside objects merged.
fn beneath(over: &Value, under: &Value) -> Value {
    let (Value::Object(over), Value::Object(under)) = (over, under) else { return over.clone() };
    let mut merged = ObjectBuilder::default();
    for (key, value) in under.iter() {
        merged.replace(key.clone(), value.clone());
    }
    for (key, value) in over.iter() {
        let value = under.get(key).map_or_else(|| value.clone(), |other| beneath(value, other));
        merged.replace(key.clone(), value);
    }
    Value::Object(Arc::new(merged.finish()))
}
