//! What could steer a terminal, or make text look like what it is not, is shown as the escape that stands for it.
//!
//! The one place that decides what that is. Every renderer ends here: text for people piece by piece, since colours of
//! ours stand between the pieces; formats without colours once more as a whole; JSON as a whole, where an escape means the
//! same as what it stands for.

use std::borrow::Cow;
use std::fmt::Write as _;

/// True for what is not shown as it is: control characters but line breaks and tabs, what turns the direction of text, line
/// breaks that only some programs know, and tags, which nobody sees.
fn steers(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c,
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
}

/// Text for people; line breaks stay, tabs become spaces.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    shown(text, Some(" "), false)
}

/// What is one line by its nature, such as a path, an address or a name.
pub(crate) fn name(text: &str) -> Cow<'_, str> {
    match printable(text) {
        Cow::Borrowed(same) if !same.contains('\n') => Cow::Borrowed(same),
        text => Cow::Owned(text.replace('\n', "\\u000a")),
    }
}

/// Text for people with its tabs.
pub fn harmless(text: &str) -> Cow<'_, str> {
    shown(text, None, false)
}

/// Lines of files, which may end with a carriage return and a line feed.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    shown(text, None, true)
}

fn shown<'t>(text: &'t str, tab: Option<&str>, keep_returns: bool) -> Cow<'t, str> {
    if !text.contains(|c| steers(c) || c == '\t' && tab.is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, tab) {
            ('\r', _) if rest.peek() == Some(&'\n') => out.push_str(if keep_returns { "\r" } else { "" }),
            ('\t', Some(tab)) => out.push_str(tab),
            (c, _) if steers(c) => escape(&mut out, c),
            (c, _) => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// JSON text, in which such characters stand in strings only: the value stays the same.
pub(crate) fn json(text: String) -> String {
    if !text.contains(steers) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if steers(c) { escape(&mut out, c) } else { out.push(c) }
    }
    out
}

/// The escape of JSON and HCL, in two halves where the number is too long for it.
fn escape(out: &mut String, c: char) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a String can't fail.
        let _ = write!(out, "\\u{unit:04x}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_a_terminal() {
        for (text, expected) in [
            ("plain\n", "plain\n"),
            ("a\u{1b}]0;x\u{7}b", "a\\u001b]0;x\\u0007b"),
            ("a\r\nb\rc", "a\nb\\u000dc"),
            ("\u{9b}2J\u{7f}", "\\u009b2J\\u007f"),
            ("\u{202e}evil\u{2066}\u{200f}", "\\u202eevil\\u2066\\u200f"),
            ("a\u{2028}b\u{e0041}", "a\\u2028b\\udb40\\udc41"),
            ("é ü \u{1f600}", "é ü \u{1f600}"),
        ] {
            assert_eq!(printable(text), expected);
            assert_eq!(harmless(text), expected);
        }
        assert_eq!((printable("a\tb").as_ref(), harmless("a\tb").as_ref()), ("a b", "a\tb"));
        assert_eq!(lines("a\r\nb\rc\t\u{1b}"), "a\r\nb\\u000dc\t\\u001b");
        assert_eq!(name("a\nb\u{1b}"), "a\\u000ab\\u001b");
    }

    #[test]
    fn json_means_the_same() {
        let value = serde_json::json!({ "a\u{9b}\u{7f}": ["\u{202e}", "\u{e0041}é\u{1f600}\n\u{1b}"] });
        let out = json(format!("{value:#}"));
        assert!(out.is_ascii() || !out.contains(steers), "{out}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&out).unwrap(), value);
    }
}
