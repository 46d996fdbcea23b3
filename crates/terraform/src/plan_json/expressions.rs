//! `expressions` of a block: what each argument refers to or is, by the schema's attributes and blocks.

use serde_json::{Map, Value as Json, json};
use trueline_hcl::Expr;

use super::references::{constant, references};
use crate::content::{Content, Nested};
use trueline_model::Type;
use trueline_provider::schema::{AttributeSchema, BlockSchema, Nesting};

/// `{"references": […]}`, `{"constant_value": …}` or `{}`.
pub fn expression(expr: &Expr) -> Json {
    let refs = references(expr);
    if !refs.is_empty() {
        return json!({ "references": refs });
    }
    constant(expr).map_or_else(|| json!({}), |c| json!({ "constant_value": c }))
}

/// The expressions of a block by its schema; what the schema does not know is left out.
/// Without a schema all arguments and blocks are shown, blocks as lists, but for `except`.
pub fn expressions(
    content: &Content<'_>,
    schema: Option<&BlockSchema>,
    except: &[&str],
) -> Map<String, Json> {
    match schema {
        Some(s) => by_schema(content, s),
        None => as_written(content, except),
    }
}

fn by_schema(content: &Content<'_>, schema: &BlockSchema) -> Map<String, Json> {
    let mut out = Map::new();
    for (name, a) in &schema.attributes {
        if let Some(argument) = content.argument(name) {
            out.insert(name.to_string(), expression(argument.expr));
        } else if a.allows_blocks() {
            let blocks = content.blocks(name, 0);
            if !blocks.is_empty() {
                out.insert(name.to_string(), attribute_blocks(&blocks, a));
            }
        }
    }
    for (name, b) in &schema.blocks {
        let labels = usize::from(b.nesting == Nesting::Map);
        let found = content.blocks(name, labels);
        let inner = |n: &Nested<'_>| Json::Object(by_schema(&n.content(), &b.block));
        let shown = match (b.nesting, found.first()) {
            (_, None) => continue,
            (Nesting::Single | Nesting::Group, Some(first)) => inner(first),
            (Nesting::List | Nesting::Set, _) => found.iter().map(inner).collect(),
            (Nesting::Map, _) => {
                let labelled = found
                    .iter()
                    .map(|n| (n.labels.first().copied().unwrap_or_default().to_owned(), inner(n)));
                Json::Object(labelled.collect())
            }
        };
        out.insert(name.to_string(), shown);
    }
    out
}

fn as_written(content: &Content<'_>, except: &[&str]) -> Map<String, Json> {
    let mut out = Map::new();
    for a in content.arguments().filter(|a| !except.contains(&a.name)) {
        out.insert(a.name.to_owned(), expression(a.expr));
    }
    for b in content.native_blocks().filter(|b| !except.contains(&b.kind) && b.kind != "dynamic") {
        let entry = out.entry(b.kind).or_insert_with(|| Json::Array(Vec::new()));
        if let Json::Array(list) = entry {
            list.push(Json::Object(as_written(&b.content(), &[])));
        }
    }
    out
}

/// An attribute that is written as blocks counts as one expression: the list of their objects.
fn attribute_blocks(blocks: &[Nested<'_>], a: &AttributeSchema) -> Json {
    let (Type::List(object) | Type::Set(object)) = &a.ty else { return json!({}) };
    let Type::Object(members) = &**object else { return json!({}) };
    let mut refs = Vec::new();
    let mut list = Vec::new();
    let mut constant_so_far = true;
    for b in blocks {
        let content = b.content();
        let mut object = Map::new();
        for (name, member) in members.iter() {
            let value = match content.argument(name) {
                Some(argument) => {
                    refs.extend(references(argument.expr));
                    constant(argument.expr)
                }
                None => {
                    let inner = content.blocks(name, 0);
                    let nested = AttributeSchema { ty: member.ty.clone(), ..a.clone() };
                    match inner.is_empty() {
                        true => Some(Json::Null),
                        false => {
                            let shown = attribute_blocks(&inner, &nested);
                            let inside =
                                shown.get("references").and_then(Json::as_array).into_iter().flatten();
                            refs.extend(inside.filter_map(Json::as_str).map(str::to_owned));
                            shown.get("constant_value").cloned()
                        }
                    }
                }
            };
            constant_so_far &= value.is_some();
            object.insert(name.to_string(), value.unwrap_or(Json::Null));
        }
        list.push(Json::Object(object));
    }
    match (refs.is_empty(), constant_so_far) {
        (false, _) => json!({ "references": refs }),
        (true, true) => json!({ "constant_value": list }),
        (true, false) => json!({}),
    }
}
