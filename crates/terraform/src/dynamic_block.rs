//! `dynamic` blocks: one block per element of a collection.

use std::sync::Arc;

use trueline_hcl::ExprKind;
use trueline_model::{Kind, Segment, Type, Value};
use trueline_text::Location;

use crate::content::{Content, Nested};
use crate::expression::Evaluator;
use crate::expression::provenance::iterated;
use trueline_provider::convert;

/// What is done with each block: evaluator with the iterator bound, content, label, place.
pub(crate) type Emit<'e, 's> =
    &'e mut dyn FnMut(&mut Evaluator<'s>, &Content<'_>, Option<Arc<str>>, Location);

/// Goes through `for_each` and hands out the content of each block that it makes.
///
/// # Errors
/// The value on which it hangs how many blocks there are, while that is not decided.
pub(crate) fn expand<'s>(
    ev: &mut Evaluator<'s>,
    block: &Nested<'_>,
    labels: usize,
    emit: Emit<'_, 's>,
) -> Result<(), Value> {
    let outer = block.content();
    let name: Arc<str> = block.labels.first().copied().unwrap_or_default().into();
    let Some((file, e)) = outer.expr("for_each") else {
        let v = ev.fail(block.head, format!("`dynamic \"{name}\"` has no `for_each`"), None);
        return Err(v);
    };
    let Some(inner) = outer.blocks("content", 0).into_iter().next() else {
        let v = ev.fail(block.head, format!("`dynamic \"{name}\"` has no `content` block"), None);
        return Err(v);
    };
    let iterator = outer.argument("iterator").and_then(|a| match &a.expr.kind {
        ExprKind::Variable(n) => Some(n.clone()),
        _ => a.expr.as_literal_str().map(Arc::from),
    });
    let iterator = iterator.unwrap_or_else(|| name.clone());
    let before = ev.enter(file);
    let of = ev.eval(e);
    ev.enter(before);
    let pairs: Vec<(Value, Value)> = match &of.kind {
        Kind::Map(_, entries) | Kind::Object(entries) => entries
            .iter()
            .map(|(k, v)| (Value::string(k.clone()), iterated(&of, v, &Segment::Name(k.clone()))))
            .collect(),
        Kind::List(_, items) | Kind::Tuple(items) => {
            let pair = |(i, v): (usize, &Value)| (Value::number(i as i64), iterated(&of, v, &index(i)));
            items.iter().enumerate().map(pair).collect()
        }
        Kind::Set(_, items) => {
            let pair = |(i, v): (usize, &Value)| {
                let v = iterated(&of, v, &index(i));
                (v.clone(), v)
            };
            items.iter().enumerate().map(pair).collect()
        }
        Kind::Unknown(u) => match (&u.ty, u.length) {
            (Type::List(t), (n, Some(most))) if n == most && n <= 1024 => (0..n)
                .map(|i| {
                    let child = Value::unknown((**t).clone(), u.reason.clone());
                    (Value::number(i as i64), iterated(&of, &child, &index(i)))
                })
                .collect(),
            _ => return Err(of),
        },
        Kind::Null(_) => {
            let help = "give an empty list for no blocks";
            return Err(ev.fail(
                e.span,
                format!("`for_each` of `dynamic \"{name}\"` is null"),
                Some(help.into()),
            ));
        }
        _ => {
            let message = format!("`for_each` of `dynamic \"{name}\"` is no collection");
            return Err(ev.fail(e.span, message, Some("give a list, set or map".into())));
        }
    };
    let label_exprs = outer.argument("labels").copied();
    for (key, value) in pairs {
        let entries = [("key", key), ("value", value)].into_iter().map(|(n, v)| (Arc::from(n), v)).collect();
        let mut it = Value::object(entries);
        it.sensitive = of.sensitive;
        ev.bind(&iterator, it);
        let label = match (labels, label_exprs) {
            (1.., Some(a)) => {
                let v = ev.eval(a.expr);
                v.as_items()
                    .and_then(|i| i.first())
                    .and_then(|v| convert::convert(v, &Type::String).ok())
                    .and_then(|v| v.as_str().map(Arc::from))
            }
            _ => None,
        };
        emit(ev, &inner.content(), label, inner.at());
        ev.unbind();
    }
    Ok(())
}

fn index(i: usize) -> Segment {
    Segment::Index(u32::try_from(i).unwrap_or(u32::MAX))
}
