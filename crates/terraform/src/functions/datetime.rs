//! `formatdate`, `timeadd`, `timecmp`.

use trueline_model::Value;

use super::error::Fail;
use super::spec::{Call, Param, Spec, Ty};
use super::time::{self, Time};
use trueline_provider::convert::{quote, string};

pub(super) static SPECS: &[Spec] = &[
    Spec::new(
        "formatdate",
        &[Param::new("format", Ty::String), Param::new("time", Ty::String)],
        Ty::String,
        format_date,
    ),
    Spec::new(
        "timeadd",
        &[Param::new("timestamp", Ty::String), Param::new("duration", Ty::String)],
        Ty::String,
        |c| {
            let t = time::parse(c.text(0)?)?;
            Ok(Value::string(t.add(time::duration(c.text(1)?)?).rfc3339()))
        },
    )
    .maybe_null(),
    Spec::new(
        "timecmp",
        &[Param::new("timestamp_a", Ty::String), Param::new("timestamp_b", Ty::String)],
        Ty::Number,
        |c| {
            let at = |i: usize| lax(c.text(i)?).map_err(|e| Fail::arg(i, e));
            let (a, b) = (at(0)?, at(1)?);
            Ok(Value::number((a.seconds, a.nanos).cmp(&(b.seconds, b.nanos)) as i64))
        },
    ),
];

/// As [`time::parse`], but an hour of one digit will do.
fn lax(text: &str) -> Result<Time, String> {
    let short = text.as_bytes().get(12) == Some(&b':') && text.as_bytes().get(10) == Some(&b'T');
    match (short, text.split_at_checked(11)) {
        (true, Some((date, clock))) => time::parse(&format!("{date}0{clock}")),
        _ => time::parse(text),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

fn format_date(c: &Call<'_>) -> Result<Value, Fail> {
    let t = time::parse(c.text(1)?).map_err(|e| Fail::arg(1, e))?;
    let mut rest = c.text(0)?;
    let mut out = String::new();
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            rest = quoted(rest, &mut out)?;
            continue;
        }
        let end = match first.is_ascii_alphabetic() {
            true => rest.find(|c| c != first),
            false => rest.find(|c: char| c == '\'' || c.is_ascii_alphabetic()),
        };
        let (token, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
        if first.is_ascii_alphabetic() {
            verb(t, first, token, &mut out)?;
        } else {
            out.push_str(token);
        }
        rest = after;
    }
    Ok(string(&out))
}

/// A literal in quotes, in which a doubled quote is one; what comes after it is returned.
fn quoted<'f>(text: &'f str, out: &mut String) -> Result<&'f str, Fail> {
    let mut rest = text.get(1..).unwrap_or("");
    if let Some(after) = rest.strip_prefix('\'') {
        out.push('\'');
        return Ok(after);
    }
    loop {
        let Some((part, after)) = rest.split_once('\'') else {
            return Err(Fail::arg(0, "unterminated literal '"));
        };
        out.push_str(part);
        match after.strip_prefix('\'') {
            Some(more) => {
                out.push('\'');
                rest = more;
            }
            None => return Ok(after),
        }
    }
}

fn verb(t: Time, letter: char, token: &str, out: &mut String) -> Result<(), Fail> {
    let p = t.parts();
    let n = token.len();
    let wrong = |why: String| Fail::arg(0, format!("invalid date format verb {}{why}", quote(token)));
    let either = |out: &mut String, value: i64, why: &str| match n {
        1 => {
            out.push_str(&value.to_string());
            Ok(())
        }
        2 => {
            out.push_str(&format!("{value:02}"));
            Ok(())
        }
        _ => Err(wrong(format!(": {why}"))),
    };
    let name = |names: &[&'static str], i: i64| {
        usize::try_from(i).ok().and_then(|i| names.get(i).copied()).unwrap_or("")
    };
    match (letter, n) {
        ('Y', 2) => out.push_str(&format!("{:02}", p.year % 100)),
        ('Y', 4) => out.push_str(&format!("{:04}", p.year)),
        ('Y', _) => return Err(wrong(": year must either be \"YY\" or \"YYYY\"".to_owned())),
        ('M', 3) => out.push_str(name(&MONTHS, p.month - 1).get(..3).unwrap_or("")),
        ('M', 4) => out.push_str(name(&MONTHS, p.month - 1)),
        ('M', _) => return either(out, p.month, "month must be \"M\", \"MM\", \"MMM\", or \"MMMM\""),
        ('D', _) => return either(out, p.day, "day of month must either be \"D\" or \"DD\""),
        ('E', 3) => out.push_str(name(&DAYS, p.weekday).get(..3).unwrap_or("")),
        ('E', 4) => out.push_str(name(&DAYS, p.weekday)),
        ('E', _) => return Err(wrong(": day of week must either be \"EEE\" or \"EEEE\"".to_owned())),
        ('h', _) => return either(out, p.hour, "24-hour must either be \"h\" or \"hh\""),
        ('H', _) => return either(out, (p.hour + 11) % 12 + 1, "12-hour must either be \"H\" or \"HH\""),
        ('A', 2) => out.push_str(if p.hour < 12 { "AM" } else { "PM" }),
        ('a', 2) => out.push_str(if p.hour < 12 { "am" } else { "pm" }),
        ('A' | 'a', _) => return Err(wrong(format!(": must be \"{letter}{letter}\""))),
        ('m', _) => return either(out, p.minute, "minute must either be \"m\" or \"mm\""),
        ('s', _) => return either(out, p.second, "second must either be \"s\" or \"ss\""),
        ('Z', 1) if t.offset == 0 => out.push('Z'),
        ('Z', 3) if t.offset == 0 => out.push_str("UTC"),
        ('Z', 3 | 4) => out.push_str(&t.zone("")),
        ('Z', 1 | 5) => out.push_str(&t.zone(":")),
        ('Z', _) => return Err(wrong(": timezone must be Z, ZZZZ, or ZZZZZ".to_owned())),
        _ => return Err(wrong(String::new())),
    }
    Ok(())
}
