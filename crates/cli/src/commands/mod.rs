//! One file per command: options in, engine asked, result shown.

mod asked;
mod check;
mod explain;
mod fix;
mod parse;
mod plan;
mod policies;
mod rules;
mod test;
mod verify;

use std::time::Duration;

use trueline_engine::Options;

use crate::args::{Cli, Command, Global, Scope, Values};
use crate::failure::{Exit, Failure};
use crate::terminal;

/// Runs the command.
pub fn run(cli: &Cli) -> Exit {
    let presets = cli.global.config_file.is_some();
    let done = match &cli.command {
        Command::Check(_)
        | Command::Fix(_)
        | Command::Plan(_)
        | Command::Rules(_)
        | Command::Explain(_)
        | Command::Checklist(_)
        | Command::Brief(_)
            if presets =>
        {
            Err(Failure::new(
                "`--config-file` presets flags of `test`, `verify` and `parse` only",
                "name the settings with `--config FILE`",
            ))
        }
        Command::Check(args) => check::run(args, &cli.global),
        Command::Fix(args) => fix::run(args, &cli.global),
        Command::Plan(args) => plan::run(args, &cli.global),
        Command::Rules(args) => rules::run(args, &cli.global),
        Command::Checklist(args) => asked::checklist(args, &cli.global),
        Command::Brief(args) => asked::brief(args, &cli.global),
        Command::Explain(args) => explain::run(args, &cli.global),
        Command::Test(args) => test::run(args, &cli.global),
        Command::Verify(args) => verify::run(args, &cli.global),
        Command::Parse(args) => parse::run(args),
    };
    done.unwrap_or_else(|failure| {
        failure.show();
        match &cli.command {
            Command::Test(args) if args.strict_gate => Exit::Untested,
            // conftest's code for an error
            Command::Test(_) | Command::Verify(_) | Command::Parse(_) => Exit::Findings,
            _ => Exit::Error,
        }
    })
}

/// Options of a session over some paths.
fn options(paths: &[String], scope: &Scope, global: &Global) -> Result<Options, Failure> {
    Ok(Options {
        paths: paths.to_vec(),
        policies: scope.policy.clone(),
        profile: scope.profile.map(Into::into),
        rules: scope.rule.clone(),
        without_rules: scope.exclude_rule.clone(),
        frameworks: scope.framework.clone(),
        exclude: scope.exclude.clone(),
        base: scope.base.clone(),
        time_limit: Duration::from_secs(scope.policy_timeout),
        stdin: if paths.iter().any(|p| p == "-") { Some(terminal::stdin()?) } else { None },
        ..with_values(&scope.values, common(global))
    })
}

/// The options with the values of variables that the command line and, if wished, the environment give.
fn with_values(values: &Values, options: Options) -> Options {
    Options {
        given: values.given.0.clone(),
        env_vars: if values.env_vars { terminal::variables() } else { Vec::new() },
        workspace: values.workspace.clone(),
        ..options
    }
}

/// Options that every session has.
fn common(global: &Global) -> Options {
    let default = Options::default();
    Options {
        config: global.config.clone(),
        threads: global.threads.unwrap_or(default.threads).max(1),
        now: terminal::now(),
        ..default
    }
}
