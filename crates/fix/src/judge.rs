//! Who says what is wrong: the check with its rules, or a stand-in of a test.

use trueline_check::{Context, Report, Subject};
use trueline_model::Plan;
use trueline_terraform::Parsed;

/// Finds what is wrong with plans; a pure function of them.
pub trait Judge {
    /// The findings in these plans, made from these sources.
    fn judge(&self, plans: &[Plan], parsed: &Parsed) -> Report;
}

impl Judge for Context<'_> {
    fn judge(&self, plans: &[Plan], parsed: &Parsed) -> Report {
        trueline_check::check_unseen(&Subject { plans, parsed }, self)
    }
}

impl<F: Fn(&[Plan], &Parsed) -> Report> Judge for F {
    fn judge(&self, plans: &[Plan], parsed: &Parsed) -> Report {
        self(plans, parsed)
    }
}
