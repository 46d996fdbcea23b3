//! What a plan gets from outside its files.

use serde_json::Value as Json;

/// Values from the command line and the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
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
}

impl Default for Inputs {
    fn default() -> Self {
        Self {
            vars: Vec::new(),
            var_files: Vec::new(),
            data: Json::Null,
            region: None,
            account_id: None,
            workspace: "default".to_owned(),
        }
    }
}
