//! Flags of `trueline test` and `trueline verify`, named as conftest names them.

use clap::{ArgAction, Args, ValueEnum};
use trueline_engine::Parser;

/// `trueline test`
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub struct Test {
    /// JSON, YAML and TOML files, directories of them, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Package to test; *, ? and […] stand for others [default: main]
    #[arg(long, short, value_name = "PACKAGE", value_delimiter = ',')]
    pub namespace: Vec<String>,
    /// Test all packages
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub all_namespaces: bool,
    /// Make one input of all files: a list of {path, contents}
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub combine: bool,
    /// Leave out what matches in directories
    #[arg(long, value_name = "REGEX")]
    pub ignore: Option<String>,
    /// How to read the files [default: as they are named]
    #[arg(long, value_name = "PARSER", value_parser = parser)]
    pub parser: Option<Parser>,
    /// Name of standard input in results
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
    /// Exit with 3 if something was not really tested: no rule, an unknown namespace, results that were dropped, functions that failed
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub strict_gate: bool,
    /// Exit with 2 on failures and 1 on warnings
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub fail_on_warn: bool,
    /// Exit with 0 whatever the result
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub no_fail: bool,
    /// Do not show exceptions
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub suppress_exceptions: bool,
    #[command(flatten)]
    pub run: PolicyRun,
}

/// `trueline verify`
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub struct Verify {
    /// Taken, and not read: policies are where --policy says
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// Package whose tests run; *, ? and […] stand for others [default: all]
    #[arg(long, short, value_name = "PACKAGE", value_delimiter = ',')]
    pub namespace: Vec<String>,
    /// Tell each test, and of those that fail why: expressions that fail, notes, or every step
    #[arg(long, value_name = "WHAT")]
    pub report: Option<ReportArg>,
    /// Tell how much of the policies the tests evaluate
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub coverage: bool,
    #[command(flatten)]
    pub run: PolicyRun,
}

/// `trueline parse`
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub struct Parse {
    /// JSON, YAML and TOML files, directories of them, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Make one input of all files: a list of {path, contents}
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub combine: bool,
    /// How to read the files [default: as they are named]
    #[arg(long, value_name = "PARSER", value_parser = parser)]
    pub parser: Option<Parser>,
}

/// What `trueline test` and `trueline verify` have in common.
#[derive(Debug, Args)]
pub struct PolicyRun {
    /// Folder or file with policies
    #[arg(long, short, value_name = "PATH", default_value = "policy", value_delimiter = ',')]
    pub policy: Vec<String>,
    /// Folder or file with data
    #[arg(long, short, value_name = "PATH", value_delimiter = ',')]
    pub data: Vec<String>,
    /// How to show results
    #[arg(long, short, value_name = "FORMAT", default_value = "stdout")]
    pub output: TestFormat,
    /// No colour
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub no_color: bool,
    /// Show nothing if all is well
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub quiet: bool,
    /// Tell each step on standard error
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub trace: bool,
    /// Refuse unused variables and imports, shadowing, and deprecated functions
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub strict: bool,
    /// End with an error where a function fails; otherwise the expression is undefined
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub show_builtin_errors: bool,
    /// Names of JUnit tests without the message
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub junit_hide_message: bool,
    /// No group for files that pass in GitHub's format
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value_t = false, hide_default_value = true, value_name = "BOOL", value_parser = yes, action = ArgAction::Set)]
    pub github_hide_passed: bool,
    /// Version of the policies' language [default: as each file is written]
    #[arg(long, value_name = "VERSION")]
    pub rego_version: Option<VersionArg>,
    /// Longest time that policies may take over one file, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub policy_timeout: u64,
}

/// A yes or no, as conftest's flags take them.
pub fn yes(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err("give true or false".to_owned()),
    }
}

fn parser(name: &str) -> Result<Parser, String> {
    let known = || Parser::names().collect::<Vec<_>>().join(", ");
    Parser::named(name).ok_or_else(|| format!("unknown parser: {name}; there are {}", known()))
}

/// Formats of test results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// For people, as conftest prints them.
    Stdout,
    /// For programs.
    Json,
    /// Test Anything Protocol.
    Tap,
    /// A table in a box.
    Table,
    /// JUnit's XML.
    Junit,
    /// Annotations of a GitHub workflow.
    Github,
    /// For code hosts and editors: SARIF 2.1.0.
    Sarif,
    /// Commands of Azure Pipelines.
    #[value(name = "azuredevops")]
    AzureDevops,
}

/// How much is told of tests that fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportArg {
    /// Expressions that fail.
    Fails,
    /// What `trace` and `print` say.
    Notes,
    /// Every step.
    Full,
}

/// Versions of Rego.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum VersionArg {
    V0,
    V1,
}

/// What help says behind the flags of `trueline test`.
pub const TEST: &str = "\
Failures are rules named deny or violation, warnings those named warn, in the packages that --namespace names; old \
(`deny[msg] { … }`) and new (`deny contains msg if { … }`) syntax both run.

Examples:
  trueline test tfplan.json --policy policy --all-namespaces
  trueline plan | trueline test - -p policy -n terraform.tags

Exit codes: 0 passed, 1 failures or an error; with --fail-on-warn 2 failures, 1 warnings only; with \
--strict-gate 3 if something was not really tested.";

/// And of `trueline verify`.
pub const VERIFY: &str = "\
A test passes if it is true. Rules named todo_test_… are skipped; of test_x[case] each case counts.

Examples:
  trueline verify --policy policy
  trueline verify --report fails
  trueline verify --coverage --output junit

Exit codes: 0 all passed, 1 failures or an error.";
