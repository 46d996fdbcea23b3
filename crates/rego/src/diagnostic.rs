//! What can go wrong: when policies are compiled, and when they are evaluated.

use std::fmt;

/// One thing that is wrong in a policy, with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Path of the policy file.
    pub path: String,
    /// Line from 1; 0 if there is no place.
    pub line: usize,
    /// Column from 1, in characters; 0 if there is no place.
    pub column: usize,
    /// OPA's code: `rego_parse_error`, `rego_unsafe_var_error`, ….
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// The source line.
    pub snippet: String,
    /// More about it, line by line: types that clash, what there is instead.
    pub details: Vec<String>,
    /// What to do, if there is something better to say than the message.
    pub help: Option<String>,
}

impl fmt::Display for Diagnostic {
    /// Writes it as OPA does: place, code and message, then the line and a caret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path, self.line, self.code, self.message)?;
        for line in &self.details {
            write!(f, "\n\t{line}")?;
        }
        if self.details.is_empty() && !self.snippet.is_empty() {
            let start = self.snippet.trim_start();
            let cut = self.snippet.chars().count().saturating_sub(start.chars().count());
            let indent = self.column.saturating_sub(1).saturating_sub(cut);
            write!(f, "\n\t{start}")?;
            // Long lines are cut, and what is wrong may stand behind the cut.
            if indent <= start.chars().count() {
                write!(f, "\n\t{}^", " ".repeat(indent))?;
            }
        }
        match &self.help {
            Some(help) => write!(f, "\n\t{help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Diagnostic {}

/// Why an evaluation has no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{code}: {message}", self.place())]
pub struct EvalError {
    /// OPA's code: `eval_conflict_error`, `eval_builtin_error`, `eval_type_error`, `eval_cancel_error`, ….
    pub code: String,
    /// What went wrong.
    pub message: String,
    /// Path of the policy file; empty if there is no place.
    pub path: String,
    /// Line from 1; 0 if there is no place.
    pub line: usize,
    /// Column from 1; 0 if there is no place.
    pub column: usize,
}

impl EvalError {
    /// Makes an error without a place.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        EvalError { code: code.into(), message: message.into(), path: String::new(), line: 0, column: 0 }
    }

    fn place(&self) -> String {
        match self.line {
            0 => String::new(),
            line => format!("{}:{line}: ", self.path),
        }
    }
}
