//! Compiling policies and running them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::backend_regorus::Backend;
use crate::{CompileOptions, Diagnostic, EvalError, Limits, Package, PolicyFile, Value, scan};

/// Compiles policies.
///
/// # Errors
/// Everything that is wrong in them, in the order of files and lines.
pub fn compile(files: &[PolicyFile], _options: &CompileOptions) -> Result<Compiled, Vec<Diagnostic>> {
    let backend = Backend::load(files)?;
    Ok(Compiled { inner: Arc::new(Inner { packages: scan::packages(files), backend }) })
}

/// Compiled policies; cheap to clone, usable by several threads.
#[derive(Clone)]
pub struct Compiled {
    inner: Arc<Inner>,
}

struct Inner {
    packages: Vec<Package>,
    backend: Backend,
}

impl Compiled {
    /// Returns the packages, sorted by path.
    pub fn packages(&self) -> &[Package] {
        &self.inner.packages
    }

    /// Starts a session over this base document (`data`).
    pub fn session(&self, data: Value, limits: Limits) -> Session {
        Session { compiled: self.clone(), data, input: None, limits, now: 0, seed: 0 }
    }
}

/// One evaluation context: policies, data, input and limits.
#[derive(Clone)]
pub struct Session {
    compiled: Compiled,
    data: Value,
    input: Option<Value>,
    limits: Limits,
    now: i64,
    seed: u64,
}

/// The variables that one answer of a query binds.
pub type Binding = BTreeMap<String, Value>;

impl Session {
    /// Sets `input`.
    pub fn set_input(&mut self, input: Value) {
        self.input = Some(input);
    }

    /// Sets what `time.now_ns` returns: nanoseconds since 1970.
    pub fn set_now(&mut self, now: i64) {
        self.now = now;
    }

    /// Sets the seed of `rand.intn` and `uuid.rfc4122`.
    pub fn set_seed(&mut self, seed: u64) {
        self.seed = seed;
    }

    /// Evaluates a rule, package or base document by its path, such as `data.main.deny`.
    ///
    /// # Errors
    /// When evaluation fails or a limit is reached. Undefined is not an error but `None`.
    pub fn rule(&self, path: &str) -> Result<Option<Value>, EvalError> {
        let answers = self.query(&format!("__result__ = {path}"))?;
        Ok(answers.into_iter().next().and_then(|mut answer| answer.remove("__result__")))
    }

    /// Evaluates a query and returns the variables of every answer.
    ///
    /// # Errors
    /// When the query does not compile, evaluation fails or a limit is reached.
    pub fn query(&self, query: &str) -> Result<Vec<Binding>, EvalError> {
        let _ = (self.now, self.seed);
        self.compiled.inner.backend.query(query, &self.data, self.input.as_ref(), &self.limits)
    }

    /// Runs every rule whose name starts with `test_` or `todo_test_`, sorted by package and name.
    pub fn tests(&self) -> Vec<TestOutcome> {
        let mut outcomes = Vec::new();
        for package in self.compiled.packages() {
            for rule in &package.rules {
                let last = rule.name.rsplit('.').next().unwrap_or_default();
                let status = if last.starts_with("todo_test_") {
                    TestStatus::Skip
                } else if last.starts_with("test_") {
                    match self.rule(&format!("{}.{}", package.path, rule.name)) {
                        Ok(Some(value)) if value.is_truthy() => TestStatus::Pass,
                        Ok(_) => TestStatus::Fail,
                        Err(error) => TestStatus::Error(error),
                    }
                } else {
                    continue;
                };
                outcomes.push(TestOutcome {
                    package: package.path.clone(),
                    name: rule.name.clone(),
                    file: rule.file.clone(),
                    line: rule.line,
                    status,
                });
            }
        }
        outcomes
    }
}

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
}

/// The verdict of a test.
#[derive(Debug, Clone, PartialEq)]
pub enum TestStatus {
    /// The rule was true.
    Pass,
    /// The rule was false or undefined.
    Fail,
    /// The rule is marked as still to be done.
    Skip,
    /// Evaluation failed.
    Error(EvalError),
}
