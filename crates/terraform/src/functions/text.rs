//! Functions over strings.

use std::sync::Arc;

use trueline_model::{Kind, Type, Unknown, Value};
use unicode_segmentation::UnicodeSegmentation;

use super::call::{bound_elements, bound_text};
use super::error::Fail;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{safe_prefix, string};

const STR: Param = Param::new("str", Ty::String);
const ONE: &[Param] = &[STR];

pub(super) static SPECS: &[Spec] = &[
    Spec::new("chomp", ONE, Ty::String, |c| kept(c, |s| s.trim_end_matches(['\r', '\n']))),
    Spec::new("endswith", &[STR.unknown(), Param::new("suffix", Ty::String)], Ty::Bool, ends_with),
    Spec::new("indent", &[Param::new("spaces", Ty::Number), STR], Ty::String, indent),
    Spec::new("join", &[Param::new("separator", Ty::String)], Ty::String, join)
        .variadic(Param::new("lists", Ty::Strings)),
    Spec::new("lower", &[STR.dynamic()], Ty::String, |c| Ok(string(&lower(c.text(0)?)))),
    Spec::new("upper", &[STR.dynamic()], Ty::String, |c| Ok(string(&upper(c.text(0)?)))),
    Spec::new("split", &[Param::new("separator", Ty::String), STR], Ty::Strings, split),
    Spec::new("startswith", &[STR.unknown(), Param::new("prefix", Ty::String)], Ty::Bool, starts_with),
    Spec::new("strcontains", &[STR, Param::new("substr", Ty::String)], Ty::Bool, |c| {
        Ok(Value::bool(c.text(0)?.contains(c.text(1)?)))
    })
    .maybe_null(),
    Spec::new("strrev", &[STR.dynamic()], Ty::String, |c| {
        Ok(string(&c.text(0)?.graphemes(true).rev().collect::<String>()))
    }),
    Spec::new(
        "substr",
        &[
            STR.dynamic(),
            Param::new("offset", Ty::Number).dynamic(),
            Param::new("length", Ty::Number).dynamic(),
        ],
        Ty::String,
        substr,
    ),
    Spec::new("title", ONE, Ty::String, |c| Ok(string(&title(c.text(0)?)))),
    Spec::new("trim", &[STR, Param::new("cutset", Ty::String)], Ty::String, |c| {
        let set: Vec<char> = c.text(1)?.chars().collect();
        kept(c, |s| s.trim_matches(|x| set.contains(&x)))
    }),
    Spec::new("trimprefix", &[STR, Param::new("prefix", Ty::String)], Ty::String, |c| {
        let prefix = c.text(1)?;
        kept(c, |s| s.strip_prefix(prefix).unwrap_or(s))
    }),
    Spec::new("trimspace", ONE, Ty::String, |c| kept(c, |s| s.trim_matches(space))),
    Spec::new("trimsuffix", &[STR, Param::new("suffix", Ty::String)], Ty::String, |c| {
        let suffix = c.text(1)?;
        kept(c, |s| s.strip_suffix(suffix).unwrap_or(s))
    }),
];

/// White space as Terraform has it: Unicode's, of which Rust's notion is the same.
fn space(c: char) -> bool {
    c.is_whitespace()
}

/// A part of the first argument. A document that the whole encodes is the part's too if only white space went.
fn kept(c: &Call<'_>, part: impl for<'s> Fn(&'s str) -> &'s str) -> Result<Value, Fail> {
    let whole = c.text(0)?;
    let out = part(whole);
    let mut v = string(out);
    if out.trim() == whole.trim() {
        v.document = c.arg(0).document.clone();
    }
    Ok(v)
}

/// Capitals letter by letter, without the letters that become several (`ß`), as Terraform does.
fn upper(s: &str) -> String {
    s.chars().map(|c| one(c, c.to_uppercase())).collect()
}

fn lower(s: &str) -> String {
    s.chars().map(|c| if c == 'İ' { 'i' } else { one(c, c.to_lowercase()) }).collect()
}

fn one(c: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(m), None) => m,
        _ => c,
    }
}

/// Every letter that follows no letter, digit or `_` becomes a title-case one.
fn title(s: &str) -> String {
    let mut before = ' ';
    s.chars()
        .map(|c| {
            let starts = separates(before);
            before = c;
            match c {
                _ if !starts => c,
                'ǆ' | 'Ǆ' => 'ǅ',
                'ǉ' | 'Ǉ' => 'ǈ',
                'ǌ' | 'Ǌ' => 'ǋ',
                'ǳ' | 'Ǳ' => 'ǲ',
                _ => one(c, c.to_uppercase()),
            }
        })
        .collect()
}

fn separates(c: char) -> bool {
    if c.is_ascii() {
        return !(c.is_ascii_alphanumeric() || c == '_');
    }
    !c.is_alphanumeric() && c.is_whitespace()
}

fn starts_with(c: &Call<'_>) -> Result<Value, Fail> {
    let prefix = c.text(1)?;
    let Kind::Unknown(u) = &c.arg(0).kind else { return Ok(Value::bool(c.text(0)?.starts_with(prefix))) };
    if prefix.is_empty() {
        return Ok(Value::bool(true));
    }
    match safe_prefix(u.prefix.as_deref().unwrap_or("")) {
        p if p.starts_with(prefix) => Ok(Value::bool(true)),
        p if !p.is_empty() && p.len() >= prefix.len() => Ok(Value::bool(false)),
        _ => Ok(c.unknown_value()),
    }
}

/// Terraform knows no ends of unknown strings, so an unknown one decides nothing here, whatever we know of it.
fn ends_with(c: &Call<'_>) -> Result<Value, Fail> {
    if c.arg(0).is_unknown() {
        return Ok(c.unknown_value());
    }
    Ok(Value::bool(c.text(0)?.ends_with(c.text(1)?)))
}

fn indent(c: &Call<'_>) -> Result<Value, Fail> {
    let spaces =
        usize::try_from(c.int(0)?).map_err(|_| Fail::from("the number of spaces must not be negative"))?;
    let text = c.text(1)?;
    let lines = text.bytes().filter(|b| *b == b'\n').count();
    bound_text(text.len().saturating_add(lines.saturating_mul(spaces)))?;
    let mut v =
        string(&text.replace('\n', &format!("\n{}", " ".repeat(if lines == 0 { 0 } else { spaces }))));
    // Line breaks of a JSON document stand between its tokens only, so it is still the same one.
    v.document = c.arg(1).document.clone();
    Ok(v)
}

fn join(c: &Call<'_>) -> Result<Value, Fail> {
    let separator = c.text(0)?;
    let lists = c.args.get(1..).unwrap_or_default();
    if lists.is_empty() {
        return Err("at least one list is required".into());
    }
    if lists.iter().any(|l| !l.is_wholly_known()) {
        return Ok(joined_partly(c, separator, lists));
    }
    let mut parts = Vec::new();
    let mut length = 0usize;
    for (i, list) in lists.iter().enumerate() {
        for (j, item) in list.as_items().unwrap_or_default().iter().enumerate() {
            let Some(s) = item.as_str() else {
                let of = if lists.len() > 1 { format!(" of list {}", i + 1) } else { String::new() };
                return Err(Fail::arg(
                    i + 1,
                    format!("element {j}{of} is null; cannot concatenate null values"),
                ));
            };
            length += s.len() + separator.len();
            bound_text(length)?;
            parts.push(s);
        }
    }
    let mut v = string(&parts.join(separator));
    if let [only] = parts.as_slice() {
        let item = lists.iter().find_map(|l| l.as_items()?.first());
        v.document = item.filter(|i| i.as_str() == Some(only)).and_then(|i| i.document.clone());
    }
    Ok(v)
}

/// The beginning and the end of what is joined, as far as they are known. Terraform says nothing of them.
fn joined_partly(c: &Call<'_>, separator: &str, lists: &[Value]) -> Value {
    let mut u = c.unknown();
    let known = |v: &Value| v.as_str().map(str::to_owned);
    let mut prefix = String::new();
    'front: for (i, list) in lists.iter().enumerate() {
        let Some(items) = list.as_items() else { break };
        for (j, item) in items.iter().enumerate() {
            if i + j > 0 {
                prefix.push_str(separator);
            }
            match known(item) {
                Some(s) => prefix.push_str(&s),
                None => {
                    if let Kind::Unknown(u) = &item.kind {
                        prefix.push_str(u.prefix.as_deref().unwrap_or(""));
                    }
                    break 'front;
                }
            }
        }
    }
    let mut tail: Vec<String> = Vec::new();
    'back: for list in lists.iter().rev() {
        let Some(items) = list.as_items() else { break };
        for item in items.iter().rev() {
            match known(item) {
                Some(s) => tail.push(format!("{separator}{s}")),
                None => {
                    if let Kind::Unknown(u) = &item.kind {
                        tail.push(u.suffix.as_deref().unwrap_or("").to_owned());
                    }
                    break 'back;
                }
            }
        }
    }
    let suffix: String = tail.into_iter().rev().collect();
    u.prefix = Some(prefix).filter(|p| !p.is_empty()).map(Into::into);
    u.suffix = Some(suffix).filter(|p| !p.is_empty()).map(Into::into);
    Kind::Unknown(Arc::new(u)).into()
}

fn split(c: &Call<'_>) -> Result<Value, Fail> {
    let (separator, text) = (c.text(0)?, c.text(1)?);
    let parts: Vec<Value> = if separator.is_empty() {
        bound_elements(text.len() / 4)?;
        text.chars().map(|c| string(c.encode_utf8(&mut [0; 4]))).collect()
    } else {
        bound_elements(text.len() / separator.len() / 64)?;
        text.split(separator).map(string).collect()
    };
    Ok(Kind::List(Type::String, Arc::new(parts)).into())
}

fn substr(c: &Call<'_>) -> Result<Value, Fail> {
    let text = c.text(0)?;
    let (mut offset, length) = (c.int(1)?, c.int(2)?);
    let clusters: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    if offset < 0 {
        offset = offset.saturating_add(clusters.len() as i64);
    } else if length == 0 {
        return Ok(string(""));
    }
    // An offset from the end that reaches beyond the beginning counts as the beginning.
    let offset = usize::try_from(offset).unwrap_or(0);
    if offset > clusters.len() || offset > 0 && clusters.is_empty() {
        return Ok(string(if clusters.is_empty() { text } else { "" }));
    }
    let start = clusters.get(offset).map_or(text.len(), |(i, _)| *i);
    let end = match usize::try_from(length) {
        Ok(0) => text.len(),
        Ok(n) => clusters.get(offset.saturating_add(n)).map_or(text.len(), |(i, _)| *i),
        Err(_) => text.len(),
    };
    Ok(string(text.get(start..end).unwrap_or("")))
}

/// An unknown string of which this beginning is known.
pub(super) fn unknown_with_prefix(mut u: Unknown, prefix: &str) -> Value {
    u.prefix = Some(safe_prefix(prefix)).filter(|p| !p.is_empty()).map(Into::into);
    Kind::Unknown(Arc::new(u)).into()
}
