//! The builtin functions.
//!
//! What enters: values. What leaves: a value, "undefined", or an error in OPA's words. Every family has a file; each
//! lists its functions in a table. Loops count their steps on the [`Meter`], so that limits hold in here, too.

mod aggregates;
mod arguments;
mod arrays;
mod aws;
mod bits;
mod crypto;
mod encoding;
mod float;
mod graph;
mod graphql;
mod net;
mod numbers;
mod objects;
mod parse_module;
mod patch;
mod printf;
mod random;
mod regex;
mod schema;
mod semver;
mod sets;
pub(crate) mod signatures;
mod strings;
mod template;
mod time;
mod types;
mod unavailable;
mod units;
mod yaml;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use crate::eval::Meter;
use crate::{EvalError, Print, Value};
pub(crate) use arguments::{array, int, number, object, set, text, wrong_type};
pub(crate) use regex::Expressions;

/// A builtin function.
pub(crate) struct Builtin {
    pub(crate) name: &'static str,
    pub(crate) arity: usize,
    pub(crate) deprecated: bool,
    /// Has several results: returns an array of them.
    pub(crate) several: bool,
    pub(crate) run: fn(&mut Host, &[Value]) -> Outcome,
}

impl std::fmt::Debug for Builtin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

pub(crate) type Outcome = Result<Value, Failure>;

/// Why a builtin has no result.
#[derive(Debug)]
pub(crate) enum Failure {
    Undefined,
    /// An operand is of the wrong type: `eval_type_error`.
    Type(String),
    /// Anything else: `eval_builtin_error`.
    Error(String),
    /// It needs what policies do not get, such as the network: that is no answer, and ends the run.
    Refused(&'static str),
    /// A limit was reached.
    Halt(Box<EvalError>),
}

impl From<EvalError> for Failure {
    fn from(error: EvalError) -> Self {
        Failure::Halt(Box::new(error))
    }
}

/// Makes an error of a builtin.
pub(crate) fn failed<T>(message: impl Into<String>) -> Result<T, Failure> {
    Err(Failure::Error(message.into()))
}

/// What builtins may use: the meter, the caller's time and seed, places for what they find out.
pub(crate) struct Host {
    pub(crate) meter: Meter,
    /// Nanoseconds since 1970.
    pub(crate) now: i64,
    pub(crate) seed: u64,
    /// The caller is written in the old syntax: where results changed since, it gets the old ones.
    pub(crate) old: bool,
    /// Errors that made an expression undefined.
    pub(crate) errors: Vec<EvalError>,
    /// What `print` said.
    pub(crate) prints: Vec<Print>,
    /// What `trace` said last: a trace takes it.
    pub(crate) note: Option<String>,
    /// What `opa.runtime` tells.
    pub(crate) runtime: Value,
    /// It was asked for.
    pub(crate) runtime_asked: bool,
    /// Keys of the cases that a data-driven test went through.
    pub(crate) cases: BTreeSet<Vec<Value>>,
    /// Regular expressions that this run has used.
    pub(crate) regexes: HashMap<String, Arc<::regex::Regex>>,
    /// Those that runs of the same policies have compiled.
    pub(crate) expressions: Arc<Expressions>,
}

/// The most errors of builtins that a run keeps.
const MAX_ERRORS: usize = 1_000;

impl Host {
    pub(crate) fn new(meter: Meter, now: i64, seed: u64) -> Self {
        Host {
            meter,
            now,
            seed,
            old: false,
            errors: Vec::new(),
            prints: Vec::new(),
            note: None,
            runtime: Value::empty_object(),
            runtime_asked: false,
            cases: BTreeSet::new(),
            regexes: HashMap::new(),
            expressions: Arc::default(),
        }
    }

    /// Keeps an error that makes an expression undefined; a loop may make any number of them.
    pub(crate) fn keep(&mut self, error: EvalError) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        }
    }

    pub(crate) fn tick(&mut self, steps: usize) -> Result<(), Failure> {
        Ok(self.meter.tick(steps as u64)?)
    }

    pub(crate) fn grow(&mut self, bytes: usize) -> Result<(), Failure> {
        Ok(self.meter.grow(bytes)?)
    }

    /// Makes a string, counting its memory.
    pub(crate) fn string(&mut self, text: String) -> Outcome {
        self.grow(text.len())?;
        Ok(Value::from(text))
    }
}

const fn builtin(name: &'static str, arity: usize, run: fn(&mut Host, &[Value]) -> Outcome) -> Builtin {
    Builtin { name, arity, deprecated: false, several: false, run }
}

const fn deprecated(name: &'static str, arity: usize, run: fn(&mut Host, &[Value]) -> Outcome) -> Builtin {
    Builtin { name, arity, deprecated: true, several: false, run }
}

const FAMILIES: &[&[Builtin]] = &[
    aggregates::BUILTINS,
    arrays::BUILTINS,
    aws::BUILTINS,
    bits::BUILTINS,
    crypto::BUILTINS,
    encoding::BUILTINS,
    graph::BUILTINS,
    graphql::BUILTINS,
    net::BUILTINS,
    numbers::BUILTINS,
    objects::BUILTINS,
    parse_module::BUILTINS,
    patch::BUILTINS,
    random::BUILTINS,
    regex::BUILTINS,
    schema::BUILTINS,
    semver::BUILTINS,
    sets::BUILTINS,
    strings::BUILTINS,
    template::BUILTINS,
    time::BUILTINS,
    types::BUILTINS,
    unavailable::BUILTINS,
    units::BUILTINS,
    yaml::BUILTINS,
];

/// Returns the names of all builtins of the language.
pub fn builtin_names() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().flat_map(|family| family.iter()).map(|builtin| builtin.name)
}

/// Finds a builtin by its name.
pub(crate) fn find(name: &str) -> Option<&'static Builtin> {
    static TABLE: OnceLock<HashMap<&'static str, &'static Builtin>> = OnceLock::new();
    let table =
        TABLE.get_or_init(|| FAMILIES.iter().flat_map(|family| family.iter()).map(|b| (b.name, b)).collect());
    table.get(name).copied()
}
