//! Tests of policies one by one: what failed, with the values of the expression that did.

use std::fmt::Write as _;

use crate::escape::printable;

/// A test of policies.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyTest {
    /// `data.PACKAGE.RULE`
    pub name: String,
    /// Where it stands.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// What came of it.
    pub verdict: TestVerdict,
    /// The expression of the test that failed last.
    pub failed: Option<FailedExpression>,
    /// The cases of a data-driven test, and whether they passed.
    pub cases: Vec<(String, bool)>,
    /// What it printed.
    pub prints: Vec<String>,
    /// What it did, step by step, as far as asked.
    pub steps: Vec<String>,
}

/// What came of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestVerdict {
    /// It is true.
    Passed,
    /// It is not.
    Failed,
    /// It is still to be done.
    Skipped,
}

/// An expression that is false or undefined.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedExpression {
    /// Where it stands.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// As it is written, on one line.
    pub text: String,
    /// What is in it, and the values.
    pub values: Vec<(String, String)>,
}

/// Renders the tests that failed, then all, then how many passed.
pub fn report(tests: &[PolicyTest]) -> String {
    let mut out = String::new();
    let rule = "-".repeat(80);
    let failed: Vec<&PolicyTest> = tests.iter().filter(|t| t.verdict == TestVerdict::Failed).collect();
    if !failed.is_empty() {
        let _ = writeln!(out, "FAILURES\n{rule}");
    }
    for test in &failed {
        let _ = writeln!(out, "{}: FAIL\n", printable(&test.name));
        for step in &test.steps {
            let _ = writeln!(out, "  {}", printable(step));
        }
        if !test.steps.is_empty() {
            out.push('\n');
        }
        if let Some(failed) = &test.failed {
            let _ = writeln!(
                out,
                "  {}:{}:\n    {}",
                printable(&failed.file),
                failed.line,
                printable(&failed.text)
            );
            for (name, value) in &failed.values {
                let _ = writeln!(out, "      {} = {}", printable(name), printable(value));
            }
            out.push('\n');
        }
    }
    let _ = writeln!(out, "SUMMARY\n{rule}");
    let mut file = "";
    for test in tests {
        if test.file != file {
            file = &test.file;
            let _ = writeln!(out, "{}:", printable(file));
        }
        let _ = writeln!(out, "{}: {}", printable(&test.name), word(test.verdict));
        for (case, passed) in &test.cases {
            let verdict = if *passed { TestVerdict::Passed } else { TestVerdict::Failed };
            let _ = writeln!(out, "  {}: {}", printable(case), word(verdict));
        }
        if !test.prints.is_empty() {
            out.push('\n');
            for text in &test.prints {
                let _ = writeln!(out, "  {}", printable(text));
            }
            out.push('\n');
        }
    }
    let _ = writeln!(out, "{rule}");
    for (verdict, word) in
        [(TestVerdict::Passed, "PASS"), (TestVerdict::Failed, "FAIL"), (TestVerdict::Skipped, "SKIPPED")]
    {
        let number = tests.iter().filter(|t| t.verdict == verdict).count();
        if number > 0 {
            let _ = writeln!(out, "{word}: {number}/{}", tests.len());
        }
    }
    out
}

const fn word(verdict: TestVerdict) -> &'static str {
    match verdict {
        TestVerdict::Passed => "PASS",
        TestVerdict::Failed => "FAIL",
        TestVerdict::Skipped => "SKIPPED",
    }
}
