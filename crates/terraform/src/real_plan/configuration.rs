//! `configuration` of a plan, found by address.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use trueline_model::Address;

/// The blocks of all modules.
pub struct Configuration<'a> {
    /// By address without instance keys.
    resources: BTreeMap<String, Written<'a>>,
    /// By module path without keys; the root is empty.
    modules: BTreeMap<String, &'a Json>,
    /// `provider_config`
    providers: Option<&'a Map<String, Json>>,
}

/// A resource block.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    /// The element of `resources`.
    pub json: &'a Json,
}

impl<'a> Written<'a> {
    /// What its arguments are.
    pub fn expressions(&self) -> Option<&'a Map<String, Json>> {
        self.json.get("expressions")?.as_object()
    }
}

impl<'a> Configuration<'a> {
    /// Collects the blocks.
    pub fn of(plan: &'a Json) -> Self {
        let mut out = Self { resources: BTreeMap::new(), modules: BTreeMap::new(), providers: None };
        let Some(configuration) = plan.get("configuration") else { return out };
        out.providers = configuration.get("provider_config").and_then(Json::as_object);
        let mut todo: Vec<(String, &Json)> =
            configuration.get("root_module").into_iter().map(|m| (String::new(), m)).collect();
        while let Some((path, module)) = todo.pop() {
            let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            for r in module.get("resources").and_then(Json::as_array).into_iter().flatten() {
                if let Some(address) = r.get("address").and_then(Json::as_str) {
                    out.resources.insert(below(address), Written { json: r });
                }
            }
            for (name, call) in module.get("module_calls").and_then(Json::as_object).into_iter().flatten() {
                if let Some(m) = call.get("module") {
                    todo.push((below(&format!("module.{name}")), m));
                }
            }
            out.modules.insert(path, module);
        }
        out
    }

    /// The block of an instance.
    pub fn resource(&self, address: &Address) -> Option<Written<'a>> {
        self.resources.get(&address.without_keys().to_string()).copied()
    }

    /// An output of the module at `path`.
    pub fn output(&self, path: &str, name: &str) -> Option<&'a Json> {
        self.modules.get(path)?.get("outputs")?.get(name)?.get("expression")
    }

    /// The argument `name` of the call of the module at `path`, in the module above.
    pub fn argument(&self, path: &str, name: &str) -> Option<(String, &'a Json)> {
        let (above, call) = match path.rsplit_once(".module.") {
            Some((above, call)) => (above, call),
            None => ("", path.strip_prefix("module.")?),
        };
        let expression =
            self.modules.get(above)?.get("module_calls")?.get(call)?.get("expressions")?.get(name)?;
        Some((above.to_owned(), expression))
    }

    /// A provider configuration by key.
    pub fn provider(&self, key: &str) -> Option<&'a Json> {
        self.providers?.get(key)
    }
}
