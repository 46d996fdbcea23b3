//! From the evaluated modules to the plan.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value as Json;
use trueline_model::{
    Action, Address, Declared, Mode, Note, NoteKind, Plan, PlanSource, Reason, Resource, Type, Value,
};
use trueline_text::{Files, Location};

use crate::breach;
use crate::data;
use crate::evaluation::{Instance, Module, World};
use crate::inputs::Inputs;
use crate::links;
use crate::module::ModuleConfig;
use crate::parsed::Parsed;
use crate::parts::{ModuleTree, OutputPart, PlanParts};
use crate::plan_json;
use trueline_provider::document;

/// Stack of the thread that evaluates: expressions, types and values may be nested some hundred levels deep.
const STACK: usize = 256 << 20;

/// Evaluates a root module into the plan that Terraform would make for an empty state.
///
/// It never fails as a whole: what could not be read or evaluated is unknown, and noted in the plan.
pub fn plan(files: &dyn Files, parsed: &Parsed, root: &str, inputs: &Inputs) -> Plan {
    let root = trueline_text::normalize(root);
    let run = || evaluate(files, parsed, &root, inputs);
    let done = std::thread::scope(|s| {
        let spawned =
            std::thread::Builder::new().name("evaluate".into()).stack_size(STACK).spawn_scoped(s, run);
        spawned.ok().and_then(|h| h.join().ok())
    });
    done.unwrap_or_else(|| Plan {
        source: PlanSource::Static,
        path: root.as_str().into(),
        resources: Vec::new(),
        data: Vec::new(),
        json: Arc::new(Json::Object(serde_json::Map::new())),
        notes: vec![Note {
            kind: NoteKind::Error,
            message: format!("`{root}` could not be evaluated: this is a fault of Trueline"),
            help: Some("please report it with the module".into()),
            at: None,
        }],
        breaches: Vec::new(),
        handed: Vec::new(),
        directories: vec![root.as_str().into()],
        callers: BTreeMap::new(),
        whole: false,
    })
}

fn evaluate(files: &dyn Files, parsed: &Parsed, root: &str, inputs: &Inputs) -> Plan {
    let mut world = World::new(files, parsed, root, inputs);
    world.run();
    let handed = world.handed();
    let (mut resources, mut data) = (Vec::new(), Vec::new());
    let instances = world.modules.iter().flat_map(|m| m.resources.values()).flat_map(|e| &e.instances);
    let placeholders: links::Placeholders<'_> =
        instances.filter(|i| i.deferred).map(|i| (&*i.address, i.conditions.as_slice())).collect();
    for module in &world.modules {
        for (key, expanded) in &module.resources {
            let Some(declaration) = module.config.resources.get(key) else { continue };
            let declared = Declared {
                file: declaration.file,
                block: declaration.span,
                head: declaration.head,
                editable: module.config.editable,
            };
            let to = if key.mode == Mode::Managed { &mut resources } else { &mut data };
            to.extend(expanded.instances.iter().map(|i| resource(i, &declared, &placeholders)));
        }
    }
    resources.sort_by(|a: &Resource, b: &Resource| order(&a.address, &b.address));
    data.sort_by(|a: &Resource, b: &Resource| order(&a.address, &b.address));
    let breaches = breach::of(&mut world);
    let (directories, callers) = calls(&world);
    let json = if inputs.json { render(&world, &resources, &data) } else { Json::Null };
    let mut notes: Vec<Note> =
        parsed.notes.iter().filter(|n| concerns(parsed, n, &directories)).cloned().collect();
    let open = unstated(&world);
    let own = world.notes.finish();
    notes.extend(match open {
        Some(why) => without_those_of_defaults(own, &why, files, parsed, root, inputs),
        None => own,
    });
    Plan {
        source: PlanSource::Static,
        path: root.into(),
        resources,
        data,
        json: Arc::new(json),
        notes,
        breaches,
        handed,
        directories,
        callers,
        whole: !world.switched_off,
    }
}

/// Why other values may be given to the root's variables than are known here; none if nothing tells that they are.
fn unstated(world: &World<'_>) -> Option<String> {
    if world.inputs.without_defaults {
        return None;
    }
    let root = world.module(0)?;
    let lacks = |name: &Arc<str>| {
        let declaration = root.config.variables.get(name);
        declaration.is_some_and(|d| d.content.argument("default").is_none())
            && !world.given.contains_key(name)
    };
    if world.parsed.run.contains_key(&world.root) {
        return Some("Terragrunt gives this module its values".to_owned());
    }
    let name = root.config.variables.keys().find(|n| lacks(n))?;
    Some(format!("whoever runs this module has to give values (`{name}` has none)"))
}

/// The notes, in which errors that only defaults bring are warnings: other values are given where the module is run.
fn without_those_of_defaults(
    mut notes: Vec<Note>,
    why: &str,
    files: &dyn Files,
    parsed: &Parsed,
    root: &str,
    inputs: &Inputs,
) -> Vec<Note> {
    let is_error = |n: &Note| n.kind == NoteKind::Error;
    if !notes.iter().any(is_error) {
        return notes;
    }
    let inputs = Inputs { without_defaults: true, json: false, ..inputs.clone() };
    let mut world = World::new(files, parsed, root, &inputs);
    world.run();
    let whatever = world.notes.finish();
    let always = |n: &Note| match n.at {
        Some(at) => whatever.iter().any(|w| is_error(w) && w.at == Some(at)),
        None => whatever.iter().any(|w| is_error(w) && w.message == n.message),
    };
    for note in notes.iter_mut().filter(|n| is_error(n) && !always(n)) {
        note.kind = NoteKind::Warning;
        let hint = format!("it hangs on the defaults of variables, and {why}");
        note.help = Some(note.help.take().map_or(hint.clone(), |help| format!("{help}; {hint}")));
    }
    notes
}

/// Terraform's order: by module, data sources first, then type, name and key.
fn order(a: &Address, b: &Address) -> std::cmp::Ordering {
    let key = |a: &Address| (a.modules.len(), a.mode == Mode::Managed);
    (key(a).0, &a.modules, key(a).1, &a.kind, &a.name, &a.key).cmp(&(
        key(b).0,
        &b.modules,
        key(b).1,
        &b.kind,
        &b.name,
        &b.key,
    ))
}

fn resource(i: &Instance, declared: &Declared, placeholders: &links::Placeholders<'_>) -> Resource {
    let actions = match i.address.mode {
        Mode::Managed => vec![Action::Create],
        Mode::Data if data::is_answered(&i.values) => Vec::new(),
        Mode::Data => vec![Action::Read],
    };
    let mut values = i.values.clone();
    document::settle(&mut values);
    Resource {
        address: (*i.address).clone(),
        provider: i.provider.reference.clone(),
        actions,
        values,
        before: None,
        declared: Some(declared.clone()),
        deferred: i.deferred,
        conditions: i.conditions.clone(),
        links: links::of(&i.values, &i.address, placeholders),
        schema_version: i.schema.as_ref().map_or(0, |s| s.version),
    }
}

/// Directory of a module to the places that call it.
type Callers = BTreeMap<Arc<str>, Vec<Location>>;

/// Directories that were read, the root first, and who calls them.
fn calls(world: &World<'_>) -> (Vec<Arc<str>>, Callers) {
    let mut callers: BTreeMap<Arc<str>, BTreeSet<Location>> = BTreeMap::new();
    let mut directories: BTreeSet<Arc<str>> = BTreeSet::new();
    for module in &world.modules {
        directories.insert(module.config.dir.clone());
        for (name, state) in &module.calls {
            let Some(at) = module.config.calls.get(name).map(|c| c.at()) else { continue };
            for (_, child) in &state.children {
                if let Some(child) = world.module(*child) {
                    callers.entry(child.config.dir.clone()).or_default().insert(at);
                }
            }
        }
    }
    directories.remove(&world.root);
    let all = std::iter::once(world.root.clone()).chain(directories).collect();
    (all, callers.into_iter().map(|(dir, at)| (dir, at.into_iter().collect())).collect())
}

/// True if a note of the reading concerns a plan of these directories; one without place concerns every plan.
fn concerns(parsed: &Parsed, note: &Note, directories: &[Arc<str>]) -> bool {
    let Some(at) = note.at else { return true };
    directories.iter().any(|d| parsed.directories.get(d).is_some_and(|files| files.contains(&at.file)))
}

fn render(world: &World<'_>, resources: &[Resource], data: &[Resource]) -> Json {
    let Some(module) = world.module(0) else { return Json::Object(serde_json::Map::new()) };
    let root = tree(world, module, 0);
    let outputs: Vec<OutputPart> = module
        .config
        .outputs
        .iter()
        .map(|(name, d)| OutputPart {
            name: name.clone(),
            value: module.outputs.get(name).cloned().unwrap_or_else(|| {
                Value::unknown(Type::Any, Reason::Error("it could not be evaluated".into()))
            }),
            sensitive: d.content.literal_bool("sensitive") == Some(true),
        })
        .collect();
    plan_json::render(&PlanParts {
        sources: &world.parsed.sources,
        root: &root,
        variables: &module.variables,
        outputs: &outputs,
        resources,
        data,
    })
}

fn tree<'a>(world: &World<'a>, module: &Module<'a>, depth: usize) -> ModuleTree<'a> {
    let mut calls = BTreeMap::new();
    for (name, state) in &module.calls {
        // Instances of one call have one configuration.
        if let Some(child) = state.children.first().and_then(|(_, id)| world.module(*id))
            && depth < crate::parsed::MAX_CALLS
        {
            calls.insert(name.clone(), tree(world, child, depth + 1));
        }
    }
    ModuleTree { config: module.config.clone(), calls }
}

/// The configuration of one directory, for those who need no values; what is wrong with it goes to `notes`.
pub fn module_config<'p>(parsed: &'p Parsed, dir: &str, notes: &mut Vec<Note>) -> ModuleConfig<'p> {
    parsed.config(&dir.into(), notes)
}
