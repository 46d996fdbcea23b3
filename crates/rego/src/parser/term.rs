//! Terms: operators, references, calls and scalars.

use super::lexer::Tok;
use super::words::{Sign, Word};
use super::{Parsed, Parser};
use crate::Number;
use crate::syntax::{Call, ExprKind, Name, Part, Span, Term, TermKind};

/// What may be a membership.
pub(super) enum Member {
    Plain(Term),
    In { key: Option<Term>, value: Term, domain: Term },
}

impl Parser<'_> {
    /// Parses a term with operators; `key, value in xs` counts as one.
    pub(super) fn infix(&mut self) -> Parsed<Term> {
        self.nested(|parser| parser.membership(true))
    }

    /// Parses a term with operators where a comma ends it.
    pub(super) fn infix_in_list(&mut self) -> Parsed<Term> {
        self.nested(|parser| parser.membership(false))
    }

    fn membership(&mut self, with_key: bool) -> Parsed<Term> {
        let left = self.operators(0)?;
        let more = self.is_keyword(Word::In) || (with_key && self.is_sign(Sign::COMMA));
        if !more {
            return Ok(left);
        }
        let member = self.member_from(left, with_key)?;
        Ok(self.member_term(member))
    }

    /// Parses `x in xs` or `key, x in xs`, which is no call yet, or any other term.
    pub(super) fn member(&mut self) -> Parsed<Member> {
        self.nested(|parser| {
            let left = parser.operators(0)?;
            parser.member_from(left, true)
        })
    }

    fn member_from(&mut self, left: Term, with_key: bool) -> Parsed<Member> {
        let mut member = Member::Plain(left);
        if with_key && self.is_sign(Sign::COMMA) && self.future.has(Word::In) {
            let pair = self.attempt(|parser| {
                parser.advance();
                let value = parser.operators(0)?;
                if !parser.eat_keyword(Word::In) {
                    return Err(super::Failed);
                }
                Ok((value, parser.operators(0)?))
            });
            if let (Some((value, domain)), Member::Plain(key)) = (pair, &mut member) {
                let key = Some(std::mem::replace(key, Term::bool(true, Span::default())));
                member = Member::In { key, value, domain };
            }
        }
        for _ in 0..super::MAX_NESTING {
            if !self.is_keyword(Word::In) {
                return Ok(member);
            }
            let value = self.member_term(member);
            self.advance();
            member = Member::In { key: None, value, domain: self.operators(0)? };
        }
        Err(self.too_deep_error())
    }

    /// Makes a call of a membership, as OPA does.
    fn member_term(&mut self, member: Member) -> Term {
        match member {
            Member::Plain(term) => term,
            Member::In { key: None, value, domain } => {
                self.member_call("member_2", Box::new([value, domain]))
            }
            Member::In { key: Some(key), value, domain } => {
                self.member_call("member_3", Box::new([key, value, domain]))
            }
        }
    }

    /// Goes on behind the first term of an item of a list.
    pub(super) fn item_from(&mut self, first: Term) -> Parsed<Term> {
        let left = self.operators_from(first, 0)?;
        if !self.is_keyword(Word::In) {
            return Ok(left);
        }
        let member = self.member_from(left, false)?;
        Ok(self.member_term(member))
    }

    fn member_call(&mut self, name: &str, args: Box<[Term]>) -> Term {
        let at = self.since(args.first().map_or_else(Span::default, |arg| arg.at));
        let steps = [Term::named(self.names.get("internal"), at), Term::text(self.names.get(name), at)];
        let operator = Term { kind: TermKind::Ref(Box::new(steps)), at };
        Term { kind: TermKind::Call(Box::new(Call { operator, args })), at }
    }

    /// Parses a term with operators that bind no looser than this.
    fn operators(&mut self, loosest: usize) -> Parsed<Term> {
        let first = self.term()?;
        self.operators_from(first, loosest)
    }

    /// Goes on behind the first operand.
    fn operators_from(&mut self, first: Term, loosest: usize) -> Parsed<Term> {
        let mut left = first;
        // A chain of operators that bind alike nests to the left.
        let (mut chain, mut before) = (0, usize::MAX);
        loop {
            let Tok::Sign(sign) = self.token().tok else { return Ok(left) };
            let Some((level, name)) = sign.operator().filter(|(level, _)| *level >= loosest) else {
                return Ok(left);
            };
            chain = if level == before { chain + 1 } else { 1 };
            before = level;
            self.advance();
            let right = self.operators(level + 1)?;
            let at = self.since(left.at);
            let operator = Term::named(self.names.get(name), at);
            let args = Box::new([left, right]);
            left = Term { kind: TermKind::Call(Box::new(Call { operator, args })), at };
            if chain == super::MAX_NESTING {
                return Err(self.too_deep_error());
            }
        }
    }

    /// Parses a term without operators.
    pub(super) fn term(&mut self) -> Parsed<Term> {
        self.nested(|parser| {
            if parser.is_sign(Sign::MINUS) && parser.token_at(parser.at + 1).tok == Tok::Ident {
                return parser.opposite();
            }
            let head = parser.primary()?;
            parser.steps(head)
        })
    }

    /// Parses the minus in front of a variable, reference or call: `-x` is `0 - x`.
    fn opposite(&mut self) -> Parsed<Term> {
        let start = self.token().at;
        self.advance();
        let word = self.token().word;
        let named = word == Word::Contains || !self.is_reserved(word) || self.keyword_begins_reference();
        let Some(zero) = Number::parse("0").filter(|_| named) else {
            return Err(self.unexpected("expected number"));
        };
        let args = Box::new([Term { kind: TermKind::Number(zero), at: start }, self.term()?]);
        let at = self.since(start);
        let operator = Term::named(self.names.get("minus"), at);
        Ok(Term { kind: TermKind::Call(Box::new(Call { operator, args })), at })
    }

    fn primary(&mut self) -> Parsed<Term> {
        let at = self.token().at;
        let kind = match self.token().tok {
            Tok::Ident => match self.token().word {
                Word::None => return Ok(self.variable()),
                _ if self.keyword_begins_reference() => return Ok(self.variable()),
                Word::Null => TermKind::Null,
                Word::True => TermKind::Bool(true),
                Word::False => TermKind::Bool(false),
                Word::Contains => return Ok(self.variable()),
                // The builtins of these names are called as ever.
                Word::And | Word::Or if self.opens_call() => return Ok(self.variable()),
                word if self.is_reserved(word) => return Err(self.unexpected("")),
                _ => return Ok(self.variable()),
            },
            Tok::Number => return self.number(false),
            Tok::Sign(Sign::MINUS) => return self.number(true),
            Tok::Str | Tok::Escaped(_) => TermKind::String(self.string().unwrap_or_default()),
            Tok::TemplateStart => return self.template(),
            Tok::Sign(Sign::OPEN_BRACKET) => return self.array(),
            Tok::Sign(Sign::OPEN_BRACE) => return self.braces(),
            Tok::Sign(Sign::OPEN) => {
                self.advance();
                let mut inner = self.infix()?;
                if !self.eat_sign(Sign::CLOSE) {
                    let here = self.token().at;
                    return Err(self.error(here, "non-terminated expression"));
                }
                self.refuse_document(&inner)?;
                inner.at = self.since(at);
                return Ok(inner);
            }
            _ => return Err(self.unexpected("")),
        };
        self.advance();
        Ok(Term { kind, at })
    }

    /// Tells whether arguments follow this word without a space.
    fn opens_call(&self) -> bool {
        let next = self.token_at(self.at + 1);
        !next.spaced && next.tok == Tok::Sign(Sign::OPEN)
    }

    /// Takes this word as a variable; `_` gets a name of its own.
    pub(super) fn variable(&mut self) -> Term {
        let at = self.token().at;
        let word = self.word().unwrap_or_default();
        self.advance();
        if word == "_" {
            return self.wildcard(at);
        }
        Term::named(self.names.get(word), at)
    }

    pub(super) fn wildcard(&mut self, at: Span) -> Term {
        let name = self.names.wildcard(self.wildcards);
        self.wildcards += 1;
        Term::named(name, at)
    }

    fn number(&mut self, negative: bool) -> Parsed<Term> {
        let start = self.token().at;
        if negative {
            self.advance();
            if self.token().tok != Tok::Number {
                return Err(self.unexpected("expected number"));
            }
        }
        let at = start.to(self.token().at);
        let digits = self.token().at;
        let text = self.text.get(digits.start as usize..digits.end as usize).unwrap_or_default();
        let leading_zero =
            text.len() > 1 && text.starts_with('0') && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        if leading_zero {
            return Err(self.unexpected("expected number without leading zero"));
        }
        let number = match negative {
            true => Number::parse(&format!("-{text}")),
            false => Number::parse(text),
        };
        match number {
            Some(number) => {
                self.advance();
                Ok(Term { kind: TermKind::Number(number), at })
            }
            None => Err(self.error(at, "number too big")),
        }
    }

    /// Parses `.x`, `[x]` and `(x)` that follow without a space.
    pub(super) fn steps(&mut self, head: Term) -> Parsed<Term> {
        let mut head = head;
        let start = head.at;
        while !self.token().spaced {
            head = match self.token().tok {
                Tok::Sign(Sign::DOT | Sign::OPEN_BRACKET) => self.reference(head, start)?,
                Tok::Sign(Sign::OPEN) => self.arguments(head)?,
                _ => break,
            };
        }
        Ok(head)
    }

    /// Parses all `.x` and `[x]` that follow a head.
    fn reference(&mut self, head: Term, start: Span) -> Parsed<Term> {
        self.refuse_scalar(&head)?;
        let from = self.room.terms.len();
        match head.kind {
            TermKind::Ref(before) => self.room.terms.extend(before),
            _ => self.room.terms.push(head),
        }
        while !self.token().spaced {
            match self.token().tok {
                Tok::Sign(Sign::DOT) => {
                    self.advance();
                    let step = self.name_step()?;
                    self.room.terms.push(step);
                }
                Tok::Sign(Sign::OPEN_BRACKET) => {
                    self.advance();
                    let step = self.infix()?;
                    if !self.eat_sign(Sign::CLOSE_BRACKET) {
                        return Err(self.unexpected("expected ]"));
                    }
                    self.room.terms.push(step);
                }
                _ => break,
            }
        }
        let steps = self.room.terms.drain(from..).collect();
        Ok(Term { kind: TermKind::Ref(steps), at: self.since(start) })
    }

    fn refuse_scalar(&mut self, head: &Term) -> Parsed<()> {
        match head.kind {
            TermKind::Null
            | TermKind::Bool(_)
            | TermKind::Number(_)
            | TermKind::String(_)
            | TermKind::Template(_) => {
                Err(self.error(head.at, format!("illegal ref (head cannot be {})", head.kind_name())))
            }
            _ => Ok(()),
        }
    }

    /// Refuses to go on behind a reference in parentheses; `input` and `data` are references, too.
    fn refuse_document(&mut self, inner: &Term) -> Parsed<()> {
        let follows = matches!(self.token().tok, Tok::Sign(Sign::DOT | Sign::OPEN_BRACKET | Sign::OPEN));
        let document = match &inner.kind {
            TermKind::Var(name) => matches!(name.as_ref(), "input" | "data"),
            TermKind::Ref(_) => true,
            _ => false,
        };
        match follows && !self.token().spaced && document {
            true => Err(self.error(inner.at, "illegal ref (head cannot be ref)")),
            false => Ok(()),
        }
    }

    fn name_step(&mut self) -> Parsed<Term> {
        let at = self.token().at;
        match self.word() {
            Some(word) if !self.token().spaced => {
                self.advance();
                Ok(Term::text(self.names.get(word), at))
            }
            _ => Err(self.unexpected("expected ident")),
        }
    }

    fn arguments(&mut self, operator: Term) -> Parsed<Term> {
        if !operator.is_dotted() {
            let message = format!("illegal call (operator cannot be {})", operator.kind_name());
            return Err(self.error(operator.at, message));
        }
        self.advance();
        let start = operator.at;
        let args = self.list(Sign::CLOSE, None)?;
        self.advance();
        let at = self.since(start);
        if args.is_empty() && operator.as_var().is_some_and(|name| name.as_ref() == "set") {
            return Ok(Term { kind: TermKind::Set(Box::default()), at });
        }
        Ok(Term { kind: TermKind::Call(Box::new(Call { operator, args })), at })
    }

    fn template(&mut self) -> Parsed<Term> {
        let start = self.token().at;
        self.advance();
        let mut parts = Vec::new();
        loop {
            match self.token().tok {
                Tok::TemplateText(text) => {
                    let text = self.kept(text);
                    if !text.is_empty() {
                        parts.push(Part::Text(Name::from(text)));
                    }
                    self.advance();
                }
                Tok::TemplateOpen => {
                    self.advance();
                    parts.push(self.template_expression()?);
                }
                Tok::TemplateEnd => {
                    self.advance();
                    return Ok(Term { kind: TermKind::Template(parts.into()), at: self.since(start) });
                }
                _ => return Err(self.unexpected("")),
            }
        }
    }

    fn template_expression(&mut self) -> Parsed<Part> {
        let expr = self.literal()?;
        let wrong = match &expr.kind {
            _ if expr.negated => Some("unexpected negation ('not') in template-string expression"),
            ExprKind::Unify(..) => Some("unexpected unification ('=') in template-string expression"),
            ExprKind::Assign(..) => Some("unexpected assignment (':=') in template-string expression"),
            ExprKind::Every { .. } => Some("unexpected 'every' in template-string expression"),
            ExprKind::Not(_) => Some("unexpected negation ('not') in template-string expression"),
            ExprKind::Logical(logical) if logical.and => {
                Some("unexpected 'and' in template-string expression")
            }
            ExprKind::Logical(_) => Some("unexpected 'or' in template-string expression"),
            ExprKind::Some(_) | ExprKind::SomeIn { .. } => {
                Some("unexpected 'some' in template-string expression")
            }
            ExprKind::Term(_) => None,
        };
        if let Some(wrong) = wrong {
            return Err(self.error(expr.at, wrong));
        }
        if self.token().tok != Tok::TemplateClose {
            let at = self.token().at;
            return Err(self.error(at, "expected } to end template string expression"));
        }
        self.advance();
        Ok(Part::Expr(expr))
    }
}
