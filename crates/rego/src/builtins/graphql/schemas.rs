//! Schemas: type, directive and schema definitions.

use crate::Value;

use super::parser::{Entries, Parsed, Parser, node};
use super::words::Word;

/// Where directives may stand.
const LOCATIONS: &[&str] = &[
    "QUERY",
    "MUTATION",
    "SUBSCRIPTION",
    "FIELD",
    "FRAGMENT_DEFINITION",
    "FRAGMENT_SPREAD",
    "INLINE_FRAGMENT",
    "VARIABLE_DEFINITION",
    "SCHEMA",
    "SCALAR",
    "OBJECT",
    "FIELD_DEFINITION",
    "ARGUMENT_DEFINITION",
    "INTERFACE",
    "UNION",
    "ENUM",
    "ENUM_VALUE",
    "INPUT_OBJECT",
    "INPUT_FIELD_DEFINITION",
];

/// Parses a schema document.
pub(super) fn parse(text: &str) -> Parsed<Value> {
    let mut parser = Parser::new(text);
    let mut lists: [Vec<Value>; 5] = Default::default();
    while !parser.at_end() {
        let described = matches!(parser.token().word, Word::Text(_) | Word::Block(_));
        let described_at = parser.position();
        let description = parser.description();
        let keyword = parser.peek_name().map(str::to_string);
        let (at, found) = match keyword.as_deref() {
            Some("schema") => (0, parser.schema(description)?),
            Some("directive") => (2, parser.directive(description)?),
            Some("extend") => {
                if described {
                    parser.go_to(described_at);
                    return parser.unexpected();
                }
                parser.advance();
                match parser.peek_name().map(str::to_string).as_deref() {
                    Some("schema") => (1, parser.schema_extension()?),
                    Some(kind) if kind_of(kind).is_some() => {
                        (4, parser.definition(kind, String::new(), true)?)
                    }
                    _ => return parser.unexpected(),
                }
            }
            Some(kind) if kind_of(kind).is_some() => (3, parser.definition(kind, description, false)?),
            _ => return parser.unexpected(),
        };
        if let Some(list) = lists.get_mut(at) {
            list.push(found);
        }
    }
    let names = ["Schema", "SchemaExtension", "Directives", "Definitions", "Extensions"];
    Ok(node(names.into_iter().zip(lists.map(Value::array)).collect()))
}

fn kind_of(keyword: &str) -> Option<&'static str> {
    Some(match keyword {
        "scalar" => "SCALAR",
        "type" => "OBJECT",
        "interface" => "INTERFACE",
        "union" => "UNION",
        "enum" => "ENUM",
        "input" => "INPUT_OBJECT",
        _ => return None,
    })
}

impl Parser {
    fn description(&mut self) -> String {
        match self.token().word.clone() {
            Word::Text(text) | Word::Block(text) => {
                self.advance();
                text
            }
            _ => String::new(),
        }
    }

    fn operation_types(&mut self) -> Parsed<Value> {
        self.some("{", "}", |parser| {
            let operation = parser.name()?;
            if !matches!(operation.as_str(), "query" | "mutation" | "subscription") {
                return parser.unexpected();
            }
            parser.expect(":")?;
            Ok(node(vec![("Operation", operation.into()), ("Type", parser.name()?.into())]))
        })
    }

    fn schema(&mut self, description: String) -> Parsed<Value> {
        self.advance();
        let directives = self.directives(true)?;
        if !self.is("{") {
            return self.expected("{");
        }
        let types = self.operation_types()?;
        Ok(node(vec![
            ("Description", description.into()),
            ("Directives", directives),
            ("OperationTypes", types),
        ]))
    }

    fn schema_extension(&mut self) -> Parsed<Value> {
        self.advance();
        let directives = self.directives(true)?;
        let types = self.operation_types()?;
        if is_empty(&directives) && is_empty(&types) {
            return self.unexpected();
        }
        Ok(node(vec![("Description", "".into()), ("Directives", directives), ("OperationTypes", types)]))
    }

    fn directive(&mut self, description: String) -> Parsed<Value> {
        self.advance();
        self.expect("@")?;
        let name = self.name()?;
        let arguments = self.argument_definitions()?;
        let repeatable = self.peek_name() == Some("repeatable");
        if repeatable {
            self.advance();
        }
        self.keyword("on")?;
        self.eat("|");
        let mut locations = Vec::new();
        loop {
            match self.peek_name().map(str::to_string) {
                Some(location) if LOCATIONS.contains(&location.as_str()) => {
                    locations.push(Value::from(location))
                }
                Some(_) => return self.unexpected(),
                None => return self.expected("Name"),
            }
            self.advance();
            if !self.eat("|") {
                break;
            }
        }
        Ok(node(vec![
            ("Description", description.into()),
            ("Name", name.into()),
            ("Arguments", arguments),
            ("Locations", Value::array(locations)),
            ("IsRepeatable", repeatable.into()),
        ]))
    }

    fn definition(&mut self, keyword: &str, description: String, extends: bool) -> Parsed<Value> {
        self.advance();
        let kind = kind_of(keyword).unwrap_or_default();
        let mut entries: Entries = vec![
            ("Kind", kind.into()),
            ("BuiltIn", false.into()),
            ("Description", description.into()),
            ("Name", self.name()?.into()),
        ];
        if matches!(kind, "OBJECT" | "INTERFACE") {
            entries.push(("Interfaces", self.interfaces()?));
        }
        entries.push(("Directives", self.directives(true)?));
        entries.push(match kind {
            "OBJECT" | "INTERFACE" => ("Fields", self.some("{", "}", Parser::field_definition)?),
            "INPUT_OBJECT" => ("Fields", self.some("{", "}", Parser::input_value)?),
            "ENUM" => ("EnumValues", self.some("{", "}", Parser::enum_value)?),
            "UNION" => ("Types", self.union_members()?),
            _ => ("Fields", Value::array(Vec::new())),
        });
        if extends && entries.iter().skip(4).all(|(_, value)| is_empty(value)) {
            return self.unexpected();
        }
        Ok(node(entries))
    }

    fn interfaces(&mut self) -> Parsed<Value> {
        let mut names = Vec::new();
        if self.peek_name() == Some("implements") {
            self.advance();
            self.eat("&");
            names.push(self.name()?.into());
            while self.eat("&") || self.peek_name().is_some() && !self.is_next_definition() {
                names.push(self.name()?.into());
            }
        }
        Ok(Value::array(names))
    }

    /// Tells whether this word begins a definition; else it is one more interface in the old syntax.
    fn is_next_definition(&self) -> bool {
        self.peek_name()
            .is_some_and(|name| kind_of(name).is_some() || matches!(name, "schema" | "directive" | "extend"))
    }

    fn union_members(&mut self) -> Parsed<Value> {
        let mut names = Vec::new();
        if self.eat("=") {
            self.eat("|");
            names.push(self.name()?.into());
            while self.eat("|") {
                names.push(self.name()?.into());
            }
        }
        Ok(Value::array(names))
    }

    fn enum_value(&mut self) -> Parsed<Value> {
        let description = self.description();
        let name = self.name()?;
        let directives = self.directives(true)?;
        Ok(node(vec![("Description", description.into()), ("Name", name.into()), ("Directives", directives)]))
    }

    fn field_definition(&mut self) -> Parsed<Value> {
        let description = self.description();
        let name = self.name()?;
        let arguments = self.argument_definitions()?;
        self.expect(":")?;
        let of = self.type_reference()?;
        let directives = self.directives(true)?;
        Ok(node(vec![
            ("Description", description.into()),
            ("Name", name.into()),
            ("Arguments", arguments),
            ("Type", of),
            ("Directives", directives),
        ]))
    }

    fn argument_definitions(&mut self) -> Parsed<Value> {
        self.some("(", ")", Parser::input_value)
    }

    fn input_value(&mut self) -> Parsed<Value> {
        let description = self.description();
        let mut entries: Entries = vec![("Description", description.into()), ("Name", self.name()?.into())];
        self.expect(":")?;
        entries.push(("Type", self.type_reference()?));
        if self.eat("=") {
            entries.push(("DefaultValue", self.value(true)?));
        }
        entries.push(("Directives", self.directives(true)?));
        Ok(node(entries))
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_none_or(|items| items.is_empty())
}
