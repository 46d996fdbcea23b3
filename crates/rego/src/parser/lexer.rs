//! Text to tokens, the whole file at once.
//!
//! Template strings are cut into texts and the tokens of their expressions, so that the parser needs no way back
//! into the text.

use crate::syntax::{Comment, Span};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tok {
    Eof,
    Ident,
    Number,
    /// A string, its escapes resolved.
    Str(String),
    /// `$"` or `` $` ``.
    TemplateStart,
    /// A text between expressions, its escapes resolved.
    TemplateText(String),
    /// `{` that opens an expression in a template.
    TemplateOpen,
    /// `}` that closes it.
    TemplateClose,
    TemplateEnd,
    /// A sign, such as `:=`.
    Sign(&'static str),
    /// What is no token, with the reason.
    Illegal(String),
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) tok: Tok,
    pub(super) at: Span,
    /// White space or a comment stands in front.
    pub(super) spaced: bool,
    /// A line ends in front.
    pub(super) newline: bool,
}

pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    pub(super) comments: Vec<Comment>,
}

/// Signs, longer ones first.
const SIGNS: &[&str] = &[
    ":=", "==", "!=", "<=", ">=", "=", "<", ">", "{", "}", "[", "]", "(", ")", ",", ":", ";", ".", "+", "-",
    "*", "/", "%", "|", "&",
];

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    line_start: usize,
    spaced: bool,
    newline: bool,
    out: Tokens,
    /// Open templates: raw or not, and how many braces are open in the expression.
    templates: Vec<(bool, usize)>,
}

/// Cuts a text into tokens; the last one is always `Eof`.
pub(super) fn tokens(text: &str) -> Tokens {
    let out = Tokens { tokens: Vec::with_capacity(text.len() / 4), comments: Vec::new() };
    let mut lexer = Lexer {
        text,
        at: 0,
        line: 1,
        line_start: 0,
        spaced: false,
        newline: true,
        out,
        templates: Vec::new(),
    };
    if text.starts_with('\u{feff}') {
        lexer.at = 3;
    }
    lexer.run();
    lexer.out
}

impl Lexer<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn run(&mut self) {
        loop {
            self.skip_space();
            let start = self.at;
            let Some(byte) = self.peek() else { break };
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                    let ident = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
                    self.at += self.rest().bytes().take_while(ident).count();
                    self.push(Tok::Ident, start);
                }
                b'0'..=b'9' => self.number(start),
                b'"' => self.string(start),
                b'`' => self.raw_string(start),
                b'$' => self.template(start),
                _ => self.sign(start),
            }
        }
        self.push(Tok::Eof, self.at);
    }

    fn push(&mut self, tok: Tok, start: usize) {
        let at = span(start, self.at);
        self.out.tokens.push(Token { tok, at, spaced: self.spaced, newline: self.newline });
        self.spaced = false;
        self.newline = false;
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.end_line();
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'#' => {
                    let length = self.rest().find('\n').unwrap_or(self.rest().len());
                    let text =
                        self.rest().get(1..length).unwrap_or_default().trim_end_matches('\r').to_string();
                    let column = self.at - self.line_start + 1;
                    let at = span(self.at, self.at + length);
                    self.out.comments.push(Comment { text, line: self.line, column, at });
                    self.at += length;
                }
                _ => return,
            }
            self.spaced = true;
        }
    }

    fn end_line(&mut self) {
        self.line += 1;
        self.line_start = self.at;
        self.newline = true;
    }

    fn number(&mut self, start: usize) {
        let digits = |lexer: &mut Self| {
            lexer.at += lexer.rest().bytes().take_while(u8::is_ascii_digit).count();
        };
        digits(self);
        let mut bytes = self.rest().bytes();
        if bytes.next() == Some(b'.') && bytes.next().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
            digits(self);
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            let mut bytes = self.rest().bytes().skip(1);
            let mut next = bytes.next();
            let mut length = 1;
            if matches!(next, Some(b'+' | b'-')) {
                next = bytes.next();
                length = 2;
            }
            if next.is_some_and(|byte| byte.is_ascii_digit()) {
                self.at += length;
                digits(self);
            }
        }
        if matches!(self.peek(), Some(b'a'..=b'z' | b'A'..=b'Z' | b'_')) {
            self.push(Tok::Illegal("illegal number format".to_string()), start);
        } else {
            self.push(Tok::Number, start);
        }
    }

    /// Skips to the end of a quoted text; false if a line or the file ends before.
    fn quoted_end(&mut self) -> bool {
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return true;
                }
                Some(b'\\') => self.at += 2,
                None | Some(b'\n') => return false,
                Some(_) => self.at += 1,
            }
        }
    }

    fn string(&mut self, start: usize) {
        if !self.quoted_end() {
            self.at = self.at.min(self.text.len());
            return self.push(Tok::Illegal("non-terminated string".to_string()), start);
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        let tok = unquote(text);
        self.push(tok, start);
    }

    fn raw_string(&mut self, start: usize) {
        let inner = self.rest().get(1..).unwrap_or_default();
        let Some(length) = inner.find('`') else {
            self.at = self.text.len();
            return self.push(Tok::Illegal("non-terminated string".to_string()), start);
        };
        let text = inner.get(..length).unwrap_or_default().to_string();
        self.at += length + 2;
        self.count_lines(start);
        // The lines inside a string are no line ends between tokens.
        self.push(Tok::Str(text), start);
    }

    fn count_lines(&mut self, from: usize) {
        for (at, byte) in self.text.bytes().enumerate().take(self.at).skip(from) {
            if byte == b'\n' {
                self.line += 1;
                self.line_start = at + 1;
            }
        }
    }

    fn template(&mut self, start: usize) {
        let raw = match self.rest().as_bytes().get(1) {
            Some(b'"') => false,
            Some(b'`') => true,
            _ => {
                self.at += 1;
                return self.push(Tok::Illegal("illegal $ character".to_string()), start);
            }
        };
        self.at += 2;
        self.push(Tok::TemplateStart, start);
        self.templates.push((raw, 0));
        self.template_text();
    }

    /// Reads the text of the innermost template up to an expression or its end.
    fn template_text(&mut self) {
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
            return self.push(Tok::Illegal("non-terminated string".to_string()), start);
        };
        self.count_lines(start);
        let tok = if raw { Tok::TemplateText(text) } else { unquote_template(&text) };
        self.push(tok, start);
        let here = self.at;
        self.at += 1;
        if opens {
            self.push(Tok::TemplateOpen, here);
        } else {
            self.templates.pop();
            self.push(Tok::TemplateEnd, here);
        }
    }

    fn sign(&mut self, start: usize) {
        let Some(sign) = SIGNS.iter().find(|sign| self.rest().starts_with(**sign)) else {
            let character = self.rest().chars().next().unwrap_or(' ');
            self.at += character.len_utf8();
            let what = match character {
                '!' => "illegal ! character".to_string(),
                other => format!("illegal token {other:?}"),
            };
            return self.push(Tok::Illegal(what), start);
        };
        self.at += sign.len();
        match (*sign, self.templates.last_mut()) {
            ("{", Some((_, open))) => *open += 1,
            ("}", Some((_, open))) if *open > 0 => *open -= 1,
            ("}", Some(_)) => {
                self.push(Tok::TemplateClose, start);
                return self.template_text();
            }
            _ => {}
        }
        self.push(Tok::Sign(sign), start);
    }
}

/// Resolves the escapes of a quoted string.
fn unquote(quoted: &str) -> Tok {
    if !quoted.contains('\\') {
        return Tok::Str(quoted.trim_start_matches('"').trim_end_matches('"').to_string());
    }
    match crate::Value::parse_json(quoted) {
        Ok(crate::Value::String(text)) => Tok::Str(text.to_string()),
        _ => Tok::Illegal(format!("illegal string literal: {quoted:.60}")),
    }
}

fn unquote_template(text: &str) -> Tok {
    if !text.contains('\\') {
        return Tok::TemplateText(text.to_string());
    }
    match crate::Value::parse_json(&format!("\"{text}\"")) {
        Ok(crate::Value::String(text)) => Tok::TemplateText(text.to_string()),
        _ => Tok::Illegal(format!("illegal template-string part: {text:.60}")),
    }
}

fn span(start: usize, end: usize) -> Span {
    // Files of more than 4 GiB are refused before they get here.
    Span { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
}
