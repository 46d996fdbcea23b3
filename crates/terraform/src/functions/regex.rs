//! `regex`, `regexall`, `replace`: patterns of RE2, as Terraform reads them.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{AttributeType, Kind, Type, Value};

use super::call::{bound_elements, bound_text};
use super::error::Fail;
use super::lists::list;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{normalize, string};

const PATTERN: &[Param] = &[Param::new("pattern", Ty::String), Param::new("string", Ty::String)];

pub(super) static SPECS: &[Spec] = &[
    Spec::new("regex", PATTERN, Ty::Any, first).of(first_type),
    Spec::new("regexall", PATTERN, Ty::Any, all).of(|a| Ok(Type::List(Arc::new(first_type(a)?)))),
    Spec::new(
        "replace",
        &[Param::new("str", Ty::String), Param::new("substr", Ty::String), Param::new("replace", Ty::String)],
        Ty::String,
        replace,
    ),
];

/// Memory that one compiled pattern may take.
const SIZE: usize = 8 << 20;

/// Compiles a pattern of RE2.
///
/// # Errors
/// What is wrong with it, and where in it.
fn compile(pattern: &str) -> Result<regex::Regex, String> {
    let translated = translate(pattern).map_err(|(what, part)| format!("{what} in {part}"))?;
    regex::RegexBuilder::new(&translated).size_limit(SIZE).nest_limit(250).build().map_err(|e| match e {
        regex::Error::CompiledTooBig(_) => format!("expression too large in {pattern}"),
        _ => {
            let (what, part) = diagnose(pattern);
            format!("{what} in {part}")
        }
    })
}

type Wrong = (&'static str, String);

/// Rewrites what RE2 reads differently: ASCII classes, braces that count nothing, `\Q…\E`, escapes.
fn translate(pattern: &str) -> Result<String, Wrong> {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    let mut class = false;
    // Where the repetition before this place begins, and whether there is anything here to repeat.
    let (mut repetition, mut repeatable): (Option<&str>, bool) = (None, false);
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or("");
        if !class {
            let length = match c {
                '*' | '+' | '?' => Some(1),
                '{' if counts(after)? => after.find('}').map(|i| i + 2),
                _ => None,
            };
            let Some(length) = length else {
                repetition = None;
                // A flag group such as `(?i)` closes without anything to repeat; so do the other openings.
                repeatable = !matches!(c, '(' | '|');
                rest = one(c, rest, after, &mut class, &mut out)?;
                continue;
            };
            let tail = rest.get(length..).unwrap_or("");
            let lazy = usize::from(tail.starts_with('?'));
            let (sign, tail) = rest.split_at_checked(length + lazy).unwrap_or((rest, ""));
            if let Some(before) = repetition {
                let both = before.len() - tail.len();
                return Err((
                    "invalid nested repetition operator",
                    before.get(..both).unwrap_or(before).to_owned(),
                ));
            }
            if !repeatable {
                return Err(("missing argument to repetition operator", sign.to_owned()));
            }
            out.push_str(sign);
            repetition = Some(rest);
            rest = tail;
            continue;
        }
        rest = one(c, rest, after, &mut class, &mut out)?;
    }
    Ok(out)
}

/// Translates what begins with one character that repeats nothing; what comes after it is returned.
fn one<'p>(
    c: char,
    rest: &'p str,
    after: &'p str,
    in_class: &mut bool,
    out: &mut String,
) -> Result<&'p str, Wrong> {
    let mut class = *in_class;
    let tail = match c {
        '\\' => escape(after, class, out)?,
        '[' if !class => {
            class = true;
            out.push('[');
            let mut after = after;
            if let Some(a) = after.strip_prefix('^') {
                out.push('^');
                after = a;
            }
            // A bracket that closes at once is one of the characters.
            if let Some(a) = after.strip_prefix(']') {
                out.push_str("\\]");
                after = a;
            }
            after
        }
        '[' => match after.strip_prefix(':').and_then(|a| a.split_once(":]")) {
            Some((name, tail)) if !name.is_empty() && name.len() < 12 => {
                out.push_str(&format!("[:{name}:]"));
                tail
            }
            _ => {
                out.push_str("\\[");
                after
            }
        },
        ']' if class => {
            class = false;
            out.push(']');
            after
        }
        '&' | '~' if class => {
            out.push('\\');
            out.push(c);
            after
        }
        '-' if class && after.starts_with('-') => {
            out.push_str("\\-");
            after
        }
        '{' if !class => {
            out.push_str("\\{");
            after
        }
        '(' if !class && after.starts_with('?') => {
            let flags = after.get(1..).unwrap_or("");
            let end = flags.find(|c: char| !matches!(c, 'i' | 'm' | 's' | 'U' | '-'));
            let named = flags.starts_with("P<")
                || flags.starts_with('<') && !flags.starts_with("<=") && !flags.starts_with("<!");
            let plain = end.and_then(|e| flags.get(e..)).is_some_and(|t| t.starts_with([':', ')']));
            if !named && !plain {
                let part: String = rest.chars().take(3).collect();
                return Err(("invalid or unsupported Perl syntax", part));
            }
            out.push('(');
            // The question mark here repeats nothing.
            let header = match (named, end) {
                (true, _) => after.find('>').map(|i| i + 1),
                (false, end) => {
                    end.map(|e| e + 1 + usize::from(flags.get(e..).is_some_and(|t| t.starts_with(':'))))
                }
            };
            let (header, tail) = after.split_at_checked(header.unwrap_or(0)).unwrap_or(("", after));
            out.push_str(header);
            tail
        }
        _ => {
            out.push(c);
            after
        }
    };
    *in_class = class;
    Ok(tail)
}

/// True if what follows a brace is a count such as `2}`, `2,}`, `2,3}`; otherwise the brace is a character.
fn counts(after: &str) -> Result<bool, Wrong> {
    let Some((inner, _)) = after.split_once('}') else { return Ok(false) };
    let (low, high) = inner.split_once(',').unwrap_or((inner, inner));
    let digits = |s: &str| s.len() < 9 && s.bytes().all(|b| b.is_ascii_digit());
    if low.is_empty() || !digits(low) || !digits(high) {
        return Ok(false);
    }
    let most = 1000;
    let (l, h) = (low.parse::<u32>().unwrap_or(0), high.parse::<u32>().unwrap_or(0));
    if l > most || h > most || !high.is_empty() && l > h {
        return Err(("invalid repeat count", format!("{{{inner}}}")));
    }
    Ok(true)
}

fn escape<'p>(after: &'p str, class: bool, out: &mut String) -> Result<&'p str, Wrong> {
    let Some(c) = after.chars().next() else {
        return Err(("trailing backslash at end of expression", String::new()));
    };
    let tail = after.get(c.len_utf8()..).unwrap_or("");
    let bad = || ("invalid escape sequence", format!("\\{c}"));
    let literal = |out: &mut String, c: char| {
        if c.is_ascii_punctuation() {
            out.push_str(&format!("\\x{{{:x}}}", c as u32));
        } else {
            out.push(c);
        }
    };
    match c {
        'd' => out.push_str("[0-9]"),
        'D' => out.push_str("[^0-9]"),
        'w' => out.push_str("[0-9A-Za-z_]"),
        'W' => out.push_str("[^0-9A-Za-z_]"),
        's' => out.push_str("[\\t\\n\\f\\r ]"),
        'S' => out.push_str("[^\\t\\n\\f\\r ]"),
        'b' if !class => out.push_str("(?-u:\\b)"),
        'B' if !class => out.push_str("\\B"),
        'A' | 'z' if !class => {
            out.push('\\');
            out.push(c);
        }
        'a' | 'f' | 't' | 'n' | 'r' | 'v' => {
            out.push('\\');
            out.push(c);
        }
        'p' | 'P' => {
            out.push('\\');
            out.push(c);
            if let Some((name, rest)) = tail.strip_prefix('{').and_then(|t| t.split_once('}')) {
                out.push_str(&format!("{{{name}}}"));
                return Ok(rest);
            }
        }
        'x' => {
            let (hex, rest) = match tail.strip_prefix('{').and_then(|t| t.split_once('}')) {
                Some(braced) => braced,
                None => tail.split_at_checked(2).ok_or_else(bad)?,
            };
            let code = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).ok_or_else(bad)?;
            out.push_str(&format!("\\x{{{:x}}}", code as u32));
            return Ok(rest);
        }
        'Q' => {
            let (quoted, rest) = tail.split_once("\\E").unwrap_or((tail, ""));
            quoted.chars().for_each(|c| literal(out, c));
            return Ok(rest);
        }
        'E' => {}
        '0'..='7' => {
            let digits = after.bytes().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
            // A single digit other than zero would refer back to a group.
            if c != '0' && digits < 2 {
                return Err(bad());
            }
            let code = after.get(..digits).and_then(|d| u32::from_str_radix(d, 8).ok()).unwrap_or(0);
            out.push_str(&format!("\\x{{{code:x}}}"));
            return Ok(after.get(digits..).unwrap_or(""));
        }
        _ if c.is_ascii() && !c.is_ascii_alphanumeric() => literal(out, c),
        _ => return Err(bad()),
    }
    Ok(tail)
}

/// What is wrong with a pattern that does not compile, in RE2's words.
fn diagnose(pattern: &str) -> Wrong {
    let whole = || pattern.to_owned();
    let error = regex_syntax::Parser::new().parse(pattern).err();
    let Some(regex_syntax::Error::Parse(e)) = error else { return ("invalid pattern", whole()) };
    use regex_syntax::ast::ErrorKind as E;
    let span = e.span();
    let part = pattern.get(span.start.offset..span.end.offset).unwrap_or(pattern).to_owned();
    let tail = pattern.get(span.start.offset..).unwrap_or(pattern).to_owned();
    match e.kind() {
        E::GroupUnclosed => ("missing closing )", whole()),
        E::GroupUnopened => ("unexpected )", whole()),
        E::ClassUnclosed => ("missing closing ]", tail),
        E::ClassRangeInvalid | E::ClassRangeLiteral => ("invalid character class range", part),
        E::RepetitionMissing => {
            ("missing argument to repetition operator", part.chars().last().map(String::from).unwrap_or(part))
        }
        E::GroupNameDuplicate { .. } => ("duplicate capture group name", part),
        E::GroupNameInvalid | E::GroupNameEmpty => ("invalid named capture", part),
        _ => ("invalid pattern", part),
    }
}

/// The type of one match: the whole text, a tuple of groups, or an object of named groups.
fn match_type(re: &regex::Regex) -> Result<Type, Fail> {
    let groups: Vec<Option<&str>> = re.capture_names().skip(1).collect();
    let named: Vec<&str> = groups.iter().flatten().copied().collect();
    if groups.is_empty() {
        return Ok(Type::String);
    }
    if named.is_empty() {
        return Ok(Type::Tuple(groups.iter().map(|_| Type::String).collect()));
    }
    if named.len() < groups.len() {
        return Err(Fail::arg(0, "invalid regexp pattern: cannot mix both named and unnamed capture groups"));
    }
    let attrs: BTreeMap<Arc<str>, AttributeType> =
        named.into_iter().map(|n| (n.into(), AttributeType { ty: Type::String, optional: false })).collect();
    Ok(Type::Object(Arc::new(attrs)))
}

fn first_type(args: &[Value]) -> Result<Type, Fail> {
    let Some(pattern) = args.first().and_then(Value::as_str) else { return Ok(Type::Any) };
    match_type(&compiled(pattern)?)
}

fn compiled(pattern: &str) -> Result<regex::Regex, Fail> {
    compile(pattern).map_err(|e| Fail::arg(0, format!("invalid regexp pattern: {e}")))
}

fn result(re: &regex::Regex, found: &regex::Captures<'_>) -> Value {
    let group = |m: Option<regex::Match<'_>>| {
        m.map_or_else(|| Kind::Null(Type::String).into(), |m| string(m.as_str()))
    };
    let named = re.capture_names().flatten().count() > 0;
    match re.captures_len() {
        1 => group(found.get(0)),
        _ if named => Value::object(
            re.capture_names().flatten().map(|n| (normalize(n), group(found.name(n)))).collect(),
        ),
        n => Value::tuple((1..n).map(|i| group(found.get(i))).collect()),
    }
}

fn first(c: &Call<'_>) -> Result<Value, Fail> {
    let re = compiled(c.text(0)?)?;
    let found = re.captures(c.text(1)?);
    found.map(|f| result(&re, &f)).ok_or_else(|| "pattern did not match any part of the given string".into())
}

fn all(c: &Call<'_>) -> Result<Value, Fail> {
    let re = compiled(c.text(0)?)?;
    let mut out = Vec::new();
    for found in re.captures_iter(c.text(1)?) {
        out.push(result(&re, &found));
        bound_elements(out.len().saturating_mul(re.captures_len()))?;
    }
    Ok(list(&c.ty, out))
}

fn replace(c: &Call<'_>) -> Result<Value, Fail> {
    let (text, what, with) = (c.text(0)?, c.text(1)?, c.text(2)?);
    let pattern = what.strip_prefix('/').and_then(|w| w.strip_suffix('/')).filter(|_| what.len() > 1);
    let Some(pattern) = pattern else {
        let hits = text.matches(what).take(super::MAX_TEXT).count();
        bound_text(text.len().saturating_add(hits.saturating_mul(with.len())))?;
        return Ok(string(&text.replace(what, with)));
    };
    let re = compile(pattern).map_err(|e| {
        let (what, part) = e.rsplit_once(" in ").unwrap_or((&e, pattern));
        format!("error parsing regexp: {what}: `{part}`")
    })?;
    // A template may repeat what was found as often as it names groups.
    let growth = with.len().saturating_add(with.matches('$').count().saturating_mul(text.len()));
    let hits = re.find_iter(text).take(super::MAX_TEXT).count();
    if growth.saturating_mul(hits) > super::MAX_TEXT {
        let mut out = String::new();
        let mut at = 0;
        for found in re.captures_iter(text) {
            let Some(m) = found.get(0) else { continue };
            out.push_str(text.get(at..m.start()).unwrap_or(""));
            // Each reference repeats at most the whole match.
            let most = with.len().saturating_add(with.matches('$').count().saturating_mul(m.len()));
            bound_text(out.len().saturating_add(most))?;
            found.expand(with, &mut out);
            at = m.end();
        }
        out.push_str(text.get(at..).unwrap_or(""));
        return Ok(string(&out));
    }
    Ok(string(&re.replace_all(text, with)))
}
