//! Functions that take lists, tuples and sets apart and put them together.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Type, Value};
use unicode_segmentation::UnicodeSegmentation;

use super::call::{Marks, bound_elements};
use super::error::Fail;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{self, convert, equal, friendly_name, set_length, type_of, unify};

const LIST: Param = Param::new("list", Ty::Any);

pub(super) static SPECS: &[Spec] = &[
    Spec::new("alltrue", &[Param::new("list", Ty::Bools)], Ty::Bool, all_true),
    Spec::new("anytrue", &[Param::new("list", Ty::Bools)], Ty::Bool, any_true),
    Spec::new("compact", &[Param::new("list", Ty::Strings)], Ty::Strings, compact).selects(),
    Spec::new("concat", &[], Ty::Any, concat)
        .variadic(Param::new("seqs", Ty::Any).marked())
        .of(concat_type)
        .selects(),
    Spec::new("contains", &[LIST, Param::new("value", Ty::Any)], Ty::Bool, contains),
    Spec::new("distinct", &[Param::new("list", Ty::List)], Ty::List, distinct)
        .of(|a| Ok(a.first().map_or(Type::Any, type_of)))
        .selects(),
    Spec::new("flatten", &[LIST.marked()], Ty::Any, flatten).of(flatten_type).selects(),
    Spec::new("index", &[LIST, Param::new("value", Ty::Any)], Ty::Number, index),
    Spec::new("length", &[Param::new("value", Ty::Any).dynamic().unknown().marked()], Ty::Number, length)
        .of(length_type),
    Spec::new("one", &[LIST], Ty::Any, one).of(one_type).maybe_null().selects(),
    Spec::new("reverse", &[LIST.marked()], Ty::Any, reverse).of(reverse_type).selects(),
    Spec::new("sort", &[Param::new("list", Ty::Strings).unknown()], Ty::Strings, sort).selects(),
];

/// A list of elements that already have its type.
pub(super) fn list(ty: &Type, items: Vec<Value>) -> Value {
    match ty {
        Type::Tuple(_) => Value::tuple(items),
        Type::List(t) => Kind::List((**t).clone(), Arc::new(items)).into(),
        // A type that was open before the elements were there: they decide it.
        _ => Value::tuple(items),
    }
}

pub(super) fn items(v: &Value) -> &[Value] {
    v.as_items().unwrap_or_default()
}

fn all_true(c: &Call<'_>) -> Result<Value, Fail> {
    for v in items(c.arg(0)) {
        match v.as_bool() {
            Some(true) => {}
            None if v.is_unknown() => return Ok(c.unknown_value()),
            _ => return Ok(Value::bool(false)),
        }
    }
    Ok(Value::bool(true))
}

fn any_true(c: &Call<'_>) -> Result<Value, Fail> {
    let all = items(c.arg(0));
    if all.iter().any(|v| v.as_bool() == Some(true)) {
        return Ok(Value::bool(true));
    }
    if all.iter().any(Value::is_unknown) {
        return Ok(c.unknown_value());
    }
    Ok(Value::bool(false))
}

fn compact(c: &Call<'_>) -> Result<Value, Fail> {
    if !c.arg(0).is_wholly_known() {
        return Ok(c.unknown_value());
    }
    let kept =
        items(c.arg(0)).iter().filter(|v| v.as_str().is_some_and(|s| !s.is_empty())).cloned().collect();
    Ok(list(&c.ty, kept))
}

fn concat_type(args: &[Value]) -> Result<Type, Fail> {
    if args.is_empty() {
        return Err("at least one argument is required".into());
    }
    let types: Vec<Type> = args.iter().map(type_of).collect();
    if types.iter().all(|t| matches!(t, Type::List(_)))
        && let Some(common) = unify(&types)
    {
        return Ok(common);
    }
    let mut all = Vec::new();
    for (i, (v, t)) in args.iter().zip(&types).enumerate() {
        match t {
            Type::Tuple(ts) => all.extend(ts.iter().cloned()),
            Type::List(_) if v.is_unknown() => return Ok(Type::Any),
            Type::List(t) => all.extend(std::iter::repeat_n((**t).clone(), items(v).len())),
            _ => {
                let got = friendly_name(t);
                return Err(Fail::arg(i, format!("all arguments must be lists or tuples; got {got}")));
            }
        }
        bound_elements(all.len())?;
    }
    Ok(Type::Tuple(all.into()))
}

fn concat(c: &Call<'_>) -> Result<Value, Fail> {
    let mut marks = Marks::default();
    let mut all = Vec::new();
    for (i, arg) in c.args.iter().enumerate() {
        marks.note(arg);
        let converted;
        let arg = match &c.ty {
            Type::List(_) => {
                converted = convert(arg, &c.ty).map_err(|e| Fail::arg(i, e.message))?;
                &converted
            }
            _ => arg,
        };
        all.extend_from_slice(items(arg));
        bound_elements(all.len())?;
    }
    Ok(marks.put(list(&c.ty, all)))
}

fn contains(c: &Call<'_>) -> Result<Value, Fail> {
    let from = c.arg(0);
    let Some(all) = from.as_items() else { return Err("argument must be list, tuple, or set".into()) };
    let mut open = false;
    for v in all {
        match equal(c.arg(1), v).as_bool() {
            Some(true) => return Ok(Value::bool(true)),
            Some(false) => {}
            None => open = true,
        }
    }
    Ok(if open { c.unknown_value() } else { Value::bool(false) })
}

fn distinct(c: &Call<'_>) -> Result<Value, Fail> {
    if !c.arg(0).is_wholly_known() {
        return Ok(c.unknown_value());
    }
    // Values that are equal have the same text, so only those need to be compared.
    let mut seen: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    let mut kept = Vec::new();
    for v in items(c.arg(0)) {
        let group = seen.entry(convert::fingerprint(v)).or_default();
        if !group.iter().any(|other| equal(other, v).as_bool() == Some(true)) {
            group.push(v);
            kept.push(v.clone());
        }
    }
    Ok(list(&c.ty, kept))
}

fn flatten_type(args: &[Value]) -> Result<Type, Fail> {
    let Some(v) = args.first() else { return Ok(Type::Any) };
    if !v.is_wholly_known() && v.is_unknown() {
        return Ok(Type::Any);
    }
    match type_of(v) {
        Type::List(_) | Type::Set(_) | Type::Tuple(_) => Ok(Type::Any),
        _ if v.is_wholly_known() => Err("can only flatten lists, sets and tuples".into()),
        _ => Ok(Type::Any),
    }
}

fn flatten(c: &Call<'_>) -> Result<Value, Fail> {
    let mut marks = Marks::default();
    let mut all = Vec::new();
    if c.arg(0).as_items().is_none() {
        return Err("can only flatten lists, sets and tuples".into());
    }
    if !flatten_into(c.arg(0), &mut all, &mut marks)? {
        return Ok(marks.put(c.unknown_value()));
    }
    Ok(marks.put(Value::tuple(all)))
}

/// Appends the elements, those of inner sequences in their place; false if it is not known how many there are.
fn flatten_into(v: &Value, all: &mut Vec<Value>, marks: &mut Marks) -> Result<bool, Fail> {
    marks.note(v);
    if let Kind::Set(_, set) = &v.kind
        && set_length(set).is_none()
    {
        return Ok(false);
    }
    let mut known = true;
    for item in items(v) {
        match &item.kind {
            Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => known &= flatten_into(item, all, marks)?,
            Kind::Unknown(u) => match &u.ty {
                Type::Any => known = false,
                Type::List(_) | Type::Set(_) | Type::Tuple(_) => {
                    marks.note(item);
                    known = false;
                }
                _ => all.push(item.clone()),
            },
            _ => all.push(item.clone()),
        }
        bound_elements(all.len())?;
    }
    Ok(known)
}

fn index(c: &Call<'_>) -> Result<Value, Fail> {
    let (Kind::List(_, all) | Kind::Tuple(all)) = &c.arg(0).kind else {
        return Err("argument must be a list or tuple".into());
    };
    if all.is_empty() {
        return Err("cannot search an empty list".into());
    }
    for (i, v) in all.iter().enumerate() {
        match equal(v, c.arg(1)).as_bool() {
            None => return Ok(c.unknown_value()),
            Some(true) => return Ok(Value::number(i as i64)),
            Some(false) => {}
        }
    }
    Err("item not found".into())
}

fn length_type(args: &[Value]) -> Result<Type, Fail> {
    match args.first().map(type_of) {
        Some(Type::Bool | Type::Number) => {
            Err("argument must be a string, a collection type, or a structural type".into())
        }
        _ => Ok(Type::Number),
    }
}

fn length(c: &Call<'_>) -> Result<Value, Fail> {
    let v = c.arg(0);
    let mut marks = Marks::default();
    marks.note(v);
    let n = match &v.kind {
        Kind::List(_, items) | Kind::Tuple(items) => Some(items.len()),
        Kind::Set(_, items) => set_length(items),
        Kind::Map(_, items) | Kind::Object(items) => Some(items.len()),
        Kind::String(s) => Some(s.graphemes(true).count()),
        Kind::Unknown(u) => match &u.ty {
            Type::Tuple(ts) => Some(ts.len()),
            Type::Object(attrs) => Some(attrs.len()),
            Type::List(_) | Type::Set(_) | Type::Map(_) if u.length.1 == Some(u.length.0) => Some(u.length.0),
            _ => None,
        },
        _ => None,
    };
    Ok(marks.put(match n {
        Some(n) => Value::number(n as i64),
        None => c.unknown_value(),
    }))
}

const ONE: &str = "must be a list, set, or tuple value with either zero or one elements";

fn one_type(args: &[Value]) -> Result<Type, Fail> {
    match args.first().map(type_of) {
        Some(Type::List(t) | Type::Set(t)) => Ok((*t).clone()),
        Some(Type::Tuple(ts)) if ts.len() < 2 => Ok(ts.first().cloned().unwrap_or(Type::Any)),
        _ => Err(Fail::arg(0, ONE)),
    }
}

fn one(c: &Call<'_>) -> Result<Value, Fail> {
    let v = c.arg(0);
    if let Kind::Set(_, items) = &v.kind
        && set_length(items).is_none()
    {
        return Ok(c.unknown_value());
    }
    match items(v) {
        [] => Ok(Kind::Null(c.ty.clone()).into()),
        [only] => Ok(only.clone()),
        _ => Err(Fail::arg(0, ONE)),
    }
}

fn reverse_type(args: &[Value]) -> Result<Type, Fail> {
    match args.first().map_or(Type::Any, type_of) {
        Type::Tuple(ts) => Ok(Type::Tuple(ts.iter().rev().cloned().collect())),
        Type::List(t) | Type::Set(t) => Ok(Type::List(t)),
        t => Err(Fail::arg(0, format!("can only reverse list or tuple values, not {}", friendly_name(&t)))),
    }
}

fn reverse(c: &Call<'_>) -> Result<Value, Fail> {
    let mut marks = Marks::default();
    marks.note(c.arg(0));
    Ok(marks.put(list(&c.ty, items(c.arg(0)).iter().rev().cloned().collect())))
}

fn sort(c: &Call<'_>) -> Result<Value, Fail> {
    let v = c.arg(0);
    if !v.is_wholly_known() {
        let mut u = c.unknown();
        u.length = match &v.kind {
            Kind::Unknown(from) => from.length,
            _ => (items(v).len(), Some(items(v).len())),
        };
        return Ok(super::call::exact(u));
    }
    let mut all: Vec<Value> = items(v).to_vec();
    if let Some(i) = all.iter().position(Value::is_null) {
        return Err(format!("given list element {i} is null; a null string cannot be sorted").into());
    }
    all.sort_by(|a, b| a.as_str().map(str::as_bytes).cmp(&b.as_str().map(str::as_bytes)));
    Ok(list(&c.ty, all))
}
