//! Errors of calls, worded as Terraform words them.

use std::borrow::Cow;

use trueline_provider::convert::quote;

/// A call without result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FunctionError {
    /// There is no such function.
    #[error("There is no function named {}.{}", quote(.name), .near.as_ref().map(|n| format!(" Did you mean {}?", quote(n))).unwrap_or_default())]
    Missing {
        /// The name.
        name: String,
        /// A name that is like it.
        near: Option<&'static str>,
    },
    /// An argument is missing.
    #[error("Function {} expects{} {expected} argument(s). Missing value for {}.", quote(.function), if *.at_least { " at least" } else { "" }, quote(.parameter))]
    TooFew {
        /// The function.
        function: &'static str,
        /// How many it takes.
        expected: usize,
        /// More are possible.
        at_least: bool,
        /// The first parameter without a value.
        parameter: &'static str,
    },
    /// There are more arguments than parameters.
    #[error("Function {} expects only {expected} argument(s).", quote(.function))]
    TooMany {
        /// The function.
        function: &'static str,
        /// How many it takes.
        expected: usize,
    },
    /// An argument is not what it must be.
    #[error("Invalid value for {} parameter: {message}.", quote(.parameter))]
    Argument {
        /// The function.
        function: &'static str,
        /// Which argument, from 0.
        index: usize,
        /// Its parameter.
        parameter: &'static str,
        /// What is wrong.
        message: String,
    },
    /// The function fails.
    #[error("Call to function {} failed: {message}.", quote(.function))]
    Failed {
        /// The function.
        function: &'static str,
        /// What is wrong.
        message: String,
    },
}

impl FunctionError {
    /// The headline that Terraform gives it.
    pub const fn summary(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "Call to unknown function",
            Self::TooFew { .. } => "Not enough function arguments",
            Self::TooMany { .. } => "Too many function arguments",
            Self::Argument { .. } => "Invalid function argument",
            Self::Failed { .. } => "Error in function call",
        }
    }

    pub(super) fn missing(name: &str) -> Self {
        let near = super::names().into_iter().find(|n| distance(n, name) < 3);
        Self::Missing { name: name.to_owned(), near }
    }
}

/// Edits that make one name of the other; of long texts only that they differ.
fn distance(a: &str, b: &str) -> usize {
    if b.len() > 64 {
        return usize::MAX;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((j, y), (above, before)) in b.iter().enumerate().zip(row.iter().skip(1).zip(&row)) {
            let left = next.get(j).copied().unwrap_or(usize::MAX);
            next.push((before + usize::from(x != *y)).min(left + 1).min(above + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

/// How a function's own code fails. What is borrowed quotes no argument; what is owned may.
#[derive(Debug)]
pub(super) enum Fail {
    /// As a whole.
    Call(Cow<'static, str>),
    /// For this argument.
    Argument(usize, Cow<'static, str>),
}

impl From<String> for Fail {
    fn from(message: String) -> Self {
        Self::Call(message.into())
    }
}

impl From<&'static str> for Fail {
    fn from(message: &'static str) -> Self {
        Self::Call(message.into())
    }
}

impl Fail {
    pub(super) fn arg(index: usize, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Argument(index, message.into())
    }

    pub(super) fn said(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Call(message.into())
    }

    /// True if the message may quote an argument.
    pub(super) const fn quotes(&self) -> bool {
        let (Self::Call(message) | Self::Argument(_, message)) = self;
        matches!(message, Cow::Owned(_))
    }
}
