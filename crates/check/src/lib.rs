//! Project and rules to findings.
