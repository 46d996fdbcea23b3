//! Runs instructions.
//!
//! What enters: a [`Program`](crate::compile::Program), data, input and limits. What leaves: values, or the error that ended the run. Bodies
//! run on a stack of choices, not on the machine's; rules that call rules nest no deeper than the policies are
//! long, and are counted.

mod calls;
mod closures;
mod context;
mod document;
mod lookup;
mod machine;
mod meter;
mod objects;
mod observe;
mod patterns;
pub(crate) mod residual;
mod sources;
mod steps;
mod watch;

pub(crate) use context::{Cache, Context};
pub(crate) use machine::{Halt, Machine};
pub(crate) use meter::Meter;
pub(crate) use observe::Observed;
pub(crate) use sources::{Note, Sources};
pub use sources::{Reason, Route, Unknown};
pub(crate) use watch::Watch;
pub use watch::{Coverage, Covered, EventKind, Profiled, TraceEvent, TraceLevel};
