//! JSON Schemas as types, as far as OPA takes them: `type`, `properties`, `items`, `anyOf`, `allOf` and `$ref`.
//!
//! Where OPA passes something over (`oneOf`, `additionalProperties`), so does
//! this, so that a policy is wrong here for a schema exactly where it is wrong there.

use std::sync::Arc;

use crate::builtins::{self, Host};
use crate::eval::Meter;
use crate::{Limits, Value};

use super::{Fields, Type};

/// How often a schema that refers to itself is followed; what is deeper may be anything.
const MAX_UNFOLDED: usize = 3;
/// The most parts of a schema that are looked at, references followed; what is beyond may be anything.
const MAX_PARTS: usize = 20_000;
/// The deepest nesting of a schema, references followed.
const MAX_NESTING: usize = 200;

/// Reads a schema.
pub(super) fn read(schema: &Value) -> Result<Type, String> {
    let compiling = |problem: String| format!("unable to compile the schema: {problem}");
    if let Some(problem) = malformed(schema) {
        return Err(compiling(problem));
    }
    let mut reader = Reader { root: schema, open: Vec::new(), depth: 0, left: MAX_PARTS };
    reader.schema(schema).map_err(|problem| match problem {
        Unfit::Reference(problem) => compiling(problem),
        Unfit::Merge(problem) => format!("type checking: {problem}"),
    })
}

/// Returns what is wrong with the shape of a schema, in the words of `json.verify_schema`.
fn malformed(schema: &Value) -> Option<String> {
    let builtin = builtins::find("json.verify_schema")?;
    let mut host = Host::new(Meter::new(Limits::default()), 0, 0);
    let answer = (builtin.run)(&mut host, std::slice::from_ref(schema)).ok()?;
    let problem = answer.lookup(&Value::from(1))?.as_str()?;
    Some(problem.strip_prefix("jsonschema: ").unwrap_or(problem).to_string())
}

enum Unfit {
    Reference(String),
    Merge(String),
}

/// A schema, with what `allOf` has put together.
#[derive(Clone)]
struct Node<'s> {
    /// The schema itself; the lists below are its own, and those of others.
    schema: &'s Value,
    types: Vec<&'s str>,
    properties: Vec<(&'s Value, &'s Value)>,
    items: Vec<&'s Value>,
    /// All elements are of the one schema in `items`.
    single: bool,
}

impl<'s> Node<'s> {
    fn new(schema: &'s Value) -> Self {
        let object = |key: &str| schema.lookup(&Value::from(key)).and_then(Value::as_object);
        let types = match schema.lookup(&Value::from("type")) {
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
            Some(single) => single.as_str().into_iter().collect(),
            None => Vec::new(),
        };
        let (items, single) = match schema.lookup(&Value::from("items")) {
            Some(Value::Array(items)) => (items.iter().collect(), false),
            Some(item) => (vec![item], true),
            None => (Vec::new(), false),
        };
        let properties = object("properties").into_iter().flat_map(|entries| entries.iter());
        let properties = properties.map(|(key, value)| (key, value)).collect();
        Node { schema, types, properties, items, single }
    }

    fn is(&self, kind: &str) -> bool {
        self.types.contains(&kind)
    }

    /// Says what it is if only its parts say so.
    fn assume_type(&mut self) {
        let kind = match (self.properties.is_empty(), self.items.is_empty()) {
            (false, _) => "object",
            (true, false) => "array",
            (true, true) => return,
        };
        if !self.is(kind) {
            self.types.push(kind);
        }
    }

    fn shown_types(&self) -> String {
        match self.types.as_slice() {
            [] => "undefined".to_string(),
            [single] => (*single).to_string(),
            several => format!("[{}]", several.join(",")),
        }
    }

    /// Adds what another schema that holds as well says.
    fn merge(&mut self, mut other: Node<'s>) -> Result<(), Unfit> {
        self.assume_type();
        other.assume_type();
        if self.types != other.types {
            return Err(Unfit::Merge(format!(
                "unable to merge these schemas: type mismatch: {} and {}",
                self.shown_types(),
                other.shown_types()
            )));
        }
        if self.is("object") && !self.properties.is_empty() {
            self.properties.extend(other.properties);
        } else if self.is("array") && !self.items.is_empty() {
            for (at, item) in other.items.into_iter().enumerate() {
                match self.items.get(at) {
                    None => self.items.push(item),
                    Some(own) if Node::new(own).types != Node::new(item).types => {
                        return Err(Unfit::Merge("unable to merge these schemas".to_string()));
                    }
                    Some(_) => {}
                }
            }
        }
        Ok(())
    }
}

struct Reader<'s> {
    root: &'s Value,
    /// The references that are being followed.
    open: Vec<&'s str>,
    depth: usize,
    /// How many more parts are looked at.
    left: usize,
}

impl<'s> Reader<'s> {
    fn schema(&mut self, schema: &'s Value) -> Result<Type, Unfit> {
        self.node(Node::new(schema))
    }

    fn node(&mut self, node: Node<'s>) -> Result<Type, Unfit> {
        if self.depth > MAX_NESTING || self.left == 0 {
            return Ok(Type::any());
        }
        self.left -= 1;
        self.depth += 1;
        let found = stacker::maybe_grow(64 << 10, 1 << 20, || self.inside(node));
        self.depth -= 1;
        found
    }

    fn inside(&mut self, mut node: Node<'s>) -> Result<Type, Unfit> {
        let keyword = |key: &str| node.schema.lookup(&Value::from(key));
        if let Some(reference) = keyword("$ref").and_then(Value::as_str) {
            return self.reference(reference);
        }
        if let Some(any) = keyword("anyOf").and_then(Value::as_array) {
            let any: Vec<&Value> = any.iter().collect();
            return self.any_of(node, &any);
        }
        if let Some(all) = keyword("allOf").and_then(Value::as_array) {
            let all: Vec<&Value> = all.iter().collect();
            return self.all_of(node, &all);
        }
        if node.types.is_empty() {
            node.assume_type();
        }
        self.plain(&node)
    }

    /// Returns the type of what a schema says with nothing but its own keywords.
    fn plain(&mut self, node: &Node<'s>) -> Result<Type, Unfit> {
        if node.is("boolean") {
            return Ok(Type::Bool);
        }
        if node.is("string") {
            return Ok(Type::String);
        }
        if node.is("integer") || node.is("number") {
            return Ok(Type::Number);
        }
        if node.is("object") {
            let mut fields: Fields = Vec::with_capacity(node.properties.len());
            for (key, value) in &node.properties {
                fields.push(((*key).clone(), self.schema(value)?));
            }
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            fields.dedup_by(|later, first| later.0 == first.0);
            return Ok(match fields.is_empty() {
                true => Type::object_of(Type::any(), Type::any()),
                false => Type::Object(Arc::new((fields, None))),
            });
        }
        if !node.is("array") {
            return Ok(Type::any());
        }
        match node.items.as_slice() {
            [] => Ok(Type::array_of(Type::any())),
            [first, ..] if node.single => Ok(Type::array_of(self.schema(first)?)),
            items => {
                let items = items.iter().map(|item| self.schema(item)).collect::<Result<_, _>>()?;
                Ok(Type::Array(Arc::new((items, None))))
            }
        }
    }

    fn any_of(&mut self, mut node: Node<'s>, any: &[&'s Value]) -> Result<Type, Unfit> {
        let mut found = None;
        if !node.types.is_empty() {
            // `allOf` beside it still counts.
            let all = node.schema.lookup(&Value::from("allOf")).and_then(Value::as_array);
            let core = match all {
                Some(all) => self.all_of(node, &all.iter().collect::<Vec<_>>())?,
                None => {
                    node.assume_type();
                    self.plain(&node)?
                }
            };
            found = Some(core).filter(|core| matches!(core, Type::Object(parts) if parts.1.is_none()));
        }
        for schema in any {
            let new = self.schema(schema)?;
            found = Some(match found {
                Some(before) => new.or(before),
                None => new,
            });
        }
        Ok(found.unwrap_or_else(Type::any))
    }

    fn all_of(&mut self, node: Node<'s>, all: &[&'s Value]) -> Result<Type, Unfit> {
        let all: Vec<Node<'_>> = all.iter().map(|schema| self.meant(schema)).collect::<Result<_, _>>()?;
        let mut all = all.into_iter();
        let Some(mut merged) = all.next() else { return self.plain(&node) };
        merged.assume_type();
        for other in all {
            merged.merge(other)?;
        }
        if !node.types.is_empty() {
            let both = |kind| node.is(kind) && merged.is(kind);
            if both("object") || both("array") {
                merged.merge(node)?;
            } else if node.types != merged.types {
                return Err(Unfit::Merge("unable to merge these schemas".to_string()));
            }
        }
        self.node(merged)
    }

    /// Returns a schema, or the one that it refers to.
    fn meant(&self, mut schema: &'s Value) -> Result<Node<'s>, Unfit> {
        for _ in 0..MAX_NESTING {
            match schema.lookup(&Value::from("$ref")).and_then(Value::as_str) {
                Some(reference) => schema = self.resolve(reference)?,
                None => break,
            }
        }
        Ok(Node::new(schema))
    }

    fn reference(&mut self, reference: &'s str) -> Result<Type, Unfit> {
        let unfolded = self.open.iter().filter(|open| **open == reference).count();
        if unfolded > MAX_UNFOLDED {
            return Ok(Type::any());
        }
        let target = self.resolve(reference)?;
        self.open.push(reference);
        let found = self.schema(target);
        self.open.pop();
        found
    }

    fn resolve(&self, reference: &str) -> Result<&'s Value, Unfit> {
        let Some(pointer) = reference.strip_prefix('#') else {
            return Err(Unfit::Reference(format!("remote reference loading disabled: {reference}")));
        };
        let mut at = self.root;
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            let found = match at {
                Value::Array(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
                other => other.lookup(&Value::from(step.as_str())),
            };
            at = found.ok_or_else(|| Unfit::Reference(format!("Object has no key '{step}'")))?;
        }
        Ok(at)
    }
}
