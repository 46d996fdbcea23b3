//! Counts what a run costs, and ends it where a limit is reached.

use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::{EvalError, Limits};

/// Steps between two looks at the clock.
const PERIOD: u64 = 4_096;

pub(crate) struct Meter {
    limits: Limits,
    started: Option<Duration>,
    steps: u64,
    memory: u64,
    next_look: u64,
}

impl Meter {
    pub(crate) fn new(limits: Limits) -> Self {
        let started = limits.clock.as_ref().map(crate::Clock::elapsed);
        Meter::since(limits, started)
    }

    /// Makes a meter of a run whose time counts from a moment on the clock of its limits.
    pub(crate) fn since(limits: Limits, started: Option<Duration>) -> Self {
        Meter { limits, started, steps: 0, memory: 0, next_look: 0 }
    }

    /// Returns the steps so far.
    pub(crate) fn steps(&self) -> u64 {
        self.steps
    }

    /// Returns the time on the clock of the limits, if there is one.
    pub(crate) fn time(&self) -> Option<Duration> {
        self.limits.clock.as_ref().map(crate::Clock::elapsed)
    }

    /// Counts steps.
    pub(crate) fn tick(&mut self, steps: u64) -> Result<(), EvalError> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps < self.next_look {
            return Ok(());
        }
        self.look()
    }

    fn look(&mut self) -> Result<(), EvalError> {
        self.next_look = self.steps.saturating_add(PERIOD).min(self.limits.steps);
        if self.steps > self.limits.steps {
            let message = format!("caller cancelled query execution: more than {} steps", self.limits.steps);
            return Err(EvalError::new("eval_cancel_error", message));
        }
        if self.limits.cancel.as_ref().is_some_and(|cancel| cancel.load(Ordering::Relaxed)) {
            return Err(EvalError::new("eval_cancel_error", "caller cancelled query execution"));
        }
        let (Some(time), Some(clock), Some(started)) = (self.limits.time, &self.limits.clock, self.started)
        else {
            return Ok(());
        };
        if clock.elapsed().saturating_sub(started) > time {
            let message = format!("caller cancelled query execution: took longer than {time:?}");
            return Err(EvalError::new("eval_cancel_error", message));
        }
        Ok(())
    }

    /// Counts memory that is taken already; the next that asks for more hears if it was too much.
    pub(crate) fn took(&mut self, bytes: usize) {
        self.memory = self.memory.saturating_add(bytes as u64);
    }

    /// Counts memory that values take; it is never given back.
    pub(crate) fn grow(&mut self, bytes: usize) -> Result<(), EvalError> {
        let bytes = bytes as u64;
        self.memory = self.memory.saturating_add(bytes);
        if self.memory > self.limits.memory {
            let message =
                format!("caller cancelled query execution: more than {} bytes of values", self.limits.memory);
            return Err(EvalError::new("eval_cancel_error", message));
        }
        self.tick(bytes / 64)
    }
}
