//! Arrays, sets, objects and comprehensions.
//!
//! `[a | b]` may be a comprehension or a list with one `a | b`: the comprehension is tried first, once for each
//! bracket, so that nested brackets cost no more than their length times their depth.

use super::{Failed, Parsed, Parser};
use crate::syntax::{Body, Term, TermKind};

impl Parser<'_> {
    pub(super) fn array(&mut self) -> Parsed<Term> {
        let start = self.token().at;
        let opening = self.at;
        self.advance();
        if self.eat_sign("]") {
            return Ok(Term { kind: TermKind::Array(Vec::new()), at: self.since(start) });
        }
        let skipped = self.eat_sign(",");
        if !skipped && let Some((head, body)) = self.comprehension(opening, "]", Parser::term)? {
            let kind = TermKind::ArrayComprehension(Box::new(head), body);
            return Ok(Term { kind, at: self.since(start) });
        }
        let items = self.list("]", Vec::new())?;
        self.advance();
        Ok(Term { kind: TermKind::Array(items), at: self.since(start) })
    }

    /// Tries `head | body` up to the closing sign.
    fn comprehension<T>(
        &mut self,
        opening: usize,
        close: &str,
        head: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<Option<(T, Body)>> {
        if self.plain.contains(&opening) {
            return Ok(None);
        }
        let mut found_bar = None;
        let found = self.attempt(|parser| {
            let head = head(parser)?;
            if !parser.is_sign("|") {
                return Err(Failed);
            }
            found_bar = Some(parser.at);
            parser.advance();
            let body = parser.query(close);
            match body {
                Ok(body) => Ok(Ok((head, body))),
                // Only where a comma follows can it be a list after all.
                Err(Failed) if parser.is_sign(",") => Err(Failed),
                Err(Failed) => Ok(Err(Failed)),
            }
        });
        match found {
            Some(Ok(found)) => {
                self.advance();
                Ok(Some(found))
            }
            Some(Err(failed)) => Err(failed),
            None if self.too_deep() => Err(Failed),
            None => {
                self.plain.insert(opening);
                Ok(None)
            }
        }
    }

    /// Parses a set, an object or a comprehension of these.
    pub(super) fn braces(&mut self) -> Parsed<Term> {
        let start = self.token().at;
        let opening = self.at;
        self.advance();
        if self.eat_sign("}") {
            return Ok(Term { kind: TermKind::Object(Vec::new()), at: self.since(start) });
        }
        let skipped = self.eat_sign(",");
        if !skipped && let Some((head, body)) = self.comprehension(opening, "}", Parser::term)? {
            let kind = TermKind::SetComprehension(Box::new(head), body);
            return Ok(Term { kind, at: self.since(start) });
        }
        let first = self.infix_in_list()?;
        if self.is_sign(":") {
            self.advance();
            let after_colon = self.at;
            if !skipped && let Some((value, body)) = self.comprehension(after_colon, "}", Parser::term)? {
                let kind = TermKind::ObjectComprehension(Box::new(first), Box::new(value), body);
                return Ok(Term { kind, at: self.since(start) });
            }
            let entries = self.entries(first)?;
            return Ok(Term { kind: TermKind::Object(entries), at: self.since(start) });
        }
        if !self.is_sign(",") && !self.is_sign("}") {
            return Err(self.unexpected("non-terminated set"));
        }
        let items = match self.eat_sign(",") {
            true => self.list("}", vec![first])?,
            false => vec![first],
        };
        self.advance();
        Ok(Term { kind: TermKind::Set(items), at: self.since(start) })
    }

    /// Parses the entries of an object behind the first key and its colon, and the closing brace.
    fn entries(&mut self, first: Term) -> Parsed<Vec<(Term, Term)>> {
        let value = self.infix_in_list()?;
        let mut entries = vec![(first, value)];
        loop {
            if self.eat_sign("}") {
                return Ok(entries);
            }
            if !self.eat_sign(",") {
                return Err(self.unexpected(if entries.len() == 1 {
                    "non-terminated object"
                } else {
                    "expected \",\" or \"}\""
                }));
            }
            if self.eat_sign("}") {
                return Ok(entries);
            }
            let key = self.infix_in_list()?;
            if !self.eat_sign(":") {
                return Err(self.unexpected("expected \":\""));
            }
            entries.push((key, self.infix_in_list()?));
        }
    }

    /// Parses terms up to the closing sign, which stays.
    pub(super) fn list(&mut self, close: &str, mut items: Vec<Term>) -> Parsed<Vec<Term>> {
        while !self.is_sign(close) {
            items.push(self.infix_in_list()?);
            if !self.is_sign(close) && !self.eat_sign(",") {
                return Err(self.unexpected(&format!("expected \",\" or \"{close}\"")));
            }
        }
        Ok(items)
    }
}
