//! Arrays, sets, objects and comprehensions.
//!
//! `[a | b]` may be a comprehension or a list with one `a | b`: the comprehension is tried first, once for each
//! bracket, so that nested brackets cost no more than their length times their depth.

use super::words::Sign;
use super::{Failed, Parsed, Parser};
use crate::syntax::{Body, Term, TermKind};

impl Parser<'_> {
    pub(super) fn array(&mut self) -> Parsed<Term> {
        let start = self.token().at;
        let opening = self.at;
        self.advance();
        if self.eat_sign(Sign::CLOSE_BRACKET) {
            return Ok(Term { kind: TermKind::Array(Box::default()), at: self.since(start) });
        }
        if self.eat_sign(Sign::COMMA) {
            let items = self.list(Sign::CLOSE_BRACKET, None)?;
            self.advance();
            return Ok(Term { kind: TermKind::Array(items), at: self.since(start) });
        }
        let first = match self.begun(opening, Sign::CLOSE_BRACKET)? {
            Begun::Comprehension(head, body) => {
                let kind = TermKind::ArrayComprehension(Box::new((head, body)));
                return Ok(Term { kind, at: self.since(start) });
            }
            Begun::Item(first) => first,
        };
        let items = self.list_from(Sign::CLOSE_BRACKET, first)?;
        self.advance();
        Ok(Term { kind: TermKind::Array(items), at: self.since(start) })
    }

    /// Parses the first item behind an opening sign, or all of a comprehension and its closing sign.
    fn begun(&mut self, opening: usize, close: Sign) -> Parsed<Begun> {
        if self.plain.contains(&opening) {
            return self.infix_in_list().map(Begun::Item);
        }
        // As deep as an item of a list, which it may turn out to be.
        let head = self.nested(|parser| {
            let head = parser.term()?;
            match parser.is_sign(Sign::OR) {
                true => Ok(Err(head)),
                false => parser.item_from(head).map(Ok),
            }
        })?;
        let head = match head {
            Ok(item) => return Ok(Begun::Item(item)),
            Err(head) => head,
        };
        let body = self.attempt(|parser| {
            parser.advance();
            match parser.query(close) {
                Ok(body) => Ok(Ok(body)),
                // Only where a comma follows can it be a list after all.
                Err(Failed) if parser.is_sign(Sign::COMMA) => Err(Failed),
                Err(Failed) => Ok(Err(Failed)),
            }
        });
        match body {
            Some(Ok(body)) => {
                self.advance();
                Ok(Begun::Comprehension(head, body))
            }
            Some(Err(failed)) => Err(failed),
            None if self.too_deep() => Err(Failed),
            None => {
                self.plain.insert(opening);
                self.nested(|parser| parser.item_from(head)).map(Begun::Item)
            }
        }
    }

    /// Parses a set, an object or a comprehension of these.
    pub(super) fn braces(&mut self) -> Parsed<Term> {
        let start = self.token().at;
        let opening = self.at;
        self.advance();
        if self.eat_sign(Sign::CLOSE_BRACE) {
            return Ok(Term { kind: TermKind::Object(Box::default()), at: self.since(start) });
        }
        let skipped = self.eat_sign(Sign::COMMA);
        let begun = match skipped {
            true => Begun::Item(self.infix_in_list()?),
            false => self.begun(opening, Sign::CLOSE_BRACE)?,
        };
        let first = match begun {
            Begun::Comprehension(head, body) => {
                let kind = TermKind::SetComprehension(Box::new((head, body)));
                return Ok(Term { kind, at: self.since(start) });
            }
            Begun::Item(first) => first,
        };
        if self.is_sign(Sign::COLON) {
            // The colon stands for the value: the next bracket may have a bar of its own.
            let colon = self.at;
            self.advance();
            let begun = match skipped {
                true => Begun::Item(self.infix_in_list()?),
                false => self.begun(colon, Sign::CLOSE_BRACE)?,
            };
            let kind = match begun {
                Begun::Comprehension(value, body) => {
                    TermKind::ObjectComprehension(Box::new((first, value, body)))
                }
                Begun::Item(value) => TermKind::Object(self.entries(first, value, colon + 1)?),
            };
            return Ok(Term { kind, at: self.since(start) });
        }
        if !self.is_sign(Sign::COMMA) && !self.is_sign(Sign::CLOSE_BRACE) {
            return Err(self.unexpected("non-terminated set"));
        }
        let items = match self.eat_sign(Sign::COMMA) {
            true => self.list(Sign::CLOSE_BRACE, Some(first))?,
            false => Box::new([first]),
        };
        self.advance();
        Ok(Term { kind: TermKind::Set(items), at: self.since(start) })
    }

    /// Parses the entries of an object behind the first one, whose value begins at `from`, and the closing brace.
    fn entries(&mut self, first: Term, value: Term, from: usize) -> Parsed<Box<[(Term, Term)]>> {
        let start = self.room.entries.len();
        self.room.entries.push((first, value));
        loop {
            if self.eat_sign(Sign::CLOSE_BRACE) {
                return Ok(self.room.entries.drain(start..).collect());
            }
            if !self.eat_sign(Sign::COMMA) {
                return Err(self.unexpected(if self.room.entries.len() == start + 1 {
                    "non-terminated object"
                } else {
                    "expected \",\" or \"}\""
                }));
            }
            if self.eat_sign(Sign::CLOSE_BRACE) {
                return Ok(self.room.entries.drain(start..).collect());
            }
            let key = self.infix_in_list()?;
            if !self.eat_sign(Sign::COLON) {
                // OPA goes back to the first value, and says that something is wrong from there.
                self.at = from;
                return Err(self.unexpected("non-terminated object"));
            }
            let value = self.infix_in_list()?;
            self.room.entries.push((key, value));
        }
    }

    /// Parses terms up to the closing sign, which stays.
    pub(super) fn list(&mut self, close: Sign, first: Option<Term>) -> Parsed<Box<[Term]>> {
        let from = self.room.terms.len();
        self.room.terms.extend(first);
        while !self.is_sign(close) {
            let item = self.infix_in_list()?;
            self.room.terms.push(item);
            self.between(close)?;
        }
        Ok(self.room.terms.drain(from..).collect())
    }

    /// Goes on behind the first term of a list.
    fn list_from(&mut self, close: Sign, first: Term) -> Parsed<Box<[Term]>> {
        self.between(close)?;
        self.list(close, Some(first))
    }

    fn between(&mut self, close: Sign) -> Parsed<()> {
        match self.is_sign(close) || self.eat_sign(Sign::COMMA) {
            true => Ok(()),
            false => Err(self.unexpected(&format!("expected \",\" or \"{}\"", close.text()))),
        }
    }
}

/// What stands behind an opening sign.
enum Begun {
    Comprehension(Term, Body),
    /// An item of a list, a set or an object.
    Item(Term),
}
