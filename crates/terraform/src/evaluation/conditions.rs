//! Conditions that the configuration itself states: `validation`, `precondition`, `postcondition`, `check`.
//!
//! They are looked at when everything is evaluated. One that is certainly false is noted, as Terraform would refuse the
//! plan (for `check`: warn); one that hangs on something unknown is left to apply.

use trueline_model::{Kind, NoteKind, Type, Value};
use trueline_text::{FileId, Location};

use super::scope::ModuleScope;
use super::{Each, Instance, ModuleId, World};
use crate::content::{Content, Nested};
use crate::expression::{Evaluator, ExprError};
use trueline_provider::convert;

/// What came out of one condition.
struct Outcome {
    errors: Vec<ExprError>,
    /// The message, if the condition is certainly false.
    broken: Option<String>,
}

impl World<'_> {
    /// Looks at all conditions of all module instances.
    pub fn check_conditions(&mut self) {
        for id in 0..self.modules.len() {
            self.check_module(id);
        }
    }

    fn check_module(&mut self, id: ModuleId) {
        let Some(module) = self.module(id) else { return };
        let config = module.config.clone();
        let mut found: Vec<(Outcome, NoteKind, String, Location)> = Vec::new();
        let nothing = Each::default();
        let here = |each, this| ModuleScope { world: self, module: id, each, this };
        for (name, v) in &config.variables {
            for block in v.content.blocks("validation", 0) {
                let outcome = self.condition(&here(&nothing, None), &block);
                found.push((
                    outcome,
                    NoteKind::Error,
                    format!("the value of variable `{name}` is refused"),
                    block.at(),
                ));
            }
        }
        for (name, o) in &config.outputs {
            for block in o.content.blocks("precondition", 0) {
                let outcome = self.condition(&here(&nothing, None), &block);
                found.push((outcome, NoteKind::Error, format!("output `{name}` is refused"), block.at()));
            }
        }
        for c in &config.checks {
            for block in c.content.blocks("assert", 0) {
                let outcome = self.condition(&here(&nothing, None), &block);
                found.push((outcome, NoteKind::Warning, format!("check `{}` fails", c.name), block.at()));
            }
        }
        for (key, expanded) in &module.resources {
            let Some(d) = config.resources.get(key) else { continue };
            let Some(lifecycle) = d.content.blocks("lifecycle", 0).into_iter().next() else { continue };
            let content = lifecycle.content();
            for i in expanded.instances.iter().filter(|i| !i.deferred) {
                self.check_instance(id, &content, i, &mut found);
            }
        }
        for (outcome, kind, what, at) in found {
            self.notes.errors(outcome.errors);
            if let Some(message) = outcome.broken {
                let message = format!("{what}: {message}");
                self.notes.add(kind, message, Some("this is the module's own condition".into()), Some(at));
            }
        }
    }

    fn check_instance(
        &self,
        id: ModuleId,
        content: &Content<'_>,
        i: &Instance,
        found: &mut Vec<(Outcome, NoteKind, String, Location)>,
    ) {
        for (kind, this) in [("precondition", None), ("postcondition", Some(i))] {
            for block in content.blocks(kind, 0) {
                let scope = ModuleScope { world: self, module: id, each: &i.each, this };
                let outcome = self.condition(&scope, &block);
                found.push((
                    outcome,
                    NoteKind::Error,
                    format!("a {kind} of `{}` fails", i.address),
                    block.at(),
                ));
            }
        }
    }

    fn condition(&self, scope: &ModuleScope<'_, '_>, block: &Nested<'_>) -> Outcome {
        let content = block.content();
        let mut out = Outcome { errors: Vec::new(), broken: None };
        let Some((file, e)) = content.expr("condition") else { return out };
        let v = self.value_in(scope, file, e, &mut out.errors);
        let broken = convert::convert(&v, &Type::Bool).is_ok_and(|v| v.as_bool() == Some(false));
        if broken {
            let said =
                content.expr("error_message").map(|(file, e)| self.value_in(scope, file, e, &mut Vec::new()));
            out.broken = Some(match said {
                Some(Value { kind: Kind::String(s), sensitive: false, .. }) => s.trim().to_owned(),
                _ => "its message is not decided".to_owned(),
            });
        }
        out
    }

    fn value_in(
        &self,
        scope: &ModuleScope<'_, '_>,
        file: FileId,
        e: &trueline_hcl::Expr,
        errors: &mut Vec<ExprError>,
    ) -> Value {
        let mut ev = Evaluator::new(scope, &self.limits, file);
        let v = ev.eval(e);
        errors.append(&mut ev.errors);
        v
    }
}
