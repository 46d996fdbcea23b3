//! Modules in memory, and values as short texts.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails where its plan is not what it expects")]

use trueline_model::{Kind, Plan, Resource, Value};
use trueline_terraform::{Inputs, Parsed, plan};
use trueline_text::Memory;

/// Loads these files with `.` as the root, and plans it.
pub fn load(files: &[(&str, &str)], inputs: &Inputs) -> (Parsed, Plan) {
    let memory: Memory = files.iter().copied().collect();
    let parsed = Parsed::load(&memory, &[".".to_owned()]);
    let plan = plan(&memory, &parsed, ".", inputs);
    (parsed, plan)
}

/// The plan of these files.
pub fn plan_of(files: &[(&str, &str)]) -> Plan {
    load(files, &Inputs::default()).1
}

/// The plan of these files with these inputs.
pub fn plan_with(files: &[(&str, &str)], inputs: &Inputs) -> Plan {
    load(files, inputs).1
}

/// The resource of this address.
pub fn resource<'p>(plan: &'p Plan, address: &str) -> &'p Resource {
    let found = plan.resources.iter().chain(&plan.data).find(|r| r.address.to_string() == address);
    found.unwrap_or_else(|| {
        panic!(
            "no {address} in {:?}",
            plan.resources.iter().map(|r| r.address.to_string()).collect::<Vec<_>>()
        )
    })
}

/// The value at a route of a resource.
pub fn value<'p>(plan: &'p Plan, address: &str, route: &str) -> &'p Value {
    let r = resource(plan, address);
    r.values.at(&route.parse().unwrap()).unwrap_or_else(|| panic!("no {route} in {address}"))
}

/// The same as a short text.
pub fn values(plan: &Plan, address: &str, route: &str) -> String {
    short(value(plan, address, route))
}

/// A value as a short text.
pub fn short(v: &Value) -> String {
    match &v.kind {
        Kind::Null(_) => "null".to_owned(),
        Kind::Bool(b) => b.to_string(),
        Kind::Number(n) => n.to_string(),
        Kind::String(s) => format!("{s:?}"),
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            format!("[{}]", items.iter().map(short).collect::<Vec<_>>().join(", "))
        }
        Kind::Map(_, entries) | Kind::Object(entries) => {
            let entries: Vec<String> = entries.iter().map(|(k, v)| format!("{k}: {}", short(v))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Kind::Unknown(u) => match (&u.prefix, &u.suffix) {
            (None, None) => "unknown".to_owned(),
            (p, s) => format!("unknown \"{}…{}\"", p.as_deref().unwrap_or(""), s.as_deref().unwrap_or("")),
        },
    }
}
