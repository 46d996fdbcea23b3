//! Type constraints of variables: `list(object({name = string, size = optional(number, 1)}))`.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind, ObjectKey};
use trueline_model::{AttributeType, Kind, Type, Value};
use trueline_text::Span;

/// Deepest nesting of a type.
const DEPTH: usize = 64;

/// A type and the defaults of its optional attributes.
#[derive(Clone, Debug)]
pub struct TypeConstraint {
    /// The type; attributes may be optional.
    pub ty: Type,
    /// Defaults, at any depth.
    pub defaults: Defaults,
}

/// Defaults of optional attributes.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    values: BTreeMap<Arc<str>, Value>,
    attributes: BTreeMap<Arc<str>, Defaults>,
    items: Vec<Defaults>,
    element: Option<Box<Defaults>>,
}

/// An expression that is no type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TypeError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// Reads a type; `value` evaluates the default of an optional attribute.
///
/// # Errors
/// If the expression is no type.
pub fn read(e: &Expr, value: &mut dyn FnMut(&Expr) -> Value) -> Result<TypeConstraint, TypeError> {
    let mut defaults = Defaults::default();
    let ty = ty(e, &mut defaults, value, 0)?;
    Ok(TypeConstraint { ty, defaults })
}

fn ty(
    e: &Expr,
    defaults: &mut Defaults,
    value: &mut dyn FnMut(&Expr) -> Value,
    depth: usize,
) -> Result<Type, TypeError> {
    let err = |message: &str, span: Span| TypeError { message: message.to_owned(), span };
    if depth > DEPTH {
        return Err(err("this type is nested too deeply", e.span));
    }
    let expected =
        "a type is expected: string, number, bool, any, list(…), set(…), map(…), object({…}) or tuple([…])";
    let word = match &e.kind {
        ExprKind::Variable(name) => Some(&**name),
        // The spelling of old.
        _ => e.as_literal_str(),
    };
    if let Some(word) = word {
        return match word {
            "string" => Ok(Type::String),
            "number" => Ok(Type::Number),
            "bool" => Ok(Type::Bool),
            "any" => Ok(Type::Any),
            "list" => Ok(Type::List(Arc::new(Type::Any))),
            "map" => Ok(Type::Map(Arc::new(Type::Any))),
            "set" => Ok(Type::Set(Arc::new(Type::Any))),
            _ => Err(err(expected, e.span)),
        };
    }
    let ExprKind::Call(call) = &e.kind else { return Err(err(expected, e.span)) };
    let [arg] = call.args.as_slice() else { return Err(err("this type takes one argument", e.span)) };
    match &*call.name.text {
        kind @ ("list" | "set" | "map") => {
            let mut inner = Defaults::default();
            let element = Arc::new(ty(arg, &mut inner, value, depth + 1)?);
            if !inner.is_empty() {
                defaults.element = Some(Box::new(inner));
            }
            Ok(match kind {
                "list" => Type::List(element),
                "set" => Type::Set(element),
                _ => Type::Map(element),
            })
        }
        "tuple" => {
            let ExprKind::Tuple(items) = &arg.kind else {
                return Err(err(
                    "a tuple type takes a list of types, as in tuple([string, number])",
                    arg.span,
                ));
            };
            let mut types = Vec::new();
            for item in items {
                let mut inner = Defaults::default();
                types.push(ty(item, &mut inner, value, depth + 1)?);
                defaults.items.push(inner);
            }
            Ok(Type::Tuple(types.into()))
        }
        "object" => {
            let ExprKind::Object(items) = &arg.kind else {
                return Err(err(
                    "an object type takes its attributes, as in object({name = string})",
                    arg.span,
                ));
            };
            let mut types = BTreeMap::new();
            for item in items {
                let name: Arc<str> = match &item.key {
                    ObjectKey::Name(n) => n.text.clone(),
                    ObjectKey::Expr(k) => match k.as_literal_str() {
                        Some(s) => s.into(),
                        None => return Err(err("the name of an attribute is expected", k.span)),
                    },
                };
                let mut inner = Defaults::default();
                let a = attribute(&item.value, &name, defaults, &mut inner, value, depth)?;
                if !inner.is_empty() {
                    defaults.attributes.insert(name.clone(), inner);
                }
                types.insert(name, a);
            }
            Ok(Type::Object(Arc::new(types)))
        }
        _ => Err(err(expected, e.span)),
    }
}

fn attribute(
    e: &Expr,
    name: &Arc<str>,
    defaults: &mut Defaults,
    inner: &mut Defaults,
    value: &mut dyn FnMut(&Expr) -> Value,
    depth: usize,
) -> Result<AttributeType, TypeError> {
    let (ty_expr, optional, default) = match &e.kind {
        ExprKind::Call(c) if &*c.name.text == "optional" => match c.args.as_slice() {
            [t] => (t, true, None),
            [t, d] => (t, true, Some(d)),
            _ => {
                let message = "`optional` takes a type and, if wanted, a default".to_owned();
                return Err(TypeError { message, span: e.span });
            }
        },
        _ => (e, false, None),
    };
    let ty = ty(ty_expr, inner, value, depth + 1)?;
    if let Some(d) = default {
        let v = value(d);
        let v = trueline_provider::convert::convert(&v, &ty).unwrap_or(v);
        defaults.values.insert(name.clone(), v);
    }
    Ok(AttributeType { ty, optional })
}

impl Defaults {
    fn is_empty(&self) -> bool {
        self.values.is_empty()
            && self.attributes.is_empty()
            && self.element.is_none()
            && self.items.iter().all(Self::is_empty)
    }

    /// The value with defaults where optional attributes are missing or null.
    pub fn apply(&self, v: &Value) -> Value {
        if self.is_empty() {
            return v.clone();
        }
        let mut out = v.clone();
        out.kind = match &v.kind {
            Kind::Object(entries) | Kind::Map(_, entries) if self.element.is_none() => {
                let mut new = (**entries).clone();
                for (name, default) in &self.values {
                    if new.get(name).is_none_or(Value::is_null) {
                        new.insert(name.clone(), default.clone());
                    }
                }
                for (name, inner) in &self.attributes {
                    if let Some(slot) = new.get_mut(name) {
                        *slot = inner.apply(slot);
                    }
                }
                Kind::Object(Arc::new(new))
            }
            Kind::Object(entries) => Kind::Object(Arc::new(self.each_entry(entries))),
            Kind::Map(t, entries) => Kind::Map(t.clone(), Arc::new(self.each_entry(entries))),
            Kind::Tuple(items) => Kind::Tuple(Arc::new(self.each_item(items))),
            // Elements may come out of different types; the conversion that follows unites them.
            Kind::List(_, items) | Kind::Set(_, items) => Kind::Tuple(Arc::new(self.each_item(items))),
            kind => kind.clone(),
        };
        out
    }

    fn each_entry(&self, entries: &BTreeMap<Arc<str>, Value>) -> BTreeMap<Arc<str>, Value> {
        let apply = |v: &Value| self.element.as_ref().map_or_else(|| v.clone(), |d| d.apply(v));
        entries.iter().map(|(k, v)| (k.clone(), apply(v))).collect()
    }

    fn each_item(&self, items: &[Value]) -> Vec<Value> {
        let of = |i: usize| self.element.as_deref().or_else(|| self.items.get(i));
        items.iter().enumerate().map(|(i, v)| of(i).map_or_else(|| v.clone(), |d| d.apply(v))).collect()
    }
}
