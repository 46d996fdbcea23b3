//! What a reference to a resource or data source stands for: an instance, an attribute of it, or all instances.

use std::sync::Arc;

use trueline_model::{Key, Mode, Origin, Reason, Route, Type, Value, Via};

use super::super::view::computed;
use super::super::{Expanded, Instance, Module, Repetition};
use super::{At, ModuleScope, error, failed, gather, instance_key, name};
use crate::expression::provenance::through;
use crate::expression::{Resolved, ScopeError, Step, StepKey};
use crate::module::ResourceKey;

impl<'a> ModuleScope<'_, 'a> {
    pub(super) fn resource(
        &self,
        module: &Module<'a>,
        mode: Mode,
        steps: &[Step],
        first: usize,
        at: At<'_>,
    ) -> Result<Resolved, ScopeError> {
        let (Some(kind), Some(label)) = (name(steps, first), name(steps, first + 1)) else {
            return error(
                "a resource is named by its type and its label",
                Some("write `TYPE.NAME.ATTRIBUTE`".into()),
            );
        };
        let key = ResourceKey { mode, kind: kind.clone(), name: label.clone() };
        let shown = match mode {
            Mode::Data => format!("data.{kind}.{label}"),
            Mode::Managed => format!("{kind}.{label}"),
        };
        if !module.config.resources.contains_key(&key) {
            if let Some(value) = self.written(module) {
                return Ok(Resolved { value, used: first + 2 });
            }
            return error(
                format!("`{shown}` is not declared in this module"),
                self.near_resource(module, &key),
            );
        }
        let mut used = first + 2;
        let Some(state) = module.resources.get(&key) else { return Ok(Resolved { value: failed(), used }) };
        let index = match steps.get(used) {
            Some(Step { key: StepKey::Index(k), .. }) => Some(k),
            _ => None,
        };
        match (&state.repetition, index) {
            (Repetition::Off, _) => Ok(Resolved { value: Value::null(), used }),
            (Repetition::Single, _) => match state.instances.first() {
                Some(i) => self.instance(i, &shown, steps, used, at),
                None => Ok(Resolved { value: failed(), used }),
            },
            (Repetition::Undecided(reason), index) => {
                used += usize::from(index.is_some());
                Ok(self.any_instance(module, &key, state, reason, steps, used, at))
            }
            (_, Some(k)) => match instance_key(k) {
                Some(wanted) => match state.instances.iter().find(|i| i.each.key.as_ref() == Some(&wanted)) {
                    Some(i) => self.instance(i, &shown, steps, used + 1, at),
                    None if state.instances.is_empty() => {
                        error(format!("`{shown}` has no instance {wanted}: it has none at all"), None)
                    }
                    None => error(format!("`{shown}` has no instance {wanted}"), None),
                },
                None => {
                    let reason = k.first_reason().unwrap_or(Reason::Deferred);
                    Ok(self.any_instance(module, &key, state, &reason, steps, used + 1, at))
                }
            },
            (repetition, None) => {
                if let Some(n) = name(steps, used)
                    && !state.instances.iter().any(|i| i.each.key == Some(Key::Name(n.clone())))
                {
                    return error(
                        format!("`{shown}` has several instances: which one is meant is not said"),
                        Some(format!("write `{shown}[…].{n}`, or `[*]` for all")),
                    );
                }
                let each = state.instances.iter().map(|i| {
                    let from = Origin::step(at(used), Via::Resource(i.address.clone(), Route::root()), None);
                    (i.each.key.clone(), i.view().clone().with_origin(Some(from)))
                });
                let value = gather(repetition, each);
                Ok(Resolved {
                    value: value.with_origin(Some(Origin::step(at(used), Via::Element, None))),
                    used,
                })
            }
        }
    }

    /// True if nobody here knows all attributes of a resource: its provider has no schema, or the modules want another
    /// version of it than the one that is known.
    pub(super) fn is_open(&self, i: &Instance) -> bool {
        i.schema.is_none() || !crate::breach::binds(&i.provider.reference)
    }

    fn is_known_elsewhere(&self, i: &Instance, attribute: &str) -> bool {
        self.world.is_known_elsewhere(&i.provider, i.address.mode, &i.address.kind, attribute)
    }

    /// One instance, or the attribute of it that comes next.
    pub(super) fn instance(
        &self,
        i: &Instance,
        shown: &str,
        steps: &[Step],
        used: usize,
        at: At<'_>,
    ) -> Result<Resolved, ScopeError> {
        let Some(attribute) = name(steps, used) else {
            let origin = Origin::step(at(used), Via::Resource(i.address.clone(), Route::root()), None);
            return Ok(Resolved { value: i.view().clone().with_origin(Some(origin)), used });
        };
        let route = Route::name(attribute.clone());
        let via = Via::Resource(i.address.clone(), route.clone());
        match i.view().as_entries().and_then(|e| e.get(attribute)) {
            Some(v) => Ok(Resolved { value: through(v, at(used + 1), via), used: used + 1 }),
            None if self.is_open(i) || self.is_known_elsewhere(i, attribute) => {
                let value = Value::unknown(Type::Any, computed(&i.address, route));
                Ok(Resolved {
                    value: value.with_origin(Some(Origin::step(at(used + 1), via, None))),
                    used: used + 1,
                })
            }
            None => {
                let near =
                    i.view().as_entries().and_then(|e| crate::expression::nearest(attribute, e.keys()));
                error(format!("`{shown}` has no attribute `{attribute}`"), near)
            }
        }
    }

    /// An instance of which it is not decided which one it is.
    #[allow(clippy::too_many_arguments, reason = "all of it describes one reference")]
    fn any_instance(
        &self,
        module: &Module<'a>,
        key: &ResourceKey,
        state: &Expanded,
        reason: &Reason,
        steps: &[Step],
        used: usize,
        at: At<'_>,
    ) -> Resolved {
        let address = Arc::new(module.address(key, Some(Key::Any)));
        let Some(attribute) = name(steps, used) else {
            let origin = Origin::step(at(used), Via::Resource(address, Route::root()), None);
            return Resolved {
                value: Value::unknown(Type::Any, reason.clone()).with_origin(Some(origin)),
                used,
            };
        };
        let schema = state.instances.first().and_then(|i| i.schema.as_ref());
        let ty = schema.and_then(|s| s.attributes.get(attribute)).map_or(Type::Any, |a| a.ty.clone());
        let via = Via::Resource(address, Route::name(attribute.clone()));
        let origin = Origin::step(at(used + 1), via, None);
        Resolved { value: Value::unknown(ty, reason.clone()).with_origin(Some(origin)), used: used + 1 }
    }

    fn near_resource(&self, module: &Module<'a>, key: &ResourceKey) -> Option<String> {
        let same_kind: Vec<&Arc<str>> = module
            .config
            .resources
            .keys()
            .filter(|k| k.mode == key.mode && k.kind == key.kind)
            .map(|k| &k.name)
            .collect();
        if !same_kind.is_empty() {
            return crate::expression::nearest(&key.name, same_kind.into_iter());
        }
        let kinds: Vec<&Arc<str>> = module.config.resources.keys().map(|k| &k.kind).collect();
        crate::expression::nearest(&key.kind, kinds.into_iter())
    }
}
