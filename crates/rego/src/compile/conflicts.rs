//! Rules that can't stand beside each other.

use crate::syntax::Rule;

use super::Wrong;
use super::error::Problem;
use super::ir::{NodeId, Program};
use super::lower::path_text;
use super::read::Source;
use super::tree::{Place, Places};

#[derive(PartialEq, Eq, Clone, Copy)]
struct Shape {
    arity: Option<usize>,
    member: bool,
    dynamic: bool,
}

pub(crate) fn check(sources: &[Source], places: &Places, program: &Program, wrong: &mut Wrong) {
    let mut known: Vec<Option<(Shape, bool)>> = vec![None; program.nodes.len()];
    for ((file, source), places) in sources.iter().enumerate().zip(places) {
        for (rule, &Place { node, taken }) in source.module.rules.iter().zip(places) {
            let Some(known) = known.get_mut(node) else { continue };
            let dynamic = taken < rule.head.reference.len();
            let shape = Shape {
                arity: rule.head.args.as_ref().map(Vec::len),
                member: rule.head.key.is_some() && !dynamic,
                dynamic,
            };
            let mut push = |message: String| {
                wrong.push(
                    file,
                    Problem { code: "rego_type_error", at: rule.at, message, details: Vec::new() },
                );
            };
            match known {
                Some((first, _)) if *first != shape && !compatible(*first, shape) => {
                    push(format!("conflicting rules {} found", program.name(node)));
                }
                Some((_, true)) if rule.default => {
                    push(format!("multiple default rules {} found", program.name(node)));
                }
                Some((_, default)) => *default |= rule.default,
                None => *known = Some((shape, rule.default)),
            }
            if program.nodes.get(node).is_none_or(|node| node.children.is_empty() && !node.is_package) {
                continue;
            }
            if !dynamic {
                children(program, node, &mut push);
            }
            packages(program, rule, node, &mut push);
        }
    }
}

/// Partial objects and sets of partial objects may share a path; so may objects and what is below them.
fn compatible(a: Shape, b: Shape) -> bool {
    a.arity.is_none() && b.arity.is_none() && a.member == b.member && a.dynamic && b.dynamic
}

/// A rule with one value can't have rules below it.
fn children(program: &Program, node: NodeId, push: &mut impl FnMut(String)) {
    let mut below = Vec::new();
    let mut work: Vec<NodeId> =
        program.nodes.get(node).map(|node| node.children.values().copied().collect()).unwrap_or_default();
    while let Some(id) = work.pop() {
        let Some(child) = program.nodes.get(id) else { continue };
        work.extend(child.children.values());
        if child.has_rules {
            below.push(path_text(&child.path));
        }
    }
    if !below.is_empty() {
        below.sort();
        push(format!("rule {} conflicts with [{}]", program.name(node), below.join(" ")));
    }
}

/// A rule can't stand where a package is.
fn packages(program: &Program, rule: &Rule, node: NodeId, push: &mut impl FnMut(String)) {
    let mut below = Vec::new();
    let mut work = vec![node];
    while let Some(id) = work.pop() {
        let Some(found) = program.nodes.get(id) else { continue };
        work.extend(found.children.values());
        if found.is_package {
            below.push(path_text(&found.path));
        }
    }
    below.sort();
    if let Some(package) = below.first() {
        let name = super::tree::name_of(&rule.head).map(|name| name.to_string()).unwrap_or_default();
        push(format!("package {package} conflicts with rule {name} defined here"));
    }
}
