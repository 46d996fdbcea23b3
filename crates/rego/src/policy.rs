//! Policy files as they come in, and what a compiled one says about itself.

use std::sync::Arc;

use crate::Value;

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
    /// Builtins of the caller; one with the name of a builtin of the language takes its place.
    pub builtins: Vec<CustomBuiltin>,
    /// Reports unused variables and imports and shadowing as errors, and deprecated builtins in the old syntax, too.
    pub strict: bool,
    /// JSON Schemas that annotations may name.
    pub schemas: Vec<Schema>,
}

/// A JSON Schema: what policies may expect of a part of `input` or `data`.
///
/// Annotations say which part: `# schemas: [{input.request: schema.request}]`. What can't be there is then an error when the
/// policies are compiled.
///
/// ```
/// use trueline_rego::{CompileOptions, PolicyFile, Schema, Value, compile};
/// let schema = Value::parse_json(r#"{"properties": {"name": {"type": "string"}}}"#).unwrap();
/// let policy = PolicyFile::new("p.rego", "package p\ndeny contains \"no\" if input.nmae == \"x\"");
/// let options = CompileOptions { schemas: vec![Schema::of_input(schema)], ..CompileOptions::default() };
/// let wrong = compile(&[policy], &options).err().unwrap();
/// assert_eq!(wrong[0].message, "undefined ref: input.nmae");
/// assert_eq!(wrong[0].details[3].trim(), "want (one of): [\"name\"]");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    path: Vec<Value>,
    json: Value,
}

impl Schema {
    /// Makes the schema that annotations call `schema.` and these steps.
    pub fn new<S: AsRef<str>>(path: impl IntoIterator<Item = S>, json: Value) -> Self {
        Schema { path: path.into_iter().map(|step| Value::from(step.as_ref())).collect(), json }
    }

    /// Makes the schema of `input`: it holds for all policies, and annotations call it `schema`.
    pub fn of_input(json: Value) -> Self {
        Schema { path: Vec::new(), json }
    }

    pub(crate) fn path(&self) -> &[Value] {
        &self.path
    }

    pub(crate) fn json(&self) -> &Value {
        &self.json
    }
}

/// What a builtin of the caller does: a value, nothing for undefined, or what is wrong.
type Pure = dyn Fn(&[Value]) -> Result<Option<Value>, String> + Send + Sync;

/// The same, told the path of the policy file that calls.
type Placed = dyn Fn(&str, &[Value]) -> Result<Option<Value>, String> + Send + Sync;

#[derive(Clone)]
enum Native {
    Pure(Arc<Pure>),
    Placed(Arc<Placed>),
}

/// A builtin function of the caller.
///
/// It must return the same for the same arguments: calls are worked out once, if it is not [placed](Self::placed).
///
/// ```
/// use trueline_rego::{CompileOptions, CustomBuiltin, Limits, PolicyFile, Value, compile};
/// let double = CustomBuiltin::new("acme.double", 1, |args| {
///     let number = args.first().and_then(Value::as_i64).ok_or("operand 1 must be a whole number")?;
///     Ok(Some(Value::from(number * 2)))
/// });
/// let options = CompileOptions { builtins: vec![double], ..CompileOptions::default() };
/// let policy = PolicyFile::new("p.rego", "package p\nx := acme.double(21)");
/// let session = compile(&[policy], &options).unwrap().session(Value::empty_object(), Limits::default());
/// assert_eq!(session.rule("data.p.x").unwrap(), Some(Value::from(42)));
/// ```
#[derive(Clone)]
pub struct CustomBuiltin {
    name: Arc<str>,
    arity: usize,
    run: Native,
}

impl CustomBuiltin {
    /// Makes a builtin of this name, which may have dots, and number of arguments.
    pub fn new(
        name: impl Into<Arc<str>>,
        arity: usize,
        run: impl Fn(&[Value]) -> Result<Option<Value>, String> + Send + Sync + 'static,
    ) -> Self {
        CustomBuiltin { name: name.into(), arity, run: Native::Pure(Arc::new(run)) }
    }

    /// Makes a builtin that is told the path of the policy file that calls it; empty in a query. It runs at every call.
    pub fn placed(
        name: impl Into<Arc<str>>,
        arity: usize,
        run: impl Fn(&str, &[Value]) -> Result<Option<Value>, String> + Send + Sync + 'static,
    ) -> Self {
        CustomBuiltin { name: name.into(), arity, run: Native::Placed(Arc::new(run)) }
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the number of arguments.
    pub fn arity(&self) -> usize {
        self.arity
    }

    pub(crate) fn is_placed(&self) -> bool {
        matches!(self.run, Native::Placed(_))
    }

    pub(crate) fn call(&self, caller: &str, args: &[Value]) -> Result<Option<Value>, String> {
        match &self.run {
            Native::Pure(run) => run(args),
            Native::Placed(run) => run(caller, args),
        }
    }
}

impl std::fmt::Debug for CustomBuiltin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.name, self.arity)
    }
}

/// What a policy printed, and where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Print {
    /// The file; empty in a query.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The text.
    pub text: String,
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
    /// Number of definitions: defaults counted, `else` not.
    pub definitions: usize,
    /// Files and lines of definitions with a key in the head and the value true, such as `deny[msg] if { … }`: an object
    /// of keys, where often a set was meant.
    pub keyed: Vec<(String, usize)>,
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
