//! The command line: every flag once, with the words that help shows.

use clap::{Args, Parser, Subcommand, ValueEnum};
use trueline_model::{Profile, Severity};

use crate::given::InOrder;

mod policies;

pub use policies::{Parse, PolicyRun, ReportArg, Test, TestFormat, Verify, VersionArg, yes};

/// Finds and fixes what breaks your organization's rules in Terraform code.
///
/// Trueline evaluates modules without credentials, network or `terraform init`, checks the result against its rules and
/// your own Rego policies, and fixes what it finds in the source, each fix proved before it is written.
#[derive(Debug, Parser)]
#[command(name = "trueline", version, max_term_width = 100, after_help = START)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// For all commands.
    #[command(flatten)]
    pub global: Global,
}

const START: &str = "\
Start here:
  trueline check            what is wrong, below the working directory
  trueline fix --diff       what would be changed
  trueline fix              change it
  trueline explain RULE     why a rule is there, with an example

Exit codes: 0 clean, 1 findings, 2 the job could not be done (`trueline test` has conftest's).";

/// Flags of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// Settings file [default: the nearest trueline.toml at or above the checked path]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Global options")]
    pub config: Option<String>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Global options")]
    pub color: When,
    /// How many modules to work on at a time [default: one per processor]
    #[arg(long, global = true, value_name = "N", help_heading = "Global options")]
    pub threads: Option<usize>,
    /// File that presets flags of test, verify and parse by their names [default: conftest.toml]
    #[arg(long, short = 'c', global = true, value_name = "FILE", help_heading = "Global options")]
    pub config_file: Option<String>,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Also into files and pipes.
    Always,
    /// Not at all.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check modules and plans against the rules
    #[command(after_long_help = CHECK)]
    Check(Check),
    /// Fix what can be fixed in the source
    #[command(after_long_help = FIX)]
    Fix(Fix),
    /// Print the plan that Terraform would make, as far as source tells
    #[command(after_long_help = PLAN)]
    Plan(Plan),
    /// List the rules
    Rules(Rules),
    /// Print what the rules ask for, as a checklist for reviewers in Markdown
    Checklist(Checklist),
    /// Print what the rules ask for, as instructions for an assistant in Markdown
    #[command(after_long_help = BRIEF)]
    Brief(Brief),
    /// Explain a rule: why, what to do, an example, the controls that ask for it
    #[command(after_long_help = EXPLAIN)]
    Explain(Explain),
    /// Test JSON, YAML and TOML files against plain Rego policies, as conftest does
    #[command(after_long_help = policies::TEST)]
    Test(Test),
    /// Run the tests of policies: rules whose names begin with test_
    #[command(after_long_help = policies::VERIFY)]
    Verify(Verify),
    /// Print files as policies see them
    Parse(Parse),
}

const BRIEF: &str = "\
Examples:
  trueline brief >> AGENTS.md
  trueline brief --for aws_s3_bucket,aws_lambda_function";

const CHECK: &str = "\
Every directory with Terraform files below PATH that no other one calls is evaluated as a root module; a JSON file is \
taken for a plan made by `terraform show -json`, and `-` reads one from standard input.

Examples:
  trueline check
  trueline check live/prod modules --fail-on high
  trueline check --rule 'aws/s3/*' --exclude-rule CKV_AWS_18 --exclude 'examples/**'
  trueline check --framework cis-aws-5.0 --profile strict
  trueline check --format concise
  trueline check --var-file prod.tfvars live
  terraform show -json tfplan | trueline check -
  trueline check tfplan.json --source live/prod
  trueline check --format sarif --output trueline.sarif

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the job could not be done in full.";

const FIX: &str = "\
A fix is written only after the changed text was parsed and checked again in memory, for every caller of the module in \
the repository and every *.tfvars beside it. What is unsafe, or needs a setting, is listed with the reason.

Examples:
  trueline fix --diff
  trueline fix live/prod
  trueline fix --rule aws/s3/unencrypted-bucket
  trueline fix --exclude-rule 'aws/tags/*'
  trueline fix --unsafe --diff

Exit codes: 0 nothing left to fix, 1 findings remain (or, with --diff, changes are not made yet), 2 error.";

const PLAN: &str = "\
The shape is that of `terraform show -json`; what is not known before apply is in `after_unknown`. The plan is complete \
data and may hold secrets; --redact masks them.

Examples:
  trueline plan --format text --origins
  trueline plan live/prod > tfplan.json
  trueline plan --var environment=prod | jq '.resource_changes[].address'";

const EXPLAIN: &str = "\
Examples:
  trueline explain aws/s3/unencrypted-bucket
  trueline explain CKV_AWS_145";

/// Which rules and values to use.
#[derive(Debug, Args)]
pub struct Scope {
    /// Rego policies of your own: folders or files [default: as in trueline.toml, else policy/]
    #[arg(long, value_name = "PATH")]
    pub policy: Vec<String>,
    /// Which rules are on: what nobody would object to, or all
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<ProfileArg>,
    /// Only this rule, on or off: its id, another scanner's id for it, or a folder such as aws/s3/*
    #[arg(long, value_name = "RULE")]
    pub rule: Vec<String>,
    /// Not this rule: named as for --rule
    #[arg(long, value_name = "RULE")]
    pub exclude_rule: Vec<String>,
    /// Only rules that this compliance framework asks for, e.g. cis-aws-5.0 [default: as in trueline.toml]
    #[arg(long, value_name = "ID")]
    pub framework: Vec<String>,
    /// Not what this names below the working directory: a glob as in a .gitignore, e.g. examples/**
    #[arg(long, value_name = "PATH")]
    pub exclude: Vec<String>,
    #[command(flatten)]
    pub values: Values,
    /// Git revision that tells which resources exist already [default: the merge base with the remote's default branch, else HEAD]
    #[arg(long, value_name = "REVISION")]
    pub base: Option<String>,
    /// Longest time that policies may take over one module or file, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub policy_timeout: u64,
}

/// Values that come from outside the files.
#[derive(Debug, Args)]
pub struct Values {
    #[command(flatten)]
    pub given: InOrder,
    /// Take values of variables from the environment too: TF_VAR_name
    #[arg(long)]
    pub env_vars: bool,
    /// What terraform.workspace is
    #[arg(long, value_name = "NAME", default_value = "default")]
    pub workspace: String,
}

/// `trueline check`
#[derive(Debug, Args)]
pub struct Check {
    /// Directories, files and plans to check [default: the working directory]
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    #[command(flatten)]
    pub scope: Scope,
    /// How to show findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Show every finding in full, with all places and the way of each value (with --format text)
    #[arg(long, short)]
    pub verbose: bool,
    /// Directory of the root module that the given plan was made of: findings then show places in the source
    #[arg(long, value_name = "DIR")]
    pub source: Option<String>,
    /// Lowest severity that makes the exit code 1 [default: low]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<SeverityArg>,
    /// Exit with 1 also if something can't be decided
    #[arg(long)]
    pub fail_on_unknown: bool,
    /// Write findings to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<String>,
}

/// `trueline fix`
#[derive(Debug, Args)]
pub struct Fix {
    /// Directories and files to fix [default: the working directory]
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    #[command(flatten)]
    pub scope: Scope,
    /// Print the changes as a unified diff and write nothing
    #[arg(long)]
    pub diff: bool,
    /// Apply also fixes that may replace, interrupt or change what exists
    #[arg(long = "unsafe")]
    pub allow_unsafe: bool,
}

/// `trueline plan`
#[derive(Debug, Args)]
pub struct Plan {
    /// Directory of the root module
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: String,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub format: PlanFormat,
    /// Tell beside each value where it was written (with --format text)
    #[arg(long)]
    pub origins: bool,
    /// Mask what is sensitive in JSON too (text never shows it)
    #[arg(long)]
    pub redact: bool,
    #[command(flatten)]
    pub values: Values,
}

/// `trueline rules`
#[derive(Debug, Args)]
pub struct Rules {
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ListFormat,
    /// Only what this profile has on
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<ProfileArg>,
    /// Only rules that this framework asks for, e.g. soc2
    #[arg(long, value_name = "ID")]
    pub framework: Option<String>,
}

/// `trueline checklist`
#[derive(Debug, Args)]
pub struct Checklist {
    /// Only what this profile has on
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<ProfileArg>,
}

/// `trueline brief`
#[derive(Debug, Args)]
pub struct Brief {
    /// Only what these resource types are asked for, each with an example
    #[arg(long = "for", value_name = "TYPE", value_delimiter = ',')]
    pub types: Vec<String>,
    /// Only what this profile has on
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<ProfileArg>,
}

/// `trueline explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// Id of the rule, or another scanner's id for it
    #[arg(value_name = "RULE")]
    pub rule: String,
}

/// Formats of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One line each, for people and editors: path:line:column: severity rule address: message.
    Concise,
    /// For programs, stable: trueline.findings/1.
    Json,
    /// For code hosts and editors: SARIF 2.1.0.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
}

/// Formats of plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// As terraform show -json.
    Json,
    /// For people, as terraform plan prints it.
    Text,
}

/// Formats of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Which rules are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProfileArg {
    /// Nobody would object.
    Baseline,
    /// All, also those that cost money or need a setting.
    Strict,
}

impl From<ProfileArg> for Profile {
    fn from(p: ProfileArg) -> Self {
        match p {
            ProfileArg::Baseline => Self::Baseline,
            ProfileArg::Strict => Self::Strict,
        }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum SeverityArg {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

impl From<SeverityArg> for Severity {
    fn from(s: SeverityArg) -> Self {
        match s {
            SeverityArg::Info => Self::Info,
            SeverityArg::Low => Self::Low,
            SeverityArg::Medium => Self::Medium,
            SeverityArg::High => Self::High,
            SeverityArg::Critical => Self::Critical,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn flags_do_not_contradict_one_another() {
        super::Cli::command().debug_assert();
    }
}
