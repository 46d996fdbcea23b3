//! A policy document while it is put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Origin, Value};

/// Members of a statement, in the order in which the provider prints them.
pub const MEMBERS: [&str; 9] = [
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
];

/// A document: strings that are empty are left out when it is printed.
#[derive(Debug, Default)]
pub struct Document {
    /// `Version`
    pub version: Option<Value>,
    /// `Id`
    pub id: Option<Value>,
    /// `Statement`
    pub statements: Vec<Statement>,
}

/// One statement.
#[derive(Debug)]
pub enum Statement {
    /// Its members, by name; empty strings are not in it.
    Known {
        /// Among [`MEMBERS`].
        members: BTreeMap<&'static str, Value>,
        /// The block or the object.
        origin: Option<Arc<Origin>>,
    },
    /// One or more statements of which nothing is known.
    Unknown(Value),
}

impl Statement {
    /// The statement id, if there is one and it is known.
    fn sid(&self) -> Option<&str> {
        match self {
            Self::Known { members, .. } => members.get("Sid")?.as_str(),
            Self::Unknown(_) => None,
        }
    }
}

impl Document {
    /// Known statement ids.
    pub fn sids(&self) -> Vec<String> {
        self.statements.iter().filter_map(Statement::sid).map(str::to_owned).collect()
    }

    /// Lays `newer` over this one: its id, the later version, statements of the same Sid in their place.
    pub fn merge(&mut self, newer: Self) {
        if newer.id.is_some() {
            self.id = newer.id;
        }
        let later = match (&self.version, &newer.version) {
            (Some(old), Some(new)) => match (old.as_str(), new.as_str()) {
                (Some(old), Some(new)) => new > old,
                _ => true,
            },
            (None, new) => new.is_some(),
            (Some(_), None) => false,
        };
        if later {
            self.version = newer.version;
        }
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (i, s) in self.statements.iter().enumerate() {
            if let Some(sid) = s.sid() {
                places.entry(sid.to_owned()).or_insert(i);
            }
        }
        for s in newer.statements {
            let sid = s.sid().map(str::to_owned);
            let place = sid.as_ref().and_then(|sid| places.get(sid)).copied();
            match place.and_then(|at| self.statements.get_mut(at)) {
                Some(old) => *old = s,
                None => {
                    if let Some(sid) = sid {
                        places.insert(sid, self.statements.len());
                    }
                    self.statements.push(s);
                }
            }
        }
    }

    /// The document as a value, leaf by leaf.
    pub fn to_value(&self) -> Value {
        let mut out = BTreeMap::new();
        for (name, v) in [("Version", &self.version), ("Id", &self.id)] {
            if let Some(v) = v {
                out.insert(name.into(), v.clone());
            }
        }
        if !self.statements.is_empty() {
            let statements = self.statements.iter().map(|s| match s {
                Statement::Known { members, origin } => {
                    let members = members.iter().map(|(name, v)| (Arc::from(*name), v.clone())).collect();
                    Value::object(members).with_origin(origin.clone())
                }
                Statement::Unknown(v) => v.clone(),
            });
            out.insert("Statement".into(), Value::tuple(statements.collect()));
        }
        Value::object(out)
    }
}
