//! `trueline test` and `trueline verify`: files against plain policies, and the tests of these, with the rules of conftest.

mod inputs;
mod packages;
mod results;
mod trace;
mod verify;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::{Map, Value as Json};
use trueline_rego::{Clock, CompileOptions, Compiled, Limits, Session, TraceLevel, Value, Version, compile};
use trueline_report::conftest::FileResults;

use crate::{EngineError, policy};

pub use verify::{Report, Verified, VerifyRequest, verify};

/// Which policies run, and how.
#[derive(Clone, Debug, Default)]
pub struct PolicyRun {
    /// Folders and files with policies.
    pub policies: Vec<String>,
    /// Folders and files with data.
    pub data: Vec<String>,
    /// Names or patterns of packages.
    pub namespaces: Vec<String>,
    /// Version of the policies' language; found out if not given.
    pub version: Option<Version>,
    /// Refuses unused variables and imports, shadowing and deprecated builtins.
    pub strict: bool,
    /// An error of a builtin ends the run; otherwise it makes an expression undefined.
    pub builtin_errors: bool,
    /// Tells each step.
    pub trace: bool,
    /// How long policies may take over one file.
    pub time_limit: Duration,
    /// Nanoseconds since 1970, for policies.
    pub now: i64,
}

impl PolicyRun {
    fn compiled(&self) -> Result<Compiled, EngineError> {
        let policies = policy::read(&self.policies, self.version)?;
        let options = CompileOptions { strict: self.strict, ..CompileOptions::default() };
        compile(&policies, &options).map_err(EngineError::Policies)
    }

    fn session(&self, compiled: &Compiled, data: Map<String, Json>) -> Session {
        let start = Instant::now();
        let limits = Limits::within(self.time_limit, Clock::new(move || start.elapsed()));
        let mut session = compiled.session(Value::from(Json::Object(data)), limits);
        session.set_now(self.now);
        session.set_strict_errors(self.builtin_errors);
        if self.trace {
            session.watch(TraceLevel::Full);
        }
        session
    }
}

/// What `trueline test` was asked for.
#[derive(Clone, Debug, Default)]
pub struct TestRequest {
    /// Files, `-` for standard input, directories of JSON and YAML files.
    pub files: Vec<String>,
    /// The policies; the namespace is `main` if none is given.
    pub policies: PolicyRun,
    /// All packages that have a rule.
    pub all_namespaces: bool,
    /// All files are one input.
    pub combine: bool,
    /// Which paths of directories are left out: a regular expression.
    pub ignore: Option<String>,
    /// How files are read; otherwise as their names say.
    pub parser: Option<Parser>,
    /// What stands on standard input, if `-` is among the files.
    pub stdin: Option<String>,
    /// The name of what stands there, in results and to tell how to read it.
    pub stdin_name: Option<String>,
}

/// How files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parser {
    /// One JSON value.
    Json,
    /// Documents of YAML.
    Yaml,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tested {
    /// Sorted by file and namespace.
    pub files: Vec<FileResults>,
    /// What was done step by step, if asked.
    pub trace: Vec<String>,
    /// For standard error: what conftest would keep to itself.
    pub warnings: Vec<String>,
    /// What was not really tested: namespaces without a rule, results that were dropped, expressions that an error of a
    /// builtin made undefined. Some of it is among the warnings.
    pub holes: BTreeSet<String>,
}

/// Runs policies over files.
pub fn test(request: &TestRequest) -> Result<Tested, EngineError> {
    let compiled = request.policies.compiled()?;
    let base = policy::data(&request.policies.data)?;
    let mut tested = Tested::default();
    let chosen = packages::chosen(&compiled, request, &mut tested);
    let mut warned = BTreeSet::new();
    for (file, documents) in inputs::inputs(request)? {
        let mut results: BTreeMap<&str, FileResults> = BTreeMap::new();
        for document in documents {
            let mut session = request.policies.session(&compiled, with_place(&base, &file));
            session.set_input(document);
            for name in &chosen {
                let package = compiled.packages().iter().find(|p| p.path == format!("data.{name}"));
                let one = results::evaluate(&session, package, &file, name, &mut warned)?;
                tested.holes.extend(session.take_errors().iter().map(ToString::to_string));
                match results.get_mut(name.as_str()) {
                    Some(all) => {
                        all.successes += one.successes;
                        all.results.extend(one.results);
                        all.prints.extend(one.prints);
                    }
                    None => {
                        results.insert(name, one);
                    }
                }
                if request.policies.trace {
                    tested.trace.push(format!("file: {file} | namespace: {name}"));
                    tested.trace.extend(session.take_trace().iter().map(trace::line));
                }
            }
        }
        tested.files.extend(results.into_values());
    }
    tested.holes.extend(warned.iter().cloned());
    tested.warnings.extend(warned);
    tested.files.sort_by(|a, b| (&a.file, &a.namespace).cmp(&(&b.file, &b.namespace)));
    Ok(tested)
}

/// Reads files as [`test()`] does: of each its path and what stands in it, or one list of all with `combine`.
pub fn parse(request: &TestRequest) -> Result<Vec<(String, Json)>, EngineError> {
    let all = inputs::read(request)?;
    if request.combine {
        return Ok(vec![("Combined".to_owned(), inputs::combined(all).to_json())]);
    }
    Ok(all.into_iter().map(|(path, documents)| (path, inputs::whole(documents).to_json())).collect())
}

/// The data, with where the file is that is being tested: as conftest says it, by its absolute path.
fn with_place(base: &Map<String, Json>, file: &str) -> Map<String, Json> {
    let path = std::path::absolute(file).map(|path| path.to_string_lossy().into_owned());
    let path = path.unwrap_or_else(|_| file.to_owned());
    let (dir, name) = path.rsplit_once('/').unwrap_or((".", &path));
    let mut data = base.clone();
    let place = serde_json::json!({ "file": { "name": name, "dir": dir } });
    policy::merge(&mut data, Map::from_iter([("conftest".to_owned(), place)]));
    data
}
