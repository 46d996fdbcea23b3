//! The binary `trueline`: flags in, text and exit code out.
//!
//! What enters: the command line, the environment's wish for colour, one look at the clock. What leaves: output, and
//! 0 (clean), 1 (findings) or 2 (the job could not be done).
//!
//! **Invariant:** everything that is done is done by `trueline-engine`; here it is only asked for and shown.

mod args;
mod commands;
mod failure;
mod given;
mod preset;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

use crate::args::Cli;
use crate::failure::Exit;

/// Stack of the thread that does the work; limits on nesting are made for it.
const STACK: usize = 256 << 20;

fn main() -> ExitCode {
    failure::say_bugs_plainly();
    let line: Vec<_> = std::env::args_os().collect();
    let is_conftests = preset::is_conftests(&line);
    let mut command = Cli::command();
    let cli = match command.try_get_matches_from_mut(&line) {
        Ok(mut matches) if !preset::has_presets(&matches) => {
            Cli::from_arg_matches_mut(&mut matches).map_err(|e| e.format(&mut command))
        }
        Ok(matches) => match preset::with_presets(&Cli::command(), &matches, line) {
            Ok(line) => Cli::try_parse_from(line),
            Err(failure) => {
                failure.show();
                return error(is_conftests).code();
            }
        },
        Err(e) => Err(e),
    };
    let cli = match cli {
        Ok(cli) => cli,
        Err(e) => return usage(&e, is_conftests),
    };
    let work = std::thread::Builder::new().stack_size(STACK).spawn(move || commands::run(&cli));
    let exit = match work.map(std::thread::JoinHandle::join) {
        Ok(Ok(exit)) => exit,
        // the hook has said what happened
        Ok(Err(_)) => Exit::Error,
        Err(e) => {
            terminal::warn(&format!("error: no thread could be started: {e}"));
            Exit::Error
        }
    };
    exit.code()
}

/// Help and version go to standard output with 0, a wrong flag to standard error with the code of an error.
fn usage(e: &clap::Error, is_conftests: bool) -> ExitCode {
    if e.use_stderr() {
        // It repeats what was typed, which may be the name of a file.
        terminal::warn(e.render().to_string().trim_end());
        return error(is_conftests).code();
    }
    let _ = e.print();
    Exit::Clean.code()
}

/// The exit of what could not be done: 2, and for commands that conftest has, too, 1, as there.
const fn error(is_conftests: bool) -> Exit {
    if is_conftests { Exit::Findings } else { Exit::Error }
}
