//! Policy files as they come in, and what a compiled one says about itself.

use std::sync::Arc;

/// A policy file: its path, for messages, and its text.
#[derive(Debug, Clone)]
pub struct PolicyFile {
    /// Path as it appears in diagnostics.
    pub path: String,
    /// The text.
    pub source: Arc<str>,
    /// Version of the language; `None` tries v1, then v0.
    pub version: Option<Version>,
}

impl PolicyFile {
    /// Makes a policy file whose version is to be found out.
    pub fn new(path: impl Into<String>, source: impl Into<Arc<str>>) -> Self {
        PolicyFile { path: path.into(), source: source.into(), version: None }
    }
}

/// A version of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// The old syntax: `deny[msg] { … }`; keywords by `import future.keywords`.
    V0,
    /// The syntax since OPA 1.0: `deny contains msg if { … }`.
    V1,
}

/// How policies are compiled.
#[derive(Debug, Clone, Default)]
pub struct CompileOptions {
    /// Reports unused variables and imports, shadowing and deprecated builtins as errors.
    pub strict: bool,
}

/// A package: all its files together.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// Path with `data` in front: `data.trueline.rules.aws`.
    pub path: String,
    /// The file that names it first.
    pub file: String,
    /// Line of the `package` clause in that file, from 1.
    pub line: usize,
    /// Annotations with scope `package` or `subpackages`, as written.
    pub annotations: Vec<Annotation>,
    /// The rules, by name.
    pub rules: Vec<Rule>,
}

impl Package {
    /// Returns the rule of this name.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.name == name)
    }
}

/// A rule: all definitions of one name in a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Name below the package: `deny`, or `a.b` if the head is a reference.
    pub name: String,
    /// What it produces.
    pub kind: RuleKind,
    /// Number of bodies, those of `else` counted; 0 if there is only a default.
    pub bodies: usize,
    /// File of the first definition.
    pub file: String,
    /// Line of the first definition, from 1.
    pub line: usize,
    /// Column of the first definition, from 1.
    pub column: usize,
    /// Annotations with scope `rule` or `document`, in the order of the definitions.
    pub annotations: Vec<Annotation>,
}

/// What a rule produces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// One value.
    Complete,
    /// A set, member by member.
    PartialSet,
    /// An object, key by key.
    PartialObject,
    /// A value for arguments.
    Function,
}

/// A `# METADATA` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// `rule`, `document`, `package` or `subpackages`.
    pub scope: String,
    /// The whole block as JSON: `title`, `description`, `custom`, ….
    pub json: serde_json::Value,
    /// File of the block.
    pub file: String,
    /// Line of the `# METADATA` comment, from 1.
    pub line: usize,
}
