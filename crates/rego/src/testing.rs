//! Tests of policies: rules whose names begin with `test_`.

use std::collections::HashMap;

use crate::compile::ir::{Definition, NodeId};
use crate::compile::place;
use crate::{EvalError, Print, RuleKind, Session, TraceEvent, TraceLevel, Value};

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
    pub prints: Vec<Print>,
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
        let several = self.several();
        for package in self.compiled.packages() {
            for rule in &package.rules {
                let is_test = |part: &str| part.starts_with("test_") || part.starts_with("todo_test_");
                let Some(part) = rule.name.split('.').find(|part| is_test(part)) else { continue };
                let is_todo = part.starts_with("todo_test_");
                let places = several.get(&format!("{}.{}", package.path, rule.name));
                for at in 0..places.map_or(1, |(_, places)| places.len()) {
                    let mut session = self.clone();
                    let mut outcome = TestOutcome {
                        package: package.path.clone(),
                        name: rule.name.clone(),
                        file: rule.file.clone(),
                        line: rule.line,
                        status: TestStatus::Skip,
                        cases: Vec::new(),
                        failure: None,
                        prints: Vec::new(),
                    };
                    if let Some((node, places)) = places
                        && let Some((file, line)) = places.get(at)
                    {
                        session.only = Some((*node, at));
                        (outcome.file, outcome.line) = (file.clone(), *line);
                        if at > 0 {
                            outcome.name = format!("{}#{at:02}", rule.name);
                        }
                    }
                    if !is_todo {
                        session.test(&format!("{}.{}", package.path, rule.name), rule.kind, &mut outcome);
                    }
                    self.learn(&session);
                    outcomes.push(outcome);
                }
            }
        }
        outcomes
    }

    /// Runs a test again and says what it does, step by step.
    pub fn trace_test(&self, outcome: &TestOutcome, level: TraceLevel) -> Vec<TraceEvent> {
        let mut session = self.clone();
        let (name, at) = match outcome.name.rsplit_once('#') {
            Some((name, at)) => (name, at.parse().unwrap_or_default()),
            None => (outcome.name.as_str(), 0),
        };
        let path = format!("{}.{name}", outcome.package);
        session.only = self.several().get(&path).map(|(node, _)| (*node, at));
        session.steps(&path, level)
    }

    /// Returns the rules that have several definitions, by path: each definition of a test is a test of its own.
    fn several(&self) -> HashMap<String, (NodeId, Vec<(String, usize)>)> {
        let output = &self.compiled.output;
        let nodes = output.program.nodes.iter().enumerate().filter(|(_, node)| node.definitions.len() > 1);
        let place = |definition: &Definition| {
            let file = output.files.get(definition.file);
            let line = file.map_or(0, |file| place(&file.source, definition.at).0);
            (file.map(|file| file.path.clone()).unwrap_or_default(), line)
        };
        nodes
            .map(|(id, node)| (output.program.name(id), (id, node.definitions.iter().map(place).collect())))
            .collect()
    }

    /// Runs one test.
    fn test(&self, path: &str, kind: RuleKind, outcome: &mut TestOutcome) {
        let result = self.rule(path);
        if kind == RuleKind::PartialObject {
            outcome.cases = self.cases(result.as_ref().ok().and_then(Option::as_ref));
        }
        outcome.status = verdict(result, &outcome.cases, kind);
        outcome.prints = self.take_prints();
        if outcome.status == TestStatus::Fail {
            let steps = self.clone().steps(path, TraceLevel::Fails);
            let outermost = steps.iter().map(|step| step.depth).min();
            outcome.failure = steps.into_iter().rfind(|step| Some(step.depth) == outermost);
        }
    }

    /// Takes the cases that were gone through, and says which of them are true in the rule's value.
    fn cases(&self, value: Option<&Value>) -> Vec<TestCase> {
        let passed = |keys: &[Value]| {
            let found = keys.iter().try_fold(value?, |at, key| at.lookup(key))?;
            Some(*found == Value::Bool(true))
        };
        let case = |keys: Vec<Value>| TestCase { passed: passed(&keys) == Some(true), keys };
        self.take_cases().into_iter().map(case).collect()
    }

    fn steps(&mut self, path: &str, level: TraceLevel) -> Vec<TraceEvent> {
        self.watch(level);
        // What goes wrong was said when the test ran; here it only counts how far that was.
        let _ = self.rule(path);
        self.take_trace()
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
