//! `tags_all`: the provider's default tags with the resource's own laid over them.
//!
//! What enters: the values of a resource and its provider's configuration. What leaves: `tags_all` as provider 5.100
//! plans it, which was asked what it does with null, with `""` and with tags that it ignores.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Address, Kind, Reason, Route, Type, Unknown, Value};

use crate::Entries;
use crate::schema::BlockSchema;

type Tags = BTreeMap<Arc<str>, Value>;

/// What a provider's configuration says of tags.
#[derive(Clone, Debug, Default)]
pub struct Tagging {
    /// The tags of every resource: a map, maybe unknown; none if there are none.
    pub defaults: Option<Value>,
    /// The tags of which it takes no notice.
    pub ignored: IgnoredTags,
}

/// Tags of which the provider takes no notice.
#[derive(Clone, Debug, Default)]
pub struct IgnoredTags {
    /// Their keys.
    pub keys: Vec<Arc<str>>,
    /// What their keys begin with.
    pub prefixes: Vec<Arc<str>>,
}

impl IgnoredTags {
    /// True if a tag with this key is one of them.
    pub fn covers(&self, key: &str) -> bool {
        self.keys.iter().any(|k| **k == *key) || self.prefixes.iter().any(|p| key.starts_with(&**p))
    }
}

/// Sets `tags_all` as the AWS provider plans it.
pub fn merge_defaults(
    values: &mut Entries,
    schema: Option<&Arc<BlockSchema>>,
    tagging: &Tagging,
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
        None => tagging.defaults.clone(),
    };
    let older = schema.is_none_or(|s| s.is_older());
    let ty = Type::Map(Arc::new(Type::String));
    let mut v: Value = match merged(&own, defaults.as_ref(), tagging, older) {
        Ok(all) => Kind::Map(Type::String, Arc::new(all)).into(),
        Err(open) => {
            let (reason, origin) = match open {
                Open::Nothing => (Reason::Unset, None),
                Open::Empty => (at_apply(address), None),
                Open::Unknown(v) => (v.first_reason().unwrap_or_else(|| at_apply(address)), v.origin.clone()),
            };
            Value::from(Kind::Unknown(Arc::new(Unknown::new(ty, reason)))).with_origin(origin)
        }
    };
    v.sensitive = own.sensitive || defaults.is_some_and(|d| d.sensitive);
    values.insert("tags_all".into(), v);
}

/// Why `tags_all` is left to apply.
enum Open {
    /// There are no tags.
    Nothing,
    /// One of the tags is `""`.
    Empty,
    /// This is not known.
    Unknown(Box<Value>),
}

fn merged(own: &Value, defaults: Option<&Value>, tagging: &Tagging, older: bool) -> Result<Tags, Open> {
    for part in [Some(own), defaults].into_iter().flatten() {
        if part.is_unknown() && !part.is_unset() {
            return Err(Open::Unknown(Box::new(part.clone())));
        }
    }
    let entries = |v: Option<&Value>| v.and_then(Value::as_entries).cloned().unwrap_or_default();
    let mut own = entries(Some(own));
    if older {
        own.retain(|_, v| !v.is_null());
    } else {
        // The newer framework takes null for `""`, which wins over a default.
        for v in own.values_mut().filter(|v| v.is_null()) {
            v.kind = Kind::String("".into());
        }
    }
    let mut all = entries(defaults);
    all.retain(|_, v| !v.is_null());
    all.extend(own.iter().map(|(k, v)| (k.clone(), v.clone())));
    if let Some(v) = all.values().find(|v| v.is_unknown()) {
        return Err(Open::Unknown(Box::new(v.clone())));
    }
    all.retain(|k, _| !tagging.ignored.covers(k));
    if !older {
        return Ok(all);
    }
    let empty = |tags: &Tags| tags.values().any(|v| v.as_str() == Some(""));
    // Beside tags of the resource, a default that is `""` leaves no more than itself to apply; that is not told apart.
    match all.is_empty() {
        _ if empty(&own) || empty(&all) => Err(Open::Empty),
        true => Err(Open::Nothing),
        false => Ok(all),
    }
}

fn at_apply(address: &Arc<Address>) -> Reason {
    Reason::Computed(address.clone(), Route::name("tags_all"))
}

/// What stands in for the provider's default tags where a resource overrides them (`override_provider` of an S3 object).
fn overridden(values: &Entries) -> Option<Option<Value>> {
    let first = |v: &Value| v.as_items().and_then(<[Value]>::first).cloned();
    let provider = first(values.get("override_provider")?)?;
    let defaults = first(provider.as_entries()?.get("default_tags")?)?;
    Some(defaults.as_entries()?.get("tags").filter(|v| !v.is_null()).cloned())
}
