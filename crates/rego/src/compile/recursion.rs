//! Rules that need their own value.

use crate::syntax::Span;

use super::Wrong;
use super::core::{Callee, Comprehension, Kind, Literal, Ref, Replacement, Root, Term};
use super::error::Problem;
use super::ir::{NodeId, Program};

/// So many rules that lead back to themselves are reported, as by OPA.
const MOST: usize = 10;

/// Which nodes of the tree rules refer to.
pub(crate) struct Uses {
    /// By node; nothing where there are no rules.
    nodes: Vec<Option<Use>>,
}

struct Use {
    /// Where the definitions refer: a node's own rules, or all below it.
    edges: Vec<Edge>,
    file: usize,
    at: Span,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Rules(NodeId),
    Subtree(NodeId),
}

/// Where a search has been.
struct Seen<T> {
    rules: Vec<T>,
    subtrees: Vec<T>,
}

impl<T: Copy + Default> Seen<T> {
    fn new(nodes: usize) -> Self {
        Seen { rules: vec![T::default(); nodes], subtrees: vec![T::default(); nodes] }
    }

    fn get(&self, edge: Edge) -> T {
        let found = match edge {
            Edge::Rules(node) => self.rules.get(node),
            Edge::Subtree(node) => self.subtrees.get(node),
        };
        found.copied().unwrap_or_default()
    }

    fn set(&mut self, edge: Edge, state: T) {
        let slot = match edge {
            Edge::Rules(node) => self.rules.get_mut(node),
            Edge::Subtree(node) => self.subtrees.get_mut(node),
        };
        if let Some(slot) = slot {
            *slot = state;
        }
    }
}

/// Where a search stands with a place.
#[derive(Clone, Copy, Default)]
enum State {
    #[default]
    New,
    /// On the path that is being followed.
    Open,
    Done,
}

impl Uses {
    pub(crate) fn new(program: &Program) -> Self {
        Uses { nodes: program.nodes.iter().map(|_| None).collect() }
    }

    pub(crate) fn add(&mut self, program: &Program, node: NodeId, body: &[Literal], file: usize, at: Span) {
        let Some(uses) = self.nodes.get_mut(node) else { return };
        let uses = uses.get_or_insert_with(|| Use { edges: Vec::new(), file, at });
        if uses.edges.is_empty() {
            // A definition that needs nothing is no part of a ring.
            (uses.file, uses.at) = (file, at);
        }
        let edges = &mut uses.edges;
        let mut visit = |found: Found<'_>| match found {
            Found::Reference(reference) => follow(program, reference, edges),
            Found::Function(node) => edges.push(Edge::Rules(node)),
        };
        body.iter().for_each(|literal| each(literal, &mut visit));
        edges.sort();
        edges.dedup();
    }

    /// Reports every rule that leads back to itself, each with a way around.
    pub(crate) fn check(&self, program: &Program, wrong: &mut Wrong) {
        let mut cycles = Vec::new();
        for cycle in self.cycles(program) {
            for turn in 0..cycle.len() {
                if cycles.len() >= MOST {
                    break;
                }
                let way: Vec<NodeId> = cycle.iter().cycle().skip(turn).take(cycle.len()).copied().collect();
                if !cycles.iter().any(|known: &Vec<NodeId>| known.first() == way.first()) {
                    cycles.push(way);
                }
            }
        }
        for cycle in cycles {
            let mut names: Vec<String> = cycle.iter().map(|node| program.name(*node)).collect();
            let first = cycle.first().and_then(|node| self.nodes.get(*node)?.as_ref());
            let Some((uses, name)) = first.zip(names.first().cloned()) else { continue };
            names.push(name.clone());
            let message = format!("rule {name} is recursive: {}", names.join(" -> "));
            let problem = Problem { code: "rego_recursion_error", at: uses.at, message, details: Vec::new() };
            wrong.push(uses.file, problem);
        }
    }

    fn starts(&self) -> impl Iterator<Item = Edge> + '_ {
        self.nodes.iter().enumerate().filter(|(_, uses)| uses.is_some()).map(|(node, _)| Edge::Rules(node))
    }

    /// Returns the nodes with rules, those that others refer to first.
    pub(crate) fn order(&self, program: &Program) -> Vec<NodeId> {
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut seen = Seen::<bool>::new(self.nodes.len());
        for start in self.starts() {
            if seen.get(start) {
                continue;
            }
            seen.set(start, true);
            let mut path = vec![(start, self.targets(program, start))];
            while let Some((vertex, left)) = path.last_mut() {
                let vertex = *vertex;
                match left.next() {
                    Some(next) if !seen.get(next) => {
                        seen.set(next, true);
                        path.push((next, self.targets(program, next)));
                    }
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

    /// Returns where a place refers, last first.
    fn targets(&self, program: &Program, vertex: Edge) -> std::vec::IntoIter<Edge> {
        let targets: Vec<Edge> = match vertex {
            Edge::Rules(node) => {
                let uses = self.nodes.get(node).and_then(Option::as_ref);
                uses.map(|uses| uses.edges.iter().rev().copied().collect()).unwrap_or_default()
            }
            Edge::Subtree(node) => {
                let children = program.nodes.get(node).map(|node| node.children.values().copied());
                let below = children.into_iter().flatten().rev().map(Edge::Subtree);
                below.chain([Edge::Rules(node)]).collect()
            }
        };
        targets.into_iter()
    }

    /// Depth-first search with a stack of its own.
    fn cycles(&self, program: &Program) -> Vec<Vec<NodeId>> {
        let mut states = Seen::<State>::new(self.nodes.len());
        let mut found = Vec::new();
        for start in self.starts() {
            if !matches!(states.get(start), State::New) {
                continue;
            }
            let mut path = vec![(start, self.targets(program, start))];
            states.set(start, State::Open);
            while let Some((vertex, left)) = path.last_mut() {
                let vertex = *vertex;
                let Some(next) = left.next() else {
                    states.set(vertex, State::Done);
                    path.pop();
                    continue;
                };
                match states.get(next) {
                    State::New => {
                        states.set(next, State::Open);
                        path.push((next, self.targets(program, next)));
                    }
                    State::Open => {
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
                    State::Done => {}
                }
            }
        }
        found
    }
}

enum Found<'t> {
    Reference(&'t Ref),
    Function(NodeId),
}

/// Finds references and calls in a literal, closures included.
fn each(literal: &Literal, visit: &mut dyn FnMut(Found<'_>)) {
    literal.each_term(&mut |term| match term {
        Term::Ref(reference) => visit(Found::Reference(reference)),
        Term::Comprehension(inner) => comprehension(inner, visit),
        _ => {}
    });
    for (_, replacement) in &literal.with {
        if let Replacement::Function(Callee::Function(node), _) = replacement {
            visit(Found::Function(*node));
        }
    }
    match &literal.kind {
        Kind::Call(call) => {
            if let Callee::Function(node) = &call.callee {
                visit(Found::Function(*node));
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
    // Constant keys lead to one place each.
    let (mut node, mut taken) = (Program::ROOT, 0);
    for step in &reference.steps {
        let Term::Const(key) = step else { break };
        let Some(next) = program.child(node, key) else { return };
        (node, taken) = (next, taken + 1);
        if program.nodes.get(node).is_some_and(|node| node.has_rules) {
            edges.push(Edge::Rules(node));
        }
    }
    if taken == reference.steps.len() {
        return edges.push(Edge::Subtree(node));
    }
    let mut at = vec![node];
    for step in reference.steps.iter().skip(taken) {
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
