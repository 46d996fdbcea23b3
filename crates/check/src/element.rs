//! One element of a policy's `deny`, `violation`, `warn` or `unknown`: a message, or an object with more.

use serde_json::Value as Json;
use trueline_model::{Address, Effect, EffectKind, Operation, Route, Severity};

/// What a policy said, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// What is wrong.
    pub message: String,
    /// The resource as the policy named it; empty if it named none.
    pub subject: String,
    /// The same, where it is an address.
    pub address: Option<Address>,
    /// Where in the resource.
    pub route: Route,
    /// Why it matters (for `unknown`: why it can't be decided), if the policy says it here.
    pub why: Option<String>,
    /// What to do, if the policy says it here.
    pub help: Option<String>,
    /// Severity, if the policy says it here.
    pub severity: Option<Severity>,
    /// What to change.
    pub operations: Vec<Operation>,
    /// What the change may do beside.
    pub effects: Vec<Effect>,
    /// Settings that are missing.
    pub needs: Vec<String>,
    /// `_loc`: a place that the policy names itself.
    pub location: Option<(String, u32)>,
}

/// Reads an element.
///
/// # Errors
/// What is wrong with it, in words that name the key.
pub fn read(json: &Json) -> Result<Element, String> {
    let empty = Element {
        message: String::new(),
        subject: String::new(),
        address: None,
        route: Route::root(),
        why: None,
        help: None,
        severity: None,
        operations: Vec::new(),
        effects: Vec::new(),
        needs: Vec::new(),
        location: None,
    };
    let object = match json {
        Json::String(s) => return Ok(Element { message: s.clone(), ..empty }),
        Json::Object(o) => o,
        other => return Err(format!("a string or an object with `msg` is expected, not {other}")),
    };
    let text = |key: &str| object.get(key).and_then(Json::as_str).map(str::to_owned);
    let message = text("msg").ok_or("the object has no string `msg`")?;
    let subject = text("address").unwrap_or_default();
    let route = match object.get("route") {
        None | Some(Json::Null) => Route::root(),
        Some(Json::String(s)) => s.parse().map_err(|e: trueline_model::RouteError| e.to_string())?,
        Some(other) => return Err(format!("`route` is no string: {other}")),
    };
    let severity =
        match object.get("severity") {
            None => None,
            Some(v) => Some(serde_json::from_value(v.clone()).map_err(|_| {
                format!("`severity` is {v}, expected one of info, low, medium, high, critical")
            })?),
        };
    let operations = list(object.get("fix"), "fix")?
        .iter()
        .map(|o| Operation::from_json(o).map_err(|e| e.to_string()))
        .collect::<Result<_, _>>()?;
    let effects = list(object.get("effects"), "effects")?.iter().map(effect).collect::<Result<_, _>>()?;
    let needs = list(object.get("needs"), "needs")?
        .iter()
        .map(|n| n.as_str().map(str::to_owned).ok_or_else(|| format!("`needs` holds {n}, expected a string")))
        .collect::<Result<_, _>>()?;
    let location = object.get("_loc").and_then(|l| {
        Some((l.get("file")?.as_str()?.to_owned(), u32::try_from(l.get("line")?.as_u64()?).ok()?))
    });
    Ok(Element {
        address: subject.parse().ok(),
        message,
        subject,
        route,
        why: text("why"),
        help: text("help"),
        severity,
        operations,
        effects,
        needs,
        location,
    })
}

fn list<'j>(json: Option<&'j Json>, key: &str) -> Result<&'j [Json], String> {
    match json {
        None | Some(Json::Null) => Ok(&[]),
        Some(Json::Array(a)) => Ok(a),
        Some(other) => Err(format!("`{key}` is no array: {other}")),
    }
}

fn effect(json: &Json) -> Result<Effect, String> {
    let kind = json.get("kind").cloned().unwrap_or(Json::Null);
    let kind: EffectKind = serde_json::from_value(kind.clone()).map_err(|_| {
        format!("an effect's `kind` is {kind}, expected replaces, downtime, behaviour or cost")
    })?;
    let why = json.get("why").and_then(Json::as_str).ok_or("an effect has no string `why`")?;
    Ok(Effect { kind, why: why.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_element_is_a_message_or_an_object_and_mistakes_are_named() {
        assert_eq!(read(&json!("no")).unwrap().message, "no");
        let e = read(&json!({"msg": "m", "address": "aws_s3_bucket.b", "route": "tags.Owner", "severity": "high",
            "fix": [{"set": "a", "value": 1}], "effects": [{"kind": "replaces", "why": "w"}], "needs": ["settings.x"]}))
        .unwrap();
        assert_eq!(
            (e.address.unwrap().to_string(), e.route.to_string()),
            ("aws_s3_bucket.b".into(), "tags.Owner".into())
        );
        assert_eq!((e.operations.len(), e.effects.len(), e.needs.len()), (1, 1, 1));
        for (bad, say) in [
            (json!(1), "a string or an object"),
            (json!({"message": "m"}), "no string `msg`"),
            (json!({"msg": "m", "severity": "bad"}), "expected one of info"),
            (json!({"msg": "m", "fix": {}}), "`fix` is no array"),
            (json!({"msg": "m", "effects": [{"kind": "x", "why": "w"}]}), "replaces, downtime"),
        ] {
            assert!(read(&bad).unwrap_err().contains(say), "{bad}");
        }
    }
}
