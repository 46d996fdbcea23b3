//! `trueline verify`

use trueline_engine::{Report, VerifyRequest};
use trueline_report::conftest::{Shown, TestVerdict, report};

use super::policies;
use crate::args::{Global, ReportArg, TestFormat, Verify};
use crate::failure::{Exit, Failure};
use crate::terminal;

/// Runs the tests of policies; output and exit codes are conftest's.
pub fn run(args: &Verify, global: &Global) -> Result<Exit, Failure> {
    if args.report.is_some() && args.run.output != TestFormat::Stdout {
        return Err(Failure::new(
            "report flag is supported with stdout only",
            "leave out --output, or --report",
        ));
    }
    let verified = trueline_engine::verify(&VerifyRequest {
        policies: policies::run(&args.run, &args.namespace),
        report: args.report.map(|r| match r {
            ReportArg::Fails => Report::Fails,
            ReportArg::Notes => Report::Notes,
            ReportArg::Full => Report::Full,
        }),
    })?;
    let unread = |path: &&String| !path.is_empty() && !args.run.policy.contains(path);
    for path in args.paths.iter().filter(unread) {
        terminal::warn(&format!("warning: `{path}` is not read: policies are where --policy says"));
    }
    let failed = verified.tests.iter().any(|t| t.verdict == TestVerdict::Failed);
    for line in &verified.trace {
        terminal::warn(line);
    }
    if !args.run.quiet || failed {
        let shown = Shown { skipped: true, ..policies::shown(&args.run, global) };
        terminal::print(&match args.report {
            Some(_) => report(&verified.tests),
            None => policies::render(&verified.files(), args.run.output, shown),
        });
    }
    if args.coverage {
        terminal::warn(&format!("coverage: {:.1} % of expressions", verified.coverage));
    }
    for w in &verified.warnings {
        terminal::warn(&format!("warning: {w}"));
    }
    Ok(if failed { Exit::Findings } else { Exit::Clean })
}
