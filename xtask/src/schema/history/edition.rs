//! The schema of a type in one version of the provider, by what its bindings say, and by the exact schema of another
//! version where they say nothing: which of the nested attributes are read-only, what is sensitive, what is filled in.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{AttributeType, Type};
use trueline_provider::schema::{AttributeSchema, BlockSchema, BlockType, Nesting};

use super::typescript::{Field, Shape, Unit};

/// The schema of a type.
pub fn schema(unit: &Unit, exact: Option<&BlockSchema>) -> BlockSchema {
    let mut out = body(&unit.fields, exact);
    out.attributes.remove("id");
    if let Some(exact) = exact {
        // Nested ones are not told; those of the type itself are.
        let told = |n: &str| unit.fields.iter().any(|f| f.name == n);
        out.attributes.retain(|n, _| told(n));
        if let Some(id) = exact.attributes.get("id") {
            out.attributes.insert("id".into(), id.clone());
        }
    } else if unit.read_only.contains_key("id") || unit.fields.iter().any(|f| f.name == "id") {
        out.attributes.insert("id".into(), AttributeSchema::plain(Type::String, true, true));
    }
    for (name, ty) in unit.read_only.iter().filter(|(n, _)| *n != "id") {
        let known = exact.and_then(|e| e.attributes.get(name.as_str()));
        let attribute = match known {
            Some(a) if a.is_read_only() => a.clone(),
            Some(a) => AttributeSchema {
                sensitive: a.sensitive,
                ..AttributeSchema::plain(a.ty.clone(), false, true)
            },
            None => AttributeSchema::plain(ty.clone(), false, true),
        };
        out.attributes.entry(name.as_str().into()).or_insert(attribute);
    }
    out
}

fn body(fields: &[Field], exact: Option<&BlockSchema>) -> BlockSchema {
    let mut out = BlockSchema::default();
    if let Some(e) = exact {
        (out.version, out.deprecated) = (e.version, e.deprecated);
        let untold = e.attributes.iter().filter(|(_, a)| a.is_read_only());
        out.attributes = untold.map(|(n, a)| (n.clone(), a.clone())).collect();
    }
    for f in fields {
        let name: Arc<str> = f.name.as_str().into();
        if f.block {
            out.attributes.remove(&name);
            out.blocks.insert(name.clone(), block(f, exact.and_then(|e| e.blocks.get(&name))));
        } else {
            out.attributes.insert(name.clone(), attribute(f, exact.and_then(|e| e.attributes.get(&name))));
        }
    }
    out
}

fn block(f: &Field, exact: Option<&BlockType>) -> BlockType {
    let (inner, nesting, max) = match &f.shape {
        Shape::Many(inner, true) => (&**inner, Nesting::Set, 0),
        Shape::Many(inner, false) => (&**inner, Nesting::List, 0),
        one if f.name == "timeouts" => (one, Nesting::Single, 0),
        one => (one, Nesting::List, 1),
    };
    match (inner, exact) {
        (Shape::Body(fields), Some(e)) => BlockType {
            min_items: if f.required { e.min_items.max(1) } else { 0 },
            block: shared(body(fields, Some(&e.block)), &e.block),
            ..e.clone()
        },
        (_, Some(e)) => e.clone(),
        (inner, None) => {
            let fields: &[Field] = if let Shape::Body(fields) = inner { fields } else { &[] };
            let min_items = u64::from(f.required);
            BlockType {
                nesting,
                min_items,
                max_items: max,
                computed: false,
                block: Arc::new(body(fields, None)),
            }
        }
    }
}

/// The exact one where both are equal, which is cheaper to compare from then on.
fn shared(made: BlockSchema, exact: &Arc<BlockSchema>) -> Arc<BlockSchema> {
    if made == **exact { exact.clone() } else { Arc::new(made) }
}

fn attribute(f: &Field, exact: Option<&AttributeSchema>) -> AttributeSchema {
    let made = || {
        // Whether the provider fills it in is not told for what may be written: nothing is claimed of what is not.
        let plain = AttributeSchema::plain(ty(&f.shape), !f.required, !f.required);
        AttributeSchema { required: f.required, ..plain }
    };
    match exact {
        Some(e) if fits(&f.shape, &e.ty) && (e.required == f.required) && !e.is_read_only() => e.clone(),
        Some(e) if fits(&f.shape, &e.ty) => AttributeSchema {
            required: f.required,
            optional: !f.required,
            computed: e.computed && !f.required,
            default: None,
            instead: None,
            ..e.clone()
        },
        _ => made(),
    }
}

/// True if a type can be what the bindings say.
fn fits(shape: &Shape, ty: &Type) -> bool {
    match (shape, ty) {
        (Shape::Any, _)
        | (_, Type::Any)
        | (Shape::String, Type::String)
        | (Shape::Number, Type::Number)
        | (Shape::Bool, Type::Bool) => true,
        // One object at the most is written without its list.
        (Shape::Body(_), Type::List(t) | Type::Set(t)) => matches!(**t, Type::Object(_)),
        (Shape::Many(inner, _), Type::List(t) | Type::Set(t)) => fits(inner, t),
        (Shape::Map(inner), Type::Map(t)) => fits(inner, t),
        (Shape::Body(_), Type::Object(_)) | (Shape::Many(..), Type::Map(_)) => true,
        _ => false,
    }
}

fn ty(shape: &Shape) -> Type {
    match shape {
        Shape::String => Type::String,
        Shape::Number => Type::Number,
        Shape::Bool => Type::Bool,
        Shape::Any => Type::Any,
        Shape::Many(inner, true) => Type::Set(ty(inner).into()),
        Shape::Many(inner, false) => Type::List(ty(inner).into()),
        Shape::Map(inner) => Type::Map(ty(inner).into()),
        Shape::Body(fields) => {
            let one = |f: &Field| {
                (f.name.as_str().into(), AttributeType { ty: ty(&f.shape), optional: !f.required })
            };
            Type::Object(Arc::new(fields.iter().map(one).collect::<BTreeMap<_, _>>()))
        }
    }
}
