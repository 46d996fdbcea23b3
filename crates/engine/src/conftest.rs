//! `trueline test`: files against plain policies, with the rules of conftest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use regex::Regex;
use serde_json::{Map, Value as Json};
use trueline_rego::{Clock, CompileOptions, Compiled, Limits, Package, Session, Value, Version, compile};
use trueline_report::conftest::{FileResults, Outcome, TestResult};

use crate::disk::MAX_PLAN;
use crate::{EngineError, namespace, policy};

/// What `trueline test` was asked for.
#[derive(Clone, Debug, Default)]
pub struct TestRequest {
    /// Files, `-` for standard input, directories of `.json` files.
    pub files: Vec<String>,
    /// Folders and files with policies.
    pub policies: Vec<String>,
    /// Folders and files with data.
    pub data: Vec<String>,
    /// Names or patterns of packages; `main` if empty.
    pub namespaces: Vec<String>,
    /// All packages that have a rule.
    pub all_namespaces: bool,
    /// Version of the policies' language; found out if not given.
    pub version: Option<Version>,
    /// How long policies may take over one file.
    pub time_limit: Duration,
    /// Nanoseconds since 1970, for policies.
    pub now: i64,
    /// What stands on standard input, if `-` is among the files.
    pub stdin: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tested {
    /// Sorted by file and namespace.
    pub files: Vec<FileResults>,
    /// For standard error: what conftest would keep to itself.
    pub warnings: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RuleClass {
    Failure,
    Warning,
}

struct TestRule {
    name: String,
    bodies: usize,
    class: RuleClass,
}

/// Runs policies over files.
pub fn test(request: &TestRequest) -> Result<Tested, EngineError> {
    let policies = policy::read(&request.policies, request.version)?;
    let compiled = compile(&policies, &CompileOptions::default()).map_err(EngineError::Policies)?;
    let base = policy::data(&request.data)?;
    let mut tested = Tested::default();
    let chosen = namespaces(&compiled, request, &mut tested.warnings);
    let mut warned = BTreeSet::new();
    for (file, documents) in inputs(request)? {
        let mut results: BTreeMap<&str, FileResults> = BTreeMap::new();
        for document in documents {
            let mut session = session(&compiled, &base, &file, request)?;
            session.set_input(document);
            for name in &chosen {
                let package = compiled.packages().iter().find(|p| p.path == format!("data.{name}"));
                let one = evaluate(&session, package, &file, name, &mut warned)?;
                match results.get_mut(name.as_str()) {
                    Some(all) => {
                        all.successes += one.successes;
                        all.results.extend(one.results);
                    }
                    None => {
                        results.insert(name, one);
                    }
                }
            }
        }
        tested.files.extend(results.into_values());
    }
    tested.warnings.extend(warned);
    tested.files.sort_by(|a, b| (&a.file, &a.namespace).cmp(&(&b.file, &b.namespace)));
    Ok(tested)
}

/// The packages to run; says which ones hold rules and are not among them.
fn namespaces(compiled: &Compiled, request: &TestRequest, warnings: &mut Vec<String>) -> Vec<String> {
    let with_rules: Vec<&str> = compiled
        .packages()
        .iter()
        .filter(|p| !rules(p).is_empty())
        .map(|p| p.path.strip_prefix("data.").unwrap_or(&p.path))
        .collect();
    if request.all_namespaces {
        return with_rules.into_iter().map(str::to_owned).collect();
    }
    let default = ["main".to_owned()];
    let asked = if request.namespaces.is_empty() { &default[..] } else { &request.namespaces };
    let mut chosen = BTreeSet::new();
    for pattern in asked {
        if !pattern.contains(['*', '?', '[']) {
            chosen.insert(pattern.clone());
            continue;
        }
        chosen.extend(with_rules.iter().filter(|n| namespace::matches(pattern, n)).map(|n| (*n).to_owned()));
    }
    let missed: Vec<String> =
        with_rules.iter().filter(|n| !chosen.contains(**n)).map(|n| format!("`{n}`")).collect();
    let ran = with_rules.iter().any(|n| chosen.contains(*n));
    if !ran && with_rules.is_empty() {
        warnings.push("no policy was run: there is no rule named deny, violation or warn".to_owned());
    } else if !ran {
        let asked: Vec<String> = asked.iter().map(|n| format!("`{n}`")).collect();
        warnings.push(format!(
            "no policy was run: {} has no rule; found, and not run: {}. Name them with --namespace, or give --all-namespaces",
            asked.join(", "),
            missed.join(", ")
        ));
    } else if !missed.is_empty() && request.namespaces.is_empty() {
        warnings
            .push(format!("not run: {} (--namespace NAME or --all-namespaces runs them)", missed.join(", ")));
    }
    chosen.into_iter().collect()
}

/// Files and what stands in them; the elements of an array count as documents of their own.
fn inputs(request: &TestRequest) -> Result<Vec<(String, Vec<Value>)>, EngineError> {
    let mut out = Vec::new();
    let mut stdin = request.stdin.as_deref();
    for given in &request.files {
        if given == "-" {
            let text = stdin.take().ok_or(EngineError::StdinTwice)?;
            out.push((given.clone(), documents(given, text)?));
            continue;
        }
        for path in policy::files(given, &[".json"])? {
            let text = policy::text(&path, MAX_PLAN)?;
            out.push((path.clone(), documents(&path, &text)?));
        }
    }
    Ok(out)
}

fn documents(path: &str, text: &str) -> Result<Vec<Value>, EngineError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = Value::parse_json(text).map_err(|e| EngineError::Input {
        path: path.to_owned(),
        format: "JSON",
        reason: e.to_string(),
    })?;
    Ok(match value.as_array() {
        Some(items) => items.iter().cloned().collect(),
        None => vec![value],
    })
}

fn session(
    compiled: &Compiled,
    base: &Map<String, Json>,
    file: &str,
    request: &TestRequest,
) -> Result<Session, EngineError> {
    let (dir, name) = file.rsplit_once('/').unwrap_or((".", file));
    let mut data = base.clone();
    let place = serde_json::json!({ "file": { "name": name, "dir": dir } });
    policy::merge(&mut data, Map::from_iter([("conftest".to_owned(), place)]));
    let start = Instant::now();
    let limits = Limits::within(request.time_limit, Clock::new(move || start.elapsed()));
    let mut session = compiled.session(Value::from(Json::Object(data)), limits);
    session.set_now(request.now);
    Ok(session)
}

fn rules(package: &Package) -> Vec<TestRule> {
    // the names are those of conftest: parts of letters and digits behind underscores
    static NAMES: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new("^(deny|violation|warn)(_[a-zA-Z0-9]+)*$").ok());
    let Some(names) = NAMES.as_ref() else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let mut out: Vec<TestRule> = Vec::new();
    for r in package.rules.iter().filter(|r| names.is_match(&r.name)) {
        let class = if r.name.starts_with("warn") { RuleClass::Warning } else { RuleClass::Failure };
        if seen.insert(r.name.to_lowercase()) {
            out.push(TestRule { name: r.name.clone(), bodies: r.bodies.max(1), class });
        }
    }
    out
}

fn evaluate(
    session: &Session,
    package: Option<&Package>,
    file: &str,
    namespace: &str,
    warned: &mut BTreeSet<String>,
) -> Result<FileResults, EngineError> {
    let mut out = FileResults {
        file: file.to_owned(),
        namespace: namespace.to_owned(),
        successes: 0,
        results: Vec::new(),
    };
    let Some(package) = package else { return Ok(out) };
    let excepted = match package.rule("exception") {
        Some(_) => exceptions(&run(session, &format!("{}.exception", package.path))?),
        None => BTreeSet::new(),
    };
    let mut bodies = 0;
    for rule in rules(package) {
        bodies += rule.bodies;
        let path = format!("{}.{}", package.path, rule.name);
        let value = run(session, &path)?;
        let suffix = rule.name.split_once('_').map_or("", |(_, s)| s);
        for message in messages(&path, value, warned)? {
            let result = if excepted.contains(suffix) {
                let query = format!("{}.exception[_][_] == \"{suffix}\"", package.path);
                TestResult { outcome: Outcome::Exception, message: query }
            } else {
                let failure = rule.class == RuleClass::Failure;
                TestResult { outcome: if failure { Outcome::Failure } else { Outcome::Warning }, message }
            };
            out.results.push(result);
        }
    }
    out.successes = bodies.saturating_sub(out.results.len());
    Ok(out)
}

fn run(session: &Session, path: &str) -> Result<Option<Value>, EngineError> {
    session.rule(path).map_err(|e| EngineError::Evaluation(format!("`{path}`: {e}")))
}

/// Suffixes of rules that an `exception` rule names: its elements are lists of them.
fn exceptions(value: &Option<Value>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for list in value.as_ref().and_then(elements).unwrap_or_default() {
        out.extend(elements(&list).unwrap_or_default().iter().filter_map(Value::as_str).map(str::to_owned));
    }
    out
}

fn elements(value: &Value) -> Option<Vec<Value>> {
    match (value.as_set(), value.as_array()) {
        (Some(set), _) => Some(set.iter().cloned().collect()),
        (_, Some(array)) => Some(array.iter().cloned().collect()),
        _ => None,
    }
}

/// The messages of a rule's value. conftest drops what is neither string nor object without a word; here that is
/// said on standard error.
fn messages(
    path: &str,
    value: Option<Value>,
    warned: &mut BTreeSet<String>,
) -> Result<Vec<String>, EngineError> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let Some(items) = elements(&value) else {
        if value.as_bool() != Some(false) {
            warned.insert(format!(
                "`{path}` is no set of messages and can't fail; write it as `{} contains msg if {{ … }}`",
                path.rsplit('.').next().unwrap_or(path)
            ));
        }
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    for item in items {
        if let Some(text) = item.as_str() {
            out.push(text.to_owned());
        } else if item.as_object().is_some() {
            let message = item.get("msg").and_then(Value::as_str);
            let message = message.ok_or_else(|| {
                EngineError::Evaluation(format!(
                    "`{path}` gave an object without a string `msg`: {}",
                    item.to_json()
                ))
            })?;
            out.push(message.to_owned());
        } else {
            warned.insert(format!("`{path}` gave {}, which is no message and was dropped", item.to_json()));
        }
    }
    out.sort();
    Ok(out)
}
