//! What is handed to modules whose source is not here: nobody else looks at it.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Handed, ModuleStep, Origin, Value, Via};
use trueline_text::Location;

use super::graph::CALL_META;
use super::{ModuleId, World};
use trueline_provider::document;

/// Most instances of one call that are looked at.
const INSTANCES: usize = 1_000;

impl World<'_> {
    /// Evaluates the arguments of all calls that lead nowhere.
    pub fn handed(&mut self) -> Vec<Handed> {
        let mut out = Vec::new();
        for m in 0..self.modules.len() {
            let Some(module) = self.module(m) else { continue };
            let lost: Vec<Arc<str>> =
                module.calls.iter().filter(|(_, c)| c.found.is_none()).map(|(n, _)| n.clone()).collect();
            for name in lost {
                self.handed_to(m, &name, &mut out);
            }
        }
        out
    }

    fn handed_to(&mut self, m: ModuleId, name: &Arc<str>, out: &mut Vec<Handed>) {
        let Some(module) = self.module(m) else { return };
        let Some(call) = module.config.calls.get(name).cloned() else { return };
        let path = module.path.clone();
        let arguments: Vec<_> =
            call.content.arguments().filter(|a| !CALL_META.contains(&a.name)).copied().collect();
        if arguments.is_empty() {
            return;
        }
        let (_, instances) = self.repetition(m, &call.content, &format!("module `{name}`"));
        for each in instances.into_iter().take(INSTANCES) {
            let mut values: BTreeMap<Arc<str>, Value> = BTreeMap::new();
            for a in &arguments {
                let mut v = self.eval(m, &each, a.file, a.expr);
                document::settle(&mut v);
                let at = Location { file: a.file, span: a.expr.span };
                v.origin = Some(Origin::step(at, Via::ModuleArgument(a.name.into()), v.origin));
                values.insert(a.name.into(), v);
            }
            let shown =
                |steps: &[ModuleStep]| steps.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
            let step = ModuleStep { name: name.clone(), key: each.key.clone() };
            let whole: Vec<ModuleStep> = path.iter().cloned().chain([step]).collect();
            out.push(Handed {
                address: shown(&whole),
                module: shown(&path),
                values: Value::object(values),
                head: Location { file: call.file, span: call.head },
            });
        }
    }
}
