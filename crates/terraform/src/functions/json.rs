//! `jsonencode` and `jsondecode`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use trueline_model::{Kind, Type, Value};
use trueline_text::escape;

use super::call::{Marks, bound_text};
use super::error::Fail;
use super::json_read;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{equal, has_ephemeral, string, type_of};

pub(super) static SPECS: &[Spec] = &[
    Spec::new("jsonencode", &[Param::anything("val")], Ty::String, json_encode),
    Spec::new("jsondecode", &[Param::new("str", Ty::String).unknown().marked()], Ty::Any, json_decode)
        .of(|_| Ok(Type::Any))
        .maybe_null(),
];

fn json_encode(c: &Call<'_>) -> Result<Value, Fail> {
    let v = c.arg(0);
    let marks = Marks { sensitive: v.has_sensitive(), ephemeral: has_ephemeral(v) };
    let mut out = if v.is_wholly_known() {
        let text = encode(v).map_err(|e| {
            if marks.sensitive { "the value cannot be encoded".into() } else { Fail::said(e) }
        })?;
        bound_text(text.len())?;
        string(&text)
    } else {
        let mut u = c.unknown();
        u.prefix = beginning(v).map(Into::into);
        Kind::Unknown(Arc::new(u)).into()
    };
    out.document = Some(Arc::new(trueline_provider::document::seen(v).unwrap_or(v).clone()));
    Ok(marks.put(out))
}

/// How the text begins, whatever is unknown in it.
fn beginning(v: &Value) -> Option<&'static str> {
    if let Kind::Unknown(u) = &v.kind
        && !u.not_null
    {
        return None;
    }
    match type_of(v) {
        Type::String => Some("\""),
        Type::Object(_) | Type::Map(_) => Some("{"),
        Type::Tuple(_) | Type::List(_) | Type::Set(_) => Some("["),
        _ => None,
    }
}

/// The JSON text of a wholly known value, as Terraform writes it: no spaces, sorted keys, `<>&` escaped.
///
/// # Errors
/// If a part is unknown or infinite.
pub(crate) fn encode(v: &Value) -> Result<String, String> {
    let mut out = String::new();
    encode_into(v, &mut out)?;
    Ok(out)
}

fn encode_into(v: &Value, out: &mut String) -> Result<(), String> {
    if out.len() > super::MAX_TEXT {
        // The caller's bound turns this into an error; writing on would only cost.
        return Ok(());
    }
    match &v.kind {
        Kind::Unknown(_) => return Err("value is not known".to_owned()),
        Kind::Null(_) => out.push_str("null"),
        Kind::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Kind::Number(n) if n.is_infinite() => return Err("cannot serialize infinity as JSON".to_owned()),
        Kind::Number(n) => {
            let _ = write!(out, "{n}");
        }
        Kind::String(s) => write_text(s, out),
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                encode_into(item, out)?;
            }
            out.push(']');
        }
        Kind::Map(_, items) | Kind::Object(items) => {
            out.push('{');
            for (i, (k, item)) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_text(k, out);
                out.push(':');
                encode_into(item, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

/// A text as a JSON string, quotes included.
pub(crate) fn encode_text(s: &str) -> String {
    let mut out = String::with_capacity(s.len() + 2);
    write_text(s, &mut out);
    out
}

fn write_text(s: &str, out: &mut String) {
    out.push('"');
    for c in s.chars() {
        if let Some(escaped) = escape(c) {
            out.push_str(escaped);
            continue;
        }
        match c {
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

fn json_decode(c: &Call<'_>) -> Result<Value, Fail> {
    let v = c.arg(0);
    let mut marks = Marks::default();
    marks.note(v);
    if let Kind::Unknown(u) = &v.kind {
        let mut out = c.unknown();
        let first = u.prefix.as_deref().map(str::trim_start).and_then(|p| p.chars().next());
        out.ty = match first {
            Some('"') => Type::String,
            Some('t' | 'f') => Type::Bool,
            Some('-' | '.' | '0'..='9') => Type::Number,
            None | Some('{' | '[' | 'n') => Type::Any,
            Some(_) if v.sensitive => return Err(Fail::arg(0, "the text is no JSON document")),
            Some(c) => {
                return Err(Fail::arg(0, format!("a JSON document cannot begin with the character '{c}'")));
            }
        };
        // Terraform says nothing of it before the whole text is known; what is known of it goes along for who looks.
        let mut out: Value = Kind::Unknown(Arc::new(out)).into();
        out.document = v.document.as_deref().map(|d| Arc::new(decoded(d)));
        return Ok(marks.put(out));
    }
    let value = json_read::decode(c.text(0)?).map_err(|e| match v.sensitive {
        true => Fail::from("the text is no JSON document"),
        false => Fail::said(e),
    })?;
    // The text decides; the document knows where its parts come from.
    let known = v.document.as_deref().map(decoded).filter(|d| equal(d, &value).as_bool() == Some(true));
    Ok(marks.put(known.unwrap_or(value)))
}

/// A value as it comes back from JSON: collections are tuples and objects, null has no type.
fn decoded(v: &Value) -> Value {
    let kind = match &v.kind {
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            Kind::Tuple(Arc::new(items.iter().map(decoded).collect()))
        }
        Kind::Map(_, items) | Kind::Object(items) => {
            let items: BTreeMap<_, _> = items.iter().map(|(k, v)| (k.clone(), decoded(v))).collect();
            Kind::Object(Arc::new(items))
        }
        Kind::Null(_) => Kind::Null(Type::Any),
        other => other.clone(),
    };
    Value { kind, ..v.clone() }
}
