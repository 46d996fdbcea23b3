//! Trees as text, without spans; and a walk over all spans.
#![allow(dead_code, reason = "each test file uses a part")]

use trueline_hcl::{
    Body, Expr, ExprKind, Ident, Item, ObjectKey, SplatStep, Template, TemplatePart, TemplateStyle,
};
use trueline_text::Span;

/// The comments of a text, sorted.
pub fn comments(text: &str) -> Vec<String> {
    let mut all: Vec<String> =
        trueline_hcl::parse(text).comments.iter().map(|c| c.span.text(text).to_owned()).collect();
    all.sort();
    all
}

/// One line per attribute, blocks indented.
pub fn body(body: &Body) -> Vec<String> {
    body.items.iter().flat_map(item).collect()
}

pub fn item(item: &Item) -> Vec<String> {
    match item {
        Item::Attribute(a) => vec![format!("{} = {}", a.name.text, expr(&a.expr))],
        Item::Block(b) => {
            let labels: String = b.labels.iter().map(|l| format!(" {:?}", l.text)).collect();
            let mut lines = vec![format!("{}{labels} {{", b.kind.text)];
            lines.extend(body(&b.body).into_iter().map(|l| format!("  {l}")));
            lines.push("}".to_owned());
            lines
        }
    }
}

fn list<'a>(all: impl IntoIterator<Item = &'a Expr>) -> String {
    all.into_iter().map(expr).collect::<Vec<_>>().join(" ")
}

pub fn expr(e: &Expr) -> String {
    match &e.kind {
        ExprKind::Null => "null".into(),
        ExprKind::Bool(b) => b.to_string(),
        ExprKind::Number(n) => n.to_string(),
        ExprKind::Template(t) => template(t),
        ExprKind::Tuple(v) => format!("[{}]", list(v)),
        ExprKind::Object(items) => {
            let items = items.iter().map(|i| match &i.key {
                ObjectKey::Name(n) => format!("{}: {}", n.text, expr(&i.value)),
                ObjectKey::Expr(k) => format!("<{}>: {}", expr(k), expr(&i.value)),
            });
            format!("{{{}}}", items.collect::<Vec<_>>().join(", "))
        }
        ExprKind::Variable(n) => n.to_string(),
        ExprKind::GetAttr(s, n) => format!("{}.{}", expr(s), n.text),
        ExprKind::LegacyIndex(s, n) => format!("{}.#{}", expr(s), n.text),
        ExprKind::Index(s, k) => format!("{}[{}]", expr(s), expr(k)),
        ExprKind::Splat(s) => {
            format!("(splat{} {}{})", if s.full { "[*]" } else { ".*" }, expr(&s.source), steps(&s.rest))
        }
        ExprKind::Call(c) => {
            format!("({} {}{})", c.name.text, list(&c.args), if c.expand { "..." } else { "" })
        }
        ExprKind::Unary(op, x) => format!("({op:?} {})", expr(x)),
        ExprKind::Binary(op, a, b) => format!("({op:?} {} {})", expr(a), expr(b)),
        ExprKind::Conditional(c, a, b) => format!("(? {} {} {})", expr(c), expr(a), expr(b)),
        ExprKind::ForTuple(f) => format!(
            "[for {}{} in {}: {}{}]",
            key(f.key.as_ref()),
            f.value.text,
            expr(&f.collection),
            expr(&f.element),
            condition(f.condition.as_ref())
        ),
        ExprKind::ForObject(f) => format!(
            "{{for {}{} in {}: {} => {}{}{}}}",
            key(f.key.as_ref()),
            f.value.text,
            expr(&f.collection),
            expr(&f.entry_key),
            expr(&f.entry_value),
            if f.group { "..." } else { "" },
            condition(f.condition.as_ref())
        ),
        ExprKind::Parens(x) => format!("({})", expr(x)),
        ExprKind::Missing => "<missing>".into(),
    }
}

fn key(key: Option<&Ident>) -> String {
    key.map_or_else(String::new, |k| format!("{}, ", k.text))
}

fn condition(c: Option<&Expr>) -> String {
    c.map_or_else(String::new, |c| format!(" if {}", expr(c)))
}

fn steps(steps_: &[SplatStep]) -> String {
    steps_
        .iter()
        .map(|s| match s {
            SplatStep::GetAttr(n) => format!(".{}", n.text),
            SplatStep::LegacyIndex(n) => format!(".#{}", n.text),
            SplatStep::Index(k) => format!("[{}]", expr(k)),
            SplatStep::Splat { full, rest, .. } => {
                format!("(splat{} {})", if *full { "[*]" } else { ".*" }, steps(rest))
            }
        })
        .collect()
}

pub fn template(t: &Template) -> String {
    parts(&t.parts)
}

pub fn parts(all: &[TemplatePart]) -> String {
    let inner: Vec<String> = all
        .iter()
        .map(|p| match p {
            TemplatePart::Text { value, .. } => format!("{value:?}"),
            TemplatePart::Interpolation(e) => format!("${{{}}}", expr(e)),
            TemplatePart::If { condition, then, otherwise, .. } => {
                format!("%if({} {} {})", expr(condition), parts(then), parts(otherwise))
            }
            TemplatePart::For { key: k, value, collection, body, .. } => {
                format!("%for({}{} in {} {})", key(k.as_ref()), value.text, expr(collection), parts(body))
            }
        })
        .collect();
    match inner.as_slice() {
        [one] => one.clone(),
        more => format!("`{}`", more.join("")),
    }
}

/// Panics if a span does not lie in its parent's, or cuts a character.
pub fn check_spans(text: &str, b: &Body) {
    let whole = Span::new(0, text.len() as u32);
    body_spans(text, b, whole);
}

fn inside(text: &str, outer: Span, inner: Span) {
    assert!(inner.start <= inner.end && outer.contains(inner), "{inner:?} is not in {outer:?}");
    assert!(text.get(inner.start as usize..inner.end as usize).is_some(), "{inner:?} cuts a character");
}

fn body_spans(text: &str, b: &Body, outer: Span) {
    inside(text, outer, b.span);
    let mut last = b.span.start;
    for item in &b.items {
        inside(text, Span::new(last, b.span.end), item.span());
        last = item.span().end;
        match item {
            Item::Attribute(a) => {
                assert_eq!(a.name.span.text(text), &*a.name.text);
                inside(text, a.span, a.equals);
                expr_spans(text, &a.expr, Span::new(a.equals.end, a.span.end));
            }
            Item::Block(block) => {
                let close = if block.body.cut { "" } else { "}" };
                assert_eq!((block.open.text(text), block.close.text(text)), ("{", close));
                for l in &block.labels {
                    inside(text, Span::new(block.kind.span.end, block.open.start), l.span);
                }
                body_spans(text, &block.body, block.span);
            }
        }
    }
}

fn parts_spans(text: &str, all: &[TemplatePart], outer: Span) {
    for p in all {
        match p {
            TemplatePart::Text { span, .. } => inside(text, outer, *span),
            TemplatePart::Interpolation(e) => expr_spans(text, e, outer),
            TemplatePart::If { condition, then, otherwise, span } => {
                inside(text, outer, *span);
                expr_spans(text, condition, *span);
                parts_spans(text, then, *span);
                parts_spans(text, otherwise, *span);
            }
            TemplatePart::For { collection, body, span, .. } => {
                inside(text, outer, *span);
                expr_spans(text, collection, *span);
                parts_spans(text, body, *span);
            }
        }
    }
}

fn steps_spans(text: &str, all: &[SplatStep], outer: Span) {
    for s in all {
        match s {
            SplatStep::GetAttr(n) | SplatStep::LegacyIndex(n) => inside(text, outer, n.span),
            SplatStep::Index(k) => expr_spans(text, k, outer),
            SplatStep::Splat { marker, rest, .. } => {
                inside(text, outer, *marker);
                steps_spans(text, rest, outer);
            }
        }
    }
}

pub fn expr_spans(text: &str, e: &Expr, outer: Span) {
    inside(text, outer, e.span);
    let all = |list: &[&Expr]| list.iter().for_each(|x| expr_spans(text, x, e.span));
    match &e.kind {
        ExprKind::Null | ExprKind::Bool(_) | ExprKind::Missing => {}
        ExprKind::Number(n) | ExprKind::Variable(n) => assert_eq!(e.span.text(text), &**n),
        ExprKind::Template(t) => {
            if let TemplateStyle::Heredoc { body, .. } = t.style {
                inside(text, e.span, body);
            }
            parts_spans(text, &t.parts, e.span);
        }
        ExprKind::Tuple(v) => v.iter().for_each(|x| all(&[x])),
        ExprKind::Object(items) => {
            for i in items {
                inside(text, e.span, i.span);
                inside(text, i.span, i.separator);
                match &i.key {
                    ObjectKey::Name(n) => inside(text, i.span, n.span),
                    ObjectKey::Expr(k) => expr_spans(text, k, i.span),
                }
                expr_spans(text, &i.value, i.span);
            }
        }
        ExprKind::GetAttr(s, n) | ExprKind::LegacyIndex(s, n) => {
            inside(text, e.span, n.span);
            all(&[s]);
        }
        ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => all(&[a, b]),
        ExprKind::Splat(s) => {
            inside(text, e.span, s.marker);
            all(&[&s.source]);
            steps_spans(text, &s.rest, e.span);
        }
        ExprKind::Call(c) => {
            inside(text, e.span, c.name.span);
            c.args.iter().for_each(|x| all(&[x]));
        }
        ExprKind::Unary(_, x) | ExprKind::Parens(x) => all(&[x]),
        ExprKind::Conditional(a, b, c) => all(&[a, b, c]),
        ExprKind::ForTuple(f) => {
            all(&[&f.collection, &f.element]);
            f.condition.iter().for_each(|c| all(&[c]));
        }
        ExprKind::ForObject(f) => {
            all(&[&f.collection, &f.entry_key, &f.entry_value]);
            f.condition.iter().for_each(|c| all(&[c]));
        }
    }
}
