//! Findings and notes: what a check says.

use std::sync::Arc;

use trueline_text::Location;

use crate::{Address, ControlRef, Effect, Operation, Route, Severity};

/// What was found at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The rule is broken.
    Fail,
    /// It can't be decided.
    Unknown,
    /// Broken, and accepted by a waiver or an inline comment.
    Waived,
}

impl Verdict {
    /// The word in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Waived => "waived",
        }
    }
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Yes.
    Safe,
    /// Only with `--unsafe`.
    Unsafe,
    /// Not before the organization gives a setting.
    Needs,
}

impl Applicability {
    /// The word in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::Needs => "needs",
        }
    }
}

/// The fix that a finding carries.
#[derive(Clone, Debug, PartialEq)]
pub struct FixOffer {
    /// What to change; empty if a setting is needed first.
    pub operations: Vec<Operation>,
    /// Safe, unsafe or needs.
    pub applicability: Applicability,
    /// Why it is unsafe: the effects that count on this resource.
    pub effects: Vec<Effect>,
    /// Settings that are missing, e.g. `settings.aws.kms_key_arn`.
    pub needs: Vec<String>,
}

/// One step of the origin chain, as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginStep {
    /// The place.
    pub at: Location,
    /// `literal`, `variable`, `default`, `tfvars`, `local`, `module argument`, …
    pub via: String,
}

/// One breach, or one thing that can't be decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Rule id.
    pub rule: String,
    /// Ids of other scanners.
    pub aliases: Vec<String>,
    /// Severity.
    pub severity: Severity,
    /// Verdict.
    pub verdict: Verdict,
    /// What is wrong, with the value.
    pub message: String,
    /// Why it matters; for `unknown`, why it can't be decided comes first.
    pub why: String,
    /// What to do.
    pub help: String,
    /// The resource; a plain policy may name none.
    pub address: Option<Address>,
    /// The address as the policy wrote it, where it is no resource address.
    pub subject: String,
    /// Where in the resource.
    pub route: Route,
    /// The literal at fault, else the attribute, else the head of the block.
    pub at: Option<Location>,
    /// How the value came to the resource, from the resource back to the literal.
    pub origin: Vec<OriginStep>,
    /// Controls.
    pub controls: Vec<ControlRef>,
    /// The fix, if there is one.
    pub fix: Option<FixOffer>,
    /// For `waived`: reason and owner.
    pub waiver: Option<String>,
    /// Survives line moves.
    pub fingerprint: String,
    /// Root module or plan file it was found in.
    pub module: Arc<str>,
}

/// What a rule asks for and what holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pass {
    /// Rule id.
    pub rule: String,
    /// Address of the resource.
    pub subject: String,
    /// Where in it; empty for the resource itself.
    pub route: String,
    /// Root module or plan file.
    pub module: Arc<str>,
}

/// Kinds of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// The job could not be done in full: exit code 2.
    Error,
    /// Worth reading; the result holds.
    Warning,
    /// For the curious.
    Info,
}

/// Something that is said beside findings: a file that did not parse, a module that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Kind.
    pub kind: NoteKind,
    /// What happened, what was expected.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where.
    pub at: Option<Location>,
}

/// Counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Root modules and plan files.
    pub modules: usize,
    /// Resource instances.
    pub resources: usize,
    /// Rules that were on.
    pub rules: usize,
    /// Findings by verdict.
    pub fail: usize,
    /// The same.
    pub unknown: usize,
    /// The same.
    pub waived: usize,
    /// Findings with a safe fix.
    pub fixable: usize,
}
