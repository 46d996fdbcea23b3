//! What names mean inside a module instance.

mod resource;

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Address, Key, Kind, Mode, Origin, Reason, Route, Type, Value, Via};
use trueline_text::{FileId, Location};

use super::view::computed;
use super::{Each, Instance, Module, ModuleId, Repetition, World};
use crate::expression::provenance::through;
use crate::expression::{Resolved, Scope, ScopeError, Step, StepKey};
use crate::functions;
use crate::module::ResourceKey;
use trueline_provider::convert;

/// Names of one module instance, and of one instance of the block at hand.
pub(crate) struct ModuleScope<'w, 'a> {
    pub world: &'w World<'a>,
    pub module: ModuleId,
    pub each: &'w Each,
    /// What `self` means, where it means anything.
    pub this: Option<&'w Instance>,
}

type At<'s> = &'s dyn Fn(usize) -> Location;

fn error<T>(message: impl Into<String>, help: Option<String>) -> Result<T, ScopeError> {
    Err(ScopeError { message: message.into(), help, module: None })
}

/// The value of something that could not be evaluated; what is wrong is said elsewhere.
fn failed() -> Value {
    Value::unknown(Type::Any, Reason::Error("it could not be evaluated".into()))
}

/// What other languages' words for a truth value or nothing are in this one.
pub(super) fn word(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some("true"),
        "false" | "no" | "off" => Some("false"),
        "null" | "none" | "nil" | "undefined" => Some("null"),
        _ => None,
    }
}

fn name(steps: &[Step], n: usize) -> Option<&Arc<str>> {
    match steps.get(n).map(|s| &s.key) {
        Some(StepKey::Attribute(name)) => Some(name),
        _ => None,
    }
}

impl Scope for ModuleScope<'_, '_> {
    fn open(&self, resource: &Arc<Address>, part: &Route) -> Option<Reason> {
        let key =
            ResourceKey { mode: resource.mode, kind: resource.kind.clone(), name: resource.name.clone() };
        let all = self.world.modules.iter().filter_map(|m| m.resources.get(&key));
        let instance = all.flat_map(|r| &r.instances).find(|i| i.address == *resource)?;
        self.is_open(instance).then(|| computed(resource, part.clone()))
    }

    fn doubts(&self, root: &str, steps: &[Step], value: &Value) -> bool {
        self.may_be_known(root, steps, value)
    }

    fn short_circuits(&self) -> bool {
        self.world.short_circuits
    }

    fn resolve(
        &self,
        root: &str,
        steps: &[Step],
        at: &dyn Fn(usize) -> Location,
    ) -> Result<Resolved, ScopeError> {
        let Some(module) = self.world.module(self.module) else {
            return error("there is no such module", None);
        };
        let found = self.named(module, root, steps, at);
        found.map_err(|e| ScopeError { module: Some(module.config.dir.clone()), ..e })
    }

    fn functions(&self) -> functions::Context<'_> {
        let module = self.world.module(self.module).map_or("", |m| &*m.config.dir);
        functions::Context {
            files: self.world.files,
            root: &self.world.root,
            module,
            templates: self.world,
            template_depth: 0,
            has_list_and_map: self.world.has_list_and_map,
        }
    }

    fn text(&self, file: FileId) -> &str {
        self.world.parsed.text(file)
    }
}

impl<'w, 'a> ModuleScope<'w, 'a> {
    fn named(
        &self,
        module: &Module<'a>,
        root: &str,
        steps: &[Step],
        at: At<'_>,
    ) -> Result<Resolved, ScopeError> {
        match root {
            "var" => self.variable(module, steps, at),
            "local" => self.local(module, steps, at),
            "each" => self.each(steps, at),
            "count" => self.count(steps, at),
            "path" => self.path(module, steps, at),
            // OpenTofu's other name of it.
            "terraform" | "tofu" => self.terraform(steps, at),
            "module" => self.call(module, steps, at),
            "self" => match self.this {
                Some(i) => self.instance(i, "self", steps, 0, at),
                None => error("`self` has no meaning here", Some("name the resource instead".into())),
            },
            "data" => self.resource(module, Mode::Data, steps, 0, at),
            "resource" => self.resource(module, Mode::Managed, steps, 0, at),
            "ephemeral" => {
                let mut value = Value::unknown(Type::Any, Reason::Environment("ephemeral".into()));
                value.ephemeral = true;
                Ok(Resolved { value, used: steps.len().min(2) })
            }
            kind => {
                let mut with_kind = vec![Step {
                    key: StepKey::Attribute(kind.into()),
                    span: steps.first().map(|s| s.span).unwrap_or_default(),
                }];
                if steps.is_empty() {
                    let help = match word(kind) {
                        Some(word) => format!("did you mean `{word}`?"),
                        None => "a reference has at least two parts, such as `var.name` or `aws_vpc.main.id`; put text in quotes".into(),
                    };
                    return error(format!("`{kind}` is no name that has a meaning here"), Some(help));
                }
                with_kind.extend(steps.iter().cloned());
                let shifted = |n: usize| at(n.saturating_sub(1));
                let found = self.resource(module, Mode::Managed, &with_kind, 0, &shifted)?;
                Ok(Resolved { used: found.used.saturating_sub(1), ..found })
            }
        }
    }

    /// What a name means that may be declared in a file of which only Terragrunt knows the text; none if there is no such file.
    fn written(&self, module: &Module<'a>) -> Option<Value> {
        let file = self.world.parsed.run.get(&module.config.dir)?.open.clone()?;
        Some(Value::unknown(Type::Any, Reason::File(file)))
    }

    fn variable(&self, module: &Module<'a>, steps: &[Step], at: At<'_>) -> Result<Resolved, ScopeError> {
        let Some(n) = name(steps, 0) else { return error("a name is expected behind `var`", None) };
        match module.variables.get(n) {
            Some(v) => Ok(Resolved { value: through(v, at(1), Via::Variable(n.clone())), used: 1 }),
            None if module.config.variables.contains_key(n) => Ok(Resolved { value: failed(), used: 1 }),
            None if self.written(module).is_some() => {
                let value = Value::unknown(Type::Any, Reason::Variable(n.clone()));
                Ok(Resolved { value: through(&value, at(1), Via::Variable(n.clone())), used: 1 })
            }
            None => {
                let near = crate::expression::nearest(n, module.config.variables.keys());
                let help = near.unwrap_or_else(|| format!("declare it with `variable \"{n}\" {{}}`"));
                error(format!("variable `{n}` is not declared in this module"), Some(help))
            }
        }
    }

    fn local(&self, module: &Module<'a>, steps: &[Step], at: At<'_>) -> Result<Resolved, ScopeError> {
        let Some(n) = name(steps, 0) else { return error("a name is expected behind `local`", None) };
        match module.locals.get(n) {
            Some(v) => Ok(Resolved { value: through(v, at(1), Via::Local(n.clone())), used: 1 }),
            None if module.config.locals.contains_key(n) => Ok(Resolved { value: failed(), used: 1 }),
            None if let Some(value) = self.written(module) => {
                Ok(Resolved { value: through(&value, at(1), Via::Local(n.clone())), used: 1 })
            }
            None => {
                let near = crate::expression::nearest(n, module.config.locals.keys());
                error(format!("local `{n}` is not declared in this module"), near)
            }
        }
    }

    fn each(&self, steps: &[Step], at: At<'_>) -> Result<Resolved, ScopeError> {
        let Some((key, value)) = &self.each.entry else {
            return error(
                "`each` has a meaning only where `for_each` is set",
                Some("add `for_each` to this block".into()),
            );
        };
        match name(steps, 0).map(|n| &**n) {
            Some("key") => {
                Ok(Resolved { value: through(key, at(1), Via::Iterator("each.key".into())), used: 1 })
            }
            Some("value") => {
                Ok(Resolved { value: through(value, at(1), Via::Iterator("each.value".into())), used: 1 })
            }
            _ => error("`each` has only `key` and `value`", None),
        }
    }

    fn count(&self, steps: &[Step], at: At<'_>) -> Result<Resolved, ScopeError> {
        let Some(index) = &self.each.index else {
            return error(
                "`count` has a meaning only where `count` is set",
                Some("add `count` to this block".into()),
            );
        };
        match name(steps, 0).map(|n| &**n) {
            Some("index") => {
                Ok(Resolved { value: through(index, at(1), Via::Iterator("count.index".into())), used: 1 })
            }
            _ => error("`count` has only `index`", None),
        }
    }

    fn path(&self, module: &Module<'a>, steps: &[Step], at: At<'_>) -> Result<Resolved, ScopeError> {
        let value = match name(steps, 0).map(|n| &**n) {
            Some("module") => Value::string(relative(&self.world.root, &module.config.dir)),
            Some("root") => Value::string("."),
            Some("cwd") => Value::unknown(Type::String, Reason::Environment("path.cwd".into())),
            _ => return error("`path` has only `module`, `root` and `cwd`", None),
        };
        Ok(Resolved { value: value.with_origin(Some(environment(at(1), "path"))), used: 1 })
    }

    fn terraform(&self, steps: &[Step], at: At<'_>) -> Result<Resolved, ScopeError> {
        let value = match name(steps, 0).map(|n| &**n) {
            Some("workspace") => Value::string(self.world.inputs.workspace.as_str()),
            Some("applying") => {
                let mut v = Value::unknown(Type::Bool, Reason::Environment("terraform.applying".into()));
                v.ephemeral = true;
                v
            }
            _ => return error("`terraform` has only `workspace` and `applying`", None),
        };
        Ok(Resolved { value: value.with_origin(Some(environment(at(1), "terraform"))), used: 1 })
    }

    fn call(&self, module: &Module<'a>, steps: &[Step], at: At<'_>) -> Result<Resolved, ScopeError> {
        let Some(call) = name(steps, 0) else { return error("a name is expected behind `module`", None) };
        if !module.config.calls.contains_key(call) {
            if let Some(value) = self.written(module) {
                return Ok(Resolved { value, used: 1 });
            }
            let near = crate::expression::nearest(call, module.config.calls.keys());
            return error(format!("module `{call}` is not declared in this module"), near);
        }
        let Some(state) = module.calls.get(call) else { return Ok(Resolved { value: failed(), used: 1 }) };
        if state.found.is_none() {
            let via = Via::ModuleOutput(call.clone());
            let value = Value::unknown(Type::Any, Reason::Module(call.clone()));
            return Ok(Resolved { value: value.with_origin(Some(Origin::step(at(1), via, None))), used: 1 });
        }
        let whole = |id: ModuleId| -> Value {
            let outputs = self.world.module(id).map(|m| m.outputs.clone()).unwrap_or_default();
            Value::object(outputs)
        };
        let of_child = |id: ModuleId, used: usize| -> Result<Resolved, ScopeError> {
            let Some(output) = name(steps, used) else {
                return Ok(Resolved { value: whole(id).with_origin(Some(Origin::literal(at(used)))), used });
            };
            let Some(child) = self.world.module(id) else { return Ok(Resolved { value: failed(), used }) };
            match child.outputs.get(output) {
                Some(v) => {
                    let via = Via::ModuleOutput(format!("{call}.{output}").into());
                    Ok(Resolved { value: through(v, at(used + 1), via), used: used + 1 })
                }
                None if child.config.outputs.contains_key(output) => {
                    Ok(Resolved { value: failed(), used: used + 1 })
                }
                None => {
                    let near = crate::expression::nearest(output, child.config.outputs.keys());
                    error(format!("module `{call}` has no output `{output}`"), near)
                }
            }
        };
        match &state.repetition {
            Repetition::Off => Ok(Resolved { value: Value::null(), used: 1 }),
            Repetition::Single => match state.children.first() {
                Some((_, id)) => of_child(*id, 1),
                None => Ok(Resolved { value: failed(), used: 1 }),
            },
            Repetition::Undecided(reason) => {
                let via = Via::ModuleOutput(call.clone());
                let value = Value::unknown(Type::Any, reason.clone());
                let indexed = matches!(steps.get(1).map(|s| &s.key), Some(StepKey::Index(_)));
                // What the placeholder gives is not known either; where it would come from is.
                if let (true, Some((_, id))) = (indexed, state.children.first())
                    && let Ok(found) = of_child(*id, 2)
                    && found.used > 2
                {
                    return Ok(Resolved { value: value.with_origin(found.value.origin), ..found });
                }
                Ok(Resolved { value: value.with_origin(Some(Origin::step(at(1), via, None))), used: 1 })
            }
            repetition => {
                if let Some(Step { key: StepKey::Index(k), .. }) = steps.get(1)
                    && let Some(key) = instance_key(k)
                {
                    return match state.children.iter().find(|(c, _)| c.as_ref() == Some(&key)) {
                        Some((_, id)) => of_child(*id, 2),
                        None => error(format!("module `{call}` has no instance {key}"), None),
                    };
                }
                if let Some(n) = name(steps, 1)
                    && !state.children.iter().any(|(k, _)| *k == Some(Key::Name(n.clone())))
                {
                    return error(
                        format!("module `{call}` has several instances: which one is meant is not said"),
                        Some(format!("write `module.{call}[…].{n}`, or `[*]` for all")),
                    );
                }
                let each = state.children.iter().map(|(k, id)| (k.clone(), whole(*id)));
                let value = gather(repetition, each);
                Ok(Resolved {
                    value: value.with_origin(Some(Origin::step(at(1), Via::Element, None))),
                    used: 1,
                })
            }
        }
    }
}

/// The instances as one value: a tuple for `count`, an object for `for_each`.
fn gather(repetition: &Repetition, each: impl Iterator<Item = (Option<Key>, Value)>) -> Value {
    match repetition {
        Repetition::ForEach => {
            let entries: BTreeMap<Arc<str>, Value> = each
                .filter_map(|(k, v)| match k {
                    Some(Key::Name(n)) => Some((n, v)),
                    _ => None,
                })
                .collect();
            Value::object(entries)
        }
        _ => Value::tuple(each.map(|(_, v)| v).collect()),
    }
}

/// The instance key that a known index value means.
fn instance_key(k: &Value) -> Option<Key> {
    match &k.kind {
        Kind::String(s) => Some(Key::Name(s.clone())),
        Kind::Number(_) | Kind::Bool(_) => {
            let n = convert::convert(k, &Type::Number).ok()?;
            match &n.kind {
                Kind::Number(n) => n.as_i64().and_then(|i| u64::try_from(i).ok()).map(Key::Index),
                _ => None,
            }
        }
        _ => None,
    }
}

fn environment(at: Location, name: &str) -> Arc<Origin> {
    Origin::step(at, Via::Function(name.into()), None)
}

/// `dir` as seen from `root`, as `path.module` says it.
pub(crate) fn relative(root: &str, dir: &str) -> String {
    if root == dir {
        return ".".to_owned();
    }
    let parts =
        |p: &str| p.split('/').filter(|s| !s.is_empty() && *s != ".").map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (parts(root), parts(dir));
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - same);
    up.chain(to.into_iter().skip(same)).collect::<Vec<_>>().join("/")
}
