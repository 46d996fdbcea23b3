//! `rego.parse_module`: a policy as the tree that OPA shows of it.

use crate::parser::{Names, parse_module};
use crate::syntax::{Body, Call, Expr, ExprKind, Head, Import, Module, Name, Part, Rule, Term, TermKind};
use crate::{Value, Version};

use super::{Builtin, Failure, Host, Outcome, builtin, text};

pub(super) const BUILTINS: &[Builtin] = &[builtin("rego.parse_module", 2, parse)];

fn parse(host: &mut Host, args: &[Value]) -> Outcome {
    let (path, source) = (text(args, 0)?, text(args, 1)?);
    host.grow(source.len().saturating_mul(16))?;
    let version = if host.old { Version::V0 } else { Version::V1 };
    match parse_module(source, version, &mut Names::shared()) {
        Ok(parsed) => Ok(module(&parsed)),
        Err(errors) => {
            let errors = errors.into_iter().map(|error| {
                let (line, _) = crate::compile::place(source, error.at);
                format!("{path}:{line}: rego_parse_error: {}", error.message)
            });
            Err(Failure::Error(errors.collect::<Vec<_>>().join("\n")))
        }
    }
}

type Entries = Vec<(Value, Value)>;

fn tagged(kind: &str, value: Value) -> Value {
    Value::object(vec![("type".into(), kind.into()), ("value".into(), value)])
}

fn array<T>(items: &[T], each: impl FnMut(&T) -> Value) -> Value {
    Value::array(items.iter().map(each).collect())
}

fn path(names: &[Name]) -> Value {
    let steps = names.iter().enumerate().map(|(at, name)| {
        let kind = if at == 0 { "var" } else { "string" };
        tagged(kind, Value::String(name.clone()))
    });
    Value::array(steps.collect())
}

fn module(module: &Module) -> Value {
    let root = std::iter::once(Name::from("data"));
    let package: Vec<Name> = root.chain(module.package.iter().cloned()).collect();
    let mut entries: Entries = vec![("package".into(), Value::object(vec![("path".into(), path(&package))]))];
    if !module.imports.is_empty() {
        entries.push(("imports".into(), array(&module.imports, import)));
    }
    if !module.rules.is_empty() {
        entries.push(("rules".into(), array(&module.rules, rule)));
    }
    Value::object(entries)
}

fn import(import: &Import) -> Value {
    let mut entries: Entries = vec![("path".into(), tagged("ref", path(&import.path)))];
    if let Some(alias) = &import.alias {
        entries.push(("alias".into(), Value::String(alias.clone())));
    }
    Value::object(entries)
}

fn rule(rule: &Rule) -> Value {
    let mut entries: Entries = vec![("head".into(), head(&rule.head)), ("body".into(), body(&rule.body))];
    if rule.default {
        entries.push(("default".into(), Value::Bool(true)));
    }
    if let Some(otherwise) = &rule.otherwise {
        entries.push(("else".into(), self::rule(otherwise)));
    }
    Value::object(entries)
}

fn head(head: &Head) -> Value {
    let mut entries: Entries = vec![("ref".into(), array(&head.reference, term))];
    if let [Term { kind: TermKind::Var(name), .. }] = head.reference.as_slice() {
        entries.push(("name".into(), Value::String(name.clone())));
    }
    if let Some(args) = &head.args {
        entries.push(("args".into(), array(args, term)));
    }
    match (&head.key, &head.value) {
        (Some(key), _) => entries.push(("key".into(), term(key))),
        (None, Some(value)) => entries.push(("value".into(), term(value))),
        (None, None) => entries.push(("value".into(), tagged("boolean", Value::Bool(true)))),
    }
    if head.assign {
        entries.push(("assign".into(), Value::Bool(true)));
    }
    Value::object(entries)
}

fn body(body: &Body) -> Value {
    let expressions = body.iter().enumerate().map(|(index, expr)| {
        let mut entries = expression(expr);
        entries.push(("index".into(), Value::from(index)));
        Value::object(entries)
    });
    Value::array(expressions.collect())
}

fn operator(name: &str) -> Value {
    let steps = name.split('.').enumerate().map(|(at, step)| match at {
        0 => tagged("var", step.into()),
        _ => tagged("string", step.into()),
    });
    tagged("ref", Value::array(steps.collect()))
}

fn expression(expr: &Expr) -> Entries {
    let terms = match &expr.kind {
        ExprKind::Term(Term { kind: TermKind::Call(call), .. }) => Value::array(call_terms(call)),
        ExprKind::Term(other) => term(other),
        ExprKind::Unify(left, right) => Value::array(vec![operator("eq"), term(left), term(right)]),
        ExprKind::Assign(left, right) => Value::array(vec![operator("assign"), term(left), term(right)]),
        ExprKind::Some(vars) => Value::object(vec![("symbols".into(), array(vars, term))]),
        ExprKind::SomeIn(some) => {
            let (key, value, domain) = (&some.key, &some.value, &some.domain);
            let name = if key.is_some() { "internal.member_3" } else { "internal.member_2" };
            let mut call = vec![operator(name)];
            call.extend(key.as_ref().map(term));
            call.extend([term(value), term(domain)]);
            let call = tagged("call", Value::array(call));
            Value::object(vec![("symbols".into(), Value::array(vec![call]))])
        }
        ExprKind::Every(every) => Value::object(vec![
            ("key".into(), every.key.as_ref().map_or(Value::Null, term)),
            ("value".into(), term(&every.value)),
            ("domain".into(), term(&every.domain)),
            ("body".into(), body(&every.body)),
        ]),
        ExprKind::Not(operand) => Value::object(vec![
            ("body".into(), body(&operand.body)),
            ("type".into(), "not".into()),
            ("explicit_body".into(), Value::Bool(operand.explicit)),
        ]),
        ExprKind::Logical(logical) => {
            let name = if logical.and { "and" } else { "or" };
            let mut entries: Entries = vec![
                ("lhs".into(), body(&logical.left.body)),
                ("rhs".into(), body(&logical.right.body)),
                ("type".into(), name.into()),
            ];
            if logical.left.explicit {
                entries.push(("explicit_lhs".into(), Value::Bool(true)));
            }
            if logical.right.explicit {
                entries.push(("explicit_rhs".into(), Value::Bool(true)));
            }
            Value::object(entries)
        }
    };
    let mut entries: Entries = vec![("terms".into(), terms)];
    if expr.negated {
        entries.push(("negated".into(), Value::Bool(true)));
    }
    if !expr.with.is_empty() {
        let with = array(&expr.with, |with| {
            Value::object(vec![("target".into(), term(&with.target)), ("value".into(), term(&with.value))])
        });
        entries.push(("with".into(), with));
    }
    entries
}

fn call_terms(call: &Call) -> Vec<Value> {
    let operator = match &call.operator.kind {
        TermKind::Var(name) => operator(name),
        _ => term(&call.operator),
    };
    std::iter::once(operator).chain(call.args.iter().map(term)).collect()
}

fn term(term: &Term) -> Value {
    let comprehension = |mut heads: Entries, inner: &Body| {
        heads.push(("body".into(), body(inner)));
        Value::object(heads)
    };
    let value = match &term.kind {
        TermKind::Null => Value::Null,
        TermKind::Bool(flag) => Value::Bool(*flag),
        TermKind::Number(number) => Value::Number(number.clone()),
        TermKind::String(text) | TermKind::Var(text) => Value::String(text.clone()),
        TermKind::Ref(items) | TermKind::Array(items) | TermKind::Set(items) => array(items, self::term),
        TermKind::Object(entries) => {
            array(entries, |(key, value)| Value::array(vec![self::term(key), self::term(value)]))
        }
        TermKind::Call(call) => Value::array(call_terms(call)),
        TermKind::ArrayComprehension(inner) | TermKind::SetComprehension(inner) => {
            let (head, body) = inner.as_ref();
            comprehension(vec![("term".into(), self::term(head))], body)
        }
        TermKind::ObjectComprehension(inner) => {
            let (key, value, body) = inner.as_ref();
            comprehension(vec![("key".into(), self::term(key)), ("value".into(), self::term(value))], body)
        }
        TermKind::Template(parts) => {
            let parts = array(parts, |part| match part {
                Part::Text(text) => tagged("string", Value::String(text.clone())),
                Part::Expr(expr) => Value::object(expression(expr)),
            });
            Value::object(vec![("parts".into(), parts)])
        }
    };
    tagged(term.kind_name(), value)
}
