//! Functions over maps and objects.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{AttributeType, Kind, Reason, Type, Value};

use super::call::{Marks, bound_elements};
use super::error::Fail;
use super::lists::list;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{convert, friendly_name, quote, string, type_of};

pub(super) static SPECS: &[Spec] = &[
    Spec::new("keys", &[Param::new("inputMap", Ty::Any).unknown().marked()], Ty::Any, keys).of(keys_type),
    Spec::new(
        "lookup",
        &[
            Param::new("inputMap", Ty::Any).unknown().marked(),
            Param::new("key", Ty::String).unknown().marked(),
        ],
        Ty::Any,
        lookup,
    )
    .variadic(Param::anything("default"))
    .of(lookup_type)
    .maybe_null()
    .selects(),
    Spec::new("merge", &[], Ty::Any, merge)
        .variadic(Param::new("maps", Ty::Any).dynamic().null().marked())
        .of(merge_type)
        .selects(),
    Spec::new("transpose", &[Param::new("values", Ty::StringsMap)], Ty::StringsMap, transpose),
    Spec::new("values", &[Param::new("mapping", Ty::Any).marked()], Ty::Any, values)
        .of(values_type)
        .selects(),
    Spec::new(
        "zipmap",
        &[Param::new("keys", Ty::Strings).marked(), Param::new("values", Ty::Any).marked()],
        Ty::Any,
        zipmap,
    )
    .of(zipmap_type)
    .selects(),
];

type Entries = BTreeMap<Arc<str>, Value>;

fn entries(v: &Value) -> Option<&Entries> {
    v.as_entries()
}

/// A map or object of elements that already have its type.
fn map(ty: &Type, items: Entries) -> Value {
    match ty {
        Type::Map(t) => Kind::Map((**t).clone(), Arc::new(items)).into(),
        _ => Value::object(items),
    }
}

fn keys_type(args: &[Value]) -> Result<Type, Fail> {
    match args.first().map(type_of) {
        Some(Type::Map(_)) => Ok(Type::List(Arc::new(Type::String))),
        Some(Type::Object(attrs)) => Ok(Type::Tuple(attrs.keys().map(|_| Type::String).collect())),
        _ => Err(Fail::arg(0, "must have map or object type")),
    }
}

fn keys(c: &Call<'_>) -> Result<Value, Fail> {
    let v = c.arg(0);
    let mut marks = Marks::default();
    marks.note(v);
    let names: Vec<Value> = match (&v.kind, type_of(v)) {
        (Kind::Unknown(_) | Kind::Object(_), Type::Object(attrs)) => {
            attrs.keys().map(|k| string(k)).collect()
        }
        (Kind::Unknown(_), _) => return Ok(marks.put(c.unknown_value())),
        _ => entries(v).into_iter().flatten().map(|(k, _)| string(k)).collect(),
    };
    Ok(marks.put(list(&c.ty, names)))
}

fn lookup_type(args: &[Value]) -> Result<Type, Fail> {
    let [from, key, default @ ..] = args else { return Ok(Type::Any) };
    if default.len() > 1 {
        return Err(format!("lookup() takes two or three arguments, got {}", args.len()).into());
    }
    match type_of(from) {
        Type::Object(attrs) => {
            let Some(name) = key.as_str() else { return Ok(Type::Any) };
            match (attrs.get(name), default.first()) {
                (Some(a), _) => Ok(a.ty.clone()),
                (None, Some(d)) => Ok(type_of(d)),
                (None, None) if key.sensitive => Err(Fail::arg(0, "the given object has no such attribute")),
                (None, None) => {
                    Err(Fail::arg(0, format!("the given object has no attribute {}", quote(name))))
                }
            }
        }
        Type::Map(t) => {
            if default.first().is_some_and(|d| convert(d, &t).is_err()) {
                return Err(Fail::arg(2, "the default value must have the same type as the map elements"));
            }
            Ok((*t).clone())
        }
        _ => Err(Fail::arg(0, "lookup() requires a map as the first argument")),
    }
}

fn lookup(c: &Call<'_>) -> Result<Value, Fail> {
    let (from, key) = (c.arg(0), c.arg(1));
    let mut marks = Marks::default();
    marks.note(from);
    marks.note(key);
    // Terraform knows what a data source reads; in an empty map no key is found, whatever it is.
    let is_read = matches!(&key.kind, Kind::Unknown(u) if matches!(u.reason, Reason::DataSource(..)));
    if let (true, Some(d)) = (is_read && entries(from).is_some_and(BTreeMap::is_empty), c.args.get(2)) {
        return Ok(marks.put(convert(d, &c.ty).map_err(|e| Fail::said(e.message))?));
    }
    if from.is_unknown() || key.is_unknown() {
        return Ok(marks.put(c.unknown_value()));
    }
    let name = c.text(1)?;
    if let Some(v) = entries(from).and_then(|m| m.get(name)) {
        return Ok(marks.put(v.clone()));
    }
    match c.args.get(2) {
        Some(d) => Ok(marks.put(convert(d, &c.ty).map_err(|e| Fail::said(e.message))?)),
        None if key.sensitive => Err("lookup failed to find key (sensitive value)".into()),
        None => Err(format!("lookup failed to find key {}", quote(name)).into()),
    }
}

fn merge_type(args: &[Value]) -> Result<Type, Fail> {
    let mut attrs: BTreeMap<Arc<str>, AttributeType> = BTreeMap::new();
    let mut first: Option<Type> = None;
    let (mut matching, mut open) = (true, false);
    for arg in args {
        let ty = type_of(arg);
        match &ty {
            Type::Any => return Ok(Type::Any),
            Type::Object(a) if !arg.is_null() => attrs.extend(a.iter().map(|(k, v)| (k.clone(), v.clone()))),
            Type::Object(_) => {}
            Type::Map(t) => match entries(arg) {
                Some(m) => attrs.extend(
                    m.keys().map(|k| (k.clone(), AttributeType { ty: (**t).clone(), optional: false })),
                ),
                None => open |= arg.is_unknown(),
            },
            _ => {
                return Err(
                    format!("arguments must be maps or objects, got {}", quote(&friendly_name(&ty))).into()
                );
            }
        }
        match &first {
            None => first = Some(ty),
            Some(f) => matching &= *f == ty,
        }
    }
    match first {
        Some(f) if matching => Ok(f),
        Some(_) if open => Ok(Type::Any),
        _ => Ok(Type::Object(Arc::new(attrs))),
    }
}

fn merge(c: &Call<'_>) -> Result<Value, Fail> {
    let mut marks = Marks::default();
    let mut all = Entries::new();
    for arg in &c.args {
        if arg.is_null() {
            continue;
        }
        marks.note(arg);
        all.extend(entries(arg).into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())));
        bound_elements(all.len())?;
    }
    Ok(marks.put(map(&c.ty, all)))
}

fn transpose(c: &Call<'_>) -> Result<Value, Fail> {
    if !c.arg(0).is_wholly_known() {
        return Ok(c.unknown_value());
    }
    let mut out: BTreeMap<Arc<str>, Vec<Value>> = BTreeMap::new();
    let mut total = 0;
    for (key, texts) in entries(c.arg(0)).into_iter().flatten() {
        let texts = texts.as_items().ok_or_else(|| Fail::from("input must not contain null list"))?;
        for text in texts {
            let text = text.as_str().ok_or_else(|| Fail::from("input list must not contain null string"))?;
            out.entry(text.into()).or_default().push(string(key));
            total += 1;
            bound_elements(total)?;
        }
    }
    // The keys come sorted, so the lists are.
    let strings = Type::List(Arc::new(Type::String));
    Ok(map(&c.ty, out.into_iter().map(|(k, v)| (k, list(&strings, v))).collect()))
}

fn values_type(args: &[Value]) -> Result<Type, Fail> {
    match args.first().map(type_of) {
        Some(Type::Map(t)) => Ok(Type::List(t)),
        Some(Type::Object(attrs)) => Ok(Type::Tuple(attrs.values().map(|a| a.ty.clone()).collect())),
        _ => Err("values() requires a map as the first argument".into()),
    }
}

fn values(c: &Call<'_>) -> Result<Value, Fail> {
    let mut marks = Marks::default();
    marks.note(c.arg(0));
    Ok(marks.put(list(&c.ty, entries(c.arg(0)).into_iter().flatten().map(|(_, v)| v.clone()).collect())))
}

fn unmatched(keys: usize, values: usize) -> Fail {
    format!("number of keys ({keys}) does not match number of values ({values})").into()
}

fn zipmap_type(args: &[Value]) -> Result<Type, Fail> {
    let [keys, values, ..] = args else { return Ok(Type::Any) };
    match type_of(values) {
        Type::List(t) => Ok(Type::Map(t)),
        Type::Tuple(ts) => {
            if !keys.is_wholly_known() {
                return Ok(Type::Any);
            }
            let names = keys.as_items().unwrap_or_default();
            if names.len() != ts.len() {
                return Err(unmatched(names.len(), ts.len()));
            }
            let mut attrs = BTreeMap::new();
            for (i, (name, ty)) in names.iter().zip(ts.iter()).enumerate() {
                let name = name
                    .as_str()
                    .ok_or_else(|| Fail::said(format!("keys list has null value at index {i}")))?;
                attrs.insert(name.into(), AttributeType { ty: ty.clone(), optional: false });
            }
            Ok(Type::Object(Arc::new(attrs)))
        }
        _ => Err("values argument must be a list or tuple value".into()),
    }
}

fn zipmap(c: &Call<'_>) -> Result<Value, Fail> {
    let (keys, values) = (c.arg(0), c.arg(1));
    let mut marks = Marks::default();
    marks.note(keys);
    marks.note(values);
    if !keys.is_wholly_known() {
        return Ok(marks.put(c.unknown_value()));
    }
    let (names, items) = (keys.as_items().unwrap_or_default(), values.as_items().unwrap_or_default());
    if names.len() != items.len() {
        return Err(unmatched(names.len(), items.len()));
    }
    let mut out = Entries::new();
    for (i, (name, v)) in names.iter().zip(items).enumerate() {
        // A key carries no marks, so the whole map takes them.
        marks.note(name);
        let name =
            name.as_str().ok_or_else(|| Fail::said(format!("keys list has null value at index {i}")))?;
        out.insert(name.into(), v.clone());
    }
    Ok(marks.put(map(&c.ty, out)))
}
