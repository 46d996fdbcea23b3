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
    /// A framework that is not there.
    #[error("there is no framework `{id}`: there are {}", .known.join(", "))]
    UnknownFramework {
        /// As given.
        id: String,
        /// All there are.
        known: Vec<&'static str>,
    },
    /// A rule that the profile or the settings switch off.
    #[error("the rule `{id}` is off")]
    RuleOff {
        /// Its id.
        id: String,
    },
    /// The flags leave no rule: `--exclude-rule` takes away all that `--rule` names, or no framework asks for it.
    #[error("no rule is left to check")]
    NoRules,
    /// `--exclude` with what is no glob.
    #[error("`--exclude {glob}` is no glob: {why}")]
    Exclude {
        /// As given.
        glob: String,
        /// Why.
        why: String,
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
    /// Nothing there to test.
    #[error("no files found{}", among(.0))]
    NoFiles(Vec<String>),
    /// Files of a kind that there is no parser for here, and what the kind is called.
    #[error("{}", unreadable(.0))]
    Unreadable(Vec<(String, &'static str)>),
    /// A file whose name does not say what it is.
    #[error("`{0}` is of no kind that is known")]
    UnknownKind(String),
    /// Two data files have values for one key.
    #[error("`{first}` and `{second}` both give a value for `{key}`")]
    DataConflict {
        /// The key, from `data` on.
        key: String,
        /// The file that was read first.
        first: String,
        /// The other one.
        second: String,
    },
    /// A rule of messages that is an object of keys.
    #[error(
        "{file}:{line}: rule is using 'if' keyword without 'contains' keyword: `{rule}[…] if` makes keys, no messages, and can never fail"
    )]
    Keyed {
        /// Its name.
        rule: String,
        /// Its file.
        file: String,
        /// Its line, from 1.
        line: usize,
    },
    /// Policies do not compile as what they are said to be, but as the other version.
    #[error("{}", diagnostics(.problems))]
    OtherVersion {
        /// What is wrong.
        problems: Vec<Diagnostic>,
        /// The version that they are written in.
        written: &'static str,
    },
    /// A policy failed while it ran.
    #[error("{0}")]
    Evaluation(String),
}

impl EngineError {
    /// There is no framework of this id.
    pub(crate) fn unknown_framework(id: &str) -> Self {
        let known = trueline_rules::controls::frameworks().iter().map(|f| f.id).collect();
        Self::UnknownFramework { id: id.to_owned(), known }
    }

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
            Self::UnknownFramework { id, known } => {
                format!("did you mean `{}`?", trueline_rules::nearest(id, known.iter().copied())?)
            }
            Self::RuleOff { .. } => "switch it on in `trueline.toml`, or give `--profile strict`".into(),
            Self::NoRules => "name fewer rules with `--exclude-rule`, or other frameworks".into(),
            Self::Exclude { .. } => "write it as in a `.gitignore`, e.g. `--exclude 'examples/**'`".into(),
            Self::Write { .. } => "nothing was changed".into(),
            Self::NoFiles(_) => "name files, or folders that hold some that there is a parser for".into(),
            Self::Unreadable(files) => {
                let mut hint = "leave them out with `--ignore REGEX`, or name the files that are meant".to_owned();
                if files.iter().any(|(path, _)| crate::disk::is_terraform(path)) {
                    hint.push_str("; for Terraform code, test its plan: `trueline plan DIR`");
                }
                hint
            }
            Self::UnknownKind(_) => "say how to read it with `--parser`".into(),
            Self::DataConflict { .. } => {
                "keep the key in one of them, or name only one of them with `--data`".into()
            }
            Self::Keyed { rule, .. } => format!("write `{rule} contains msg if {{ … }}`"),
            Self::OtherVersion { written, .. } => {
                format!("these policies are written in Rego {written}: give `--rego-version {written}`, or leave the flag out")
            }
            Self::Policies(problems) if problems.iter().any(|p| p.message.starts_with("deprecated built-in")) => {
                "such functions are of the old language: use those that replaced them, or write the policy in Rego v0 and give `--rego-version v0`".into()
            }
            Self::Input { format: "JSON", path, .. } if path.contains("plan") => {
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

/// `: … hold(s) none`
fn among(paths: &[String]) -> String {
    let named: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
    match named.is_empty() {
        true => String::new(),
        false => format!(" in {}", named.join(", ")),
    }
}

fn unreadable(files: &[(String, &'static str)]) -> String {
    let told = files
        .iter()
        .map(|(path, kind)| format!("`{path}` can't be read: there is no parser for {kind} here"));
    told.collect::<Vec<_>>().join("\n")
}

fn diagnostics(all: &[Diagnostic]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
