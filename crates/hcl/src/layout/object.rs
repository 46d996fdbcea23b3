//! Entries of objects and elements of tuples.

use trueline_text::{Edit, Span};

use crate::ast::{Expr, ExprKind, ObjectItem, ObjectKey, TemplateStyle};

use super::body::replace_expr;
use super::json;
use super::literal::{escape_text, is_name, quoted};
use super::series::{Rules, Series};
use super::settle::settle;

/// The index of the entry with this literal key: the last one, which is the one that counts.
pub fn object_entry(object: &Expr, key: &str) -> Option<usize> {
    let ExprKind::Object(items) = &object.unparen().kind else { return None };
    items.iter().rposition(|item| match &item.key {
        ObjectKey::Name(name) => &*name.text == key,
        ObjectKey::Expr(expr) => expr.unparen().as_literal_str() == Some(key),
    })
}

/// Gives the entry `key` this value: replaces the one it has, or adds an entry at the end, in the manner of
/// the entries that are there. `None` if the expression is no object constructor.
pub fn set_object_entry(text: &str, object: &Expr, key: &str, value: &str) -> Option<Vec<Edit>> {
    let object = object.unparen();
    let ExprKind::Object(items) = &object.kind else { return None };
    let json = is_json(text, object);
    if let Some(item) = object_entry(object, key).and_then(|n| items.get(n)) {
        return Some(if json {
            json::replace(text, item.value.span, value)
        } else {
            replace_expr(text, item.value.span, value)
        });
    }
    let series = series(text, object, items.iter().map(|i| i.span), json);
    let opened = !inside_quotes(text, object);
    if json {
        return Some(series.insert(
            items.len(),
            &format!("{}: {value}", json::string(&escape_text(key))),
            opened,
        ));
    }
    let separator = items.last().map_or_else(|| " = ".to_owned(), |i| separator(text, i));
    let entry = format!("{}{separator}{value}", key_text(items, key));
    Some(settle(text, series.insert(items.len(), &entry, opened)))
}

/// Takes the entry at an index away, with its line; its comments stay. `None` if there is none.
pub fn remove_object_entry(text: &str, object: &Expr, at: usize) -> Option<Vec<Edit>> {
    let object = object.unparen();
    let ExprKind::Object(items) = &object.kind else { return None };
    items.get(at)?;
    let json = is_json(text, object);
    let edits = series(text, object, items.iter().map(|i| i.span), json).remove(at);
    Some(if json { edits } else { settle(text, edits) })
}

/// Adds an element before the one at an index, or behind the last. `None` if it is no tuple constructor.
pub fn insert_tuple_element(text: &str, tuple: &Expr, at: usize, value: &str) -> Option<Vec<Edit>> {
    let tuple = tuple.unparen();
    let ExprKind::Tuple(elements) = &tuple.kind else { return None };
    let json = is_json(text, tuple);
    let edits = series(text, tuple, elements.iter().map(|e| e.span), json).insert(at, value, false);
    Some(if json { edits } else { settle(text, edits) })
}

/// Replaces the element at an index. `None` if there is none.
pub fn replace_tuple_element(text: &str, tuple: &Expr, at: usize, value: &str) -> Option<Vec<Edit>> {
    let tuple = tuple.unparen();
    let ExprKind::Tuple(elements) = &tuple.kind else { return None };
    let span = elements.get(at)?.span;
    Some(if is_json(text, tuple) {
        json::replace(text, span, value)
    } else {
        replace_expr(text, span, value)
    })
}

/// Takes the element at an index away, with its comma; its comments stay. `None` if there is none.
pub fn remove_tuple_element(text: &str, tuple: &Expr, at: usize) -> Option<Vec<Edit>> {
    let tuple = tuple.unparen();
    let ExprKind::Tuple(elements) = &tuple.kind else { return None };
    elements.get(at)?;
    let json = is_json(text, tuple);
    let edits = series(text, tuple, elements.iter().map(|e| e.span), json).remove(at);
    Some(if json { edits } else { settle(text, edits) })
}

fn series<'t>(text: &'t str, of: &Expr, elements: impl Iterator<Item = Span>, json: bool) -> Series<'t> {
    let brace = matches!(of.kind, ExprKind::Object(_));
    let rules = match (json, brace) {
        (true, _) => Rules::Json { brace },
        (false, true) => Rules::Object,
        (false, false) => Rules::Tuple,
    };
    let inside = Span::new(of.span.start + 1, of.span.end.saturating_sub(1));
    Series { text, inside, elements: elements.collect(), rules }
}

/// How the last entry writes what stands between key and value.
fn separator(text: &str, item: &ObjectItem) -> String {
    let sign = item.separator.text(text);
    if sign == "=" {
        return " = ".to_owned();
    }
    let key_end = match &item.key {
        ObjectKey::Name(name) => name.span.end,
        ObjectKey::Expr(expr) => expr.span.end,
    };
    let before = if key_end < item.separator.start { " " } else { "" };
    let after = if item.separator.end < item.value.span.start { " " } else { "" };
    format!("{before}{sign}{after}")
}

/// The key as the other entries write theirs: in quotes if the last one is.
fn key_text(items: &[ObjectItem], key: &str) -> String {
    let in_quotes = items.last().is_some_and(|i| match &i.key {
        ObjectKey::Expr(expr) => matches!(&expr.kind, ExprKind::Template(_)),
        ObjectKey::Name(_) => false,
    });
    if in_quotes || !is_name(key) || key == "for" { quoted(key) } else { key.to_owned() }
}

/// The expression comes from JSON syntax: what it holds says so, or the bracket it is in.
fn is_json(text: &str, expr: &Expr) -> bool {
    let bare = |e: &Expr| matches!(&e.kind, ExprKind::Template(t) if t.style == TemplateStyle::Bare);
    match &expr.kind {
        ExprKind::Object(items) => match items.first() {
            Some(item) => matches!(&item.key, ObjectKey::Expr(key) if bare(key)),
            None => json::is_json(text),
        },
        _ => json::is_json(text),
    }
}

/// The expression stands in a string in quotes, where new lines would be ugly.
fn inside_quotes(text: &str, expr: &Expr) -> bool {
    use crate::lex::{Kind, lex};
    let line = super::place::line_start(text, expr.span.start);
    // A string does not begin on an earlier line, unless an interpolation in it spans lines.
    let before = Span::new(line, expr.span.start).text(text);
    let mut open = 0i32;
    for token in lex(before).tokens {
        match token.kind {
            Kind::OQuote => open += 1,
            Kind::CQuote => open -= 1,
            _ => {}
        }
    }
    open > 0
}
