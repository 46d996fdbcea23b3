//! What `test` and `verify` have in common: policies asked for, results shown.

use std::time::Duration;

use trueline_engine::{PolicyRun, Version};
use trueline_report::conftest::{
    FileResults, Shown, azuredevops, github, json, junit, sarif, stdout, table, tap,
};

use crate::args::{self, Global, TestFormat, VersionArg, When};
use crate::terminal;

/// The policies and how they run.
pub fn run(args: &args::PolicyRun, namespaces: &[String]) -> PolicyRun {
    PolicyRun {
        policies: args.policy.clone(),
        data: args.data.clone(),
        namespaces: namespaces.to_vec(),
        version: args.rego_version.map(|v| match v {
            VersionArg::V0 => Version::V0,
            VersionArg::V1 => Version::V1,
        }),
        strict: args.strict,
        builtin_errors: args.show_builtin_errors,
        trace: args.trace,
        time_limit: Duration::from_secs(args.policy_timeout),
        now: terminal::now(),
        environment: terminal::environment(),
    }
}

/// How results are shown.
pub fn shown(args: &args::PolicyRun, global: &Global) -> Shown {
    let when = if args.no_color { When::Never } else { global.color };
    Shown {
        colour: terminal::colour(when),
        hide_message: args.junit_hide_message,
        hide_passed: args.github_hide_passed,
        ..Shown::default()
    }
}

/// The output in a format.
pub fn render(files: &[FileResults], format: TestFormat, shown: Shown) -> String {
    match format {
        TestFormat::Stdout => stdout(files, shown),
        TestFormat::Json => json(files),
        TestFormat::Tap => tap(files),
        TestFormat::Table => table(files),
        TestFormat::Junit => junit(files, shown),
        TestFormat::Github => github(files, shown),
        TestFormat::Sarif => sarif(files),
        TestFormat::AzureDevops => azuredevops(files),
    }
}
