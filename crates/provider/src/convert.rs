//! Conversion of values between types, by Terraform's rules.
//!
//! What enters: a value and the type that is wanted. What leaves: the value in that type, with its marks, origins and
//! documents, or the reason why there is none. Also here because they follow from the same rules: the common
//! type of several ([`mod@unify`]), equality ([`mod@equal`]) and the order of sets ([`mod@set`]).

mod apply;
mod equal;
mod mismatch;
mod set;
mod unify;

use std::sync::Arc;

use trueline_model::{AttributeType, Kind, Route, Segment, Type, Value};

pub use apply::settled;
pub use equal::equal;
pub use equal::{has_ephemeral, safe_prefix};
pub use mismatch::{conforms, constraint_name, friendly_name, mismatch, nonconformity};
pub use set::{fingerprint, has_marks, length as set_length, unmark};
pub use set::{quote, set};
pub use unify::{unify, unify_safe};

/// Nesting beyond which a value is not looked into; the evaluator and the decoders refuse to make deeper ones.
pub const MAX_DEPTH: usize = 200;

/// Why a value has no such type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ConvertError {
    /// Which part of the value.
    pub route: Route,
    /// What is wrong with it, in Terraform's words.
    pub message: String,
}

impl ConvertError {
    /// An error with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self { route: Route(Vec::new()), message: message.into() }
    }

    fn below(mut self, step: Segment) -> Self {
        self.route.0.insert(0, step);
        self
    }
}

fn index(i: usize) -> Segment {
    Segment::Index(u32::try_from(i).unwrap_or(u32::MAX))
}

/// The type of a value. Attributes of objects are never optional in it.
pub fn type_of(v: &Value) -> Type {
    match &v.kind {
        Kind::Null(t) => t.clone(),
        Kind::Bool(_) => Type::Bool,
        Kind::Number(_) => Type::Number,
        Kind::String(_) => Type::String,
        Kind::List(t, _) => Type::List(Arc::new(t.clone())),
        Kind::Set(t, _) => Type::Set(Arc::new(t.clone())),
        Kind::Map(t, _) => Type::Map(Arc::new(t.clone())),
        Kind::Tuple(items) => Type::Tuple(items.iter().map(type_of).collect()),
        Kind::Object(items) => Type::Object(Arc::new(
            items
                .iter()
                .map(|(k, v)| (k.clone(), AttributeType { ty: type_of(v), optional: false }))
                .collect(),
        )),
        Kind::Unknown(u) => u.ty.clone(),
    }
}

/// The value in the wanted type. Marks, origins and documents stay, on elements too; unknown stays unknown.
///
/// # Errors
/// If there is no such conversion, or this value does not fit it (`"a"` to a number).
pub fn convert(v: &Value, want: &Type) -> Result<Value, ConvertError> {
    // The usual case, without building the type of a large value.
    if *want == Type::Any || primitive(v).is_some_and(|t| t == *want) {
        return Ok(v.clone());
    }
    let have = type_of(v);
    if have == without_optional(want) {
        return Ok(v.clone());
    }
    if !convertible(&have, want, true) {
        return Err(ConvertError::new(mismatch(&have, want)));
    }
    apply::apply(v, &have, want)
}

/// A string value, normalized as Terraform does (NFC).
pub fn string(s: &str) -> Value {
    Value::string(normalize(s))
}

/// The text in Unicode's normal form C.
pub fn normalize(s: &str) -> Arc<str> {
    if s.is_ascii() || unicode_normalization::is_nfc(s) {
        return s.into();
    }
    use unicode_normalization::UnicodeNormalization;
    s.nfc().collect::<String>().into()
}

fn primitive(v: &Value) -> Option<Type> {
    match v.kind {
        Kind::Bool(_) => Some(Type::Bool),
        Kind::Number(_) => Some(Type::Number),
        Kind::String(_) => Some(Type::String),
        _ => None,
    }
}

/// True for `bool`, `number` and `string`.
pub const fn is_primitive(t: &Type) -> bool {
    matches!(t, Type::Bool | Type::Number | Type::String)
}

/// The type with no attribute optional any more, at any depth.
pub fn without_optional(t: &Type) -> Type {
    match t {
        Type::Any | Type::Bool | Type::Number | Type::String => t.clone(),
        Type::List(e) => Type::List(Arc::new(without_optional(e))),
        Type::Set(e) => Type::Set(Arc::new(without_optional(e))),
        Type::Map(e) => Type::Map(Arc::new(without_optional(e))),
        Type::Tuple(ts) => Type::Tuple(ts.iter().map(without_optional).collect()),
        Type::Object(attrs) => Type::Object(Arc::new(
            attrs
                .iter()
                .map(|(n, a)| (n.clone(), AttributeType { ty: without_optional(&a.ty), optional: false }))
                .collect(),
        )),
    }
}

/// True if the type is `any` or has an `any` in it.
pub fn has_dynamic(t: &Type) -> bool {
    match t {
        Type::Any => true,
        Type::Bool | Type::Number | Type::String => false,
        Type::List(e) | Type::Set(e) | Type::Map(e) => has_dynamic(e),
        Type::Tuple(ts) => ts.iter().any(has_dynamic),
        Type::Object(attrs) => attrs.values().any(|a| has_dynamic(&a.ty)),
    }
}

/// True if values of one type can be converted to the other; `loose` includes what may fail for some values.
pub fn convertible(from: &Type, to: &Type, loose: bool) -> bool {
    match (from, to) {
        (_, Type::Any) => true,
        (Type::Any, _) => loose,
        (Type::Number | Type::Bool, Type::String) => true,
        (Type::String, Type::Number | Type::Bool) => loose,
        (Type::Object(f), Type::Object(t)) => t.iter().all(|(name, want)| match f.get(name) {
            None => want.optional,
            Some(have) => have.ty == want.ty || convertible(&have.ty, &want.ty, loose),
        }),
        (Type::Tuple(f), Type::Tuple(t)) => {
            f.len() == t.len() && f.iter().zip(t.iter()).all(|(f, t)| f == t || convertible(f, t, loose))
        }
        (Type::List(f) | Type::Set(f), Type::List(t)) | (Type::Set(f), Type::Set(t)) => {
            f == t || convertible(f, t, loose)
        }
        (Type::List(f), Type::Set(t)) => loose && (f == t || convertible(f, t, loose)),
        (Type::Map(f), Type::Map(t)) => f == t || convertible(f, t, loose),
        (Type::Tuple(f), Type::List(t) | Type::Set(t)) => {
            let Some(want) = common_element(f.iter(), t, loose) else { return false };
            // Of differing elements nothing common can be said but `any`, and that is no element type.
            if **t == Type::Any && want == Type::Any && f.iter().any(|f| *f != Type::Any) {
                return false;
            }
            all_distinct(f.iter(), |f| *f == want || convertible(f, &want, loose))
        }
        (Type::Object(f), Type::Map(t)) => {
            let types = || f.values().map(|a| &a.ty);
            let Some(want) = common_element(types(), t, loose) else { return false };
            all_distinct(types(), |f| *f == want || convertible(f, &want, loose))
        }
        (Type::Map(f), Type::Object(t)) => {
            loose && t.values().all(|want| **f == want.ty || convertible(f, &want.ty, loose) || want.optional)
        }
        _ => false,
    }
}

/// Checks each distinct type once: long tuples mostly hold the same type over and over.
fn all_distinct<'a>(types: impl Iterator<Item = &'a Type>, check: impl Fn(&Type) -> bool) -> bool {
    let mut last: Option<&Type> = None;
    for t in types {
        if last != Some(t) && !check(t) {
            return false;
        }
        last = Some(t);
    }
    true
}

/// The element type of a collection made of these: the wanted one, or for `any` what they have in common.
/// Of no elements, the wanted one.
fn common_element<'a>(types: impl Iterator<Item = &'a Type>, want: &Type, loose: bool) -> Option<Type> {
    if *want != Type::Any {
        return Some(want.clone());
    }
    let types = unify::distinct(types);
    if types.is_empty() {
        return Some(want.clone());
    }
    unify::unify_in(&types, loose)
}

/// Replaces `any` in `to` by what stands in its place in `from`.
fn replace_dynamic(from: &Type, to: &Type) -> Type {
    let element = |types: Vec<Type>, e: &Type| match unify::unify_in(&types, true) {
        Some(common) => replace_dynamic(&common, e),
        None => e.clone(),
    };
    match (from, to) {
        (Type::Any, _) => to.clone(),
        (_, Type::Any) => from.clone(),
        (Type::Map(f), Type::Map(t)) => Type::Map(Arc::new(replace_dynamic(f, t))),
        (Type::Object(f), Type::Map(t)) => {
            Type::Map(Arc::new(element(unify::distinct(f.values().map(|a| &a.ty)), t)))
        }
        (Type::Map(f), Type::Object(t)) => Type::Object(Arc::new(
            t.iter()
                .map(|(n, a)| (n.clone(), AttributeType { ty: replace_dynamic(f, &a.ty), optional: false }))
                .collect(),
        )),
        (Type::Object(f), Type::Object(t)) => Type::Object(Arc::new(
            t.iter()
                .map(|(n, a)| {
                    let ty = f.get(n).map_or_else(|| a.ty.clone(), |f| replace_dynamic(&f.ty, &a.ty));
                    (n.clone(), AttributeType { ty, optional: false })
                })
                .collect(),
        )),
        (Type::List(f) | Type::Set(f), Type::Set(t)) => Type::Set(Arc::new(replace_dynamic(f, t))),
        (Type::List(f) | Type::Set(f), Type::List(t)) => Type::List(Arc::new(replace_dynamic(f, t))),
        (Type::Tuple(f), Type::Set(t)) => Type::Set(Arc::new(element(unify::distinct(f.iter()), t))),
        (Type::Tuple(f), Type::List(t)) => Type::List(Arc::new(element(unify::distinct(f.iter()), t))),
        (Type::Tuple(f), Type::Tuple(t)) if f.len() == t.len() => {
            Type::Tuple(f.iter().zip(t.iter()).map(|(f, t)| replace_dynamic(f, t)).collect())
        }
        _ => to.clone(),
    }
}

#[cfg(test)]
mod tests;
