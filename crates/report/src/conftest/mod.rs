//! `trueline test` and `trueline verify`: results of policies in the formats of conftest.
//!
//! What enters: the results of each file under each namespace, in a stable order. What leaves: the whole output.

mod azuredevops;
mod github;
mod json;
mod junit;
mod report;
mod sarif;
mod stdout;
mod table;
mod tap;

use serde_json::{Map, Value as Json};

pub use azuredevops::azuredevops;
pub use github::github;
pub use json::{json, parsed};
pub use junit::junit;
pub use report::{FailedExpression, PolicyTest, TestVerdict, report};
pub use sarif::sarif;
pub use stdout::stdout;
pub use table::table;
pub use tap::tap;

use crate::escape::name;
use crate::view::count;

/// What one result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// `warn`
    Warning,
    /// `deny`, `violation`
    Failure,
    /// A failure or warning that an `exception` rule accepts.
    Exception,
    /// A test that is still to be done.
    Skipped,
}

/// One element of a `deny`, `violation` or `warn` rule, or a test that did not pass.
#[derive(Clone, Debug, PartialEq)]
pub struct TestResult {
    /// What it is.
    pub outcome: Outcome,
    /// Its message; for an exception the query.
    pub message: String,
    /// Where a policy says that it is: `_loc`.
    pub location: Option<TestLocation>,
    /// What else a policy says of it, and the query.
    pub metadata: Map<String, Json>,
}

/// A place that a policy names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestLocation {
    /// Its file; empty if not said.
    pub file: String,
    /// Its line, a number as the policy has it; empty if not said.
    pub line: String,
}

/// The results of one file under one namespace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileResults {
    /// File as given; `-` for stdin, `Combined` for all.
    pub file: String,
    /// Package without `data.`; empty where tests of policies are reported.
    pub namespace: String,
    /// Rule bodies that gave no result, or tests that passed.
    pub successes: usize,
    /// In order of rule and message.
    pub results: Vec<TestResult>,
    /// What policies printed.
    pub prints: Vec<String>,
}

impl FileResults {
    fn of(&self, outcome: Outcome) -> impl Iterator<Item = &TestResult> {
        self.results.iter().filter(move |r| r.outcome == outcome)
    }

    /// How many there are, those that passed among them.
    fn tests(&self) -> usize {
        self.successes + self.results.len()
    }
}

/// How results are shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    /// With colours.
    pub colour: bool,
    /// Without exceptions.
    pub suppress_exceptions: bool,
    /// The summary tells what was skipped.
    pub skipped: bool,
    /// JUnit's names of tests do without the message.
    pub hide_message: bool,
    /// Files that pass have no group of their own on GitHub.
    pub hide_passed: bool,
}

/// How the results are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rule bodies without a result.
    pub passed: usize,
    /// Warnings.
    pub warnings: usize,
    /// Failures.
    pub failures: usize,
    /// Exceptions.
    pub exceptions: usize,
    /// Skipped.
    pub skipped: usize,
}

impl Totals {
    /// Counts.
    pub fn of(files: &[FileResults]) -> Self {
        let mut t = Self::default();
        for f in files {
            t.passed += f.successes;
            for r in &f.results {
                match r.outcome {
                    Outcome::Warning => t.warnings += 1,
                    Outcome::Failure => t.failures += 1,
                    Outcome::Exception => t.exceptions += 1,
                    Outcome::Skipped => t.skipped += 1,
                }
            }
        }
        t
    }

    /// All of them.
    pub const fn tests(self) -> usize {
        self.passed + self.warnings + self.failures + self.exceptions + self.skipped
    }

    /// The line at the end.
    fn line(self) -> String {
        format!(
            "{}, {} passed, {}, {}, {}",
            count(self.tests(), "test"),
            self.passed,
            count(self.warnings, "warning"),
            count(self.failures, "failure"),
            count(self.exceptions, "exception"),
        )
    }
}

/// `- FILE - NAMESPACE -`, as it stands before a message.
fn place(f: &FileResults) -> String {
    // Standard input's name is the dash itself.
    let file = if f.file == "-" { "-".to_owned() } else { format!("- {}", name(&f.file)) };
    match f.namespace.is_empty() {
        true => format!("{file} -  -"),
        false => format!("{file} - {} -", name(&f.namespace)),
    }
}

/// A message on one line, for formats whose lines mean something.
fn one_line(text: &str) -> String {
    crate::escape::printable(text).replace('\n', " ")
}

#[cfg(test)]
mod tests;
