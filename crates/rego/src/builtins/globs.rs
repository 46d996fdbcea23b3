//! Globs as expressions, and whether two simple expressions have a text in common.

use std::collections::BTreeSet;

use super::super::{Failure, Host};

/// Translates a glob: `*` and `?` stop at delimiters, `**` does not.
pub(super) fn to_regex(pattern: &str, delimiters: &[char]) -> Result<String, String> {
    let escape = |c: char| regex::escape(&c.to_string());
    let one = match delimiters.is_empty() {
        true => ".".to_string(),
        false => format!("[^{}]", delimiters.iter().map(|c| class_char(*c)).collect::<String>()),
    };
    let mut out = "(?s)^".to_string();
    let mut chars = pattern.chars().peekable();
    let mut alternatives = 0usize;
    while let Some(c) = chars.next() {
        match c {
            '*' if chars.peek() == Some(&'*') => {
                while chars.peek() == Some(&'*') {
                    chars.next();
                }
                out.push_str(".*");
            }
            '*' => out.push_str(&format!("{one}*")),
            '?' => out.push_str(&one),
            '\\' => match chars.next() {
                Some(next) => out.push_str(&escape(next)),
                None => return Err("unexpected end of input".to_string()),
            },
            '[' => {
                out.push('[');
                if chars.peek() == Some(&'!') {
                    chars.next();
                    out.push('^');
                }
                let mut closed = false;
                let mut any = false;
                while let Some(c) = chars.next() {
                    match c {
                        ']' if any => {
                            closed = true;
                            break;
                        }
                        '-' => out.push('-'),
                        '\\' => out.push_str(&chars.next().map(class_char).unwrap_or_default()),
                        other => out.push_str(&class_char(other)),
                    }
                    any = true;
                }
                if !closed {
                    return Err("unexpected end of input".to_string());
                }
                out.push(']');
            }
            '{' => {
                alternatives += 1;
                out.push_str("(?:");
            }
            '}' if alternatives > 0 => {
                alternatives -= 1;
                out.push(')');
            }
            ',' if alternatives > 0 => out.push('|'),
            other => out.push_str(&escape(other)),
        }
    }
    match alternatives {
        0 => Ok(out + "$"),
        _ => Err("unexpected end of input".to_string()),
    }
}

fn class_char(c: char) -> String {
    match c {
        '\\' | ']' | '[' | '^' | '-' | '&' | '~' => format!("\\{c}"),
        other => other.to_string(),
    }
}

/// What one place of an expression takes.
#[derive(Debug, Clone)]
enum Takes {
    Any,
    Chars(BTreeSet<char>),
}

#[derive(Debug, Clone)]
struct Place {
    takes: Takes,
    /// May be left out.
    optional: bool,
    /// May come again.
    repeats: bool,
}

/// Tells whether some text fits both expressions; they may have characters, `.`, classes, `*` and `+`.
pub(super) fn overlap(host: &mut Host, a: &str, b: &str) -> Result<bool, Failure> {
    let (a, b) = (places(a)?, places(b)?);
    let mut seen = BTreeSet::new();
    let mut work = vec![(0usize, 0usize)];
    while let Some((i, j)) = work.pop() {
        host.tick(1)?;
        if !seen.insert((i, j)) {
            continue;
        }
        if i == a.len() && j == b.len() {
            return Ok(true);
        }
        let (left, right) = (a.get(i), b.get(j));
        if left.is_some_and(|place| place.optional) {
            work.push((i + 1, j));
        }
        if right.is_some_and(|place| place.optional) {
            work.push((i, j + 1));
        }
        if let (Some(left), Some(right)) = (left, right)
            && common(&left.takes, &right.takes)
        {
            work.push((i + 1, j + 1));
            if left.repeats {
                work.push((i, j + 1));
            }
            if right.repeats {
                work.push((i + 1, j));
            }
        }
    }
    Ok(false)
}

fn common(a: &Takes, b: &Takes) -> bool {
    match (a, b) {
        (Takes::Any, Takes::Any) => true,
        (Takes::Any, Takes::Chars(chars)) | (Takes::Chars(chars), Takes::Any) => !chars.is_empty(),
        (Takes::Chars(a), Takes::Chars(b)) => a.intersection(b).next().is_some(),
    }
}

fn places(pattern: &str) -> Result<Vec<Place>, Failure> {
    let wrong = |at: usize, what: &str| {
        Err(Failure::Error(format!("input:{pattern:.100}, pos:{at}, {what}: the input provided is invalid")))
    };
    let mut places: Vec<Place> = Vec::new();
    let mut chars = pattern.chars().enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        let takes = match c {
            '.' => Takes::Any,
            '\\' => match chars.next() {
                Some((_, next)) => Takes::Chars(BTreeSet::from([next])),
                None => return wrong(at, "trailing backslash"),
            },
            '[' => {
                let mut set = BTreeSet::new();
                let mut last: Option<char> = None;
                loop {
                    match chars.next() {
                        Some((_, ']')) => break,
                        Some((_, '-'))
                            if last.is_some() && chars.peek().is_some_and(|(_, next)| *next != ']') =>
                        {
                            if let (Some(from), Some((_, to))) = (last.take(), chars.next()) {
                                set.extend(from..=to);
                            }
                        }
                        Some((_, '\\')) => {
                            last = chars.next().map(|(_, next)| next);
                            set.extend(last);
                        }
                        Some((_, member)) => {
                            set.insert(member);
                            last = Some(member);
                        }
                        None => return wrong(at, "set-open '[' with no matching ']'"),
                    }
                }
                Takes::Chars(set)
            }
            ']' => return wrong(at, "set-close ']' with no preceding '['"),
            '*' | '+' => return wrong(at, "flag with nothing to apply to"),
            other => Takes::Chars(BTreeSet::from([other])),
        };
        let (optional, repeats) = match chars.peek() {
            Some((_, '*')) => (true, true),
            Some((_, '+')) => (false, true),
            _ => (false, false),
        };
        if repeats {
            chars.next();
        }
        places.push(Place { takes, optional, repeats });
    }
    Ok(places)
}
