//! Files, blocks and attributes.

use std::collections::HashSet;

use trueline_text::Span;

use crate::ast::{Attribute, Block, Body, Ident, Item, Label, Unread};
use crate::lex::{Kind, Token};

use super::{Failed, MAX_NESTING, Parsed, Parser};

/// Names of a body's arguments. Most bodies have few, and of few the last are looked through faster than hashed.
#[derive(Default)]
struct Names<'t> {
    few: Vec<&'t str>,
    many: HashSet<&'t str>,
}

impl<'t> Names<'t> {
    const FEW: usize = 24;

    /// False if the name is there already.
    fn insert(&mut self, name: &'t str) -> bool {
        if self.few.contains(&name) {
            return false;
        }
        if self.few.len() < Self::FEW {
            self.few.push(name);
            return true;
        }
        self.many.insert(name)
    }
}

impl Parser<'_> {
    /// The whole file.
    pub(super) fn file(&mut self) -> Body {
        let mut body = Body { span: Span::new(0, self.text.len() as u32), ..Body::default() };
        loop {
            self.items(&mut body, None);
            if self.peek() == Kind::Eof {
                break;
            }
            // A `}` that closes nothing.
            let help = "remove it, or look for a `}` too many above".to_owned();
            self.fail("this `}` closes no block".to_owned(), Some(help));
            let span = self.advance().span();
            body.unread.push(Unread { name: None, span });
        }
        body
    }

    /// Items up to the `}` or the end that stands behind them. `open` is the token of the block's `{`.
    fn items(&mut self, body: &mut Body, open: Option<usize>) {
        let mut names = Names::default();
        loop {
            match self.peek() {
                Kind::Newline => {
                    self.advance();
                }
                Kind::Eof | Kind::CBrace => return,
                _ if open.is_some_and(|open| self.leaves_block(open)) => return,
                _ => {
                    let start = self.at;
                    match self.item() {
                        Ok(Item::Attribute(a)) if !names.insert(a.name.span.text(self.text)) => {
                            let name = &a.name.text;
                            let message = format!("the argument `{name}` is set twice");
                            let help = "each argument may be set only once: remove one of the two".to_owned();
                            self.fail_at(a.name.span, message, Some(help));
                        }
                        Ok(item) => body.items.push(item),
                        Err(Failed) => {
                            self.skip_item(start);
                            body.unread.extend(self.unread(start));
                        }
                    }
                }
            }
        }
    }

    /// One attribute or block with the line break behind it.
    fn item(&mut self) -> Parsed<Item> {
        let token = self.next_token();
        if token.kind != Kind::Ident {
            return Err(match token.kind {
                Kind::OQuote => self.quoted_name(),
                // The head of the block, on a line before, was reported.
                Kind::OBrace if self.follows_head() => Failed,
                _ => self.unexpected("an argument or a block", None),
            });
        }
        let name = self.name();
        match self.peek() {
            Kind::Equal => {
                let attribute = self.attribute(name)?;
                match self.peek() {
                    Kind::Newline | Kind::Eof => Ok(Item::Attribute(attribute)),
                    Kind::Comma => {
                        let help = "separate arguments by line breaks, not by commas".to_owned();
                        Err(self.fail("unexpected comma after the argument".to_owned(), Some(help)))
                    }
                    _ => Err(self.unexpected(
                        "the end of the line after the argument",
                        Some("each argument stands on a line of its own"),
                    )),
                }
            }
            Kind::OQuote | Kind::OBrace | Kind::Ident => {
                let block = match self.descend(|p| p.block(name)) {
                    Err(Failed) if self.depth >= MAX_NESTING => {
                        self.give_up();
                        return Err(Failed);
                    }
                    block => block?,
                };
                match self.peek() {
                    Kind::Newline | Kind::Eof => Ok(Item::Block(block)),
                    _ => Err(self.unexpected(
                        "the end of the line after the block",
                        Some("begin a new line behind the `}`"),
                    )),
                }
            }
            Kind::Colon => {
                let help = "write `=` between an argument and its value".to_owned();
                Err(self.fail(format!("`:` after the argument `{}`", name.text), Some(help)))
            }
            Kind::Dot | Kind::OBrack => {
                let help = "an argument's name is one word; to set a part of a value, set the whole value"
                    .to_owned();
                Err(self.fail(format!("`{}` is no name of an argument by itself", name.text), Some(help)))
            }
            _ => Err(self.unexpected(
                &format!("`=` or a block after `{}`", name.text),
                Some("an argument is written `name = value`, a block `name { … }`"),
            )),
        }
    }

    /// The line before the token at hand ends with what may be the head of a block.
    fn follows_head(&self) -> bool {
        let before = self.tokens.get(..self.at).unwrap_or_default();
        let last = before.iter().rev().find(|t| t.kind != Kind::Newline);
        last.is_some_and(|t| matches!(t.kind, Kind::Ident | Kind::CQuote)) && !self.errors.is_empty()
    }

    fn quoted_name(&mut self) -> Failed {
        let help = "write the name without quotes".to_owned();
        self.fail("the name of an argument or a block stands in quotes".to_owned(), Some(help))
    }

    /// Takes a name.
    pub(super) fn name(&mut self) -> Ident {
        let token = self.advance();
        let text = self.slice(token);
        Ident { text: self.shared.get(text), span: token.span() }
    }

    /// `= expression`, without the line break.
    fn attribute(&mut self, name: Ident) -> Parsed<Attribute> {
        let equals = self.advance().span();
        let expr = self.expr()?;
        let span = Span::new(name.span.start, self.last_end);
        Ok(Attribute { name, equals, expr, span })
    }

    /// Labels and body.
    fn block(&mut self, kind: Ident) -> Parsed<Block> {
        let mut labels = Vec::new();
        let open = loop {
            match self.peek() {
                Kind::OBrace => break self.advance(),
                Kind::Ident => {
                    let name = self.name();
                    labels.push(Label { text: name.text, span: name.span, quoted: false });
                }
                Kind::OQuote => labels.push(self.quoted_label()?),
                Kind::Equal => {
                    let help = "a block is written without `=`: `name { … }`".to_owned();
                    return Err(self.fail("`=` after the labels of a block".to_owned(), Some(help)));
                }
                Kind::Newline => {
                    let help = "the `{` stands on the same line as the head of its block".to_owned();
                    let message = format!("the block `{}` has no `{{` on its line", kind.text);
                    return Err(self.fail(message, Some(help)));
                }
                _ => return Err(self.unexpected("`{` or a label in quotes", None)),
            }
        };
        let open_at = self.at - 1;
        let mut body = Body::default();
        match self.peek() {
            Kind::Newline | Kind::Eof | Kind::CBrace => self.items(&mut body, Some(open_at)),
            _ => body.items.push(Item::Attribute(self.only_attribute()?)),
        }
        if self.peek() == Kind::Eof && !self.silent {
            self.unclosed_block(&kind, open);
            body.cut = true;
        } else if self.peek() != Kind::CBrace || self.is_outer_brace(open_at, self.at) {
            return Err(self.unclosed_block(&kind, open));
        }
        // At the end, a token without text.
        let close = self.advance();
        body.span = Span::new(open.end, close.start);
        let span = Span::new(kind.span.start, close.end);
        Ok(Block { kind, labels, open: open.span(), body, close: close.span(), span })
    }

    fn unclosed_block(&mut self, kind: &Ident, open: Token) -> Failed {
        let help = "there is no `}` for it; look for a missing `}` in it or below";
        self.fail_at(open.span(), format!("the block `{}` is not closed", kind.text), Some(help.to_owned()))
    }

    /// The one argument of a block that is written on one line.
    fn only_attribute(&mut self) -> Parsed<Attribute> {
        if self.peek() != Kind::Ident {
            return Err(self.unexpected("an argument, `}` or the end of the line", None));
        }
        let name = self.name();
        if self.peek() != Kind::Equal {
            let help = "a block on one line holds one argument; put a nested block on lines of its own";
            return Err(self.unexpected(&format!("`=` after `{}`", name.text), Some(help)));
        }
        let attribute = self.attribute(name)?;
        if self.peek() != Kind::CBrace {
            let help =
                "a block on one line holds one argument; put several on lines of their own, without commas";
            return Err(self.unexpected("`}` after the only argument", Some(help)));
        }
        Ok(attribute)
    }

    /// A label in quotes: text only.
    fn quoted_label(&mut self) -> Parsed<Label> {
        let open = self.advance();
        let first = self.next_token();
        let plain = |text: &str| !text.bytes().any(|b| matches!(b, b'\\' | b'$' | b'%'));
        if first.kind == Kind::QuotedLit
            && self.token(self.at + 1).kind == Kind::CQuote
            && plain(self.slice(first))
        {
            self.advance();
            let span = Span::new(open.start, self.advance().end);
            return Ok(Label { text: self.shared.get(self.slice(first)), span, quoted: true });
        }
        let mut text = String::new();
        loop {
            let token = self.next_token();
            match token.kind {
                Kind::QuotedLit => {
                    self.advance();
                    self.unescape(token, &mut text);
                }
                Kind::CQuote => {
                    self.advance();
                    let span = Span::new(open.start, token.end);
                    return Ok(Label { text: self.shared.get(&text), span, quoted: true });
                }
                Kind::Interp | Kind::Control => {
                    let help = "labels are fixed text; to keep the sign itself, double it".to_owned();
                    return Err(self.fail("a label can't hold a template sequence".to_owned(), Some(help)));
                }
                _ => return Err(self.unclosed_string(open)),
            }
        }
    }

    /// Records that a string that begins at `open` is not closed on its line.
    pub(super) fn unclosed_string(&mut self, open: Token) -> Failed {
        let help =
            "end it with `\"`; write a line break as `\\n`, or use a heredoc (`<<EOT`) for several lines";
        self.fail_at(open.span(), "the string is not closed on its line".to_owned(), Some(help.to_owned()))
    }
}
