//! Flags that a file presets, `conftest.toml` as a rule: names of flags with their values as texts.

use std::collections::BTreeMap;

use toml::Value;

/// Why a file of presets can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PresetError {
    /// It is no TOML.
    #[error("{0}")]
    Syntax(String),
    /// A value that no flag can have.
    #[error("`{flag}` is {found}; give a text, a number, true, false, or a list of these")]
    Value {
        /// Of which flag.
        flag: String,
        /// What it is.
        found: &'static str,
    },
}

/// Reads the values of flags; a list gives several.
pub fn presets(text: &str) -> Result<BTreeMap<String, Vec<String>>, PresetError> {
    let table: toml::Table =
        text.parse().map_err(|e: toml::de::Error| PresetError::Syntax(e.message().to_owned()))?;
    table.into_iter().map(|(flag, value)| texts(&flag, &value).map(|texts| (flag, texts))).collect()
}

fn texts(flag: &str, value: &Value) -> Result<Vec<String>, PresetError> {
    Ok(match value {
        Value::String(text) => vec![text.clone()],
        Value::Boolean(_) | Value::Integer(_) => vec![value.to_string()],
        Value::Array(items) => {
            let all: Result<Vec<_>, _> = items.iter().map(|item| texts(flag, item)).collect();
            all?.into_iter().flatten().collect()
        }
        _ => return Err(PresetError::Value { flag: flag.to_owned(), found: value.type_str() }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_texts() {
        let read = presets("policy = [\"a\", \"b\"]\nquiet = true\ntimeout = 3\n").unwrap();
        let expected = [("policy", vec!["a", "b"]), ("quiet", vec!["true"]), ("timeout", vec!["3"])];
        let read: Vec<(&str, Vec<&str>)> = read
            .iter()
            .map(|(flag, texts)| (flag.as_str(), texts.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(read, expected);
        let wrong = presets("policy = {}").unwrap_err();
        assert_eq!(wrong, PresetError::Value { flag: "policy".to_owned(), found: "table" });
        assert!(matches!(presets("policy ="), Err(PresetError::Syntax(_))));
    }
}
