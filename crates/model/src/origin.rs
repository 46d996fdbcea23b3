//! Where a value comes from.

use std::sync::Arc;

use trueline_text::Location;

use crate::{Address, Route};

/// How a value came to its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// Written here as a literal (also an object or tuple constructor, a template, a heredoc).
    Literal,
    /// `var.x`, or its value taken from the step before.
    Variable(Arc<str>),
    /// The `default` of a variable.
    Default(Arc<str>),
    /// A `*.tfvars` file, or a flag on the command line.
    Tfvars(Arc<str>),
    /// `local.x`
    Local(Arc<str>),
    /// An argument of a `module` block.
    ModuleArgument(Arc<str>),
    /// `module.x.y`
    ModuleOutput(Arc<str>),
    /// An attribute of another resource or data source; known or unknown.
    Resource(Arc<Address>, Route),
    /// `each.key`, `each.value`, `count.index`, or the iterator of a `dynamic` block or `for` expression.
    Iterator(Arc<str>),
    /// An element of a collection: `x[0]`, `x.y`, `x["k"]`, a splat.
    Element,
    /// Taken unchanged from one argument of `merge`, `lookup`, `try`, `coalesce`, `element`, …
    Selected(Arc<str>),
    /// One branch of a condition; the condition itself is not a source.
    Condition,
    /// Made by an operator, a template with parts, or a `for` expression.
    Operator,
    /// Made by a function.
    Function(Arc<str>),
    /// A part of a JSON document that the attribute holds (`jsonencode`, heredoc, policy document).
    Document,
    /// Provided by `default_tags` of the provider.
    ProviderDefaultTags,
    /// A documented default of the provider.
    ProviderDefault,
}

/// One place on the way of a value and the places before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The expression at this place: for a literal its own text, else the referring expression.
    pub at: Location,
    /// What happened here.
    pub via: Via,
    /// Where the value came from before; more than one only for operators, templates and functions.
    pub inputs: Vec<Arc<Origin>>,
}

impl Via {
    /// True if the value is the same before and after this step, so that changing it there changes it here.
    pub const fn is_identity(&self) -> bool {
        !matches!(self, Self::Operator | Self::Function(_) | Self::Condition | Self::ProviderDefault)
    }
}

impl Origin {
    /// A literal at this place.
    pub fn literal(at: Location) -> Arc<Self> {
        Arc::new(Self { at, via: Via::Literal, inputs: Vec::new() })
    }

    /// One step further from `from`.
    pub fn step(at: Location, via: Via, from: Option<Arc<Self>>) -> Arc<Self> {
        Arc::new(Self { at, via, inputs: from.into_iter().collect() })
    }

    /// The steps from here back to the literal while there is one way to go; the first is `self`.
    pub fn chain(&self) -> Vec<&Self> {
        let mut out = vec![self];
        let mut at = self;
        while let [one] = at.inputs.as_slice() {
            out.push(one);
            at = one;
        }
        out
    }

    /// The literal that this value is, if only identity steps lie between.
    pub fn source_literal(&self) -> Option<&Self> {
        let mut at = self;
        loop {
            if !at.via.is_identity() {
                return None;
            }
            match at.inputs.as_slice() {
                [] => return matches!(at.via, Via::Literal).then_some(at),
                [one] => at = one,
                _ => return None,
            }
        }
    }
}

impl Drop for Origin {
    /// Unlinks long chains without recursion: a chain is as long as the input makes it.
    fn drop(&mut self) {
        let mut stack: Vec<Arc<Origin>> = std::mem::take(&mut self.inputs);
        while let Some(next) = stack.pop() {
            if let Some(mut owned) = Arc::into_inner(next) {
                stack.append(&mut owned.inputs);
            }
        }
    }
}
