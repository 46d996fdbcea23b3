//! What went wrong, as a kind with hints; the kind decides the exit code.

use std::process::ExitCode;

use trueline_engine::EngineError;

use crate::terminal;

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0
    Clean,
    /// 1: findings.
    Findings,
    /// 2: the job could not be done, or not in full.
    Error,
    /// 3: with `trueline test --strict-gate`, something was not really tested.
    Untested,
}

impl Exit {
    /// The exit code.
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Error => 2,
            Self::Untested => 3,
        })
    }
}

/// Why a command could not be done.
#[derive(Debug)]
pub struct Failure {
    /// What happened.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
}

impl Failure {
    /// A failure with one hint.
    pub fn new(message: impl Into<String>, hint: &str) -> Self {
        Self { message: message.into(), hints: vec![hint.to_owned()] }
    }

    /// Shows it on standard error.
    pub fn show(&self) {
        terminal::warn(&format!("error: {}", self.message));
        for h in &self.hints {
            terminal::warn(&format!("help: {h}"));
        }
    }
}

impl From<EngineError> for Failure {
    fn from(e: EngineError) -> Self {
        Self { message: e.to_string(), hints: e.hint().into_iter().collect() }
    }
}

/// A panic is a mistake of ours: say so, and where, instead of a trace.
pub fn say_bugs_plainly() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|l| format!(" at {}:{}", l.file(), l.line())).unwrap_or_default();
        terminal::warn(&format!(
            "error: this is a mistake in Trueline{place}; nothing more was written\n\
             help: report it with the command and, if you can, the files: https://github.com/trueline/trueline/issues"
        ));
    }));
}
