//! Converts values whose types are known to fit.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{AttributeType, Kind, Segment, Type, Unknown, Value};

use super::set::{self, quote, set};
use super::{
    ConvertError, common_element, convert, convertible, has_dynamic, index, mismatch, replace_dynamic,
    type_of, unify, without_optional,
};

/// The value with another kind; all that surrounds it stays.
fn with_kind(v: &Value, kind: Kind) -> Value {
    Value {
        kind,
        sensitive: v.sensitive,
        ephemeral: v.ephemeral,
        origin: v.origin.clone(),
        document: v.document.clone(),
    }
}

/// Converts; the types are known to be convertible.
pub(super) fn apply(v: &Value, from: &Type, to: &Type) -> Result<Value, ConvertError> {
    if *to == Type::Any || from == to && !matches!(v.kind, Kind::Null(_) | Kind::Unknown(_)) {
        return Ok(v.clone());
    }
    match &v.kind {
        Kind::Unknown(u) => {
            return Ok(with_kind(v, settled(unknown(u, replace_dynamic(&u.ty, &without_optional(to))))));
        }
        Kind::Null(t) => return Ok(with_kind(v, Kind::Null(replace_dynamic(t, &without_optional(to))))),
        _ => {}
    }
    if *from == Type::Any {
        return convert(v, to);
    }
    let kind = match (&v.kind, to) {
        (Kind::Number(n), Type::String) => Kind::String(n.to_string().into()),
        (Kind::Bool(b), Type::String) => Kind::String(if *b { "true" } else { "false" }.into()),
        (Kind::String(s), Type::Number) => {
            Kind::Number(s.parse().map_err(|_| ConvertError::new("a number is required"))?)
        }
        (Kind::String(s), Type::Bool) => Kind::Bool(to_bool(s)?),
        (Kind::Object(items), Type::Object(want)) => Kind::Object(Arc::new(object(items, from, want)?)),
        (Kind::Map(t, items), Type::Object(want)) => Kind::Object(Arc::new(map_to_object(t, items, want)?)),
        (Kind::Tuple(items), Type::Tuple(want)) => {
            let mut out = Vec::with_capacity(items.len());
            for (i, (item, want)) in items.iter().zip(want.iter()).enumerate() {
                let have = match from {
                    Type::Tuple(ts) => ts.get(i),
                    _ => None,
                };
                out.push(element(item, have.unwrap_or(&Type::Any), want).map_err(|e| e.below(index(i)))?);
            }
            Kind::Tuple(Arc::new(out))
        }
        (Kind::List(..) | Kind::Set(..) | Kind::Tuple(_), Type::List(want)) => return list(v, from, want),
        (Kind::List(..) | Kind::Set(..) | Kind::Tuple(_), Type::Set(want)) => return to_set(v, from, want),
        (Kind::Map(..) | Kind::Object(_), Type::Map(want)) => return map(v, from, want),
        _ => return Err(ConvertError::new(mismatch(from, to))),
    };
    Ok(with_kind(v, kind))
}

fn element(v: &Value, from: &Type, to: &Type) -> Result<Value, ConvertError> {
    if from == to { Ok(v.clone()) } else { apply(v, from, to) }
}

fn to_bool(s: &str) -> Result<bool, ConvertError> {
    match s {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(ConvertError::new(match s.to_lowercase().as_str() {
            "true" => "a bool is required; to convert from string, use lowercase \"true\"",
            "false" => "a bool is required; to convert from string, use lowercase \"false\"",
            _ => "a bool is required",
        })),
    }
}

type Entries = BTreeMap<Arc<str>, Value>;
type Attributes = BTreeMap<Arc<str>, AttributeType>;

fn object(items: &Entries, from: &Type, want: &Attributes) -> Result<Entries, ConvertError> {
    let mut out = Entries::new();
    for (name, want) in want {
        let have = match from {
            Type::Object(attrs) => attrs.get(name).map(|a| &a.ty),
            _ => None,
        };
        let v = match items.get(name) {
            Some(v) => element(v, have.unwrap_or(&Type::Any), &want.ty)
                .map_err(|e| e.below(Segment::Name(name.clone())))?,
            None => Kind::Null(without_optional(&want.ty)).into(),
        };
        out.insert(name.clone(), v);
    }
    Ok(out)
}

fn map_to_object(t: &Type, items: &Entries, want: &Attributes) -> Result<Entries, ConvertError> {
    let mut out = Entries::new();
    for (name, want) in want {
        let v = match items.get(name) {
            Some(v) if *t == want.ty || convertible(t, &want.ty, true) => {
                element(v, t, &want.ty).map_err(|e| e.below(Segment::Name(name.clone())))?
            }
            Some(_) => {
                return Err(ConvertError::new(format!(
                    "map element type is incompatible with attribute {}: {}",
                    quote(name),
                    mismatch(t, &want.ty)
                )));
            }
            None if want.optional => Kind::Null(without_optional(&want.ty)).into(),
            None => {
                return Err(ConvertError::new(format!(
                    "map has no element for required attribute {}",
                    quote(name)
                )));
            }
        };
        out.insert(name.clone(), v);
    }
    Ok(out)
}

/// Converts the items of a list, set or tuple to one type; which one, where `any` is wanted, comes out with them.
fn items(v: &Value, from: &Type, want: &Type, unified: bool) -> Result<(Type, Vec<Value>), ConvertError> {
    let values = v.as_items().unwrap_or_default();
    let single;
    let (have, want): (&dyn Fn(usize) -> Option<Type>, Type) = match from {
        Type::Tuple(ts) => {
            let common = common_element(ts.iter(), want, true);
            single = |i: usize| ts.get(i).cloned();
            (
                &single,
                common
                    .ok_or_else(|| ConvertError::new(mismatch(from, &Type::List(Arc::new(want.clone())))))?,
            )
        }
        Type::List(t) | Type::Set(t) => {
            let same = t.clone();
            let mut out = Vec::with_capacity(values.len());
            for (i, item) in values.iter().enumerate() {
                out.push(element(item, &same, want).map_err(|e| e.below(index(i)))?);
            }
            let ty =
                if out.is_empty() && *want == Type::Any { (**t).clone() } else { without_optional(want) };
            return settle(ty, out, unified);
        }
        _ => return Err(ConvertError::new(mismatch(from, want))),
    };
    let mut out = Vec::with_capacity(values.len());
    for (i, item) in values.iter().enumerate() {
        let have = have(i).unwrap_or(Type::Any);
        out.push(element(item, &have, &want).map_err(|e| e.below(index(i)))?);
    }
    settle(without_optional(&want), out, unified)
}

/// Decides `any` that is left in an element type by the elements themselves, which must then agree; `unified` says that
/// they are first made to, which Terraform does not do for sets.
fn settle(ty: Type, values: Vec<Value>, unified: bool) -> Result<(Type, Vec<Value>), ConvertError> {
    const DIFFER: &str = "element types must all match for conversion to list";
    if !has_dynamic(&ty) || values.is_empty() {
        return Ok((ty, values));
    }
    let types: Vec<Type> = values.iter().map(type_of).collect();
    let differ = |types: &[Type]| types.windows(2).any(|w| w.first() != w.last());
    if !unified && ty != Type::Any && differ(&types) {
        return Err(ConvertError::new(DIFFER));
    }
    let common = unify::unify_in(&unify::distinct(types.iter()), true)
        .ok_or_else(|| ConvertError::new("cannot find a common base type for all elements"))?;
    if common == Type::Any && types.iter().any(|t| *t != Type::Any) {
        // Of a type, and of a type not known yet: those known decide.
        let known = types.iter().find(|t| **t != Type::Any).cloned().unwrap_or(Type::Any);
        if types.iter().any(|t| *t != Type::Any && *t != known) {
            return Err(ConvertError::new(DIFFER));
        }
        return Ok((known, values));
    }
    let mut out = Vec::with_capacity(values.len());
    for (i, (v, t)) in values.iter().zip(&types).enumerate() {
        out.push(element(v, t, &common).map_err(|e| e.below(index(i)))?);
    }
    // Beside an object, `null` of no type stays what it is.
    if common != Type::Any && has_dynamic(&common) && differ(&out.iter().map(type_of).collect::<Vec<_>>()) {
        return Err(ConvertError::new(DIFFER));
    }
    Ok((common, out))
}

fn list(v: &Value, from: &Type, want: &Type) -> Result<Value, ConvertError> {
    // How many elements a set has is open while one of them is unknown: it may equal another.
    if let Kind::Set(t, items) = &v.kind
        && set::length(items).is_none()
    {
        let u = set::unknown_length(items, Type::List(Arc::new(t.clone())));
        return Ok(with_kind(v, Kind::Unknown(Arc::new(u))));
    }
    let (ty, items) = items(v, from, want, true)?;
    Ok(with_kind(v, Kind::List(ty, Arc::new(items))))
}

fn to_set(v: &Value, from: &Type, want: &Type) -> Result<Value, ConvertError> {
    let (ty, items) = items(v, from, want, false).map_err(|e| match e.message.as_str() {
        "element types must all match for conversion to list" => {
            ConvertError::new("element types must all match for conversion to set")
        }
        _ => e,
    })?;
    let made = set(ty, items);
    let mut out = with_kind(v, made.kind);
    out.sensitive |= made.sensitive;
    out.ephemeral |= made.ephemeral;
    Ok(out)
}

fn map(v: &Value, from: &Type, want: &Type) -> Result<Value, ConvertError> {
    let entries = v.as_entries().ok_or_else(|| ConvertError::new(mismatch(from, want)))?;
    let want = match from {
        Type::Object(attrs) => common_element(attrs.values().map(|a| &a.ty), want, true)
            .ok_or_else(|| ConvertError::new("all map elements must have the same type"))?,
        Type::Map(t) if entries.is_empty() && *want == Type::Any => (**t).clone(),
        _ => want.clone(),
    };
    let mut keys = Vec::with_capacity(entries.len());
    let mut values = Vec::with_capacity(entries.len());
    for (k, item) in entries {
        let have = match from {
            Type::Object(attrs) => attrs.get(k).map_or(Type::Any, |a| a.ty.clone()),
            Type::Map(t) => (**t).clone(),
            _ => Type::Any,
        };
        values.push(element(item, &have, &want).map_err(|e| e.below(Segment::Name(k.clone())))?);
        keys.push(k.clone());
    }
    let (ty, values) =
        settle(without_optional(&want), values, true).map_err(|e| match e.message.as_str() {
            "element types must all match for conversion to list" => {
                ConvertError::new("attribute types must all match for conversion to map")
            }
            _ => e,
        })?;
    Ok(with_kind(v, Kind::Map(ty, Arc::new(keys.into_iter().zip(values).collect()))))
}

/// An unknown, or the list of unknown elements that it is if its length is known exactly.
pub fn settled(u: Unknown) -> Kind {
    const MOST: usize = 1 << 12;
    let (least, most) = u.length;
    if !u.not_null || most != Some(least) || least > MOST {
        return Kind::Unknown(Arc::new(u));
    }
    let elements =
        |t: &Type| Arc::new((0..least).map(|_| Value::unknown(t.clone(), u.reason.clone())).collect());
    match (&u.ty, least) {
        (Type::List(t), _) => Kind::List((**t).clone(), elements(t)),
        (Type::Set(t), 0 | 1) => Kind::Set((**t).clone(), elements(t)),
        (Type::Map(t), 0) => Kind::Map((**t).clone(), Arc::default()),
        _ => Kind::Unknown(Arc::new(u)),
    }
}

/// An unknown of another type; what was known of its length, its text and of null stays as far as it holds.
fn unknown(u: &Unknown, ty: Type) -> Unknown {
    let mut out = Unknown::new(ty, u.reason.clone());
    out.not_null = u.not_null;
    if out.ty == Type::String {
        out.prefix = u.prefix.clone();
        out.suffix = u.suffix.clone();
    }
    out.length = match (&u.ty, &out.ty) {
        (Type::Object(a), Type::Map(_)) => (a.len(), Some(a.len())),
        (Type::Tuple(t), Type::List(_)) => (t.len(), Some(t.len())),
        (Type::Tuple(t), Type::Set(_)) => (t.len().min(1), Some(t.len())),
        (Type::List(_) | Type::Set(_) | Type::Map(_), Type::Set(_)) => (u.length.0.min(1), u.length.1),
        (Type::List(_) | Type::Set(_) | Type::Map(_), Type::List(_) | Type::Map(_)) => u.length,
        _ => (0, None),
    };
    out
}
