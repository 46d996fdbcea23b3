//! What an expression spells out: the literals that its value is made of.

use trueline_text::Span;

use super::body::Body;
use super::expr::{Expr, ExprKind, ObjectKey, SplatStep};
use super::template::TemplatePart;
use crate::trail::all_below;

/// Functions whose first argument names a file.
const READS_FILE: [&str; 8] = [
    "file",
    "filebase64",
    "filebase64sha256",
    "filebase64sha512",
    "filemd5",
    "filesha256",
    "fileset",
    "templatefile",
];

impl Expr {
    /// The places of the strings and numbers that may be part of its value: a whole string, or the text between
    /// interpolations. Conditions, keys that select something, and names of files are no part of a value.
    pub fn written(&self) -> Vec<Span> {
        let mut out = Vec::new();
        let mut stack = vec![self];
        while let Some(e) = stack.pop() {
            match &e.kind {
                ExprKind::Number(_) => out.push(e.span),
                ExprKind::Template(t) => {
                    let mut parts: Vec<&TemplatePart> = t.parts.iter().collect();
                    if parts.iter().all(|p| matches!(p, TemplatePart::Text { .. })) {
                        out.push(e.span);
                        continue;
                    }
                    while let Some(part) = parts.pop() {
                        match part {
                            TemplatePart::Text { span, .. } => out.push(*span),
                            TemplatePart::Interpolation(e) => stack.push(e),
                            TemplatePart::If { then, otherwise, .. } => {
                                parts.extend(then.iter().chain(otherwise))
                            }
                            TemplatePart::For { collection, body, .. } => {
                                stack.push(collection);
                                parts.extend(body);
                            }
                        }
                    }
                }
                ExprKind::Tuple(items) => stack.extend(items),
                ExprKind::Object(items) => stack.extend(items.iter().map(|i| &i.value)),
                ExprKind::GetAttr(e, _)
                | ExprKind::LegacyIndex(e, _)
                | ExprKind::Index(e, _)
                | ExprKind::Unary(_, e)
                | ExprKind::Parens(e) => stack.push(e),
                ExprKind::Conditional(_, a, b) => stack.extend([&**a, &**b]),
                ExprKind::Binary(_, a, b) => stack.extend([&**a, &**b]),
                ExprKind::Splat(s) => stack.push(&s.source),
                ExprKind::Call(c) => {
                    let skip = usize::from(READS_FILE.contains(&&*c.name.text));
                    stack.extend(c.args.iter().skip(skip));
                }
                ExprKind::ForTuple(f) => stack.extend([&f.collection, &f.element]),
                ExprKind::ForObject(f) => stack.extend([&f.collection, &f.entry_value]),
                ExprKind::Null | ExprKind::Bool(_) | ExprKind::Variable(_) | ExprKind::Missing => {}
            }
        }
        out.sort();
        out
    }

    /// The expressions directly below it, those that are no part of its value included.
    pub fn below(&self) -> Vec<&Self> {
        let mut out = Vec::new();
        match &self.kind {
            ExprKind::Template(t) => {
                let mut parts: Vec<&TemplatePart> = t.parts.iter().collect();
                while let Some(part) = parts.pop() {
                    match part {
                        TemplatePart::Text { .. } => {}
                        TemplatePart::Interpolation(e) => out.push(e),
                        TemplatePart::If { condition, then, otherwise, .. } => {
                            out.push(condition);
                            parts.extend(then.iter().chain(otherwise));
                        }
                        TemplatePart::For { collection, body, .. } => {
                            out.push(collection);
                            parts.extend(body);
                        }
                    }
                }
            }
            ExprKind::Tuple(items) => out.extend(items),
            ExprKind::Object(items) => {
                out.extend(items.iter().map(|i| &i.value));
                out.extend(items.iter().filter_map(|i| match &i.key {
                    ObjectKey::Expr(e) => Some(e),
                    ObjectKey::Name(_) => None,
                }));
            }
            ExprKind::GetAttr(e, _)
            | ExprKind::LegacyIndex(e, _)
            | ExprKind::Unary(_, e)
            | ExprKind::Parens(e) => out.push(&**e),
            ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => out.extend([&**a, &**b]),
            ExprKind::Conditional(a, b, c) => out.extend([&**a, &**b, &**c]),
            ExprKind::Splat(s) => {
                out.push(&s.source);
                let mut steps: Vec<&SplatStep> = s.rest.iter().collect();
                while let Some(step) = steps.pop() {
                    match step {
                        SplatStep::Index(e) => out.push(e),
                        SplatStep::Splat { rest, .. } => steps.extend(rest),
                        SplatStep::GetAttr(_) | SplatStep::LegacyIndex(_) => {}
                    }
                }
            }
            ExprKind::Call(c) => out.extend(&c.args),
            ExprKind::ForTuple(f) => out.extend([&f.collection, &f.element].into_iter().chain(&f.condition)),
            ExprKind::ForObject(f) => {
                out.extend([&f.collection, &f.entry_key, &f.entry_value].into_iter().chain(&f.condition));
            }
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::Variable(_)
            | ExprKind::Missing => {}
        }
        out
    }
}

impl Body {
    /// The calls of a function in all its expressions, those in blocks included.
    pub fn calls_of(&self, function: &str) -> Vec<&Expr> {
        let mut out = Vec::new();
        let mut bodies = vec![self];
        while let Some(body) = bodies.pop() {
            bodies.extend(body.blocks().map(|b| &b.body));
            let all = body.attributes().flat_map(|a| all_below(&a.expr));
            out.extend(all.filter(|e| matches!(&e.kind, ExprKind::Call(c) if &*c.name.text == function)));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use crate::parse;
    use crate::trail::expr;

    fn written(text: &str) -> Vec<String> {
        let text = format!("x = {text}\n");
        let file = parse(&text);
        assert!(file.errors.is_empty(), "{text}");
        let a = file.body.attribute("x").unwrap();
        a.expr.written().iter().map(|s| s.text(&text).to_owned()).collect()
    }

    #[test]
    fn what_is_part_of_the_value_is_found() {
        for (text, want) in [
            ("\"a\"", vec!["\"a\""]),
            ("\"a${var.b}c\"", vec!["a", "c"]),
            ("\"${\"in\"}-${var.x}\"", vec!["\"in\"", "-"]),
            ("true ? 1 : \"b\"", vec!["1", "\"b\""]),
            ("var.e == \"prod\" ? \"a\" : null", vec!["\"a\""]),
            ("var.m[\"key\"]", vec![]),
            ("{ a = \"x\", \"b\" = [2] }", vec!["\"x\"", "2"]),
            ("join(\"-\", [\"a\", var.b])", vec!["\"-\"", "\"a\""]),
            ("file(\"secret.txt\")", vec![]),
            ("templatefile(\"t\", { p = \"pw\" })", vec!["\"pw\""]),
            ("[for x in [\"a\"] : \"b${x}\" if x != \"c\"]", vec!["\"a\"", "b"]),
            ("(var.a)", vec![]),
        ] {
            assert_eq!(written(text), want, "{text}");
        }
    }

    #[test]
    fn expressions_and_calls_are_found_wherever_they_stand() {
        let text = "a \"b\" {\n  c {\n    x = [{ y = f(\"${g(f(1))}\") }]\n  }\n}\n";
        let file = parse(text);
        let calls: Vec<&str> = file.body.calls_of("f").iter().map(|e| e.span.text(text)).collect();
        assert_eq!(calls, ["f(\"${g(f(1))}\")", "f(1)"]);
        for e in file.body.calls_of("f") {
            assert_eq!(expr(&file, e.span).unwrap().span, e.span);
        }
        assert!(expr(&file, file.body.span).is_none());
    }
}
