//! What a rule says of itself in its annotation, and what a framework's file holds.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

/// The annotation of a rule's package.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annotation {
    pub title: String,
    pub description: String,
    #[serde(default, rename = "related_resources")]
    _related_resources: IgnoredAny,
    pub custom: Custom,
}

/// The part of it that is ours.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custom {
    pub id: String,
    pub severity: String,
    pub profile: String,
    pub resources: Vec<String>,
    pub help: String,
    /// Controls by framework.
    #[serde(default)]
    pub controls: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub settings: Vec<String>,
    /// What each parameter means.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    #[serde(default)]
    pub fix: String,
    #[serde(default)]
    pub after: Vec<String>,
}

/// A file in `controls/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameworkFile {
    pub id: String,
    pub title: String,
    pub short: String,
    /// Titles by id.
    pub controls: BTreeMap<String, String>,
}
