//! Regular expressions and globs, in linear time.
//!
//! The syntax is RE2's: what this crate's engine reads otherwise (`\d` and the like beyond ASCII, operators in
//! classes) is translated first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use regex::{Regex, RegexBuilder};

use crate::Value;

use super::arguments::int;
use super::{Builtin, Failure, Host, Outcome, array, builtin, deprecated, failed, text, wrong_type};

#[path = "globs.rs"]
mod globs;

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("regex.match", 2, matches),
    deprecated("re_match", 2, matches),
    builtin("regex.is_valid", 1, |_, args| {
        Ok(Value::Bool(args.first().and_then(Value::as_str).is_some_and(|pattern| compile(pattern).is_ok())))
    }),
    builtin("regex.split", 2, split),
    builtin("regex.find_n", 3, find_n),
    builtin("regex.find_all_string_submatch_n", 3, find_submatches),
    builtin("regex.replace", 3, replace),
    builtin("regex.template_match", 4, template_match),
    builtin("regex.globs_match", 2, |host, args| {
        let (a, b) = (text(args, 0)?, text(args, 1)?);
        globs::overlap(host, a, b).map(Value::Bool)
    }),
    builtin("glob.match", 3, glob_match),
    builtin("glob.quote_meta", 1, |host, args| {
        let quoted = text(args, 0)?.chars().flat_map(|c| {
            let special = matches!(c, '*' | '?' | '\\' | '[' | ']' | '{' | '}');
            special.then_some('\\').into_iter().chain([c])
        });
        host.string(quoted.collect())
    }),
];

/// Translates RE2's syntax to the engine's.
fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars().peekable();
    let mut class = false;
    let mut class_start = false;
    while let Some(c) = chars.next() {
        let first = std::mem::take(&mut class_start);
        match c {
            '\\' => {
                let Some(next) = chars.next() else {
                    out.push('\\');
                    break;
                };
                match (next, class) {
                    ('d', false) => out.push_str("[0-9]"),
                    ('d', true) => out.push_str("0-9"),
                    ('D', _) => out.push_str("[^0-9]"),
                    ('w', false) => out.push_str("[0-9A-Za-z_]"),
                    ('w', true) => out.push_str("0-9A-Za-z_"),
                    ('W', _) => out.push_str("[^0-9A-Za-z_]"),
                    ('s', false) => out.push_str(r"[\t\n\f\r ]"),
                    ('s', true) => out.push_str(r"\t\n\f\r "),
                    ('S', _) => out.push_str(r"[^\t\n\f\r ]"),
                    ('b', false) => out.push_str(r"(?-u:\b)"),
                    ('B', false) => out.push_str(r"(?-u:\B)"),
                    ('Q', false) => {
                        let mut literal = String::new();
                        while let Some(c) = chars.next() {
                            if c == '\\' && chars.peek() == Some(&'E') {
                                chars.next();
                                break;
                            }
                            literal.push(c);
                        }
                        out.push_str(&regex::escape(&literal));
                    }
                    _ => {
                        out.push('\\');
                        out.push(next);
                    }
                }
            }
            '[' if !class => {
                class = true;
                class_start = true;
                out.push('[');
                if chars.peek() == Some(&'^') {
                    chars.next();
                    out.push('^');
                }
                // A bracket that closes nothing yet stands for itself.
                if chars.peek() == Some(&']') {
                    chars.next();
                    out.push_str("\\]");
                }
            }
            '[' if chars.peek() != Some(&':') => out.push_str("\\["),
            '[' => {
                out.push('[');
                for c in chars.by_ref() {
                    out.push(c);
                    if c == ']' {
                        break;
                    }
                }
            }
            ']' if class && !first => {
                class = false;
                out.push(']');
            }
            '&' | '~' if class => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(&translate(pattern))
        .size_limit(8 << 20)
        .dfa_size_limit(8 << 20)
        .nest_limit(250)
        .build()
        .map_err(|error| {
            let text = error.to_string();
            let last = text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_string();
            format!("error parsing regexp: {last}: `{pattern:.200}`")
        })
}

/// So many expressions are kept for all runs.
const MAX_SHARED: usize = 64;

/// Expressions that runs of the same policies have compiled: most are constants, and many rules use the same.
#[derive(Debug, Default)]
pub(crate) struct Expressions(Mutex<HashMap<String, Arc<Regex>>>);

impl Expressions {
    fn get(&self, pattern: &str) -> Result<Arc<Regex>, String> {
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(pattern) {
            return Ok(known.clone());
        }
        let regex = Arc::new(compile(pattern)?);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MAX_SHARED {
            known.insert(pattern.to_string(), regex.clone());
        }
        Ok(regex)
    }
}

/// Returns the compiled expression. A run is charged for each that it needs, whoever has compiled it: what it costs does not
/// hang on other runs.
pub(super) fn cached(host: &mut Host, pattern: &str) -> Result<Arc<Regex>, Failure> {
    if let Some(known) = host.regexes.get(pattern) {
        return Ok(known.clone());
    }
    host.tick(pattern.len() * 20 + 200)?;
    let regex = host.expressions.get(pattern).map_err(Failure::Error)?;
    if host.regexes.len() >= 500 {
        host.regexes.clear();
    }
    host.regexes.insert(pattern.to_string(), regex.clone());
    Ok(regex)
}

/// Counts what a search may cost: the engine is linear in text times expression.
fn cost(host: &mut Host, pattern: &str, text: &str) -> Result<(), Failure> {
    host.tick(text.len().saturating_mul(pattern.len() / 64 + 1) / 16)
}

fn matches(host: &mut Host, args: &[Value]) -> Outcome {
    let (pattern, text) = (text(args, 0)?, text(args, 1)?);
    cost(host, pattern, text)?;
    Ok(Value::Bool(cached(host, pattern)?.is_match(text)))
}

fn split(host: &mut Host, args: &[Value]) -> Outcome {
    let (pattern, text) = (text(args, 0)?, text(args, 1)?);
    cost(host, pattern, text)?;
    let regex = cached(host, pattern)?;
    let mut parts = Vec::new();
    let mut from = 0;
    for found in regex.find_iter(text) {
        // As in Go, nothing in front of the text is no part.
        if found.end() == 0 {
            continue;
        }
        if found.is_empty() && found.start() == text.len() {
            break;
        }
        host.grow(found.start() - from + 40)?;
        parts.push(Value::from(text.get(from..found.start()).unwrap_or_default()));
        from = found.end();
    }
    parts.push(Value::from(text.get(from..).unwrap_or_default()));
    Ok(Value::array(parts))
}

/// Takes a number of matches; negative means all.
fn limit(args: &[Value], at: usize) -> Result<usize, Failure> {
    Ok(usize::try_from(int(args, at)?).unwrap_or(usize::MAX))
}

fn find_n(host: &mut Host, args: &[Value]) -> Outcome {
    let (pattern, text, limit) = (text(args, 0)?, text(args, 1)?, limit(args, 2)?);
    cost(host, pattern, text)?;
    let regex = cached(host, pattern)?;
    let mut found = Vec::new();
    for hit in regex.find_iter(text).take(limit) {
        host.grow(hit.len() + 40)?;
        found.push(Value::from(hit.as_str()));
    }
    Ok(Value::array(found))
}

fn find_submatches(host: &mut Host, args: &[Value]) -> Outcome {
    let (pattern, text, limit) = (text(args, 0)?, text(args, 1)?, limit(args, 2)?);
    cost(host, pattern, text)?;
    let regex = cached(host, pattern)?;
    let mut found = Vec::new();
    for groups in regex.captures_iter(text).take(limit) {
        let mut parts = Vec::new();
        for group in groups.iter() {
            let part = group.map_or("", |group| group.as_str());
            host.grow(part.len() + 40)?;
            parts.push(Value::from(part));
        }
        found.push(Value::array(parts));
    }
    Ok(Value::array(found))
}

fn replace(host: &mut Host, args: &[Value]) -> Outcome {
    let (text, pattern, by) = (text(args, 0)?, text(args, 1)?, text(args, 2)?);
    cost(host, pattern, text)?;
    let regex = cached(host, pattern)?;
    let mut out = String::new();
    let mut from = 0;
    for groups in regex.captures_iter(text) {
        let Some(whole) = groups.get(0) else { continue };
        out.push_str(text.get(from..whole.start()).unwrap_or_default());
        let before = out.len();
        groups.expand(by, &mut out);
        host.grow(out.len() - before + whole.start() - from)?;
        from = whole.end();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    host.string(out)
}

fn delimiter(text: &str, which: &str) -> Result<char, Failure> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) => Ok(one),
        _ => {
            let long = text.chars().count();
            failed(format!("{which} delimiter has to be exactly one character long but is {long} long"))
        }
    }
}

/// Matches a text in which parts between delimiters are expressions and all else stands for itself.
fn template_match(host: &mut Host, args: &[Value]) -> Outcome {
    let (template, text_value, open, close) =
        (text(args, 0)?, text(args, 1)?, text(args, 2)?, text(args, 3)?);
    let (open, close) = (delimiter(open, "start")?, delimiter(close, "end")?);
    let mut pattern = "^".to_string();
    let mut rest = template;
    while let Some(start) = rest.find(open) {
        pattern.push_str(&regex::escape(rest.get(..start).unwrap_or_default()));
        let inner = rest.get(start + open.len_utf8()..).unwrap_or_default();
        let mut depth = 1;
        let end = inner.char_indices().find(|(_, c)| {
            if *c == open {
                depth += 1;
            } else if *c == close {
                depth -= 1;
            }
            depth == 0
        });
        let Some((end, _)) = end else { return failed(format!("unbalanced braces in {template:?}")) };
        pattern.push_str(&format!("({})", inner.get(..end).unwrap_or_default()));
        rest = inner.get(end + close.len_utf8()..).unwrap_or_default();
    }
    if rest.contains(close) {
        return failed(format!("unbalanced braces in {template:?}"));
    }
    pattern.push_str(&regex::escape(rest));
    pattern.push('$');
    cost(host, &pattern, text_value)?;
    Ok(Value::Bool(cached(host, &pattern)?.is_match(text_value)))
}

fn glob_match(host: &mut Host, args: &[Value]) -> Outcome {
    let pattern = text(args, 0)?;
    let delimiters: Vec<char> = match args.get(1) {
        Some(Value::Null) => Vec::new(),
        Some(Value::Array(_)) => {
            let items = array(args, 1)?;
            let mut delimiters = Vec::new();
            for item in items.iter() {
                match item.as_str().map(|text| text.chars().collect::<Vec<_>>()).as_deref() {
                    Some([one]) => delimiters.push(*one),
                    _ => {
                        let got = item.type_name();
                        let message =
                            format!("operand 2 must be array of runes but got array containing {got}");
                        return Err(Failure::Type(message));
                    }
                }
            }
            if items.is_empty() {
                delimiters.push('.');
            }
            delimiters
        }
        _ => return Err(wrong_type(args, 1, "one of {array, null}")),
    };
    let text = text(args, 2)?;
    let translated = globs::to_regex(pattern, &delimiters).map_err(Failure::Error)?;
    cost(host, &translated, text)?;
    Ok(Value::Bool(cached(host, &translated)?.is_match(text)))
}
