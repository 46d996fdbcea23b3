//! A variable of the root handed down to a module that does not know it: declared there, and given by every call.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_hcl::{Block, ExprKind, Item, parse_expression};
use trueline_model::OpValue;
use trueline_text::{Location, normalize};

use super::scene::Scene;
use super::stations::Chain;
use super::upstream::{block, directory};
use crate::change::{Change, Step, StepKind, Variable};
use trueline_hcl::trail::all_below;

/// The changes that make the variables of an expression known in the directory of a resource; none if they can't be.
pub fn down(scene: &Scene<'_>, chain: &Chain<'_>, value: &OpValue) -> Option<Vec<Change>> {
    let OpValue::Hcl(text) = value else { return Some(Vec::new()) };
    let expr = parse_expression(text).ok()?;
    let mut names: BTreeSet<Arc<str>> = BTreeSet::new();
    for e in all_below(&expr) {
        if let ExprKind::GetAttr(of, name) = &e.kind
            && let ExprKind::Variable(root) = &of.kind
        {
            match &**root {
                "var" => drop(names.insert(name.text.clone())),
                // What is no variable has no name in another module.
                _ => return None,
            }
        }
    }
    let mut out = Vec::new();
    for name in names {
        out.extend(variable(scene, chain, &name)?);
    }
    Some(out)
}

/// All modules on the way to this one, from whatever caller, that do not know the variable get it.
fn variable(scene: &Scene<'_>, chain: &Chain<'_>, name: &str) -> Option<Vec<Change>> {
    let known = |dir: &Arc<str>| block(scene, dir, "variable", &[name]);
    let (mut lack, mut know) = (BTreeSet::new(), BTreeSet::new());
    let mut todo = vec![chain.dir()?.clone()];
    while let Some(dir) = todo.pop() {
        if known(&dir).is_some() {
            know.insert(dir);
        } else if lack.insert(dir.clone()) {
            let callers = calls(scene, &dir);
            if callers.is_empty() {
                return None;
            }
            todo.extend(callers.into_iter().map(|(caller, _)| caller));
        }
    }
    let (at, model) = known(know.first()?)?;
    let body = ["type", "description", "sensitive"].iter().filter_map(|n| {
        let a = model.body.attribute(n).filter(|_| !model.body.json)?;
        Some((Arc::from(*n), a.expr.span.text(scene.text(at.file)).to_owned()))
    });
    let body: Vec<(Arc<str>, String)> = body.collect();
    let mut out = Vec::new();
    for dir in &lack {
        let after = place_for(scene, dir)?;
        out.push(Change::Declare(Variable { after, name: name.into(), body: body.clone() }));
        for (_, call) in calls(scene, dir) {
            let path = vec![Step { name: name.into(), kind: StepKind::Attribute }];
            out.push(Change::Put { at: call, path, value: OpValue::Hcl(format!("var.{name}")) });
        }
    }
    Some(out)
}

/// Behind the last variable of a directory, else behind its last block.
fn place_for(scene: &Scene<'_>, dir: &str) -> Option<Location> {
    let files = scene.parsed.directories.get(dir)?;
    let mut found: Option<(bool, Location)> = None;
    for file in files {
        let Some(tree) = scene.tree(*file).filter(|t| !t.body.json) else { continue };
        for block in tree.body.blocks() {
            let at = Location { file: *file, span: block.span };
            let variable = &*block.kind.text == "variable";
            if scene.may_edit(at) && (variable || found.is_none_or(|(v, _)| !v)) {
                found = Some((variable, at));
            }
        }
    }
    found.map(|(_, at)| at)
}

/// All `module` blocks that call a directory, each with the directory that it stands in.
pub fn calls(scene: &Scene<'_>, dir: &str) -> Vec<(Arc<str>, Location)> {
    let dir = normalize(dir);
    let mut out = Vec::new();
    for (file, tree) in &scene.parsed.trees {
        let own = directory(scene.path(*file));
        let blocks = tree.body.items.iter().filter_map(|i| match i {
            Item::Block(b) if source(b).is_some_and(|s| normalize(&format!("{own}/{s}")) == dir) => Some(b),
            _ => None,
        });
        out.extend(blocks.map(|b| (Arc::from(own.as_str()), Location { file: *file, span: b.span })));
    }
    out
}

/// The local source of a `module` block.
pub fn source(block: &Block) -> Option<&str> {
    let attribute = (&*block.kind.text == "module").then(|| block.body.attribute("source")).flatten()?;
    attribute.expr.as_literal_str().filter(|s| s.starts_with('.'))
}
