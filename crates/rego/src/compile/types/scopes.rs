//! What annotations say about the types of `input` and `data` in a rule.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::compile::annotate::Annotations;
use crate::compile::error::Problem;
use crate::compile::ir::{NodeId, Program};
use crate::compile::schemas::{Meant, Typed};
use crate::syntax::{Name, Span};
use crate::{Schema, Value};

use super::check::{Known, problem};
use super::schema;
use super::{Fields, Type};

/// Where a lowered rule comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written {
    pub(crate) file: usize,
    /// Its place among the rules of the file.
    pub(crate) rule: usize,
    /// An `else`, which the annotations of the rule do not reach.
    pub(crate) otherwise: bool,
    pub(crate) at: Span,
}

/// The schemas of the caller, and what they and those in annotations are as types.
pub(crate) struct Scopes<'a> {
    annotations: &'a Annotations,
    given: BTreeMap<&'a [Value], &'a Value>,
    read: HashMap<&'a [Value], Result<Type, String>>,
    /// The type of `input` where no annotation says more.
    input: Option<Type>,
}

/// The types of `input` and `data` in a rule, as far as something is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Documents {
    pub(super) input: Option<Type>,
    pub(super) data: Option<Type>,
}

/// What annotations say in a rule, and what is wrong with their schemas.
pub(super) struct Said {
    pub(super) documents: Documents,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Scopes<'a> {
    /// Reads the schema for all of `input`, if there is one.
    pub(crate) fn new(annotations: &'a Annotations, given: &'a [Schema]) -> Result<Self, Problem> {
        let given: BTreeMap<_, _> = given.iter().map(|schema| (schema.path(), schema.json())).collect();
        let root: &[Value] = &[];
        let input = given.get(root).map(|schema| schema::read(schema)).transpose();
        let input = input.map_err(|message| problem(Span::default(), message, Vec::new()))?;
        Ok(Scopes { annotations, given, read: HashMap::new(), input })
    }

    /// Returns what is known in a rule of a place.
    pub(super) fn of(
        &mut self,
        from: Written,
        node: NodeId,
        package: &[Name],
        program: &Program,
        known: &Known,
    ) -> Said {
        let mut found = Documents { input: self.input.clone(), data: None };
        let mut problems = Vec::new();
        let annotations = self.annotations;
        if !annotations.has_schemas() {
            return Said { documents: found, problems };
        }
        let path = program.nodes.get(node).map(|node| node.path.as_slice()).unwrap_or_default();
        let rule = Some(from.rule).filter(|_| !from.otherwise);
        for Typed { path, schema } in annotations.schemas(from.file, rule, package, path) {
            let of = match self.schema(schema) {
                Ok(Some(of)) => of,
                Ok(None) => continue,
                Err(message) => {
                    problems.push(problem(from.at, message, Vec::new()));
                    continue;
                }
            };
            let Some((root, steps)) = path.split_first() else { continue };
            let (slot, unsaid) = match root.as_str() {
                Some("input") => (&mut found.input, None),
                Some("data") => {
                    let all = found.data.is_none() && !steps.is_empty();
                    (&mut found.data, all.then(|| extent(Program::ROOT, program, known)))
                }
                _ => continue,
            };
            let before = slot.take().or(unsaid).unwrap_or_else(Type::any);
            *slot = Some(replace(&before, steps, of));
        }
        Said { documents: found, problems }
    }

    /// Returns the type that a schema stands for; nothing if it is named and the caller gives no schemas at all.
    fn schema(&mut self, named: &'a Meant) -> Result<Option<Type>, String> {
        let path = match named {
            Meant::Inline(json) => return schema::read(json).map(Some),
            Meant::Named(path) => path.as_slice(),
        };
        if self.given.is_empty() {
            return Ok(None);
        }
        if let Some(known) = self.read.get(path) {
            return known.clone().map(Some);
        }
        let below = path.get(1..).unwrap_or_default();
        let read = match self.given.get(below) {
            Some(json) => schema::read(json),
            None => Err(format!("undefined schema: {}", shown(path))),
        };
        self.read.insert(path, read.clone());
        read.map(Some)
    }
}

fn shown(path: &[Value]) -> String {
    crate::compile::lower::path_text(path.get(1..).unwrap_or_default()).replacen("data", "schema", 1)
}

/// Returns the type of everything below a node, as far as its rules are known.
fn extent(node: NodeId, program: &Program, known: &Known) -> Type {
    let Some(at) = program.nodes.get(node) else { return Type::any() };
    if at.has_rules && at.children.is_empty() {
        return known.rules.get(node).cloned().flatten().unwrap_or_else(Type::any);
    }
    if at.has_rules {
        return Type::any();
    }
    let named = at.children.iter().filter(|(key, _)| !matches!(key, Value::Null));
    let fields: Fields = named.map(|(key, child)| (key.clone(), extent(*child, program, known))).collect();
    Type::Object(Arc::new((fields, Some((Type::String, Type::any())))))
}

/// Returns a type in which the part at these steps is another one.
fn replace(of: &Type, steps: &[Value], by: Type) -> Type {
    let Some((key, below)) = steps.split_first() else { return by };
    let (mut fields, rest) = match of {
        Type::Object(parts) => parts.as_ref().clone(),
        // Nothing is known of what is beside it.
        _ => (Vec::new(), Some((Type::any(), Type::any()))),
    };
    match fields.binary_search_by(|(have, _)| have.cmp(key)) {
        Ok(at) => {
            if let Some((_, value)) = fields.get_mut(at) {
                *value = replace(value, below, by);
            }
        }
        Err(at) => {
            // Beside new entries there may be what is beside the first of them.
            let empty = Type::Object(Arc::new((Vec::new(), rest.clone())));
            fields.insert(at, (key.clone(), replace(&empty, below, by)));
        }
    }
    Type::Object(Arc::new((fields, rest)))
}
