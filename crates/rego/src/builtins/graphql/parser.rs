//! What queries and schemas have in common: names, types, values, arguments, directives.

use crate::Value;

use super::words::{Token, Word, words};

/// The deepest nesting of selections, types and values.
const MAX_NESTING: usize = 200;

pub(super) type Parsed<T> = Result<T, String>;

/// The entries of a document node.
pub(super) type Entries = Vec<(&'static str, Value)>;

pub(super) struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

/// Makes a node; empty lists are left out.
pub(super) fn node(entries: Entries) -> Value {
    let kept =
        entries.into_iter().filter(|(_, value)| value.as_array().is_none_or(|items| !items.is_empty()));
    kept.collect()
}

impl Parser {
    pub(super) fn new(text: &str) -> Self {
        Parser { tokens: words(text), at: 0, depth: 0 }
    }

    pub(super) fn token(&self) -> &Token {
        static END: Token = Token { word: Word::End, line: 1, column: 1 };
        self.tokens.get(self.at).or(self.tokens.last()).unwrap_or(&END)
    }

    pub(super) fn advance(&mut self) {
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes back, to say what was wrong there.
    pub(super) fn go_to(&mut self, position: usize) {
        self.at = position;
    }

    pub(super) fn at_end(&self) -> bool {
        self.token().word == Word::End
    }

    pub(super) fn is(&self, sign: &str) -> bool {
        matches!(self.token().word, Word::Sign(have) if have == sign)
    }

    pub(super) fn eat(&mut self, sign: &str) -> bool {
        let found = self.is(sign);
        if found {
            self.advance();
        }
        found
    }

    fn error(&self, message: &str) -> String {
        let token = self.token();
        format!("{message} in GraphQL string at location {}:{}", token.line, token.column)
    }

    pub(super) fn unexpected<T>(&self) -> Parsed<T> {
        Err(self.error(&format!("Unexpected {}", self.token().shown())))
    }

    pub(super) fn expected<T>(&self, what: &str) -> Parsed<T> {
        if self.token().word == Word::Invalid {
            return self.unexpected();
        }
        Err(self.error(&format!("Expected {what}, found {}", self.token().shown())))
    }

    pub(super) fn expect(&mut self, sign: &str) -> Parsed<()> {
        match self.eat(sign) {
            true => Ok(()),
            false => self.expected(sign),
        }
    }

    pub(super) fn peek_name(&self) -> Option<&str> {
        match &self.token().word {
            Word::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn name(&mut self) -> Parsed<String> {
        match self.peek_name().map(str::to_string) {
            Some(name) => {
                self.advance();
                Ok(name)
            }
            None => self.expected("Name"),
        }
    }

    pub(super) fn keyword(&mut self, word: &str) -> Parsed<()> {
        match self.peek_name() == Some(word) {
            true => {
                self.advance();
                Ok(())
            }
            false => self.expected(&format!("{word:?}")),
        }
    }

    pub(super) fn deeper<T>(&mut self, inside: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_NESTING {
            return Err(self.error("nesting too deep"));
        }
        self.depth += 1;
        let result = stacker::maybe_grow(64 << 10, 1 << 20, || inside(self));
        self.depth -= 1;
        result
    }

    /// Parses at least one element between two signs, if the first is there.
    pub(super) fn some(
        &mut self,
        open: &str,
        close: &str,
        mut each: impl FnMut(&mut Self) -> Parsed<Value>,
    ) -> Parsed<Value> {
        let mut items = Vec::new();
        if self.eat(open) {
            if self.is(close) {
                let message = format!("expected at least one definition, found {close}");
                return Err(self.error(&message));
            }
            while !self.eat(close) {
                items.push(each(self)?);
            }
        }
        Ok(Value::array(items))
    }

    pub(super) fn directives(&mut self, constant: bool) -> Parsed<Value> {
        let mut items = Vec::new();
        while self.eat("@") {
            let name = self.name()?;
            let arguments = self.arguments(constant)?;
            items.push(node(vec![("Name", name.into()), ("Arguments", arguments), ("Location", "".into())]));
        }
        Ok(Value::array(items))
    }

    pub(super) fn arguments(&mut self, constant: bool) -> Parsed<Value> {
        self.some("(", ")", |parser| {
            let name = parser.name()?;
            parser.expect(":")?;
            let value = parser.value(constant)?;
            Ok(node(vec![("Name", name.into()), ("Value", value)]))
        })
    }

    pub(super) fn type_reference(&mut self) -> Parsed<Value> {
        self.deeper(|parser| {
            let mut entries: Entries = Vec::new();
            if parser.eat("[") {
                entries.push(("Elem", parser.type_reference()?));
                parser.expect("]")?;
                entries.push(("NamedType", "".into()));
            } else {
                entries.push(("NamedType", parser.name()?.into()));
            }
            entries.push(("NonNull", parser.eat("!").into()));
            Ok(node(entries))
        })
    }

    pub(super) fn value(&mut self, constant: bool) -> Parsed<Value> {
        self.deeper(|parser| {
            let mut children = Vec::new();
            let word = parser.token().word.clone();
            let (raw, kind) = match word {
                Word::Sign("$") if constant => return parser.unexpected(),
                Word::Sign("$") => {
                    parser.advance();
                    return Ok(leaf(parser.name()?, 0));
                }
                Word::Sign("[") => {
                    parser.advance();
                    while !parser.eat("]") {
                        let value = parser.value(constant)?;
                        children.push(node(vec![("Name", "".into()), ("Value", value)]));
                    }
                    (String::new(), 8)
                }
                Word::Sign("{") => {
                    parser.advance();
                    while !parser.eat("}") {
                        let name = parser.name()?;
                        parser.expect(":")?;
                        let value = parser.value(constant)?;
                        children.push(node(vec![("Name", name.into()), ("Value", value)]));
                    }
                    (String::new(), 9)
                }
                Word::Int(text) => (text, 1),
                Word::Float(text) => (text, 2),
                Word::Text(text) => (text, 3),
                Word::Block(text) => (text, 4),
                Word::Name(text) => {
                    let kind = match text.as_str() {
                        "true" | "false" => 5,
                        "null" => 6,
                        _ => 7,
                    };
                    (text, kind)
                }
                Word::Sign(_) | Word::End | Word::Invalid => return parser.unexpected(),
            };
            if kind < 8 {
                parser.advance();
            }
            Ok(node(vec![
                ("Raw", raw.into()),
                ("Kind", Value::from(kind)),
                ("ExpectedTypeHasDefault", false.into()),
                ("Children", Value::array(children)),
            ]))
        })
    }
}

fn leaf(raw: String, kind: i64) -> Value {
    node(vec![("Raw", raw.into()), ("Kind", kind.into()), ("ExpectedTypeHasDefault", false.into())])
}
