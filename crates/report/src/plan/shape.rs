//! What blocks look like that a plan is to show: which names are attributes, which are blocks, and what of them.
//!
//! A provider's schema knows it; it is handed over for the types of one plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Mode, Type};

/// The content of a resource, or of a block inside one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Attributes by name.
    pub attributes: BTreeMap<Arc<str>, AttributeShape>,
    /// Blocks by type.
    pub blocks: BTreeMap<Arc<str>, BlockShape>,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeShape {
    /// Its type.
    pub ty: Type,
    /// Sent to the provider and never stored: there is nothing to show.
    pub write_only: bool,
}

/// Blocks of one type.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockShape {
    /// What they make together.
    pub many: Many,
    /// The content of each.
    pub shape: Arc<Shape>,
}

/// What blocks of one type make together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// One object.
    One,
    /// A list or set of objects.
    List,
    /// A map of objects by label.
    Map,
}

/// The shapes of the types that a plan names.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    known: BTreeMap<(String, Mode, String), Shape>,
}

impl Shapes {
    /// Shapes by provider, mode and type.
    pub fn new(known: BTreeMap<(String, Mode, String), Shape>) -> Self {
        Self { known }
    }

    pub(super) fn get(&self, provider: &str, mode: Mode, kind: &str) -> Option<&Shape> {
        self.known.get(&(provider.to_owned(), mode, kind.to_owned()))
    }
}
