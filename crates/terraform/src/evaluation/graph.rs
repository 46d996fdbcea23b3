//! The order of evaluation: each thing after what it refers to.
//!
//! The walk keeps its own stack, so that a chain of references may be as long as the files make it. A circle is
//! reported with all its members; the reference that closes it is unknown.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use trueline_model::{Mode, NoteKind};
use trueline_text::Location;

use super::{ModuleId, World};
use crate::module::{ResourceKey, enabled};
use crate::references::{self, Reference};

/// Something that is evaluated once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    Variable(ModuleId, Arc<str>),
    Local(ModuleId, Arc<str>),
    Output(ModuleId, Arc<str>),
    Resource(ModuleId, ResourceKey),
    /// Which instances a module call makes.
    Call(ModuleId, Arc<str>),
    /// The nth `provider` block.
    Provider(ModuleId, usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Begun,
    Done,
}

/// What is evaluated already.
#[derive(Default)]
pub(crate) struct Progress {
    states: HashMap<Node, State>,
}

struct Frame {
    node: Node,
    needs: Vec<Node>,
    next: usize,
    /// Module calls among the needs are expanded: their outputs stand in `needs`.
    expanded: bool,
}

/// Arguments of a resource that have no value in its plan.
pub(crate) const META: [&str; 8] =
    ["depends_on", "provider", "lifecycle", "provisioner", "connection", "count", "for_each", "//"];
/// Arguments of a module call that are no variables.
pub(crate) const CALL_META: [&str; 8] =
    ["source", "version", "providers", "depends_on", "count", "for_each", "lifecycle", "//"];

impl World<'_> {
    /// Evaluates everything that a module instance declares.
    pub fn evaluate_module(&mut self, id: ModuleId) {
        let Some(config) = self.module(id).map(|m| m.config.clone()) else { return };
        let nodes = (config.variables.keys().map(|n| Node::Variable(id, n.clone())))
            .chain(config.locals.keys().map(|n| Node::Local(id, n.clone())))
            .chain((0..config.providers.len()).map(|n| Node::Provider(id, n)))
            .chain(config.calls.keys().map(|n| Node::Call(id, n.clone())))
            .chain(config.resources.keys().map(|k| Node::Resource(id, k.clone())))
            .chain(config.outputs.keys().map(|n| Node::Output(id, n.clone())));
        for node in nodes {
            self.visit(node);
        }
    }

    /// Evaluates a node after all that it needs.
    pub fn visit(&mut self, node: Node) {
        let mut stack: Vec<Frame> = Vec::new();
        self.begin(node, &mut stack);
        while let Some(frame) = stack.last_mut() {
            if let Some(need) = frame.needs.get(frame.next).cloned() {
                frame.next += 1;
                match self.graph.states.get(&need) {
                    Some(State::Done) => {}
                    Some(State::Begun) => self.report_circle(&need, &stack),
                    None => self.begin(need, &mut stack),
                }
            } else if !frame.expanded {
                frame.expanded = true;
                let node = frame.node.clone();
                let more = self.outputs_needed(&node);
                if let Some(frame) = stack.last_mut() {
                    frame.needs = more;
                    frame.next = 0;
                }
            } else if let Some(done) = stack.pop() {
                self.evaluate(&done.node);
                self.graph.states.insert(done.node, State::Done);
            }
        }
    }

    fn begin(&mut self, node: Node, stack: &mut Vec<Frame>) {
        if self.graph.states.contains_key(&node) {
            return;
        }
        self.graph.states.insert(node.clone(), State::Begun);
        let needs = self.needs(&node);
        stack.push(Frame { node, needs, next: 0, expanded: false });
    }

    fn evaluate(&mut self, node: &Node) {
        match node {
            Node::Variable(m, name) => self.evaluate_variable(*m, name),
            Node::Local(m, name) => self.evaluate_local(*m, name),
            Node::Output(m, name) => self.evaluate_output(*m, name),
            Node::Resource(m, key) => self.evaluate_resource(*m, key),
            Node::Call(m, name) => self.evaluate_call(*m, name),
            Node::Provider(m, n) => self.evaluate_provider(*m, *n),
        }
    }

    /// The references of a node, and the module in which they are meant.
    fn references(&self, node: &Node) -> (ModuleId, BTreeSet<Reference>) {
        let mut out = BTreeSet::new();
        let module = match node {
            Node::Variable(m, name) => {
                let Some(parent) = self.module(*m).and_then(|m| m.parent.as_ref()) else { return (*m, out) };
                let call = self.module(parent.module).and_then(|p| p.config.calls.get(&parent.call));
                if let Some((_, e)) = call.and_then(|c| c.content.expr(name)) {
                    references::of_expr(e, &mut out);
                }
                parent.module
            }
            Node::Local(m, name) => {
                if let Some(l) = self.module(*m).and_then(|m| m.config.locals.get(name)) {
                    references::of_expr(l.expr, &mut out);
                }
                *m
            }
            Node::Output(m, name) => {
                let output = self.module(*m).and_then(|m| m.config.outputs.get(name));
                if let Some((_, e)) = output.and_then(|o| o.content.expr("value")) {
                    references::of_expr(e, &mut out);
                }
                *m
            }
            Node::Resource(m, key) => {
                if let Some(r) = self.module(*m).and_then(|m| m.config.resources.get(key)) {
                    let skip = ["depends_on", "provider", "lifecycle", "provisioner", "connection"];
                    references::of_content(&r.content, &skip, &mut out);
                    if let Some(a) = enabled(&r.content) {
                        references::of_expr(a.expr, &mut out);
                    }
                }
                *m
            }
            Node::Call(m, name) => {
                if let Some(c) = self.module(*m).and_then(|m| m.config.calls.get(name)) {
                    for arg in ["count", "for_each"] {
                        if let Some((_, e)) = c.content.expr(arg) {
                            references::of_expr(e, &mut out);
                        }
                    }
                    if let Some(a) = enabled(&c.content) {
                        references::of_expr(a.expr, &mut out);
                    }
                }
                *m
            }
            Node::Provider(m, n) => {
                if let Some(p) = self.module(*m).and_then(|m| m.config.providers.get(*n)) {
                    references::of_content(&p.declaration.content, &["alias", "version"], &mut out);
                }
                *m
            }
        };
        (module, out)
    }

    pub(super) fn needs(&self, node: &Node) -> Vec<Node> {
        let (m, references) = self.references(node);
        let Some(module) = self.module(m) else { return Vec::new() };
        let c = &module.config;
        let mut out: Vec<Node> = references
            .into_iter()
            .filter_map(|r| match r {
                Reference::Variable(n) => c.variables.contains_key(&n).then_some(Node::Variable(m, n)),
                Reference::Local(n) => c.locals.contains_key(&n).then_some(Node::Local(m, n)),
                Reference::Resource(k) => c.resources.contains_key(&k).then_some(Node::Resource(m, k)),
                Reference::Module(n, _) => c.calls.contains_key(&n).then_some(Node::Call(m, n)),
            })
            .collect();
        if let Node::Resource(m, key) = node
            && let Some((module, n)) = self.provider_block(*m, key)
        {
            out.push(Node::Provider(module, n));
        }
        // Whether a data source is read while Terraform plans hangs on what it depends on.
        if let Node::Resource(m, key) = node
            && key.mode == Mode::Data
        {
            out.extend(self.dependencies(*m, key));
        }
        out
    }

    /// Outputs of called modules that a node refers to; the calls are expanded.
    pub(super) fn outputs_needed(&self, node: &Node) -> Vec<Node> {
        let (m, references) = self.references(node);
        let Some(module) = self.module(m) else { return Vec::new() };
        let mut out = Vec::new();
        if let Node::Resource(m, key) = node
            && key.mode == Mode::Data
        {
            for dependency in self.dependencies(*m, key) {
                if let Node::Call(m, call) = dependency {
                    out.extend(self.inside(m, &call));
                }
            }
        }
        for r in references {
            let Reference::Module(call, output) = r else { continue };
            for (_, child) in module.calls.get(&call).into_iter().flat_map(|c| &c.children) {
                let Some(config) = self.module(*child).map(|m| &m.config) else { continue };
                match &output {
                    Some(o) if config.outputs.contains_key(o) => out.push(Node::Output(*child, o.clone())),
                    Some(_) => {}
                    None => out.extend(config.outputs.keys().map(|o| Node::Output(*child, o.clone()))),
                }
            }
        }
        out
    }

    fn report_circle(&mut self, closes: &Node, stack: &[Frame]) {
        let from = stack.iter().position(|f| f.node == *closes).unwrap_or(0);
        let members = stack.get(from..).unwrap_or_default();
        let names: Vec<String> = members.iter().map(|f| self.name_of(&f.node)).collect();
        let at = members.iter().filter_map(|f| self.place_of(&f.node)).min();
        let message = match names.as_slice() {
            [one] => format!("{one} refers to itself"),
            many if many.len() > 12 => {
                let shown = many.get(..12).unwrap_or_default().join(" → ");
                format!("these refer to each other in a circle: {shown} → … ({} in all)", many.len())
            }
            many => {
                let first = many.first().map(String::as_str).unwrap_or_default();
                format!("these refer to each other in a circle: {} → {first}", many.join(" → "))
            }
        };
        self.notes.add(NoteKind::Error, message, Some("remove one of the references".into()), at);
    }

    fn name_of(&self, node: &Node) -> String {
        let (m, name) = match node {
            Node::Variable(m, n) => (m, format!("var.{n}")),
            Node::Local(m, n) => (m, format!("local.{n}")),
            Node::Output(m, n) => (m, format!("output.{n}")),
            Node::Resource(m, k) if k.mode == Mode::Data => (m, format!("data.{}.{}", k.kind, k.name)),
            Node::Resource(m, k) => (m, format!("{}.{}", k.kind, k.name)),
            Node::Call(m, n) => (m, format!("module.{n}")),
            Node::Provider(m, n) => {
                let p = self.module(*m).and_then(|m| m.config.providers.get(*n));
                (m, format!("provider.{}", p.map(|p| &*p.name).unwrap_or_default()))
            }
        };
        let path: String =
            self.module(*m).map(|m| m.path.iter().map(|s| format!("{s}.")).collect()).unwrap_or_default();
        format!("`{path}{name}`")
    }

    fn place_of(&self, node: &Node) -> Option<Location> {
        match node {
            Node::Variable(m, n) => self.module(*m)?.config.variables.get(n).map(|d| d.at()),
            Node::Local(m, n) => {
                self.module(*m)?.config.locals.get(n).map(|l| Location { file: l.file, span: l.expr.span })
            }
            Node::Output(m, n) => self.module(*m)?.config.outputs.get(n).map(|d| d.at()),
            Node::Resource(m, k) => self.module(*m)?.config.resources.get(k).map(|d| d.at()),
            Node::Call(m, n) => self.module(*m)?.config.calls.get(n).map(|d| d.at()),
            Node::Provider(m, n) => self.module(*m)?.config.providers.get(*n).map(|p| p.declaration.at()),
        }
    }
}
