//! What a plan gets from outside its files.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// Values from the command line and the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// `TF_VAR_name` of the environment; everything else wins over them.
    pub env_vars: Vec<(String, String)>,
    /// `--var name=value`, in the order given.
    pub vars: Vec<(String, String)>,
    /// `--var-file`, in the order given; paths as [`trueline_text::Files`] reads them.
    pub var_files: Vec<String>,
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
    /// What a real plan of the same source tells of its circumstances; it wins over everything else.
    pub facts: Facts,
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
            vars: Vec::new(),
            var_files: Vec::new(),
            data: Json::Null,
            region: None,
            account_id: None,
            workspace: "default".to_owned(),
            json: true,
            facts: Facts::default(),
        }
    }
}
