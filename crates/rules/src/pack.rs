//! The built-in pack: every rule's index entry and text, part of the binary.
//!
//! The build script reads `policies/` and `controls/` and writes the tables that are included here, so that
//! nothing has to be parsed at start-up: the index says which rule looks at which resource types. It compiles the
//! policies, too; of those only the rules are loaded that a run asks for. Their texts are compiled anew where the
//! organization has policies of its own, which may build on them.

use std::sync::Arc;

use trueline_model::{ControlRef, Profile, RuleMeta};
use trueline_rego::{Compiled, Image, ImageError, PolicyFile, Version};

use crate::controls::Framework;
use crate::settings::severity;

/// Index entry of a built-in rule.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// `aws/s3/unencrypted-bucket`
    pub id: &'static str,
    /// `trueline.rules.aws.s3.unencrypted_bucket`
    pub package: &'static str,
    /// `policies/aws/s3/unencrypted-bucket/rule.rego`
    pub path: &'static str,
    /// The policy.
    pub source: &'static str,
    /// Shared policies it needs, directly or not: indexes into the library.
    pub library: &'static [usize],
    /// Resource types it looks at; `*` for all.
    pub resources: &'static [&'static str],
    /// An example that it denies; empty if there is none.
    pub avoid: &'static str,
    /// The same, mended.
    pub prefer: &'static str,
    /// Parameters of `[rules]` that it knows, each with what it does.
    pub params: &'static [(&'static str, &'static str)],
    title: &'static str,
    description: &'static str,
    help: &'static str,
    severity: &'static str,
    strict: bool,
    controls: &'static [(&'static str, &'static str)],
    aliases: &'static [&'static str],
    settings: &'static [&'static str],
    fix: &'static str,
    after: &'static [&'static str],
}

/// A shared policy.
struct Shared {
    path: &'static str,
    source: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/pack.rs"));

/// The compiled policies: those of the library, then those of the rules.
static IMAGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pack.image"));

/// All built-in rules, sorted by id.
pub fn entries() -> &'static [Entry] {
    RULES
}

impl Entry {
    /// Lowest profile that has it on.
    pub const fn profile(&self) -> Profile {
        if self.strict { Profile::Strict } else { Profile::Baseline }
    }

    /// Its metadata.
    pub fn meta(&self) -> RuleMeta {
        let all = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
        RuleMeta {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            description: self.description.to_owned(),
            help: self.help.to_owned(),
            severity: severity(self.severity).unwrap_or(trueline_model::Severity::Medium),
            profile: self.profile(),
            resources: all(self.resources),
            controls: self
                .controls
                .iter()
                .map(|(f, c)| ControlRef { framework: (*f).to_owned(), id: (*c).to_owned() })
                .collect(),
            aliases: all(self.aliases),
            settings: all(self.settings),
            fix: self.fix.to_owned(),
            after: all(self.after),
        }
    }

    /// Its policy.
    pub fn file(&self) -> PolicyFile {
        policy(self.path, self.source)
    }
}

/// The shared policy at this place of the library.
pub(crate) fn library(index: usize) -> Option<PolicyFile> {
    LIBRARY.get(index).map(|s| policy(s.path, s.source))
}

/// Loads the compiled rules at these paths, and what they need.
pub(crate) fn load(paths: &[String]) -> Result<Compiled, ImageError> {
    let text = |file: usize| match file.checked_sub(LIBRARY.len()) {
        None => LIBRARY.get(file).map(|shared| Arc::from(shared.source)),
        Some(rule) => RULES.get(rule).map(|rule| Arc::from(rule.source)),
    };
    Image::new(IMAGE).load(paths, &text)
}

fn policy(path: &str, source: &'static str) -> PolicyFile {
    PolicyFile { path: path.to_owned(), source: source.into(), version: Some(Version::V1) }
}
