//! What rules refer to, and the way from rule to rule.
//!
//! What enters: core literals of rules. What leaves: for each place of the tree the places that its rules refer to; and
//! a search along them, during which rules may be lowered.

use crate::syntax::Span;

use super::core::{Callee, Comprehension, Kind, Literal, Ref, Replacement, Root, Term};
use super::ir::{NodeId, Program};

/// Which nodes of the tree rules refer to.
pub(crate) struct Uses {
    /// By node; nothing where there are no rules.
    pub(super) nodes: Vec<Option<Use>>,
    /// A search came back to a place that it was on the way from.
    pub(super) ring: bool,
}

/// What is done on the way from rule to rule.
pub(crate) trait Visit {
    /// What is kept between coming to a place and leaving it.
    type Held;

    /// Comes to a place for the first time: notes what its rules refer to.
    fn enter(&mut self, node: NodeId, uses: &mut Uses) -> Self::Held;

    /// Leaves a place: all that its rules refer to was left before, unless it leads back here.
    fn leave(&mut self, node: NodeId, held: Self::Held);
}

/// What the rules of a node refer to.
pub(super) struct Use {
    edges: Vec<Edge>,
    pub(super) file: usize,
    pub(super) at: Span,
}

/// What a rule refers to: a node's own rules, or all below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Edge {
    Rules(NodeId),
    Subtree(NodeId),
}

/// Where a search has been.
pub(super) struct Seen {
    rules: Vec<State>,
    subtrees: Vec<State>,
}

impl Seen {
    pub(super) fn new(nodes: usize) -> Self {
        Seen { rules: vec![State::New; nodes], subtrees: vec![State::New; nodes] }
    }

    pub(super) fn get(&self, edge: Edge) -> State {
        let found = match edge {
            Edge::Rules(node) => self.rules.get(node),
            Edge::Subtree(node) => self.subtrees.get(node),
        };
        found.copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, edge: Edge, state: State) {
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
pub(super) enum State {
    #[default]
    New,
    /// On the path that is being followed.
    Open,
    Done,
}

/// A place on the way of a search.
struct Stop<H> {
    place: Edge,
    /// Where to go from here, still.
    left: std::vec::IntoIter<Edge>,
    /// What the visitor keeps, where there may be rules.
    held: Option<H>,
}

impl Uses {
    pub(crate) fn new(program: &Program) -> Self {
        Uses { nodes: program.nodes.iter().map(|_| None).collect(), ring: false }
    }

    /// Returns what the rules of a node refer to.
    pub(super) fn edges(&self, node: NodeId) -> &[Edge] {
        let uses = self.nodes.get(node).and_then(Option::as_ref);
        uses.map(|uses| uses.edges.as_slice()).unwrap_or_default()
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

    /// Searches from rule to rule, from these places on; references are noted while the search is under way.
    pub(crate) fn follow<V: Visit>(&mut self, program: &Program, starts: &[NodeId], visitor: &mut V) {
        let mut seen = Seen::new(self.nodes.len());
        let mut way = Vec::new();
        for start in starts {
            way.extend(self.stop(program, Edge::Rules(*start), &mut seen, visitor));
            while let Some(stop) = way.last_mut() {
                if let Some(next) = stop.left.next() {
                    way.extend(self.stop(program, next, &mut seen, visitor));
                    continue;
                }
                seen.set(stop.place, State::Done);
                if let Some(Stop { place: Edge::Rules(node), held: Some(held), .. }) = way.pop() {
                    visitor.leave(node, held);
                }
            }
        }
    }

    /// Comes to a place; nothing if the search was there before.
    fn stop<V: Visit>(
        &mut self,
        program: &Program,
        place: Edge,
        seen: &mut Seen,
        visitor: &mut V,
    ) -> Option<Stop<V::Held>> {
        match seen.get(place) {
            State::New => {}
            State::Open => {
                self.ring = true;
                return None;
            }
            State::Done => return None,
        }
        seen.set(place, State::Open);
        let held = match place {
            Edge::Rules(node) => Some(visitor.enter(node, self)),
            Edge::Subtree(_) => None,
        };
        Some(Stop { place, left: self.targets(program, place), held })
    }

    /// Returns where a place refers, last first.
    pub(super) fn targets(&self, program: &Program, vertex: Edge) -> std::vec::IntoIter<Edge> {
        let targets: Vec<Edge> = match vertex {
            Edge::Rules(node) => self.edges(node).iter().rev().copied().collect(),
            Edge::Subtree(node) => {
                let children = program.nodes.get(node).map(|node| node.children.values().copied());
                let below = children.into_iter().flatten().rev().map(Edge::Subtree);
                below.chain([Edge::Rules(node)]).collect()
            }
        };
        targets.into_iter()
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
        Kind::Every { body, .. } | Kind::None { body, .. } => {
            body.iter().for_each(|literal| each(literal, visit))
        }
        Kind::Term(_) | Kind::Unify(..) | Kind::Assign(..) | Kind::Equal(..) => {}
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
