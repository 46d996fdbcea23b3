//! Functions over sets.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Type, Value};

use super::call::{Marks, bound_elements};
use super::error::Fail;
use super::lists::list;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{convert, equal, fingerprint, set, set_length, type_of, unify};

const FIRST: &[Param] = &[Param::new("first_set", Ty::Set).dynamic()];
const OTHERS: Param = Param::new("other_sets", Ty::Set).dynamic();

pub(super) static SPECS: &[Spec] = &[
    Spec::new("setintersection", FIRST, Ty::Set, |c| combine(c, Some(true)))
        .variadic(OTHERS)
        .of(common)
        .selects(),
    Spec::new("setproduct", &[], Ty::Any, product)
        .variadic(Param::new("sets", Ty::Any).marked().unknown())
        .of(product_type),
    Spec::new(
        "setsubtract",
        &[Param::new("a", Ty::Set).dynamic(), Param::new("b", Ty::Set).dynamic()],
        Ty::Set,
        |c| combine(c, Some(false)),
    )
    .of(common)
    .selects(),
    Spec::new("setunion", FIRST, Ty::Set, |c| combine(c, None)).variadic(OTHERS).of(common).selects(),
];

fn common(args: &[Value]) -> Result<Type, Fail> {
    let mut types = Vec::new();
    for arg in args {
        let Type::Set(t) = type_of(arg) else { continue };
        if *t == Type::Any && arg.as_items().is_some_and(<[Value]>::is_empty) {
            continue;
        }
        types.push((*t).clone());
    }
    if types.is_empty() {
        return Ok(Type::Set(Arc::new(Type::Any)));
    }
    unify(&types)
        .map(|t| Type::Set(Arc::new(t)))
        .ok_or_else(|| "given sets must all have compatible element types".into())
}

/// All elements, or those of the first set that are in each other one, or in none.
fn combine(c: &Call<'_>, within: Option<bool>) -> Result<Value, Fail> {
    let mut kept: Vec<Value> = Vec::new();
    let element = match &c.ty {
        Type::Set(t) => (**t).clone(),
        _ => Type::Any,
    };
    for (i, arg) in c.args.iter().enumerate() {
        let arg = convert(arg, &c.ty).map_err(|e| Fail::arg(i, e.message))?;
        let items = arg.as_items().unwrap_or_default();
        let Some(within) = within else {
            kept.extend_from_slice(items);
            bound_elements(kept.len())?;
            continue;
        };
        if !arg.is_wholly_known() {
            return Ok(c.unknown_value());
        }
        if i == 0 {
            kept = items.to_vec();
            continue;
        }
        let mut groups: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
        for item in items {
            groups.entry(fingerprint(item)).or_default().push(item);
        }
        kept.retain(|v| {
            let same = groups.get(&fingerprint(v));
            same.is_some_and(|g| g.iter().any(|o| equal(v, o).as_bool() == Some(true))) == within
        });
    }
    Ok(set(element, kept))
}

fn product_type(args: &[Value]) -> Result<Type, Fail> {
    if args.len() < 2 {
        return Err("at least two arguments are required".into());
    }
    let mut types = Vec::new();
    let mut ordered = true;
    for (i, arg) in args.iter().enumerate() {
        types.push(match type_of(arg) {
            Type::List(t) => (*t).clone(),
            Type::Set(t) => {
                ordered = false;
                (*t).clone()
            }
            Type::Tuple(ts) if ts.is_empty() => Type::Any,
            Type::Tuple(ts) => {
                unify(&ts).ok_or_else(|| Fail::arg(i, "all elements must be of the same type"))?
            }
            _ => return Err(Fail::arg(i, "a set or a list is required")),
        });
    }
    let row = Arc::new(Type::Tuple(types.into()));
    Ok(if ordered { Type::List(row) } else { Type::Set(row) })
}

/// How many elements an argument has, and how many it may have at most.
fn lengths(v: &Value) -> (Option<usize>, Option<usize>) {
    match &v.kind {
        Kind::Set(_, items) => (set_length(items), Some(items.len())),
        Kind::List(_, items) | Kind::Tuple(items) => (Some(items.len()), Some(items.len())),
        Kind::Unknown(u) => match &u.ty {
            Type::Tuple(ts) => (None, Some(ts.len())),
            _ => (None, u.length.1),
        },
        _ => (None, None),
    }
}

fn product(c: &Call<'_>) -> Result<Value, Fail> {
    const MOST: usize = 2048;
    let mut marks = Marks::default();
    c.args.iter().for_each(|a| marks.note(a));
    let mut total = Some(1usize);
    for arg in &c.args {
        total = total.zip(lengths(arg).0).map(|(a, b)| a.saturating_mul(b));
    }
    let Some(total) = total else {
        let mut u = c.unknown();
        let most = c.args.iter().try_fold(1usize, |n, a| {
            lengths(a).1.filter(|l| *l <= MOST / 2).map(|l| n.saturating_mul(l)).filter(|n| *n <= MOST)
        });
        if let Some(most) = most {
            u.length = (most.min(1), Some(most));
        }
        return Ok(marks.put(super::call::exact(u)));
    };
    bound_elements(total.saturating_mul(c.args.len()))?;
    let row = match &c.ty {
        Type::List(t) | Type::Set(t) => (**t).clone(),
        _ => Type::Any,
    };
    let columns: Vec<Type> = match &row {
        Type::Tuple(ts) => ts.to_vec(),
        _ => Vec::new(),
    };
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    for (arg, ty) in c.args.iter().zip(&columns) {
        let mut column = Vec::new();
        for v in arg.as_items().unwrap_or_default() {
            column.push(convert(v, ty).map_err(|e| Fail::said(e.message))?);
        }
        rows = rows
            .iter()
            .flat_map(|row| {
                column.iter().map(move |v| {
                    let mut row = row.clone();
                    row.push(v.clone());
                    row
                })
            })
            .collect();
    }
    let rows: Vec<Value> = rows.into_iter().map(Value::tuple).collect();
    Ok(marks.put(match &c.ty {
        Type::Set(_) => set(row, rows),
        _ => list(&c.ty, rows),
    }))
}
