//! Why one type does not become another, in Terraform's words.

use trueline_model::Type;

use super::{convertible, set::quote};

/// Name of a type as messages say it: `list of string`, `object`, `dynamic`.
pub fn friendly_name(t: &Type) -> String {
    named(t, "dynamic")
}

/// Name of a type that is wanted: as [`friendly_name`], with `any type` for `any`.
pub fn constraint_name(t: &Type) -> String {
    named(t, "any type")
}

fn named(t: &Type, any: &str) -> String {
    match t {
        Type::Any => any.to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Number => "number".to_owned(),
        Type::String => "string".to_owned(),
        Type::List(e) if any != "dynamic" && **e == Type::Any => "list of any single type".to_owned(),
        Type::Set(e) if any != "dynamic" && **e == Type::Any => "set of any single type".to_owned(),
        Type::Map(e) if any != "dynamic" && **e == Type::Any => "map of any single type".to_owned(),
        Type::List(e) => format!("list of {}", named(e, any)),
        Type::Set(e) => format!("set of {}", named(e, any)),
        Type::Map(e) => format!("map of {}", named(e, any)),
        Type::Tuple(_) => "tuple".to_owned(),
        Type::Object(_) => "object".to_owned(),
    }
}

/// Why a value of one type cannot be converted to the other.
pub fn mismatch(got: &Type, want: &Type) -> String {
    let required = || format!("{} required", constraint_name(want));
    match (got, want) {
        (Type::Object(_), Type::Object(_)) => objects(got, want),
        (Type::Tuple(_), Type::List(e)) if **e == Type::Any => {
            "all list elements must have the same type".to_owned()
        }
        (Type::Tuple(_), Type::Set(e)) if **e == Type::Any => {
            "all set elements must have the same type".to_owned()
        }
        (Type::Object(_), Type::Map(e)) if **e == Type::Any => {
            "all map elements must have the same type".to_owned()
        }
        (Type::Tuple(ts), Type::List(want) | Type::Set(want)) => {
            ts.iter().enumerate().find(|(_, t)| **t != **want && !convertible(t, want, true)).map_or_else(
                || format!("all elements must be {}", constraint_name(want)),
                |(i, t)| format!("element {i}: {}", mismatch(t, want)),
            )
        }
        (Type::Object(attrs), Type::Map(want)) => {
            attrs.iter().find(|(_, a)| a.ty != **want && !convertible(&a.ty, want, true)).map_or_else(
                || format!("all elements must be {}", constraint_name(want)),
                |(n, a)| format!("element {}: {}", quote(n), mismatch(&a.ty, want)),
            )
        }
        (Type::List(g) | Type::Set(g), Type::List(w)) => {
            format!("incorrect list element type: {}", mismatch(g, w))
        }
        (Type::List(g) | Type::Set(g), Type::Set(w)) => {
            format!("incorrect set element type: {}", mismatch(g, w))
        }
        (Type::Map(g), Type::Map(w)) => format!("incorrect map element type: {}", mismatch(g, w)),
        _ => required(),
    }
}

fn objects(got: &Type, want: &Type) -> String {
    let (Type::Object(got), Type::Object(want)) = (got, want) else { return String::new() };
    let missing: Vec<String> =
        want.iter().filter(|(n, a)| !a.optional && !got.contains_key(*n)).map(|(n, _)| quote(n)).collect();
    match missing.as_slice() {
        [] => {}
        [one] => return format!("attribute {one} is required"),
        [one, two] => return format!("attributes {one} and {two} are required"),
        [front @ .., last] => return format!("attributes {}, and {last} are required", front.join(", ")),
    }
    let wrong = |loose| {
        want.iter().find_map(|(n, a)| {
            let have = &got.get(n)?.ty;
            (*have != a.ty && !convertible(have, &a.ty, loose))
                .then(|| format!("attribute {}: {}", quote(n), mismatch(have, &a.ty)))
        })
    };
    wrong(true).or_else(|| wrong(false)).unwrap_or_else(|| "incorrect object attributes".to_owned())
}

/// True if the type is the other one, where `any` in the other stands for whatever it is.
pub fn conforms(given: &Type, want: &Type) -> bool {
    nonconformity(given, want).is_none()
}

/// How the type fails to be the other one, where `any` in the other stands for whatever it is.
pub fn nonconformity(given: &Type, want: &Type) -> Option<String> {
    match (given, want) {
        (_, Type::Any) => None,
        (Type::Object(g), Type::Object(w)) => g
            .keys()
            .find(|k| !w.contains_key(*k))
            .map(|k| format!("unsupported attribute {}", quote(k)))
            .or_else(|| {
                w.keys()
                    .find(|k| !g.contains_key(*k))
                    .map(|k| format!("missing required attribute {}", quote(k)))
            })
            .or_else(|| w.iter().find_map(|(k, w)| nonconformity(&g.get(k)?.ty, &w.ty))),
        (Type::Tuple(g), Type::Tuple(w)) if g.len() != w.len() => {
            Some(format!("{} elements are required, but got {}", w.len(), g.len()))
        }
        (Type::Tuple(g), Type::Tuple(w)) => g.iter().zip(w.iter()).find_map(|(g, w)| nonconformity(g, w)),
        (Type::List(g), Type::List(w)) | (Type::Set(g), Type::Set(w)) | (Type::Map(g), Type::Map(w)) => {
            nonconformity(g, w)
        }
        _ if given == want => None,
        _ => Some(format!("{} required, but received {}", friendly_name(want), friendly_name(given))),
    }
}
