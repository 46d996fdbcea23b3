//! Template strings to texts and the tokens of their expressions.

use super::{Lexer, Tok};

impl Lexer<'_> {
    pub(super) fn template(&mut self, start: usize) {
        let raw = match self.rest().as_bytes().get(1) {
            Some(b'"') => false,
            Some(b'`') => true,
            _ => {
                self.at += 1;
                return self.illegal("illegal $ character", start);
            }
        };
        self.at += 2;
        self.push(Tok::TemplateStart, start);
        self.templates.push((raw, 0));
        self.template_text();
    }

    /// Reads the text of the innermost template up to an expression or its end.
    pub(super) fn template_text(&mut self) {
        let Some(&(raw, _)) = self.templates.last() else { return };
        let start = self.at;
        let mut text = String::new();
        let end = loop {
            let Some(byte) = self.peek() else { break None };
            match byte {
                b'{' => break Some(true),
                b'"' if !raw => break Some(false),
                b'`' if raw => break Some(false),
                b'\n' if !raw => break None,
                b'\\' if self.rest().starts_with("\\{") => {
                    text.push('{');
                    self.at += 2;
                }
                b'\\' if !raw => {
                    let piece = self.rest().chars().nth(1).map_or(1, |next| 1 + next.len_utf8());
                    text.push_str(self.rest().get(..piece).unwrap_or_default());
                    self.at += piece;
                }
                _ => {
                    let character = self.rest().chars().next().unwrap_or(' ');
                    // A brace that was escaped must not look like an escape of the quoted text.
                    text.push(character);
                    self.at += character.len_utf8();
                }
            }
        };
        let Some(opens) = end else {
            self.templates.pop();
            return self.illegal("non-terminated string", start);
        };
        self.count_lines(start);
        if raw || !text.contains('\\') {
            let text = self.keep(text);
            self.push(Tok::TemplateText(text), start);
        } else {
            match crate::Value::parse_json(&format!("\"{text}\"")) {
                Ok(crate::Value::String(text)) => {
                    let text = self.keep(text.to_string());
                    self.push(Tok::TemplateText(text), start);
                }
                _ => self.illegal(format!("illegal template-string part: {text:.60}"), start),
            }
        }
        let here = self.at;
        self.at += 1;
        if opens {
            self.push(Tok::TemplateOpen, here);
        } else {
            self.templates.pop();
            self.push(Tok::TemplateEnd, here);
        }
    }
}
