//! `data.trueline.provider_tags`: the tags that only the provider gives.

use trueline_model::{Resource, Route, Value};
use trueline_rego::Value as Shown;

use super::leaves::decoded;
use super::object;

/// The tags that are in `tags_all`, not in `tags`. What is not known of `tags_all` (which one
/// unknown or empty tag of the resource itself makes so), the provider's configuration says.
pub fn provider_tags(r: &Resource) -> Shown {
    let shown = |tags: Shown, unknown: bool| {
        let provider = Shown::from(&*r.provider.local);
        object([("provider", provider), ("tags", tags), ("unknown", Shown::from(unknown))])
    };
    let none = || shown(Shown::empty_object(), false);
    let field = |n: &str| r.values.at(&Route::name(n));
    let Some(all) = field("tags_all") else { return none() };
    let defaults = r.provider.default_tags.as_ref();
    let all = match defaults {
        _ if !all.is_unknown() => all,
        Some(given) => given,
        None => return none(),
    };
    let own = field("tags").and_then(Value::as_entries);
    let given = |key: &str, v: &Value| {
        let default = defaults.and_then(Value::as_entries).and_then(|d| d.get(key));
        let v = if v.is_unknown() { default.unwrap_or(v) } else { v };
        match own.and_then(|o| o.get(key)) {
            _ if v.is_null() => None,
            None => Some(decoded(v)),
            Some(own) => (own.is_null() && null_is_no_tag(r)).then(|| decoded(v)),
        }
    };
    let entries = all.as_entries().into_iter().flatten();
    let tags = entries.filter_map(|(k, v)| Some((Shown::String(k.clone()), given(k, v)?)));
    shown(Shown::object(tags.collect()), all.is_unknown())
}

/// True where a tag that is null leaves the default tag as it is. Resources of the provider's newer framework take null
/// for `""`.
fn null_is_no_tag(r: &Resource) -> bool {
    let provider = trueline_provider::schema::provider(&r.provider.source);
    provider.and_then(|p| p.resource(&r.address.kind)).is_none_or(|s| s.is_older())
}
