//! The Session: check, fix, explain, plan.
