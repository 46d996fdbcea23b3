//! What Terraform refuses although each value of it is fine: blocks that move, forget or import what they may not, meta
//! arguments that take no such expression, names that are reserved or mean nothing.
//!
//! They are looked at when everything is evaluated. Each is an error at its place; the plan is made all the same.

mod blocks;
mod import;
mod lifecycle;
mod moved;
mod validators;

use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind};
use trueline_model::{Key, Mode, NoteKind, Reason};
use trueline_text::Location;

use super::{Each, Module, ModuleId, Repetition, World};
use crate::module::ResourceKey;

/// What a `moved`, `removed` or `import` block names, counted from its module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Target {
    modules: Vec<(Arc<str>, Option<Key>)>,
    resource: Option<(ResourceKey, Option<Key>)>,
}

/// Whether something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    Yes,
    No,
    /// It hangs on what is not known, or lies in a module that is not here.
    Undecided,
}

impl Target {
    /// True if an instance key stands in it.
    fn has_key(&self) -> bool {
        self.modules.iter().any(|(_, k)| k.is_some())
            || self.resource.as_ref().is_some_and(|(_, k)| k.is_some())
    }

    /// Reads an address; `key` says what an index means, none if that is not known.
    fn read(e: &Expr, key: &mut dyn FnMut(&Expr) -> Option<Key>) -> Option<Self> {
        let mut steps: Vec<(Arc<str>, Option<Key>)> = Vec::new();
        let mut pending = None;
        let mut at = e.unparen();
        loop {
            match &at.kind {
                ExprKind::GetAttr(inner, name) => {
                    steps.push((name.text.clone(), pending.take()));
                    at = inner;
                }
                ExprKind::Index(inner, index) => {
                    pending = Some(key(index)?);
                    at = inner;
                }
                ExprKind::LegacyIndex(inner, n) => {
                    pending = Some(Key::Index(n.text.parse().ok()?));
                    at = inner;
                }
                ExprKind::Variable(root) => {
                    steps.push((root.clone(), pending.take()));
                    break;
                }
                _ => return None,
            }
        }
        steps.reverse();
        let mut rest = steps.into_iter().peekable();
        let mut out = Self { modules: Vec::new(), resource: None };
        while rest.next_if(|(name, key)| &**name == "module" && key.is_none()).is_some() {
            out.modules.push(rest.next()?);
        }
        let mode = match rest.next_if(|(name, _)| &**name == "data") {
            Some(_) => Mode::Data,
            None => Mode::Managed,
        };
        if let Some((kind, _)) = rest.next() {
            let (name, key) = rest.next()?;
            out.resource = Some((ResourceKey { mode, kind, name }, key));
        }
        let is_whole = rest.next().is_none() && !(out.modules.is_empty() && out.resource.is_none());
        is_whole.then_some(out)
    }

    /// As it is written.
    fn shown(&self) -> String {
        let key = |k: &Option<Key>| k.as_ref().map(ToString::to_string).unwrap_or_default();
        let mut parts: Vec<String> =
            self.modules.iter().map(|(n, k)| format!("module.{n}{}", key(k))).collect();
        if let Some((r, k)) = &self.resource {
            let data = if r.mode == Mode::Data { "data." } else { "" };
            parts.push(format!("{data}{}.{}{}", r.kind, r.name, key(k)));
        }
        parts.join(".")
    }
}

/// The key that is written.
fn literal_key(e: &Expr) -> Option<Key> {
    match &e.unparen().kind {
        ExprKind::Number(n) => n.parse().ok().map(Key::Index),
        _ => e.unparen().as_literal_str().map(|s| Key::Name(s.into())),
    }
}

fn of_instances<'k>(
    repetition: &Repetition,
    mut keys: impl Iterator<Item = Option<&'k Key>>,
    wanted: Option<&Key>,
) -> Presence {
    match repetition {
        Repetition::Undecided(_) => Presence::Undecided,
        _ if keys.any(|k| k == wanted) => Presence::Yes,
        _ => Presence::No,
    }
}

impl World<'_> {
    /// Looks at all blocks of all module instances.
    pub(super) fn check_refused(&mut self) {
        let mut moves = moved::Moves::default();
        for id in 0..self.modules.len() {
            let Some(module) = self.module(id) else { continue };
            let (config, deferred) = (module.config.clone(), module.deferred);
            self.check_meta(&config);
            if !deferred {
                self.check_moved(id, &config, &mut moves);
                self.check_removed(id, &config);
                self.check_imports(id, &config);
            }
        }
        self.check_moves(moves);
        self.check_validators();
    }

    fn refuse(&mut self, message: String, help: &str, at: Location) {
        self.notes.add(NoteKind::Error, message, Some(help.to_owned()), Some(at));
    }

    /// `count` or `for_each` hangs on what only apply tells.
    pub(super) fn refuse_unknown(&mut self, argument: &str, reason: &Reason, what: &str, at: Location) {
        let message = format!("`{argument}` of {what} hangs on what is known only after apply: {reason}");
        let help = match argument {
            "count" => "count what is written in the configuration, such as the elements of a list",
            _ => "take keys that are written in the configuration; values may be known only after apply",
        };
        self.refuse(message, help, at);
    }

    /// The module instances that a path means, counted from one; with how sure that is.
    fn module_at(&self, from: ModuleId, path: &[(Arc<str>, Option<Key>)]) -> Result<ModuleId, Presence> {
        let mut at = from;
        for (name, key) in path {
            let module = self.module(at).ok_or(Presence::Undecided)?;
            if !module.config.calls.contains_key(name) {
                return Err(Presence::No);
            }
            let call = module.calls.get(name).filter(|c| c.found.is_some()).ok_or(Presence::Undecided)?;
            match of_instances(&call.repetition, call.children.iter().map(|(k, _)| k.as_ref()), key.as_ref())
            {
                Presence::Yes => {}
                other => return Err(other),
            }
            let found = call.children.iter().find(|(k, _)| k == key).ok_or(Presence::Undecided)?;
            at = found.1;
        }
        Ok(at)
    }

    /// Whether exactly this instance is there.
    fn instance_presence(&self, from: ModuleId, target: &Target) -> Presence {
        let module = match self.module_at(from, &target.modules) {
            Ok(id) => self.module(id),
            Err(presence) => return presence,
        };
        match (&target.resource, module) {
            (None, Some(_)) => Presence::Yes,
            // What Terragrunt writes may declare it.
            (Some((key, _)), Some(module))
                if !module.config.resources.contains_key(key)
                    && self.parsed.run.get(&module.config.dir).is_some_and(|r| r.open.is_some()) =>
            {
                Presence::Undecided
            }
            (Some((key, wanted)), Some(module)) => instance(module, key, wanted.as_ref()),
            (_, None) => Presence::Undecided,
        }
    }

    /// Whether something of this name is declared, however many instances it has.
    fn is_declared(&self, from: ModuleId, target: &Target) -> bool {
        let mut at = from;
        let names: Vec<&Arc<str>> = target.modules.iter().map(|(n, _)| n).collect();
        let (last, before) = match (&target.resource, names.split_last()) {
            (None, Some((last, before))) => (Some(*last), before),
            _ => (None, names.as_slice()),
        };
        for name in before {
            let child = self.module(at).and_then(|m| m.calls.get(*name)).and_then(|c| c.children.first());
            let Some((_, id)) = child else { return false };
            at = *id;
        }
        self.module(at).is_some_and(|m| match (&target.resource, last) {
            (Some((key, _)), _) => m.config.resources.contains_key(key),
            (None, Some(call)) => m.config.calls.contains_key(call),
            (None, None) => false,
        })
    }

    fn place(&self, id: ModuleId) -> String {
        let path = self.module(id).map(|m| m.path.iter().map(ToString::to_string).collect::<Vec<_>>());
        path.filter(|p| !p.is_empty()).map_or_else(String::new, |p| format!("{}.", p.join(".")))
    }
}

fn instance(module: &Module<'_>, key: &ResourceKey, wanted: Option<&Key>) -> Presence {
    if !module.config.resources.contains_key(key) {
        return Presence::No;
    }
    let Some(state) = module.resources.get(key) else { return Presence::Undecided };
    of_instances(&state.repetition, state.instances.iter().map(|i| i.each.key.as_ref()), wanted)
}

/// Nothing repeats.
fn once() -> Each {
    Each::default()
}
