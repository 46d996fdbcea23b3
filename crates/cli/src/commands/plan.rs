//! `trueline plan`

use trueline_engine::{Options, Session, plan_text, redact};
use trueline_report::{self as report, Look};

use crate::args::{Global, Plan, PlanFormat};
use crate::failure::{Exit, Failure};
use crate::terminal;

/// Prints the static plan; what could not be evaluated is said on standard error.
pub fn run(args: &Plan, global: &Global) -> Result<Exit, Failure> {
    let session = Session::open(Options {
        paths: vec![args.dir.clone()],
        ..super::with_values(&args.values, super::common(global))
    })?;
    let (plan, checked) = session.plan()?;
    match args.format {
        PlanFormat::Json if args.redact => terminal::print(&report::plan_json(&redact(&plan.json))),
        PlanFormat::Json => terminal::print(&report::plan_json(&plan.json)),
        PlanFormat::Text => {
            terminal::print(&plan_text(&plan, args.origins.then_some(&checked.sources)));
        }
    }
    if !checked.notes().is_empty() {
        let look = Look { colour: false, width: terminal::width(), verbose: false };
        terminal::warn(report::notes(&checked.view(""), look).trim_end());
    }
    Ok(if checked.has_errors() { Exit::Error } else { Exit::Clean })
}
