//! What a front-end asks for.

use std::time::Duration;

use trueline_model::Profile;
use trueline_terraform::Given;

/// Everything that flags say, beside the command itself.
#[derive(Clone, Debug)]
pub struct Options {
    /// Directories, files and plans to look at; `-` for a plan on standard input; empty for the working directory.
    pub paths: Vec<String>,
    /// `--config`
    pub config: Option<String>,
    /// `--policy`: the organization's policies, in place of those that the settings name.
    pub policies: Vec<String>,
    /// `--profile`, in place of what the settings say.
    pub profile: Option<Profile>,
    /// `--rule`: only these, by id, by another scanner's id, or as `folder/*`; all if empty.
    pub rules: Vec<String>,
    /// `--exclude-rule`: not these.
    pub without_rules: Vec<String>,
    /// `--framework`: only rules that any of these asks for, in place of those that the settings name.
    pub frameworks: Vec<String>,
    /// `--exclude`: globs of paths that are not looked at, from the working directory, beside those of the settings.
    pub exclude: Vec<String>,
    /// `--var` and `--var-file`, in the order given.
    pub given: Vec<Given>,
    /// `TF_VAR_…` of the environment, where they are wished for.
    pub env_vars: Vec<(String, String)>,
    /// `terraform.workspace`
    pub workspace: String,
    /// `--source`: the root module that the plans among the paths were made of.
    pub source: Option<String>,
    /// `--base`, in place of what the settings say.
    pub base: Option<String>,
    /// How long policies may take over one module.
    pub time_limit: Duration,
    /// How many modules are worked on at a time.
    pub threads: usize,
    /// Nanoseconds since 1970: the one moment of the run.
    pub now: i64,
    /// What stands on standard input, where `-` is among the paths.
    pub stdin: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            config: None,
            policies: Vec::new(),
            profile: None,
            rules: Vec::new(),
            without_rules: Vec::new(),
            frameworks: Vec::new(),
            exclude: Vec::new(),
            given: Vec::new(),
            env_vars: Vec::new(),
            workspace: "default".to_owned(),
            source: None,
            base: None,
            time_limit: Duration::from_secs(60),
            threads: crate::default_threads(),
            now: 0,
            stdin: None,
        }
    }
}

/// Told how far a run is.
pub trait Progress: Sync {
    /// A part of the run begins that has this many steps.
    fn begin(&self, what: &str, steps: usize);
    /// One step is done.
    fn step(&self);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _what: &str, _steps: usize) {}
    fn step(&self) {}
}
