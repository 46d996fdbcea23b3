//! `trueline verify`: the tests of policies.

use serde_json::Value as Json;
use trueline_rego::{Session, TestOutcome, TestStatus, TraceLevel, Value};
use trueline_report::conftest::{
    FailedExpression, FileResults, Outcome, PolicyTest, TestResult, TestVerdict,
};

use super::secrets::Secrets;
use super::{ENVIRONMENT, PolicyRun, packages};
use super::{results, trace};
use crate::{EngineError, policy};

/// What `trueline verify` was asked for.
#[derive(Clone, Debug, Default)]
pub struct VerifyRequest {
    /// The policies and their tests; all namespaces if none is given.
    pub policies: PolicyRun,
    /// How much is told of tests that fail.
    pub report: Option<Report>,
}

/// How much is told of tests that fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// Expressions that fail.
    Fails,
    /// What `trace` and `print` say.
    Notes,
    /// Everything.
    Full,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verified {
    /// The tests, sorted by package and name.
    pub tests: Vec<PolicyTest>,
    /// How many percent of the expressions of the policies were evaluated.
    pub coverage: f64,
    /// What was done step by step, if asked.
    pub trace: Vec<String>,
    /// For standard error.
    pub warnings: Vec<String>,
}

impl Verified {
    /// The tests as results of the files they stand in.
    pub fn files(&self) -> Vec<FileResults> {
        self.tests.iter().map(result).collect()
    }
}

fn result(test: &PolicyTest) -> FileResults {
    let outcome = match test.verdict {
        TestVerdict::Passed => None,
        TestVerdict::Failed => Some(Outcome::Failure),
        TestVerdict::Skipped => Some(Outcome::Skipped),
    };
    let result = |outcome| TestResult {
        outcome,
        message: test.name.clone(),
        location: None,
        metadata: serde_json::Map::new(),
    };
    FileResults {
        file: test.file.clone(),
        namespace: String::new(),
        successes: usize::from(outcome.is_none()),
        results: outcome.map(result).into_iter().collect(),
        prints: test.prints.clone(),
    }
}

/// Runs the tests of policies.
pub fn verify(request: &VerifyRequest) -> Result<Verified, EngineError> {
    let run = &request.policies;
    let mut verified = Verified::default();
    let compiled = run.compiled(&mut verified.warnings)?;
    packages::check(&run.namespaces)?;
    let policy::Data { document: data, warnings } = policy::data(&run.data)?;
    verified.warnings.extend(warnings);
    let mut secrets = Secrets::of_environment(&run.environment);
    secrets.add_data(&data);
    let overlaps = compiled.overlaps(&Value::from(Json::Object(data.clone())));
    if !overlaps.is_empty() {
        return Err(EngineError::Policies(overlaps));
    }
    let mut session = run.session(&compiled, data);
    if !run.trace {
        session.watch(TraceLevel::Off);
    }
    for outcome in session.tests() {
        let namespace = outcome.package.strip_prefix("data.").unwrap_or(&outcome.package);
        if !run.namespaces.is_empty() && !packages::named(&run.namespaces, namespace) {
            continue;
        }
        let mut test = tested(&session, outcome, request.report).map_err(|e| secrets.mask_error(e))?;
        secrets.mask_test(&mut test);
        verified.tests.push(test);
    }
    if verified.tests.is_empty() {
        let warning = "no test was run: there is no rule whose name starts with `test_`";
        verified.warnings.push(warning.to_owned());
    }
    if session.has_asked_for_runtime() {
        verified.warnings.push(ENVIRONMENT.to_owned());
    }
    verified.coverage = session.coverage().percent();
    if run.trace {
        verified.trace = run.old_policies(&compiled);
        verified.trace.extend(session.take_trace().iter().map(trace::line));
        verified.trace.iter_mut().for_each(|line| secrets.mask_in_place(line));
    }
    Ok(verified)
}

fn tested(
    session: &Session,
    outcome: TestOutcome,
    report: Option<Report>,
) -> Result<PolicyTest, EngineError> {
    let name = format!("{}.{}", outcome.package, outcome.name);
    let verdict = match outcome.status {
        TestStatus::Pass => TestVerdict::Passed,
        TestStatus::Fail => TestVerdict::Failed,
        TestStatus::Skip => TestVerdict::Skipped,
        TestStatus::Error(e) => return Err(results::failed(&name, &e)),
    };
    let failed = outcome.failure.as_ref().map(|event| FailedExpression {
        file: event.path.clone(),
        line: event.line,
        text: trace::one_line(&event.text),
        values: trace::values(event),
    });
    let level = report.filter(|_| verdict == TestVerdict::Failed).map(|report| match report {
        Report::Fails => TraceLevel::Fails,
        Report::Notes => TraceLevel::Notes,
        Report::Full => TraceLevel::Full,
    });
    let steps = level.map(|level| session.trace_test(&outcome, level)).unwrap_or_default();
    let cases = outcome.cases.into_iter().map(|case| {
        let keys: Vec<String> = case.keys.iter().map(|key| key.to_key()).collect();
        (keys.join("/"), case.passed)
    });
    Ok(PolicyTest {
        name,
        file: outcome.file,
        line: outcome.line,
        verdict,
        failed,
        cases: cases.collect(),
        prints: outcome.prints.iter().map(results::line).collect(),
        steps: steps.iter().map(trace::line).collect(),
    })
}
