//! What a key of `trueline.toml` may hold, and the check of a file against that.

use serde_json::{Map, Value as Json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::nearest::nearest;
use crate::settings::SettingsProblem;

/// What a key may hold.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Any text.
    Text,
    /// `true` or `false`.
    Bool,
    /// A whole number, at least this.
    Whole(i64),
    /// A date, as TOML writes it or as a text.
    Date,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list.
    List(&'static Shape),
    /// A table whose keys are names that the organization chooses.
    Map(&'static Shape),
    /// A table of known keys.
    Table(&'static [Key]),
    /// The thing itself, or a table that gives it by region.
    Regional(&'static Shape),
    /// The first of these that fits the kind of value found.
    OneOf(&'static [Shape]),
    /// Anything at all.
    Any,
}

/// A known key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, for the reference and the JSON Schema.
    pub doc: &'static str,
}

/// Where a mistake stands, in bytes, and what it is.
pub type Mistake = (std::ops::Range<usize>, SettingsProblem);

impl Shape {
    /// What is expected, in words.
    pub fn expected(&self) -> String {
        match self {
            Self::Text => "a text in quotes".into(),
            Self::Bool => "`true` or `false`".into(),
            Self::Whole(min) => format!("a whole number of at least {min}"),
            Self::Date => "a date such as 2027-06-30".into(),
            Self::Word(words) => words.iter().map(|w| format!("`\"{w}\"`")).collect::<Vec<_>>().join(", "),
            Self::List(of) => format!("a list, each element being {}", of.expected()),
            Self::Map(_) | Self::Table(_) => "a table".into(),
            Self::Regional(of) => format!("{}, or a table that gives it by region", of.expected()),
            Self::OneOf(all) => all.iter().map(Self::expected).collect::<Vec<_>>().join(", or "),
            Self::Any => "anything".into(),
        }
    }

    /// True if a value of this kind may stand here, whatever is inside.
    fn fits(&self, value: &DeValue<'_>) -> bool {
        match self {
            Self::Text | Self::Word(_) => matches!(value, DeValue::String(_)),
            Self::Bool => matches!(value, DeValue::Boolean(_)),
            Self::Whole(_) => matches!(value, DeValue::Integer(_)),
            Self::Date => matches!(value, DeValue::Datetime(_) | DeValue::String(_)),
            Self::List(_) => matches!(value, DeValue::Array(_)),
            Self::Map(_) | Self::Table(_) => matches!(value, DeValue::Table(_)),
            Self::Regional(of) => matches!(value, DeValue::Table(_)) || of.fits(value),
            Self::OneOf(all) => all.iter().any(|s| s.fits(value)),
            Self::Any => true,
        }
    }

    /// Checks `value`, which stands at `path`, and gives it as JSON.
    pub fn read(&self, path: &str, value: &Spanned<DeValue<'_>>) -> Result<Json, Mistake> {
        let wrong = || {
            let found = describe(value.get_ref());
            (
                value.span(),
                SettingsProblem::WrongType { key: path.to_owned(), expected: self.expected(), found },
            )
        };
        match (self, value.get_ref()) {
            (Self::Any, _) => json(path, value),
            (Self::OneOf(all), v) => all.iter().find(|s| s.fits(v)).ok_or_else(wrong)?.read(path, value),
            (Self::Text, DeValue::String(s)) => Ok(Json::String(s.to_string())),
            (Self::Word(words), DeValue::String(s)) if words.contains(&s.as_ref()) => {
                Ok(Json::String(s.to_string()))
            }
            (Self::Word(words), DeValue::String(s)) => {
                let near = nearest(s, words.iter().copied()).map(str::to_owned);
                let expected = self.expected();
                Err((
                    value.span(),
                    SettingsProblem::WrongWord {
                        key: path.to_owned(),
                        word: s.to_string(),
                        expected,
                        nearest: near,
                    },
                ))
            }
            (Self::Bool, DeValue::Boolean(b)) => Ok(Json::Bool(*b)),
            (Self::Whole(min), DeValue::Integer(_)) => {
                let n = json(path, value)?;
                if n.as_i64().is_some_and(|i| i >= *min) { Ok(n) } else { Err(wrong()) }
            }
            (Self::Date, DeValue::Datetime(_) | DeValue::String(_)) => {
                let text = match value.get_ref() {
                    DeValue::String(s) => s.to_string(),
                    DeValue::Datetime(d) => d.to_string(),
                    _ => return Err(wrong()),
                };
                match text.parse::<crate::Date>() {
                    Ok(d) => Ok(Json::String(d.to_string())),
                    Err(_) => Err(wrong()),
                }
            }
            (Self::List(of), DeValue::Array(items)) => items
                .iter()
                .enumerate()
                .map(|(i, v)| of.read(&format!("{path}[{i}]"), v))
                .collect::<Result<_, _>>()
                .map(Json::Array),
            (Self::Map(of), DeValue::Table(t)) => {
                let mut out = Map::new();
                for (k, v) in t {
                    out.insert(k.get_ref().to_string(), of.read(&join(path, k.get_ref()), v)?);
                }
                Ok(Json::Object(out))
            }
            (Self::Table(keys), DeValue::Table(t)) => table(path, keys, t, value.span()).map(Json::Object),
            (Self::Regional(of), DeValue::Table(t)) if by_region(of, t) => {
                let mut out = Map::new();
                for (k, v) in t {
                    if !is_region(k.get_ref()) {
                        let problem = SettingsProblem::NoRegion {
                            key: path.to_owned(),
                            region: k.get_ref().to_string(),
                        };
                        return Err((k.span(), problem));
                    }
                    out.insert(k.get_ref().to_string(), of.read(&join(path, k.get_ref()), v)?);
                }
                Ok(Json::Object(out))
            }
            (Self::Regional(of), v) if of.fits(v) => of.read(path, value),
            _ => Err(wrong()),
        }
    }
}

/// A table stands for regions if the thing itself is no table, or if any of its keys is a region.
fn by_region(of: &Shape, t: &DeTable<'_>) -> bool {
    !matches!(of, Shape::Table(_) | Shape::Map(_)) || t.iter().any(|(k, _)| is_region(k.get_ref()))
}

/// True for `us-east-1`, `us-gov-west-1` and the like.
pub fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    parts.len() >= 3
        && first.len() == 2
        && parts
            .iter()
            .take(parts.len() - 1)
            .all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase()))
        && !last.is_empty()
        && last.bytes().all(|b| b.is_ascii_digit())
}

/// Checks a table against its keys.
pub fn table(
    path: &str,
    keys: &'static [Key],
    t: &DeTable<'_>,
    whole: std::ops::Range<usize>,
) -> Result<Map<String, Json>, Mistake> {
    let mut out = Map::new();
    for (k, v) in t {
        let name = k.get_ref().as_ref();
        let Some(key) = keys.iter().find(|x| x.name == name) else {
            return Err((
                k.span(),
                SettingsProblem::UnknownKey {
                    key: name.to_owned(),
                    table: path.to_owned(),
                    nearest: nearest(name, keys.iter().map(|x| x.name)).map(str::to_owned),
                    known: keys.iter().map(|x| x.name.to_owned()).collect(),
                },
            ));
        };
        out.insert(name.to_owned(), key.shape.read(&join(path, name), v)?);
    }
    let missing: Vec<String> =
        keys.iter().filter(|k| k.required && !out.contains_key(k.name)).map(|k| k.name.to_owned()).collect();
    if missing.is_empty() {
        Ok(out)
    } else {
        Err((whole, SettingsProblem::Missing { table: path.to_owned(), keys: missing }))
    }
}

/// Any TOML value as JSON. The parser limits how deep it nests.
fn json(path: &str, value: &Spanned<DeValue<'_>>) -> Result<Json, Mistake> {
    let wrong = |expected: &str| {
        let (key, found) = (path.to_owned(), describe(value.get_ref()));
        (value.span(), SettingsProblem::WrongType { key, expected: expected.into(), found })
    };
    Ok(match value.get_ref() {
        DeValue::String(s) => Json::String(s.to_string()),
        DeValue::Boolean(b) => Json::Bool(*b),
        DeValue::Datetime(d) => Json::String(d.to_string()),
        DeValue::Integer(i) => i64::from_str_radix(i.as_str(), i.radix())
            .map(Json::from)
            .map_err(|_| wrong("a whole number that fits in 64 bits"))?,
        DeValue::Float(f) => f
            .as_str()
            .parse::<f64>()
            .ok()
            .and_then(serde_json::Number::from_f64)
            .map(Json::Number)
            .ok_or_else(|| wrong("a finite number"))?,
        DeValue::Array(items) => Json::Array(
            items
                .iter()
                .enumerate()
                .map(|(i, v)| json(&format!("{path}[{i}]"), v))
                .collect::<Result<_, _>>()?,
        ),
        DeValue::Table(t) => {
            let mut out = Map::new();
            for (k, v) in t {
                out.insert(k.get_ref().to_string(), json(&join(path, k.get_ref()), v)?);
            }
            Json::Object(out)
        }
    })
}

fn join(path: &str, name: &str) -> String {
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let name = if plain { name.to_owned() } else { format!("\"{name}\"") };
    if path.is_empty() { name } else { format!("{path}.{name}") }
}

fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(s) => format!("the text \"{}\"", s.chars().take(60).collect::<String>()),
        DeValue::Integer(i) => format!("the number {}", i.as_str()),
        DeValue::Float(f) => format!("the number {}", f.as_str()),
        DeValue::Boolean(b) => format!("`{b}`"),
        DeValue::Datetime(d) => format!("the date {d}"),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    }
}
