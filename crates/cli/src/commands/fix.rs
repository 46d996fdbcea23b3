//! `trueline fix`

use trueline_engine::{FixOptions, Session};

use crate::args::{Fix, Global};
use crate::failure::{Exit, Failure};
use crate::terminal::{self, Bar};

/// Fixes in memory, then writes or shows the changes.
pub fn run(args: &Fix, global: &Global) -> Result<Exit, Failure> {
    let session = Session::open(super::options(&args.paths, &args.scope, global)?)?;
    let asked = FixOptions { allow_unsafe: args.allow_unsafe };
    let bar = Bar::new();
    let fixed = session.fix(&asked, &bar)?;
    drop(bar);
    let told = trueline_report::repair(&fixed.told(args.diff));
    if args.diff {
        terminal::print(&fixed.diff());
        terminal::warn(told.trim_end());
    } else {
        fixed.write()?;
        terminal::print(&told);
    }
    let pending = args.diff && !fixed.changes.is_empty();
    let remain = fixed.remaining().next().is_some();
    let exit = if fixed.after.was_stopped() {
        Exit::Error
    } else if pending || remain || fixed.after.has_errors() {
        Exit::Findings
    } else {
        Exit::Clean
    };
    // The program ends here, and giving plans and trees back one by one would take a while.
    std::mem::forget((fixed, session));
    Ok(exit)
}
