//! `trueline plan`

use trueline_engine::{Options, Session};
use trueline_report as report;

use crate::args::{Global, Plan, PlanFormat};
use crate::failure::{Exit, Failure};
use crate::terminal;

/// Prints the static plan; what could not be evaluated is said on standard error.
pub fn run(args: &Plan, global: &Global) -> Result<Exit, Failure> {
    let session = Session::open(Options {
        paths: vec![args.dir.clone()],
        vars: args.var.clone(),
        var_files: args.var_file.clone(),
        ..super::common(global)
    })?;
    let (plan, checked) = session.plan()?;
    let PlanFormat::Json = args.format;
    terminal::print(&format!("{plan}\n"));
    if !checked.notes().is_empty() {
        terminal::warn(report::notes(&checked.view(""), false, terminal::width()).trim_end());
    }
    Ok(if checked.has_errors() { Exit::Error } else { Exit::Clean })
}
