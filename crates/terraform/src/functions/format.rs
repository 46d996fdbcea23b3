//! `format` and `formatlist`.

use trueline_model::{Kind, Number, Type, Value};
use unicode_segmentation::UnicodeSegmentation;

use super::call::{bound_elements, bound_text};
use super::error::Fail;
use super::json;
use super::lists::list;
use super::spec::{Call, Param, Spec, Ty};
use super::text::unknown_with_prefix;
use trueline_provider::convert::{convert, quote, set_length, string, type_of};

const FORMAT: &[Param] = &[Param::new("format", Ty::String)];
/// One of unknown type, `null` among them, makes Terraform 1.11 say nothing of the result.
const ARGS: Param = Param::new("args", Ty::Any).null().unknown();

pub(super) static SPECS: &[Spec] = &[
    Spec::new("format", FORMAT, Ty::String, one).variadic(ARGS),
    Spec::new("formatlist", FORMAT, Ty::Strings, each).variadic(ARGS),
];

fn one(c: &Call<'_>) -> Result<Value, Fail> {
    let format = c.text(0)?;
    let args = c.args.get(1..).unwrap_or_default();
    if args.iter().any(|a| !a.is_wholly_known()) {
        let mut u = c.unknown();
        u.suffix =
            format.rfind('%').and_then(|i| format.get(i + 1..)).and_then(tail_after_verb).map(Into::into);
        let prefix = format.find('%').and_then(|i| format.get(..i)).unwrap_or("");
        return Ok(unknown_with_prefix(u, prefix));
    }
    let mut v = string(&write(format, args)?);
    // The text of one argument alone is that argument, and the document that it holds.
    if let ([only], "%s" | "%v") = (args, format) {
        v.document = only.document.clone();
    }
    Ok(v)
}

/// The literal text behind the last verb.
fn tail_after_verb(rest: &str) -> Option<&str> {
    let i = rest.find(|c: char| c.is_ascii_alphabetic() || c == '%')?;
    rest.get(i + 1..).filter(|t| !t.is_empty())
}

fn each(c: &Call<'_>) -> Result<Value, Fail> {
    let format = c.text(0)?;
    let args = c.args.get(1..).unwrap_or_default();
    let mut length: Option<(usize, usize)> = None;
    let mut open = false;
    for (i, arg) in args.iter().enumerate() {
        let n = match (&arg.kind, type_of(arg)) {
            (Kind::Null(_), _) => continue,
            (Kind::Unknown(_), Type::Tuple(ts)) => {
                open = true;
                ts.len()
            }
            (Kind::Unknown(_), Type::List(_) | Type::Set(_) | Type::Any) => {
                open = true;
                continue;
            }
            (Kind::Set(_, items), _) if set_length(items).is_none() => {
                open = true;
                continue;
            }
            (Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items), _) => items.len(),
            _ => continue,
        };
        match length {
            None => length = Some((n, i)),
            Some((m, _)) if m == n => {}
            Some((m, chosen)) => {
                let message = format!(
                    "argument {} has length {n}, which is inconsistent with argument {} of length {m}",
                    i + 1,
                    chosen + 1
                );
                return Err(Fail::arg(i + 1, message));
            }
        }
    }
    if open {
        return Ok(c.unknown_value());
    }
    let rounds = length.map_or(1, |(n, _)| n);
    bound_elements(rounds)?;
    let mut out = Vec::with_capacity(rounds);
    let mut size = 0;
    for round in 0..rounds {
        let row: Vec<Value> =
            args.iter().map(|a| a.as_items().and_then(|i| i.get(round)).unwrap_or(a).clone()).collect();
        if row.iter().any(|a| !a.is_wholly_known()) {
            let mut u = trueline_model::Unknown::new(Type::String, super::call::reason(&row, "formatlist"));
            u.not_null = true;
            let prefix = format.find('%').and_then(|i| format.get(..i)).unwrap_or("");
            out.push(unknown_with_prefix(u, prefix));
            continue;
        }
        let text = write(format, &row).map_err(|e| match e {
            // Without a list, it is one call of `format`, and fails like that.
            e if args.is_empty() => e,
            Fail::Call(m) | Fail::Argument(_, m) => {
                Fail::said(format!("error on format iteration {round}: {m}"))
            }
        })?;
        size += text.len();
        bound_text(size)?;
        out.push(string(&text));
    }
    Ok(list(&c.ty, out))
}

/// One `%…` sequence.
struct Verb<'f> {
    raw: &'f str,
    offset: usize,
    zero: bool,
    sharp: bool,
    plus: bool,
    minus: bool,
    space: bool,
    width: Option<usize>,
    precision: Option<usize>,
    mode: char,
}

fn write(format: &str, args: &[Value]) -> Result<String, Fail> {
    let mut out = String::new();
    let bytes = format.as_bytes();
    let at = |i: usize| bytes.get(i).copied();
    let (mut i, mut next, mut highest) = (0, 1usize, 0);
    while let Some(tail) = format.get(i..).filter(|t| !t.is_empty()) {
        let Some(literal) = tail.find('%') else {
            out.push_str(tail);
            break;
        };
        out.push_str(tail.get(..literal).unwrap_or(""));
        i += literal;
        if at(i + 1) == Some(b'%') {
            out.push('%');
            i += 2;
            continue;
        }
        let start = i;
        i += 1;
        let mut v = Verb {
            raw: "",
            offset: start,
            zero: false,
            sharp: false,
            plus: false,
            minus: false,
            space: false,
            width: None,
            precision: None,
            mode: ' ',
        };
        loop {
            match at(i) {
                Some(b'0') => v.zero = true,
                Some(b'#') => v.sharp = true,
                Some(b'-') => v.minus = true,
                Some(b'+') => v.plus = true,
                Some(b' ') => v.space = true,
                _ => break,
            }
            i += 1;
        }
        let number = |i: &mut usize| {
            let mut n: Option<usize> = None;
            while let Some(d) = at(*i).filter(u8::is_ascii_digit) {
                n = Some(n.unwrap_or(0).saturating_mul(10).saturating_add(usize::from(d - b'0')));
                *i += 1;
            }
            n
        };
        v.width = number(&mut i);
        if at(i) == Some(b'.') {
            i += 1;
            v.precision = Some(number(&mut i).unwrap_or(0));
        }
        let mut arg = next;
        if at(i) == Some(b'[') && matches!(at(i + 1), Some(b'1'..=b'9')) {
            i += 1;
            arg = number(&mut i).unwrap_or(0);
            if at(i) != Some(b']') {
                return Err(unrecognized(format, i));
            }
            i += 1;
        }
        match at(i) {
            Some(b) if b.is_ascii_alphabetic() => v.mode = char::from(b),
            _ => return Err(unrecognized(format, i)),
        }
        i += 1;
        v.raw = format.get(start..i).unwrap_or("");
        highest = highest.max(arg);
        let Some(value) = args.get(arg - 1) else {
            return Err(format!(
                "not enough arguments for {} at {start}: need index {arg} but have {} total",
                quote(v.raw),
                args.len()
            )
            .into());
        };
        append(&v, value, &mut out)?;
        bound_text(out.len())?;
        next = arg.saturating_add(1);
    }
    if highest < args.len() {
        let message = match highest {
            0 => "too many arguments; no verbs in format string".to_owned(),
            n => format!("too many arguments; only {n} used by format string"),
        };
        return Err(Fail::arg(highest + 1, message));
    }
    Ok(out)
}

fn unrecognized(format: &str, i: usize) -> Fail {
    match format.get(i..).and_then(|t| t.chars().next()) {
        Some(c) => format!("unrecognized format character {} at offset {i}", quoted_char(c)).into(),
        None => format!("invalid format string starting at offset {i}").into(),
    }
}

fn quoted_char(c: char) -> String {
    match c {
        '\'' => "'\\''".to_owned(),
        '"' => "'\"'".to_owned(),
        c => {
            let quoted = quote(c.encode_utf8(&mut [0; 4]));
            format!("'{}'", quoted.trim_matches('"'))
        }
    }
}

fn append(v: &Verb<'_>, arg: &Value, out: &mut String) -> Result<(), Fail> {
    let unsupported =
        |why: &str| Fail::said(format!("unsupported value for {} at {}: {why}", quote(v.raw), v.offset));
    if v.mode != 'v' && arg.is_null() {
        return Err(unsupported("null value cannot be formatted"));
    }
    let converted = |ty: &Type| convert(arg, ty).map_err(|e| unsupported(&e.message));
    match v.mode {
        'v' => {
            let text = match &arg.kind {
                Kind::String(s) if !v.sharp => s.to_string(),
                Kind::Number(n) if !v.sharp => n.to_general(None, 'e'),
                _ => json::encode(arg).map_err(|e| unsupported(&e))?,
            };
            pad(v, &text, out)
        }
        't' => {
            out.push_str(if converted(&Type::Bool)?.as_bool() == Some(true) { "true" } else { "false" });
            Ok(())
        }
        'b' | 'd' | 'o' | 'x' | 'X' | 'e' | 'E' | 'f' | 'g' | 'G' => {
            let n = converted(&Type::Number)?;
            let Kind::Number(n) = &n.kind else { return Err(unsupported("number required")) };
            match v.mode {
                'b' | 'd' | 'o' | 'x' | 'X' if !n.is_integer() => Err(unsupported("an integer is required")),
                _ if too_wide(v) => {
                    let kind = if matches!(v.mode, 'e' | 'E' | 'f' | 'g' | 'G') { "Float" } else { "Int" };
                    let shown = if kind == "Int" { n.to_fixed(None) } else { n.to_general(None, 'e') };
                    out.push_str(&format!("%!(NOVERB)%!(EXTRA *big.{kind}={shown})"));
                    Ok(())
                }
                'b' | 'd' | 'o' | 'x' | 'X' => integer(v, n, out),
                _ => float(v, n, out),
            }
        }
        's' | 'q' => {
            let text = converted(&Type::String)?;
            let text = text.as_str().unwrap_or("");
            let text = match v.precision {
                Some(n) if n > 0 => {
                    text.grapheme_indices(true).nth(n).map_or(text, |(i, _)| text.get(..i).unwrap_or(text))
                }
                _ => text,
            };
            if v.mode == 'q' { pad(v, &json::encode_text(text), out) } else { pad(v, text, out) }
        }
        m => Err(format!("unsupported format verb '{m}' in {} at offset {}", quote(v.raw), v.offset).into()),
    }
}

/// Numbers wider than this Terraform refuses in a text of its own.
fn too_wide(v: &Verb<'_>) -> bool {
    // Judged before the last digit is read.
    const MOST: usize = 1_000_000;
    v.width.is_some_and(|w| w / 10 > MOST) || v.precision.is_some_and(|p| p / 10 > MOST)
}

fn pad(v: &Verb<'_>, text: &str, out: &mut String) -> Result<(), Fail> {
    let fill = v.width.map_or(0, |w| w.saturating_sub(text.graphemes(true).count()));
    bound_text(out.len().saturating_add(fill))?;
    let fill = if v.zero { "0" } else { " " }.repeat(fill);
    match v.minus {
        true => {
            out.push_str(text);
            out.push_str(&fill);
        }
        false => {
            out.push_str(&fill);
            out.push_str(text);
        }
    }
    Ok(())
}

fn integer(v: &Verb<'_>, n: &Number, out: &mut String) -> Result<(), Fail> {
    let (radix, prefix) = match v.mode {
        'b' => (2, "0b"),
        'o' => (8, "0"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let text = n.to_radix(radix, v.mode == 'X').unwrap_or_default();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(d) => (true, d),
        None => (false, text.as_str()),
    };
    let sign = match (negative, v.plus, v.space) {
        (true, ..) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        _ => "",
    };
    let prefix = if v.sharp { prefix } else { "" };
    let mut zeros = v.precision.map_or(0, |p| p.saturating_sub(digits.len()));
    let digits = if v.precision == Some(0) && digits == "0" { "" } else { digits };
    let length = sign.len() + prefix.len() + zeros + digits.len();
    let fill = v.width.map_or(0, |w| w.saturating_sub(length));
    let (mut left, mut right) = (0, 0);
    if v.minus {
        right = fill;
    } else if v.zero && v.precision.is_none() {
        zeros += fill;
    } else {
        left = fill;
    }
    out.push_str(&" ".repeat(left));
    out.push_str(sign);
    out.push_str(prefix);
    out.push_str(&"0".repeat(zeros));
    out.push_str(digits);
    out.push_str(&" ".repeat(right));
    bound_text(out.len())
}

fn float(v: &Verb<'_>, n: &Number, out: &mut String) -> Result<(), Fail> {
    let text = match v.mode {
        'e' => n.to_exponential(Some(v.precision.unwrap_or(6)), 'e'),
        'E' => n.to_exponential(Some(v.precision.unwrap_or(6)), 'E'),
        'f' => n.to_fixed(Some(v.precision.unwrap_or(6))),
        'G' => n.to_general(v.precision, 'E'),
        _ => n.to_general(v.precision, 'e'),
    };
    let (sign, body) = match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(b), _) => ("-", b),
        (_, Some(b)) => (if v.space { " " } else { "+" }, b),
        _ if v.plus => ("+", text.as_str()),
        _ if v.space => (" ", text.as_str()),
        _ => ("", text.as_str()),
    };
    let fill = v.width.map_or(0, |w| w.saturating_sub(sign.len() + body.len()));
    let spaces = " ".repeat(fill);
    match (v.minus, v.zero && !n.is_infinite()) {
        (true, _) => out.extend([sign, body, &spaces]),
        (false, true) => out.extend([sign, &"0".repeat(fill), body]),
        (false, false) => out.extend([spaces.as_str(), sign, body]),
    }
    bound_text(out.len())
}
