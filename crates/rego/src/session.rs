//! Compiling policies and running them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::builtins::Host;
use crate::compile::ir::NodeId;
use crate::compile::{self, query};
use crate::eval::{
    Cache, Context, Coverage, Halt, Machine, Meter, Observed, Profiled, TraceEvent, TraceLevel, Watch,
};
use crate::{
    Clock, CompileOptions, Diagnostic, EvalError, Limits, Package, PolicyFile, Print, Value, Version,
};

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
    pub(crate) output: Arc<compile::Output>,
}

impl Compiled {
    /// Returns the packages, sorted by path.
    pub fn packages(&self) -> &[Package] {
        &self.output.packages
    }

    /// Tells whether there are rules at a path, such as `data.main.deny`.
    pub fn has_rules(&self, path: &str) -> bool {
        let program = &self.output.program;
        let node = query::ground_path(path).and_then(|path| program.nodes.get(program.find(&path)?));
        node.is_some_and(|node| node.has_rules)
    }

    /// Returns the policy files, and the version that each was read as.
    pub fn versions(&self) -> impl Iterator<Item = (&str, Version)> {
        let version = |old: bool| if old { Version::V0 } else { Version::V1 };
        self.output.files.iter().map(move |file| (file.path.as_str(), version(file.old)))
    }

    /// Returns the rules that stand where a base document has something, each as an error, as OPA refuses them
    /// where it loads both. A session over such a document shows the document.
    ///
    /// ```
    /// use trueline_rego::{CompileOptions, PolicyFile, Value, compile};
    /// let policy = PolicyFile::new("p.rego", "package p\n\nx := 1\n");
    /// let compiled = compile(&[policy], &CompileOptions::default()).unwrap();
    /// let data = Value::parse_json(r#"{"p": {"x": 2, "y": 3}}"#).unwrap();
    /// let [conflict] = compiled.overlaps(&data).try_into().unwrap();
    /// assert_eq!(conflict.message, "conflicting rule for data path p/x found");
    /// ```
    pub fn overlaps(&self, data: &Value) -> Vec<Diagnostic> {
        compile::overlap::overlaps(&self.output, data)
    }

    /// Starts a session over this base document (`data`).
    pub fn session(&self, data: Value, limits: Limits) -> Session {
        Session {
            compiled: self.clone(),
            data,
            input: None,
            began: limits.clock.as_ref().map(Clock::elapsed),
            limits,
            now: 0,
            seed: 0,
            runtime: Value::empty_object(),
            strict: false,
            watched: false,
            indexed: true,
            only: None,
            level: TraceLevel::Off,
            known: Mutex::new(Known::default()),
        }
    }
}

/// One evaluation context: policies, data, input and limits.
///
/// Rules are worked out once per session and input, whatever asks for them. The time of [`Limits`] is that of all
/// evaluations together; it counts anew from where a session gets another input, and for a clone.
pub struct Session {
    pub(crate) compiled: Compiled,
    pub(crate) data: Value,
    pub(crate) input: Option<Value>,
    limits: Limits,
    /// When its time began to count, on the clock of the limits.
    began: Option<Duration>,
    now: i64,
    seed: u64,
    /// What `opa.runtime` tells.
    runtime: Value,
    strict: bool,
    watched: bool,
    indexed: bool,
    /// The rule of which one definition counts, and which.
    pub(crate) only: Option<(NodeId, usize)>,
    level: TraceLevel,
    known: Mutex<Known>,
}

/// What a session has found out and heard so far.
#[derive(Default)]
struct Known {
    cache: Cache,
    prints: Vec<Print>,
    /// `opa.runtime` was asked for.
    runtime_asked: bool,
    cases: BTreeSet<Vec<Value>>,
    errors: Vec<EvalError>,
    watch: Watch,
}

impl Clone for Session {
    /// Makes a session with the same policies, data, input and limits, that has worked out nothing yet.
    fn clone(&self) -> Self {
        Session {
            compiled: self.compiled.clone(),
            data: self.data.clone(),
            input: self.input.clone(),
            limits: self.limits.clone(),
            began: self.limits.clock.as_ref().map(Clock::elapsed),
            now: self.now,
            seed: self.seed,
            runtime: self.runtime.clone(),
            strict: self.strict,
            watched: self.watched,
            indexed: self.indexed,
            only: self.only,
            level: self.level,
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

    /// Sets what `opa.runtime` returns; an empty object if it is not set.
    pub fn set_runtime(&mut self, runtime: Value) {
        self.runtime = runtime;
        self.forget();
    }

    /// Makes errors of builtins end an evaluation; otherwise they make the expression undefined.
    pub fn set_strict_errors(&mut self, strict: bool) {
        self.strict = strict;
        self.forget();
    }

    /// Tries every definition of a rule, also those that an index rules out: to measure and to test what it saves.
    #[doc(hidden)]
    pub fn set_indexed(&mut self, indexed: bool) {
        self.indexed = indexed;
        self.forget();
    }

    /// Watches what is evaluated from here on: for [`Session::coverage`], [`Session::profile`], and a trace.
    ///
    /// ```
    /// use trueline_rego::{CompileOptions, Limits, PolicyFile, TraceLevel, Value, compile};
    /// let policy = PolicyFile::new("p.rego", "package p\nallow if input.x > 1\nother if input.y\n");
    /// let compiled = compile(&[policy], &CompileOptions::default()).unwrap();
    /// let mut session = compiled.session(Value::empty_object(), Limits::default());
    /// session.set_input(Value::parse_json(r#"{"x": 1}"#).unwrap());
    /// session.watch(TraceLevel::Fails);
    /// session.rule("data.p.allow").unwrap();
    /// let trace = session.take_trace();
    /// assert_eq!((trace[0].line, trace[0].text.as_str()), (2, "input.x > 1"));
    /// assert_eq!(trace[0].values, [("input.x".to_string(), Value::from(1))]);
    /// let coverage = session.coverage();
    /// assert_eq!(coverage.files[0].missed.iter().copied().collect::<Vec<_>>(), [3]);
    /// ```
    pub fn watch(&mut self, level: TraceLevel) {
        self.watched = true;
        self.level = level;
        self.forget();
    }

    /// Takes what was traced so far.
    pub fn take_trace(&self) -> Vec<TraceEvent> {
        std::mem::take(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner).watch.events)
    }

    /// Says which expressions were evaluated so far, file by file.
    pub fn coverage(&self) -> Coverage {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.watch.coverage(&self.compiled.output.program, &self.compiled.output.files)
    }

    /// Returns the expressions that were evaluated so far, the most costly first.
    pub fn profile(&self) -> Vec<Profiled> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.watch.profile(&self.compiled.output.files)
    }

    /// Makes a machine for one run.
    pub(crate) fn machine(&self, cache: Cache) -> Machine<'_> {
        let output = &self.compiled.output;
        let mut host = Host::new(Meter::since(self.limits.clone(), self.began), self.now, self.seed);
        host.runtime = self.runtime.clone();
        host.expressions = output.expressions.clone();
        let context = Context::new(self.input.clone(), self.data.clone(), cache);
        let mut machine = Machine::new(&output.program, &output.files, context, host, self.strict);
        machine.indexed = self.indexed;
        machine.only = self.only;
        machine
    }

    fn forget(&mut self) {
        self.began = self.limits.clock.as_ref().map(Clock::elapsed);
        *self.known.get_mut().unwrap_or_else(PoisonError::into_inner) = Known::default();
    }

    /// Takes what `print` has said so far.
    pub fn take_prints(&self) -> Vec<Print> {
        std::mem::take(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner).prints)
    }

    /// Tells whether policies have asked for `opa.runtime` so far.
    pub fn has_asked_for_runtime(&self) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).runtime_asked
    }

    /// Takes the cases that data-driven tests went through.
    pub(crate) fn take_cases(&self) -> BTreeSet<Vec<Value>> {
        std::mem::take(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner).cases)
    }

    /// Takes over what another session of these policies has watched.
    pub(crate) fn learn(&self, other: &Session) {
        let mut theirs = other.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut own = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        own.runtime_asked |= theirs.runtime_asked;
        own.watch.merge(std::mem::take(&mut theirs.watch));
    }

    /// Takes the errors of builtins that made expressions undefined so far: of each evaluation the first thousand.
    pub fn take_errors(&self) -> Vec<EvalError> {
        std::mem::take(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner).errors)
    }

    /// Evaluates a rule, package or base document by its path, such as `data.main.deny`.
    ///
    /// # Errors
    /// When evaluation fails or a limit is reached. Undefined is not an error but `None`.
    pub fn rule(&self, path: &str) -> Result<Option<Value>, EvalError> {
        const RESULT: &str = "__result__";
        let query = match query::ground_path(path).filter(|path| !path.is_empty()) {
            Some(path) => query::of_path(path, RESULT),
            None => self.compile_query(&format!("{RESULT} = {path}"))?,
        };
        let answers = self.answers(&query)?;
        Ok(answers.into_iter().next().and_then(|mut answer| answer.remove(RESULT)))
    }

    /// Evaluates a query and returns the variables of every answer.
    ///
    /// # Errors
    /// When the query does not compile, evaluation fails or a limit is reached.
    pub fn query(&self, query: &str) -> Result<Vec<Binding>, EvalError> {
        self.answers(&self.compile_query(query)?)
    }

    fn answers(&self, query: &query::Query) -> Result<Vec<Binding>, EvalError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut machine = self.machine(std::mem::take(&mut known.cache));
        if self.watched {
            machine.observed = Some(Box::new(Observed::watching(Watch::at(self.level))));
        }
        let result = answers(&mut machine, query);
        let (host, context, observed) = machine.finish();
        known.prints.extend(host.prints);
        known.runtime_asked |= host.runtime_asked;
        known.cases.extend(host.cases);
        known.errors.extend(host.errors);
        if let Some(watch) = observed.and_then(|observed| observed.watch) {
            known.watch.merge(watch);
        }
        if let Some(context) = context {
            known.cache = context.cache.into_inner();
        }
        result.map_err(|error| *error)
    }

    pub(crate) fn compile_query(&self, query: &str) -> Result<query::Query, EvalError> {
        query::compile(query, &self.compiled.output.program).map_err(|wrong| {
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
        })
    }
}

/// Finds all answers of a query.
pub(crate) fn answers(machine: &mut Machine<'_>, query: &query::Query) -> Result<Vec<Binding>, Halt> {
    let mut frame = vec![Value::Null; query.slots];
    let mut answers = Vec::new();
    machine.solve(&query.block, &mut frame, &mut |_, frame| {
        let bound = query.answers.iter().filter_map(|(name, var)| {
            frame.get(*var as usize).map(|value| (name.to_string(), value.clone()))
        });
        answers.push(bound.collect());
        Ok(true)
    })?;
    Ok(answers)
}
