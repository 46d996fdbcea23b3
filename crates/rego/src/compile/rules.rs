//! All rules to their definitions, each after those that it needs.
//!
//! What enters: the rules of all files, and the tree of places that they define. What leaves: definitions by place. A
//! search follows the references of rules: a rule is lowered when the search comes to it, and checked and written when
//! all that it needs is. So the types of what it needs are known, and little is held at a time.

use crate::syntax::Rule;

use super::Wrong;
use super::ir::{Definition, NodeId};
use super::lower::{Lower, Surroundings};
use super::read::Source;
use super::rule::{self, Lowered};
use super::strict;
use super::tree::Places;
use super::types::{Checked, Checker, Scopes, Written};
use super::uses::{Uses, Visit};

/// A definition, its place, and whether it is a default.
pub(crate) type Defined = (NodeId, bool, Definition);

/// The rules of all files, and where they stand.
pub(crate) struct Rules<'a> {
    pub(crate) sources: &'a [Source],
    pub(crate) rules: Vec<Vec<Rule>>,
    pub(crate) places: &'a Places,
    pub(crate) around: &'a Surroundings<'a>,
    /// What is known of the types of `input` and `data`.
    pub(crate) documents: Scopes<'a>,
    pub(crate) strict: bool,
}

/// What the search gives.
pub(crate) struct Outcome<'a> {
    pub(crate) defined: Vec<Defined>,
    pub(crate) uses: Uses,
    pub(crate) types: Checker<'a>,
}

/// Makes definitions of all rules.
pub(crate) fn define<'a>(all: Rules<'a>, wrong: &mut Wrong) -> Outcome<'a> {
    let Rules { sources, rules, places, around, documents, strict } = all;
    let program = around.program;
    let mut by_node = Vec::with_capacity(rules.iter().map(Vec::len).sum());
    for (file, places) in places.iter().enumerate() {
        by_node.extend(places.iter().enumerate().map(|(index, place)| (place.node, file, index)));
    }
    by_node.sort_unstable();
    let mut nodes: Vec<NodeId> = by_node.iter().map(|(node, ..)| *node).collect();
    nodes.dedup();
    let mut define = Define {
        places,
        by_node,
        rules: rules.into_iter().map(|rules| rules.into_iter().map(Some).collect()).collect(),
        lower: Lower::new(around),
        types: Checker::new(program, sources, documents, strict),
        checked: Vec::new(),
        strict,
        wrong,
        defined: Vec::new(),
    };
    define.defined.reserve_exact(define.by_node.len());
    let mut uses = Uses::new(program);
    uses.follow(program, &nodes, &mut define);
    let Define { types, defined, .. } = define;
    Outcome { defined, uses, types }
}

/// What a search from rule to rule makes.
struct Define<'a, 'w> {
    places: &'a Places,
    /// The rules of each place, in the order in which they are written: file, and index in it.
    by_node: Vec<(NodeId, usize, usize)>,
    /// Rules that the search did not come to yet.
    rules: Vec<Vec<Option<Rule>>>,
    lower: Lower<'a>,
    types: Checker<'a>,
    /// Room for what is to be checked of a rule.
    checked: Vec<Checked>,
    strict: bool,
    wrong: &'w mut Wrong,
    defined: Vec<Defined>,
}

/// The definitions of a place between lowering and writing: where they come from, and whether they are defaults.
type Held = Vec<(Written, bool, Lowered)>;

impl Visit for Define<'_, '_> {
    type Held = Held;

    fn enter(&mut self, node: NodeId, uses: &mut Uses) -> Held {
        let from = self.by_node.partition_point(|(at, ..)| *at < node);
        let rules = self.by_node.get(from..).unwrap_or_default();
        let rules = rules.get(..rules.partition_point(|(at, ..)| *at == node)).unwrap_or_default();
        let mut held = Vec::with_capacity(rules.len());
        for (_, file, index) in rules {
            let rule = self.rules.get_mut(*file).and_then(|rules| rules.get_mut(*index)?.take());
            let place = self.places.get(*file).and_then(|places| places.get(*index));
            let (Some(rule), Some(place)) = (rule, place) else { continue };
            self.lower.turn_to(*file, *index);
            let default = rule.default;
            let from = Written { file: *file, rule: *index, otherwise: false, at: rule.at };
            held.push((from, default, rule::lower(&mut self.lower, rule, *file, *place, uses)));
        }
        held
    }

    fn leave(&mut self, node: NodeId, held: Held) {
        for (from, default, lowered) in held {
            let file = from.file;
            let written = rule::write(self.lower.around.program, lowered, file, node, &mut self.checked);
            if self.strict {
                strict::variables(&written.variables, self.wrong, file);
            }
            self.wrong.extend(file, written.problems);
            if self.wrong.is_empty() {
                // The bodies of `else` come before the one that they belong to.
                let last = self.checked.len().saturating_sub(1);
                for (at, rule) in self.checked.iter().enumerate() {
                    self.types.rule(rule, Written { otherwise: at < last, ..from });
                }
            }
            self.checked.clear();
            self.defined.extend(written.definition.map(|definition| (node, default, definition)));
        }
    }
}
