//! `tags_all`: the provider's default tags with the resource's own laid over them.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Address, Kind, Reason, Route, Type, Unknown, Value};

use crate::body::Entries;
use crate::provider::ProviderState;
use crate::schema::BlockSchema;

/// Sets `tags_all` as the AWS provider plans it: known if all tags are and there are any, else left to apply.
pub(crate) fn merge_defaults(
    values: &mut Entries,
    schema: Option<&Arc<BlockSchema>>,
    provider: &ProviderState,
    address: &Arc<Address>,
) {
    let has = |name: &str| schema.is_some_and(|s| s.attributes.contains_key(name));
    if !has("tags_all") || !has("tags") {
        return;
    }
    // What the source sets itself stays.
    if values.get("tags_all").is_some_and(|v| !v.is_unset()) {
        return;
    }
    let own = values.get("tags").cloned().unwrap_or_else(Value::null);
    let defaults = match overridden(values) {
        Some(own_defaults) => own_defaults,
        None => provider.default_tags.clone(),
    };
    let merged = match (&own.kind, defaults.as_ref().map(|d| &d.kind)) {
        (Kind::Unknown(u), _) if u.reason != Reason::Unset => Err(Some(own.clone())),
        (_, Some(Kind::Unknown(_))) => Err(defaults.clone()),
        _ => {
            let mut all: BTreeMap<Arc<str>, Value> = BTreeMap::new();
            for part in [defaults.as_ref(), Some(&own)].into_iter().flatten() {
                for (k, v) in part.as_entries().into_iter().flatten() {
                    all.insert(k.clone(), v.clone());
                }
            }
            all.retain(|_, v| !v.is_null());
            match all.values().find(|v| v.is_unknown()) {
                Some(v) => Err(Some(v.clone())),
                // The newer framework plans what is written even if that is nothing.
                None if all.is_empty() && (own.is_null() || schema.is_none_or(|s| s.is_older())) => Err(None),
                None => Ok(all),
            }
        }
    };
    let ty = Type::Map(Arc::new(Type::String));
    let mut v: Value = match merged {
        Ok(all) => Kind::Map(Type::String, Arc::new(all)).into(),
        Err(why) => {
            let reason = match &why {
                None => Reason::Unset,
                Some(v) => crate::expression::first_reason(v)
                    .unwrap_or_else(|| Reason::Computed(address.clone(), Route::name("tags_all"))),
            };
            let origin = why.and_then(|v| v.origin);
            Value::from(Kind::Unknown(Arc::new(Unknown::new(ty, reason)))).with_origin(origin)
        }
    };
    v.sensitive = own.sensitive || defaults.is_some_and(|d| d.sensitive);
    values.insert("tags_all".into(), v);
}

/// What stands in for the provider's default tags where a resource overrides them (`override_provider` of an S3 object).
fn overridden(values: &Entries) -> Option<Option<Value>> {
    let first = |v: &Value| v.as_items().and_then(<[Value]>::first).cloned();
    let provider = first(values.get("override_provider")?)?;
    let defaults = first(provider.as_entries()?.get("default_tags")?)?;
    Some(defaults.as_entries()?.get("tags").filter(|v| !v.is_null()).cloned())
}
