//! Blocks that make no instance: how many there are, and what other values would make of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_hcl::Expr;
use trueline_model::{Mode, NoteKind};
use trueline_text::{FileId, Location};

use super::{ModuleId, World};
use crate::content::Content;
use crate::references::{self, Reference};

/// Most expressions that are gone through for one block.
const STEPS: usize = 200;
/// Most variables that are named.
const NAMED: usize = 4;

/// What a block without instances hangs on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// `terraform.workspace`
    Workspace,
    /// A variable of the root module.
    Variable(Arc<str>),
}

impl World<'_> {
    /// Says in one line how many blocks make no instance, and why. What was never there is no finding and no pass.
    pub fn note_absence(&mut self) {
        let mut made: BTreeSet<Location> = BTreeSet::new();
        let mut absent: BTreeMap<Location, BTreeSet<Cause>> = BTreeMap::new();
        for (id, module) in self.modules.iter().enumerate() {
            let resources = module.resources.iter().filter(|(key, _)| key.mode == Mode::Managed);
            let resources = resources
                .filter_map(|(key, e)| Some((module.config.resources.get(key)?, e.instances.is_empty())));
            let calls = module.calls.iter().filter(|(_, state)| state.found.is_some());
            let calls = calls.filter_map(|(name, state)| {
                Some((module.config.calls.get(name)?, state.children.is_empty()))
            });
            for (declaration, none) in resources.chain(calls) {
                match none {
                    true => absent
                        .entry(declaration.at())
                        .or_default()
                        .extend(self.causes(id, &declaration.content)),
                    false => drop(made.insert(declaration.at())),
                }
            }
        }
        absent.retain(|at, _| !made.contains(at));
        if absent.is_empty() {
            return;
        }
        let mut by_cause: BTreeMap<&Cause, usize> = BTreeMap::new();
        for cause in absent.values().flatten() {
            *by_cause.entry(cause).or_default() += 1;
        }
        // What the modules themselves say is theirs: only what may be given from outside is worth a word.
        if by_cause.is_empty() {
            return;
        }
        let mut why = Vec::new();
        let mut flags = Vec::new();
        if by_cause.remove(&Cause::Workspace).is_some() {
            why.push(format!("`terraform.workspace`, which is \"{}\"", self.inputs.workspace));
            flags.push("another workspace with `--workspace NAME`");
        }
        let mut variables: Vec<(&Cause, usize)> = by_cause.into_iter().collect();
        variables.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let more = variables.len().saturating_sub(NAMED);
        let named = variables.iter().take(NAMED).filter_map(|(c, _)| match c {
            Cause::Variable(name) => Some(format!("`var.{name}`")),
            Cause::Workspace => None,
        });
        why.extend(named);
        if more > 0 {
            why.push(format!("{more} more"));
        }
        if !variables.is_empty() {
            flags.push("other values with `--var NAME=VALUE` or `--var-file`");
        }
        let blocks = match absent.len() {
            1 => "1 block makes no instance, so it is not checked: it hangs".to_owned(),
            n => format!("{n} blocks make no instance, so they are not checked: they hang"),
        };
        let message = format!("{blocks} on {}", why.join(", "));
        self.notes.add(NoteKind::Info, message, Some(format!("give {}", flags.join(", "))), None);
    }

    /// What decides on the instances of a block, followed to where values come from.
    fn causes(&self, m: ModuleId, content: &Content<'_>) -> BTreeSet<Cause> {
        let mut out = BTreeSet::new();
        let mut seen: BTreeSet<(ModuleId, Reference)> = BTreeSet::new();
        let given = ["count", "for_each"].iter().filter_map(|n| content.argument(n));
        let mut todo: Vec<(ModuleId, FileId, &Expr)> = given.map(|a| (m, a.file, a.expr)).collect();
        let mut left = STEPS;
        while let Some((m, file, e)) = todo.pop() {
            let Some(rest) = left.checked_sub(1) else { break };
            left = rest;
            let Some(module) = self.module(m) else { continue };
            let text = e.span.text(self.parsed.text(file));
            if text.contains("terraform.workspace") || text.contains("tofu.workspace") {
                out.insert(Cause::Workspace);
            }
            let mut referred = BTreeSet::new();
            references::of_expr(e, &mut referred);
            for r in referred {
                if !seen.insert((m, r.clone())) {
                    continue;
                }
                match &r {
                    Reference::Variable(name) => match &module.parent {
                        None if module.config.variables.contains_key(name) => {
                            out.insert(Cause::Variable(name.clone()));
                        }
                        None => {}
                        Some(p) => {
                            let call =
                                self.module(p.module).and_then(|above| above.config.calls.get(&p.call));
                            if let Some((file, e)) = call.and_then(|c| c.content.expr(name)) {
                                todo.push((p.module, file, e));
                            }
                        }
                    },
                    Reference::Local(name) => {
                        todo.extend(module.config.locals.get(name).map(|l| (m, l.file, l.expr)));
                    }
                    Reference::Module(call, Some(output)) => {
                        let child =
                            module.calls.get(call).and_then(|c| c.children.first()).map(|(_, id)| *id);
                        let Some(child) = child else { continue };
                        let output = self.module(child).and_then(|c| c.config.outputs.get(output));
                        todo.extend(output.and_then(|o| o.content.expr("value")).map(|(f, e)| (child, f, e)));
                    }
                    Reference::Resource(key) => {
                        let repeated = module.config.resources.get(key).into_iter().flat_map(|r| {
                            ["count", "for_each"].into_iter().filter_map(|n| r.content.argument(n))
                        });
                        todo.extend(repeated.map(|a| (m, a.file, a.expr)));
                    }
                    Reference::Module(..) => {}
                }
            }
        }
        out
    }
}
