//! What an evaluation may cost.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Limits of one evaluation; one that is reached ends it with an `eval_cancel_error`.
///
/// This crate reads no clock: a time limit needs a [`Clock`] of the caller.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The most time that all evaluations of a session over one input take, on `clock`; `None` for no limit.
    pub time: Option<Duration>,
    /// The clock that `time` is measured on.
    pub clock: Option<Clock>,
    /// The most steps of the evaluator and its builtins; about 10⁷ to 10⁸ take a second.
    pub steps: u64,
    /// The most memory that values made by an evaluation may take, in bytes, roughly.
    pub memory: u64,
    /// Ends the evaluation when set to true.
    pub cancel: Option<Arc<AtomicBool>>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { time: None, clock: None, steps: 2_000_000_000, memory: 2 << 30, cancel: None }
    }
}

impl Limits {
    /// Makes the default limits with a time limit on this clock.
    pub fn within(time: Duration, clock: Clock) -> Self {
        Limits { time: Some(time), clock: Some(clock), ..Limits::default() }
    }
}

/// A monotonic clock: the time since any fixed moment.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Duration + Send + Sync>);

impl Clock {
    /// Wraps a function that returns the time since a fixed moment, such as `move || start.elapsed()`.
    pub fn new(elapsed: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Clock(Arc::new(elapsed))
    }

    /// Returns the time since the fixed moment.
    pub fn elapsed(&self) -> Duration {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
