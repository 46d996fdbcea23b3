//! `yamldecode` and `yamlencode`. The only file that names the YAML parser.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use regex::Regex;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use trueline_model::{Number, Type, Value};

use super::MAX_ELEMENTS;
use super::error::Fail;
use super::spec::{Call, Param, Spec, Ty};
use super::time;
use super::yaml_write;
use trueline_provider::convert::{MAX_DEPTH, friendly_name, normalize, quote, string, type_of};

pub(super) static SPECS: &[Spec] = &[
    Spec::new("yamldecode", &[Param::new("src", Ty::String)], Ty::Any, |c: &Call<'_>| decode(c.text(0)?))
        .of(|_| Ok(Type::Any))
        .maybe_null(),
    Spec::new("yamlencode", &[Param::new("value", Ty::Any).null().dynamic()], Ty::String, |c: &Call<'_>| {
        match c.arg(0).is_wholly_known() {
            true => Ok(string(&yaml_write::encode(c.arg(0))?)),
            false => Ok(c.unknown_value()),
        }
    }),
];

const CORE: &str = "tag:yaml.org,2002:";

/// A value and how many values it is made of, those repeated by aliases included.
type Weighed = (Value, usize);

/// What has been opened and not yet closed.
enum Open {
    Sequence { anchor: usize, items: Vec<Value>, weight: usize },
    Mapping { anchor: usize, items: BTreeMap<Arc<str>, Value>, key: Option<Arc<str>>, weight: usize },
}

/// The value of a YAML document.
///
/// # Errors
/// What is wrong with the text, where the parser knows it.
fn decode(text: &str) -> Result<Value, Fail> {
    let mut parser = Parser::new_from_str(text);
    let mut anchors: BTreeMap<usize, Weighed> = BTreeMap::new();
    let mut open: Vec<Open> = Vec::new();
    let mut result: Option<Value> = None;
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, _) = event.map_err(|e| {
            let at = e.marker();
            Fail::said(format!("on line {}, column {}: {}", at.line(), at.col() + 1, e.info()))
        })?;
        let finished: Option<(usize, Weighed)> = match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err("on line 1, column 1: unexpected extra content after value".into());
                }
                None
            }
            Event::Scalar(text, style, anchor, tag) => {
                let v = scalar(&text, style, tag.as_deref())?;
                Some((anchor, (v, 1)))
            }
            Event::Alias(id) => {
                let pending = |o: &Open| match o {
                    Open::Sequence { anchor, .. } | Open::Mapping { anchor, .. } => *anchor == id,
                };
                if open.iter().any(pending) {
                    return Err("cannot refer to an anchor from inside its own definition".into());
                }
                let v = anchors.get(&id).ok_or_else(|| Fail::from("reference to undefined anchor"))?;
                Some((0, v.clone()))
            }
            Event::SequenceStart(anchor, tag) => {
                structure(tag.as_deref(), "seq", "sequence")?;
                open.push(Open::Sequence { anchor, items: Vec::new(), weight: 1 });
                None
            }
            Event::MappingStart(anchor, tag) => {
                structure(tag.as_deref(), "map", "mapping")?;
                open.push(Open::Mapping { anchor, items: BTreeMap::new(), key: None, weight: 1 });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|o| match o {
                Open::Sequence { anchor, items, weight } => (anchor, (Value::tuple(items), weight)),
                Open::Mapping { anchor, items, weight, .. } => (anchor, (Value::object(items), weight)),
            }),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => None,
        };
        if open.len() > MAX_DEPTH {
            return Err(format!("the YAML document is nested more than {MAX_DEPTH} levels deep").into());
        }
        let Some((anchor, weighed)) = finished else { continue };
        if anchor > 0 {
            anchors.insert(anchor, weighed.clone());
        }
        place(weighed, &mut open, &mut result)?;
    }
    if documents == 0 {
        return Err("on line 1, column 1: missing start of document".into());
    }
    Ok(result.unwrap_or_else(Value::null))
}

/// Puts a finished value where it belongs.
fn place((v, weight): Weighed, open: &mut [Open], result: &mut Option<Value>) -> Result<(), Fail> {
    let total = match open.last_mut() {
        None => {
            *result = Some(v);
            return Ok(());
        }
        Some(Open::Sequence { items, weight: total, .. }) => {
            items.push(v);
            total
        }
        Some(Open::Mapping { items, key, weight: total, .. }) => {
            match key.take() {
                None => *key = Some(as_key(&v)?),
                Some(k) if &*k == "<<" => match v.as_entries() {
                    Some(merged) => items.extend(merged.iter().map(|(k, v)| (k.clone(), v.clone()))),
                    None => {
                        let what = friendly_name(&type_of(&v));
                        return Err(format!("cannot merge {what} into mapping").into());
                    }
                },
                Some(k) => {
                    items.insert(k, v);
                }
            }
            total
        }
    };
    *total = total.saturating_add(weight);
    if *total > MAX_ELEMENTS {
        return Err(format!("the YAML document has more than {MAX_ELEMENTS} values").into());
    }
    Ok(())
}

fn as_key(v: &Value) -> Result<Arc<str>, Fail> {
    if v.is_null() {
        return Err("mapping key cannot be null".into());
    }
    let key = trueline_provider::convert::convert(v, &Type::String)
        .map_err(|_| Fail::from("only strings are allowed as mapping keys"))?;
    key.as_str().map(normalize).ok_or_else(|| "only strings are allowed as mapping keys".into())
}

fn tag_name(tag: &Tag) -> String {
    format!("{}{}", tag.handle, tag.suffix)
}

fn structure(tag: Option<&Tag>, want: &str, what: &str) -> Result<(), Fail> {
    match tag.map(tag_name) {
        Some(t) if t != format!("{CORE}{want}") && t != "!" => {
            Err(format!("can't interpret {what} as {t}").into())
        }
        _ => Ok(()),
    }
}

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$").ok());

/// A scalar; those in quotes or blocks are texts, whatever they look like.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, Fail> {
    let tag = tag.map(tag_name).filter(|t| t != "!" || style == ScalarStyle::Plain);
    let kind = match &tag {
        None => "",
        Some(t) if t == "!" => "str",
        Some(t) => match t.strip_prefix(CORE) {
            Some(k @ ("str" | "binary" | "bool" | "int" | "float" | "null" | "timestamp")) => k,
            _ => return Err(format!("unsupported tag {}", quote(t)).into()),
        },
    };
    let wrong = |why: &str| Fail::said(format!("cannot parse {} as {CORE}{kind}{why}", quote(text)));
    if kind == "binary" && super::encoding::from_base64(text).is_err() {
        return Err(wrong(": not valid base64"));
    }
    if style != ScalarStyle::Plain || matches!(kind, "str" | "binary") {
        return Ok(string(text));
    }
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Ok(Value::bool(true));
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Ok(Value::bool(false));
        }
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::null()),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return number("inf").ok_or_else(|| wrong(""));
        }
        "-.inf" | "-.Inf" | "-.INF" => return number("-inf").ok_or_else(|| wrong("")),
        ".nan" | ".NaN" | ".NAN" => return Err("floating point NaN is not supported".into()),
        _ => {}
    }
    if kind == "null" {
        return Ok(Value::null());
    }
    if matches!(kind, "" | "timestamp")
        && let Some(t) = timestamp(text)
    {
        return Ok(Value::string(t));
    }
    if NUMBER.as_ref().is_some_and(|r| r.is_match(text))
        && let Some(n) = number(text)
    {
        return Ok(n);
    }
    let radix = [("0x", 16), ("0o", 8)].into_iter().find_map(|(p, r)| text.strip_prefix(p).map(|t| (t, r)));
    if let Some((digits, radix)) = radix
        && !digits.is_empty()
        && digits.chars().all(|c| c.is_digit(radix))
    {
        let n = u64::from_str_radix(digits, radix)
            .map_err(|_| Fail::said(format!("cannot parse {} as {CORE}int", quote(text))))?;
        return number(&n.to_string()).ok_or_else(|| wrong(""));
    }
    match kind {
        "" => Ok(string(text)),
        "int" | "float" => {
            let plain = text.replace('_', "");
            let binary = plain.strip_prefix("0b").and_then(|d| u64::from_str_radix(d, 2).ok());
            number(&binary.map_or(plain, |n| n.to_string())).ok_or_else(|| wrong(""))
        }
        _ => Err(wrong("")),
    }
}

fn number(text: &str) -> Option<Value> {
    text.parse::<Number>().ok().map(Value::number)
}

/// A date, or a date and a time, as RFC 3339 writes it.
fn timestamp(text: &str) -> Option<String> {
    let date_end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (date, clock) = text.split_at_checked(date_end)?;
    let padded = |part: &str, separator: char| {
        let parts: Vec<&str> = part.split(separator).collect();
        let fits = |p: &&str| matches!(p.len(), 1 | 2) && p.bytes().all(|b| b.is_ascii_digit());
        match parts.as_slice() {
            [first, rest @ ..] if rest.len() == 2 && rest.iter().all(fits) => {
                let first = format!("{first:0>2}");
                Some(rest.iter().fold(first, |out, p| format!("{out}{separator}{p:0>2}")))
            }
            _ => None,
        }
    };
    let date = padded(date, '-').filter(|d| d.len() == 10)?;
    if clock.is_empty() {
        return time::parse(&format!("{date}T00:00:00Z")).ok().map(time::Time::rfc3339);
    }
    let zoned = !clock.starts_with(' ');
    let clock = clock.get(1..)?;
    let zone_at = if zoned { clock.find(['Z', '+', '-'])? } else { clock.len() };
    let (clock, zone) = clock.split_at_checked(zone_at)?;
    let (clock, fraction) = match clock.split_once('.') {
        Some((c, f)) => (c, format!(".{f}")),
        None => (clock, String::new()),
    };
    let clock = padded(clock, ':')?;
    let zone = if zoned { zone } else { "Z" };
    time::parse(&format!("{date}T{clock}{fraction}{zone}")).ok().map(time::Time::rfc3339)
}
