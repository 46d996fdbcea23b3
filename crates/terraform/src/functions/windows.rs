//! Parts of sequences by their place: `element`, `slice`, `chunklist`, and `range`, which makes them.

use std::sync::Arc;

use trueline_model::{Kind, Number, Reason, Type, Unknown, Value};

use super::call::{Marks, whole_number};
use super::error::Fail;
use super::lists::{items, list};
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{friendly_name, type_of};

const LIST: Param = Param::new("list", Ty::Any);

pub(super) static SPECS: &[Spec] = &[
    Spec::new(
        "chunklist",
        &[Param::new("list", Ty::List).marked(), Param::new("size", Ty::Number).marked()],
        Ty::ListOfLists,
        chunk,
    )
    .of(|a| Ok(Type::List(Arc::new(a.first().map_or(Type::Any, type_of)))))
    .selects(),
    Spec::new("element", &[LIST.marked(), Param::new("index", Ty::Number)], Ty::Any, element)
        .of(element_type)
        .maybe_null()
        .selects(),
    Spec::new("range", &[], Ty::Numbers, range).variadic(Param::new("params", Ty::Number)),
    Spec::new(
        "slice",
        &[
            LIST.marked().unknown(),
            Param::new("start_index", Ty::Number).unknown(),
            Param::new("end_index", Ty::Number).unknown(),
        ],
        Ty::Any,
        slice,
    )
    .of(slice_type)
    .selects(),
];

fn chunk(c: &Call<'_>) -> Result<Value, Fail> {
    let (mut from, mut size) = (c.arg(0).clone(), c.arg(1).clone());
    let mut marks = Marks::default();
    marks.take_own(&mut from);
    marks.take_own(&mut size);
    let size = match &size.kind {
        Kind::Number(n) => {
            n.as_i64().ok_or_else(|| Fail::said(format!("invalid size: {}", whole_number())))?
        }
        _ => return Err("invalid size: a number is required".into()),
    };
    let size = usize::try_from(size).map_err(|_| Fail::from("the size argument must be positive"))?;
    let inner = type_of(&from);
    let all = items(&from);
    let chunks: Vec<Value> = match (all.is_empty(), size) {
        (true, _) => Vec::new(),
        (false, 0) => vec![from.clone()],
        (false, n) => all.chunks(n).map(|part| list(&inner, part.to_vec())).collect(),
    };
    Ok(marks.put(list(&Type::List(Arc::new(inner)), chunks)))
}

fn wrapped(index: i64, length: usize) -> Result<usize, Fail> {
    let empty = || Fail::from("cannot use element function with an empty list");
    let i = index.checked_rem_euclid(i64::try_from(length).map_err(|_| empty())?).ok_or_else(empty)?;
    usize::try_from(i).map_err(|_| empty())
}

fn element_index(v: &Value) -> Result<i64, Fail> {
    match &v.kind {
        Kind::Number(n) => n.as_i64().ok_or_else(|| Fail::said(format!("invalid index: {}", whole_number()))),
        _ => Err("invalid index: a number is required".into()),
    }
}

fn element_type(args: &[Value]) -> Result<Type, Fail> {
    let (Some(from), Some(index)) = (args.first(), args.get(1)) else { return Ok(Type::Any) };
    match type_of(from) {
        Type::List(t) => Ok((*t).clone()),
        Type::Tuple(_) if index.is_unknown() => Ok(Type::Any),
        Type::Tuple(ts) => {
            let index = element_index(index)?;
            // Terraform 1.11 counts from the end in lists only.
            if index % (ts.len().max(1) as i64) < 0 {
                return Err("the index must not be negative".into());
            }
            Ok(ts.get(wrapped(index, ts.len())?).cloned().unwrap_or(Type::Any))
        }
        t => Err(format!("cannot read elements from {}", friendly_name(&t)).into()),
    }
}

fn element(c: &Call<'_>) -> Result<Value, Fail> {
    let mut marks = Marks::default();
    marks.note(c.arg(0));
    let all = items(c.arg(0));
    let i = wrapped(element_index(c.arg(1))?, all.len())?;
    Ok(marks.put(all.get(i).cloned().unwrap_or_else(Value::null)))
}

fn range(c: &Call<'_>) -> Result<Value, Fail> {
    const MOST: usize = 1024;
    let zero = Number::from(0);
    let minus = |negative: bool| Number::from(if negative { -1 } else { 1 });
    let (start, end, step) = match c.args.len() {
        1 => (zero.clone(), c.number(0)?.clone(), minus(*c.number(0)? < zero)),
        2 => (c.number(0)?.clone(), c.number(1)?.clone(), minus(c.number(1)? < c.number(0)?)),
        3 => (c.number(0)?.clone(), c.number(1)?.clone(), c.number(2)?.clone()),
        _ => return Err("must have one, two, or three arguments".into()),
    };
    let down = step < zero;
    if down && end > start {
        return Err(Fail::arg(1, "end must be less than start when step is negative"));
    }
    if !down && end < start {
        return Err(Fail::arg(1, "end must be greater than start when step is positive"));
    }
    let mut all = Vec::new();
    let mut n = start;
    while if down { n > end } else { n < end } {
        if all.len() >= MOST {
            return Err("more than 1024 values were generated; either decrease the difference between start and end or use a smaller step".into());
        }
        all.push(Value::number(n.clone()));
        n = n.add(&step).map_err(|e| Fail::said(e.to_string()))?;
    }
    Ok(list(&c.ty, all))
}

struct Bounds {
    start: Option<usize>,
    end: Option<usize>,
}

fn slice_bounds(args: &[Value]) -> Result<Bounds, Fail> {
    let from = args.first();
    let length = from.and_then(|v| match (&v.kind, type_of(v)) {
        (_, Type::Tuple(ts)) => Some(ts.len()),
        (Kind::List(_, items), _) => Some(items.len()),
        _ => None,
    });
    let bound = |i: usize, what: &str| -> Result<Option<usize>, Fail> {
        let Some(Value { kind: Kind::Number(n), .. }) = args.get(i) else { return Ok(None) };
        let n = n.as_i64().ok_or_else(|| Fail::arg(i, format!("invalid {what}: {}", whole_number())))?;
        let n = usize::try_from(n).map_err(|_| Fail::arg(i, format!("{what} must not be less than zero")))?;
        if length.is_some_and(|l| n > l) {
            return Err(Fail::arg(i, format!("{what} must not be greater than the length of the list")));
        }
        Ok(Some(n))
    };
    let (start, end) = (bound(1, "start index")?, bound(2, "end index")?);
    if let (Some(s), Some(e)) = (start, end)
        && s > e
    {
        return Err(Fail::arg(1, "start index must not be greater than end index"));
    }
    Ok(Bounds { start, end })
}

fn slice_type(args: &[Value]) -> Result<Type, Fail> {
    let ty = args.first().map_or(Type::Any, type_of);
    match &ty {
        Type::Set(_) => {
            return Err(Fail::arg(
                0,
                "cannot slice a set, because its elements do not have indices; explicitly convert to a list if the ordering of the result is not important",
            ));
        }
        Type::List(_) | Type::Tuple(_) => {}
        _ => return Err(Fail::arg(0, "must be a list or tuple value")),
    }
    let bounds = slice_bounds(args)?;
    match (&ty, bounds.start, bounds.end) {
        (Type::Tuple(ts), Some(s), Some(e)) => Ok(Type::Tuple(ts.get(s..e).unwrap_or_default().into())),
        (Type::Tuple(_), ..) => Ok(Type::Any),
        _ => Ok(ty),
    }
}

fn slice(c: &Call<'_>) -> Result<Value, Fail> {
    let v = c.arg(0);
    let mut marks = Marks::default();
    marks.note(v);
    let Bounds { start: Some(start), end: Some(end) } = slice_bounds(&c.args)? else {
        return Ok(marks.put(c.unknown_value()));
    };
    if let Kind::Unknown(u) = &v.kind {
        return Ok(marks.put(sized(&c.ty, &u.reason, end - start, v)));
    }
    let part = items(v).get(start..end).unwrap_or_default();
    Ok(marks.put(list(&c.ty, part.to_vec())))
}

/// A list of so many unknown elements: Terraform says no more of it than of any unknown list, but its length is
/// decided, and `count` may hang on it.
fn sized(ty: &Type, reason: &Reason, n: usize, from: &Value) -> Value {
    const MOST: usize = 1 << 16;
    let unknown = |ty: Type| {
        let mut v = Value::unknown(ty, reason.clone());
        v.origin = from.origin.clone();
        v
    };
    match ty {
        Type::List(t) if n <= MOST => list(ty, (0..n).map(|_| unknown((**t).clone())).collect()),
        Type::Tuple(ts) => Value::tuple(ts.iter().map(|t| unknown(t.clone())).collect()),
        _ => {
            let mut u = Unknown::new(ty.clone(), reason.clone());
            u.not_null = true;
            u.length = (n, Some(n));
            Kind::Unknown(Arc::new(u)).into()
        }
    }
}
