//! What the plan JSON is rendered from: the nouns between evaluation and rendering.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Resource, Value};
use trueline_text::Sources;

use crate::module::ModuleConfig;

/// Everything that the plan JSON shows.
pub struct PlanParts<'a> {
    /// The files of the run.
    pub sources: &'a Sources,
    /// The root module's configuration and, below it, those of the modules it calls.
    pub root: &'a ModuleTree<'a>,
    /// Values of the root module's variables by name; unknown for one that has none.
    pub variables: &'a BTreeMap<Arc<str>, Value>,
    /// Outputs of the root module, sorted by name.
    pub outputs: &'a [OutputPart],
    /// Managed instances, sorted as Terraform sorts them; deferred placeholders included.
    pub resources: &'a [Resource],
    /// Data source instances, sorted the same way.
    pub data: &'a [Resource],
}

/// The configuration of one module and of the modules it calls.
pub struct ModuleTree<'a> {
    /// The configuration, shared by all calls of the same directory.
    pub config: Arc<ModuleConfig<'a>>,
    /// Called modules whose source is there, by the name of the call.
    pub calls: BTreeMap<Arc<str>, ModuleTree<'a>>,
}

/// One output of the root module.
#[derive(Clone, Debug)]
pub struct OutputPart {
    /// Its name.
    pub name: Arc<str>,
    /// Its value.
    pub value: Value,
    /// `sensitive = true`
    pub sensitive: bool,
}
