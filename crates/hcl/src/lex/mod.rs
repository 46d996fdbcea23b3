//! From text to tokens.
//!
//! What enters: the text of a file, an expression or a template. What leaves: its tokens in order of
//! place, ended by [`Kind::Eof`], and its comments. Never fails: what is no HCL becomes a token that the
//! parser rejects. White space is the gap between two tokens.

mod template;
mod token;

use std::cell::Cell;

use trueline_text::Span;

pub(crate) use token::{Kind, Token};

use crate::ast::Comment;

thread_local! {
    /// Room for tokens that was used before: to get and free that much anew costs a tenth of a small file's time.
    static ROOM: Cell<Vec<Token>> = const { Cell::new(Vec::new()) };
}

/// More than this is not kept.
const KEPT: usize = 1 << 16;

fn room(tokens: usize) -> Vec<Token> {
    let mut room = ROOM.take();
    room.reserve(tokens);
    room
}

/// Takes back the room of tokens that nobody needs any more.
pub(crate) fn give_back(mut tokens: Vec<Token>) {
    if tokens.capacity() <= KEPT {
        tokens.clear();
        ROOM.set(tokens);
    }
}

/// The tokens of a text.
pub(crate) struct Tokens {
    pub tokens: Vec<Token>,
    pub comments: Vec<Comment>,
    /// There are more `{` than `}`.
    pub lacks_brace: bool,
    /// Where a `/*` without an end begins.
    pub open_comment: Option<Span>,
}

/// A set of bytes.
struct Bytes([bool; 256]);

impl Bytes {
    const fn of(mut bytes: &[u8]) -> Self {
        let mut set = [false; 256];
        while let [first, rest @ ..] = bytes {
            #[allow(clippy::indexing_slicing, reason = "a byte is below 256")]
            {
                set[*first as usize] = true;
            }
            bytes = rest;
        }
        Self(set)
    }

    fn contains(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).copied().unwrap_or(false)
    }
}

/// What a name goes on with, beyond ASCII aside.
static CONTINUES: Bytes = Bytes::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
/// What may end a piece of a quoted string.
static STOPS: Bytes = Bytes::of(b"\"\n\r\\$%");

/// Where the lexer stands in nested templates.
enum Mode {
    /// Inside `"…"`.
    Quoted,
    /// Inside a heredoc.
    Heredoc { marker: Span, line_start: bool },
    /// Inside a template without quotes.
    Bare,
    /// Inside `${…}` or `%{…}`: how many braces are open in it.
    Sequence { braces: u32 },
}

pub(crate) struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    modes: Vec<Mode>,
    out: Tokens,
    /// Nothing but white space since the last line break.
    fresh_line: bool,
    /// How many more `{` than `}` there were.
    braces: i64,
}

/// Reads the tokens of a file or an expression.
pub(crate) fn lex(text: &str) -> Tokens {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    Lexer::new(text, start, Vec::new()).run()
}

/// Reads the tokens of a template that stands in no quotes.
pub(crate) fn lex_template(text: &str) -> Tokens {
    Lexer::new(text, 0, vec![Mode::Bare]).run()
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str, at: usize, modes: Vec<Mode>) -> Self {
        let tokens = room(text.len() / 5 + 8);
        let out = Tokens { tokens, comments: Vec::new(), lacks_brace: false, open_comment: None };
        Self { text, bytes: text.as_bytes(), at, modes, out, fresh_line: true, braces: 0 }
    }

    fn run(mut self) -> Tokens {
        while self.at < self.bytes.len() {
            match self.modes.last() {
                None | Some(Mode::Sequence { .. }) => self.code(),
                Some(Mode::Quoted) => self.quoted(),
                Some(Mode::Heredoc { .. }) => self.heredoc(),
                Some(Mode::Bare) => self.bare(),
            }
        }
        self.push(Kind::Eof, self.at);
        self.out.lacks_brace = self.braces > 0;
        self.out
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.out.tokens.push(Token { kind, start: start as u32, end: self.at as u32 });
    }

    /// Takes `len` bytes as one token.
    fn take(&mut self, kind: Kind, len: usize) {
        let start = self.at;
        self.at += len;
        self.push(kind, start);
    }

    /// Reads tokens outside of template text, up to where the mode changes.
    fn code(&mut self) {
        while let Some(&b) = self.bytes.get(self.at) {
            let next = self.byte(self.at + 1);
            match b {
                b' ' | b'\t' => {
                    self.at += 1;
                    // Indentation, and what aligns `=`.
                    while next == b' ' && self.byte(self.at) == b' ' {
                        self.at += 1;
                    }
                    continue;
                }
                b'\n' => {
                    self.take(Kind::Newline, 1);
                    self.fresh_line = true;
                    continue;
                }
                b'\r' if next == b'\n' => {
                    self.take(Kind::Newline, 2);
                    self.fresh_line = true;
                    continue;
                }
                b'#' => {
                    self.line_comment();
                    continue;
                }
                b'/' if next == b'/' => {
                    self.line_comment();
                    continue;
                }
                b'/' if next == b'*' => {
                    self.block_comment();
                    continue;
                }
                _ => {}
            }
            self.fresh_line = false;
            match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.ident(),
                b'0'..=b'9' => self.number(),
                b'"' => {
                    self.take(Kind::OQuote, 1);
                    self.modes.push(Mode::Quoted);
                    return;
                }
                b'{' => {
                    self.take(Kind::OBrace, 1);
                    self.braces += 1;
                    if let Some(Mode::Sequence { braces }) = self.modes.last_mut() {
                        *braces += 1;
                    }
                }
                b'}' => match self.modes.last_mut() {
                    Some(Mode::Sequence { braces: 0 }) => {
                        self.take(Kind::SeqEnd, 1);
                        self.modes.pop();
                        return;
                    }
                    Some(Mode::Sequence { braces }) => {
                        *braces -= 1;
                        self.braces -= 1;
                        self.take(Kind::CBrace, 1);
                    }
                    _ => {
                        self.braces -= 1;
                        self.take(Kind::CBrace, 1);
                    }
                },
                b'~' if next == b'}' => {
                    self.take(Kind::SeqEnd, 2);
                    match self.modes.last_mut() {
                        Some(Mode::Sequence { braces: 0 }) => {
                            self.modes.pop();
                            return;
                        }
                        // A brace closed by `~}`: the parser rejects it, the count stays right.
                        Some(Mode::Sequence { braces }) => *braces -= 1,
                        _ => {}
                    }
                }
                b'<' if next == b'<' => {
                    if self.heredoc_start() {
                        return;
                    }
                    self.take(Kind::Less, 1);
                }
                b'[' => self.take(Kind::OBrack, 1),
                b']' => self.take(Kind::CBrack, 1),
                b'(' => self.take(Kind::OParen, 1),
                b')' => self.take(Kind::CParen, 1),
                b',' => self.take(Kind::Comma, 1),
                b'.' if next == b'.' && self.byte(self.at + 2) == b'.' => self.take(Kind::Ellipsis, 3),
                b'.' => self.take(Kind::Dot, 1),
                b'=' if next == b'=' => self.take(Kind::EqualEqual, 2),
                b'=' if next == b'>' => self.take(Kind::FatArrow, 2),
                b'=' => self.take(Kind::Equal, 1),
                b'!' if next == b'=' => self.take(Kind::NotEqual, 2),
                b'!' => self.take(Kind::Bang, 1),
                b'<' if next == b'=' => self.take(Kind::LessEqual, 2),
                b'<' => self.take(Kind::Less, 1),
                b'>' if next == b'=' => self.take(Kind::GreaterEqual, 2),
                b'>' => self.take(Kind::Greater, 1),
                b'&' if next == b'&' => self.take(Kind::AndAnd, 2),
                b'|' if next == b'|' => self.take(Kind::OrOr, 2),
                b':' if next == b':' => self.take(Kind::DoubleColon, 2),
                b':' => self.take(Kind::Colon, 1),
                b'?' => self.take(Kind::Question, 1),
                b'+' => self.take(Kind::Plus, 1),
                b'-' => self.take(Kind::Minus, 1),
                b'*' => self.take(Kind::Star, 1),
                b'/' => self.take(Kind::Slash, 1),
                b'%' => self.take(Kind::Percent, 1),
                0x80.. => self.wide(),
                _ => self.take(Kind::Invalid, 1),
            }
        }
    }

    fn ident(&mut self) {
        let start = self.at;
        self.at = self.ident_end(start + 1);
        self.push(Kind::Ident, start);
    }

    /// The end of the name that continues at `at`.
    fn ident_end(&self, mut at: usize) -> usize {
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            at += rest.iter().position(|b| !CONTINUES.contains(*b)).unwrap_or(rest.len());
            match self.byte(at) {
                0x80.. => match self.char_at(at) {
                    Some(c) if unicode_ident::is_xid_continue(c) => at += c.len_utf8(),
                    _ => return at,
                },
                _ => return at,
            }
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// A character beyond ASCII: starts a name, or is none of HCL's.
    fn wide(&mut self) {
        match self.char_at(self.at) {
            Some(c) if unicode_ident::is_xid_start(c) => {
                let start = self.at;
                self.at = self.ident_end(start + c.len_utf8());
                self.push(Kind::Ident, start);
            }
            c => self.take(Kind::Invalid, c.map_or(1, char::len_utf8)),
        }
    }

    /// The longest run of digits, dots and exponents that does not end with a dot.
    fn number(&mut self) {
        let start = self.at;
        let mut at = start + 1;
        let mut end = at;
        loop {
            match self.byte(at) {
                b'0'..=b'9' => {
                    at += 1;
                    end = at;
                }
                b'.' => at += 1,
                b'e' | b'E' => {
                    let digit = match self.byte(at + 1) {
                        b'+' | b'-' => at + 2,
                        _ => at + 1,
                    };
                    if !self.byte(digit).is_ascii_digit() {
                        break;
                    }
                    at = digit + 1;
                    end = at;
                }
                _ => break,
            }
        }
        self.at = end;
        self.push(Kind::Number, start);
    }

    fn line_comment(&mut self) {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let mut end = rest.iter().position(|b| *b == b'\n').map_or(self.bytes.len(), |n| start + n);
        if end < self.bytes.len() && self.byte(end - 1) == b'\r' {
            end -= 1;
        }
        self.at = end;
        self.comment(start);
    }

    fn block_comment(&mut self) {
        let start = self.at;
        match self.text.get(start + 2..).and_then(|rest| rest.find("*/")) {
            Some(n) => self.at = start + 2 + n + 2,
            None => {
                self.at = self.bytes.len();
                self.out.open_comment = Some(Span::new(start as u32, start as u32 + 2));
            }
        }
        self.comment(start);
    }

    fn comment(&mut self, start: usize) {
        let span = Span::new(start as u32, self.at as u32);
        self.out.comments.push(Comment { span, own_line: self.fresh_line });
    }
}
