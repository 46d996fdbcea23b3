//! What an expression or a body refers to, found without evaluating anything: the edges of the graph.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind};
use trueline_model::Mode;

use crate::content::{Content, Entry};
use crate::module::ResourceKey;

/// Something in the same module that an expression refers to. Iterators look like resources that are not declared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// `var.x`
    Variable(Arc<str>),
    /// `local.x`
    Local(Arc<str>),
    /// `aws_x.y`, `data.aws_x.y`
    Resource(ResourceKey),
    /// `module.x.y`; without output if all of them may be meant.
    Module(Arc<str>, Option<Arc<str>>),
}

/// All references of an expression, at any depth.
pub fn of_expr(e: &Expr, out: &mut BTreeSet<Reference>) {
    let mut todo = vec![e];
    while let Some(e) = todo.pop() {
        match &e.kind {
            ExprKind::GetAttr(..) | ExprKind::Index(..) | ExprKind::LegacyIndex(..) => {
                traversal(e, &mut todo, out);
            }
            _ => todo.extend(e.below()),
        }
    }
}

fn traversal<'e>(e: &'e Expr, todo: &mut Vec<&'e Expr>, out: &mut BTreeSet<Reference>) {
    // Names behind the root, from the last to the first; an index between them is none of them.
    let mut names: Vec<Option<&Arc<str>>> = Vec::new();
    let mut at = e;
    loop {
        match &at.kind {
            ExprKind::GetAttr(inner, n) => {
                names.push(Some(&n.text));
                at = inner;
            }
            ExprKind::Index(inner, key) => {
                todo.push(key);
                names.push(None);
                at = inner;
            }
            ExprKind::LegacyIndex(inner, _) => {
                names.push(None);
                at = inner;
            }
            _ => break,
        }
    }
    names.reverse();
    let ExprKind::Variable(root) = &at.kind else {
        todo.push(at);
        return;
    };
    let name = |n: usize| names.get(n).copied().flatten().cloned();
    let resource = |mode: Mode, kind: Option<Arc<str>>, name: Option<Arc<str>>| {
        Some(Reference::Resource(ResourceKey { mode, kind: kind?, name: name? }))
    };
    out.extend(match &**root {
        "var" => name(0).map(Reference::Variable),
        "local" => name(0).map(Reference::Local),
        "module" => name(0).map(|call| {
            let output = if names.get(1) == Some(&None) { name(2) } else { name(1) };
            Reference::Module(call, output)
        }),
        "data" => resource(Mode::Data, name(0), name(1)),
        "resource" => resource(Mode::Managed, name(0), name(1)),
        "each" | "count" | "self" | "path" | "terraform" | "tofu" | "ephemeral" => None,
        _ => resource(Mode::Managed, Some(root.clone()), name(0)),
    });
}

/// All references of a body and the blocks in it; top-level items of the names in `skip` are left out.
pub fn of_content(content: &Content<'_>, skip: &[&str], out: &mut BTreeSet<Reference>) {
    let mut todo = Vec::new();
    for e in &content.items {
        match e {
            Entry::Argument(a) if !skip.contains(&a.name) => of_expr(a.expr, out),
            Entry::Block(b) if !skip.contains(&b.kind) => todo.push(b.content()),
            _ => {}
        }
    }
    while let Some(content) = todo.pop() {
        for e in &content.items {
            match e {
                Entry::Argument(a) => of_expr(a.expr, out),
                Entry::Block(b) => todo.push(b.content()),
            }
        }
    }
}
