//! What a plan gets from outside its files.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// Values from the command line and the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// `TF_VAR_name` of the environment; everything else wins over them.
    pub env_vars: Vec<(String, String)>,
    /// `--var` and `--var-file` in the order given: of two that set a variable the later wins, whichever kind.
    pub given: Vec<Given>,
    /// `[data]` of the settings: what data sources answer, by `type` or `type.name`.
    pub data: Json,
    /// Region of the provider where no provider block says it.
    pub region: Option<String>,
    /// Account of the provider.
    pub account_id: Option<String>,
    /// `terraform.workspace`
    pub workspace: String,
    /// Render [`trueline_model::Plan::json`] too; it is null without. Who needs only values saves a third of the work.
    pub json: bool,
    /// Plan all that other values may bring: a block that makes no instance gets a placeholder, as if that were not decided.
    pub everything: bool,
    /// Leave variables that are given no value unknown, as `terraform validate` does, also where they have a default.
    pub without_defaults: bool,
    /// What a real plan of the same source tells of its circumstances; it wins over everything else.
    pub facts: Facts,
}

/// What the command line gives variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// `--var name=value`
    Value(String, String),
    /// `--var-file`; the path as [`trueline_text::Files`] reads it.
    File(String),
}

impl Inputs {
    /// The files of values that are given.
    pub fn var_files(&self) -> impl Iterator<Item = &str> {
        self.given.iter().filter_map(|g| match g {
            Given::File(path) => Some(path.as_str()),
            Given::Value(..) => None,
        })
    }

    /// The same inputs with one more file of values, which wins over the other files but over no single value that
    /// is given behind them.
    #[must_use]
    pub fn with_var_file(mut self, path: String) -> Self {
        let behind = self.given.iter().rposition(|g| matches!(g, Given::File(_))).map_or(0, |i| i + 1);
        self.given.insert(behind, Given::File(path));
        self
    }
}

/// Circumstances that a real plan tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Values of the root module's variables, by name.
    pub variables: BTreeMap<String, Json>,
    /// Values that data sources answered, by address.
    pub data: BTreeMap<String, Json>,
}

impl Default for Inputs {
    fn default() -> Self {
        Self {
            env_vars: Vec::new(),
            given: Vec::new(),
            data: Json::Null,
            region: None,
            account_id: None,
            workspace: "default".to_owned(),
            json: true,
            everything: false,
            without_defaults: false,
            facts: Facts::default(),
        }
    }
}
