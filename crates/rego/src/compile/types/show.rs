//! Types as OPA writes them.

use std::fmt::{self, Display, Formatter};

use super::Type;

impl Display for Type {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Type::Null => f.write_str("null"),
            Type::Bool => f.write_str("boolean"),
            Type::Number => f.write_str("number"),
            Type::String => f.write_str("string"),
            Type::Array(parts) => {
                f.write_str("array")?;
                let (items, rest) = parts.as_ref();
                if !items.is_empty() || rest.is_none() {
                    write!(f, "<{}>", list(items))?;
                }
                rest.as_ref().map_or(Ok(()), |rest| write!(f, "[{rest}]"))
            }
            Type::Set(member) => write!(f, "set[{member}]"),
            Type::Object(parts) => {
                f.write_str("object")?;
                let (entries, rest) = parts.as_ref();
                if !entries.is_empty() || rest.is_none() {
                    let shown = entries.iter().map(|(key, value)| match key.as_str() {
                        Some(key) => format!("{key}: {value}"),
                        None => format!("{key}: {value}"),
                    });
                    write!(f, "<{}>", shown.collect::<Vec<_>>().join(", "))?;
                }
                rest.as_ref().map_or(Ok(()), |(key, value)| write!(f, "[{key}: {value}]"))
            }
            Type::Any(types) if types.is_empty() => f.write_str("any"),
            Type::Any(types) => write!(f, "any<{}>", list(types)),
        }
    }
}

fn list(types: &[Type]) -> String {
    types.iter().map(Type::to_string).collect::<Vec<_>>().join(", ")
}

/// Writes a type that may not be known.
pub(super) fn shown(known: Option<&Type>) -> String {
    known.map_or_else(|| "???".to_string(), Type::to_string)
}

/// Writes types of arguments.
pub(super) fn arguments(types: &[Option<Type>]) -> String {
    let types: Vec<String> = types.iter().map(|known| shown(known.as_ref())).collect();
    format!("({})", types.join(", "))
}
