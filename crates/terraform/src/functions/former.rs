//! Functions that Terraform had before 0.15: `list` and `map`.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Reason, Type, Value};

use super::FunctionError;

/// The call as it is written since: `list(a, b)` is `tolist([a, b])`, `map(k, v)` is `tomap({k = v})`.
pub(super) fn written_anew(
    name: &str,
    args: Vec<Value>,
) -> Result<(&'static str, Vec<Value>), FunctionError> {
    if name == "list" {
        return Ok(("tolist", vec![Value::tuple(args)]));
    }
    if args.len() % 2 == 1 {
        return Err(fails("there are as many keys as values"));
    }
    let mut entries: BTreeMap<Arc<str>, Value> = BTreeMap::new();
    let (mut sensitive, mut ephemeral) = (false, false);
    let mut args = args.into_iter();
    while let (Some(key), Some(value)) = (args.next(), args.next()) {
        sensitive |= key.sensitive;
        ephemeral |= key.ephemeral;
        match &key.kind {
            Kind::String(k) => {
                entries.insert(k.clone(), value);
            }
            Kind::Unknown(_) => {
                let reason = key.reason().cloned().unwrap_or(Reason::Deferred);
                return Ok(("tomap", vec![Value::unknown(Type::Map(Arc::new(Type::Any)), reason)]));
            }
            _ => return Err(fails("keys are strings")),
        }
    }
    Ok(("tomap", vec![Value { sensitive, ephemeral, ..Value::object(entries) }]))
}

fn fails(message: &str) -> FunctionError {
    FunctionError::Failed { function: "map", message: message.to_owned() }
}
