//! Text to tokens, the whole file at once.
//!
//! Template strings are cut into texts and the tokens of their expressions, so that the parser needs no way back
//! into the text ([`template`]).

mod template;

use crate::syntax::{Comment, Span};

use super::words::{Sign, Word};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tok {
    Eof,
    Ident,
    Number,
    /// A string without escapes: what stands between the quotes.
    Str,
    /// A string whose escapes were resolved: one of [`Tokens::texts`].
    Escaped(u32),
    /// `$"` or `` $` ``.
    TemplateStart,
    /// A text between expressions, its escapes resolved: one of [`Tokens::texts`].
    TemplateText(u32),
    /// `{` that opens an expression in a template.
    TemplateOpen,
    /// `}` that closes it.
    TemplateClose,
    TemplateEnd,
    /// A sign, such as `:=`.
    Sign(Sign),
    /// What is no token; the reason is one of [`Tokens::texts`].
    Illegal(u32),
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) tok: Tok,
    pub(super) at: Span,
    /// What an identifier may be a keyword as.
    pub(super) word: Word,
    /// White space or a comment stands in front.
    pub(super) spaced: bool,
    /// A line ends in front.
    pub(super) newline: bool,
}

pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    pub(super) comments: Vec<Comment>,
    /// Texts that can't be taken from the file as they are.
    pub(super) texts: Vec<String>,
    /// Where lines begin, the first one left out.
    pub(super) lines: Vec<u32>,
}

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
pub(super) fn tokens(text: &str, room: Vec<Token>) -> Tokens {
    let (mut tokens, lines) = (room, Vec::with_capacity(text.len() / 32));
    tokens.reserve(text.len() / 6);
    let out = Tokens { tokens, comments: Vec::new(), texts: Vec::new(), lines };
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
                    self.skip_all(WORD);
                    let word = Word::of(self.text.get(start..self.at).unwrap_or_default());
                    self.push_word(Tok::Ident, start, word);
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
        self.push_word(tok, start, Word::None);
    }

    /// Keeps a text that can't be taken from the file.
    fn keep(&mut self, text: String) -> u32 {
        self.out.texts.push(text);
        self.out.texts.len() as u32 - 1
    }

    fn illegal(&mut self, what: impl Into<String>, start: usize) {
        let what = self.keep(what.into());
        self.push(Tok::Illegal(what), start);
    }

    fn push_word(&mut self, tok: Tok, start: usize, word: Word) {
        let at = span(start, self.at);
        self.out.tokens.push(Token { tok, at, word, spaced: self.spaced, newline: self.newline });
        self.spaced = false;
        self.newline = false;
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            // Most often a token follows at once: asked first, and with one question.
            if byte > b'#' {
                return;
            }
            if byte == b' ' || byte == b'\t' || byte == b'\r' {
                self.skip_all(SPACE);
            } else if byte == b'\n' {
                self.at += 1;
                self.end_line();
            } else if byte == b'#' {
                self.comment();
            } else {
                return;
            }
            self.spaced = true;
        }
    }

    fn comment(&mut self) {
        let length = self.rest().find('\n').unwrap_or(self.rest().len());
        let column = self.at - self.line_start + 1;
        let at = span(self.at, self.at + length);
        self.out.comments.push(Comment { line: self.line, column, at });
        self.at += length;
    }

    /// Skips all bytes of a kind.
    #[inline]
    fn skip_all(&mut self, kind: u8) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let of_kind = |byte: &&u8| KINDS.get(usize::from(**byte)).is_some_and(|kinds| kinds & kind != 0);
        self.at += rest.iter().take_while(of_kind).count();
    }

    fn end_line(&mut self) {
        self.line += 1;
        self.line_start = self.at;
        self.out.lines.push(offset(self.at));
        self.newline = true;
    }

    fn number(&mut self, start: usize) {
        let digits = |lexer: &mut Self| {
            lexer.at += lexer.rest().bytes().take_while(u8::is_ascii_digit).count();
        };
        digits(self);
        let mut bytes = self.rest().bytes();
        if bytes.next() == Some(b'.') {
            let next = bytes.next();
            self.at += 1;
            if !next.is_some_and(|byte| byte.is_ascii_digit()) {
                return self.illegal("expected fraction", start);
            }
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
            self.at += length;
            if !next.is_some_and(|byte| byte.is_ascii_digit()) {
                return self.illegal("expected exponent", start);
            }
            digits(self);
        }
        if matches!(self.peek(), Some(b'a'..=b'z' | b'A'..=b'Z' | b'_')) {
            self.illegal("illegal number format", start);
        } else {
            self.push(Tok::Number, start);
        }
    }

    /// Skips to the end of a quoted text, and tells whether there are escapes in it; nothing if a line or the file
    /// ends before.
    fn quoted_end(&mut self) -> Option<bool> {
        self.at += 1;
        let mut escapes = false;
        loop {
            self.skip_all(QUOTED);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Some(escapes);
                }
                Some(b'\\') => {
                    escapes = true;
                    self.at += 2;
                }
                None | Some(b'\n') => return None,
                Some(_) => self.at += 1,
            }
        }
    }

    fn string(&mut self, start: usize) {
        let Some(escapes) = self.quoted_end() else {
            self.at = self.at.min(self.text.len());
            return self.illegal("non-terminated string", start);
        };
        if !escapes {
            return self.push(Tok::Str, start);
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        match crate::Value::parse_json(text) {
            Ok(crate::Value::String(text)) => {
                let text = self.keep(text.to_string());
                self.push(Tok::Escaped(text), start);
            }
            _ => self.illegal(format!("illegal string literal: {text:.60}"), start),
        }
    }

    fn raw_string(&mut self, start: usize) {
        let inner = self.rest().get(1..).unwrap_or_default();
        let Some(length) = inner.find('`') else {
            self.at = self.text.len();
            return self.illegal("non-terminated string", start);
        };
        self.at += length + 2;
        self.count_lines(start);
        // The lines inside a string are no line ends between tokens.
        self.push(Tok::Str, start);
    }

    fn count_lines(&mut self, from: usize) {
        for (at, byte) in self.text.bytes().enumerate().take(self.at).skip(from) {
            if byte == b'\n' {
                self.line += 1;
                self.line_start = at + 1;
                self.out.lines.push(offset(at + 1));
            }
        }
    }

    fn sign(&mut self, start: usize) {
        let mut bytes = self.rest().bytes();
        let Some((sign, length)) = Sign::read(bytes.next().unwrap_or_default(), bytes.next()) else {
            let character = self.rest().chars().next().unwrap_or(' ');
            self.at += character.len_utf8();
            let what = match character {
                '!' => "illegal ! character".to_string(),
                other => format!("illegal token {other:?}"),
            };
            return self.illegal(what, start);
        };
        self.at += length;
        match (sign, self.templates.last_mut()) {
            (Sign::OPEN_BRACE, Some((_, open))) => *open += 1,
            (Sign::CLOSE_BRACE, Some((_, open))) if *open > 0 => *open -= 1,
            (Sign::CLOSE_BRACE, Some(_)) => {
                self.push(Tok::TemplateClose, start);
                return self.template_text();
            }
            _ => {}
        }
        self.push(Tok::Sign(sign), start);
    }
}

/// May stand in an identifier.
const WORD: u8 = 1;
/// White space that ends no line.
const SPACE: u8 = 2;
/// May stand in a quoted text as it is.
const QUOTED: u8 = 4;

/// What each byte is.
#[allow(clippy::indexing_slicing, reason = "worked out by the compiler, which would notice")]
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        let word = (byte.is_ascii_alphanumeric() || byte == b'_') as u8;
        let space = matches!(byte, b' ' | b'\t' | b'\r') as u8;
        let quoted = !matches!(byte, b'"' | b'\\' | b'\n') as u8;
        kinds[at] = (word * WORD) | (space * SPACE) | (quoted * QUOTED);
        at += 1;
    }
    kinds
};

fn span(start: usize, end: usize) -> Span {
    Span { start: offset(start), end: offset(end) }
}

fn offset(at: usize) -> u32 {
    // Files of more than 4 GiB are refused before they get here.
    u32::try_from(at).unwrap_or(u32::MAX)
}
