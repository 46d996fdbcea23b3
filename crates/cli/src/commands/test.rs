//! `trueline test`

use std::time::Duration;

use trueline_engine::{TestRequest, Version};
use trueline_report::conftest::{Totals, stdout};

use crate::args::{Global, Test, TestFormat, VersionArg, When};
use crate::failure::{Exit, Failure};
use crate::terminal;

/// Runs policies over files; output and exit codes are conftest's.
pub fn run(args: &Test, global: &Global) -> Result<Exit, Failure> {
    let tested = trueline_engine::test(&TestRequest {
        files: args.files.clone(),
        policies: args.policy.clone(),
        data: args.data.clone(),
        namespaces: args.namespace.clone(),
        all_namespaces: args.all_namespaces,
        version: args.rego_version.map(|v| match v {
            VersionArg::V0 => Version::V0,
            VersionArg::V1 => Version::V1,
        }),
        now: terminal::now(),
        time_limit: Duration::from_secs(args.policy_timeout),
        stdin: if args.files.iter().any(|f| f == "-") { Some(terminal::stdin()?) } else { None },
    })?;
    let TestFormat::Stdout = args.output;
    let when = if args.no_color { When::Never } else { global.color };
    terminal::print(&stdout(&tested.files, terminal::colour(when)));
    for w in &tested.warnings {
        terminal::warn(&format!("warning: {w}"));
    }
    let totals = Totals::of(&tested.files);
    Ok(match (totals.failures > 0, totals.warnings > 0) {
        _ if args.no_fail => Exit::Clean,
        // with --fail-on-warn failures are 2, warnings alone 1
        (true, _) if args.fail_on_warn => Exit::Error,
        (true, _) => Exit::Findings,
        (false, true) if args.fail_on_warn => Exit::Findings,
        _ => Exit::Clean,
    })
}
