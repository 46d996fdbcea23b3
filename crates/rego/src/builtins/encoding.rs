//! Base64, hex, JSON and query strings.

use std::sync::OnceLock;

use data_encoding::{BASE64, BASE64URL, BASE64URL_NOPAD, Encoding, HEXLOWER, HEXLOWER_PERMISSIVE};

use crate::Value;

use super::{Builtin, Failure, Host, Outcome, builtin, failed, object, text};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("base64.encode", 1, |host, args| encode(host, args, |bytes| BASE64.encode(bytes))),
    builtin("base64.decode", 1, |host, args| decode(host, args, base64)),
    builtin("base64.is_valid", 1, |_, args| {
        let text = args.first().and_then(Value::as_str);
        Ok(Value::Bool(text.is_some_and(|text| base64(text).is_ok())))
    }),
    builtin("base64url.encode", 1, |host, args| encode(host, args, |bytes| BASE64URL.encode(bytes))),
    builtin("base64url.encode_no_pad", 1, |host, args| {
        encode(host, args, |bytes| BASE64URL_NOPAD.encode(bytes))
    }),
    builtin("base64url.decode", 1, |host, args| decode(host, args, base64url)),
    builtin("hex.encode", 1, |host, args| encode(host, args, |bytes| HEXLOWER.encode(bytes))),
    builtin("hex.decode", 1, |host, args| decode(host, args, hex)),
    builtin("json.marshal", 1, |host, args| {
        let text = args.first().map(Value::to_json_string).unwrap_or_default();
        host.string(safe_in_html(&text))
    }),
    builtin("json.marshal_with_options", 2, marshal_with_options),
    builtin("json.unmarshal", 1, unmarshal),
    builtin("json.is_valid", 1, |_, args| {
        let text = args.first().and_then(Value::as_str);
        Ok(Value::Bool(text.is_some_and(|text| Value::parse_json(text).is_ok())))
    }),
    builtin("urlquery.encode", 1, |host, args| encode(host, args, query_escape)),
    builtin("urlquery.decode", 1, |host, args| decode(host, args, query_unescape)),
    builtin("urlquery.encode_object", 1, encode_object),
    builtin("urlquery.decode_object", 1, decode_object),
];

fn encode(host: &mut Host, args: &[Value], how: impl Fn(&[u8]) -> String) -> Outcome {
    let text = text(args, 0)?;
    host.grow(text.len())?;
    host.string(how(text.as_bytes()))
}

fn decode(host: &mut Host, args: &[Value], how: impl Fn(&str) -> Result<Vec<u8>, String>) -> Outcome {
    let text = text(args, 0)?;
    host.grow(text.len())?;
    match how(text) {
        Ok(bytes) => Ok(Value::from(String::from_utf8_lossy(&bytes).into_owned())),
        Err(message) => failed(message),
    }
}

fn illegal(error: data_encoding::DecodeError) -> String {
    format!("illegal base64 data at input byte {}", error.position)
}

pub(in crate::builtins) fn base64(text: &str) -> Result<Vec<u8>, String> {
    let text = text.replace(['\n', '\r'], "");
    lenient(&LENIENT, &BASE64).decode(text.as_bytes()).map_err(illegal)
}

static LENIENT: OnceLock<Encoding> = OnceLock::new();
static LENIENT_URL: OnceLock<Encoding> = OnceLock::new();

/// The same encoding, but bits that are left over at the end do not count, as in Go.
fn lenient<'e>(place: &'e OnceLock<Encoding>, strict: &'e Encoding) -> &'e Encoding {
    place.get_or_init(|| {
        let mut specification = strict.specification();
        specification.check_trailing_bits = false;
        specification.encoding().unwrap_or_else(|_| strict.clone())
    })
}

/// Decodes the URL alphabet, padded or not.
pub(in crate::builtins) fn base64url(text: &str) -> Result<Vec<u8>, String> {
    let text = text.trim_end_matches('=');
    lenient(&LENIENT_URL, &BASE64URL_NOPAD).decode(text.as_bytes()).map_err(illegal)
}

fn hex(text: &str) -> Result<Vec<u8>, String> {
    if let Some(bad) = text.chars().find(|c| !c.is_ascii_hexdigit()) {
        return Err(format!("encoding/hex: invalid byte: U+{:04X} {bad:?}", u32::from(bad)));
    }
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).map_err(|_| "encoding/hex: odd length hex string".to_string())
}

fn unmarshal(host: &mut Host, args: &[Value]) -> Outcome {
    let text = text(args, 0)?;
    host.grow(text.len())?;
    Value::parse_json(text).map_err(|error| Failure::Error(error.what))
}

fn marshal_with_options(host: &mut Host, args: &[Value]) -> Outcome {
    let options = object(args, 1)?;
    let mut indent = "\t".to_string();
    let mut prefix = String::new();
    let mut pretty = None;
    for (key, value) in options.iter() {
        let wrong = |what: &str| {
            Failure::Type(format!(
                "operand 2 object's value type must be {what} but got {}",
                value.type_name()
            ))
        };
        match key.as_str() {
            Some("pretty") => pretty = Some(value.as_bool().ok_or_else(|| wrong("boolean"))?),
            Some("indent") => {
                indent = value.as_str().ok_or_else(|| wrong("string"))?.to_string();
                pretty.get_or_insert(true);
            }
            Some("prefix") => {
                prefix = value.as_str().ok_or_else(|| wrong("string"))?.to_string();
                pretty.get_or_insert(true);
            }
            _ => return Err(Failure::Type(format!("operand 2 object contained unknown key {key}"))),
        }
    }
    let Some(value) = args.first() else { return Err(Failure::Undefined) };
    if pretty != Some(true) {
        return host.string(safe_in_html(&value.to_json_string()));
    }
    let mut out = prefix.clone();
    write_pretty(host, value, &indent, &prefix, 0, &mut out)?;
    host.string(out)
}

/// Escapes what could end a script in a page, as Go's encoder does; outside of strings JSON has none of these signs.
fn safe_in_html(json: &str) -> String {
    json.replace('<', r"\u003c").replace('>', r"\u003e").replace('&', r"\u0026")
}

fn write_pretty(
    host: &mut Host,
    value: &Value,
    indent: &str,
    prefix: &str,
    depth: usize,
    out: &mut String,
) -> Result<(), Failure> {
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.push_str(prefix);
        out.push_str(&indent.repeat(depth));
    };
    let items = |host: &mut Host, items: &[Value], out: &mut String| -> Result<(), Failure> {
        out.push('[');
        for (at, item) in items.iter().enumerate() {
            host.grow(prefix.len() + indent.len() * (depth + 1))?;
            if at > 0 {
                out.push(',');
            }
            line(out, depth + 1);
            write_pretty(host, item, indent, prefix, depth + 1, out)?;
        }
        if !items.is_empty() {
            line(out, depth);
        }
        out.push(']');
        Ok(())
    };
    match value {
        Value::Array(array) => items(host, array, out),
        Value::Set(set) => items(host, set, out),
        Value::Object(entries) => {
            out.push('{');
            for (at, (key, value)) in entries.iter().enumerate() {
                host.grow(prefix.len() + indent.len() * (depth + 1))?;
                if at > 0 {
                    out.push(',');
                }
                line(out, depth + 1);
                let mut written = String::new();
                let _ = crate::value::write_string(&mut written, &key.to_key());
                out.push_str(&safe_in_html(&written));
                out.push_str(": ");
                write_pretty(host, value, indent, prefix, depth + 1, out)?;
            }
            if !entries.is_empty() {
                line(out, depth);
            }
            out.push('}');
            Ok(())
        }
        other => {
            out.push_str(&safe_in_html(&other.to_json_string()));
            Ok(())
        }
    }
}

pub(super) fn query_escape(bytes: &[u8]) -> String {
    let mut out = String::new();
    for byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(*byte))
            }
            b' ' => out.push('+'),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

fn query_unescape(text: &str) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let digits = text.get(at + 1..at + 3);
                let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                let Some(code) = code else {
                    let shown: String = text.get(at..).unwrap_or_default().chars().take(3).collect();
                    return Err(format!("invalid URL escape {shown:?}"));
                };
                out.push(code);
                bytes.next();
                bytes.next();
            }
            other => out.push(other),
        }
    }
    Ok(out)
}

fn encode_object(host: &mut Host, args: &[Value]) -> Outcome {
    let mut parts = Vec::new();
    for (key, value) in object(args, 0)?.iter() {
        let Some(key) = key.as_str() else {
            return Err(Failure::Type("operand 1 must have string keys".to_string()));
        };
        let key = query_escape(key.as_bytes());
        let mut push = |value: &Value| match value.as_str() {
            Some(text) => {
                parts.push(format!("{key}={}", query_escape(text.as_bytes())));
                Ok(())
            }
            None => {
                let message = "operand 1 values must be string, array[string], or set[string]";
                Err(Failure::Type(message.to_string()))
            }
        };
        match value {
            Value::Array(items) => items.iter().try_for_each(&mut push)?,
            Value::Set(items) => items.iter().try_for_each(&mut push)?,
            other => push(other)?,
        }
    }
    host.string(parts.join("&"))
}

fn decode_object(host: &mut Host, args: &[Value]) -> Outcome {
    let text = text(args, 0)?;
    host.grow(text.len() * 2)?;
    let mut entries: std::collections::BTreeMap<Value, Vec<Value>> = Default::default();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        if pair.contains(';') {
            return failed("invalid semicolon separator in query");
        }
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = |part: &str| -> Outcome {
            let bytes = query_unescape(part).map_err(Failure::Error)?;
            Ok(Value::from(String::from_utf8_lossy(&bytes).into_owned()))
        };
        entries.entry(decoded(key)?).or_default().push(decoded(value)?);
    }
    Ok(entries.into_iter().map(|(key, values)| (key, Value::array(values))).collect())
}
