//! What the arguments of a resource refer to, by the references that a plan's configuration lists.
//!
//! Locals are not part of a plan's configuration: what refers to a resource through a local is not
//! seen. Variables and outputs of modules are followed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value as Json};
use trueline_model::{Address, Link, Mode, Reason, Route, Value};

use super::configuration::{Configuration, Written};
use super::instances::Instances;
use super::reference::{Step, longest, name, resource, route};

/// How many variables and outputs a reference may go through.
const DEPTH: usize = 16;
/// Deepest nesting of blocks that is looked into.
const BLOCKS: usize = 32;

/// The references of one instance.
pub struct References<'a> {
    /// Where references are listed.
    pub configuration: &'a Configuration<'a>,
    /// What they may mean.
    pub instances: &'a Instances,
    /// The instance.
    pub address: &'a Address,
    /// Its block.
    pub written: Option<Written<'a>>,
    /// Partly known documents of data sources that are read on apply.
    pub documents: &'a Documents,
}

/// By address of the data source.
pub type Documents = BTreeMap<Address, Arc<Value>>;

/// A resource attribute that is referred to; `address` has the keys that are written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Target {
    address: Address,
    attribute: Route,
    /// Depends on the key of the instance that refers.
    same_key: bool,
}

impl References<'_> {
    /// All links of the instance.
    pub fn links(&self) -> Vec<Link> {
        let mut out = BTreeSet::new();
        if let Some(expressions) = self.written.and_then(|w| w.expressions()) {
            self.block_links(expressions, &Route::root(), 0, &mut out);
        }
        out.into_iter().collect()
    }

    /// Why an argument with this expression is unknown.
    pub fn reason(&self, expression: &Json) -> Reason {
        match self.only_target(expression) {
            Some((address, attribute, _)) => match address.mode {
                Mode::Managed => Reason::Computed(address.into(), attribute),
                Mode::Data => Reason::DataSource(address.into(), attribute),
            },
            None => Reason::Plan,
        }
    }

    /// What is known of the document that an unknown string will be, if it is that of a data source.
    pub fn document(&self, expression: &Json) -> Option<Arc<Value>> {
        let (address, attribute, certain) = self.only_target(expression)?;
        // An attribute behind an index that is no constant is not part of the reference.
        let whole =
            attribute.0.is_empty() || matches!(attribute.to_string().as_str(), "json" | "minified_json");
        (certain && whole).then(|| self.documents.get(&address).cloned()).flatten()
    }

    /// The one resource attribute that an expression refers to, and whether the instance is certain.
    fn only_target(&self, expression: &Json) -> Option<(Address, Route, bool)> {
        let targets = self.targets(expression);
        let [one] = targets.as_slice() else { return None };
        let (found, certain) = self.instances.meant(&one.address, self.address, one.same_key);
        let address = match found.into_iter().next() {
            Some(a) if certain => a,
            _ => one.address.clone(),
        };
        Some((address, one.attribute.clone(), certain))
    }

    fn block_links(&self, block: &Map<String, Json>, route: &Route, depth: usize, out: &mut BTreeSet<Link>) {
        if depth > BLOCKS {
            return;
        }
        for (name, e) in block {
            let at = route.child(name.as_str());
            match e {
                Json::Array(blocks) => {
                    for (i, b) in blocks.iter().enumerate() {
                        if let (Some(b), Ok(i)) = (b.as_object(), u32::try_from(i)) {
                            self.block_links(b, &at.element(i), depth + 1, out);
                        }
                    }
                }
                Json::Object(inner) if is_expression(inner) => self.expression_links(e, &at, out),
                Json::Object(inner) => self.block_links(inner, &at, depth + 1, out),
                _ => {}
            }
        }
    }

    fn expression_links(&self, expression: &Json, route: &Route, out: &mut BTreeSet<Link>) {
        for t in self.targets(expression) {
            let (found, certain) = self.instances.meant(&t.address, self.address, t.same_key);
            for to in found {
                out.insert(Link { route: route.clone(), to, attribute: t.attribute.clone(), certain });
            }
        }
    }

    /// The resource attributes that an expression of this instance refers to.
    fn targets(&self, expression: &Json) -> Vec<Target> {
        let path = module_path(self.address);
        let mut out = BTreeSet::new();
        self.follow(expression, &path, 0, &mut out);
        out.into_iter().collect()
    }

    fn follow(&self, expression: &Json, path: &str, depth: usize, out: &mut BTreeSet<Target>) {
        if depth > DEPTH {
            return;
        }
        let all = longest(expression);
        let own_module = depth == 0;
        let same_key = own_module && all.iter().any(|r| matches!(name(r, 0), Some("count" | "each")));
        for r in &all {
            match name(r, 0) {
                Some("var") if !path.is_empty() => {
                    let argument = name(r, 1).and_then(|n| self.configuration.argument(path, n));
                    if let Some((above, e)) = argument {
                        self.follow(e, &above, depth + 1, out);
                    }
                }
                Some("each") if own_module && name(r, 1) == Some("value") => self.each_value(r, path, out),
                Some("var" | "local" | "each" | "count" | "path" | "terraform" | "self" | "ephemeral")
                | None => {}
                Some("module") => {
                    let Some(call) = name(r, 1) else { continue };
                    let Some(output) = name(r, 2).or_else(|| name(r, 3)) else { continue };
                    let below = if path.is_empty() {
                        format!("module.{call}")
                    } else {
                        format!("{path}.module.{call}")
                    };
                    if let Some(e) = self.configuration.output(&below, output) {
                        self.follow(e, &below, depth + 1, out);
                    }
                }
                Some(_) => {
                    let found = resource(r, path);
                    out.extend(found.map(|(address, attribute)| Target { address, attribute, same_key }));
                }
            }
        }
    }

    /// `each.value.id` where `for_each` is a resource: the instance of the same key.
    fn each_value(&self, reference: &[Step], path: &str, out: &mut BTreeSet<Target>) {
        let Some(for_each) = self.written.and_then(|w| w.json.get("for_each_expression")) else { return };
        if let [only] = longest(for_each).as_slice()
            && let Some((address, Route(none))) = resource(only, path)
            && none.is_empty()
            && !matches!(&*address.kind, "var" | "local" | "module")
        {
            out.insert(Target { address, attribute: route(reference, 2), same_key: true });
        }
    }
}

/// True for `{"references": …}`, `{"constant_value": …}` and `{}`; a block without arguments looks the same.
fn is_expression(e: &Map<String, Json>) -> bool {
    e.is_empty() || e.get("references").is_some_and(Json::is_array) || e.contains_key("constant_value")
}

fn module_path(a: &Address) -> String {
    a.without_keys().module_path()
}
