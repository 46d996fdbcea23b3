//! The terminal: colour, width, standard output and error, the progress bar.

#![allow(clippy::disallowed_methods)] // this is the door

use std::io::{IsTerminal, Read, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use trueline_engine::Progress;
use trueline_report::harmless;

use crate::args::When;
use crate::failure::Failure;

/// Columns where there is no terminal.
const WIDTH: usize = 100;

/// True if output to standard output should be coloured.
pub fn colour(when: When) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            let unwanted = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
            let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
            std::io::stdout().is_terminal() && !unwanted && !dumb
        }
    }
}

/// A variable of the environment.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Names and values of `TF_VAR_…` in the environment, sorted.
pub fn variables() -> Vec<(String, String)> {
    let named = |(name, value): (String, String)| Some((name.strip_prefix("TF_VAR_")?.to_owned(), value));
    let text = std::env::vars_os().filter_map(|(n, v)| Some((n.into_string().ok()?, v.into_string().ok()?)));
    let mut out: Vec<(String, String)> = text.filter_map(named).collect();
    out.sort();
    out
}

/// All variables of the environment that are text, sorted.
pub fn environment() -> Vec<(String, String)> {
    let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    let mut out: Vec<(String, String)> = std::env::vars_os().filter_map(text).collect();
    out.sort();
    out
}

/// Columns of standard output.
pub fn width() -> usize {
    match std::io::stdout().is_terminal() {
        true => usize::from(console::Term::stdout().size().1),
        false => WIDTH,
    }
}

/// Writes what a renderer of `report` made to standard output. A reader that went away (`trueline rules | head`) is no error.
pub fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes a line for people to standard error, without what could steer a terminal.
pub fn warn(text: &str) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "{}", harmless(text));
}

/// Writes to a file, or to standard output if there is none.
pub fn output(file: Option<&str>, text: &str) -> Result<(), Failure> {
    let Some(path) = file else {
        print(text);
        return Ok(());
    };
    std::fs::write(path, text).map_err(|e| {
        Failure::new(format!("`{path}` can't be written: {e}"), "name a file in a directory that exists")
    })
}

/// Reads standard input, which must be UTF-8.
pub fn stdin() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|e| Failure::new(format!("standard input can't be read: {e}"), "give JSON in UTF-8"))?;
    Ok(text)
}

/// The one look at the clock: nanoseconds since 1970.
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// A progress bar on standard error, shown on a terminal when a run takes longer than a second.
pub struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// Nothing is shown yet.
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg:>12} [{bar:32}] {pos}/{len}") {
            bar.set_style(style.progress_chars("=> "));
        }
        if std::io::stderr().is_terminal() {
            let later = bar.downgrade();
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_secs(1));
                if let Some(bar) = later.upgrade() {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                }
            });
        }
        Self { bar }
    }
}

impl Progress for Bar {
    fn begin(&self, what: &str, steps: usize) {
        self.bar.set_length(steps as u64);
        self.bar.set_position(0);
        self.bar.set_message(what.to_owned());
    }

    fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
