//! `trueline test`

use trueline_engine::TestRequest;
use trueline_report::conftest::{Shown, Totals};

use super::policies;
use crate::args::{Global, Test};
use crate::failure::{Exit, Failure};
use crate::terminal;

/// Runs policies over files; output and exit codes are conftest's.
pub fn run(args: &Test, global: &Global) -> Result<Exit, Failure> {
    let tested = trueline_engine::test(&TestRequest {
        files: args.files.clone(),
        policies: policies::run(&args.run, &args.namespace),
        all_namespaces: args.all_namespaces,
        combine: args.combine,
        ignore: args.ignore.clone(),
        parser: args.parser,
        stdin: if args.files.iter().any(|f| f == "-") { Some(terminal::stdin()?) } else { None },
        stdin_name: args.stdin_filename.clone(),
    })?;
    let totals = Totals::of(&tested.files);
    let exit = match (totals.failures > 0, totals.warnings > 0) {
        // With --fail-on-warn failures are 2, warnings alone 1.
        (true, _) if args.fail_on_warn => Exit::Error,
        (true, _) => Exit::Findings,
        (false, true) if args.fail_on_warn => Exit::Findings,
        _ if args.strict_gate && !tested.holes.is_empty() => Exit::Untested,
        _ => Exit::Clean,
    };
    for line in &tested.trace {
        terminal::warn(line);
    }
    if !args.run.quiet || exit != Exit::Clean {
        let shown =
            Shown { suppress_exceptions: args.suppress_exceptions, ..policies::shown(&args.run, global) };
        terminal::print(&policies::render(&tested.files, args.run.output, shown));
    }
    let untold = tested.holes.iter().filter(|hole| args.strict_gate && !tested.warnings.contains(hole));
    for w in tested.warnings.iter().chain(untold) {
        terminal::warn(&format!("warning: {w}"));
    }
    Ok(if args.no_fail { Exit::Clean } else { exit })
}
