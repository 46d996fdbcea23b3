//! What is to be proved, and what may be wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_model::{Address, Finding, Route};
use trueline_text::Location;

use crate::Disproof;
use crate::case::{Attempt, Texts};
use crate::change::Made;

/// What a set of fixes means to do.
#[derive(Default)]
pub struct Meaning<'a> {
    /// Findings that must be gone, by root.
    pub mended: BTreeMap<&'a str, Vec<&'a Finding>>,
    /// Routes that may change, by root and address.
    pub intents: BTreeMap<&'a str, BTreeMap<&'a Address, Vec<&'a Route>>>,
    /// Resources that may appear.
    pub creates: BTreeSet<Made>,
    /// Tags that become defaults of a provider, for whatever it makes in any root: its block, and their keys.
    pub tags: BTreeSet<(Location, Arc<str>)>,
}

/// Texts that are to be proved.
pub struct Trial<'t> {
    /// By path, under every name that a file has.
    pub texts: &'t Texts,
    /// What is meant.
    pub meaning: Meaning<'t>,
    /// The roots that are touched, each with the attempts that touch it: what is proved of a root hangs on them alone.
    pub stamps: Stamps,
}

/// Attempts that touch a root, those that touch the same roots in one list for all of these.
pub type Stamp = Vec<Arc<Vec<Attempt>>>;

/// Attempts by the root that they touch.
pub type Stamps = BTreeMap<Arc<str>, Stamp>;

/// What is wrong with a trial.
pub struct Failure {
    /// Where.
    pub at: Fault,
    /// What.
    pub disproof: Disproof,
}

/// The root or the file at which something is wrong.
pub enum Fault {
    /// A root.
    Root(Arc<str>),
    /// A file.
    File(String),
}
