//! What `with` does to types: a document may be what it was, or what takes its place.

use std::sync::Arc;

use crate::Value;
use crate::compile::core::{Literal, Ref, Replacement, Root, Target, Term};

use super::check::Env;
use super::infer::Start;
use super::select::select;
use super::{Fields, Type};

/// A part of a document, and what it may be while it is replaced.
pub(super) struct Replaced {
    root: Root,
    path: Vec<Value>,
    of: Type,
}

impl Env<'_> {
    /// Replaces what a literal replaces; returns how much was replaced before.
    pub(super) fn replace(&mut self, literal: &Literal) -> usize {
        let before = self.layers.len();
        let mut layer = Vec::new();
        for (target, replacement) in &literal.with {
            let Replacement::Value(by) = replacement else { continue };
            let (root, path) = match target {
                Target::Input(path) => (Root::Input, path),
                Target::Data(path) => (Root::Data, path),
                Target::Builtin(_) => continue,
            };
            let steps = path.iter().cloned().map(Term::Const).collect();
            let was = self.found(&Ref { root, steps, at: literal.at });
            let of = match self.of(by) {
                Some(by) => was.or(by),
                None => was,
            };
            layer.retain(|known: &Replaced| known.root != root || known.path != *path);
            layer.push(Replaced { root, path: path.clone(), of });
        }
        if !layer.is_empty() {
            self.layers.push(layer);
        }
        before
    }

    /// Returns the type of what is at a path; anything if nothing is known to be there.
    fn found(&self, reference: &Ref) -> Type {
        let Start::At(of, taken) = self.start(reference) else { return Type::any() };
        let keys = reference.steps.iter().skip(taken).map(Term::as_const);
        let found = keys.into_iter().try_fold(of, |of, key| select(&of, &key?));
        found.unwrap_or_else(Type::any)
    }

    /// Finds where a reference begins if a part of what it leads to is replaced.
    pub(super) fn replaced(&self, reference: &Ref) -> Option<Start> {
        self.layers.iter().rev().find_map(|layer| in_layer(layer, reference))
    }
}

fn in_layer(layer: &[Replaced], reference: &Ref) -> Option<Start> {
    let mut matching: Vec<&Replaced> = layer.iter().filter(|one| one.root == reference.root).collect();
    let mut taken = 0;
    loop {
        if matching.is_empty() {
            return None;
        }
        if let Some(whole) = matching.iter().find(|one| one.path.len() == taken) {
            return Some(Start::At(whole.of.clone(), taken));
        }
        let Some(step) = reference.steps.get(taken) else {
            return Some(Start::At(around(&matching, taken), taken));
        };
        let Some(key) = step.as_const() else { return Some(Start::Open) };
        matching.retain(|one| one.path.get(taken) == Some(&key));
        taken += 1;
    }
}

/// Returns the type of a document of which only what is replaced is known.
fn around(replaced: &[&Replaced], depth: usize) -> Type {
    if let Some(whole) = replaced.iter().find(|one| one.path.len() == depth) {
        return whole.of.clone();
    }
    let mut keys: Vec<&Value> = replaced.iter().filter_map(|one| one.path.get(depth)).collect();
    keys.sort();
    keys.dedup();
    let field = |key: &Value| {
        let below: Vec<&Replaced> =
            replaced.iter().copied().filter(|one| one.path.get(depth) == Some(key)).collect();
        (key.clone(), around(&below, depth + 1))
    };
    let fields: Fields = keys.into_iter().map(field).collect();
    Type::Object(Arc::new((fields, Some((Type::String, Type::any())))))
}
