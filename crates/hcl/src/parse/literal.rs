//! Text of strings: escapes.

use trueline_text::Span;

use crate::lex::Token;

use super::Parser;

impl Parser<'_> {
    /// Appends the value of a piece of a quoted string; wrong escapes are recorded and kept as they stand.
    pub(super) fn unescape(&mut self, token: Token, out: &mut String) {
        let text = self.slice(token);
        let mut rest = text;
        while let Some(n) = rest.find(['\\', '$', '%']) {
            let (plain, from) = rest.split_at(n);
            out.push_str(plain);
            let at = token.end - from.len() as u32;
            let taken =
                if from.starts_with('\\') { self.escape(at, from, out) } else { doubled_sign(from, out) };
            rest = from.get(taken..).unwrap_or("");
        }
        out.push_str(rest);
    }

    /// Appends what the escape at the beginning of `text` means; returns its length.
    fn escape(&mut self, at: u32, text: &str, out: &mut String) -> usize {
        let selector = text.chars().nth(1);
        let plain = match selector {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('"') => '"',
            Some('\\') => '\\',
            Some(c @ ('u' | 'U')) => {
                let digits = if c == 'u' { 4 } else { 8 };
                let hex = text.get(2..2 + digits).filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
                let character = hex.and_then(|h| u32::from_str_radix(h, 16).ok()).and_then(char::from_u32);
                if let Some(character) = character {
                    out.push(character);
                    return 2 + digits;
                }
                let message = match hex {
                    Some(hex) => format!("there is no character `\\{c}{hex}`"),
                    None => format!("`\\{c}` needs {digits} hexadecimal digits"),
                };
                self.fail_at(Span::new(at, at + 2), message, None);
                out.push('\\');
                return 1;
            }
            other => {
                let len = 1 + other.map_or(0, char::len_utf8);
                let shown = text.get(..len).unwrap_or("\\");
                let help = "valid are `\\n`, `\\r`, `\\t`, `\\\"`, `\\\\`, `\\uXXXX` and `\\UXXXXXXXX`; write `\\\\` for the sign itself";
                let span = Span::new(at, at + len as u32);
                self.fail_at(span, format!("there is no escape `{shown}`"), Some(help.to_owned()));
                out.push_str(shown);
                return len;
            }
        };
        out.push(plain);
        2
    }
}

/// Appends the value of a heredoc's or a bare template's text.
pub(super) fn undouble(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(n) = rest.find(['$', '%']) {
        let (plain, from) = rest.split_at(n);
        out.push_str(plain);
        let taken = doubled_sign(from, out);
        rest = from.get(taken..).unwrap_or("");
    }
    out.push_str(rest);
}

/// `$${` means `${`, `%%{` means `%{`; any other sign is itself. Returns how many bytes were taken.
fn doubled_sign(text: &str, out: &mut String) -> usize {
    if text.starts_with("$${") || text.starts_with("%%{") {
        out.push_str(text.get(1..3).unwrap_or(""));
        return 3;
    }
    out.push_str(text.get(..1).unwrap_or(""));
    1
}
