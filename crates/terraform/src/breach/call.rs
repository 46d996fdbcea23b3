//! Arguments of `module` blocks against the variables of the module that they call.

use std::sync::Arc;

use trueline_model::{Breach, BreachKind, ModuleStep, Owner, Route};
use trueline_text::Location;

use super::near::{hint, only_near};
use crate::content::Declaration;
use crate::evaluation::graph::CALL_META;
use crate::evaluation::{Module, World};
use crate::module::{ModuleConfig, enabled};

/// The module that a call leads to, where its source is here.
pub fn called<'a>(world: &World<'a>, module: &Module<'a>, name: &Arc<str>) -> Option<Arc<ModuleConfig<'a>>> {
    let state = module.calls.get(name)?;
    if let Some((_, child)) = state.children.first() {
        return world.module(*child).map(|m| m.config.clone());
    }
    // `count = 0`: its arguments must fit all the same. Its notes were taken where it has instances.
    state.found.as_ref().map(|dir| Arc::new(world.parsed.config(dir, &mut Vec::new())))
}

/// What a call gives that the module does not ask for, and what it lacks.
pub fn breaches(called: &ModuleConfig<'_>, path: &[ModuleStep], d: &Declaration<'_>, out: &mut Vec<Breach>) {
    let owner =
        Owner::Call(path.iter().cloned().chain([ModuleStep { name: d.name.clone(), key: None }]).collect());
    let mut add = |kind, name: &str, message, near, at| {
        let route = Route::root().child(name);
        let literal = kind == BreachKind::WrongBlockKind;
        out.push(Breach { kind, owner: owner.clone(), name: name.into(), route, message, near, literal, at });
    };
    let source = d.content.literal_str("source").unwrap_or_default();
    let given = |name: &str| d.content.argument(name).is_some();
    let near = |name: &str| only_near(name, called.variables.keys().map(|n| &**n).filter(|n| !given(n)));
    for a in d.content.arguments() {
        if !CALL_META.contains(&a.name) && !called.variables.contains_key(a.name) {
            let near = near(a.name);
            let message =
                format!("the module `{source}` has no variable `{}`{}", a.name, hint(near.as_deref()));
            let at = Location { file: a.file, span: a.name_span };
            add(BreachKind::UnknownArgument, a.name, message, near, at);
        }
    }
    let is_enabled = enabled(&d.content).is_some();
    for b in d.content.native_blocks().filter(|b| !(is_enabled && b.kind == "lifecycle")) {
        let at = Location { file: b.file, span: super::name_of(b) };
        if called.variables.contains_key(b.kind) {
            let message = format!("`{0}` is an argument here, not a block: write `{0} = …`", b.kind);
            add(BreachKind::WrongBlockKind, b.kind, message, None, at);
        } else {
            let message = format!("a `module` block holds no block `{}`", b.kind);
            add(BreachKind::UnknownArgument, b.kind, message, None, at);
        }
    }
    for (name, variable) in &called.variables {
        let optional = variable.content.argument("default").is_some();
        if !optional && !given(name) {
            let message = format!("the module `{source}` needs `{name}`, which is not given");
            add(BreachKind::MissingArgument, name, message, None, d.at());
        }
    }
}
