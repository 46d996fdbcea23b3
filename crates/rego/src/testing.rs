//! Tests of policies: rules whose names begin with `test_`.

use std::collections::BTreeSet;

use crate::{EvalError, RuleKind, Session, TraceEvent, TraceLevel, Value};

/// What became of one test rule.
#[derive(Debug, Clone, PartialEq)]
pub struct TestOutcome {
    /// Path of the package: `data.main`.
    pub package: String,
    /// Name of the rule.
    pub name: String,
    /// File of the rule.
    pub file: String,
    /// Line of the rule, from 1.
    pub line: usize,
    /// The verdict.
    pub status: TestStatus,
    /// The cases of a data-driven test, `test_x[case] if …`, in the order of their keys.
    pub cases: Vec<TestCase>,
    /// The expression of the rule that failed last, with its values.
    pub failure: Option<TraceEvent>,
    /// What the test printed.
    pub prints: Vec<String>,
}

/// One case of a data-driven test.
#[derive(Debug, Clone, PartialEq)]
pub struct TestCase {
    /// The keys that name the case.
    pub keys: Vec<Value>,
    /// The rule was true for them.
    pub passed: bool,
}

/// The verdict of a test.
#[derive(Debug, Clone, PartialEq)]
pub enum TestStatus {
    /// The rule was true; of a data-driven one: for all cases.
    Pass,
    /// The rule was false or undefined; of a data-driven one: for some case.
    Fail,
    /// The rule is marked as still to be done.
    Skip,
    /// Evaluation failed.
    Error(EvalError),
}

impl Session {
    /// Runs every rule whose name starts with `test_` or `todo_test_`, sorted by package and name. Of a name with dots
    /// the first part that starts so counts. A session that watches has watched all tests afterwards.
    ///
    /// ```
    /// use trueline_rego::{CompileOptions, Limits, PolicyFile, TestStatus, Value, compile};
    /// let policy = PolicyFile::new("p_test.rego", "package p\nx := 2\ntest_x if x == 3\ntest_y if x == 2");
    /// let session = compile(&[policy], &CompileOptions::default()).unwrap()
    ///     .session(Value::empty_object(), Limits::default());
    /// let outcomes = session.tests();
    /// assert_eq!(outcomes[0].status, TestStatus::Fail);
    /// let failure = outcomes[0].failure.as_ref().unwrap();
    /// assert_eq!((failure.line, failure.text.as_str()), (3, "x == 3"));
    /// assert_eq!(failure.values, [("x".to_string(), Value::from(2))]);
    /// assert_eq!(outcomes[1].status, TestStatus::Pass);
    /// ```
    pub fn tests(&self) -> Vec<TestOutcome> {
        let mut outcomes = Vec::new();
        for package in self.compiled.packages() {
            for rule in &package.rules {
                let is_test = |part: &str| part.starts_with("test_") || part.starts_with("todo_test_");
                let Some(part) = rule.name.split('.').find(|part| is_test(part)) else { continue };
                let todo = part.starts_with("todo_test_");
                let path = format!("{}.{}", package.path, rule.name);
                let session = self.clone();
                let (mut status, mut cases, mut failure) = (TestStatus::Skip, Vec::new(), None);
                if !todo {
                    let result = session.rule(&path);
                    if rule.kind == RuleKind::PartialObject {
                        cases = session.cases(result.as_ref().ok().and_then(Option::as_ref));
                    }
                    status = verdict(result, &cases, rule.kind);
                    if status == TestStatus::Fail {
                        failure = self.failure(&path);
                    }
                }
                self.learn(&session);
                outcomes.push(TestOutcome {
                    package: package.path.clone(),
                    name: rule.name.clone(),
                    file: rule.file.clone(),
                    line: rule.line,
                    status,
                    cases,
                    failure,
                    prints: session.take_prints(),
                });
            }
        }
        outcomes
    }

    /// Takes the cases that were gone through, and says which of them are true in the rule's value.
    fn cases(&self, value: Option<&Value>) -> Vec<TestCase> {
        let tried: BTreeSet<Vec<Value>> = self.take_cases().into_iter().collect();
        let passed = |keys: &[Value]| {
            let found = keys.iter().try_fold(value?, |at, key| at.lookup(key))?;
            Some(*found == Value::Bool(true))
        };
        let case = |keys: Vec<Value>| TestCase { passed: passed(&keys) == Some(true), keys };
        tried.into_iter().map(case).collect()
    }

    /// Runs a test again, and returns the expression of its own that failed last.
    fn failure(&self, path: &str) -> Option<TraceEvent> {
        let mut session = self.clone();
        session.watch(TraceLevel::Fails);
        session.rule(path).ok()?;
        let events = session.take_trace();
        let outermost = events.iter().map(|event| event.depth).min()?;
        events.into_iter().rfind(|event| event.depth == outermost)
    }
}

fn verdict(result: Result<Option<Value>, EvalError>, cases: &[TestCase], kind: RuleKind) -> TestStatus {
    let passed = match result {
        Err(error) => return TestStatus::Error(error),
        Ok(Some(value)) if kind == RuleKind::PartialObject => {
            let any = value.as_object().is_some_and(|entries| !entries.is_empty());
            any && cases.iter().all(|case| case.passed)
        }
        Ok(value) => value == Some(Value::Bool(true)),
    };
    if passed { TestStatus::Pass } else { TestStatus::Fail }
}
