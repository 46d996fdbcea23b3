//! Load, check and run Rego policies within limits.
//!
//! What enters: policy texts ([`PolicyFile`]), data and input ([`Value`]), what it may cost ([`Limits`]).
//! What leaves: diagnostics, what the policies say about themselves ([`Package`]), and values of rules.
//!
//! | room | what enters | what leaves |
//! | --- | --- | --- |
//! | `parser`, `syntax` | texts | syntax trees with places, or all that is wrong |
//! | `compile` | syntax trees | a program: names resolved, literals in a safe order, types checked, instructions |
//! | `eval` | a program, data, input, limits | values; on request traces, coverage, profiles, reasons |
//! | `builtins` | values | values, undefined, or an error in OPA's words |
//! | `yaml` | texts | values, as YAML 1.1 and JSON have them |
//! | `value` | JSON, Rust types | immutable values with OPA's order and exact numbers |
//!
//! Where to look: [`compile()`] for policies, [`Session::rule`] and [`Session::query`] for values, [`Session::verdict`],
//! [`Session::partial`] and [`Session::residual`] where values are unknown, [`Image`] for policies that are
//! part of a program, [`Session::tests`] for tests, [`Session::watch`] for coverage, traces and
//! profiles, [`Limits`] for what it may cost, [`CustomBuiltin`] for functions of your own.
//!
//! Nothing here reads a file, a clock, the environment or the network: `time.now_ns` and random numbers come from
//! the `now` and the seed that the caller passes.
//!
//! ```
//! use trueline_rego::{CompileOptions, Limits, PolicyFile, Value, compile};
//! let policy = PolicyFile::new("p.rego", "package p\nimport rego.v1\ndeny contains \"no\" if input.x > 1");
//! let compiled = compile(&[policy], &CompileOptions::default()).unwrap();
//! let mut session = compiled.session(Value::empty_object(), Limits::default());
//! session.set_input(Value::parse_json(r#"{"x": 2}"#).unwrap());
//! assert_eq!(session.rule("data.p.deny").unwrap(), Some(Value::set(vec!["no".into()])));
//! ```

mod builtins;
mod compile;
mod diagnostic;
mod eval;
mod image;
mod limits;
mod parser;
mod policy;
mod session;
mod syntax;
mod testing;
mod value;
mod verdict;
mod yaml;

pub use builtins::builtin_names;
pub use diagnostic::{Diagnostic, EvalError};
pub use eval::{Coverage, Covered, EventKind, Profiled, Reason, Route, TraceEvent, TraceLevel, Unknown};
pub use image::{Image, ImageError};
pub use limits::{Clock, Limits};
pub use policy::{
    Annotation, CompileOptions, CustomBuiltin, Package, PolicyFile, Print, Rule, RuleKind, Schema, Version,
};
pub use session::{Binding, Compiled, Session, compile};
pub use testing::{TestCase, TestOutcome, TestStatus};
pub use value::{Array, JsonError, MAX_DEPTH, Number, Object, ObjectBuilder, Set, SetBuilder, Value};
pub use verdict::{Partial, Residual, Verdict};

// The example of the README is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
