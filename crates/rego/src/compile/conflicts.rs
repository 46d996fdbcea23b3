//! Rules that can't stand beside each other.

use crate::Version;
use crate::syntax::Span;

use super::Wrong;
use super::error::Problem;
use super::ir::{NodeId, Program};
use super::lower::path_text;
use super::read::Source;
use super::scope;
use super::tree::{self, Place, Places};

/// Where a rule or package is.
type At = (usize, Span);

/// What is known of the rules of a node.
#[derive(Clone)]
struct Known {
    first: At,
    shape: Shape,
    default: Option<At>,
    conflict: Option<&'static str>,
}

/// What rules of one node have to have in common.
#[derive(PartialEq, Eq, Clone, Copy)]
struct Shape {
    arity: usize,
    /// Members of sets, not values.
    member: bool,
    /// No variables in the head: the path is the node's.
    ground: bool,
}

const CONFLICTING: &str = "conflicting rules";
const DEFAULTS: &str = "multiple default rules";

pub(crate) fn check(sources: &[Source], places: &Places, program: &Program, wrong: &mut Wrong) {
    let mut known: Vec<Option<Known>> = vec![None; program.nodes.len()];
    for ((file, source), places) in sources.iter().enumerate().zip(places) {
        for (rule, &Place { node, taken }) in source.module.rules.iter().zip(places) {
            let Some(known) = known.get_mut(node) else { continue };
            if let Some(root) = tree::name_of(&rule.head).filter(|name| scope::is_root(name))
                && source.module.version == Version::V1
            {
                let message = format!("rules must not shadow {root} (use a different rule name)");
                let problem =
                    Problem { code: "rego_compile_error", at: rule.at, message, details: Vec::new() };
                wrong.push(file, problem);
            }
            let (ground, member) = (taken >= rule.head.reference.len(), rule.head.key.is_some());
            let arity = rule.head.args.as_ref().map_or(0, |args| args.len());
            let shape = Shape { arity, member, ground };
            let here = (file, rule.at);
            match known {
                Some(known) if known.shape != shape => known.conflict = Some(CONFLICTING),
                Some(known) if rule.default => match known.default {
                    Some(_) => known.conflict = known.conflict.or(Some(DEFAULTS)),
                    None => known.default = Some(here),
                },
                Some(_) => {}
                None => {
                    let default = rule.default.then_some(here);
                    *known = Some(Known { first: here, shape, default, conflict: None });
                }
            }
        }
    }
    for (node, found) in known.iter().enumerate() {
        let Some(found) = found else { continue };
        let has_below =
            program.nodes.get(node).is_some_and(|node| !node.children.is_empty() || node.is_package);
        let below = if has_below && found.shape.ground { below(program, node) } else { Vec::new() };
        if !below.is_empty() {
            let shown = below.iter().map(|node| {
                let at = known.get(*node).and_then(Option::as_ref).map(|known| located(sources, known.first));
                format!("\n  rule {} at {}", program.name(*node), at.unwrap_or_default())
            });
            let shown: String = shown.collect();
            push(wrong, found.first, format!("rule {} conflicts with:{shown}", program.name(node)));
        } else if let Some(what) = found.conflict {
            let mut message = format!("{what} {} found", program.name(node));
            let mut at = found.first;
            if what == DEFAULTS {
                let defaults = defaults(sources, places, node);
                let shown: Vec<String> = defaults.iter().map(|at| located(sources, *at)).collect();
                message.push_str(&format!(" at {}", shown.join(", ")));
                at = package(sources, found.default.unwrap_or(found.first).0);
            }
            push(wrong, at, message);
        }
        if has_below && found.shape.ground {
            packages(sources, places, program, node, wrong);
        }
    }
}

fn push(wrong: &mut Wrong, (file, at): At, message: String) {
    wrong.push(file, Problem { code: "rego_type_error", at, message, details: Vec::new() });
}

/// Writes a place.
fn located(sources: &[Source], (file, at): At) -> String {
    let source = sources.get(file);
    source.map(|source| format!("{}:{}", source.path, source.line(at.start))).unwrap_or_default()
}

/// Returns where a file names its package.
fn package(sources: &[Source], file: usize) -> At {
    (file, sources.get(file).map(|source| source.module.package_at).unwrap_or_default())
}

/// Returns the defaults of a node.
fn defaults(sources: &[Source], places: &Places, node: NodeId) -> Vec<At> {
    let files = sources.iter().zip(places).enumerate();
    let rules = files.flat_map(|(file, (source, places))| {
        let rules = source.module.rules.iter().zip(places);
        rules.filter(|(rule, place)| rule.default && place.node == node).map(move |(rule, _)| (file, rule.at))
    });
    rules.collect()
}

/// Returns the nearest rules below a node: one with a value can't have any.
fn below(program: &Program, node: NodeId) -> Vec<NodeId> {
    let mut below = Vec::new();
    let mut work = vec![node];
    while let Some(id) = work.pop() {
        let children = program.nodes.get(id).map(|node| node.children.values().copied());
        for child in children.into_iter().flatten() {
            match program.nodes.get(child).is_some_and(|node| node.has_rules) {
                true => below.push(child),
                false => work.push(child),
            }
        }
    }
    below.sort_by_key(|node| program.name(*node));
    below
}

/// A rule can't stand where a package is.
fn packages(sources: &[Source], places: &Places, program: &Program, node: NodeId, wrong: &mut Wrong) {
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
    let Some(found) = below.first() else { return };
    let found = found.strip_prefix("data.").unwrap_or(found);
    for ((file, source), places) in sources.iter().enumerate().zip(places) {
        for (rule, _) in source.module.rules.iter().zip(places).filter(|(_, place)| place.node == node) {
            let name = tree::rule_name(&rule.head);
            let at = located(sources, (file, rule.at));
            let message = format!("package {found} conflicts with rule {name} defined at {at}");
            push(wrong, package(sources, file), message);
        }
    }
}
