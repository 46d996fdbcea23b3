//! Addresses of resource instances, as Terraform writes them.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use trueline_text::escape;

/// Instance key: `[0]` or `["k"]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// From `count`.
    Index(u64),
    /// From `for_each`.
    Name(Arc<str>),
    /// Not decidable before apply; shown as `[*]`, used by deferred instances only.
    Any,
}

/// One module call on the way to a resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleStep {
    /// Label of the `module` block.
    pub name: Arc<str>,
    /// Instance key of the call.
    pub key: Option<Key>,
}

/// `resource` or `data` block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// `resource`
    Managed,
    /// `data`
    Data,
}

/// Address of one resource instance, e.g. `module.x["k"].aws_s3_bucket.b[0]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// Module calls from the root; empty in the root module.
    pub modules: Vec<ModuleStep>,
    /// Managed or data.
    pub mode: Mode,
    /// Resource type, e.g. `aws_s3_bucket`.
    pub kind: Arc<str>,
    /// Label.
    pub name: Arc<str>,
    /// Instance key.
    pub key: Option<Key>,
}

impl Address {
    /// A managed resource of the root module without key.
    pub fn managed(kind: impl Into<Arc<str>>, name: impl Into<Arc<str>>) -> Self {
        Self { modules: Vec::new(), mode: Mode::Managed, kind: kind.into(), name: name.into(), key: None }
    }

    /// The module part: `module.a["k"].module.b`, empty for the root.
    pub fn module_path(&self) -> String {
        let mut out = String::new();
        for (i, m) in self.modules.iter().enumerate() {
            if i > 0 {
                out.push('.');
            }
            out.push_str(&m.to_string());
        }
        out
    }

    /// The same address with all instance keys left out: the address in `configuration`.
    pub fn without_keys(&self) -> Self {
        let mut a = self.clone();
        a.key = None;
        for m in &mut a.modules {
            m.key = None;
        }
        a
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(i) => write!(f, "[{i}]"),
            Self::Name(n) => {
                f.write_str("[\"")?;
                for c in n.chars() {
                    match escape(c) {
                        Some(escaped) => f.write_str(escaped)?,
                        None => write!(f, "{c}")?,
                    }
                }
                f.write_str("\"]")
            }
            Self::Any => f.write_str("[*]"),
        }
    }
}

impl fmt::Display for ModuleStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "module.{}", self.name)?;
        self.key.as_ref().map_or(Ok(()), |k| k.fmt(f))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for m in &self.modules {
            write!(f, "{m}.")?;
        }
        if self.mode == Mode::Data {
            f.write_str("data.")?;
        }
        write!(f, "{}.{}", self.kind, self.name)?;
        self.key.as_ref().map_or(Ok(()), |k| k.fmt(f))
    }
}

/// A text that is no resource address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no resource address: expected `[module.NAME.][data.]TYPE.NAME`, each with an optional `[0]` or `[\"key\"]`"
)]
pub struct AddressError {
    /// The text.
    pub text: String,
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let err = || AddressError { text: text.to_owned() };
        let parts = split(text).ok_or_else(err)?;
        let mut it = parts.into_iter().peekable();
        let mut modules = Vec::new();
        while it.peek().is_some_and(|(n, _)| n == "module") {
            let (_, key) = it.next().ok_or_else(err)?;
            if key.is_some() {
                return Err(err());
            }
            let (name, key) = it.next().ok_or_else(err)?;
            modules.push(ModuleStep { name: name.into(), key });
        }
        let mut mode = Mode::Managed;
        if it.peek().is_some_and(|(n, k)| n == "data" && k.is_none()) {
            it.next();
            mode = Mode::Data;
        }
        let (kind, none) = it.next().ok_or_else(err)?;
        let (name, key) = it.next().ok_or_else(err)?;
        if none.is_some() || it.next().is_some() || kind.is_empty() || name.is_empty() {
            return Err(err());
        }
        Ok(Self { modules, mode, kind: kind.into(), name: name.into(), key })
    }
}

/// Splits at dots outside brackets into names with their optional keys.
fn split(text: &str) -> Option<Vec<(String, Option<Key>)>> {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    let mut name = String::new();
    loop {
        match chars.next() {
            None => {
                out.push((name, None));
                return Some(out);
            }
            Some('.') => out.push((std::mem::take(&mut name), None)),
            Some('[') => {
                let key = if chars.peek() == Some(&'"') {
                    chars.next();
                    let mut s = String::new();
                    loop {
                        match chars.next()? {
                            '"' => break,
                            '\\' => s.push(match chars.next()? {
                                'n' => '\n',
                                'r' => '\r',
                                't' => '\t',
                                c => c,
                            }),
                            c => s.push(c),
                        }
                    }
                    (chars.next()? == ']').then_some(Key::Name(s.into()))?
                } else {
                    let mut s = String::new();
                    loop {
                        match chars.next()? {
                            ']' => break,
                            c => s.push(c),
                        }
                    }
                    if s == "*" { Key::Any } else { Key::Index(s.parse().ok()?) }
                };
                out.push((std::mem::take(&mut name), Some(key)));
                match chars.next() {
                    None => return Some(out),
                    Some('.') => {}
                    Some(_) => return None,
                }
            }
            Some(c) => name.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_print_as_they_are_read() {
        for text in [
            "aws_s3_bucket.b",
            "aws_s3_bucket.b[3]",
            "module.x[\"k.\\\"q\"].module.y[0].aws_s3_bucket.b[\"a.b\"]",
            "module.x.data.aws_vpc.default",
            "data.aws_vpc.default[0]",
        ] {
            assert_eq!(text.parse::<Address>().unwrap().to_string(), text);
        }
        for bad in ["", "aws_s3_bucket", "a.b.c", "module.x", "a.b[", "a.b[\"x\"", "a.b[x]", "a.b[0]c"] {
            assert!(bad.parse::<Address>().is_err(), "{bad}");
        }
    }
}
