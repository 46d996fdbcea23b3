//! Functions that choose among their arguments, or among elements by what others are.

use std::sync::Arc;

use trueline_model::{Kind, Type, Value};

use super::error::Fail;
use super::lists::list;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{convert, equal, type_of, unify};

const VALS: Param = Param::new("vals", Ty::Any).unknown().dynamic().null();

pub(super) static SPECS: &[Spec] = &[
    Spec::new("coalesce", &[], Ty::Any, coalesce).variadic(VALS).of(coalesce_type).selects(),
    Spec::new("coalescelist", &[], Ty::Any, coalesce_list).variadic(VALS).of(coalesce_list_type).selects(),
    Spec::new(
        "matchkeys",
        &[Param::new("values", Ty::List), Param::new("keys", Ty::List), Param::new("searchset", Ty::List)],
        Ty::List,
        match_keys,
    )
    .of(match_keys_type)
    .selects(),
];

fn coalesce_type(args: &[Value]) -> Result<Type, Fail> {
    let types: Vec<Type> = args.iter().map(type_of).collect();
    unify(&types).ok_or_else(|| "all arguments must have the same type".into())
}

fn coalesce(c: &Call<'_>) -> Result<Value, Fail> {
    for arg in &c.args {
        let v = convert(arg, &c.ty).unwrap_or_else(|_| Value::null());
        match &v.kind {
            Kind::Unknown(u) => {
                let mut u = (**u).clone();
                u.ty = c.ty.clone();
                // What is chosen is this one only if it is not null and not empty; a later one may be.
                u.prefix = None;
                u.suffix = None;
                u.length = (0, None);
                return Ok(Kind::Unknown(Arc::new(u)).into());
            }
            Kind::Null(_) => {}
            Kind::String(s) if s.is_empty() => {}
            _ => return Ok(v),
        }
    }
    Err("no non-null, non-empty-string arguments".into())
}

fn coalesce_list_type(args: &[Value]) -> Result<Type, Fail> {
    let mut types = Vec::new();
    for arg in args {
        if arg.is_unknown() {
            return Ok(Type::Any);
        }
        let ty = type_of(arg);
        if !matches!(ty, Type::List(_) | Type::Tuple(_)) {
            return Err("coalescelist arguments must be lists or tuples".into());
        }
        types.push(ty);
    }
    let first = types.first().ok_or_else(|| Fail::from("at least one argument is required"))?;
    Ok(if types.iter().all(|t| t == first) { first.clone() } else { Type::Any })
}

fn coalesce_list(c: &Call<'_>) -> Result<Value, Fail> {
    for arg in &c.args {
        if arg.is_unknown() {
            return Ok(c.unknown_value());
        }
        if arg.as_items().is_some_and(|i| !i.is_empty()) {
            return Ok(arg.clone());
        }
    }
    Err("no non-null arguments".into())
}

fn match_keys_type(args: &[Value]) -> Result<Type, Fail> {
    let [values, keys, wanted] = args else { return Ok(Type::Any) };
    unify(&[type_of(keys), type_of(wanted)])
        .map(|_| type_of(values))
        .ok_or_else(|| "keys and searchset must be of the same type".into())
}

fn match_keys(c: &Call<'_>) -> Result<Value, Fail> {
    let (values, keys, wanted) = (c.arg(0), c.arg(1), c.arg(2));
    let items = values.as_items().unwrap_or_default();
    if items.len() != keys.as_items().map_or(0, <[Value]>::len) {
        return Err("length of keys and values should be equal".into());
    }
    let common = unify(&[type_of(keys), type_of(wanted)]).unwrap_or(Type::Any);
    let converted = |v: &Value| convert(v, &common).map_err(|e| Fail::said(e.message));
    let (keys, wanted) = (converted(keys)?, converted(wanted)?);
    let wanted = wanted.as_items().unwrap_or_default();
    if wanted.is_empty() {
        return Ok(list(&c.ty, Vec::new()));
    }
    if !values.is_wholly_known() || !keys.is_wholly_known() {
        return Ok(c.unknown_value());
    }
    // Known values that are equal have the same fingerprint: what no wanted one has, equals none of them.
    let prints: std::collections::BTreeSet<String> =
        wanted.iter().map(trueline_provider::convert::fingerprint).collect();
    let all_known = wanted.iter().all(Value::is_wholly_known);
    let mut out = Vec::new();
    for (key, v) in keys.as_items().unwrap_or_default().iter().zip(items) {
        if all_known && !prints.contains(&trueline_provider::convert::fingerprint(key)) {
            continue;
        }
        for w in wanted {
            match equal(key, w).as_bool() {
                None => return Ok(list(&c.ty, Vec::new())),
                Some(true) => {
                    out.push(v.clone());
                    break;
                }
                Some(false) => {}
            }
        }
    }
    Ok(list(&c.ty, out))
}
