//! Operations to edits: where they land, in which order, and the proof that they do what they should.
//!
//! What enters: a report whose findings carry operations, the sources and the plans they were found in. What leaves: an
//! [`Outcome`] with changed texts, what was applied, what was withheld and why, and what a check of the changed texts
//! says. Nothing is written here.
//!
//! **Invariant:** a text leaves this room only after it was parsed, planned and checked again, for every root that it
//! belongs to and every set of inputs beside it.

mod candidates;
mod case;
mod change;
mod contradiction;
mod document;
mod draft;
mod judge;
mod lifecycle;
mod names;
mod outcome;
mod place;
mod proof;
mod round;
mod shift;
mod solve;
mod told_apart;
mod ways;
mod write;

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_check::Report;
use trueline_model::{Finding, Plan, Resource};
use trueline_terraform::{Inputs, Parsed};
use trueline_text::Files;

pub use judge::Judge;
pub use outcome::{Applied, Change, Disproof, NoPlace, Outcome, Withheld, WithheldReason};

/// The sets of inputs that a root is planned with: the normal one first, then one per `*.tfvars` beside it.
pub type Variants<'a> = dyn Fn(&str) -> Vec<Inputs> + 'a;

/// What a fix run needs.
pub struct Task<'a> {
    /// The files of the run, as they were before any change.
    pub files: &'a dyn Files,
    /// The sources that were checked.
    pub parsed: &'a Parsed,
    /// Sets of inputs by root.
    pub inputs: &'a Variants<'a>,
    /// The plans that were checked, made with the normal inputs; those of roots that are missing here are made.
    pub plans: &'a [Plan],
    /// What the judge said, with the normal inputs.
    pub report: &'a Report,
    /// Roots whose findings are to be mended; all if none are named. What is wrong elsewhere is compared with.
    pub own: Option<&'a BTreeSet<Arc<str>>>,
    /// True if a resource did not exist before the change.
    pub is_new: &'a dyn Fn(&Plan, &Resource) -> bool,
    /// Where missing tags go.
    pub tags: TagPlace,
    /// Applies unsafe fixes too.
    pub allow_unsafe: bool,
    /// True for findings that are to be mended.
    pub asked: &'a dyn Fn(&Finding) -> bool,
    /// How many roots are planned at a time.
    pub threads: usize,
}

/// Where missing tags go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagPlace {
    /// To the default tags of the root's own provider where several resources lack the same, else to the local or variable
    /// that several use, else to the resource.
    #[default]
    Shared,
    /// To the default tags wherever the root has a provider block of its own; else as above.
    Provider,
    /// To each resource.
    Resource,
}

/// Mends what can be mended, in memory.
pub fn fix_judged(task: &Task<'_>, judge: &dyn Judge) -> Outcome {
    round::run(task, judge)
}
