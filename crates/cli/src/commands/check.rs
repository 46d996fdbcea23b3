//! `trueline check`

use std::mem::ManuallyDrop;

use trueline_engine::Session;
use trueline_report::{self as report, Look};

use crate::args::{Check, Format, Global};
use crate::failure::{Exit, Failure};
use crate::terminal::{self, Bar};

/// Checks and shows findings.
pub fn run(args: &Check, global: &Global) -> Result<Exit, Failure> {
    let mut options = super::options(&args.paths, &args.scope, global)?;
    options.source = args.source.clone();
    // The program ends with the check: what it holds is given back at once then, not piece by piece.
    let session = ManuallyDrop::new(Session::open(options)?);
    let bar = Bar::new();
    let checked = ManuallyDrop::new(session.check(&bar)?);
    drop(bar);
    let view = checked.view(env!("CARGO_PKG_VERSION"));
    let text = match args.format {
        Format::Text => {
            let colour = args.output.is_none() && terminal::colour(global.color);
            report::text(&view, Look { colour, width: terminal::width(), verbose: args.verbose })
        }
        Format::Concise => report::concise(&view),
        Format::Json => report::json(&view),
        Format::Sarif => report::sarif(&view),
        Format::Github => report::github(&view),
    };
    terminal::output(args.output.as_deref(), &text)?;
    let fail_on = args.fail_on.map_or(checked.fail_on, Into::into);
    let undecided = args.fail_on_unknown && checked.summary().unknown > 0;
    Ok(if checked.has_errors() {
        Exit::Error
    } else if checked.fails_at(fail_on) || undecided {
        Exit::Findings
    } else {
        Exit::Clean
    })
}
