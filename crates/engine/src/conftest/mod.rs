//! `trueline test` and `trueline verify`: files against plain policies, and the tests of these, with the rules of conftest.

mod config;
mod inputs;
mod packages;
mod parsers;
mod results;
mod secrets;
mod trace;
mod verify;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::{Map, Value as Json};
use trueline_rego::{
    Clock, CompileOptions, Compiled, Diagnostic, Limits, PolicyFile, Session, TraceLevel, Value, Version,
    compile,
};
use trueline_report::conftest::FileResults;
use trueline_terraform::redact;

use crate::{EngineError, policy};
use secrets::Secrets;

pub use parsers::Parser;
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
    /// The variables of the environment, for policies that ask for `opa.runtime()`.
    pub environment: Vec<(String, String)>,
}

/// The version of OPA whose language and functions policies find, as `opa.runtime()` tells it.
const OPA: &str = "1.19.0";

/// Said where policies look at the environment.
const ENVIRONMENT: &str =
    "policies look at variables of the environment: what they say depends on where they run";

impl PolicyRun {
    /// Compiles the policies; says which places hold none.
    fn compiled(&self, warnings: &mut Vec<String>) -> Result<Compiled, EngineError> {
        let (files, empty) = policy::some(&self.policies, self.version)?;
        if let (true, Some(first)) = (files.is_empty(), self.policies.first()) {
            return Err(EngineError::NoPolicies(first.clone()));
        }
        warnings.extend(empty.iter().map(|path| format!("`{path}` holds no policies")));
        let builtins = config::builtins(&self.policies);
        let options = CompileOptions { strict: self.strict, builtins, ..CompileOptions::default() };
        let compiled = compile(&files, &options).map_err(|problems| self.wrong(files, &options, problems))?;
        packages::refuse_keyed(&compiled)?;
        Ok(compiled)
    }

    /// What is wrong with policies, and whether it is only the version that they are said to be written in.
    fn wrong(
        &self,
        files: Vec<PolicyFile>,
        options: &CompileOptions,
        problems: Vec<Diagnostic>,
    ) -> EngineError {
        let other = match self.version {
            Some(Version::V1) => Some((Version::V0, "v0")),
            Some(Version::V0) => Some((Version::V1, "v1")),
            None => None,
        };
        let Some((version, written)) = other else { return EngineError::Policies(problems) };
        let files: Vec<PolicyFile> =
            files.into_iter().map(|file| PolicyFile { version: Some(version), ..file }).collect();
        match compile(&files, options) {
            Ok(_) => EngineError::OtherVersion { problems, written },
            Err(_) => EngineError::Policies(problems),
        }
    }

    fn session(&self, compiled: &Compiled, data: Map<String, Json>) -> Session {
        let start = Instant::now();
        let limits = Limits::within(self.time_limit, Clock::new(move || start.elapsed()));
        let mut session = compiled.session(Value::from(Json::Object(data)), limits);
        session.set_now(self.now);
        session.set_runtime(self.runtime());
        session.set_strict_errors(self.builtin_errors);
        if self.trace {
            session.watch(TraceLevel::Full);
        }
        session
    }

    /// What `opa.runtime()` tells, as conftest has it.
    fn runtime(&self) -> Value {
        let variables = self.environment.iter();
        let variables =
            variables.map(|(name, value)| (Value::from(name.as_str()), Value::from(value.as_str())));
        Value::object(vec![
            (Value::from("env"), Value::object(variables.collect())),
            (Value::from("version"), Value::from(OPA)),
            (Value::from("commit"), Value::from("")),
        ])
    }

    /// The policies that are read as Rego v0, for a trace.
    fn old_policies(&self, compiled: &Compiled) -> Vec<String> {
        let old = compiled.versions().filter(|(_, version)| *version == Version::V0);
        old.map(|(path, _)| format!("note: `{path}` is read as Rego v0")).collect()
    }
}

/// What `trueline test` was asked for.
#[derive(Clone, Debug, Default)]
pub struct TestRequest {
    /// Files, `-` for standard input, directories; an empty one is left out.
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
    /// The name of what stands there, in results.
    pub stdin_name: Option<String>,
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
    let inputs = inputs::inputs(request)?;
    let run = &request.policies;
    let mut tested = Tested::default();
    let compiled = run.compiled(&mut tested.warnings)?;
    let policy::Data { document: base, warnings } = policy::data(&run.data)?;
    tested.warnings.extend(warnings);
    let chosen = packages::chosen(&compiled, request, &mut tested)?;
    if run.trace {
        tested.trace = run.old_policies(&compiled);
    }
    let mut warned = BTreeSet::new();
    let (mut looks_around, mut said) = (false, false);
    let mut secrets = Secrets::of_environment(&run.environment);
    for (file, documents) in inputs {
        if documents.is_empty() {
            warned.insert(format!("`{file}` is an empty list: nothing in it was tested"));
        }
        let mut results: BTreeMap<&str, FileResults> = BTreeMap::new();
        if documents.is_empty() {
            for name in &chosen {
                let one =
                    FileResults { file: file.clone(), namespace: name.clone(), ..FileResults::default() };
                results.insert(name, one);
            }
        }
        for document in documents {
            let mut session = run.session(&compiled, with_place(&base, &file));
            session.set_input(document.clone());
            let mut says_something = run.trace;
            for name in &chosen {
                let package = compiled.packages().iter().find(|p| p.path == format!("data.{name}"));
                let one = results::evaluate(&session, package, &file, name, &mut warned).map_err(|e| {
                    secrets.add_input(&document);
                    secrets.add_data(&base);
                    secrets.mask_error(e)
                })?;
                says_something |= !one.results.is_empty() || !one.prints.is_empty();
                let errors: Vec<String> = session.take_errors().iter().map(ToString::to_string).collect();
                // A file that a policy wants and does not get is no small matter.
                let unread =
                    |error: &&String| error.contains(": parse_config") || error.contains(": parse_combined");
                warned.extend(errors.iter().filter(unread).cloned());
                tested.holes.extend(errors);
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
                if run.trace {
                    tested.trace.push(format!("file: {file} | namespace: {name}"));
                    tested.trace.extend(session.take_trace().iter().map(trace::line));
                }
            }
            // Only what is said has to be looked through, and a large plan takes its time.
            if says_something || !warned.is_empty() {
                secrets.add_input(&document);
                said = true;
            }
            looks_around |= session.has_asked_for_runtime();
        }
        tested.files.extend(results.into_values());
    }
    tested.holes.extend(warned.iter().cloned());
    tested.warnings.extend(warned);
    if looks_around {
        tested.warnings.push(ENVIRONMENT.to_owned());
    }
    tested.files.sort_by(|a, b| (&a.file, &a.namespace).cmp(&(&b.file, &b.namespace)));
    if said {
        secrets.add_data(&base);
    }
    tested.mask(&secrets);
    Ok(tested)
}

impl Tested {
    /// Takes out what may not be shown.
    fn mask(&mut self, secrets: &Secrets) {
        let texts = |texts: &mut Vec<String>| {
            for text in texts.iter_mut() {
                secrets.mask_in_place(text);
            }
        };
        texts(&mut self.trace);
        texts(&mut self.warnings);
        self.holes = self.holes.iter().map(|hole| secrets.mask(hole).into_owned()).collect();
        for file in &mut self.files {
            texts(&mut file.prints);
            file.results.iter_mut().for_each(|result| secrets.mask_result(result));
        }
    }
}

/// Reads files as [`test()`] does: of each its path and what stands in it, or one list of all with `combine`. What a plan marks as
/// sensitive is masked.
pub fn parse(request: &TestRequest) -> Result<Vec<(String, Json)>, EngineError> {
    let all = inputs::read(request)?;
    let shown = |content: &Value| {
        let mut secrets = Secrets::default();
        secrets.add_input(content);
        let json = content.to_json();
        if secrets.is_empty() { json } else { redact(&json) }
    };
    if request.combine {
        let masked = all.into_iter().map(|input| {
            let content = Value::from(shown(&input.content));
            inputs::Input { content, ..input }
        });
        return Ok(vec![("Combined".to_owned(), inputs::combined(masked.collect()).to_json())]);
    }
    Ok(all.into_iter().map(|input| (input.path, shown(&input.content))).collect())
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
