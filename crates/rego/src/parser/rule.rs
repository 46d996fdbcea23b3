//! Rules: heads, bodies, `else`.

use super::lexer::Tok;
use super::words::{Sign, Word};
use super::{Parsed, Parser};
use crate::Version;
use crate::syntax::{Body, Expr, ExprKind, Head, Rule, Span, Term, TermKind, is_wildcard};

impl Parser<'_> {
    /// Parses a rule; several of them if bodies are chained as `p { … } { … }`.
    pub(super) fn rules(&mut self, rules: &mut Vec<Rule>) -> Parsed<()> {
        let start = self.token().at;
        let default = self.is_keyword(Word::Default);
        if default {
            self.advance();
        }
        let word = self.token().word;
        let operator = matches!(word, Word::And | Word::Or) && !default;
        let named = !self.is_reserved(word) || operator || word == Word::Contains;
        let begins = self.token().tok == Tok::Ident && (named || self.keyword_begins_reference());
        if !begins {
            return Err(self.unexpected(""));
        }
        let (mut head, contains) = self.head(default)?;
        if default {
            rules.push(self.default_rule(head, start)?);
            return Ok(());
        }
        let has_if = self.is_keyword(Word::If);
        self.check_keywords(&head, has_if, contains)?;
        if !has_if && !contains && head.args.is_none() && head.reference.len() == 2 && head.value.is_none() {
            // `p[x]` without `if` is a set.
            head.key = head.reference.pop();
        } else if !contains && head.value.is_none() {
            head.value = Some(Term::bool(true, head.at));
        }
        let has_body = has_if || self.is_sign(Sign::OPEN_BRACE);
        let body = self.rule_body(has_if, &head, contains)?;
        if !has_body && !contains && self.at_operator() {
            // Without a body it is an expression, which goes on.
            return Err(self.unexpected(""));
        }
        let otherwise = if self.is_keyword(Word::Else) {
            if !has_body {
                return Err(self.unexpected(""));
            }
            if head.reference.len() > 1 && !is_ground(&head.reference) {
                let at = self.token().at;
                return Err(self.error(at, "else keyword cannot be used on rules with variables in head"));
            }
            if head.key.is_some() {
                let at = self.token().at;
                return Err(self.error(at, "else keyword cannot be used on multi-value rules"));
            }
            Some(Box::new(self.otherwise(&head)?))
        } else {
            None
        };
        rules.push(Rule { default, head, body, otherwise, at: self.since(start) });
        let first = rules.len() - 1;
        while self.is_sign(Sign::OPEN_BRACE) {
            self.chained(rules, first)?;
        }
        Ok(())
    }

    fn chained(&mut self, rules: &mut Vec<Rule>, first: usize) -> Parsed<()> {
        let start = self.token().at;
        let Some(first) = rules.get(first) else { return Ok(()) };
        if first.otherwise.is_some() {
            return Err(self.error(start, "expected else keyword"));
        }
        if self.version == Version::V1 || self.future.has(Word::If) {
            return Err(self.unexpected(""));
        }
        let mut head = first.head.clone();
        self.advance();
        let body = self.query(Sign::CLOSE_BRACE)?;
        self.advance();
        self.renew_wildcards(&mut head);
        head.at = start;
        rules.push(Rule { default: false, head, body, otherwise: None, at: self.since(start) });
        Ok(())
    }

    /// Each definition has unnamed arguments of its own.
    fn renew_wildcards(&mut self, head: &mut Head) {
        for arg in head.args.iter_mut().flatten() {
            if arg.as_var().is_some_and(|name| is_wildcard(name)) {
                *arg = self.wildcard(arg.at);
            }
        }
    }

    fn check_keywords(&mut self, head: &Head, has_if: bool, contains: bool) -> Parsed<()> {
        let bare = !has_if && !contains && head.args.is_none() && head.value.is_none();
        if bare && head.reference.len() == 1 && !self.is_sign(Sign::OPEN_BRACE) {
            return Err(self.error(head.at, "var cannot be used for rule name"));
        }
        if self.version != Version::V1 {
            return Ok(());
        }
        if !has_if && !contains && head.value.is_none() && head.args.is_some() && is_builtin(head) {
            // A call that slipped out of its body.
            return Err(self.error(head.at, "rule name conflicts with built-in function"));
        }
        if self.is_sign(Sign::OPEN_BRACE) && !has_if {
            return Err(self.error(head.at, "`if` keyword is required before rule body"));
        }
        if bare && head.reference.len() == 2 {
            return Err(self.error(head.at, "`contains` keyword is required for partial set rules"));
        }
        if bare {
            return Err(self.error(head.at, "rule must have value assignment and/or body declaration"));
        }
        Ok(())
    }

    fn head(&mut self, default: bool) -> Parsed<(Head, bool)> {
        let start = self.token().at;
        let name = match self.word() {
            Some(_) => self.variable(),
            None => return Err(self.unexpected("expected rule head name")),
        };
        // Here, and only here, a space may stand before the first step: `deny [x] { … }`.
        if let Some(token) = self.tokens.get_mut(self.at)
            && matches!(token.tok, Tok::Sign(Sign::OPEN_BRACKET | Sign::OPEN))
            && !token.newline
        {
            token.spaced = false;
        }
        let term = self.steps(name)?;
        let (reference_term, args) = match term.kind {
            // `f()` without arguments is a rule like any other.
            TermKind::Call(call) => (call.operator, Some(call.args).filter(|args| !args.is_empty())),
            _ => (term, None),
        };
        let steps = match reference_term.kind {
            TermKind::Ref(steps) => steps.into_vec(),
            kind => vec![Term { kind, at: reference_term.at }],
        };
        if steps.first().is_none_or(|first| first.as_var().is_none()) {
            return Err(self.unexpected("rule head ref invalid"));
        }
        let mut head = Head { reference: steps, args, key: None, value: None, assign: false, at: start };
        if self.is_keyword(Word::Contains) {
            if head.args.is_some() {
                let note = "the contains keyword can only be used with multi-value rule definitions (e.g., p contains <VALUE> { ... })";
                return Err(self.unexpected(note));
            }
            self.advance();
            head.key = Some(self.infix()?);
            head.at = self.since(start);
            return Ok((head, true));
        }
        if self.is_sign(Sign::ASSIGN) || self.is_sign(Sign::UNIFY) {
            head.assign = self.is_sign(Sign::ASSIGN);
            self.advance();
            if self.token().tok == Tok::Eof {
                let name = name_of(&head);
                let what = if default { "default rule" } else { "rule" };
                let lead = if default { "default " } else { "" };
                return Err(self.unexpected(&format!(
                    "expected {what} value term (e.g., {lead}{name} := <VALUE> {{ ... }})"
                )));
            }
            head.value = Some(self.infix()?);
        }
        head.at = self.since(start);
        Ok((head, false))
    }

    fn default_rule(&mut self, mut head: Head, start: Span) -> Parsed<Rule> {
        let at = self.since(start);
        if head.value.is_none() && self.version != Version::V1 {
            return Err(self.error(at, "illegal default rule (must have a value)"));
        }
        let value = head.value.get_or_insert_with(|| Term::bool(true, at));
        let mut wrong = None;
        crate::syntax::each_term(value, &mut |term| match term.kind {
            TermKind::ArrayComprehension(..)
            | TermKind::SetComprehension(..)
            | TermKind::ObjectComprehension(..) => false,
            TermKind::Var(_) | TermKind::Ref(_) | TermKind::Call(_) => {
                wrong.get_or_insert((term.at, term.kind_name()));
                false
            }
            _ => true,
        });
        if let Some((at, kind)) = wrong {
            return Err(self.error(at, format!("illegal default rule (value cannot contain {kind})")));
        }
        for arg in head.args.iter().flatten() {
            if arg.as_var().is_none() && self.version == Version::V1 {
                let kind = arg.kind_name();
                let message = format!("illegal default rule (arguments cannot contain {kind})");
                return Err(self.error(arg.at, message));
            }
        }
        let body = Box::new([truth(at)]);
        Ok(Rule { default: true, head, body, otherwise: None, at })
    }

    fn rule_body(&mut self, has_if: bool, head: &Head, contains: bool) -> Parsed<Body> {
        if has_if {
            self.advance();
            return self.if_body();
        }
        if self.is_sign(Sign::OPEN_BRACE) {
            self.advance();
            let body = self.query(Sign::CLOSE_BRACE)?;
            self.advance();
            return Ok(body);
        }
        let function = self.version == Version::V1 && head.args.is_some();
        if contains || function || head.assign || head.value.is_some() || head.key.is_some() {
            return Ok(Box::new([truth(head.at)]));
        }
        Err(self.unexpected(""))
    }

    /// Parses what follows `if`: one expression, or a body in braces.
    fn if_body(&mut self) -> Parsed<Body> {
        if !self.is_sign(Sign::OPEN_BRACE) {
            return Ok(Box::new([self.literal()?]));
        }
        // Braces may begin a comprehension or an object that is compared, too.
        let opening = self.at;
        let known = self.errors.len();
        let body = self.attempt(|parser| {
            parser.advance();
            let body = parser.query(Sign::CLOSE_BRACE)?;
            parser.advance();
            // `{x | …} == y` was no body.
            if matches!(
                parser.token().tok,
                Tok::Sign(
                    Sign::EQUAL
                        | Sign::NOT_EQUAL
                        | Sign::UNIFY
                        | Sign::ASSIGN
                        | Sign::LESS
                        | Sign::GREATER
                        | Sign::AT_MOST
                        | Sign::AT_LEAST
                        | Sign::OR
                        | Sign::AND
                        | Sign::MINUS
                )
            ) && !parser.token().newline
            {
                return Err(super::Failed);
            }
            let step = matches!(parser.token().tok, Tok::Sign(Sign::DOT | Sign::OPEN_BRACKET));
            if (step && !parser.token().spaced) || parser.is_keyword(Word::In) {
                return Err(super::Failed);
            }
            // `{ … } or { … }` is one expression, and `{x | …}` a comprehension.
            if parser.at_operator() || begins_with_bar(&body) {
                return Err(super::Failed);
            }
            Ok(body)
        });
        if let Some(body) = body {
            return Ok(body);
        }
        if self.too_deep() {
            return Err(super::Failed);
        }
        if let Some(expr) = self.attempt(|parser| {
            let expr = parser.literal()?;
            match &expr.kind {
                ExprKind::Term(Term { kind: TermKind::Set(_), .. }) => Err(super::Failed),
                _ => Ok(expr),
            }
        }) {
            return Ok(Box::new([expr]));
        }
        // Neither: the errors are those of a body.
        self.at = opening;
        self.errors.truncate(known);
        self.advance();
        let body = self.query(Sign::CLOSE_BRACE)?;
        self.advance();
        Ok(body)
    }

    fn otherwise(&mut self, head: &Head) -> Parsed<Rule> {
        self.nested(|parser| {
            let start = parser.token().at;
            parser.advance();
            let mut own = head.clone();
            parser.renew_wildcards(&mut own);
            own.value = Some(Term::bool(true, start));
            let mut has_value = false;
            if parser.is_sign(Sign::ASSIGN) || parser.is_sign(Sign::UNIFY) {
                own.assign = parser.is_sign(Sign::ASSIGN);
                parser.advance();
                own.value = Some(parser.infix()?);
                has_value = true;
            } else if !parser.is_sign(Sign::OPEN_BRACE) && !parser.is_keyword(Word::If) {
                return Err(parser.unexpected("expected else value term or rule body"));
            }
            own.at = parser.since(start);
            let has_if = parser.eat_keyword(Word::If);
            if !has_if && parser.is_sign(Sign::OPEN_BRACE) && parser.version == Version::V1 {
                return Err(parser.error(own.at, "`if` keyword is required before rule body"));
            }
            let has_body = has_if || parser.is_sign(Sign::OPEN_BRACE);
            let body = if parser.is_sign(Sign::OPEN_BRACE) {
                // Behind `else`, unlike behind a head, braces are never an object, a set or an operand.
                parser.advance();
                let body = parser.query(Sign::CLOSE_BRACE)?;
                parser.advance();
                body
            } else if has_if {
                Box::new([parser.literal()?])
            } else if has_value {
                Box::new([truth(own.at)])
            } else {
                return Err(parser.unexpected("rule body expected"));
            };
            let otherwise = match parser.is_keyword(Word::Else) && has_body {
                true => Some(Box::new(parser.otherwise(head)?)),
                false => None,
            };
            Ok(Rule { default: false, head: own, body, otherwise, at: parser.since(start) })
        })
    }
}

/// Tells whether the first thing in a body is a term and a bar, as in a comprehension.
fn begins_with_bar(body: &Body) -> bool {
    let mut first = body.first();
    while let Some(Expr { kind: ExprKind::Logical(logical), .. }) = first {
        first = logical.left.body.first().filter(|_| !logical.left.explicit);
    }
    let first = first.filter(|expr| !expr.negated).map(|expr| &expr.kind);
    let Some(ExprKind::Term(term) | ExprKind::Unify(term, _) | ExprKind::Assign(term, _)) = first else {
        return false;
    };
    let (mut term, mut bar) = (term, false);
    // The first operand of an operator is what it stands behind.
    while let TermKind::Call(call) = &term.kind
        && call.operator.at == term.at
        && let Some(left) = call.args.first()
    {
        bar = call.operator.as_var().is_some_and(|name| name.as_ref() == "or");
        term = left;
    }
    bar
}

fn is_builtin(head: &Head) -> bool {
    crate::builtins::find(&name_of(head)).is_some()
}

fn name_of(head: &Head) -> String {
    match head.reference.as_slice() {
        [name] => name.dotted().map(std::borrow::Cow::into_owned),
        steps => {
            Term { kind: TermKind::Ref(steps.into()), at: head.at }.dotted().map(std::borrow::Cow::into_owned)
        }
    }
    .unwrap_or_else(|| "p".to_string())
}

fn is_ground(reference: &[Term]) -> bool {
    reference.iter().skip(1).all(|step| {
        let mut ground = true;
        crate::syntax::each_term(step, &mut |term| {
            ground &= !matches!(term.kind, TermKind::Var(_) | TermKind::Ref(_) | TermKind::Call(_));
            ground
        });
        ground
    })
}

/// The body of a rule that has none: `true`.
fn truth(at: Span) -> Expr {
    Expr { negated: false, kind: ExprKind::Term(Term::bool(true, at)), with: Vec::new(), at }
}
