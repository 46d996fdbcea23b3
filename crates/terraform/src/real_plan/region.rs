//! The region of a provider configuration, where the plan tells it.

use std::sync::Arc;

use serde_json::Value as Json;
use trueline_model::{Route, Value};

use super::configuration::Configuration;
use trueline_provider::schema;

/// The region that a resource names itself, as from version 6 of the AWS provider on: before, its type has no such
/// attribute, or one that says something else.
pub fn own(kind: &str, values: &Value) -> Option<Arc<str>> {
    let before = schema::aws().resource(kind)?;
    let region = values.at(&Route::name("region"))?.as_str().filter(|r| looks_like_region(r))?;
    (!before.attributes.contains_key("region")).then(|| region.into())
}

/// The region that the configuration with this key has: a constant, or the value of one variable of
/// the root module. An expression with more in it can't be told from a plain reference, hence a
/// value that does not look like a region is not taken.
pub fn of(configuration: &Configuration<'_>, key: &str, plan: &Json) -> Option<Arc<str>> {
    let provider = configuration.provider(key)?;
    let expression = provider.get("expressions")?.get("region")?;
    if let Some(constant) = expression.get("constant_value") {
        return constant.as_str().map(Arc::from);
    }
    if provider.get("module_address").is_some() {
        return None;
    }
    let [only] = expression.get("references")?.as_array()?.as_slice() else { return None };
    let name = only.as_str()?.strip_prefix("var.")?;
    let value = plan.get("variables")?.get(name)?.get("value")?.as_str()?;
    looks_like_region(value).then(|| value.into())
}

/// `us-east-1`, `us-gov-west-1`: letters, words, a number.
fn looks_like_region(s: &str) -> bool {
    let parts: Vec<&str> = s.split('-').collect();
    let Some((number, words)) = parts.split_last() else { return false };
    words.len() >= 2
        && words.iter().all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase()))
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
}
