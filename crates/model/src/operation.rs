//! Operations: what a policy asks to be changed. Data, read from a policy's result.

use serde_json::Value as Json;

use crate::{Address, Route};

/// One change asked for by a policy.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// The route must have this value.
    Set {
        /// Another resource than the finding's.
        address: Option<Address>,
        /// Where.
        route: Route,
        /// What.
        value: OpValue,
    },
    /// The route must have this value where nothing is set.
    Default {
        /// Another resource than the finding's.
        address: Option<Address>,
        /// Where.
        route: Route,
        /// What.
        value: OpValue,
    },
    /// The attribute, block or element must go.
    Remove {
        /// Another resource than the finding's.
        address: Option<Address>,
        /// What.
        route: Route,
    },
    /// The argument or block must have another name.
    Rename {
        /// Another resource than the finding's.
        address: Option<Address>,
        /// Where it is under its wrong name.
        route: Route,
        /// The right name.
        to: String,
    },
    /// What is written as an argument must be blocks, or the other way round.
    Respell {
        /// Another resource than the finding's.
        address: Option<Address>,
        /// Where.
        route: Route,
    },
    /// A companion resource that refers to this one must exist and have these values.
    Ensure {
        /// Resource type of the companion.
        kind: String,
        /// Its attribute that refers to an attribute of this resource: `{"bucket": "id"}`.
        link: Vec<(String, String)>,
        /// Values it must have, by route.
        set: Vec<(Route, OpValue)>,
    },
    /// The same kinds of change inside an IAM policy document.
    Statement {
        /// Another resource than the finding's.
        address: Option<Address>,
        /// The attribute that holds the document.
        route: Route,
        /// Changes inside, with routes relative to the document.
        change: Vec<Operation>,
    },
}

/// A value to write.
#[derive(Clone, Debug, PartialEq)]
pub enum OpValue {
    /// JSON data, written as an HCL literal.
    Json(Json),
    /// An HCL expression, e.g. `aws_kms_key.logs.arn`.
    Hcl(String),
}

/// What a fix may do to what exists, beside mending the finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Effect {
    /// The kind.
    pub kind: EffectKind,
    /// In words.
    pub why: String,
}

/// Kinds of effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EffectKind {
    /// The resource is destroyed and created again. Does not count on a new resource.
    Replaces,
    /// The resource is out of service for a while. Does not count on a new resource.
    Downtime,
    /// Something may stop working. Counts always.
    Behaviour,
    /// It costs more. Does not count on a new resource under profile `strict`.
    Cost,
}

/// A `fix` element that is no operation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} in the fix operation {operation}")]
pub struct OperationError {
    /// The operation as JSON.
    pub operation: String,
    /// What is wrong.
    pub problem: String,
}

impl Operation {
    /// Reads one element of a policy's `fix` array.
    pub fn from_json(json: &Json) -> Result<Self, OperationError> {
        let err = |problem: &str| OperationError { operation: json.to_string(), problem: problem.to_owned() };
        let object = json.as_object().ok_or_else(|| err("an object is expected"))?;
        let address = match object.get("address") {
            None => None,
            Some(Json::String(s)) => Some(s.parse::<Address>().map_err(|e| err(&e.to_string()))?),
            Some(_) => return Err(err("`address` is no string")),
        };
        let route_of = |key: &str| -> Result<Route, OperationError> {
            object
                .get(key)
                .and_then(Json::as_str)
                .ok_or_else(|| err(&format!("`{key}` names no route")))?
                .parse::<Route>()
                .map_err(|e| err(&e.to_string()))
        };
        let value_of = || match (object.get("value"), object.get("hcl")) {
            (Some(v), None) => Ok(OpValue::from_json(v)),
            (None, Some(Json::String(h))) => Ok(OpValue::Hcl(h.clone())),
            _ => Err(err("exactly one of `value` and `hcl` is expected")),
        };
        let kinds = ["ensure", "set", "default", "remove", "rename", "respell", "statement"];
        let known = [&kinds[..], &["address", "value", "hcl", "link", "change", "to"]].concat();
        if let Some(k) = object.keys().find(|k| !known.contains(&k.as_str())) {
            return Err(err(&format!("unknown key `{k}`")));
        }
        match kinds.into_iter().find(|k| object.contains_key(*k)) {
            Some("set") => Ok(Self::Set { address, route: route_of("set")?, value: value_of()? }),
            Some("default") => Ok(Self::Default { address, route: route_of("default")?, value: value_of()? }),
            Some("remove") => Ok(Self::Remove { address, route: route_of("remove")? }),
            Some("rename") => {
                let to = object.get("to").and_then(Json::as_str).filter(|t| !t.is_empty());
                let to = to.ok_or_else(|| err("`to` is no name"))?.to_owned();
                Ok(Self::Rename { address, route: route_of("rename")?, to })
            }
            Some("respell") => Ok(Self::Respell { address, route: route_of("respell")? }),
            Some("statement") => {
                let change = object
                    .get("change")
                    .and_then(Json::as_array)
                    .ok_or_else(|| err("`change` is no array"))?;
                let change = change.iter().map(Self::from_json).collect::<Result<_, _>>()?;
                Ok(Self::Statement { address, route: route_of("statement")?, change })
            }
            Some("ensure") => {
                let kind = object
                    .get("ensure")
                    .and_then(Json::as_str)
                    .ok_or_else(|| err("`ensure` names no resource type"))?;
                let link =
                    object.get("link").and_then(Json::as_object).ok_or_else(|| err("`link` is no object"))?;
                let link = link
                    .iter()
                    .map(|(k, v)| {
                        Ok((
                            k.clone(),
                            v.as_str()
                                .ok_or_else(|| err("`link` holds something else than strings"))?
                                .to_owned(),
                        ))
                    })
                    .collect::<Result<Vec<_>, OperationError>>()?;
                let set = match object.get("set") {
                    None => Vec::new(),
                    Some(Json::Object(o)) => o
                        .iter()
                        .map(|(k, v)| {
                            Ok((k.parse::<Route>().map_err(|e| err(&e.to_string()))?, OpValue::from_json(v)))
                        })
                        .collect::<Result<Vec<_>, OperationError>>()?,
                    Some(_) => return Err(err("`set` is no object")),
                };
                Ok(Self::Ensure { kind: kind.to_owned(), link, set })
            }
            _ => Err(err(
                "none of `set`, `default`, `remove`, `rename`, `respell`, `ensure`, `statement` is there",
            )),
        }
    }
}

impl OpValue {
    /// `{"hcl": "…"}` alone is an expression; everything else is data.
    pub fn from_json(json: &Json) -> Self {
        if let Json::Object(o) = json
            && o.len() == 1
            && let Some(Json::String(h)) = o.get("hcl")
        {
            return Self::Hcl(h.clone());
        }
        Self::Json(json.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn operations_are_read_and_mistakes_named() {
        let op =
            Operation::from_json(&json!({"ensure": "aws_s3_bucket_versioning", "link": {"bucket": "id"},
            "set": {"versioning_configuration.status": "Enabled"}}))
            .unwrap();
        let Operation::Ensure { kind, link, set } = op else { panic!() };
        assert_eq!((kind.as_str(), link.len(), set.len()), ("aws_s3_bucket_versioning", 1, 1));
        let hcl = Operation::from_json(&json!({"set": "kms_key_id", "value": {"hcl": "aws_kms_key.k.arn"}}))
            .unwrap();
        assert!(matches!(hcl, Operation::Set { value: OpValue::Hcl(_), .. }));
        for (bad, say) in [
            (json!({"set": "a"}), "exactly one of"),
            (json!({"set": "a", "value": 1, "vaule": 2}), "unknown key `vaule`"),
            (json!({"set": "a..b", "value": 1}), "no route"),
            (json!(["x"]), "object is expected"),
            (json!({"value": 1}), "none of"),
        ] {
            assert!(Operation::from_json(&bad).unwrap_err().problem.contains(say), "{bad}");
        }
    }
}
