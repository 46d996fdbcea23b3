//! Breaches of a provider's schema: what Terraform would refuse before it plans.

use std::sync::Arc;

use trueline_text::Location;

use crate::{Address, Route};

/// Kinds of breaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BreachKind {
    /// An argument or block that the type does not have, or that only the provider sets.
    UnknownArgument,
    /// A required argument or block is not there.
    MissingArgument,
    /// A block where an argument is meant, or the other way round.
    WrongBlockKind,
    /// The provider has no such type.
    UnknownType,
}

impl BreachKind {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownArgument => "unknown-argument",
            Self::MissingArgument => "missing-argument",
            Self::WrongBlockKind => "wrong-block-kind",
            Self::UnknownType => "unknown-type",
        }
    }
}

/// Something that a provider's schema does not allow.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// The kind.
    pub kind: BreachKind,
    /// An instance of the resource; without key if there is none.
    pub address: Address,
    /// The argument, block or type.
    pub name: Arc<str>,
    /// Where it is, or should be, in the resource.
    pub route: Route,
    /// What is wrong.
    pub message: String,
    /// The one name that was probably meant and can take its place.
    pub near: Option<Arc<str>>,
    /// The name, or the head of the block that lacks something.
    pub at: Location,
}
