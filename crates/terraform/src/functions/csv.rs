//! `csvdecode`: comma-separated values with a header line.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{AttributeType, Kind, Type, Value};

use super::call::bound_elements;
use super::error::Fail;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{normalize, quote, string};

pub(super) static SPECS: &[Spec] =
    &[Spec::new("csvdecode", &[Param::new("str", Ty::String)], Ty::Any, decode).of(row_type)];

fn row_type(args: &[Value]) -> Result<Type, Fail> {
    let Some(text) = args.first().and_then(Value::as_str) else { return Ok(Type::Any) };
    let mut r = Reader { rest: text, line: 0 };
    let header = r.record()?.ok_or_else(|| Fail::from("missing header line"))?;
    let mut attrs = BTreeMap::new();
    for name in header.fields {
        let there = attrs.insert(normalize(&name), AttributeType { ty: Type::String, optional: false });
        if there.is_some() {
            return Err(format!("duplicate column name {}", quote(&name)).into());
        }
    }
    Ok(Type::List(Arc::new(Type::Object(Arc::new(attrs)))))
}

fn decode(c: &Call<'_>) -> Result<Value, Fail> {
    let mut r = Reader { rest: c.text(0)?, line: 0 };
    let header = r.record()?.ok_or_else(|| Fail::from("missing header line"))?.fields;
    let names: Vec<Arc<str>> = header.iter().map(|n| normalize(n)).collect();
    let mut rows = Vec::new();
    while let Some(record) = r.record()? {
        if record.fields.len() != names.len() {
            return Err(format!("CSV parse error on line {}: wrong number of fields", record.line).into());
        }
        let row = names.iter().cloned().zip(record.fields.iter().map(|f| string(f))).collect();
        rows.push(Value::object(row));
        bound_elements(rows.len().saturating_mul(names.len().max(1)))?;
    }
    let element = match &c.ty {
        Type::List(t) => (**t).clone(),
        _ => Type::Any,
    };
    Ok(Kind::List(element, Arc::new(rows)).into())
}

struct Record {
    fields: Vec<String>,
    line: usize,
}

struct Reader<'t> {
    rest: &'t str,
    line: usize,
}

impl<'t> Reader<'t> {
    /// One line with its end; `\r\n` counts as `\n`.
    fn next_line(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.find('\n').map_or(self.rest.len(), |i| i + 1);
        let (line, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        self.line += 1;
        Some(line)
    }

    fn wrong(&self, what: &str) -> Fail {
        format!("CSV parse error on line {}: {what}", self.line).into()
    }

    /// The next record; empty lines are none.
    fn record(&mut self) -> Result<Option<Record>, Fail> {
        let mut line = loop {
            match self.next_line() {
                None => return Ok(None),
                Some("\n" | "\r\n") => {}
                Some(l) => break l,
            }
        };
        let first = self.line;
        let mut fields = Vec::new();
        loop {
            let Some(inner) = line.strip_prefix('"') else {
                let content = content(line);
                let (field, more) = match content.split_once(',') {
                    Some((f, _)) => (f, line.get(f.len() + 1..)),
                    None => (content, None),
                };
                if field.contains('"') {
                    return Err(self.wrong("bare \" in non-quoted-field"));
                }
                fields.push(field.to_owned());
                match more {
                    Some(more) => line = more,
                    None => return Ok(Some(Record { fields, line: first })),
                }
                continue;
            };
            line = inner;
            let mut field = String::new();
            loop {
                let Some((part, after)) = line.split_once('"') else {
                    // The field goes on in the next line.
                    field.push_str(content(line));
                    if line.ends_with('\n') {
                        field.push('\n');
                    }
                    line = self
                        .next_line()
                        .ok_or_else(|| self.wrong("extraneous or missing \" in quoted-field"))?;
                    continue;
                };
                field.push_str(part);
                if let Some(more) = after.strip_prefix('"') {
                    field.push('"');
                    line = more;
                } else if let Some(more) = after.strip_prefix(',') {
                    fields.push(field);
                    line = more;
                    break;
                } else if content(after).is_empty() {
                    fields.push(field);
                    return Ok(Some(Record { fields, line: first }));
                } else {
                    return Err(self.wrong("extraneous or missing \" in quoted-field"));
                }
            }
        }
    }
}

/// The line without its end.
fn content(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}
