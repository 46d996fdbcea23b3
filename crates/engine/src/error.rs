//! Why a job could not be done at all. What concerns only a part of it is a note in the report instead.

use trueline_rego::Diagnostic;
use trueline_rules::settings::SettingsError;

/// Why a job could not be done.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EngineError {
    /// A path that does not exist or can't be looked at.
    #[error("`{path}` can't be read: {reason}")]
    Path {
        /// As given.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// Nothing there to check.
    #[error("`{0}` holds no Terraform files")]
    NoTerraform(String),
    /// `--source` without a plan among the paths.
    #[error("`--source {0}` is given, but no plan to match it with")]
    SourceWithoutPlan(String),
    /// Standard input was named, but is not given.
    #[error("standard input can be read only once")]
    StdinTwice,
    /// A file could not be written; none was.
    #[error("`{path}` can't be written: {reason}")]
    Write {
        /// Which.
        path: String,
        /// Why.
        reason: String,
    },
    /// `trueline.toml` has a mistake.
    #[error("{0}")]
    Settings(#[from] SettingsError),
    /// The paths given belong to different settings.
    #[error("`{first}` and `{second}` have different settings: `{first_settings}` and `{second_settings}`")]
    TwoSettings {
        /// A path.
        first: String,
        /// Its file.
        first_settings: String,
        /// Another path.
        second: String,
        /// Its file.
        second_settings: String,
    },
    /// Policies do not compile.
    #[error("{}", diagnostics(.0))]
    Policies(Vec<Diagnostic>),
    /// A policy path without a policy.
    #[error("`{0}` holds no policies")]
    NoPolicies(String),
    /// A rule id that is not there.
    #[error("there is no rule `{id}`")]
    UnknownRule {
        /// As given.
        id: String,
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// A rule that the profile or the settings switch off.
    #[error("the rule `{id}` is off")]
    RuleOff {
        /// Its id.
        id: String,
    },
    /// Input of `test` that is not understood.
    #[error("`{path}` can't be read as {format}: {reason}")]
    Input {
        /// Which file.
        path: String,
        /// What it was taken for.
        format: &'static str,
        /// Why not.
        reason: String,
    },
    /// A policy failed while it ran.
    #[error("{0}")]
    Evaluation(String),
}

impl EngineError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NoTerraform(_) => {
                "give a directory with `.tf` files, or a plan made by `terraform show -json`".into()
            }
            Self::SourceWithoutPlan(dir) => {
                format!("name a plan: `trueline check tfplan.json --source {dir}`")
            }
            Self::TwoSettings { .. } => {
                "check them one after the other, or name the file with `--config`".into()
            }
            Self::NoPolicies(_) => "name a folder or a file with `.rego` policies: `--policy DIR`".into(),
            Self::UnknownRule { nearest: Some(n), .. } => format!("did you mean `{n}`?"),
            Self::UnknownRule { .. } => "`trueline rules` lists all rules".into(),
            Self::RuleOff { .. } => "switch it on in `trueline.toml`, or give `--profile strict`".into(),
            Self::Write { .. } => "nothing was changed".into(),
            Self::Input { format: "JSON", .. } => {
                "make it with `terraform show -json PLAN` or `trueline plan DIR`".into()
            }
            _ => return None,
        })
    }
}

impl From<trueline_rules::UnknownRule> for EngineError {
    fn from(e: trueline_rules::UnknownRule) -> Self {
        Self::UnknownRule { id: e.id, nearest: e.nearest }
    }
}

fn diagnostics(all: &[Diagnostic]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
