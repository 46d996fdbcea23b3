//! What a scalar of YAML 1.1 is, and what becomes of it as a key and as a value.

use data_encoding::BASE64;

use crate::Value;
use crate::value::Number;

/// A scalar, resolved.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    /// As far as 64 bits with a sign, or those without one, reach.
    Whole(i128),
    Float(f64),
    Text(String),
}

/// Resolves a scalar; `tag` is as it is written, those of YAML itself as `!!name`.
pub(super) fn resolve(text: &str, plain: bool, tag: Option<&str>) -> Result<Scalar, String> {
    let Some(tag) = tag else {
        return Ok(if plain { of_plain(text) } else { Scalar::Text(text.to_owned()) });
    };
    let found = of_plain(text);
    let is_wanted = match tag {
        "!!bool" => matches!(found, Scalar::Bool(_)),
        "!!int" => matches!(found, Scalar::Whole(_)),
        "!!float" => matches!(found, Scalar::Whole(_) | Scalar::Float(_)),
        "!!null" => found == Scalar::Null,
        "!!timestamp" => {
            return match is_timestamp(text) {
                true => Ok(Scalar::Text(text.to_owned())),
                false => Err(format!("cannot decode {} `{text}` as a !!timestamp", tag_of(&found))),
            };
        }
        "!!binary" => {
            // Line breaks are no part of it.
            let joined: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
            let bytes = BASE64.decode(joined.as_bytes());
            let bytes = bytes.map_err(|_| "!!binary value contains invalid base64 data".to_owned())?;
            return Ok(Scalar::Text(String::from_utf8_lossy(&bytes).into_owned()));
        }
        // `!!str`, and tags that mean nothing here.
        _ => return Ok(Scalar::Text(text.to_owned())),
    };
    match (is_wanted, found) {
        (false, found) => Err(format!("cannot decode {} `{text}` as a {tag}", tag_of(&found))),
        (true, Scalar::Whole(whole)) if tag == "!!float" => Ok(Scalar::Float(whole as f64)),
        (true, found) => Ok(found),
    }
}

const fn tag_of(scalar: &Scalar) -> &'static str {
    match scalar {
        Scalar::Null => "!!null",
        Scalar::Bool(_) => "!!bool",
        Scalar::Whole(_) => "!!int",
        Scalar::Float(_) => "!!float",
        Scalar::Text(_) => "!!str",
    }
}

fn of_plain(text: &str) -> Scalar {
    let found = match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Some(Scalar::Bool(true))
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Some(Scalar::Bool(false))
        }
        "" | "~" | "null" | "Null" | "NULL" => Some(Scalar::Null),
        ".nan" | ".NaN" | ".NAN" => Some(Scalar::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(Scalar::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => Some(Scalar::Float(f64::NEG_INFINITY)),
        _ => match text.as_bytes().first() {
            Some(b'.') if separates_digits(text) => float(&text.replace('_', "")),
            Some(b'0'..=b'9' | b'+' | b'-') => {
                let digits = text.replace('_', "");
                whole(&digits).map(Scalar::Whole).or_else(|| float(&digits))
            }
            _ => None,
        },
    };
    found.unwrap_or_else(|| Scalar::Text(text.to_owned()))
}

/// A whole number: decimal, octal behind `0` or `0o`, hexadecimal behind `0x`, binary behind `0b`.
fn whole(text: &str) -> Option<i128> {
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'+') => (1, text.get(1..)?),
        Some(b'-') => (-1, text.get(1..)?),
        _ => (0, text),
    };
    let prefixed =
        |small: &str, large: &str| digits.strip_prefix(small).or_else(|| digits.strip_prefix(large));
    let (base, digits) = if let Some(rest) = prefixed("0x", "0X") {
        (16, rest)
    } else if let Some(rest) = prefixed("0b", "0B") {
        (2, rest)
    } else if let Some(rest) = prefixed("0o", "0O") {
        (8, rest)
    } else if digits.len() > 1 && digits.starts_with('0') {
        (8, digits)
    } else {
        (10, digits)
    };
    // A second sign is none of the digits.
    if !digits.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let size = i128::from(u64::from_str_radix(digits, base).ok()?);
    let most = if sign == 0 { i128::from(u64::MAX) } else { i128::from(i64::MAX) };
    match sign {
        -1 => (size <= most + 1).then_some(-size),
        _ => (size <= most).then_some(size),
    }
}

/// Digits with a point or an exponent, or more digits than a whole number has, if a float reaches so far.
fn float(text: &str) -> Option<Scalar> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (unsigned.get(..at)?, unsigned.get(at + 1..)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa = digits(before) && digits(after) && !(before.is_empty() && after.is_empty());
    let exponent = exponent.is_none_or(|text| {
        let text = text.strip_prefix(['+', '-']).unwrap_or(text);
        !text.is_empty() && digits(text)
    });
    if !mantissa || !exponent {
        return None;
    }
    text.parse().ok().filter(|float: &f64| float.is_finite()).map(Scalar::Float)
}

/// True if each `_` stands between digits.
fn separates_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    bytes.iter().enumerate().all(|(at, b)| *b != b'_' || (digit(at.checked_sub(1)) && digit(Some(at + 1))))
}

/// A date, or a date and a time, as far as the library reads them.
fn is_timestamp(text: &str) -> bool {
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at..)),
        None => (text, None),
    };
    let number = |text: &str, most: u32| {
        matches!(text.len(), 1 | 2) && text.parse().is_ok_and(|n: u32| (1..=most).contains(&n))
    };
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let is_date =
        year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && number(month, 12) && number(day, 31);
    let is_time = time.is_none_or(|time| {
        let zoned = !time.starts_with(' ');
        let clock = time.get(1..).unwrap_or_default();
        let at = clock.find(['Z', '+', '-']);
        let zone = at.and_then(|at| clock.get(at..));
        let zone_fits =
            zone.is_none_or(|zone| zone == "Z" || (zone.len() == 6 && zone.get(3..4) == Some(":")));
        let clock = at.and_then(|at| clock.get(..at)).unwrap_or(clock);
        let fits = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = clock.split(':').collect();
        let seconds = parts.get(2).map(|text| text.split('.').next().unwrap_or_default());
        zoned == zone.is_some()
            && zone_fits
            && parts.len() == 3
            && parts.iter().take(2).all(|p| fits(p))
            && seconds.is_some_and(fits)
    });
    is_date && is_time
}

impl Scalar {
    /// What JSON makes of it: it has no number that is none, or without end.
    pub(super) fn value(self) -> Result<Value, String> {
        Ok(match self {
            Scalar::Null => Value::Null,
            Scalar::Bool(flag) => Value::Bool(flag),
            Scalar::Whole(whole) => number(&whole.to_string())?,
            Scalar::Float(float) if !float.is_finite() => {
                return Err(format!("unsupported value: {}", special(float, "+Inf", "-Inf", "NaN")));
            }
            Scalar::Float(float) => number(&json(float))?,
            Scalar::Text(text) => Value::from(text),
        })
    }

    /// The text that stands for it as a key.
    pub(super) fn key(self) -> Result<String, String> {
        Ok(match self {
            Scalar::Null => return Err("unsupported map key: null".to_owned()),
            Scalar::Bool(flag) => flag.to_string(),
            Scalar::Whole(whole) if whole > i128::from(i64::MAX) => {
                return Err(format!("unsupported map key: {whole} has more than 63 bits"));
            }
            Scalar::Whole(whole) => whole.to_string(),
            Scalar::Float(float) => short(float as f32),
            Scalar::Text(text) => text,
        })
    }
}

fn number(text: &str) -> Result<Value, String> {
    Number::parse(text).map(Value::from).ok_or_else(|| format!("unsupported value: {text}"))
}

fn special<'t>(float: f64, infinite: &'t str, negative: &'t str, none: &'t str) -> &'t str {
    if float.is_nan() {
        none
    } else if float > 0.0 {
        infinite
    } else {
        negative
    }
}

/// A float as Go writes it into JSON: with an exponent below 1e-6 and from 1e21.
fn json(float: f64) -> String {
    let size = float.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{float:e}");
        return if text.contains("e-") { text } else { text.replace('e', "e+") };
    }
    float.to_string()
}

/// A float of 32 bits as Go's `%g` writes it: with an exponent below 1e-4 and from 1e6, of two digits at least.
fn short(float: f32) -> String {
    if !float.is_finite() {
        return special(f64::from(float), ".inf", "-.inf", ".nan").to_owned();
    }
    let text = format!("{float:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    match exponent {
        -4..6 => float.to_string(),
        _ => format!("{mantissa}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.unsigned_abs()),
    }
}
