//! GraphQL: documents to values, and whether a query fits a schema.
//!
//! Documents are values from the start: what the parser returns is what policies see, and what is checked.

mod overlaps;
mod parser;
mod queries;
mod schemas;
mod types;
mod valid_query;
mod valid_schema;
mod words;

use crate::Value;

use super::{Builtin, Failure, Host, Outcome, builtin, failed, wrong_type};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("graphql.parse_query", 1, |host, args| document(host, args, 0, queries::parse)),
    builtin("graphql.parse_schema", 1, |host, args| document(host, args, 0, schemas::parse)),
    builtin("graphql.parse", 2, |host, args| match both(host, args)? {
        (query, schema, None) => Ok(Value::array(vec![query, schema])),
        (_, _, Some(problem)) => failed(format!("{problem} in GraphQL string")),
    }),
    builtin("graphql.parse_and_verify", 2, |host, args| match both(host, args) {
        Ok((query, schema, None)) => Ok(Value::array(vec![true.into(), query, schema])),
        Err(Failure::Halt(halt)) => Err(Failure::Halt(halt)),
        _ => Ok(Value::array(vec![false.into(), Value::empty_object(), Value::empty_object()])),
    }),
    builtin("graphql.is_valid", 2, |host, args| match both(host, args) {
        Ok((_, _, problem)) => Ok(Value::Bool(problem.is_none())),
        Err(Failure::Halt(halt)) => Err(Failure::Halt(halt)),
        Err(_) => Ok(Value::Bool(false)),
    }),
    builtin("graphql.schema_is_valid", 1, |host, args| {
        let schema = match document(host, args, 0, schemas::parse) {
            Ok(schema) => schema,
            Err(Failure::Halt(halt)) => return Err(Failure::Halt(halt)),
            Err(_) => return Ok(Value::Bool(false)),
        };
        Ok(Value::Bool(valid_schema::check(host, &schema)?.is_ok()))
    }),
];

/// Takes a text or a document that was parsed before.
fn document(host: &mut Host, args: &[Value], at: usize, parse: fn(&str) -> Result<Value, String>) -> Outcome {
    match args.get(at) {
        Some(Value::String(text)) => {
            host.grow(text.len() * 16)?;
            let tree = parse(text).map_err(Failure::Error)?;
            Ok(if host.old { without_defaults(&tree) } else { tree })
        }
        Some(Value::Object(entries)) => Ok(Value::Object(entries.clone())),
        _ => Err(wrong_type(args, at, "one of {string, object}")),
    }
}

/// Leaves out what documents did not show in OPA 0.x.
fn without_defaults(tree: &Value) -> Value {
    match tree {
        Value::Array(items) => Value::array(items.iter().map(without_defaults).collect()),
        Value::Object(entries) => {
            let shown = entries.iter().filter(|(key, _)| key.as_str() != Some("ExpectedTypeHasDefault"));
            Value::object(shown.map(|(key, value)| (key.clone(), without_defaults(value))).collect())
        }
        other => other.clone(),
    }
}

/// Reads query and schema, and says what is wrong between them.
fn both(host: &mut Host, args: &[Value]) -> Result<(Value, Value, Option<String>), Failure> {
    let query = document(host, args, 0, queries::parse)?;
    let schema = document(host, args, 1, schemas::parse)?;
    let problem = match valid_schema::check(host, &schema)? {
        Ok(types) => valid_query::check(host, &query, &types)?,
        Err(problem) => Some(problem),
    };
    Ok((query, schema, problem))
}

/// Returns the elements of a list in a document; none if it is missing.
fn list<'v>(node: &'v Value, name: &str) -> &'v [Value] {
    node.get(name).and_then(Value::as_array).map(|items| &**items).unwrap_or_default()
}

/// Returns a text of a document; empty if it is missing.
fn word<'v>(node: &'v Value, name: &str) -> &'v str {
    node.get(name).and_then(Value::as_str).unwrap_or_default()
}
