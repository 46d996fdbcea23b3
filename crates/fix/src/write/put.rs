//! Values put below a body or an object, and entries added by `merge`.

use std::sync::Arc;

use serde_json::Value as Json;
use trueline_hcl::{Block, Body, Expr, ExprKind, layout};
use trueline_model::OpValue;
use trueline_text::{Edit, Span};

use super::{Page, is_bare, new_block, spell, unwritable};
use crate::NoPlace;
use crate::change::{Step, StepKind, build, nest};
use trueline_hcl::trail::{Node, block, expr, trail};

/// Puts a value at a path below the block or object at `span`.
pub fn put(page: &Page<'_>, span: Span, path: &[Step], value: &OpValue) -> Result<Vec<Edit>, NoPlace> {
    match block(page.tree, span) {
        Some(b) => in_body(page, b, path, value),
        None => {
            let e = expr(page.tree, span).ok_or(NoPlace::Conflict)?.unparen();
            if matches!(e.kind, ExprKind::Null) {
                let whole = nest(path.iter().map(|s| &*s.name), value).ok_or(NoPlace::Conflict)?;
                let text = if page.json { spell::json(&whole) } else { spell::native(&whole) };
                return Ok(layout::replace_expr(page.text, e.span, &text.map_err(unwritable)?));
            }
            in_object(page, e, path, value)
        }
    }
}

fn in_body(page: &Page<'_>, outer: &Block, path: &[Step], value: &OpValue) -> Result<Vec<Edit>, NoPlace> {
    let mut body: &Body = &outer.body;
    let mut path = path;
    loop {
        let (first, rest) = path.split_first().ok_or(NoPlace::Conflict)?;
        if first.kind == StepKind::Block && !body.json {
            match body.blocks_of(&first.name).next() {
                Some(inner) if !rest.is_empty() => {
                    body = &inner.body;
                    path = rest;
                    continue;
                }
                Some(_) => return Err(NoPlace::Conflict),
                None => {
                    let built = build(&[(path.to_vec(), value.clone())]).ok_or(NoPlace::Conflict)?;
                    let texts = built.iter().map(|b| Ok(layout::render_block(&new_block(b)?)));
                    let text = texts.collect::<Result<Vec<_>, NoPlace>>()?.join("\n\n");
                    return Ok(layout::insert_block(page.text, body, &text));
                }
            }
        }
        return match body.attribute(&first.name) {
            Some(a) if !rest.is_empty() && !matches!(a.expr.unparen().kind, ExprKind::Null) => {
                // If something else came to stand there, the two clash.
                in_object(page, single(a.expr.unparen()).ok_or(NoPlace::Conflict)?, rest, value)
            }
            _ => {
                let whole = nest(rest.iter().map(|s| &*s.name), value).ok_or(NoPlace::Conflict)?;
                let text = if page.json { spell::json(&whole) } else { spell::native(&whole) }
                    .map_err(unwritable)?;
                Ok(layout::set_attribute(page.text, body, &first.name, &text))
            }
        };
    }
}

/// In an object constructor, or in what JSON syntax writes for a body.
fn in_object(page: &Page<'_>, object: &Expr, path: &[Step], value: &OpValue) -> Result<Vec<Edit>, NoPlace> {
    let mut object = object;
    let mut path = path;
    loop {
        let (first, rest) = path.split_first().ok_or(NoPlace::Conflict)?;
        let ExprKind::Object(items) = &object.kind else { return Err(NoPlace::Conflict) };
        let there =
            layout::object_entry(object, &first.name).and_then(|i| items.get(i)).map(|i| i.value.unparen());
        if !rest.is_empty()
            && let Some(inner) = there.and_then(single)
        {
            object = inner;
            path = rest;
            continue;
        }
        if !rest.is_empty() && there.is_some_and(|e| !matches!(e.kind, ExprKind::Null)) {
            return Err(NoPlace::Conflict);
        }
        let whole = nest(rest.iter().map(|s| &*s.name), value).ok_or(NoPlace::Conflict)?;
        let text = if page.json { spell::json(&whole) } else { spell::native(&whole) }.map_err(unwritable)?;
        return layout::set_object_entry(page.text, object, &first.name, &text).ok_or(NoPlace::Conflict);
    }
}

/// The object that an expression is, or the only one in a list of one (a block in JSON syntax).
fn single(e: &Expr) -> Option<&Expr> {
    match &e.kind {
        ExprKind::Object(_) => Some(e),
        ExprKind::Tuple(items) => match items.as_slice() {
            [one] if matches!(one.kind, ExprKind::Object(_)) => Some(one),
            _ => None,
        },
        _ => None,
    }
}

/// Adds an entry to a collection by `merge`; into the object that an earlier `merge` added, if there is one.
pub fn merge(page: &Page<'_>, span: Span, path: &[Arc<str>], value: &OpValue) -> Result<Vec<Edit>, NoPlace> {
    let steps: Vec<Step> = path.iter().map(|n| Step { name: n.clone(), kind: StepKind::Entry }).collect();
    let e = expr(page.tree, span).ok_or(NoPlace::Conflict)?;
    if page.json {
        return in_string(page, e, path, value);
    }
    let addition = addition(path, value)?;
    if let Some(last) = around(page, e).or(Some(e)).and_then(own_object) {
        return in_object(page, last, &steps, value);
    }
    match &e.kind {
        ExprKind::Call(call) if &*call.name.text == "merge" && !call.expand && !call.args.is_empty() => {
            let end = call.args.last().map_or(e.span.end, |a| a.span.end);
            Ok(around_text(page, e, end, &addition, e.span.start, ""))
        }
        _ => Ok(around_text(page, e, e.span.end, &format!("{addition})"), e.span.start, "merge(")),
    }
}

/// `, { Owner = "me" }`
fn addition(path: &[Arc<str>], value: &OpValue) -> Result<String, NoPlace> {
    let (first, rest) = path.split_first().ok_or(NoPlace::Conflict)?;
    let inner = nest(rest.iter().map(|n| &**n), value).ok_or(NoPlace::Conflict)?;
    let inner = spell::native(&inner).map_err(unwritable)?;
    Ok(format!(", {}", spell::inline(first, &inner)))
}

/// Text inserted at two places of an expression. What lines up behind a line stays lined up.
fn around_text(page: &Page<'_>, e: &Expr, end: u32, behind: &str, start: u32, before: &str) -> Vec<Edit> {
    let old = e.span.text(page.text);
    if old.contains('\n') {
        return vec![Edit::insert(start, before), Edit::insert(end, behind)];
    }
    let head = Span::new(start, end).text(page.text);
    let tail = Span::new(end, e.span.end).text(page.text);
    layout::replace_expr(page.text, e.span, &format!("{before}{head}{behind}{tail}"))
}

/// The `merge` call of which an expression is the first argument.
fn around<'t>(page: &Page<'t>, e: &Expr) -> Option<&'t Expr> {
    trail(page.tree, e.span).into_iter().find_map(|n| match n {
        Node::Expr(outer) => match &outer.kind {
            ExprKind::Call(c)
                if &*c.name.text == "merge" && c.args.first().is_some_and(|a| a.span == e.span) =>
            {
                Some(outer)
            }
            _ => None,
        },
        _ => None,
    })
}

/// The object constructor that is the last argument of a `merge` call.
fn own_object(e: &Expr) -> Option<&Expr> {
    match &e.kind {
        ExprKind::Call(c) if &*c.name.text == "merge" && !c.expand => {
            c.args.last().map(Expr::unparen).filter(|a| matches!(a.kind, ExprKind::Object(_)))
        }
        _ => None,
    }
}

/// The same for `"${expression}"` in a JSON file.
fn in_string(page: &Page<'_>, e: &Expr, path: &[Arc<str>], value: &OpValue) -> Result<Vec<Edit>, NoPlace> {
    let refuse = || unwritable("it stands inside a string of a JSON file".into());
    let text = is_bare(e).then(|| e.span.text(page.text)).ok_or_else(refuse)?;
    let Ok(Json::String(template)) = serde_json::from_str::<Json>(text) else { return Err(refuse()) };
    let inner = template.strip_prefix("${").and_then(|t| t.strip_suffix('}')).ok_or_else(refuse)?.trim();
    let parsed = trueline_hcl::parse_expression(inner).map_err(|_| refuse())?;
    let addition = addition(path, value)?;
    let new = match &parsed.kind {
        ExprKind::Call(c) if &*c.name.text == "merge" && !c.expand && !c.args.is_empty() => {
            let edits = match (own_object(&parsed), path) {
                (Some(object), [name]) => {
                    let value = spell::native(value).map_err(unwritable)?;
                    layout::set_object_entry(inner, object, name, &value).ok_or_else(refuse)?
                }
                _ => vec![Edit::insert(c.args.last().map_or(parsed.span.end, |a| a.span.end), addition)],
            };
            trueline_text::apply(inner, &edits).map_err(|_| refuse())?
        }
        _ => format!("merge({inner}{addition})"),
    };
    Ok(vec![Edit::replace(e.span, layout::json_expression(&new))])
}
