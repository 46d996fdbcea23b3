//! Routes: where inside a resource a value is.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// One step of a route.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// An attribute, a block type, or the key of a map.
    Name(Arc<str>),
    /// The nth element of a list, a set (in the plan's order) or a run of blocks.
    Index(u32),
}

/// A path of names and indexes, e.g. `ingress[0].cidr_blocks[1]` or `tags["Cost Center"]`.
/// It goes on into a JSON document that an attribute holds: `policy.Statement[0].Action`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Route(pub Vec<Segment>);

impl Route {
    /// The resource itself.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// A single attribute.
    pub fn name(name: impl Into<Arc<str>>) -> Self {
        Self(vec![Segment::Name(name.into())])
    }

    /// This route and one more name.
    pub fn child(&self, name: impl Into<Arc<str>>) -> Self {
        let mut r = self.clone();
        r.0.push(Segment::Name(name.into()));
        r
    }

    /// This route and one more index.
    pub fn element(&self, index: u32) -> Self {
        let mut r = self.clone();
        r.0.push(Segment::Index(index));
        r
    }

    /// True if `self` is `other` or leads to it.
    pub fn is_prefix_of(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The first name, if any: the attribute or block type of the resource.
    pub fn head(&self) -> Option<&Arc<str>> {
        match self.0.first() {
            Some(Segment::Name(n)) => Some(n),
            _ => None,
        }
    }

    /// The route without its last step, and that step.
    pub fn split_last(&self) -> Option<(Self, &Segment)> {
        let (last, rest) = self.0.split_last()?;
        Some((Self(rest.to_vec()), last))
    }
}

fn plain(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, s) in self.0.iter().enumerate() {
            match s {
                Segment::Name(n) if plain(n) => {
                    if i > 0 {
                        f.write_str(".")?;
                    }
                    f.write_str(n)?;
                }
                Segment::Name(n) => write!(f, "[\"{}\"]", n.replace('\\', "\\\\").replace('"', "\\\""))?,
                Segment::Index(n) => write!(f, "[{n}]")?,
            }
        }
        Ok(())
    }
}

/// A text that is no route.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no route: expected names, `[0]` and `[\"key\"]`, e.g. `ingress[0].cidr_blocks`")]
pub struct RouteError {
    /// The text.
    pub text: String,
}

impl FromStr for Route {
    type Err = RouteError;

    fn from_str(text: &str) -> Result<Self, RouteError> {
        let err = || RouteError { text: text.to_owned() };
        let mut out = Vec::new();
        let mut chars = text.chars().peekable();
        let mut want_name = true;
        while let Some(&c) = chars.peek() {
            if c == '[' {
                chars.next();
                if chars.peek() == Some(&'"') {
                    chars.next();
                    let mut s = String::new();
                    loop {
                        match chars.next().ok_or_else(err)? {
                            '"' => break,
                            '\\' => s.push(chars.next().ok_or_else(err)?),
                            c => s.push(c),
                        }
                    }
                    out.push(Segment::Name(s.into()));
                } else {
                    let mut s = String::new();
                    while let Some(d) = chars.next_if(char::is_ascii_digit) {
                        s.push(d);
                    }
                    out.push(Segment::Index(s.parse().map_err(|_| err())?));
                }
                if chars.next() != Some(']') {
                    return Err(err());
                }
                want_name = false;
            } else {
                if c == '.' {
                    chars.next();
                    if out.is_empty() {
                        return Err(err());
                    }
                } else if !want_name {
                    return Err(err());
                }
                let mut s = String::new();
                while let Some(d) = chars.next_if(|d| *d != '.' && *d != '[') {
                    s.push(d);
                }
                if s.is_empty() {
                    return Err(err());
                }
                out.push(Segment::Name(s.into()));
                want_name = false;
            }
        }
        Ok(Self(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_print_as_they_are_read() {
        for text in [
            "",
            "tags",
            "tags[\"Cost Center\"]",
            "ingress[0].cidr_blocks[1]",
            "policy.Statement[0].Action",
            "[\"a \\\"b\"].c",
        ] {
            assert_eq!(text.parse::<Route>().unwrap().to_string(), text);
        }
        for bad in [".a", "a[", "a[x]", "a..b", "a[0]b", "a[\"x]"] {
            assert!(bad.parse::<Route>().is_err(), "{bad}");
        }
    }
}
