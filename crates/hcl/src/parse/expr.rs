//! Operators, terms and collections.

use trueline_text::Span;

use crate::ast::{BinaryOp, Expr, ExprKind, ForObject, ForTuple, Ident, ObjectItem, ObjectKey, UnaryOp};
use crate::lex::{Kind, Token};

use super::{Parsed, Parser};

impl Parser<'_> {
    /// An expression; a conditional binds loosest and to the right.
    pub(super) fn expr(&mut self) -> Parsed<Expr> {
        let first = self.binary(0)?;
        if self.peek() != Kind::Question {
            return Ok(first);
        }
        self.conditional(first)
    }

    /// `? a : b` after a condition. `c ? a : d ? b : e` is read in a loop, since such chains get long.
    fn conditional(&mut self, first: Expr) -> Parsed<Expr> {
        let mut pending = Vec::new();
        let mut last = first;
        while self.eat(Kind::Question).is_some() {
            let below = self.height;
            let then = self.descend(Self::expr)?;
            let below = below.max(self.height);
            if self.eat(Kind::Colon).is_none() {
                let help = "a conditional is written `condition ? value : other`";
                return Err(self.unexpected("`:` and the value of the conditional's other side", Some(help)));
            }
            pending.push((last, then, below));
            last = self.binary(0)?;
        }
        while let Some((condition, then, below)) = pending.pop() {
            self.raise(below.max(self.height))?;
            let span = condition.span.cover(last.span);
            let kind = ExprKind::Conditional(Box::new(condition), Box::new(then), Box::new(last));
            last = Expr { kind, span };
        }
        Ok(last)
    }

    /// Operands joined by operators that bind at least as tight as `least`, to the left.
    fn binary(&mut self, least: u8) -> Parsed<Expr> {
        let mut left = self.unary()?;
        loop {
            let Some((op, strength)) = operator(self.peek()) else { return Ok(left) };
            if strength < least {
                return Ok(left);
            }
            let below = self.height;
            self.advance();
            let right = self.binary(strength + 1)?;
            self.raise(below.max(self.height))?;
            let span = left.span.cover(right.span);
            left = Expr { kind: ExprKind::Binary(op, Box::new(left), Box::new(right)), span };
        }
    }

    /// `-` and `!`, which bind tighter than all other operators.
    fn unary(&mut self) -> Parsed<Expr> {
        let mut signs = Vec::new();
        loop {
            let op = match self.peek() {
                Kind::Minus => UnaryOp::Negate,
                Kind::Bang => UnaryOp::Not,
                _ => break,
            };
            signs.push((op, self.advance().start));
        }
        let term = self.term()?;
        let mut expr = self.traversal(term)?;
        while let Some((op, start)) = signs.pop() {
            self.raise(self.height)?;
            let span = Span::new(start, expr.span.end);
            expr = Expr { kind: ExprKind::Unary(op, Box::new(expr)), span };
        }
        Ok(expr)
    }

    fn term(&mut self) -> Parsed<Expr> {
        self.height = 1;
        let token = self.next_token();
        match token.kind {
            Kind::Ident => self.word(),
            Kind::Number => {
                self.advance();
                let text = self.slice(token);
                if !is_number(text) {
                    let help = "write a version or an address in quotes".to_owned();
                    return Err(self.fail_at(token.span(), format!("`{text}` is no number"), Some(help)));
                }
                Ok(Expr { kind: ExprKind::Number(text.into()), span: token.span() })
            }
            Kind::OQuote => self.descend(Self::string),
            Kind::OHeredoc => self.descend(Self::heredoc),
            Kind::OParen => self.descend(|p| p.bracketed(false, Self::parens)),
            Kind::OBrack => self.descend(|p| p.bracketed(false, Self::tuple)),
            Kind::OBrace => self.descend(|p| {
                let newlines = !p.is_for_object();
                p.bracketed(newlines, Self::object)
            }),
            Kind::Equal => {
                let help = "`=` sets an argument; to compare, write `==`".to_owned();
                Err(self.fail("expected an expression, found `=`".to_owned(), Some(help)))
            }
            Kind::Newline | Kind::Eof => {
                let help =
                    "a value begins on the same line; put parentheses around one that takes several lines";
                Err(self.unexpected("an expression", Some(help)))
            }
            _ => Err(self.unexpected("an expression", None)),
        }
    }

    /// Runs with other rules for line breaks, up to and with the closing bracket.
    pub(super) fn bracketed<T>(
        &mut self,
        newlines: bool,
        run: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<T> {
        let before = std::mem::replace(&mut self.newlines, newlines);
        let result = run(self);
        self.newlines = before;
        result
    }

    /// The next tokens are `{ for`, with or without line breaks between.
    fn is_for_object(&self) -> bool {
        let mut at = self.at + 1;
        while self.token(at).kind == Kind::Newline {
            at += 1;
        }
        let token = self.token(at);
        token.kind == Kind::Ident && self.slice(token) == "for"
    }

    fn parens(&mut self) -> Parsed<Expr> {
        let open = self.advance();
        let inner = self.expr()?;
        let Some(close) = self.eat(Kind::CParen) else {
            return Err(self.unclosed(open, "`)`"));
        };
        self.raise(self.height)?;
        let span = Span::new(open.start, close.end);
        Ok(Expr { kind: ExprKind::Parens(Box::new(inner)), span })
    }

    /// Records that something else than what closes `open` stands here.
    pub(super) fn unclosed(&mut self, open: Token, expected: &str) -> super::Failed {
        if self.peek() == Kind::Eof {
            let close = match open.kind {
                Kind::OParen => ")",
                Kind::OBrack => "]",
                _ => "}",
            };
            let help = format!("there is no `{close}` for it up to the end of the file");
            let message = format!("this `{}` is not closed", self.slice(open));
            return self.fail_at(open.span(), message, Some(help));
        }
        self.unexpected(expected, None)
    }

    fn tuple(&mut self) -> Parsed<Expr> {
        let open = self.advance();
        if self.at_word("for") {
            return self.for_tuple(open);
        }
        let mut elements = Vec::new();
        let mut below = 0;
        let close = loop {
            if let Some(close) = self.eat(Kind::CBrack) {
                break close;
            }
            if self.peek() == Kind::Eof {
                return Err(self.unclosed(open, "`]`"));
            }
            elements.push(self.expr()?);
            below = below.max(self.height);
            if self.eat(Kind::Comma).is_none() && self.peek() != Kind::CBrack {
                return Err(self.unclosed(open, "`,` or `]` after the element"));
            }
        };
        self.raise(below)?;
        Ok(Expr { kind: ExprKind::Tuple(elements), span: Span::new(open.start, close.end) })
    }

    fn object(&mut self) -> Parsed<Expr> {
        let open_at = self.at;
        let open = self.advance();
        if self.at_word("for") {
            return self.for_object(open);
        }
        let mut items = Vec::new();
        let mut below = 0;
        let close = loop {
            match self.peek() {
                Kind::Newline => {
                    self.advance();
                    continue;
                }
                Kind::CBrace => {
                    if self.is_outer_brace(open_at, self.at) {
                        let help = "there is no `}` for it".to_owned();
                        return Err(self.fail_at(
                            open.span(),
                            "this `{` is not closed".to_owned(),
                            Some(help),
                        ));
                    }
                    break self.advance();
                }
                Kind::Eof => return Err(self.unclosed(open, "`}`")),
                _ => {}
            }
            items.push(self.object_item(open)?);
            below = below.max(self.height);
            match self.peek() {
                Kind::Comma | Kind::Newline => {
                    self.advance();
                }
                Kind::CBrace => {}
                _ => return Err(self.unclosed(open, "`,`, a line break or `}` after the entry")),
            }
        };
        self.raise(below)?;
        Ok(Expr { kind: ExprKind::Object(items), span: Span::new(open.start, close.end) })
    }

    fn object_item(&mut self, open: Token) -> Parsed<ObjectItem> {
        let start = self.next_token().start;
        let key = if self.peek() == Kind::Ident && matches!(self.peek_second(), Kind::Equal | Kind::Colon) {
            self.height = 1;
            ObjectKey::Name(self.name())
        } else {
            ObjectKey::Expr(self.expr()?)
        };
        let below = self.height;
        let separator = match self.peek() {
            Kind::Equal | Kind::Colon => self.advance().span(),
            Kind::Newline | Kind::Comma => {
                let help = "an entry is written `key = value`";
                return Err(self.unexpected("`=` and a value after the key", Some(help)));
            }
            _ => {
                let help = "an entry is written `key = value`; a key with dots or spaces stands in quotes";
                return Err(match self.peek() {
                    Kind::Eof => self.unclosed(open, "`}`"),
                    _ => self.unexpected("`=` after the key", Some(help)),
                });
            }
        };
        let value = self.expr()?;
        self.height = self.height.max(below);
        let span = Span::new(start, self.last_end);
        Ok(ObjectItem { key, separator, value, span })
    }

    fn for_tuple(&mut self, open: Token) -> Parsed<Expr> {
        let (key, value, collection) = self.for_intro()?;
        let mut below = self.height;
        let element = self.expr()?;
        below = below.max(self.height);
        if self.peek() == Kind::FatArrow {
            let help = "write `{for …}` to build an object".to_owned();
            return Err(self.fail("`=>` in a `for` that builds a list".to_owned(), Some(help)));
        }
        if self.peek() == Kind::Ellipsis {
            let help = "grouping is for `{for …}` only: remove it".to_owned();
            return Err(self.fail("`...` in a `for` that builds a list".to_owned(), Some(help)));
        }
        let condition = self.for_condition()?;
        below = below.max(self.height);
        let Some(close) = self.eat(Kind::CBrack) else {
            return Err(self.unclosed(open, "`if` or `]`"));
        };
        self.raise(below)?;
        let kind = ExprKind::ForTuple(Box::new(ForTuple { key, value, collection, element, condition }));
        Ok(Expr { kind, span: Span::new(open.start, close.end) })
    }

    fn for_object(&mut self, open: Token) -> Parsed<Expr> {
        let (key, value, collection) = self.for_intro()?;
        let mut below = self.height;
        let entry_key = self.expr()?;
        below = below.max(self.height);
        if self.eat(Kind::FatArrow).is_none() {
            let help = "a `for` that builds an object is written `{for v in collection : key => value}`";
            return Err(self.unexpected("`=>` after the key", Some(help)));
        }
        let entry_value = self.expr()?;
        below = below.max(self.height);
        let group = self.eat(Kind::Ellipsis).is_some();
        let condition = self.for_condition()?;
        below = below.max(self.height);
        let Some(close) = self.eat(Kind::CBrace) else {
            return Err(self.unclosed(open, "`if` or `}`"));
        };
        self.raise(below)?;
        let for_object = ForObject { key, value, collection, entry_key, entry_value, group, condition };
        let kind = ExprKind::ForObject(Box::new(for_object));
        Ok(Expr { kind, span: Span::new(open.start, close.end) })
    }

    /// `for k, v in x :`
    fn for_intro(&mut self) -> Parsed<(Option<Ident>, Ident, Expr)> {
        self.advance();
        let (key, value, collection) = self.for_names()?;
        if self.eat(Kind::Colon).is_none() {
            let help = "a `for` is written `for v in collection : value`";
            return Err(self.unexpected("`:` after the collection", Some(help)));
        }
        Ok((key, value, collection))
    }

    /// `k, v in x` after `for`.
    pub(super) fn for_names(&mut self) -> Parsed<(Option<Ident>, Ident, Expr)> {
        if self.peek() != Kind::Ident {
            return Err(self.unexpected("a name after `for`", None));
        }
        let mut value = self.name();
        let mut key = None;
        if self.eat(Kind::Comma).is_some() {
            if self.peek() != Kind::Ident {
                return Err(self.unexpected("a second name after `,`", None));
            }
            key = Some(std::mem::replace(&mut value, self.name()));
        }
        if !self.at_word("in") {
            return Err(self.unexpected("`in` after the names of the `for`", None));
        }
        self.advance();
        let collection = self.expr()?;
        Ok((key, value, collection))
    }

    fn for_condition(&mut self) -> Parsed<Option<Expr>> {
        if !self.at_word("if") {
            return Ok(None);
        }
        self.advance();
        self.expr().map(Some)
    }
}

/// A binary operator and how tight it binds.
const fn operator(kind: Kind) -> Option<(BinaryOp, u8)> {
    Some(match kind {
        Kind::OrOr => (BinaryOp::Or, 0),
        Kind::AndAnd => (BinaryOp::And, 1),
        Kind::EqualEqual => (BinaryOp::Equal, 2),
        Kind::NotEqual => (BinaryOp::NotEqual, 2),
        Kind::Less => (BinaryOp::Less, 3),
        Kind::LessEqual => (BinaryOp::LessEqual, 3),
        Kind::Greater => (BinaryOp::Greater, 3),
        Kind::GreaterEqual => (BinaryOp::GreaterEqual, 3),
        Kind::Plus => (BinaryOp::Add, 4),
        Kind::Minus => (BinaryOp::Subtract, 4),
        Kind::Star => (BinaryOp::Multiply, 5),
        Kind::Slash => (BinaryOp::Divide, 5),
        Kind::Percent => (BinaryOp::Modulo, 5),
        _ => return None,
    })
}

/// One dot and one exponent at most; the lexer saw to the rest.
fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, ""));
    mantissa.bytes().filter(|b| *b == b'.').count() <= 1
        && exponent
            .bytes()
            .enumerate()
            .all(|(i, b)| b.is_ascii_digit() || (i == 0 && matches!(b, b'+' | b'-')))
}
