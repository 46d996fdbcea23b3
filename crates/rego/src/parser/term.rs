//! Terms: operators, references, calls and scalars.

use super::lexer::Tok;
use super::{Parsed, Parser};
use crate::Number;
use crate::syntax::{Call, ExprKind, Name, Part, Span, Term, TermKind};

/// Binary operators by precedence, loosest first, with the builtins they stand for.
const OPERATORS: &[&[(&str, &str)]] = &[
    &[("==", "equal"), ("!=", "neq"), ("<", "lt"), (">", "gt"), ("<=", "lte"), (">=", "gte")],
    &[("|", "or")],
    &[("&", "and")],
    &[("+", "plus"), ("-", "minus")],
    &[("*", "mul"), ("/", "div"), ("%", "rem")],
];

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
        let mut left = self.operators(0)?;
        if with_key && self.is_sign(",") && self.future.contains("in") {
            let pair = self.attempt(|parser| {
                parser.advance();
                let value = parser.operators(0)?;
                if !parser.eat_keyword("in") {
                    return Err(super::Failed);
                }
                Ok((value, parser.operators(0)?))
            });
            if let Some((value, domain)) = pair {
                left = self.call("internal.member_3", vec![left, value, domain]);
            }
        }
        for _ in 0..super::MAX_NESTING {
            if !self.is_keyword("in") {
                return Ok(left);
            }
            self.advance();
            let domain = self.operators(0)?;
            left = self.call("internal.member_2", vec![left, domain]);
        }
        Err(self.too_deep_error())
    }

    fn call(&self, name: &str, args: Vec<Term>) -> Term {
        let at = self.since(args.first().map_or_else(Span::default, |arg| arg.at));
        let mut steps = name.split('.').map(|step| Term::string(step, at));
        let operator = match name.split_once('.') {
            None => Term::var(name, at),
            Some((first, _)) => {
                steps.next();
                let kind = TermKind::Ref(std::iter::once(Term::var(first, at)).chain(steps).collect());
                Term { kind, at }
            }
        };
        Term { kind: TermKind::Call(Box::new(Call { operator, args })), at }
    }

    fn operators(&mut self, level: usize) -> Parsed<Term> {
        let Some(operators) = OPERATORS.get(level) else { return self.term() };
        let mut left = self.operators(level + 1)?;
        // A chain of operators nests to the left.
        for _ in 0..super::MAX_NESTING {
            let Tok::Sign(sign) = self.token().tok else { return Ok(left) };
            let Some((_, name)) = operators.iter().find(|(have, _)| *have == sign) else { return Ok(left) };
            self.advance();
            let right = self.operators(level + 1)?;
            left = self.call(name, vec![left, right]);
        }
        Err(self.too_deep_error())
    }

    /// Parses a term without operators.
    pub(super) fn term(&mut self) -> Parsed<Term> {
        self.nested(|parser| {
            let head = parser.primary()?;
            parser.steps(head)
        })
    }

    fn primary(&mut self) -> Parsed<Term> {
        let at = self.token().at;
        let kind = match self.token().tok.clone() {
            Tok::Ident => {
                let word = self.word().unwrap_or_default();
                match word {
                    _ if self.keyword_begins_reference() => return Ok(self.variable()),
                    "null" => TermKind::Null,
                    "true" => TermKind::Bool(true),
                    "false" => TermKind::Bool(false),
                    "contains" => TermKind::Var(Name::from(word)),
                    _ if self.is_reserved(word) => {
                        return Err(self.unexpected(""));
                    }
                    _ => return Ok(self.variable()),
                }
            }
            Tok::Number => return self.number(false),
            Tok::Sign("-") => return self.number(true),
            Tok::Str(text) => TermKind::String(Name::from(text)),
            Tok::TemplateStart => return self.template(),
            Tok::Sign("[") => return self.array(),
            Tok::Sign("{") => return self.braces(),
            Tok::Sign("(") => {
                self.advance();
                let mut inner = self.infix()?;
                if !self.eat_sign(")") {
                    let here = self.token().at;
                    return Err(self.error(here, "non-terminated expression"));
                }
                inner.at = self.since(at);
                return Ok(inner);
            }
            _ => return Err(self.unexpected("")),
        };
        self.advance();
        Ok(Term { kind, at })
    }

    /// Takes this word as a variable; `_` gets a name of its own.
    pub(super) fn variable(&mut self) -> Term {
        let at = self.token().at;
        let word = self.word().unwrap_or_default();
        self.advance();
        if word == "_" {
            return self.wildcard(at);
        }
        Term::var(word, at)
    }

    pub(super) fn wildcard(&mut self, at: Span) -> Term {
        let name = format!("${}", self.wildcards);
        self.wildcards += 1;
        Term::var(&name, at)
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
        let signed = format!("{}{text}", if negative { "-" } else { "" });
        let leading_zero =
            text.len() > 1 && text.starts_with('0') && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        if leading_zero {
            return Err(self.unexpected("expected number without leading zero"));
        }
        match Number::parse(&signed) {
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
        let mut steps: Vec<Term> = Vec::new();
        let start = head.at;
        loop {
            if self.token().spaced {
                break;
            }
            match self.token().tok {
                Tok::Sign(".") => {
                    self.refuse_scalar(&head)?;
                    self.advance();
                    steps.push(self.name_step()?);
                }
                Tok::Sign("[") => {
                    self.refuse_scalar(&head)?;
                    self.advance();
                    let step = self.infix()?;
                    if !self.eat_sign("]") {
                        return Err(self.unexpected("expected ]"));
                    }
                    steps.push(step);
                }
                Tok::Sign("(") => {
                    let operator = reference(head, std::mem::take(&mut steps), self.since(start));
                    head = self.arguments(operator)?;
                }
                _ => break,
            }
        }
        Ok(reference(head, steps, self.since(start)))
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

    fn name_step(&mut self) -> Parsed<Term> {
        let at = self.token().at;
        match self.word() {
            Some(word) if !self.token().spaced => {
                self.advance();
                Ok(Term::string(word, at))
            }
            _ => Err(self.unexpected("expected ident")),
        }
    }

    fn arguments(&mut self, operator: Term) -> Parsed<Term> {
        if operator.dotted().is_none() {
            let message = format!("illegal call (operator cannot be {})", operator.kind_name());
            return Err(self.error(operator.at, message));
        }
        self.advance();
        let start = operator.at;
        let args = self.list(")", Vec::new())?;
        self.advance();
        let at = self.since(start);
        if args.is_empty() && operator.as_var().is_some_and(|name| name.as_ref() == "set") {
            return Ok(Term { kind: TermKind::Set(Vec::new()), at });
        }
        Ok(Term { kind: TermKind::Call(Box::new(Call { operator, args })), at })
    }

    fn template(&mut self) -> Parsed<Term> {
        let start = self.token().at;
        self.advance();
        let mut parts = Vec::new();
        loop {
            match self.token().tok.clone() {
                Tok::TemplateText(text) => {
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
                    return Ok(Term { kind: TermKind::Template(parts), at: self.since(start) });
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

/// Makes a reference, or returns the head if there is no step.
pub(super) fn reference(head: Term, mut steps: Vec<Term>, at: Span) -> Term {
    if steps.is_empty() {
        return head;
    }
    let kind = match head.kind {
        TermKind::Ref(mut before) => {
            before.append(&mut steps);
            TermKind::Ref(before)
        }
        kind => {
            steps.insert(0, Term { kind, at: head.at });
            TermKind::Ref(steps)
        }
    };
    Term { kind, at }
}
