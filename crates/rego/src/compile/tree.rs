//! The tree of rules: which path each rule defines, which names a file sees, what packages look like from outside.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::syntax::{Head, Module, Name, Rule, Term, TermKind};
use crate::{CustomBuiltin, Package, RuleKind, Value};

use super::annotate::Annotations;
use super::core::Root;
use super::index::Index;
use super::ir::{NodeId, Op, Program};
use super::lower::path_text;
use super::names::NameMap;
use super::read::Source;
use super::scope::{Document, Globals, Imported};

/// Where a rule stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The node of the constant part of its path.
    pub(crate) node: NodeId,
    /// How many terms of the head's reference that covers.
    pub(crate) taken: usize,
}

/// Where the rules stand, by file and rule.
pub(crate) type Places = Vec<Vec<Place>>;

/// Returns the constant part of the path of a rule below its package.
fn ground(head: &Head) -> impl Iterator<Item = Value> {
    head.reference.iter().enumerate().map_while(|(taken, step)| match &step.kind {
        TermKind::Var(name) if taken == 0 => Some(Value::String(name.clone())),
        _ => scalar(step),
    })
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

/// Returns the constant part of the path of a rule.
pub(crate) fn path(module: &Module, head: &Head) -> Vec<Value> {
    module.package.iter().map(|name| Value::String(name.clone())).chain(ground(head)).collect()
}

/// Makes the nodes of all rules, without their definitions.
pub(crate) fn build(sources: &[Source], natives: &[CustomBuiltin]) -> (Program, Places) {
    let mut program = Program::default();
    program.reach(&[]);
    for native in natives {
        let id = program.reach(&Program::native_path(native.name()));
        if let Some(node) = program.nodes.get_mut(id) {
            node.arity = Some(native.arity());
            node.native = Some(native.clone());
        }
    }
    let places = sources.iter().map(|source| places(&mut program, source)).collect();
    (program, places)
}

fn places(program: &mut Program, source: &Source) -> Vec<Place> {
    let path: Vec<Value> = source.module.package.iter().map(|name| Value::String(name.clone())).collect();
    let package = program.reach(&path);
    if let Some(node) = program.nodes.get_mut(package) {
        node.is_package = true;
    }
    let place = |rule: &Rule| {
        let (mut node, mut taken) = (package, 0);
        for key in ground(&rule.head) {
            node = program.reach_child(node, key);
            taken += 1;
        }
        if let Some(node) = program.nodes.get_mut(node) {
            node.has_rules = true;
            if let Some(args) = &rule.head.args {
                node.arity.get_or_insert(args.len());
            }
        }
        Place { node, taken }
    };
    source.module.rules.iter().map(place).collect()
}

/// The documents of each package: its rules, by name.
pub(crate) type PackageNames<'s> = HashMap<&'s [Name], Rc<NameMap<Document>>>;

/// Gathers the names of the rules of each package, over all its files.
pub(crate) fn names<'s>(sources: &'s [Source], rules: &[Vec<Rule>], program: &Program) -> PackageNames<'s> {
    let mut names: HashMap<&'s [Name], NameMap<Document>> = HashMap::with_capacity(sources.len());
    for (source, rules) in sources.iter().zip(rules) {
        let package = source.module.package.as_slice();
        let of_package = names.entry(package).or_default();
        let path = || package.iter().map(|name| Value::String(name.clone()));
        let mut node = None;
        for rule in rules {
            let Some(name) = name_of(&rule.head) else { continue };
            if of_package.contains(name) {
                continue;
            }
            let found = *node.get_or_insert_with(|| program.find(&path().collect::<Vec<_>>()));
            let key = Value::String(name.clone());
            let document = Document {
                root: Root::Data,
                node: found.and_then(|node| program.child(node, &key)),
                path: path().chain([key]).collect(),
            };
            of_package.insert(name.clone(), document);
        }
    }
    names.into_iter().map(|(package, names)| (package, Rc::new(names))).collect()
}

/// Gathers the names that a file sees.
pub(crate) fn globals(names: &PackageNames<'_>, source: &Source, program: &Program) -> Globals {
    let package = names.get(source.module.package.as_slice()).cloned().unwrap_or_default();
    let mut globals = Globals { package, ..Globals::default() };
    for import in &source.module.imports {
        let root = match import.path.first().map(AsRef::as_ref) {
            Some("data") => Root::Data,
            Some("input") => Root::Input,
            _ => continue,
        };
        let path: Rc<[Value]> = import.path.iter().skip(1).map(|name| Value::String(name.clone())).collect();
        if let Some(name) = import.name() {
            let node = if root == Root::Data { program.find(&path) } else { None };
            let document = Document { root, path, node };
            globals.imports.insert(name.clone(), Imported { document, used: Cell::new(false) });
        }
    }
    globals
}

/// Notes what can be known of the nodes once all definitions are there.
pub(crate) fn finish(program: &mut Program) {
    for node in &mut program.nodes {
        node.index = Index::new(&node.definitions);
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

/// What packages look like from outside, without their annotations.
pub(crate) struct Described {
    packages: Vec<Package>,
    /// The package of each file, and what its rules count to there.
    files: Vec<(usize, Vec<usize>)>,
}

/// Describes the packages.
pub(crate) fn describe(sources: &[Source], places: &Places) -> Described {
    let mut described = Described { packages: Vec::new(), files: Vec::with_capacity(sources.len()) };
    let mut known: HashMap<&[Name], (usize, NameMap<usize>)> = HashMap::with_capacity(sources.len());
    for (source, places) in sources.iter().zip(places) {
        let names = source.module.package.as_slice();
        let (at, rules) = known.entry(names).or_insert_with(|| {
            let path: Vec<Value> = names.iter().map(|name| Value::String(name.clone())).collect();
            described.packages.push(Package {
                path: path_text(&path),
                file: source.path.clone(),
                line: source.line(source.module.package_at.start),
                annotations: Vec::new(),
                rules: Vec::new(),
            });
            (described.packages.len() - 1, NameMap::default())
        });
        let Some(package) = described.packages.get_mut(*at) else { continue };
        let each = source.module.rules.iter().zip(places);
        let each = each.map(|(rule, place)| add_rule(package, rules, source, rule, place)).collect();
        described.files.push((*at, each));
    }
    described
}

/// Adds a definition to what is said of its rule; returns which rule of the package that is.
fn add_rule(
    package: &mut Package,
    known: &mut NameMap<usize>,
    source: &Source,
    rule: &Rule,
    place: &Place,
) -> usize {
    let name = rule_name(&rule.head);
    let mut bodies = usize::from(!rule.default);
    let mut otherwise = rule.otherwise.as_deref();
    while let Some(next) = otherwise {
        bodies += 1;
        otherwise = next.otherwise.as_deref();
    }
    let keyed = is_keyed(&rule.head).then(|| (source.path.clone(), source.line(rule.at.start)));
    if let Some(&at) = known.get(&name) {
        if let Some(known) = package.rules.get_mut(at) {
            known.bodies += bodies;
            known.definitions += 1;
            known.keyed.extend(keyed);
        }
        return at;
    }
    let at = package.rules.len();
    known.insert(name.clone(), at);
    let name = name.to_string();
    let (line, column) = source.place(rule.at);
    let (kind, file) = (kind_of(&rule.head, place), source.path.clone());
    let (definitions, keyed, annotations) = (1, keyed.into_iter().collect(), Vec::new());
    package.rules.push(crate::Rule {
        name,
        kind,
        bodies,
        definitions,
        keyed,
        file,
        line,
        column,
        annotations,
    });
    at
}

/// Tells whether a head has a key, no `contains`, and the value true.
fn is_keyed(head: &Head) -> bool {
    let is_true = head.value.as_ref().is_none_or(|value| matches!(value.kind, TermKind::Bool(true)));
    head.reference.len() > 1 && head.key.is_none() && head.args.is_none() && is_true
}

impl Described {
    /// Adds the annotations, and puts packages and rules in order.
    pub(crate) fn finish(mut self, mut annotations: Annotations) -> Vec<Package> {
        for (file, (package, rules)) in self.files.into_iter().enumerate() {
            let Some(package) = self.packages.get_mut(package) else { continue };
            package.annotations.append(&mut annotations.take_package(file));
            for (index, annotation) in annotations.take_rules(file) {
                if let Some(rule) = rules.get(index).and_then(|rule| package.rules.get_mut(*rule)) {
                    rule.annotations.push(annotation);
                }
            }
        }
        for package in &mut self.packages {
            package.rules.sort_by(|a, b| a.name.cmp(&b.name));
        }
        self.packages.sort_by(|a, b| a.path.cmp(&b.path));
        self.packages
    }
}

/// The constant part of a head as text.
pub(crate) fn rule_name(head: &Head) -> Name {
    let more = |step: &&Term| matches!(step.kind, TermKind::String(_));
    if let (Some(name), None) = (name_of(head), head.reference.get(1).filter(more)) {
        return name.clone();
    }
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
    Name::from(name)
}

fn kind_of(head: &Head, place: &Place) -> RuleKind {
    let dynamic = place.taken < head.reference.len();
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
