//! The default tags of a provider configuration, where the plan tells them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;
use trueline_model::{Kind, Reason, Type, Unknown, Value};

use super::configuration::Configuration;

/// What the configuration with this key gives to all resources: nothing if it has no `default_tags`, unknown where they
/// are more than constants, since a plan tells of other expressions only what they refer to.
pub fn of(configuration: &Configuration<'_>, key: &str) -> Option<Value> {
    let block = configuration.provider(key)?.get("expressions")?.get("default_tags")?;
    let tags = block.get(0).unwrap_or(block).get("tags")?;
    let Some(constant) = tags.get("constant_value").and_then(Json::as_object) else {
        let ty = Type::Map(Arc::new(Type::String));
        return Some(Value::from(Kind::Unknown(Arc::new(Unknown::new(ty, Reason::Plan)))));
    };
    let text = |v: &Json| match v {
        Json::String(s) => s.as_str().into(),
        other => other.to_string().into(),
    };
    let entries: BTreeMap<Arc<str>, Value> = constant
        .iter()
        .filter(|(_, v)| !v.is_null())
        .map(|(k, v)| (k.as_str().into(), Value::from(Kind::String(text(v)))))
        .collect();
    Some(Value::from(Kind::Map(Type::String, Arc::new(entries))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn constants_are_known_and_expressions_are_not() {
        let plan = json!({"configuration": {"provider_config": {
            "aws": {"expressions": {"default_tags": [{"tags": {"constant_value": {"Owner": "core", "Cost": 7}}}]}},
            "aws.other": {"expressions": {"default_tags": [{"tags": {"references": ["local.tags"]}}]}},
            "aws.bare": {"expressions": {"region": {"constant_value": "us-east-1"}}},
        }}});
        let configuration = Configuration::of(&plan);
        let known = of(&configuration, "aws").unwrap();
        assert_eq!(known.as_entries().unwrap().len(), 2);
        assert_eq!(known.as_entries().unwrap()["Cost"].as_str(), Some("7"));
        assert!(of(&configuration, "aws.other").unwrap().is_unknown());
        assert!(of(&configuration, "aws.bare").is_none());
        assert!(of(&configuration, "none").is_none());
    }
}
