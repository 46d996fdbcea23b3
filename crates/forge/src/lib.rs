//! What existed at the base of a change, read with the `git` command.
//!
//! What enters: a directory and, if configured, a revision. What leaves: [`Base`], the commit to compare with, and
//! [`Tree`], its files as [`trueline_text::Files`] under the paths by which the run knows them. No network is used.
//!
//! **Invariant:** the only room that names git. A repository is other people's input: hooks, pagers, monitors, lazy
//! fetches and replaced objects are off, every call ends within a time limit, and no call writes.

mod base;
mod command;
mod tree;

pub use base::{Base, NoBase, repository};
pub use tree::Tree;
