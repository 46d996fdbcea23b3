//! The evaluation of one root module and all modules below it.
//!
//! What enters: [`Parsed`] files and [`Inputs`]. What leaves: the [`World`], in which every variable, local, output,
//! resource and provider of every module instance has its value. Each is evaluated once, after what it refers to
//! ([`graph`]); circles are reported and broken.

mod absence;
mod certain;
mod conditions;
mod ephemeral;
mod existence;
pub(crate) mod graph;
mod handed;
mod modules;
mod newest;
mod notes;
mod pending;
mod refused;
pub(crate) mod resources;
pub(crate) mod schemas;
pub(crate) mod scope;
pub(crate) mod variables;
mod view;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use trueline_model::{Address, Condition, Key, ModuleStep, Note, ProviderVersions, Reason, Value};
use trueline_text::Files;

use crate::expression::Limits;
use crate::inputs::Inputs;
use crate::module::{ModuleConfig, ResourceKey};
use crate::parsed::Parsed;
use crate::provider::ProviderState;
use trueline_provider::schema::BlockSchema;

use newest::{SHORT_CIRCUIT, WITHOUT_LIST_AND_MAP, may_be_at_least};
pub(crate) use notes::Notes;

/// Number of a module instance in [`World::modules`].
pub(crate) type ModuleId = usize;

/// Most module instances of one plan.
pub(crate) const MAX_MODULES: usize = 50_000;
/// Most instances of one resource or module call.
pub(crate) const MAX_INSTANCES: usize = 100_000;

/// All state of one evaluation.
pub(crate) struct World<'a> {
    pub files: &'a dyn Files,
    pub parsed: &'a Parsed,
    pub inputs: &'a Inputs,
    pub root: Arc<str>,
    pub limits: Limits,
    pub configs: BTreeMap<Arc<str>, Arc<ModuleConfig<'a>>>,
    /// What is wrong with a configuration that was read before it is called.
    unsaid: BTreeMap<Arc<str>, Vec<Note>>,
    /// The versions of each provider that are admitted, by source.
    pub versions: BTreeMap<Arc<str>, Arc<ProviderVersions>>,
    pub modules: Vec<Module<'a>>,
    pub graph: graph::Progress,
    pub notes: Notes,
    pub types: resources::TypeCache,
    /// Whether a data source of a module instance is read only while Terraform applies.
    pub waiting: BTreeMap<(ModuleId, ResourceKey), bool>,
    /// Values of the root module's variables that were given from outside.
    pub given: BTreeMap<Arc<str>, Value>,
    /// Variables, locals and outputs that are unknown here, while Terraform may know them.
    pub doubtful: HashSet<graph::Node>,
    /// The modules of which such outputs are.
    pub doubtful_modules: HashSet<ModuleId>,
    /// Directories of which everything was said that needs no value.
    pub checked: BTreeSet<Arc<str>>,
    /// The Terraform that may be run leaves one side of `&&` and `||` alone if the other decides.
    pub short_circuits: bool,
    /// A block makes no instance with these inputs.
    pub switched_off: bool,
    /// Only a Terraform that still has `list` and `map` may be run.
    pub has_list_and_map: bool,
}

/// One instance of a module.
pub(crate) struct Module<'a> {
    pub config: Arc<ModuleConfig<'a>>,
    pub path: Vec<ModuleStep>,
    /// Names of the calls from the root, joined by dots: the key in `modules.json`.
    pub call_path: String,
    pub parent: Option<Parent>,
    /// True for the placeholder of a call whose instances are not decided, and for all below it.
    pub deferred: bool,
    /// What decides whether it exists.
    pub conditions: Vec<Condition>,
    pub variables: BTreeMap<Arc<str>, Value>,
    pub locals: BTreeMap<Arc<str>, Value>,
    pub outputs: BTreeMap<Arc<str>, Value>,
    pub resources: BTreeMap<ResourceKey, Expanded>,
    pub calls: BTreeMap<Arc<str>, CallState>,
    pub providers: BTreeMap<usize, Arc<ProviderState>>,
}

/// Who called a module.
pub(crate) struct Parent {
    pub module: ModuleId,
    pub call: Arc<str>,
    pub each: Each,
}

/// What `count` and `for_each` make of a block.
#[derive(Clone, Debug)]
pub(crate) enum Repetition {
    /// Neither is set.
    Single,
    /// `count`
    Count,
    /// `for_each`
    ForEach,
    /// `enabled` is false: there is none, and who refers to it gets null.
    Off,
    /// Which instances there are is not decided.
    Undecided(Reason),
}

/// What one instance knows of its repetition.
#[derive(Clone, Debug, Default)]
pub(crate) struct Each {
    pub key: Option<Key>,
    /// `count.index`
    pub index: Option<Value>,
    /// `each.key`, `each.value`
    pub entry: Option<(Value, Value)>,
}

/// All instances of one resource or data source.
pub(crate) struct Expanded {
    pub repetition: Repetition,
    pub instances: Vec<Instance>,
}

/// One instance of a resource or data source.
pub(crate) struct Instance {
    pub each: Each,
    pub address: Arc<Address>,
    pub values: Value,
    pub schema: Option<Arc<BlockSchema>>,
    pub provider: Arc<ProviderState>,
    pub deferred: bool,
    /// What decides whether it exists.
    pub conditions: Vec<Condition>,
    /// The values as the provider's plan shows them.
    pub planned: OnceCell<Value>,
    /// The same as others see them: what is unset is unknown until apply.
    pub view: OnceCell<Value>,
}

/// The instances that a module call makes.
pub(crate) struct CallState {
    pub repetition: Repetition,
    pub children: Vec<(Option<Key>, ModuleId)>,
    /// The directory of the module; none if its source is not there.
    pub found: Option<Arc<str>>,
}

impl<'a> World<'a> {
    pub fn new(files: &'a dyn Files, parsed: &'a Parsed, root: &str, inputs: &'a Inputs) -> Self {
        Self {
            files,
            parsed,
            inputs,
            root: root.into(),
            limits: Limits::default(),
            configs: BTreeMap::new(),
            unsaid: BTreeMap::new(),
            versions: BTreeMap::new(),
            modules: Vec::new(),
            graph: graph::Progress::default(),
            notes: Notes::default(),
            types: resources::TypeCache::default(),
            waiting: BTreeMap::new(),
            given: BTreeMap::new(),
            doubtful: HashSet::new(),
            doubtful_modules: HashSet::new(),
            checked: BTreeSet::new(),
            short_circuits: true,
            switched_off: false,
            has_list_and_map: false,
        }
    }

    /// Evaluates the root module and all that it calls.
    pub fn run(&mut self) {
        let config = self.config(&self.root.clone());
        let required = self.required_versions(&config);
        self.short_circuits = may_be_at_least(&required, SHORT_CIRCUIT);
        self.has_list_and_map = !may_be_at_least(&required, WITHOUT_LIST_AND_MAP);
        self.modules.push(Module::new(config, Vec::new(), String::new(), None, None));
        self.collect_versions();
        self.given = variables::given(self);
        let mut next = 0;
        // Module calls add modules at the end while this goes on.
        while next < self.modules.len() {
            self.evaluate_module(next);
            next += 1;
        }
        self.check_conditions();
        self.check_refused();
        self.note_absence();
    }

    /// The configuration of a directory, read once.
    pub fn config(&mut self, dir: &Arc<str>) -> Arc<ModuleConfig<'a>> {
        let config = self.config_quietly(dir);
        for n in self.unsaid.remove(dir).unwrap_or_default() {
            self.notes.add(n.kind, n.message, n.help, n.at);
        }
        config
    }

    /// The same, without a word about what is wrong with it: that is said where it is called.
    pub fn config_quietly(&mut self, dir: &Arc<str>) -> Arc<ModuleConfig<'a>> {
        if let Some(c) = self.configs.get(dir) {
            return c.clone();
        }
        let mut notes = Vec::new();
        let config = Arc::new(self.parsed.config(dir, &mut notes));
        self.unsaid.insert(dir.clone(), notes);
        self.configs.insert(dir.clone(), config.clone());
        config
    }

    pub fn module(&self, id: ModuleId) -> Option<&Module<'a>> {
        self.modules.get(id)
    }
}

impl<'a> Module<'a> {
    pub fn new(
        config: Arc<ModuleConfig<'a>>,
        path: Vec<ModuleStep>,
        call_path: String,
        parent: Option<Parent>,
        conditions: Option<Vec<Condition>>,
    ) -> Self {
        Self {
            config,
            path,
            call_path,
            parent,
            deferred: conditions.is_some(),
            conditions: conditions.unwrap_or_default(),
            variables: BTreeMap::new(),
            locals: BTreeMap::new(),
            outputs: BTreeMap::new(),
            resources: BTreeMap::new(),
            calls: BTreeMap::new(),
            providers: BTreeMap::new(),
        }
    }

    /// The address of a resource instance in this module.
    pub fn address(&self, key: &ResourceKey, instance: Option<Key>) -> Address {
        Address {
            modules: self.path.clone(),
            mode: key.mode,
            kind: key.kind.clone(),
            name: key.name.clone(),
            key: instance,
        }
    }
}
