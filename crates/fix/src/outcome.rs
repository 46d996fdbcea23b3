//! What a fix run gives back: changed files, what was applied, and what was not, with the reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_check::Report;
use trueline_model::Finding;
use trueline_terraform::Parsed;

/// Everything that came of a run. Nothing was written.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Changed files by path.
    pub changes: BTreeMap<String, Change>,
    /// Findings that were mended, in the order they were mended.
    pub applied: Vec<Applied>,
    /// Findings that carry a fix that was not applied, in the order of the report.
    pub withheld: Vec<Withheld>,
    /// What a check of the changed files says.
    pub remaining: Report,
    /// The sources with the changes, under every name that a file has.
    pub parsed: Parsed,
}

/// The text of a file before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// As it was read.
    pub before: String,
    /// As it must be written.
    pub after: String,
}

/// A finding that was mended.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// The finding.
    pub finding: Finding,
    /// The file of values with which it was found, if not with the normal inputs.
    pub with: Option<Arc<str>>,
    /// Files in which its fix changed something, sorted; empty if the fix of another finding mended it along the way.
    pub files: Vec<String>,
    /// What Terraform will not do although the code now asks for it.
    pub caveats: Vec<String>,
}

/// A finding whose fix was not applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Withheld {
    /// The finding.
    pub finding: Finding,
    /// The file of values with which it was found, if not with the normal inputs.
    pub with: Option<Arc<str>>,
    /// Why not.
    pub reason: WithheldReason,
}

/// Why a fix was not applied.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WithheldReason {
    /// It may harm what exists, and `--unsafe` was not given.
    #[error("the fix is unsafe: {}; apply it with `--unsafe`", .0.join("; "))]
    Unsafe(Vec<String>),
    /// Terraform would do nothing about it.
    #[error(
        "the fix has no effect on what exists: {0}; change it there too, or mend the code alone with `--unsafe`"
    )]
    Ignored(String),
    /// The organization must give a setting first.
    #[error("the fix needs {}: set it in `trueline.toml`", .0.join(", "))]
    Needs(Vec<String>),
    /// There is no place in the source where the change could be made.
    #[error(transparent)]
    NoPlace(#[from] NoPlace),
    /// The fixed text did not pass the proof.
    #[error("the fix was withdrawn: {0}")]
    Disproved(#[from] Disproof),
}

/// Why an operation has no place in the source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlace {
    /// The finding names no resource, or one that is not in the plan.
    #[error("there is no resource `{0}` in the source that could be changed")]
    NoResource(String),
    /// The resource belongs to a module that is not part of this repository.
    #[error(
        "`{address}` is upstream's: its module is not part of this repository, and no argument of the module leads to `{route}`"
    )]
    Upstream {
        /// The resource.
        address: String,
        /// What had to change.
        route: String,
    },
    /// Where the file has a syntax error, what stands there is not certain.
    #[error("`{0}` has a syntax error there; mend it first")]
    Broken(String),
    /// What can't be read of a file may be what is missing.
    #[error("what can't be read of `{path}` may hold the `{kind}`; mend its syntax first")]
    Hidden {
        /// Type of the companion.
        kind: String,
        /// The file.
        path: String,
    },
    /// The type has no such attribute or block.
    #[error("`{kind}` has no argument `{name}`")]
    NotInSchema {
        /// Resource type.
        kind: String,
        /// The name.
        name: String,
    },
    /// A version of the provider that may be used has no such type, attribute or block.
    #[error("{what} {missing} version {version} of the provider, which may be used here ({admitted})")]
    NotInVersion {
        /// What would be written.
        what: String,
        /// That it lacks it, for certain or not.
        missing: &'static str,
        /// The version.
        version: String,
        /// What admits it.
        admitted: String,
    },
    /// The value comes out of an expression that can't be taken back.
    #[error("`{route}` of `{address}` is made by an expression, so there is no literal to change")]
    Computed {
        /// The resource.
        address: String,
        /// The route.
        route: String,
    },
    /// A program writes the file.
    #[error("`{path}` is written by {by}, so a change there is lost the next time: {instead}")]
    Generated {
        /// The file.
        path: String,
        /// The program.
        by: &'static str,
        /// What is to be changed.
        instead: &'static str,
    },
    /// What the value refers to is not declared where it would have to stand.
    #[error(
        "`{expression}` means nothing where `{address}` is declared: declare it in that module and hand it down"
    )]
    OutOfScope {
        /// The resource.
        address: String,
        /// The value.
        expression: String,
    },
    /// Which block is meant is not certain.
    #[error("which `{name}` block of `{address}` is meant is not certain")]
    WhichBlock {
        /// The resource.
        address: String,
        /// The block type.
        name: String,
    },
    /// Whether a value is already set is not known.
    #[error("whether `{route}` of `{address}` is set is not known before apply")]
    Undecided {
        /// The resource.
        address: String,
        /// The route.
        route: String,
    },
    /// Whether an existing companion belongs to the resource is not known.
    #[error(
        "`{companion}` may already belong to `{address}`: which resource it refers to is not known before apply"
    )]
    CompanionUnsure {
        /// The companion.
        companion: String,
        /// The resource.
        address: String,
    },
    /// Whether an existing companion is there is not known.
    #[error("`{companion}` is for `{address}`, and whether it exists is not known: {why}")]
    CompanionPerhaps {
        /// The companion.
        companion: String,
        /// The resource.
        address: String,
        /// What decides.
        why: String,
    },
    /// A companion is there that makes no instance with these values.
    #[error(
        "`{companion}` is for `{address}` and makes no instance with these values: switch it on instead, a second one would fight with it"
    )]
    SwitchedOff {
        /// The companion.
        companion: String,
        /// The resource.
        address: String,
    },
    /// Another instance of the same block has a companion, and a new one for the block would fight with it.
    #[error(
        "a new `{kind}` for `{address}` would be made for `{sibling}` too, which has `{companion}` already: add one for this resource alone"
    )]
    SiblingServed {
        /// Type of the companion.
        kind: String,
        /// The resource.
        address: String,
        /// The instance that has one.
        sibling: String,
        /// What it has.
        companion: String,
    },
    /// A companion would take the place of what the resource already says of itself.
    #[error("a new `{kind}` would overwrite `{attribute}` of `{address}`")]
    Overwrites {
        /// Type of the companion.
        kind: String,
        /// What it would overwrite.
        attribute: String,
        /// The resource.
        address: String,
    },
    /// What is written once would have to be different for each instance that it makes.
    #[error(
        "what `{address}` is made by makes others, too, which need another value there: tell them apart first"
    )]
    Differs {
        /// The resource.
        address: String,
    },
    /// A fix changes the same place in another way.
    #[error("another fix changes the same place; run again when it is settled")]
    Conflict,
    /// The value can't be written there.
    #[error("the value for `{route}` can't be written there: {problem}")]
    Value {
        /// The route.
        route: String,
        /// Why.
        problem: String,
    },
}

/// What the proof found wrong with the fixed text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Disproof {
    /// It does not parse.
    #[error("`{path}` would not parse: {message}")]
    Syntax {
        /// The file.
        path: String,
        /// The parser's words.
        message: String,
    },
    /// A comment would be lost.
    #[error("a comment of `{0}` would be lost")]
    CommentLost(String),
    /// `terraform fmt` accepted it and would no longer.
    #[error("`{0}` would no longer be formatted as `terraform fmt` does")]
    Unformatted(String),
    /// Line endings or the byte order mark would change.
    #[error("line endings or the byte order mark of `{0}` would change")]
    Bytes(String),
    /// The module would no longer evaluate as before.
    #[error("`{root}` would no longer evaluate: {message}")]
    Evaluation {
        /// The root module.
        root: String,
        /// The error.
        message: String,
    },
    /// A resource would vanish.
    #[error("`{address}` would vanish from `{root}`")]
    AddressGone {
        /// The root module.
        root: String,
        /// The resource.
        address: String,
    },
    /// A resource would appear that nobody asked for.
    #[error("`{address}` would appear in `{root}`")]
    AddressNew {
        /// The root module.
        root: String,
        /// The resource.
        address: String,
    },
    /// Something else would change too.
    #[error("`{route}` of `{address}` in `{root}` would change as well")]
    OtherRoute {
        /// The root module.
        root: String,
        /// The resource.
        address: String,
        /// The route.
        route: String,
    },
    /// The rule would still be broken.
    #[error("`{rule}` would still fail at `{address}` in `{root}`")]
    StillFails {
        /// The root module.
        root: String,
        /// The rule.
        rule: String,
        /// The resource.
        address: String,
    },
    /// The rule could no longer be decided.
    #[error("`{rule}` could not be decided any more at `{address}` in `{root}`")]
    Undecided {
        /// The root module.
        root: String,
        /// The rule.
        rule: String,
        /// The resource.
        address: String,
    },
    /// A finding would come up that was not there.
    #[error("`{rule}` would come up at `{address}` in `{root}`")]
    NewFinding {
        /// The root module.
        root: String,
        /// The rule.
        rule: String,
        /// The resource.
        address: String,
    },
    /// Runs would go on changing the same thing.
    #[error("fixes of several rules would undo one another")]
    Loop,
}
