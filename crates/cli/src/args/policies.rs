//! Flags of `trueline test` and `trueline verify`, named as conftest names them.

use clap::{Args, ValueEnum};

/// `trueline test`
#[derive(Debug, Args)]
pub struct Test {
    /// JSON and YAML files, directories of them, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Package to test; *, ? and […] stand for others [default: main]
    #[arg(long, short, value_name = "PACKAGE", value_delimiter = ',')]
    pub namespace: Vec<String>,
    /// Test all packages
    #[arg(long)]
    pub all_namespaces: bool,
    /// Make one input of all files: a list of {path, contents}
    #[arg(long)]
    pub combine: bool,
    /// Leave out what matches in directories
    #[arg(long, value_name = "REGEX")]
    pub ignore: Option<String>,
    /// How to read the files [default: as they are named]
    #[arg(long, value_name = "PARSER")]
    pub parser: Option<ParserArg>,
    /// Name of standard input in results, and to tell how to read it
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
    /// Exit with 3 if something was not really tested: no rule, an unknown namespace, results that were dropped, functions that failed
    #[arg(long)]
    pub strict_gate: bool,
    /// Exit with 2 on failures and 1 on warnings
    #[arg(long)]
    pub fail_on_warn: bool,
    /// Exit with 0 whatever the result
    #[arg(long)]
    pub no_fail: bool,
    /// Do not show exceptions
    #[arg(long)]
    pub suppress_exceptions: bool,
    #[command(flatten)]
    pub run: PolicyRun,
}

/// `trueline verify`
#[derive(Debug, Args)]
pub struct Verify {
    /// Package whose tests run; *, ? and […] stand for others [default: all]
    #[arg(long, short, value_name = "PACKAGE", value_delimiter = ',')]
    pub namespace: Vec<String>,
    /// Tell each test, and of those that fail why: expressions that fail, notes, or every step
    #[arg(long, value_name = "WHAT")]
    pub report: Option<ReportArg>,
    /// Tell how much of the policies the tests evaluate
    #[arg(long)]
    pub coverage: bool,
    #[command(flatten)]
    pub run: PolicyRun,
}

/// `trueline parse`
#[derive(Debug, Args)]
pub struct Parse {
    /// JSON and YAML files, directories of them, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Make one input of all files: a list of {path, contents}
    #[arg(long)]
    pub combine: bool,
    /// How to read the files [default: as they are named]
    #[arg(long, value_name = "PARSER")]
    pub parser: Option<ParserArg>,
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
    #[arg(long)]
    pub no_color: bool,
    /// Show nothing if all is well
    #[arg(long)]
    pub quiet: bool,
    /// Tell each step on standard error
    #[arg(long)]
    pub trace: bool,
    /// Refuse unused variables and imports, shadowing, and deprecated functions
    #[arg(long)]
    pub strict: bool,
    /// End with an error where a function fails; otherwise the expression is undefined
    #[arg(long)]
    pub show_builtin_errors: bool,
    /// Names of JUnit tests without the message
    #[arg(long)]
    pub junit_hide_message: bool,
    /// No group for files that pass in GitHub's format
    #[arg(long)]
    pub github_hide_passed: bool,
    /// Version of the policies' language [default: as each file is written]
    #[arg(long, value_name = "VERSION")]
    pub rego_version: Option<VersionArg>,
    /// File that presets flags by their names [default: conftest.toml]
    #[arg(long, short = 'c', value_name = "FILE")]
    pub config_file: Option<String>,
    /// Longest time that policies may take over one file, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub policy_timeout: u64,
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

impl From<ParserArg> for trueline_engine::Parser {
    fn from(p: ParserArg) -> Self {
        match p {
            ParserArg::Json => Self::Json,
            ParserArg::Yaml => Self::Yaml,
        }
    }
}

/// How files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ParserArg {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
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
