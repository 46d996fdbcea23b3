//! `trueline test`: results of policies as conftest prints them.

use std::fmt::Write as _;

use crate::view::{count, printable};

/// What one result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// `warn`
    Warning,
    /// `deny`, `violation`
    Failure,
    /// A failure or warning that an `exception` rule accepts.
    Exception,
}

/// One element of a `deny`, `violation` or `warn` rule.
#[derive(Clone, Debug, PartialEq)]
pub struct TestResult {
    /// What it is.
    pub outcome: Outcome,
    /// Its message; for an exception the query.
    pub message: String,
}

/// The results of one file under one namespace.
#[derive(Clone, Debug, PartialEq)]
pub struct FileResults {
    /// File as given; `-` for stdin, `Combined` for all.
    pub file: String,
    /// Package without `data.`.
    pub namespace: String,
    /// Rule bodies that gave no result.
    pub successes: usize,
    /// In order of rule and message.
    pub results: Vec<TestResult>,
}

/// How the results of `trueline test` are counted.
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
                }
            }
        }
        t
    }

    /// All of them.
    pub const fn tests(self) -> usize {
        self.passed + self.warnings + self.failures + self.exceptions
    }
}

/// Renders conftest's standard output: per file warnings, failures, exceptions, and the counts at the end.
pub fn stdout(files: &[FileResults], colour: bool) -> String {
    let paint = |code: &str, text: &str| {
        if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    let mut out = String::new();
    for f in files {
        // conftest prints stdin's name without the dash before it
        let file = if f.file == "-" { "-".to_owned() } else { format!("- {}", f.file) };
        let place = format!("{file} - {} -", f.namespace);
        if f.successes == 0 && f.results.is_empty() {
            let _ = writeln!(out, "{} {place} no policies found", paint("37", "?"));
        }
        for (outcome, word, code) in [
            (Outcome::Warning, "WARN", "33"),
            (Outcome::Failure, "FAIL", "31"),
            (Outcome::Exception, "EXCP", "36"),
        ] {
            for r in f.results.iter().filter(|r| r.outcome == outcome) {
                let _ = writeln!(out, "{} {place} {}", paint(code, word), printable(&r.message));
            }
        }
    }
    let t = Totals::of(files);
    let line = format!(
        "{}, {} passed, {}, {}, {}",
        count(t.tests(), "test"),
        t.passed,
        count(t.warnings, "warning"),
        count(t.failures, "failure"),
        count(t.exceptions, "exception"),
    );
    let code = match t {
        Totals { failures: 1.., .. } => "31",
        Totals { warnings: 1.., .. } => "33",
        Totals { exceptions: 1.., .. } => "36",
        _ => "32",
    };
    let _ = writeln!(out, "\n{}", paint(code, &line));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_print_as_conftest_prints_them() {
        let result = |outcome, message: &str| TestResult { outcome, message: message.to_owned() };
        let of = |file: &str, namespace: &str, successes, results| FileResults {
            file: file.to_owned(),
            namespace: namespace.to_owned(),
            successes,
            results,
        };
        let files = [
            of(
                "a.json",
                "main",
                1,
                vec![result(Outcome::Failure, "no tags"), result(Outcome::Warning, "old")],
            ),
            of("-", "terraform.iam", 0, vec![result(Outcome::Failure, "wildcard\u{1b}[2J")]),
            of("b.json", "other", 0, vec![]),
        ];
        assert_eq!(
            stdout(&files, false),
            "WARN - a.json - main - old\nFAIL - a.json - main - no tags\n\
             FAIL - - terraform.iam - wildcard\u{fffd}[2J\n? - b.json - other - no policies found\n\n\
             4 tests, 1 passed, 1 warning, 2 failures, 0 exceptions\n"
        );
        assert!(
            stdout(&files, true)
                .ends_with("\u{1b}[31m4 tests, 1 passed, 1 warning, 2 failures, 0 exceptions\u{1b}[0m\n")
        );
        assert_eq!(stdout(&[], false), "\n0 tests, 0 passed, 0 warnings, 0 failures, 0 exceptions\n");
    }
}
