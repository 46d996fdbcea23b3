//! `import` blocks.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_hcl::ExprKind;
use trueline_model::{Key, Kind, NoteKind, Value};

use super::super::certain::is_on_apply;
use super::super::{Each, ModuleId, World};
use super::{Presence, Target, once};
use crate::content::{Argument, Declaration};
use crate::module::ModuleConfig;

impl World<'_> {
    pub(super) fn check_imports(&mut self, id: ModuleId, config: &Arc<ModuleConfig<'_>>) {
        let mut seen: BTreeSet<Target> = BTreeSet::new();
        for block in &config.imports {
            if id != 0 {
                let message = "an `import` block stands in a module that another one calls".to_owned();
                self.refuse(
                    message,
                    "move it to the root module, with the whole address as `to`",
                    block.at(),
                );
                continue;
            }
            let content = &block.content;
            if content.argument("to").is_none() {
                let help = "write the address of the resource as `to`";
                self.refuse("this `import` block has no `to`".to_owned(), help, block.at());
                continue;
            }
            match content.argument("id") {
                None if content.argument("identity").is_none() => {
                    let help = "write how the provider knows the resource as `id`";
                    self.refuse("this `import` block has no `id`".to_owned(), help, block.at());
                }
                Some(a) if matches!(a.expr.unparen().kind, ExprKind::Null) => {
                    self.refuse("the `id` of this import is null".to_owned(), "give an id", a.at());
                }
                _ => {}
            }
            let instances = match content.argument("for_each").copied() {
                Some(a) => self.gone_over(id, &a),
                None => Some(vec![once()]),
            };
            for each in instances.iter().flatten() {
                self.check_id(id, block, each);
                let Some(target) = self.import_target(id, block, each) else { continue };
                self.check_import(id, block, &target);
                if !seen.insert(target.clone()) {
                    let message = format!("`{}` is imported twice", target.shown());
                    self.refuse(message, "remove one of the two `import` blocks", block.at());
                }
            }
        }
    }

    /// What the `for_each` of an `import` block goes over: other than elsewhere, any collection. None if that is not decided.
    fn gone_over(&mut self, id: ModuleId, a: &Argument<'_>) -> Option<Vec<Each>> {
        let v = self.eval(id, &Each::default(), a.file, a.expr);
        let each = |key: Value, value: &Value| Each { entry: Some((key, value.clone())), ..once() };
        match &v.kind {
            Kind::Map(_, entries) | Kind::Object(entries) => {
                Some(entries.iter().map(|(k, value)| each(Value::string(k.clone()), value)).collect())
            }
            Kind::List(_, items) | Kind::Tuple(items) => {
                Some(items.iter().zip(0i64..).map(|(value, i)| each(Value::number(i), value)).collect())
            }
            Kind::Set(_, items) => Some(items.iter().map(|value| each(value.clone(), value)).collect()),
            Kind::Null(_) => Some(Vec::new()),
            Kind::Unknown(_) => None,
            _ => {
                let message = "`for_each` of an `import` block is no collection".to_owned();
                self.refuse(message, "give a map, a list or a set", a.at());
                None
            }
        }
    }

    /// What is imported has to be known when Terraform plans; it is, where what it hangs on exists, so this is no error.
    fn check_id(&mut self, id: ModuleId, block: &Declaration<'_>, each: &Each) {
        let Some(a) = block.content.argument("id").copied() else { return };
        let (v, doubts) = self.eval_doubting(id, each, a.file, a.expr);
        if let Some(reason) = v.reason().filter(|r| !doubts && is_on_apply(r)) {
            let message = format!("the `id` of this import is known only after apply: {reason}");
            let help = "Terraform refuses it where that does not exist yet; give an id that is known before";
            self.notes.add(NoteKind::Warning, message, Some(help.into()), Some(a.at()));
        }
    }

    fn import_target(&mut self, id: ModuleId, block: &Declaration<'_>, each: &Each) -> Option<Target> {
        let (file, to) = block.content.expr("to")?;
        Target::read(to, &mut |index| {
            let v = self.eval(id, each, file, index);
            match &v.kind {
                Kind::String(s) => Some(Key::Name(s.clone())),
                Kind::Number(n) => n.as_i64().and_then(|i| u64::try_from(i).ok()).map(Key::Index),
                _ => None,
            }
        })
        .filter(|t| t.resource.is_some())
    }

    fn check_import(&mut self, id: ModuleId, block: &Declaration<'_>, target: &Target) {
        if self.instance_presence(id, target) != Presence::No {
            return;
        }
        let shown = target.shown();
        let at = block.content.argument("to").map_or(block.at(), |a| a.at());
        let (message, help) = match self.is_declared(id, target) {
            true => (
                format!("the import names `{shown}`, of which there is no such instance"),
                "name an instance that `count` or `for_each` makes",
            ),
            false => (
                format!("the import names `{shown}`, which is not declared"),
                "declare the resource, or let Terraform write it (`plan -generate-config-out=FILE`)",
            ),
        };
        self.refuse(message, help, at);
    }
}
