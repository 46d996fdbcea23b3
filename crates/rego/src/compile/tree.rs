//! The tree of rules: which path each rule defines, which names a file sees, what packages look like from outside.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::syntax::{Head, Module, Name, Rule, Term, TermKind};
use crate::{CustomBuiltin, Package, RuleKind, Value};

use super::annotate::Annotations;
use super::core::Root;
use super::error::place;
use super::ir::{Op, Program};
use super::lower::path_text;
use super::read::Source;
use super::scope::Globals;

/// Where a rule stands: the constant part of its path, and how much of the head that covers.
pub(crate) struct RulePath {
    pub(crate) ground: Vec<Value>,
    /// How many terms of the head's reference are part of `ground`.
    pub(crate) taken: usize,
}

pub(crate) fn rule_path(module: &Module, head: &Head) -> RulePath {
    let mut ground: Vec<Value> = module.package.iter().map(|name| Value::String(name.clone())).collect();
    let mut taken = 0;
    for step in &head.reference {
        let key = match &step.kind {
            TermKind::Var(name) if taken == 0 => Some(Value::String(name.clone())),
            _ => scalar(step),
        };
        let Some(key) = key else { break };
        ground.push(key);
        taken += 1;
    }
    RulePath { ground, taken }
}

fn scalar(term: &Term) -> Option<Value> {
    match &term.kind {
        TermKind::Null => Some(Value::Null),
        TermKind::Bool(flag) => Some(Value::Bool(*flag)),
        TermKind::Number(number) => Some(Value::Number(number.clone())),
        TermKind::String(text) => Some(Value::String(text.clone())),
        TermKind::Array(items) => Some(Value::array(items.iter().map(scalar).collect::<Option<_>>()?)),
        _ => None,
    }
}

/// Makes the nodes of all rules, without their definitions.
pub(crate) fn build(sources: &[Source], natives: &[CustomBuiltin]) -> Program {
    let mut program = Program::default();
    program.reach(&[]);
    for native in natives {
        let id = program.reach(&Program::native_path(native.name()));
        if let Some(node) = program.nodes.get_mut(id) {
            node.arity = Some(native.arity());
            node.native = Some(native.clone());
        }
    }
    for source in sources {
        let package: Vec<Value> =
            source.module.package.iter().map(|name| Value::String(name.clone())).collect();
        let id = program.reach(&package);
        if let Some(node) = program.nodes.get_mut(id) {
            node.is_package = true;
        }
        for rule in &source.module.rules {
            let id = program.reach(&rule_path(&source.module, &rule.head).ground);
            if let Some(node) = program.nodes.get_mut(id) {
                node.has_rules = true;
                if let Some(args) = &rule.head.args {
                    node.arity.get_or_insert(args.len());
                }
            }
        }
    }
    program
}

/// The names of the rules of each package.
pub(crate) type PackageNames<'s> = HashMap<&'s [Name], BTreeSet<&'s Name>>;

/// Gathers the names of the rules of each package, over all its files.
pub(crate) fn names(sources: &[Source]) -> PackageNames<'_> {
    let mut names = PackageNames::new();
    for source in sources {
        let of_package = names.entry(source.module.package.as_slice()).or_default();
        let rules = source.module.rules.iter();
        of_package.extend(rules.filter_map(|rule| rule.head.reference.first().and_then(Term::as_var)));
    }
    names
}

/// Gathers the names that a file sees.
pub(crate) fn globals(names: &PackageNames<'_>, source: &Source) -> Globals {
    let mut globals = Globals::default();
    let package = &source.module.package;
    for name in names.get(package.as_slice()).into_iter().flatten() {
        let mut path: Vec<Value> = package.iter().map(|name| Value::String(name.clone())).collect();
        path.push(Value::String((*name).clone()));
        globals.names.insert((*name).clone(), (Root::Data, path));
    }
    for import in &source.module.imports {
        let root = match import.path.first().map(AsRef::as_ref) {
            Some("data") => Root::Data,
            Some("input") => Root::Input,
            _ => continue,
        };
        let path = import.path.iter().skip(1).map(|name| Value::String(name.clone())).collect();
        if let Some(name) = import.name() {
            globals.names.insert(name.clone(), (root, path));
        }
    }
    globals
}

/// Notes what can be known of the nodes once all definitions are there.
pub(crate) fn finish(program: &mut Program) {
    for node in &mut program.nodes {
        let constant = |definition: &super::ir::Definition| match &definition.value {
            Op::Const(value)
                if definition.otherwise.is_none() && definition.steps.is_empty() && !definition.member =>
            {
                Some(value.clone())
            }
            _ => None,
        };
        let mut values = node.definitions.iter().map(constant);
        if let Some(Some(first)) = values.next()
            && values.all(|value| value.as_ref() == Some(&first))
        {
            node.constant = Some(first);
        }
    }
}

/// Describes the packages.
pub(crate) fn packages(sources: &[Source], annotations: &Annotations) -> Vec<Package> {
    let mut packages: BTreeMap<String, Package> = BTreeMap::new();
    let mut places = HashMap::new();
    for (file, source) in sources.iter().enumerate() {
        let names: Vec<Value> =
            source.module.package.iter().map(|name| Value::String(name.clone())).collect();
        let path = path_text(&names);
        let package = packages.entry(path.clone()).or_insert_with(|| Package {
            path,
            file: source.path.clone(),
            line: place(&source.text, source.module.package_at).0,
            annotations: Vec::new(),
            rules: Vec::new(),
        });
        package.annotations.extend(annotations.of_package(file));
        for (index, rule) in source.module.rules.iter().enumerate() {
            add_rule(package, source, rule, annotations.of_rule(file, index), &mut places);
        }
    }
    let mut packages: Vec<Package> = packages.into_values().collect();
    for package in &mut packages {
        package.rules.sort_by(|a, b| a.name.cmp(&b.name));
    }
    packages
}

fn add_rule(
    package: &mut Package,
    source: &Source,
    rule: &Rule,
    annotations: Vec<crate::Annotation>,
    places: &mut HashMap<(String, String), usize>,
) {
    let name = rule_name(&rule.head);
    let mut bodies = usize::from(!rule.default);
    let mut otherwise = rule.otherwise.as_deref();
    while let Some(next) = otherwise {
        bodies += 1;
        otherwise = next.otherwise.as_deref();
    }
    let at = *places.entry((package.path.clone(), name.clone())).or_insert(package.rules.len());
    if let Some(known) = package.rules.get_mut(at) {
        known.bodies += bodies;
        known.annotations.extend(annotations);
        return;
    }
    let (line, column) = place(&source.text, rule.at);
    let kind = kind_of(&rule.head, &source.module);
    let file = source.path.clone();
    package.rules.push(crate::Rule { name, kind, bodies, file, line, column, annotations });
}

/// The constant part of a head as text.
fn rule_name(head: &Head) -> String {
    let mut name = String::new();
    for step in &head.reference {
        match (&step.kind, name.is_empty()) {
            (TermKind::Var(first), true) => name.push_str(first),
            (TermKind::String(next), false) => {
                name.push('.');
                name.push_str(next);
            }
            _ => break,
        }
    }
    name
}

fn kind_of(head: &Head, module: &Module) -> RuleKind {
    let dynamic = rule_path(module, head).taken < head.reference.len();
    match head {
        _ if head.args.is_some() => RuleKind::Function,
        _ if dynamic => RuleKind::PartialObject,
        _ if head.key.is_some() => RuleKind::PartialSet,
        _ => RuleKind::Complete,
    }
}

/// Returns the name of a rule for messages.
pub(crate) fn name_of(head: &Head) -> Option<&Name> {
    head.reference.first().and_then(Term::as_var)
}
