//! Compiling policies and running them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::builtins::Host;
use crate::compile::{self, query};
use crate::eval::{Cache, Context, Halt, Machine, Meter};
use crate::{CompileOptions, Diagnostic, EvalError, Limits, Package, PolicyFile, Value};

/// Compiles policies.
///
/// # Errors
/// Everything that is wrong in them, in the order of files and lines.
pub fn compile(files: &[PolicyFile], options: &CompileOptions) -> Result<Compiled, Vec<Diagnostic>> {
    compile::compile(files, options).map(|output| Compiled { output: Arc::new(output) })
}

/// Compiled policies; cheap to clone, usable by several threads.
#[derive(Clone)]
pub struct Compiled {
    output: Arc<compile::Output>,
}

impl Compiled {
    /// Returns the packages, sorted by path.
    pub fn packages(&self) -> &[Package] {
        &self.output.packages
    }

    /// Starts a session over this base document (`data`).
    pub fn session(&self, data: Value, limits: Limits) -> Session {
        Session {
            compiled: self.clone(),
            data,
            input: None,
            limits,
            now: 0,
            seed: 0,
            strict: false,
            known: Mutex::new(Known::default()),
        }
    }
}

/// One evaluation context: policies, data, input and limits.
///
/// Rules are worked out once per session and input, whatever asks for them.
pub struct Session {
    compiled: Compiled,
    data: Value,
    input: Option<Value>,
    limits: Limits,
    now: i64,
    seed: u64,
    strict: bool,
    known: Mutex<Known>,
}

/// What a session has found out and heard so far.
#[derive(Default)]
struct Known {
    cache: Cache,
    prints: Vec<String>,
    errors: Vec<EvalError>,
}

impl Clone for Session {
    /// Makes a session with the same policies, data, input and limits, that has worked out nothing yet.
    fn clone(&self) -> Self {
        Session {
            compiled: self.compiled.clone(),
            data: self.data.clone(),
            input: self.input.clone(),
            limits: self.limits.clone(),
            now: self.now,
            seed: self.seed,
            strict: self.strict,
            known: Mutex::new(Known::default()),
        }
    }
}

/// The variables that one answer of a query binds.
pub type Binding = BTreeMap<String, Value>;

impl Session {
    /// Sets `input`.
    pub fn set_input(&mut self, input: Value) {
        self.input = Some(input);
        self.forget();
    }

    /// Sets what `time.now_ns` returns: nanoseconds since 1970.
    pub fn set_now(&mut self, now: i64) {
        self.now = now;
        self.forget();
    }

    /// Sets the seed of `rand.intn` and `uuid.rfc4122`.
    pub fn set_seed(&mut self, seed: u64) {
        self.seed = seed;
        self.forget();
    }

    /// Makes errors of builtins end an evaluation; otherwise they make the expression undefined.
    pub fn set_strict_errors(&mut self, strict: bool) {
        self.strict = strict;
        self.forget();
    }

    fn forget(&mut self) {
        *self.known.get_mut().unwrap_or_else(PoisonError::into_inner) = Known::default();
    }

    /// Takes what `print` and `trace` have said so far.
    pub fn take_prints(&self) -> Vec<String> {
        std::mem::take(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner).prints)
    }

    /// Takes the errors of builtins that made expressions undefined so far.
    pub fn take_errors(&self) -> Vec<EvalError> {
        std::mem::take(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner).errors)
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
        let output = &self.compiled.output;
        let query = query::compile(query, &output.program).map_err(|wrong| {
            let first = wrong.into_iter().next();
            first.map_or_else(
                || EvalError::new("rego_compile_error", "the query does not compile"),
                |first| EvalError {
                    code: first.code,
                    message: first.message,
                    path: first.path,
                    line: first.line,
                    column: first.column,
                },
            )
        })?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let host = Host::new(Meter::new(self.limits.clone()), self.now, self.seed);
        let cache = std::mem::take(&mut known.cache);
        let context = Context::new(self.input.clone(), self.data.clone(), cache);
        let mut machine = Machine::new(&output.program, &output.files, context, host, self.strict);
        let mut frame = vec![Value::Null; query.slots];
        let mut answers = Vec::new();
        let result: Result<(), Halt> = machine.solve(&query.block, &mut frame, &mut |_, frame| {
            let bound = query.answers.iter().filter_map(|(name, var)| {
                frame.get(*var as usize).map(|value| (name.to_string(), value.clone()))
            });
            answers.push(bound.collect());
            Ok(true)
        });
        let (host, context) = machine.finish();
        known.prints.extend(host.prints);
        known.errors.extend(host.errors);
        if let Some(context) = context {
            known.cache = context.cache.into_inner();
        }
        result.map(|()| answers).map_err(|error| *error)
    }

    /// Runs every rule whose name starts with `test_` or `todo_test_`, sorted by package and name.
    pub fn tests(&self) -> Vec<TestOutcome> {
        let mut outcomes = Vec::new();
        for package in self.compiled.packages() {
            for rule in &package.rules {
                let last = rule.name.rsplit('.').next().unwrap_or_default();
                let session = self.clone();
                let status = if last.starts_with("todo_test_") {
                    TestStatus::Skip
                } else if last.starts_with("test_") {
                    match session.rule(&format!("{}.{}", package.path, rule.name)) {
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
                    prints: session.take_prints(),
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
    /// What the test printed.
    pub prints: Vec<String>,
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
