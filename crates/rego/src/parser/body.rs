//! Bodies and the expressions in them.

use super::lexer::Tok;
use super::term::Member;
use super::words::{Sign, Word};
use super::{Failed, Parsed, Parser, SyntaxError};
use crate::syntax::{Body, Every, Expr, ExprKind, SomeIn, Span, Term, TermKind, With};

impl Parser<'_> {
    /// Parses a query: all of the text.
    pub(super) fn whole_body(&mut self) -> Result<Body, Vec<SyntaxError>> {
        let mut body = Vec::new();
        while self.token().tok != Tok::Eof {
            if self.eat_sign(Sign::SEMICOLON) {
                continue;
            }
            match self.literal() {
                Ok(expr) => body.push(expr),
                Err(Failed) => return Err(std::mem::take(&mut self.errors)),
            }
            if self.token().tok != Tok::Eof && !self.is_sign(Sign::SEMICOLON) && !self.token().newline {
                self.unexpected("expected \\n or ; or eof");
                return Err(std::mem::take(&mut self.errors));
            }
        }
        match body.is_empty() {
            true => Err(vec![SyntaxError { message: "empty query".to_string(), at: Span::default() }]),
            false => Ok(body.into()),
        }
    }

    /// Parses the expressions of a body up to the closing sign, which stays.
    pub(super) fn query(&mut self, close: Sign) -> Parsed<Body> {
        self.nested(|parser| {
            let from = parser.room.exprs.len();
            if parser.is_sign(close) {
                let at = parser.token().at;
                return Err(parser.error(at, "found empty body"));
            }
            loop {
                let expr = parser.literal()?;
                parser.room.exprs.push(expr);
                if parser.eat_sign(Sign::SEMICOLON) {
                    continue;
                }
                if parser.is_sign(close) {
                    return Ok(parser.room.exprs.drain(from..).collect());
                }
                if !parser.token().newline {
                    return Err(parser.unexpected(&format!("expected \\n or ; or {}", close.text())));
                }
            }
        })
    }

    /// Parses one expression of a body.
    pub(super) fn literal(&mut self) -> Parsed<Expr> {
        let start = self.token().at;
        let (negated, kind, inner) = if self.is_keyword(Word::Some) {
            (false, self.some()?, Vec::new())
        } else if self.is_keyword(Word::Every) {
            (false, self.every()?, Vec::new())
        } else if self.has_logic() {
            let expr = self.logic()?;
            (expr.negated, expr.kind, expr.with)
        } else if self.is_keyword(Word::Not) {
            self.advance();
            self.refuse_keyword_under_not()?;
            (true, self.expression()?, Vec::new())
        } else {
            (false, self.expression()?, Vec::new())
        };
        let at = self.since(start);
        if let ExprKind::Some(_) = kind {
            return Ok(Expr { negated, kind, with: inner, at });
        }
        let (mut with, first) = (Vec::new(), self.token().at);
        self.withs(&mut with)?;
        if !with.is_empty() {
            self.refuse_operator(first)?;
        }
        // What a group replaces itself comes last, and counts.
        with.extend(inner);
        Ok(Expr { negated, kind, with, at })
    }

    /// Parses all `with` that follow.
    pub(super) fn withs(&mut self, with: &mut Vec<With>) -> Parsed<()> {
        while self.is_keyword(Word::With) {
            self.advance();
            with.push(self.with()?);
        }
        Ok(())
    }

    pub(super) fn expression(&mut self) -> Parsed<ExprKind> {
        let left = self.infix()?;
        if self.eat_sign(Sign::ASSIGN) {
            return Ok(ExprKind::Assign(left, self.infix()?));
        }
        if self.eat_sign(Sign::UNIFY) {
            return Ok(ExprKind::Unify(left, self.infix()?));
        }
        Ok(ExprKind::Term(left))
    }

    fn with(&mut self) -> Parsed<With> {
        if self.token().tok != Tok::Ident {
            return Err(self.unexpected("expected identifier"));
        }
        let target = self.term()?;
        if !matches!(target.kind, TermKind::Var(_) | TermKind::Ref(_)) {
            return Err(self.unexpected("expected with target path"));
        }
        if !self.eat_keyword(Word::As) {
            return Err(self.unexpected("expected as keyword"));
        }
        Ok(With { target, value: self.infix()? })
    }

    fn some(&mut self) -> Parsed<ExprKind> {
        let start = self.at;
        self.advance();
        if self.future.has(Word::In)
            && let Some(member) = self.attempt(Parser::member)
        {
            match member {
                Member::In { key, value, domain } => {
                    return Ok(ExprKind::SomeIn(Box::new(SomeIn { key, value, domain })));
                }
                Member::Plain(Term { kind: TermKind::Call(_), .. }) => {
                    return Err(self.unexpected("expected `x in xs` or `x, y in xs` expression"));
                }
                Member::Plain(_) => {}
            }
        }
        if self.too_deep() {
            return Err(Failed);
        }
        self.at = start + 1;
        let from = self.room.terms.len();
        loop {
            if self.token().tok != Tok::Ident || self.is_reserved(self.token().word) {
                return Err(self.unexpected("expected var"));
            }
            let var = self.variable();
            self.room.terms.push(var);
            if !self.eat_sign(Sign::COMMA) {
                return Ok(ExprKind::Some(self.room.terms.drain(from..).collect()));
            }
        }
    }

    fn every(&mut self) -> Parsed<ExprKind> {
        self.advance();
        let Member::In { key, value, domain } = self.member()? else {
            return Err(self.unexpected("expected `x[, y] in xs { ... }` expression"));
        };
        if key.as_ref().is_some_and(|key| !names_variable(key)) {
            return Err(self.unexpected("expected key to be a variable"));
        }
        if !names_variable(&value) {
            return Err(self.unexpected("expected value to be a variable"));
        }
        if !self.eat_sign(Sign::OPEN_BRACE) {
            return Err(self.unexpected("missing body"));
        }
        let body = self.query(Sign::CLOSE_BRACE)?;
        self.advance();
        Ok(ExprKind::Every(Box::new(Every { key, value, domain, body })))
    }
}

/// Tells whether a term is the name of a variable; `input` and `data` are documents.
fn names_variable(term: &Term) -> bool {
    term.as_var().is_some_and(|name| !matches!(name.as_ref(), "input" | "data"))
}
