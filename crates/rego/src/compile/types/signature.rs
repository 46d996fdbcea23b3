//! Types of functions, and the short notation that those of the builtins are written in.

use super::Type;

/// What a function takes and returns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Signature {
    pub(crate) args: Vec<Type>,
    pub(crate) result: Type,
}

impl Signature {
    /// Reads the notation; nothing if it is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (args, result) = text.rsplit_once("> ").map(|(args, result)| (args.trim(), result))?;
        let mut reader = Reader { rest: args };
        let mut types = Vec::new();
        while !reader.rest.is_empty() {
            types.push(reader.alternatives()?);
            if !reader.rest.is_empty() {
                reader.rest = reader.rest.strip_prefix(", ")?;
            }
        }
        let mut reader = Reader { rest: result };
        let result = reader.alternatives()?;
        reader.rest.is_empty().then_some(Signature { args: types, result })
    }

    /// Makes the signature of a function that has both of these definitions.
    pub(crate) fn or(self, other: Signature) -> Self {
        let args = self.args.into_iter().zip(other.args).map(|(a, b)| a.or(b)).collect();
        Signature { args, result: self.result.or(other.result) }
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn eat(&mut self, sign: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(sign)?;
        Some(())
    }

    fn alternatives(&mut self) -> Option<Type> {
        let mut found = self.single()?;
        while self.eat('|').is_some() {
            found = found.or(self.single()?);
        }
        Some(found)
    }

    fn single(&mut self) -> Option<Type> {
        let sign = self.rest.chars().next()?;
        self.eat(sign)?;
        Some(match sign {
            'n' => Type::Number,
            's' => Type::String,
            'b' => Type::Bool,
            '0' => Type::Null,
            '*' => Type::any(),
            '[' => {
                let item = self.alternatives()?;
                self.eat(']')?;
                Type::array_of(item)
            }
            '(' => {
                let member = self.alternatives()?;
                self.eat(')')?;
                Type::set_of(member)
            }
            '{' => {
                let key = self.alternatives()?;
                self.eat(':')?;
                let value = self.alternatives()?;
                self.eat('}')?;
                Type::object_of(key, value)
            }
            '<' => {
                let mut items = vec![self.alternatives()?];
                while self.eat(',').is_some() {
                    items.push(self.alternatives()?);
                }
                self.eat('>')?;
                Type::tuple(items)
            }
            _ => return None,
        })
    }
}
