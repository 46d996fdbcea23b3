//! Reads policy files, v0 and v1.
//!
//! What enters: a text and a version. What leaves: a [`Module`] or everything that is wrong with it. Every token is
//! looked at a bounded number of times, and nesting deeper than [`MAX_NESTING`] is an error.

mod annotations;
mod body;
mod collection;
mod lexer;
mod logic;
mod module;
mod names;
mod plain_yaml;
mod rule;
mod term;
mod words;

use std::collections::{HashMap, HashSet};

use crate::Version;
use crate::syntax::{Body, Module, Name, Span};
pub(crate) use annotations::{Block, blocks};
use lexer::{Tok, Token};
pub(crate) use names::Names;
use names::Room;
use words::{Future, Sign, Word};

/// The deepest nesting of terms, bodies and `else`.
pub(crate) const MAX_NESTING: usize = 500;

/// The largest file that is read, in bytes.
const MAX_BYTES: usize = 64 << 20;

/// One thing that is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    pub(crate) at: Span,
}

/// Signals that an error was recorded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Failed;

type Parsed<T> = Result<T, Failed>;

/// Keywords in every version.
const KEYWORDS: &[&str] =
    &["package", "import", "as", "default", "else", "not", "some", "with", "null", "true", "false"];
/// Keywords that v0 has to import.
pub(crate) const FUTURE_KEYWORDS: &[&str] = &["contains", "every", "if", "in"];

/// Tells whether a name is a keyword of this version.
pub(crate) fn is_keyword(name: &str, version: Version) -> bool {
    KEYWORDS.contains(&name) || (version == Version::V1 && FUTURE_KEYWORDS.contains(&name))
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// Lists that are not complete yet.
    room: Room,
    /// Texts of tokens that are not in the file as they are.
    texts: Vec<String>,
    names: &'t mut Names,
    at: usize,
    version: Version,
    /// Which of [`FUTURE_KEYWORDS`] are keywords here.
    future: Future,
    errors: Vec<SyntaxError>,
    depth: usize,
    wildcards: usize,
    /// Openings of brackets whose bar turned out to be an operator: not tried as a comprehension again.
    plain: HashSet<usize>,
    /// Openings of braces and parentheses that hold no body and no group, and what is wrong with them if a body or
    /// group has to be there: not tried as these again.
    terms: HashMap<usize, Option<SyntaxError>>,
}

/// Parses a whole file; its names are shared with those that are known.
pub(crate) fn parse_module(
    text: &str,
    version: Version,
    names: &mut Names,
) -> Result<Module, Vec<SyntaxError>> {
    let (mut parser, rest) = Parser::new(text, version, names)?;
    let module = parser.module(rest);
    let Parser { mut tokens, mut room, .. } = parser;
    tokens.clear();
    room.back_to(Room::default().mark());
    names.room = Room { tokens, ..room };
    module
}

/// Parses a query: a body without braces.
pub(crate) fn parse_query(text: &str, version: Version) -> Result<Body, Vec<SyntaxError>> {
    let mut names = Names::default();
    let (mut parser, _) = Parser::new(text, version, &mut names)?;
    parser.future = Future::ALL;
    parser.whole_body()
}

/// What the lexer found beside tokens.
struct Beside {
    comments: Vec<crate::syntax::Comment>,
    lines: Vec<u32>,
}

impl<'t> Parser<'t> {
    fn new(
        text: &'t str,
        version: Version,
        names: &'t mut Names,
    ) -> Result<(Parser<'t>, Beside), Vec<SyntaxError>> {
        if text.len() > MAX_BYTES {
            let message = format!("file too big: more than {MAX_BYTES} bytes");
            return Err(vec![SyntaxError { message, at: Span::default() }]);
        }
        let mut room = std::mem::take(&mut names.room);
        let lexed = lexer::tokens(text, std::mem::take(&mut room.tokens));
        let parser = Parser {
            text,
            tokens: lexed.tokens,
            room,
            texts: lexed.texts,
            names,
            at: 0,
            version,
            future: if version == Version::V1 { Future::ALL } else { Future::NONE },
            errors: Vec::new(),
            depth: 0,
            wildcards: 0,
            plain: HashSet::new(),
            terms: HashMap::new(),
        };
        Ok((parser, Beside { comments: lexed.comments, lines: lexed.lines }))
    }

    fn token(&self) -> &Token {
        self.token_at(self.at)
    }

    fn token_at(&self, at: usize) -> &Token {
        // The last token is `Eof`, and there is always one.
        static EOF: Token = Token {
            tok: Tok::Eof,
            at: Span { start: 0, end: 0 },
            word: Word::None,
            spaced: true,
            newline: true,
        };
        self.tokens.get(at).or(self.tokens.last()).unwrap_or(&EOF)
    }

    fn advance(&mut self) {
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
    }

    /// Returns where the token before this one ends.
    fn end(&self) -> Span {
        match self.at.checked_sub(1).and_then(|at| self.tokens.get(at)) {
            Some(token) => Span { start: token.at.end, end: token.at.end },
            None => Span::default(),
        }
    }

    /// Returns the span from there to the token before this one.
    fn since(&self, start: Span) -> Span {
        start.to(self.end())
    }

    fn word_at(&self, at: usize) -> Option<&'t str> {
        let token = self.token_at(at);
        match token.tok {
            Tok::Ident => self.text.get(token.at.start as usize..token.at.end as usize),
            _ => None,
        }
    }

    fn word(&self) -> Option<&'t str> {
        self.word_at(self.at)
    }

    /// Tells whether a word is a keyword here.
    fn is_reserved(&self, word: Word) -> bool {
        match word {
            Word::None => false,
            _ => !word.is_future() || self.future.has(word),
        }
    }

    /// Tells whether this token is the keyword, and a keyword here.
    fn is_keyword(&self, keyword: Word) -> bool {
        self.token().word == keyword && self.is_reserved(keyword) && !self.keyword_begins_reference()
    }

    /// Tells whether this token is a keyword that begins a reference, such as `if.x`, and so is just a name.
    fn keyword_begins_reference(&self) -> bool {
        if !self.is_reserved(self.token().word) {
            return false;
        }
        let next = self.token_at(self.at + 1);
        !next.spaced && matches!(next.tok, Tok::Sign(Sign::DOT | Sign::OPEN_BRACKET))
    }

    fn is_sign(&self, sign: Sign) -> bool {
        self.token().tok == Tok::Sign(sign)
    }

    /// Returns the text of a token that was kept beside the file.
    fn kept(&self, at: u32) -> &str {
        self.texts.get(at as usize).map(String::as_str).unwrap_or_default()
    }

    /// Returns the text of a string.
    fn string(&mut self) -> Option<Name> {
        let token = self.token();
        match token.tok {
            Tok::Str => {
                let (start, end) = (token.at.start as usize + 1, (token.at.end as usize).saturating_sub(1));
                let text = self.text;
                Some(self.names.get(text.get(start..end).unwrap_or_default()))
            }
            Tok::Escaped(kept) => Some(Name::from(self.kept(kept))),
            _ => None,
        }
    }

    fn eat_sign(&mut self, sign: Sign) -> bool {
        let found = self.is_sign(sign);
        if found {
            self.advance();
        }
        found
    }

    fn eat_keyword(&mut self, keyword: Word) -> bool {
        let found = self.is_keyword(keyword);
        if found {
            self.advance();
        }
        found
    }

    fn error(&mut self, at: Span, message: impl Into<String>) -> Failed {
        self.errors.push(SyntaxError { message: message.into(), at });
        Failed
    }

    /// Records that this token does not belong here.
    fn unexpected(&mut self, note: &str) -> Failed {
        let at = self.token().at;
        if let Tok::Illegal(what) = self.token().tok {
            let what = self.kept(what).to_string();
            return self.error(at, what);
        }
        let (name, kind) = self.describe();
        let message = match note {
            "" => format!("unexpected {name} {kind}"),
            _ => format!("unexpected {name} {kind}: {note}"),
        };
        self.error(at, message)
    }

    fn describe(&self) -> (String, &'static str) {
        let token = self.token();
        let name = match &token.tok {
            Tok::Eof => "eof",
            Tok::Ident if self.is_reserved(token.word) => {
                return (self.word().unwrap_or_default().to_string(), "keyword");
            }
            Tok::Ident => "identifier",
            Tok::Number => "number",
            Tok::Str | Tok::Escaped(_) => "string",
            Tok::TemplateStart | Tok::TemplateText(_) | Tok::TemplateEnd => "template-string",
            Tok::TemplateOpen => "{",
            Tok::TemplateClose => "}",
            Tok::Sign(sign) => sign.name(),
            Tok::Illegal(_) => "illegal",
        };
        (name.to_string(), "token")
    }

    /// Runs `inside` one level deeper; the stack grows if it has to.
    fn nested<T>(&mut self, inside: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_NESTING {
            return Err(self.too_deep_error());
        }
        self.depth += 1;
        let result = stacker::maybe_grow(128 << 10, 1 << 20, || inside(self));
        self.depth -= 1;
        result
    }

    /// Tries something; if it fails, goes back as if nothing had happened.
    fn attempt<T>(&mut self, what: impl FnOnce(&mut Self) -> Parsed<T>) -> Option<T> {
        let (at, errors, depth, mark) = (self.at, self.errors.len(), self.depth, self.room.mark());
        match what(self) {
            Ok(found) => Some(found),
            Err(Failed) => {
                self.room.back_to(mark);
                self.at = at;
                self.depth = depth;
                // Too deep stays too deep, whatever else is tried.
                let deep =
                    self.errors.iter().skip(errors).find(|e| e.message.starts_with("max recursion")).cloned();
                self.errors.truncate(errors);
                self.errors.extend(deep);
                None
            }
        }
    }

    fn too_deep_error(&mut self) -> Failed {
        let at = self.token().at;
        self.error(at, format!("max recursion depth exceeded: nesting is deeper than {MAX_NESTING} levels"))
    }

    fn too_deep(&self) -> bool {
        self.errors.last().is_some_and(|error| error.message.starts_with("max recursion"))
    }
}

#[cfg(test)]
mod tests;
