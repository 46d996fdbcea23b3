//! `sprintf`: the formats of Go that OPA's documents use.

use std::fmt::Write;

use crate::{Number, Value};

use super::{Host, Outcome, array, text};

pub(super) fn sprintf(host: &mut Host, args: &[Value]) -> Outcome {
    let (format, values) = (text(args, 0)?, array(args, 1)?);
    let formatted = formatted(host, format, values)?;
    host.string(formatted)
}

#[derive(Default)]
struct Spec {
    minus: bool,
    plus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

/// The widest that a number or text is padded to, as in Go.
const MAX_WIDTH: usize = 1_000_000;

fn formatted(host: &mut Host, format: &str, values: &[Value]) -> Result<String, super::Failure> {
    let mut out = String::new();
    let mut next = 0;
    let mut chars = format.chars().peekable();
    let mut reordered = false;
    while let Some(character) = chars.next() {
        if character != '%' {
            out.push(character);
            continue;
        }
        let mut spec = Spec::default();
        while let Some(flag) = chars.peek() {
            match flag {
                '-' => spec.minus = true,
                '+' => spec.plus = true,
                '#' => spec.sharp = true,
                ' ' => spec.space = true,
                '0' => spec.zero = true,
                _ => break,
            }
            chars.next();
        }
        let explicit = |chars: &mut std::iter::Peekable<std::str::Chars<'_>>, next: &mut usize| -> bool {
            if chars.peek() != Some(&'[') {
                return false;
            }
            let digits: String = chars.clone().skip(1).take_while(char::is_ascii_digit).collect();
            let Ok(wanted) = digits.parse::<usize>() else { return false };
            if chars.clone().nth(1 + digits.len()) != Some(']') {
                return false;
            }
            (0..digits.len() + 2).for_each(|_| {
                chars.next();
            });
            *next = wanted.saturating_sub(1);
            true
        };
        reordered |= explicit(&mut chars, &mut next);
        if chars.peek() == Some(&'*') {
            chars.next();
            let width = values.get(next).and_then(Value::as_i64);
            next += 1;
            match width {
                Some(width) => {
                    spec.minus |= width < 0;
                    spec.width = Some((width.unsigned_abs() as usize).min(MAX_WIDTH));
                }
                None => out.push_str("%!(BADWIDTH)"),
            }
        } else {
            spec.width = digits(&mut chars);
        }
        if chars.peek() == Some(&'.') {
            chars.next();
            if chars.peek() == Some(&'*') {
                chars.next();
                let precision = values.get(next).and_then(Value::as_i64);
                next += 1;
                spec.precision =
                    precision.and_then(|precision| usize::try_from(precision).ok()).map(|p| p.min(MAX_WIDTH));
            } else {
                spec.precision = Some(digits(&mut chars).unwrap_or(0));
            }
        }
        reordered |= explicit(&mut chars, &mut next);
        let Some(verb) = chars.next() else {
            out.push_str("%!(NOVERB)");
            break;
        };
        if verb == '%' {
            out.push('%');
            continue;
        }
        let Some(value) = values.get(next) else {
            let _ = write!(out, "%!{verb}({})", if reordered { "BADINDEX" } else { "MISSING" });
            continue;
        };
        next += 1;
        host.grow(spec.width.unwrap_or(0) + spec.precision.unwrap_or(0))?;
        let piece = one(&spec, verb, value);
        host.grow(piece.len())?;
        out.push_str(&piece);
    }
    if !reordered && next < values.len() {
        out.push_str("%!(EXTRA ");
        for (at, value) in values.iter().enumerate().skip(next) {
            let comma = if at > next { ", " } else { "" };
            let piece = format!("{comma}{}={}", go_type(value), plain(value));
            host.grow(piece.len())?;
            out.push_str(&piece);
        }
        out.push(')');
    }
    Ok(out)
}

fn digits(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<usize> {
    let mut found = None;
    while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
        found = Some((found.unwrap_or(0) * 10 + digit as usize).min(MAX_WIDTH));
        chars.next();
    }
    found
}

/// The type that Go would name for this value.
fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Number(number) if is_text(number) => "string",
        Value::Number(number) if number.as_i64().is_some() => "int64",
        Value::Number(number) if number.is_integer() => "big.Int",
        Value::Number(_) => "float64",
        _ => "string",
    }
}

/// Tells whether a number is taken as the text that it is written as: OPA does so where there is an exponent.
fn is_text(number: &Number) -> bool {
    number.to_string().contains(['e', 'E'])
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        Value::Number(number) if is_text(number) => number.to_string(),
        Value::Number(number) if number.as_i64().is_some() => {
            number.as_i64().map(|whole| whole.to_string()).unwrap_or_default()
        }
        Value::Number(number) if !number.is_integer() && number.as_f64().is_finite() => {
            general(number.as_f64(), None, 'g')
        }
        other => other.to_string(),
    }
}

fn one(spec: &Spec, verb: char, value: &Value) -> String {
    match (verb, value) {
        ('T', _) => {
            pad(spec, if go_type(value) == "big.Int" { "*big.Int" } else { go_type(value) }.to_string())
        }
        (_, Value::Number(number)) if is_text(number) => text_verb(spec, verb, &number.to_string()),
        ('v', Value::Number(number)) if number.is_integer() || number.as_i64().is_some() => {
            pad_number(spec, spaced(spec, plain(value)))
        }
        (_, Value::Number(number)) if number.as_f64().is_infinite() => pad(spec, number.to_string()),
        ('v', Value::Number(number)) => {
            pad_number(spec, spaced(spec, general(number.as_f64(), spec.precision, 'g')))
        }
        ('s', Value::Number(number)) if number.is_integer() && number.as_i64().is_none() => {
            pad(spec, number.to_string())
        }
        (_, Value::Number(number)) if number.is_integer() || number.as_i64().is_some() => {
            whole(spec, verb, number)
        }
        (_, Value::Number(number)) => float(spec, verb, number.as_f64()),
        _ => text_verb(spec, verb, &plain(value)),
    }
}

fn whole(spec: &Spec, verb: char, number: &Number) -> String {
    let big = number.as_big().unwrap_or_default();
    let radix = |base: u8| big.in_radix(base).to_string();
    let prefixed_always = |prefix: &str, digits: String| match digits.strip_prefix('-') {
        Some(magnitude) => format!("-{prefix}{magnitude}"),
        None => format!("{prefix}{digits}"),
    };
    let prefixed = |prefix: &str, digits: String| match spec.sharp {
        true => prefixed_always(prefix, digits),
        false => digits,
    };
    let digits = match verb {
        'd' => radix(10),
        'b' => prefixed("0b", radix(2)),
        'o' => prefixed("0", radix(8)),
        'x' => prefixed("0x", radix(16)),
        'X' => prefixed("0X", radix(16).to_uppercase()),
        'c' if number.as_i64().is_some() => {
            return pad(
                spec,
                number
                    .as_i64()
                    .and_then(|n| u32::try_from(n).ok())
                    .and_then(char::from_u32)
                    .unwrap_or('\u{fffd}')
                    .to_string(),
            );
        }
        'q' if number.as_i64().is_some() => {
            let character = number.as_i64().and_then(|n| u32::try_from(n).ok()).and_then(char::from_u32);
            return pad(spec, format!("'{}'", character.unwrap_or('\u{fffd}')));
        }
        'U' if number.as_i64().is_some() => {
            return pad(spec, format!("U+{:04X}", number.as_i64().unwrap_or_default()));
        }
        'O' => prefixed_always("0o", radix(8)),
        // Said with the value as the flags have it.
        _ => {
            let kind = go_type(&Value::Number(number.clone()));
            return format!("%!{verb}({kind}={})", whole(spec, 'd', number));
        }
    };
    let digits = match spec.precision {
        Some(precision) => {
            let (sign, magnitude) =
                digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
            format!("{sign}{}{magnitude}", "0".repeat(precision.saturating_sub(magnitude.len())))
        }
        None => digits,
    };
    pad_number(spec, signed(spec, digits))
}

fn float(spec: &Spec, verb: char, value: f64) -> String {
    let text = match verb {
        'f' | 'F' => {
            let (exact, zeros) = decimals(spec.precision.unwrap_or(6));
            format!("{value:.exact$}{}", "0".repeat(zeros))
        }
        'e' | 'E' => exponent(value, spec.precision.unwrap_or(6), verb),
        'g' | 'G' => general(value, spec.precision, verb),
        _ => {
            let text = pad_number(spec, signed(spec, general(value, spec.precision, 'g')));
            return format!("%!{verb}(float64={text})");
        }
    };
    pad_number(spec, signed(spec, text))
}

/// No float has more decimals; the formatter of the standard library takes no more than 65535.
const MAX_DECIMALS: usize = 1_100;

/// Splits a precision into decimals that may differ from zero, and zeros behind them.
fn decimals(precision: usize) -> (usize, usize) {
    (precision.min(MAX_DECIMALS), precision.saturating_sub(MAX_DECIMALS))
}

fn exponent(value: f64, precision: usize, verb: char) -> String {
    let (exact, zeros) = decimals(precision);
    let text = format!("{value:.exact$e}");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let mantissa = format!("{mantissa}{}", "0".repeat(zeros));
    let (sign, digits) = power.strip_prefix('-').map_or(('+', power), |digits| ('-', digits));
    format!("{mantissa}{verb}{sign}{digits:0>2}")
}

/// Formats as `%g`.
fn general(value: f64, precision: Option<usize>, verb: char) -> String {
    if value == 0.0 {
        return "0".to_string();
    }
    let shortest = format!("{value:e}");
    let (mantissa, power) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let power: i32 = power.parse().unwrap_or_default();
    let letter = if verb == 'G' { 'E' } else { 'e' };
    let limit = match precision {
        Some(0) => 1,
        Some(precision) => precision as i32,
        None => 21,
    };
    if power < -4 || power >= limit {
        let digits = match precision {
            Some(precision) => precision.saturating_sub(1),
            None => mantissa.trim_start_matches('-').len().saturating_sub(2),
        };
        return exponent(value, digits, letter);
    }
    match precision {
        None => format!("{value}"),
        Some(precision) => {
            let decimals = (precision.max(1) as i32 - 1 - power).clamp(0, MAX_DECIMALS as i32) as usize;
            let text = format!("{value:.decimals$}");
            match text.contains('.') {
                true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
                false => text,
            }
        }
    }
}

fn text_verb(spec: &Spec, verb: char, text: &str) -> String {
    let cut = |text: &str| -> String {
        match spec.precision {
            Some(precision) => text.chars().take(precision).collect(),
            None => text.to_string(),
        }
    };
    match verb {
        'v' if spec.sharp => {
            text_verb(&Spec { sharp: false, width: spec.width, ..Spec::default() }, 'q', text)
        }
        'v' | 's' => pad(spec, cut(text)),
        'q' => {
            let mut quoted = String::new();
            let _ = crate::value::write_string(&mut quoted, &cut(text));
            pad(spec, quoted)
        }
        'x' | 'X' => {
            let mut hex = String::new();
            for byte in text.bytes() {
                let _ = if verb == 'x' { write!(hex, "{byte:02x}") } else { write!(hex, "{byte:02X}") };
            }
            let lead = match (spec.sharp, verb) {
                (false, _) => "",
                (true, 'x') => "0x",
                (true, _) => "0X",
            };
            pad(spec, format!("{lead}{hex}"))
        }
        _ => format!("%!{verb}(string={})", pad(spec, cut(text))),
    }
}

/// Puts a space in front of what has no sign; `%+v` asks for names of fields, not for signs.
fn spaced(spec: &Spec, text: String) -> String {
    match spec.space && !text.starts_with('-') {
        true => format!(" {text}"),
        false => text,
    }
}

fn signed(spec: &Spec, text: String) -> String {
    match text.starts_with('-') {
        true => text,
        false if spec.plus => format!("+{text}"),
        false if spec.space => format!(" {text}"),
        false => text,
    }
}

fn pad(spec: &Spec, text: String) -> String {
    let Some(missing) = spec.width.and_then(|width| width.checked_sub(text.chars().count())) else {
        return text;
    };
    match (spec.minus, spec.zero) {
        (true, _) => format!("{text}{}", " ".repeat(missing)),
        (false, true) => format!("{}{text}", "0".repeat(missing)),
        (false, false) => format!("{}{text}", " ".repeat(missing)),
    }
}

fn pad_number(spec: &Spec, text: String) -> String {
    let zeros = spec.zero && !spec.minus && spec.precision.is_none_or(|_| text.contains('.'));
    if !zeros {
        return pad(&Spec { zero: false, minus: spec.minus, width: spec.width, ..Spec::default() }, text);
    }
    let Some(missing) = spec.width.and_then(|width| width.checked_sub(text.chars().count())) else {
        return text;
    };
    let (sign, magnitude) = match text.strip_prefix(['-', '+', ' ']) {
        Some(rest) => text.split_at_checked(text.len() - rest.len()).unwrap_or(("", &text)),
        None => ("", text.as_str()),
    };
    format!("{sign}{}{magnitude}", "0".repeat(missing))
}
