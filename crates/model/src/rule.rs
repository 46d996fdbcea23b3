//! What is said about a rule.

use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Should be mended.
    Low,
    /// Should be mended soon.
    Medium,
    /// Must be mended.
    High,
    /// Must be mended now.
    Critical,
}

impl Severity {
    /// All, least first.
    pub const ALL: [Self; 5] = [Self::Info, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// Which rules are on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Rules to which nobody would object.
    #[default]
    Baseline,
    /// All rules, also those that cost money or need an organization's setting.
    Strict,
}

/// A control of a compliance framework.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ControlRef {
    /// Framework id, e.g. `soc2`, `cis-aws-5.0`.
    pub framework: String,
    /// Control id, e.g. `CC6.1`.
    pub id: String,
}

/// Everything about a rule beside its logic, from its `# METADATA`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleMeta {
    /// `aws/s3/unencrypted-bucket`; for a plain policy `NAMESPACE/deny_name`.
    pub id: String,
    /// One line.
    pub title: String,
    /// Why it matters.
    pub description: String,
    /// What to do.
    pub help: String,
    /// Severity.
    pub severity: Severity,
    /// Lowest profile that has it on.
    pub profile: Profile,
    /// Resource types it looks at; `*` for all.
    pub resources: Vec<String>,
    /// Controls that ask for it.
    pub controls: Vec<ControlRef>,
    /// Ids of other scanners for the same thing.
    pub aliases: Vec<String>,
    /// Settings it reads, e.g. `aws.kms_key_arn`.
    #[serde(default)]
    pub settings: Vec<String>,
    /// What its fix does and when it is not safe, in words; empty if it has none.
    #[serde(default)]
    pub fix: String,
    /// Rules that it goes on from: it asks more of a resource only where they pass, so that its finding is no new
    /// breach where one of theirs was mended.
    #[serde(default)]
    pub after: Vec<String>,
}
