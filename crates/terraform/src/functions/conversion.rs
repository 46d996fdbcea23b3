//! `tostring` and its like, and the functions about marks.

use std::sync::Arc;

use trueline_model::{Kind, Type, Unknown, Value};

use super::error::Fail;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{
    self, constraint_name, convert, convertible, friendly_name, mismatch, quote, type_of,
};

const V: &[Param] = &[Param::anything("v")];
const VALUE: &[Param] = &[Param::anything("value")];

pub(super) static SPECS: &[Spec] = &[
    Spec::new("tostring", V, Ty::String, |c| to(c, &Type::String))
        .of(|a| target(a, Type::String))
        .maybe_null()
        .selects(),
    Spec::new("tonumber", V, Ty::Number, |c| to(c, &Type::Number))
        .of(|a| target(a, Type::Number))
        .maybe_null()
        .selects(),
    Spec::new("tobool", V, Ty::Bool, |c| to(c, &Type::Bool))
        .of(|a| target(a, Type::Bool))
        .maybe_null()
        .selects(),
    Spec::new("tolist", V, Ty::List, |c| to(c, &list())).of(|a| target(a, list())).maybe_null().selects(),
    Spec::new("toset", V, Ty::Set, |c| to(c, &set())).of(|a| target(a, set())).maybe_null().selects(),
    Spec::new("tomap", V, Ty::Any, |c| to(c, &map())).of(|a| target(a, map())).maybe_null().selects(),
    Spec::new("sensitive", VALUE, Ty::Any, marked).of(same).maybe_null().selects(),
    Spec::new("nonsensitive", VALUE, Ty::Any, |c| Ok(Value { sensitive: false, ..c.arg(0).clone() }))
        .of(same)
        .maybe_null()
        .selects(),
    Spec::new("issensitive", VALUE, Ty::Bool, is_sensitive).maybe_null(),
    Spec::new("ephemeralasnull", VALUE, Ty::Any, |c| Ok(ephemeral_as_null(c.arg(0))))
        .of(same)
        .maybe_null()
        .selects(),
];

fn list() -> Type {
    Type::List(Arc::new(Type::Any))
}

fn set() -> Type {
    Type::Set(Arc::new(Type::Any))
}

fn map() -> Type {
    Type::Map(Arc::new(Type::Any))
}

fn same(args: &[Value]) -> Result<Type, Fail> {
    Ok(args.first().map_or(Type::Any, type_of))
}

fn target(args: &[Value], want: Type) -> Result<Type, Fail> {
    let have = args.first().map_or(Type::Any, type_of);
    if have == want || convertible(&have, &want, true) {
        return Ok(want);
    }
    Err(Fail::arg(
        0,
        match (&have, &want) {
            (Type::Tuple(_), Type::Tuple(_)) => {
                format!("incompatible tuple type for conversion: {}", mismatch(&have, &want))
            }
            (Type::Object(_), Type::Object(_)) => {
                format!("incompatible object type for conversion: {}", mismatch(&have, &want))
            }
            _ => format!("cannot convert {} to {}", friendly_name(&have), constraint_name(&want)),
        },
    ))
}

fn to(c: &Call<'_>, want: &Type) -> Result<Value, Fail> {
    let v = c.arg(0);
    if let Kind::Unknown(u) = &v.kind {
        // Terraform forgets here what it knew of the value; where we know more it does no harm.
        let converted = convert(v, want).ok();
        if converted.as_ref().is_some_and(|v| matches!(&v.kind, Kind::Unknown(x) if x.ty == *want)) {
            return Ok(converted.unwrap_or_else(Value::null));
        }
        let mut out = v.clone();
        out.kind = Kind::Unknown(Arc::new(Unknown::new(want.clone(), u.reason.clone())));
        return Ok(out);
    }
    convert(v, want).map_err(|_| {
        let have = type_of(v);
        let what = |s: &Value| s.as_str().map_or_else(|| "string".to_owned(), quote);
        Fail::arg(
            0,
            match (&have, want) {
                _ if v.sensitive => {
                    format!(
                        "cannot convert this sensitive {} to {}",
                        friendly_name(&have),
                        constraint_name(want)
                    )
                }
                (Type::String, Type::Bool) => {
                    format!(
                        "cannot convert {} to bool; only the strings \"true\" or \"false\" are allowed",
                        what(v)
                    )
                }
                (Type::String, Type::Number) => format!(
                    "cannot convert {} to number; given string must be a decimal representation of a number",
                    what(v)
                ),
                _ => format!("cannot convert {} to {}", friendly_name(&have), constraint_name(want)),
            },
        )
    })
}

fn is_sensitive(c: &Call<'_>) -> Result<Value, Fail> {
    let v = c.arg(0);
    Ok(match (v.sensitive, v.is_unknown()) {
        (true, _) => Value::bool(true),
        (false, true) => c.unknown_value(),
        (false, false) => Value::bool(false),
    })
}

fn marked(c: &Call<'_>) -> Result<Value, Fail> {
    let mut v = c.arg(0).clone();
    v.mark_sensitive();
    Ok(v)
}

/// What is ephemeral becomes null of its type.
fn ephemeral_as_null(v: &Value) -> Value {
    if v.ephemeral {
        let mut out: Value = Kind::Null(type_of(v)).into();
        out.sensitive = v.sensitive;
        return out;
    }
    if !convert::has_ephemeral(v) {
        return v.clone();
    }
    let mut out = v.clone();
    match &mut out.kind {
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            *items = Arc::new(items.iter().map(ephemeral_as_null).collect());
        }
        Kind::Map(_, items) | Kind::Object(items) => {
            *items = Arc::new(items.iter().map(|(k, v)| (k.clone(), ephemeral_as_null(v))).collect());
        }
        _ => {}
    }
    out
}
