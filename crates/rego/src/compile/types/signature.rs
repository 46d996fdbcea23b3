//! Types of functions, and the short notation that those of the builtins are written in.

use std::sync::Arc;

use super::{Fields, Rest, Type};

/// What a function takes and returns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Signature {
    pub(crate) args: Vec<Type>,
    pub(crate) result: Type,
    /// What the arguments and the result are called in messages; empty for functions of policies.
    pub(crate) names: Vec<&'static str>,
}

impl Signature {
    /// Reads the notation; nothing if it is none.
    pub(crate) fn read(text: &'static str) -> Option<Self> {
        let (args, result) = text.rsplit_once("> ").map(|(args, result)| (args.trim(), result))?;
        let mut reader = Reader { rest: args };
        let (mut types, mut names) = (Vec::new(), Vec::new());
        while !reader.rest.is_empty() {
            names.push(reader.name());
            types.push(reader.alternatives()?);
            if !reader.rest.is_empty() {
                reader.rest = reader.rest.strip_prefix(", ")?;
            }
        }
        let mut reader = Reader { rest: result };
        names.push(reader.name());
        let result = reader.alternatives()?;
        reader.rest.is_empty().then_some(Signature { args: types, result, names })
    }

    /// Makes the signature of a function that has both of these definitions.
    pub(crate) fn or(self, other: Signature) -> Self {
        let args = self.args.into_iter().zip(other.args).map(|(a, b)| a.or(b)).collect();
        Signature { args, result: self.result.or(other.result), names: self.names }
    }

    /// Writes what the function takes, with the names.
    pub(crate) fn shown_args(&self) -> String {
        named(self.args.iter(), &self.names)
    }

    /// Writes what the function takes, and what it returns as one more.
    pub(crate) fn shown(&self) -> String {
        named(self.args.iter().chain([&self.result]), &self.names)
    }
}

fn named<'t>(types: impl Iterator<Item = &'t Type>, names: &[&str]) -> String {
    let names = names.iter().copied().chain(std::iter::repeat(""));
    let shown = types.zip(names).map(|(of, name)| match name {
        "" => of.to_string(),
        name => format!("{name}: {of}"),
    });
    format!("({})", shown.collect::<Vec<_>>().join(", "))
}

struct Reader {
    rest: &'static str,
}

impl Reader {
    /// Takes a name with its colon; empty if there is none.
    fn name(&mut self) -> &'static str {
        let is_part = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | ' ');
        match self.rest.split_once(':') {
            Some((name, rest)) if !name.is_empty() && name.chars().all(is_part) => {
                self.rest = rest;
                name
            }
            _ => "",
        }
    }

    fn eat(&mut self, sign: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(sign)?;
        Some(())
    }

    fn alternatives(&mut self) -> Option<Type> {
        if self.eat('|').is_some() {
            return Some(Type::Any(Arc::new(vec![self.single()?])));
        }
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
            '{' => self.object()?,
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

    /// Reads an object behind its opening brace.
    fn object(&mut self) -> Option<Type> {
        let (mut fields, mut rest): (Fields, Rest) = (Vec::new(), None);
        loop {
            if self.eat('.').is_some() {
                fields.push((self.name().into(), self.alternatives()?));
            } else {
                let key = self.alternatives()?;
                self.eat(':')?;
                rest = Some((key, self.alternatives()?));
            }
            if self.eat(',').is_none() {
                self.eat('}')?;
                return Some(Type::Object(Arc::new((fields, rest))));
            }
        }
    }
}
