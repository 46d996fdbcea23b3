//! Rules that need their own value.

use std::collections::BTreeMap;

use crate::Value;
use crate::syntax::Span;

use super::Wrong;
use super::core::{Callee, Comprehension, Kind, Literal, Ref, Replacement, Root, Term};
use super::error::Problem;
use super::ir::{NodeId, Program};
use super::lower::path_text;

/// Which nodes of the tree a rule refers to.
#[derive(Default)]
pub(crate) struct Uses {
    /// From a node with rules to where its definitions refer: a node's own rules, or all below it.
    edges: BTreeMap<NodeId, Vec<Edge>>,
    places: BTreeMap<NodeId, (usize, Span)>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Rules(NodeId),
    Subtree(NodeId),
}

impl Uses {
    pub(crate) fn add(&mut self, program: &Program, path: &[Value], body: &[Literal], file: usize, at: Span) {
        let Some(node) = program.find(path) else { return };
        let edges = self.edges.entry(node).or_default();
        self.places.entry(node).or_insert((file, at));
        let mut visit = |found: Found<'_>| match found {
            Found::Reference(reference) => follow(program, reference, edges),
            Found::Function(path) => edges.extend(program.find(path).map(Edge::Rules)),
        };
        body.iter().for_each(|literal| each(literal, &mut visit));
        edges.sort();
        edges.dedup();
    }

    /// Reports every cycle once, at the first of its rules.
    pub(crate) fn check(&self, program: &Program, wrong: &mut Wrong) {
        for cycle in self.cycles(program) {
            let mut names: Vec<String> = Vec::new();
            for node in &cycle {
                names.extend(program.nodes.get(*node).map(|node| path_text(&node.path)));
            }
            let Some((&(file, at), name)) =
                cycle.first().and_then(|node| self.places.get(node)).zip(names.first().cloned())
            else {
                continue;
            };
            names.push(name.clone());
            let message = format!("rule {name} is recursive: {}", names.join(" -> "));
            wrong.push(file, Problem { code: "rego_recursion_error", at, message, details: Vec::new() });
        }
    }

    /// Returns the nodes with rules, those that others refer to first.
    pub(crate) fn order(&self, program: &Program) -> Vec<NodeId> {
        let mut order = Vec::with_capacity(self.edges.len());
        let mut seen = std::collections::BTreeSet::new();
        for start in self.edges.keys() {
            let mut path = vec![(Edge::Rules(*start), None)];
            while let Some((vertex, left)) = path.last_mut() {
                let vertex = *vertex;
                if left.is_none() {
                    let new = seen.insert(vertex);
                    *left = Some(if new { self.targets(program, vertex) } else { Vec::new() });
                    if !new {
                        path.pop();
                        continue;
                    }
                }
                match left.as_mut().and_then(Vec::pop) {
                    Some(next) if !seen.contains(&next) => path.push((next, None)),
                    Some(_) => {}
                    None => {
                        path.pop();
                        if let Edge::Rules(node) = vertex {
                            order.push(node);
                        }
                    }
                }
            }
        }
        order
    }

    fn targets(&self, program: &Program, vertex: Edge) -> Vec<Edge> {
        match vertex {
            Edge::Rules(node) => self.edges.get(&node).cloned().unwrap_or_default(),
            Edge::Subtree(node) => {
                let mut targets = vec![Edge::Rules(node)];
                let children = program.nodes.get(node).map(|node| node.children.values().copied());
                targets.extend(children.into_iter().flatten().map(Edge::Subtree));
                targets
            }
        }
    }

    /// Depth-first search with a stack of its own.
    fn cycles(&self, program: &Program) -> Vec<Vec<NodeId>> {
        let mut state: BTreeMap<Edge, bool> = BTreeMap::new();
        let mut found = Vec::new();
        for start in self.edges.keys() {
            let start = Edge::Rules(*start);
            if state.contains_key(&start) {
                continue;
            }
            let mut path: Vec<(Edge, Vec<Edge>)> = vec![(start, self.targets(program, start))];
            state.insert(start, true);
            while let Some((vertex, left)) = path.last_mut() {
                let vertex = *vertex;
                let Some(next) = left.pop() else {
                    state.insert(vertex, false);
                    path.pop();
                    continue;
                };
                match state.get(&next) {
                    None => {
                        state.insert(next, true);
                        path.push((next, self.targets(program, next)));
                    }
                    Some(true) => {
                        let on_cycle = path.iter().skip_while(|(on_path, _)| *on_path != next);
                        let rules = on_cycle.filter_map(|(on_path, _)| match on_path {
                            Edge::Rules(node) => Some(*node),
                            Edge::Subtree(_) => None,
                        });
                        let rules: Vec<NodeId> = rules.collect();
                        if !rules.is_empty() {
                            found.push(rules);
                        }
                    }
                    Some(false) => {}
                }
            }
        }
        found
    }
}

enum Found<'t> {
    Reference(&'t Ref),
    Function(&'t [Value]),
}

/// Finds references and calls in a literal, closures included.
fn each(literal: &Literal, visit: &mut dyn FnMut(Found<'_>)) {
    literal.each_term(&mut |term| match term {
        Term::Ref(reference) => visit(Found::Reference(reference)),
        Term::Comprehension(inner) => comprehension(inner, visit),
        _ => {}
    });
    for (_, replacement) in &literal.with {
        if let Replacement::Function(Callee::Function(path)) = replacement {
            visit(Found::Function(path));
        }
    }
    match &literal.kind {
        Kind::Call(call) => {
            if let Callee::Function(path) = &call.callee {
                visit(Found::Function(path));
            }
        }
        Kind::Every { body, .. } => body.iter().for_each(|literal| each(literal, visit)),
        Kind::Term(_) | Kind::Unify(..) | Kind::Equal(..) => {}
    }
}

fn comprehension(inner: &Comprehension, visit: &mut dyn FnMut(Found<'_>)) {
    inner.body.iter().for_each(|literal| each(literal, visit));
}

/// Follows a reference down the tree of rules.
fn follow(program: &Program, reference: &Ref, edges: &mut Vec<Edge>) {
    if reference.root != Root::Data {
        return;
    }
    let mut at = vec![Program::ROOT];
    for step in &reference.steps {
        let mut next = Vec::new();
        for node in at {
            let Some(children) = program.nodes.get(node).map(|node| &node.children) else { continue };
            match step.as_const() {
                Some(key) => next.extend(children.get(&key).copied()),
                None => next.extend(children.values().copied()),
            }
        }
        for node in &next {
            if program.nodes.get(*node).is_some_and(|node| node.has_rules) {
                edges.push(Edge::Rules(*node));
            }
        }
        at = next;
        if at.is_empty() {
            return;
        }
    }
    edges.extend(at.into_iter().map(Edge::Subtree));
}
