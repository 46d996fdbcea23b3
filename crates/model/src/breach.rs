//! Breaches of a schema: what Terraform would refuse before it plans.

use std::fmt;
use std::sync::Arc;

use trueline_text::Location;

use crate::{Address, ModuleStep, Route};

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

/// What breaks a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A resource or data source: an instance, without key if there is none.
    Resource(Address),
    /// A `module` block: the way to it, itself last and without key.
    Call(Vec<ModuleStep>),
    /// A `provider` block of this module: its local name, with its alias behind a dot.
    Provider(Vec<ModuleStep>, Arc<str>),
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path =
            |modules: &[ModuleStep]| modules.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
        match self {
            Self::Resource(address) => address.fmt(f),
            Self::Call(modules) => f.write_str(&path(modules)),
            Self::Provider(modules, name) if modules.is_empty() => write!(f, "provider.{name}"),
            Self::Provider(modules, name) => write!(f, "{}.provider.{name}", path(modules)),
        }
    }
}

/// Something that a schema does not allow: a provider's, or that of a module's variables.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// The kind.
    pub kind: BreachKind,
    /// Whose.
    pub owner: Owner,
    /// The argument, block or type.
    pub name: Arc<str>,
    /// Where it is, or should be, in the owner.
    pub route: Route,
    /// What is wrong.
    pub message: String,
    /// The one name that was probably meant and can take its place.
    pub near: Option<Arc<str>>,
    /// Of the wrong kind, but written out, so that it can be spelled the right way.
    pub literal: bool,
    /// The name, or the head of the block that lacks something.
    pub at: Location,
}
