//! Which data sources Terraform reads only while it applies.
//!
//! A data source is read while Terraform plans, unless something changes that it refers to or that `depends_on` names, its
//! own or that of a module around it; without a state, each managed resource that has instances changes. As in Terraform,
//! what stands behind a resource does not count, but what stands in and behind a module does, and behind all that a module
//! around depends on; and all that is behind a data source with conditions.

use std::collections::{BTreeSet, HashSet};

use trueline_model::Mode;

use super::graph::Node;
use super::{ModuleId, World};
use crate::content::Content;
use crate::module::ResourceKey;
use crate::references::{self, Reference};

impl World<'_> {
    /// What `depends_on` names for a resource: in its own block, and in the calls of the modules around it.
    pub(super) fn dependencies(&self, m: ModuleId, key: &ResourceKey) -> Vec<Node> {
        let mut out = Vec::new();
        if let Some(declaration) = self.module(m).and_then(|m| m.config.resources.get(key)) {
            self.named(m, &declaration.content, &mut out);
        }
        out.extend(self.around(m));
        out
    }

    /// What `depends_on` names in the calls of the modules around.
    fn around(&self, m: ModuleId) -> Vec<Node> {
        let mut out = Vec::new();
        let mut parent = self.module(m).and_then(|m| m.parent.as_ref());
        while let Some(p) = parent {
            let Some(above) = self.module(p.module) else { break };
            if let Some(call) = above.config.calls.get(&p.call) {
                self.named(p.module, &call.content, &mut out);
            }
            parent = above.parent.as_ref();
        }
        out
    }

    fn named(&self, m: ModuleId, content: &Content<'_>, out: &mut Vec<Node>) {
        let Some((_, e)) = content.expr("depends_on") else { return };
        let mut named = BTreeSet::new();
        references::of_expr(e, &mut named);
        let Some(config) = self.module(m).map(|m| &m.config) else { return };
        for reference in named {
            match reference {
                Reference::Resource(k) if config.resources.contains_key(&k) => out.push(Node::Resource(m, k)),
                Reference::Module(n, _) if config.calls.contains_key(&n) => out.push(Node::Call(m, n)),
                _ => {}
            }
        }
    }

    /// All that stands in the instances of a module call.
    pub(super) fn inside(&self, m: ModuleId, call: &str) -> Vec<Node> {
        let mut out = Vec::new();
        for (_, child) in self.module(m).and_then(|m| m.calls.get(call)).into_iter().flat_map(|c| &c.children)
        {
            let Some(config) = self.module(*child).map(|m| &m.config) else { continue };
            out.extend(config.resources.keys().map(|k| Node::Resource(*child, k.clone())));
            out.extend(config.calls.keys().map(|n| Node::Call(*child, n.clone())));
            out.extend(config.outputs.keys().map(|n| Node::Output(*child, n.clone())));
        }
        out
    }

    /// True if a data source is read only while Terraform applies; found out once for all its instances.
    pub(super) fn waits(&mut self, m: ModuleId, key: &ResourceKey) -> bool {
        if let Some(waits) = self.waiting.get(&(m, key.clone())) {
            return *waits;
        }
        let waits = self.leads_to_change(m, key);
        self.waiting.insert((m, key.clone()), waits);
        waits
    }

    fn leads_to_change(&self, m: ModuleId, key: &ResourceKey) -> bool {
        let Some(declaration) = self.module(m).and_then(|m| m.config.resources.get(key)) else {
            return false;
        };
        let mut direct = Vec::new();
        self.named(m, &declaration.content, &mut direct);
        let mut referred = BTreeSet::new();
        references::of_content(&declaration.content, &["depends_on", "provider"], &mut referred);
        direct.extend(referred.into_iter().filter_map(|r| match r {
            Reference::Resource(k) => Some(Node::Resource(m, k)),
            _ => None,
        }));
        if direct.iter().any(|node| self.changes(node)) {
            return true;
        }
        // Behind these, all counts.
        let mut todo: Vec<Node> = direct.into_iter().filter(|n| matches!(n, Node::Call(..))).collect();
        todo.extend(self.around(m));
        if has_conditions(&declaration.content) {
            todo.extend(self.needs(&Node::Resource(m, key.clone())));
        }
        let mut seen = HashSet::new();
        while let Some(node) = todo.pop() {
            if seen.contains(&node) {
                continue;
            }
            if self.changes(&node) {
                return true;
            }
            match &node {
                Node::Resource(m, k) => todo.extend(self.dependencies(*m, k)),
                Node::Call(m, name) => todo.extend(self.inside(*m, name)),
                _ => {}
            }
            todo.extend(self.needs(&node));
            todo.extend(self.outputs_needed(&node));
            seen.insert(node);
        }
        false
    }

    /// True for a managed resource with instances; what is not evaluated yet is taken for one.
    fn changes(&self, node: &Node) -> bool {
        let Node::Resource(m, key) = node else { return false };
        let Some(module) = self.module(*m).filter(|_| key.mode == Mode::Managed) else { return false };
        module.config.resources.contains_key(key)
            && module.resources.get(key).is_none_or(|e| !e.instances.is_empty())
    }
}

fn has_conditions(content: &Content<'_>) -> bool {
    let lifecycle = content.blocks("lifecycle", 0);
    lifecycle
        .iter()
        .any(|l| ["precondition", "postcondition"].iter().any(|kind| !l.content().blocks(kind, 0).is_empty()))
}
