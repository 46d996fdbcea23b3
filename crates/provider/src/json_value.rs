//! JSON as values.

use std::sync::Arc;

use serde_json::Value as Json;
use trueline_model::{Kind, Number, Origin, Type, Value};

/// The value that JSON stands for: objects and tuples; every part is said to come from `origin`.
pub fn of_json(json: &Json, origin: Option<&Arc<Origin>>) -> Value {
    let kind = match json {
        Json::Null => Kind::Null(Type::Any),
        Json::Bool(b) => Kind::Bool(*b),
        Json::Number(n) => match n.to_string().parse::<Number>() {
            Ok(n) => Kind::Number(n),
            Err(_) => Kind::Null(Type::Number),
        },
        Json::String(s) => Kind::String(s.as_str().into()),
        Json::Array(items) => Kind::Tuple(Arc::new(items.iter().map(|i| of_json(i, origin)).collect())),
        Json::Object(o) => {
            Kind::Object(Arc::new(o.iter().map(|(k, v)| (k.as_str().into(), of_json(v, origin))).collect()))
        }
    };
    Value::from(kind).with_origin(origin.cloned())
}
