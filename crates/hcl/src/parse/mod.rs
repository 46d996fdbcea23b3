//! From tokens to the tree.
//!
//! What enters: the tokens of a text. What leaves: a [`File`], an [`Expr`] or a [`Template`], and every
//! syntax error. An item that is broken is left out and parsing goes on behind it.
//!
//! Recursion is bounded by [`MAX_NESTING`], the height of every tree by [`MAX_HEIGHT`].

mod body;
mod expr;
mod found;
mod literal;
mod postfix;
mod recover;
mod shared;
mod template;

use trueline_text::Span;

use crate::ast::{Body, Expr, File, SyntaxError, Template, TemplateStyle};
use crate::lex::{Kind, Token, Tokens, give_back, lex, lex_template};

/// How deep brackets, blocks and templates may nest.
pub const MAX_NESTING: u32 = 200;

/// How high the tree of one expression may be; long chains such as `a + b + …` count by their length.
/// Walking such a tree recursively fits the stack of a thread.
pub const MAX_HEIGHT: u32 = 500;

/// After how many errors the rest of a file is not read.
const MAX_ERRORS: usize = 500;

/// How often tokens may be taken, for each that there is: what is broken is looked at again, but not without end.
const MAX_LOOKS: usize = 64;

/// Reads a file in native syntax: `.tf`, `.tfvars`. A byte order mark is skipped.
pub fn parse(text: &str) -> File {
    if let Err(error) = fits(text) {
        let body = Body { span: Span::at(0), ..Body::default() };
        return File { body, errors: vec![error], comments: Vec::new() };
    }
    let mut parser = Parser::new(text, lex(text));
    let body = parser.file();
    let (errors, comments) = parser.finish();
    File { body, errors, comments }
}

/// Reads one expression; line breaks are free in it.
pub fn parse_expression(text: &str) -> Result<Expr, Vec<SyntaxError>> {
    fits(text).map_err(|e| vec![e])?;
    let mut parser = Parser::new(text, lex(text));
    parser.newlines = false;
    let expr = parser.expr().and_then(|expr| {
        if parser.peek() != Kind::Eof {
            let found = parser.found();
            let help = "an expression is expected alone".to_owned();
            return Err(parser.fail(format!("unexpected {found} after the expression"), Some(help)));
        }
        Ok(expr)
    });
    let (errors, _) = parser.finish();
    match expr {
        Ok(expr) if errors.is_empty() => Ok(expr),
        _ => Err(errors),
    }
}

/// Reads a template that stands in no quotes: a template file, or a string of JSON syntax.
pub fn parse_template(text: &str) -> Result<Template, Vec<SyntaxError>> {
    fits(text).map_err(|e| vec![e])?;
    let mut parser = Parser::new(text, lex_template(text));
    let parts = parser.template_parts(Kind::Eof, false);
    let (errors, _) = parser.finish();
    match parts {
        Ok(parts) if errors.is_empty() => Ok(Template { parts, style: TemplateStyle::Bare }),
        _ => Err(errors),
    }
}

/// Offsets have 32 bits.
pub(crate) fn fits(text: &str) -> Result<(), SyntaxError> {
    if u32::try_from(text.len()).is_ok() {
        return Ok(());
    }
    Err(SyntaxError {
        message: "the file is larger than 4 GiB".to_owned(),
        help: Some("split it into several files".to_owned()),
        span: Span::at(0),
    })
}

/// The item at hand is broken; the error stands in [`Parser::errors`].
#[derive(Debug)]
struct Failed;

/// What a parsing function returns.
type Parsed<T> = Result<T, Failed>;

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// The next token.
    at: usize,
    /// Line breaks end items here; in brackets they are white space.
    newlines: bool,
    /// How many levels of recursion are open.
    depth: u32,
    /// The height of the expression parsed last.
    height: u32,
    /// The end of the token taken last.
    last_end: u32,
    errors: Vec<SyntaxError>,
    comments: Vec<crate::ast::Comment>,
    /// The file has more `{` than `}`.
    lacks_brace: bool,
    /// No more errors are recorded.
    silent: bool,
    /// How often tokens may still be taken.
    looks: usize,
    /// Names and short strings made so far.
    shared: shared::Shared,
    /// Partners of brackets, found when the first error needs them.
    partners: Option<recover::Partners>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, lexed: Tokens) -> Self {
        let mut errors = Vec::new();
        if let Some(span) = lexed.open_comment {
            errors.push(SyntaxError {
                message: "the comment is not closed".to_owned(),
                help: Some("end it with `*/`".to_owned()),
                span,
            });
        }
        Self {
            text,
            looks: (lexed.tokens.len() + 100) * MAX_LOOKS,
            tokens: lexed.tokens,
            at: 0,
            newlines: true,
            depth: 0,
            height: 0,
            last_end: 0,
            errors,
            comments: lexed.comments,
            lacks_brace: lexed.lacks_brace,
            silent: false,
            shared: shared::Shared::default(),
            partners: None,
        }
    }

    fn finish(mut self) -> (Vec<SyntaxError>, Vec<crate::ast::Comment>) {
        self.errors.sort_by_key(|e| (e.span.start, e.span.end));
        give_back(self.tokens);
        (self.errors, self.comments)
    }

    /// The token at an index; behind the end, the end.
    fn token(&self, at: usize) -> Token {
        let end = self.text.len() as u32;
        self.tokens.get(at).copied().unwrap_or(Token { kind: Kind::Eof, start: end, end })
    }

    /// The kind of the next token.
    fn peek(&mut self) -> Kind {
        if !self.newlines {
            while self.token(self.at).kind == Kind::Newline {
                self.at += 1;
            }
        }
        self.token(self.at).kind
    }

    /// The kind of the token after the next one, line breaks counted where they count.
    fn peek_second(&mut self) -> Kind {
        self.peek();
        let mut at = self.at + 1;
        while !self.newlines && self.token(at).kind == Kind::Newline {
            at += 1;
        }
        self.token(at).kind
    }

    /// The next token, which stays.
    fn next_token(&mut self) -> Token {
        self.peek();
        self.token(self.at)
    }

    /// Takes the next token.
    fn advance(&mut self) -> Token {
        if self.looks == 0 {
            self.stop();
        }
        self.looks = self.looks.saturating_sub(1);
        let token = self.next_token();
        if token.kind != Kind::Eof {
            self.at += 1;
        }
        self.last_end = token.end;
        token
    }

    /// Ends the reading of a text that is broken in so many ways that it would take too long to tell them.
    fn stop(&mut self) {
        if !self.silent {
            let span = self.token(self.at).span();
            let message = "this is broken in too many ways".to_owned();
            let help = Some("the rest of the file was not read; mend the first errors".to_owned());
            self.errors.push(SyntaxError { message, help, span });
        }
        self.give_up();
    }

    /// Takes the next token if it is of this kind.
    fn eat(&mut self, kind: Kind) -> Option<Token> {
        (self.peek() == kind).then(|| self.advance())
    }

    fn slice(&self, token: Token) -> &'t str {
        token.span().text(self.text)
    }

    /// The next token is the word `word`.
    fn at_word(&mut self, word: &str) -> bool {
        let token = self.next_token();
        token.kind == Kind::Ident && self.slice(token) == word
    }

    /// Records an error at the next token.
    fn fail(&mut self, message: String, help: Option<String>) -> Failed {
        let span = self.next_token().span();
        self.fail_at(span, message, help)
    }

    /// Records an error; at most one per place.
    fn fail_at(&mut self, span: Span, message: String, help: Option<String>) -> Failed {
        if !self.silent && self.errors.last().is_none_or(|e| e.span != span) {
            self.errors.push(SyntaxError { message, help, span });
            if self.errors.len() >= MAX_ERRORS {
                let message = "too many errors".to_owned();
                let help = Some("the rest of the file was not read; mend these first".to_owned());
                self.errors.push(SyntaxError { message, help, span: Span::at(span.end) });
                self.give_up();
            }
        }
        Failed
    }

    /// Goes one level down, if that is not too deep.
    fn descend<T>(&mut self, run: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_NESTING {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let result = run(self);
        self.depth -= 1;
        result
    }

    fn too_deep(&mut self) -> Failed {
        let help = "split it up with `locals`".to_owned();
        self.fail(format!("more than {MAX_NESTING} levels of nesting"), Some(help))
    }

    /// Sets the height of the expression at hand: one more than that of its parts.
    fn raise(&mut self, below: u32) -> Parsed<()> {
        self.height = below + 1;
        if self.height > MAX_HEIGHT {
            let help = "split it up with `locals`".to_owned();
            return Err(
                self.fail(format!("the expression is more than {MAX_HEIGHT} operations deep"), Some(help))
            );
        }
        Ok(())
    }
}
