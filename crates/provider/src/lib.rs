//! What providers know: the schema of their types, what they fill in, rewrite and derive, and how they read documents.
//!
//! What enters: digests of schemas, and values. What leaves: the same values as a provider would plan them. Languages
//! evaluate their own sources and ask here what a provider makes of the result; fixes and reports ask what a type has.
//!
//! **Invariant:** knows no language: nothing here says how source code is spelled.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::Value;

pub mod convert;
pub mod defaults;
pub mod derived;
pub mod document;
pub mod facts;
pub mod json_value;
pub mod planned;
pub mod policy_document;
mod rewrite;
pub mod schema;
pub mod tags;
pub mod validators;

/// Arguments and attributes by name.
pub type Entries = BTreeMap<Arc<str>, Value>;
