//! What the rules of a package say of one input.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use trueline_rego::{Package, Session, Value};
use trueline_report::conftest::{FileResults, Outcome, TestLocation, TestResult};

use super::packages::{RuleClass, rules};
use crate::EngineError;

/// Runs the rules of a package over one input.
pub(super) fn evaluate(
    session: &Session,
    package: Option<&Package>,
    file: &str,
    namespace: &str,
    warned: &mut BTreeSet<String>,
) -> Result<FileResults, EngineError> {
    let mut out =
        FileResults { file: file.to_owned(), namespace: namespace.to_owned(), ..FileResults::default() };
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
        let outcome = match rule.class {
            RuleClass::Failure => Outcome::Failure,
            RuleClass::Warning => Outcome::Warning,
        };
        for found in messages(&path, value, outcome, warned)? {
            out.results.push(match excepted.contains(suffix) {
                true => TestResult {
                    outcome: Outcome::Exception,
                    message: format!("{}.exception[_][_] == \"{suffix}\"", package.path),
                    location: None,
                    metadata: Map::new(),
                },
                false => found,
            });
        }
    }
    out.prints = session.take_prints();
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

/// What a rule's value tells. conftest drops what is neither string nor object without a word; here that is said on
/// standard error.
fn messages(
    path: &str,
    value: Option<Value>,
    outcome: Outcome,
    warned: &mut BTreeSet<String>,
) -> Result<Vec<TestResult>, EngineError> {
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
    let query = || ("query".to_owned(), Json::from(path));
    let mut out = Vec::new();
    for item in items {
        if let Some(text) = item.as_str() {
            let metadata = Map::from_iter([query()]);
            out.push(TestResult { outcome, message: text.to_owned(), location: None, metadata });
        } else if item.as_object().is_some() {
            let message = item.get("msg").and_then(Value::as_str).ok_or_else(|| {
                EngineError::Evaluation(format!(
                    "`{path}` gave an object without a string `msg`: {}",
                    item.to_json()
                ))
            })?;
            let mut metadata = match item.to_json() {
                Json::Object(said) => said,
                _ => Map::new(),
            };
            metadata.retain(|key, _| key != "msg" && key != "_loc");
            metadata.extend([query()]);
            let location = item.get("_loc").and_then(location);
            out.push(TestResult { outcome, message: message.to_owned(), location, metadata });
        } else {
            warned.insert(format!("`{path}` gave {}, which is no message and was dropped", item.to_json()));
        }
    }
    out.sort_by(|a, b| a.message.cmp(&b.message));
    Ok(out)
}

/// The place that `_loc` names; none if it names neither a file nor a line.
fn location(said: &Value) -> Option<TestLocation> {
    let file = said.get("file").and_then(Value::as_str).unwrap_or_default().to_owned();
    let line = match said.get("line") {
        Some(Value::Number(line)) => line.to_string(),
        _ => String::new(),
    };
    (!file.is_empty() || !line.is_empty()).then_some(TestLocation { file, line })
}
