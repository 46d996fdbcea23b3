//! `and`, `or`, and bodies under `not`: what `future.keywords` adds to the expressions of a body.
//!
//! An operand is one expression, a group in parentheses, or a body in braces. Braces and parentheses may begin a term,
//! too: the body or group is tried first, once for each of them, so that nesting costs no more than length times depth.

use super::lexer::Tok;
use super::words::{Sign, Word};
use super::{Failed, Parsed, Parser, SyntaxError};
use crate::syntax::{Expr, ExprKind, Logical, Operand, Span, Term, TermKind};

/// An operand, as it was written.
enum Piece {
    Expr(Expr),
    /// In parentheses, or made of operands itself.
    Whole(Expr),
    /// In braces.
    Body(Operand),
}

/// Where an operand stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Where an expression begins.
    Left,
    /// Behind this keyword.
    Right(Word),
}

impl Parser<'_> {
    /// Tells whether `and` or `or` is a keyword here.
    fn has_operators(&self) -> bool {
        self.future.has(Word::And) || self.future.has(Word::Or)
    }

    /// Tells whether the operators or the wider meaning of `not` are there.
    pub(super) fn has_logic(&self) -> bool {
        self.has_operators() || self.future.has(Word::Not)
    }

    pub(super) fn at_operator(&self) -> bool {
        self.is_keyword(Word::And) || self.is_keyword(Word::Or)
    }

    /// Parses an expression in which the keywords may stand; `with` behind it is left.
    pub(super) fn logic(&mut self) -> Parsed<Expr> {
        match self.nested(Parser::disjunction)? {
            Piece::Expr(expr) | Piece::Whole(expr) => Ok(expr),
            Piece::Body(_) => Err(self.unexpected("")),
        }
    }

    /// Refuses `with` at an operand that is not the last.
    pub(super) fn refuse_operator(&mut self, with: Span) -> Parsed<()> {
        let name = match () {
            () if self.is_keyword(Word::And) => "and",
            () if self.is_keyword(Word::Or) => "or",
            () => return Ok(()),
        };
        let message = format!(
            "`with` modifier is not allowed on operand of `{name}` (hint: Wrap the operand in `(...)` or `{{...}}` to scope, or move `with` after the `{name}` expression to apply it to the whole expression)"
        );
        Err(self.error(with, message))
    }

    fn disjunction(&mut self) -> Parsed<Piece> {
        let start = self.token().at;
        let mut left = self.conjunction(Side::Left)?;
        for _ in 0..super::MAX_NESTING {
            if !self.is_keyword(Word::Or) {
                return Ok(left);
            }
            self.advance();
            let right = self.conjunction(Side::Right(Word::Or))?;
            left = self.combine(Word::Or, left, right, start)?;
        }
        Err(self.too_deep_error())
    }

    fn conjunction(&mut self, side: Side) -> Parsed<Piece> {
        let start = self.token().at;
        let mut left = self.operand(side)?;
        for _ in 0..super::MAX_NESTING {
            if !self.is_keyword(Word::And) {
                return Ok(left);
            }
            self.advance();
            let right = self.operand(Side::Right(Word::And))?;
            left = self.combine(Word::And, left, right, start)?;
        }
        Err(self.too_deep_error())
    }

    fn combine(&mut self, word: Word, left: Piece, right: Piece, start: Span) -> Parsed<Piece> {
        let name = if word == Word::And { "and" } else { "or" };
        let (left, right) = (self.operand_of(left, name)?, self.operand_of(right, name)?);
        let at = self.since(start);
        let kind = ExprKind::Logical(Box::new(Logical { and: word == Word::And, left, right }));
        Ok(Piece::Whole(Expr { negated: false, kind, with: Vec::new(), at }))
    }

    fn operand_of(&mut self, piece: Piece, name: &str) -> Parsed<Operand> {
        let operand = match piece {
            Piece::Body(operand) => operand,
            Piece::Whole(expr) => Operand { body: Box::new([expr]), explicit: false },
            Piece::Expr(expr) => {
                if self.begins_with_brace(expr.at) {
                    return Err(self.no_body(name, expr.at));
                }
                Operand { body: Box::new([expr]), explicit: false }
            }
        };
        if operand.body.iter().all(prints)
            && let Some(first) = operand.body.first()
        {
            let message = format!(
                "operand of `{name}` cannot consist only of calls to `print` (hint: `print` produces no value and always succeeds, so the operand can never fail; move it out of the operand, or add an expression that can fail)"
            );
            return Err(self.error(first.at, message));
        }
        Ok(operand)
    }

    fn begins_with_brace(&self, at: Span) -> bool {
        self.text.as_bytes().get(at.start as usize) == Some(&b'{')
    }

    /// Records that an operand begins with a brace and is no body.
    fn no_body(&mut self, name: &str, at: Span) -> Failed {
        let text = self.text.get(at.start as usize..at.end as usize).unwrap_or_default();
        let message = format!(
            "operand of `{name}` cannot begin with `{{` unless the braces hold a body (hint: wrap the operand to keep the value: `({text}) {name} ...`)"
        );
        self.error(Span { start: at.start, end: at.start + 1 }, message)
    }

    fn operand(&mut self, side: Side) -> Parsed<Piece> {
        let start = self.token().at;
        if self.is_keyword(Word::Not) {
            return self.negation(start).map(Piece::Expr);
        }
        if side != Side::Left && (self.is_keyword(Word::Some) || self.is_keyword(Word::Every)) {
            return Err(self.unexpected(""));
        }
        if self.has_operators()
            && self.is_sign(Sign::OPEN_BRACE)
            && let Some(body) = self.braces_of(side)?
        {
            return Ok(Piece::Body(body));
        }
        if self.is_sign(Sign::OPEN)
            && let Some(group) = self.group(side == Side::Left)
        {
            return Ok(Piece::Whole(group));
        }
        let kind = self.expression()?;
        Ok(Piece::Expr(Expr { negated: false, kind, with: Vec::new(), at: self.since(start) }))
    }

    /// Parses what is negated, and the `not` in front of it.
    fn negation(&mut self, start: Span) -> Parsed<Expr> {
        self.advance();
        self.refuse_keyword_under_not()?;
        if !self.future.has(Word::Not) {
            let kind = self.expression()?;
            return Ok(Expr { negated: true, kind, with: Vec::new(), at: self.since(start) });
        }
        let inner = self.token().at;
        let operand = if self.is_sign(Sign::OPEN_BRACE) {
            self.negated_body()?
        } else if self.is_sign(Sign::OPEN)
            && let Some(group) = self.group(false)
        {
            Operand { body: Box::new([group]), explicit: false }
        } else {
            let kind = self.expression()?;
            let expr = Expr { negated: false, kind, with: Vec::new(), at: self.since(inner) };
            Operand { body: Box::new([expr]), explicit: false }
        };
        let kind = ExprKind::Not(Box::new(operand));
        Ok(Expr { negated: false, kind, with: Vec::new(), at: self.since(start) })
    }

    /// Refuses keywords behind `not`, even where they would begin a reference.
    pub(super) fn refuse_keyword_under_not(&mut self) -> Parsed<()> {
        let word = self.token().word;
        let term = matches!(word, Word::Null | Word::True | Word::False | Word::Contains);
        let call = matches!(word, Word::And | Word::Or);
        match word {
            Word::Some => Err(self.unexpected("illegal negation of 'some'")),
            Word::Every if self.is_reserved(word) => Err(self.unexpected("illegal negation of 'every'")),
            _ if self.is_reserved(word) && !term && !call => Err(self.unexpected("")),
            _ => Ok(()),
        }
    }

    fn negated_body(&mut self) -> Parsed<Operand> {
        let (opening, at) = (self.at, self.token().at);
        if let Some(known) = self.terms.get(&opening).cloned() {
            return self.again(known);
        }
        if self.token_at(opening + 1).tok == Tok::Sign(Sign::CLOSE_BRACE) {
            return self.body_in_braces();
        }
        if let Some(operand) = self.attempt(Parser::body_in_braces) {
            self.refuse_bar(opening, &operand, "not ")?;
            return Ok(operand);
        }
        if self.too_deep() {
            return Err(Failed);
        }
        self.terms.insert(opening, None);
        let term = self.attempt(Parser::term);
        if let Some(term) = term.filter(is_container) {
            let text = self.text.get(at.start as usize..term.at.end as usize).unwrap_or_default();
            let message = format!(
                "`{{...}}` in an operand position must contain expression(s), got: {} (hint: write `not ({text})` to negate the value, or `not {{{text}}}` for a body holding it)",
                term.kind_name()
            );
            let failed = self.error(at, message);
            self.remember(opening);
            return Err(failed);
        }
        // Neither: the errors are those of a body.
        self.at = opening;
        self.body_in_braces()
    }

    /// Says once more what is wrong with braces that were tried before: that, or what is wrong with their body.
    fn again(&mut self, known: Option<SyntaxError>) -> Parsed<Operand> {
        match known {
            Some(known) => Err(self.error(known.at, known.message)),
            None => self.body_in_braces(),
        }
    }

    /// Remembers the last error as that of these braces.
    fn remember(&mut self, opening: usize) {
        self.terms.insert(opening, self.errors.last().cloned());
    }

    fn body_in_braces(&mut self) -> Parsed<Operand> {
        self.advance();
        let body = self.query(Sign::CLOSE_BRACE)?;
        self.advance();
        Ok(Operand { body, explicit: true })
    }

    /// Parses an operand in braces, if they hold a body.
    fn braces_of(&mut self, side: Side) -> Parsed<Option<Operand>> {
        let (opening, at) = (self.at, self.token().at);
        let empty = self.token_at(opening + 1).tok == Tok::Sign(Sign::CLOSE_BRACE);
        match side {
            Side::Left => {
                if let Some(known) = self.terms.get(&opening).cloned() {
                    return known.map_or(Ok(None), |known| Err(self.error(known.at, known.message)));
                }
                if empty && matches!(self.token_at(opening + 2).word, Word::And | Word::Or) {
                    return Err(self.error(at, "found empty body"));
                }
                let body = self.attempt(|parser| {
                    let body = parser.body_in_braces()?;
                    if parser.at_operator() { Ok(body) } else { Err(Failed) }
                });
                match &body {
                    Some(body) => self.refuse_bar(opening, body, "")?,
                    None => {
                        self.terms.insert(opening, None);
                    }
                }
                Ok(body)
            }
            Side::Right(word) => {
                if let Some(known) = self.terms.get(&opening).cloned() {
                    return self.again(known).map(Some);
                }
                if let Some(body) = self.attempt(Parser::body_in_braces) {
                    self.refuse_bar(opening, &body, "")?;
                    return Ok(Some(body));
                }
                self.terms.insert(opening, None);
                let name = if word == Word::And { "and" } else { "or" };
                match self.attempt(Parser::expression) {
                    Some(_) if !empty => {
                        let all = Span { start: at.start, end: self.end().end };
                        let failed = self.no_body(name, all);
                        self.remember(opening);
                        Err(failed)
                    }
                    _ => {
                        self.at = opening;
                        self.body_in_braces().map(Some)
                    }
                }
            }
        }
    }

    /// Refuses a body that ends here and would be a comprehension as a term: `{x | y}`.
    fn refuse_bar(&mut self, opening: usize, operand: &Operand, lead: &str) -> Parsed<()> {
        let Some(first) = operand.body.first().filter(|first| is_union(first)) else { return Ok(()) };
        let at = self.token_at(opening).at;
        let text = |from: u32, to: u32| self.text.get(from as usize..to as usize).unwrap_or_default();
        let all = text(at.start, self.end().end);
        let (union, rest) = (text(first.at.start, first.at.end), text(first.at.end, self.end().end));
        let message = format!(
            "ambiguous `{{ ... | ... }}` operand: read as a body holding a set-union expression, not as a comprehension (hint: write `{lead}({all})` for the comprehension, or `{lead}{{({union}){rest}` for the set union)"
        );
        let failed = self.error(at, message);
        self.remember(opening);
        Err(failed)
    }

    /// Parses a group in parentheses, if there is more in them than a term. One that only has `with` of its own must
    /// be an operand, which at the left is seen from the keyword behind it.
    fn group(&mut self, left: bool) -> Option<Expr> {
        let opening = self.at;
        if self.terms.contains_key(&opening) || (left && !self.has_operators()) {
            return None;
        }
        let group = self.attempt(|parser| {
            parser.advance();
            let mut expr = match parser.nested(Parser::disjunction)? {
                Piece::Expr(expr) | Piece::Whole(expr) => expr,
                Piece::Body(_) => return Err(Failed),
            };
            parser.withs(&mut expr.with)?;
            if !parser.eat_sign(Sign::CLOSE) {
                return Err(Failed);
            }
            let negated = expr.negated || matches!(expr.kind, ExprKind::Not(_));
            let group = match &expr.kind {
                ExprKind::Logical(_) => true,
                _ if expr.with.is_empty() => negated,
                // As in OPA, which takes the brace for that of a body: `({1} == x with …) or y` has no group.
                _ => (negated || !parser.begins_with_brace(expr.at)) && (!left || parser.at_operator()),
            };
            if group { Ok(expr) } else { Err(Failed) }
        });
        if group.is_none() {
            self.terms.insert(opening, None);
        }
        group
    }
}

/// Tells whether an expression is `x | y`, written with the sign and without parentheses.
fn is_union(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Term(term) => match &term.kind {
            TermKind::Call(call) => {
                let union = call.operator.as_var().is_some_and(|name| name.as_ref() == "or");
                union && call.operator.at == term.at && !expr.negated
            }
            _ => false,
        },
        _ => false,
    }
}

fn prints(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Term(Term { kind: TermKind::Call(call), .. }) => {
            !expr.negated && call.operator.as_var().is_some_and(|name| name.as_ref() == "print")
        }
        _ => false,
    }
}

fn is_container(term: &Term) -> bool {
    matches!(
        term.kind,
        TermKind::Set(_)
            | TermKind::Object(_)
            | TermKind::SetComprehension(_)
            | TermKind::ObjectComprehension(_)
    )
}
