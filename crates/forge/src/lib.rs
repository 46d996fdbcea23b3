//! Git: what existed at the base of a change.
