//! What is certainly not known when Terraform plans: attributes that a provider gives on apply, and what is made of them.
//!
//! Much is unknown here that Terraform knows: what a data source reads, what a variable is given. Only what hangs on nothing
//! of that kind is a reason to say that Terraform refuses the plan.

use std::sync::Arc;

use trueline_model::{Kind, Mode, Reason, Route, Segment, Value};

use super::graph::Node;
use super::scope::ModuleScope;
use super::{Instance, ModuleId, World};
use crate::expression::{Step, StepKey};
use crate::functions;
use crate::module::ResourceKey;
use trueline_provider::schema::BlockSchema;

impl World<'_> {
    /// Notes that a variable, local or output is made of something that Terraform may know.
    pub(super) fn doubt(&mut self, node: Node, doubts: bool) {
        if doubts {
            if let Node::Output(m, _) = &node {
                self.doubtful_modules.insert(*m);
            }
            self.doubtful.insert(node);
        }
    }
}

impl ModuleScope<'_, '_> {
    pub(super) fn may_be_known(&self, root: &str, steps: &[Step], value: &Value) -> bool {
        let name = |n: usize| match steps.get(n).map(|s| &s.key) {
            Some(StepKey::Attribute(name)) => Some(name),
            _ => None,
        };
        let m = self.module;
        let (mode, first) = match root {
            "var" | "local" => {
                let Some(name) = name(0).cloned() else { return true };
                let node = if root == "var" { Node::Variable(m, name) } else { Node::Local(m, name) };
                return self.world.doubtful.contains(&node) || !all_on_apply(value);
            }
            "module" => {
                let call = name(0).and_then(|call| self.world.module(m)?.calls.get(call));
                let Some(call) = call else { return true };
                let of_call = |id: &ModuleId| self.world.doubtful_modules.contains(id);
                return call.children.iter().any(|(_, id)| of_call(id)) || !all_on_apply(value);
            }
            "data" | "each" | "count" | "self" | "path" | "terraform" | "tofu" | "ephemeral" => return true,
            "resource" => (Mode::Managed, 0),
            _ => (Mode::Managed, usize::MAX),
        };
        let (kind, label) = match first {
            0 => (name(0).cloned(), name(1).cloned()),
            _ => (Some(Arc::from(root)), name(0).cloned()),
        };
        let (Some(kind), Some(label)) = (kind, label) else { return true };
        let key = ResourceKey { mode, kind, name: label };
        let Some(state) = self.world.module(m).and_then(|m| m.resources.get(&key)) else { return true };
        !state.instances.first().is_some_and(|i| given_on_apply(value, i))
    }
}

/// True if every unknown part of a value is an attribute that its own resource, of which one instance is `i`, gets on apply.
fn given_on_apply(v: &Value, i: &Instance) -> bool {
    match &v.kind {
        Kind::Unknown(u) => match &u.reason {
            Reason::Computed(address, route) => {
                let (own, other) = (&i.address, address);
                let same = own.kind == other.kind && own.name == other.name && own.modules == other.modules;
                same && !i.deferred && is_given(i, route)
            }
            _ => false,
        },
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            items.iter().all(|v| given_on_apply(v, i))
        }
        Kind::Map(_, entries) | Kind::Object(entries) => entries.values().all(|v| given_on_apply(v, i)),
        _ => true,
    }
}

fn is_given(i: &Instance, route: &Route) -> bool {
    let names = route.0.iter().filter_map(|s| match s {
        Segment::Name(n) => Some(n),
        Segment::Index(_) => None,
    });
    i.schema.as_deref().is_some_and(|s| is_read_only(s, names))
}

/// True for an attribute that only the provider sets, and of which no plan is known that shows it.
fn is_read_only<'n>(schema: &BlockSchema, mut names: impl Iterator<Item = &'n Arc<str>>) -> bool {
    // A certificate's plan names the domains that are to be validated.
    const PLANNED: [&str; 1] = ["domain_validation_options"];
    let Some(name) = names.next() else { return false };
    if let Some(b) = schema.blocks.get(name) {
        return is_read_only(&b.block, names);
    }
    schema.attributes.get(name).is_some_and(|a| {
        let bare = a.default.is_none() && a.instead.is_none() && a.rewrite.is_none();
        bare && !PLANNED.contains(&&**name) && (a.is_read_only() || (&**name == "id" && a.computed))
    })
}

/// True if only apply tells what is unknown for this reason.
pub(super) fn is_on_apply(reason: &Reason) -> bool {
    match reason {
        Reason::Computed(address, _) => address.mode == Mode::Managed,
        Reason::Function(name) => functions::is_open_until_apply(name),
        _ => false,
    }
}

/// True if all that is unknown in a value is known only after apply, as far as its reasons tell.
fn all_on_apply(v: &Value) -> bool {
    match &v.kind {
        Kind::Unknown(u) => is_on_apply(&u.reason),
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => items.iter().all(all_on_apply),
        Kind::Map(_, entries) | Kind::Object(entries) => entries.values().all(all_on_apply),
        _ => true,
    }
}
