//! The YAML that annotations are written in, nearly always: maps, lists and texts without any of the hard parts.
//!
//! What enters: the text of a block. What leaves: its JSON, or nothing where it takes a real YAML parser to be sure
//! what it means. Policies have hundreds of blocks, and a YAML parser takes longer for one than all else takes for
//! the rule below it.

use serde_json::{Map, Value as Json};

/// A line: how far it is indented, and what it says.
#[derive(Clone, Copy)]
struct Line<'t> {
    indent: usize,
    text: &'t str,
}

/// Reads a map; nothing if it is not plain.
pub(super) fn read(text: &str) -> Option<Json> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let text = line.trim_start_matches(' ');
        let plain = !text.is_empty() && !text.ends_with(' ') && is_plain(text);
        lines.push(plain.then_some(Line { indent: line.len() - text.len(), text })?);
    }
    let mut rest = lines.as_slice();
    let map = map(&mut rest, 0)?;
    rest.is_empty().then_some(Json::Object(map))
}

/// Tells whether all characters are nothing but themselves: no tab, line break or mark.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        || !text.contains(|character| {
            matches!(character, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        })
}

fn map(rest: &mut &[Line<'_>], indent: usize) -> Option<Map<String, Json>> {
    let mut map = Map::new();
    while let Some((line, after)) = rest.split_first() {
        if line.indent < indent {
            break;
        }
        if line.indent > indent {
            return None;
        }
        let (key, text) = line.text.split_once(':')?;
        if !is_key(key) || map.contains_key(key) {
            return None;
        }
        *rest = after;
        let value = match text.strip_prefix(' ') {
            None if text.is_empty() => below(rest, indent)?,
            None => return None,
            Some(">-") => folded(rest, indent)?,
            Some(text) => {
                // A text that goes on in the next line is not plain.
                if rest.first().is_some_and(|next| next.indent > indent) {
                    return None;
                }
                inline(text)?
            }
        };
        map.insert(key.to_string(), value);
    }
    (!map.is_empty()).then_some(map)
}

fn is_key(key: &str) -> bool {
    key.bytes().next().is_some_and(|first| first.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        && !is_special(key)
}

/// Reads a map or a list below a key.
fn below(rest: &mut &[Line<'_>], above: usize) -> Option<Json> {
    let first = rest.first()?;
    if first.text.starts_with("- ") {
        // Only indented ones, so that nobody has to ask what they belong to.
        return (first.indent > above).then(|| list(rest, first.indent))?;
    }
    (first.indent > above).then(|| map(rest, first.indent).map(Json::Object))?
}

fn list(rest: &mut &[Line<'_>], indent: usize) -> Option<Json> {
    let mut items = Vec::new();
    while let Some((line, after)) = rest.split_first() {
        if line.indent < indent {
            break;
        }
        if line.indent > indent {
            return None;
        }
        items.push(scalar(line.text.strip_prefix("- ")?)?);
        *rest = after;
    }
    Some(Json::Array(items))
}

/// Reads a text whose lines are joined by spaces.
fn folded(rest: &mut &[Line<'_>], above: usize) -> Option<Json> {
    let indent = rest.first().map(|line| line.indent).filter(|indent| *indent > above)?;
    let mut text = String::new();
    while let Some((line, after)) = rest.split_first() {
        if line.indent <= above {
            break;
        }
        // Deeper lines keep their line ends.
        if line.indent != indent {
            return None;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line.text);
        *rest = after;
    }
    Some(Json::String(text))
}

/// Reads what stands behind a key in the same line.
fn inline(text: &str) -> Option<Json> {
    let Some(items) = text.strip_prefix('[') else { return scalar(text) };
    let mut rest = items.strip_suffix(']')?;
    let mut read = Vec::new();
    if rest.is_empty() {
        return Some(Json::Array(read));
    }
    loop {
        let length = match rest.chars().next()? {
            quote @ ('\'' | '"') => rest.get(1..)?.find(quote)? + 2,
            _ => rest.find(',').unwrap_or(rest.len()),
        };
        let (item, after) = rest.split_at_checked(length)?;
        if item.contains(['[', ']', '{', '}']) && !item.starts_with(['\'', '"']) {
            return None;
        }
        read.push(scalar(item)?);
        if after.is_empty() {
            return Some(Json::Array(read));
        }
        rest = after.strip_prefix(", ")?;
    }
}

fn scalar(text: &str) -> Option<Json> {
    for quote in ['\'', '"'] {
        if let Some(inner) = text.strip_prefix(quote) {
            let inner = inner.strip_suffix(quote)?;
            let plain = !inner.contains([quote, '\\']);
            return plain.then(|| Json::String(inner.to_string()));
        }
    }
    is_text(text).then(|| Json::String(text.to_string()))
}

/// Tells whether a text without quotes is a string, and all of it.
fn is_text(text: &str) -> bool {
    let begins = text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic());
    let colon = text
        .split(':')
        .skip(1)
        .any(|after| after.is_empty() || after.starts_with([' ', ',', '[', ']', '{', '}']));
    (begins || is_identifier(text))
        && !colon
        && !text.contains('#')
        && !text.ends_with(' ')
        && !is_special(text)
}

/// Tells whether a text that begins with a digit can't be a number or a date, such as `4de9de27-254e`.
fn is_identifier(text: &str) -> bool {
    let bytes = text.as_bytes();
    let dashed =
        bytes.windows(2).any(|pair| matches!(pair, [before, b'-'] if !matches!(before, b'e' | b'E')));
    bytes.first().is_some_and(u8::is_ascii_digit)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && bytes.iter().any(u8::is_ascii_alphabetic)
        && dashed
}

/// Tells whether a word may be something else than a string in some version of YAML.
fn is_special(text: &str) -> bool {
    const WORDS: &[&str] =
        &["null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "infinity", "nan"];
    text.len() <= 8 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<Json> {
        serde_saphyr::from_str::<Json>(text).ok()
    }

    #[test]
    fn plain_blocks_are_read_without_a_yaml_parser() {
        for text in [
            "title: Rule number 1\ndescription: What a bucket has to look like\ncustom:\n  id: generated/1\n  controls: [SOC2-CC6.1, \"NIST-SC-28\"]\n",
            "description: >-\n  One line, `code` and: more\n  # another\ntitle: it's x:y\ncustom:\n  controls:\n    cis-3.0: ['2.2.1', A.8.24, SC-28(1)]\n  more: []\n",
            "custom:\n  list:\n    - a b\n    - 'c'\n    - 4de9de27-254e-424f-bd70-4c1e95790838\n",
        ] {
            let read = read(text);
            assert!(read.is_some(), "{text}");
            assert_eq!(read, parsed(text), "{text}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_a_yaml_parser() {
        for text in [
            "title: yes\n",
            "title: 1\n",
            "title: 2024-01-01\n",
            "title: a # b\n",
            "title: a: b\n",
            "title: a:\n",
            "title: |\n  a\n",
            "title: a\n  b\n",
            "a: b\na: c\n",
            "title: \"a\\n\"\n",
            "title: &x a\n",
            "title:\n",
            "a:\n- b\n",
            "title: [a: b]\n",
            "title: [a,b]\n",
            "title: [a, [b]]\n",
            "title: a \n",
            "- a\n",
            "a:\n  b: c\n d: e\n",
            "title: >-\n  a\n\n  b\n",
            "title: >-\n  a\n   b\n",
            "title: 1e-3\n",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    /// Whatever it is made of: what is read means the same to the YAML parser.
    #[test]
    fn what_is_read_means_the_same_to_a_yaml_parser() {
        const PIECES: &[&str] = &[
            "title", "custom", "a", "b-1", ": ", ":", "\n", "\n  ", "\n    ", "\n  - ", "- ", "[", "]", ", ",
            ",", "'", "\"", ">-", "x y", "1", "0x1", "1e5", "-", "~", "no", "null", "#", " #", "{", "}", "é",
            "\\", "|", "*", "&", "!", "%", "@", "`", "?", "4d-1", "2e-7", "a:b", "\t", " ", ".5", "...",
            "---", "<<",
        ];
        let (mut seed, mut read_some) = (7u64, 0);
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for _ in 0..60_000 {
            let mut text = String::from("title: ");
            for _ in 0..=next(9) {
                text.push_str(PIECES[next(PIECES.len())]);
            }
            text.push('\n');
            if let Some(read) = read(&text) {
                read_some += 1;
                assert_eq!(Some(read), parsed(&text), "{text:?}");
            }
        }
        assert!(read_some > 1_000, "{read_some}");
    }
}
