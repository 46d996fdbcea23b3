//! Queries: operations and fragments.

use crate::Value;

use super::parser::{Entries, Parsed, Parser, node};
use super::words::Word;

/// Parses a query document.
pub(super) fn parse(text: &str) -> Parsed<Value> {
    let mut parser = Parser::new(text);
    let (mut operations, mut fragments) = (Vec::new(), Vec::new());
    while !parser.at_end() {
        match parser.peek_name() {
            Some("query" | "mutation" | "subscription") => operations.push(parser.operation()?),
            Some("fragment") => fragments.push(parser.fragment()?),
            _ if parser.is("{") => {
                let selections = parser.selections(true)?;
                operations.push(node(vec![
                    ("Operation", "query".into()),
                    ("Name", "".into()),
                    ("SelectionSet", selections),
                ]));
            }
            _ => return parser.unexpected(),
        }
    }
    Ok(node(vec![("Operations", Value::array(operations)), ("Fragments", Value::array(fragments))]))
}

impl Parser {
    fn operation(&mut self) -> Parsed<Value> {
        let operation = self.name()?;
        let name = match self.peek_name() {
            Some(_) => self.name()?,
            None => String::new(),
        };
        let variables = self.variables()?;
        let directives = self.directives(false)?;
        let selections = self.selections(true)?;
        Ok(node(vec![
            ("Operation", operation.into()),
            ("Name", name.into()),
            ("VariableDefinitions", variables),
            ("Directives", directives),
            ("SelectionSet", selections),
        ]))
    }

    fn variables(&mut self) -> Parsed<Value> {
        self.some("(", ")", |parser| {
            parser.expect("$")?;
            let mut entries: Entries = vec![("Variable", parser.name()?.into())];
            parser.expect(":")?;
            entries.push(("Type", parser.type_reference()?));
            if parser.eat("=") {
                entries.push(("DefaultValue", parser.value(true)?));
            }
            entries.push(("Directives", parser.directives(false)?));
            entries.push(("Used", false.into()));
            Ok(node(entries))
        })
    }

    fn fragment(&mut self) -> Parsed<Value> {
        self.advance();
        if self.peek_name() == Some("on") {
            return self.unexpected();
        }
        let name = self.name()?;
        let variables = self.variables()?;
        self.keyword("on")?;
        let condition = self.name()?;
        let directives = self.directives(false)?;
        let selections = self.selections(true)?;
        Ok(node(vec![
            ("Name", name.into()),
            ("VariableDefinition", variables),
            ("TypeCondition", condition.into()),
            ("Directives", directives),
            ("SelectionSet", selections),
        ]))
    }

    fn selections(&mut self, required: bool) -> Parsed<Value> {
        if required && !self.is("{") {
            return self.expected("{");
        }
        self.deeper(|parser| parser.some("{", "}", Parser::selection))
    }

    fn selection(&mut self) -> Parsed<Value> {
        if !self.eat("...") {
            return self.field();
        }
        if let Some(name) = self.peek_name().filter(|name| *name != "on").map(str::to_string) {
            self.advance();
            return Ok(node(vec![("Name", name.into()), ("Directives", self.directives(false)?)]));
        }
        let mut condition = String::new();
        if matches!(&self.token().word, Word::Name(_)) {
            self.advance();
            condition = self.name()?;
        }
        let directives = self.directives(false)?;
        let selections = self.selections(true)?;
        Ok(node(vec![
            ("TypeCondition", condition.into()),
            ("Directives", directives),
            ("SelectionSet", selections),
        ]))
    }

    fn field(&mut self) -> Parsed<Value> {
        let alias = self.name()?;
        let name = match self.eat(":") {
            true => self.name()?,
            false => alias.clone(),
        };
        let arguments = self.arguments(false)?;
        let directives = self.directives(false)?;
        let selections = self.selections(false)?;
        Ok(node(vec![
            ("Alias", alias.into()),
            ("Name", name.into()),
            ("Arguments", arguments),
            ("Directives", directives),
            ("SelectionSet", selections),
        ]))
    }
}
