//! Verdicts that say what they rest on, and what is still unknown; and partial results.
//!
//! What enters: a rule or query, and routes in `input` and `data` whose values are not known. What leaves: what is
//! certain whatever the unknown values are, the routes that each answer was read from, and what is left to decide.

use std::collections::BTreeMap;

use crate::compile::Program;
use crate::eval::{Cache, Machine, Observed, Sources};
use crate::session::{Binding, answers};
use crate::{
    CompileOptions, Diagnostic, EvalError, Limits, PolicyFile, Reason, Route, Session, Unknown, Value,
    Version,
};

/// What is known of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What is certain: the value, or the members and entries that are there in any case. A collection with something
    /// unknown inside is there as far as it is known.
    pub value: Option<Value>,
    /// What the value rests on: one reason for each member or entry, one for a single value.
    pub reasons: Vec<Reason>,
    /// Why there may be more, or another value; empty if the verdict is final.
    pub unknown: Vec<Unknown>,
}

impl Verdict {
    /// Tells whether unknown values leave nothing open.
    pub fn is_final(&self) -> bool {
        self.unknown.is_empty()
    }
}

/// What is known of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Partial {
    /// Answers that hold whatever the unknown values are.
    pub answers: Vec<Binding>,
    /// What is left to decide: ways that may lead to more answers, each with its residual expressions.
    pub unknown: Vec<Unknown>,
}

/// What is left of a query, as policies.
#[derive(Debug, Clone)]
pub struct Residual {
    /// Queries whose answers together are those of the query; none if nothing can be an answer any more, and `true` if
    /// the query holds whatever the unknown values are.
    pub queries: Vec<String>,
    /// The rules that the queries need.
    pub support: Option<PolicyFile>,
}

impl Session {
    /// Evaluates a rule while values at these routes are unknown, and says what it rests on.
    ///
    /// ```
    /// use trueline_rego::{CompileOptions, Limits, PolicyFile, Value, compile};
    /// let policy = PolicyFile::new("p.rego", r#"package p
    /// deny contains r.name if { some r in input.resources; r.encrypted == false }
    /// "#);
    /// let compiled = compile(&[policy], &CompileOptions::default()).unwrap();
    /// let mut session = compiled.session(Value::empty_object(), Limits::default());
    /// let input = r#"{"resources": [{"name": "a", "encrypted": false}, {"name": "b"}]}"#;
    /// session.set_input(Value::parse_json(input).unwrap());
    /// let route = |step: usize, key: &str| vec!["input".into(), "resources".into(), step.into(), key.into()];
    /// let verdict = session.verdict("data.p.deny", &[route(1, "encrypted")]).unwrap();
    /// assert_eq!(verdict.value, Some(Value::set(vec!["a".into()])));
    /// assert!(verdict.reasons[0].reads.contains(&route(0, "encrypted")));
    /// assert_eq!(verdict.unknown[0].route, route(1, "encrypted"));
    /// ```
    ///
    /// # Errors
    /// When there is no rule at the path, evaluation fails or a limit is reached.
    pub fn verdict(&self, path: &str, unknown: &[Route]) -> Result<Verdict, EvalError> {
        self.verdict_from(path, &mut self.sources(unknown))
    }

    /// Evaluates several rules so; where the values of input and data are is found out once for all of them.
    pub fn verdicts(&self, paths: &[&str], unknown: &[Route]) -> Vec<Result<Verdict, EvalError>> {
        let mut sources = self.sources(unknown);
        paths.iter().map(|path| self.verdict_from(path, &mut sources)).collect()
    }

    fn sources(&self, unknown: &[Route]) -> Sources {
        let roots = [("input", self.input.as_ref()), ("data", Some(&self.data))];
        Sources::new(&roots, unknown)
    }

    fn verdict_from(&self, path: &str, sources: &mut Sources) -> Result<Verdict, EvalError> {
        let nothing = || EvalError::new("rego_compile_error", format!("there is no rule {path}"));
        let steps = crate::compile::query::ground_path(path).ok_or_else(nothing)?;
        let program = &self.compiled.output.program;
        let node = program.find(&steps).filter(|node| *node != Program::ROOT).ok_or_else(nothing)?;
        if program.nodes.get(node).is_none_or(|node| !node.has_rules || node.arity.is_some()) {
            return Err(nothing());
        }
        let mut machine = self.machine(Cache::default());
        machine.observed = Some(Box::new(Observed::tracing(std::mem::take(sources))));
        let run = machine.rule_with_note(node);
        let (_, _, observed) = machine.finish();
        let (found, back) = observed.map(|observed| observed.give_back()).unwrap_or_default();
        *sources = back;
        let (value, note) = run.map_err(|error| *error)?;
        let members = note.members.iter().map(|(member, reads)| (Some(member.clone()), reads));
        let single = value.iter().filter(|_| note.members.is_empty()).map(|_| (None, &note.reads));
        let mut reads: BTreeMap<Option<Value>, Vec<Route>> = BTreeMap::new();
        for (member, found) in members.chain(single) {
            let routes = reads.entry(member).or_default();
            for read in found {
                let route = read.route();
                if !routes.contains(&route) {
                    routes.push(route);
                }
            }
        }
        let reasons = reads.into_iter().map(|(member, reads)| Reason { member, reads }).collect();
        let unknown = match note.hangs_on {
            None => Vec::new(),
            // What is open is never without a name, wherever it was cut.
            Some(route) if found.is_empty() => vec![Unknown::at(&route)],
            Some(_) => found,
        };
        Ok(Verdict { value, reasons, unknown })
    }

    /// Evaluates a query as far as it goes while values at these routes are unknown.
    ///
    /// ```
    /// use trueline_rego::{CompileOptions, Limits, Value, compile};
    /// let compiled = compile(&[], &CompileOptions::default()).unwrap();
    /// let mut session = compiled.session(Value::empty_object(), Limits::default());
    /// session.set_input(Value::parse_json(r#"{"xs": [1, 2]}"#).unwrap());
    /// let partial = session.partial("some x in input.xs; x > input.y", &[vec!["input".into(), "y".into()]]).unwrap();
    /// assert!(partial.answers.is_empty());
    /// assert_eq!(partial.unknown[0].residual, ["x > input.y"]);
    /// ```
    ///
    /// # Errors
    /// When the query does not compile, evaluation fails or a limit is reached.
    pub fn partial(&self, query: &str, unknown: &[Route]) -> Result<Partial, EvalError> {
        let compiled = self.compile_query(query)?;
        let mut machine = self.observing(unknown);
        machine.name_query(query);
        let answers = answers(&mut machine, &compiled).map_err(|error| *error)?;
        Ok(Partial { answers, unknown: self.unknown_of(machine) })
    }

    /// Evaluates a query as far as it goes while values at these routes are unknown, and writes down what is left as
    /// queries and a policy that compile again.
    ///
    /// Over the same data, with an input in which the unknown values are filled in, they have the answers that the query
    /// has. What was known is put in; builtins of the caller are needed again. `print` is left out.
    ///
    /// ```
    /// use trueline_rego::{CompileOptions, Limits, PolicyFile, Value, compile};
    /// let policy = PolicyFile::new("p.rego", r#"package p
    /// allow if { input.role == "admin"; input.hour < data.closes }
    /// allow if input.role == "owner"
    /// "#);
    /// let compiled = compile(&[policy], &CompileOptions::default()).unwrap();
    /// let data = Value::parse_json(r#"{"closes": 17}"#).unwrap();
    /// let mut session = compiled.session(data, Limits::default());
    /// session.set_input(Value::parse_json(r#"{"role": "admin"}"#).unwrap());
    /// let residual = session.residual("data.p.allow", &[vec!["input".into(), "hour".into()]]).unwrap();
    /// assert_eq!(residual.queries, ["data.partial.r0_allow"]);
    /// let rules = residual.support.unwrap().source;
    /// assert!(rules.contains("r0_allow := true if {\n\tv1 = input[\"hour\"]\n\tlt(v1, 17)\n}"), "{rules}");
    /// ```
    ///
    /// # Errors
    /// When the query does not compile, evaluation fails or a limit is reached, and where what is left can't be written
    /// down exactly: `eval_partial_error`.
    pub fn residual(&self, query: &str, unknown: &[Route]) -> Result<Residual, EvalError> {
        let compiled = self.compile_query(query)?;
        // Each container has a place of its own, so that it is known where it comes from.
        let mut session = self.clone();
        session.input = self.input.as_ref().map(Value::apart);
        session.data = self.data.apart();
        let mut machine = session.observing(unknown);
        machine.observed = machine.observed.take().map(|observed| Box::new(observed.exact()));
        let written = machine.residual(&compiled).map_err(|error| *error)?;
        let version = if written.old { Version::V0 } else { Version::V1 };
        let support = (!written.rules.is_empty()).then(|| PolicyFile {
            path: "partial.rego".to_string(),
            source: written.rules.into(),
            version: Some(version),
        });
        let unfit = |wrong: &Diagnostic| {
            let message = format!("what is left can't be written down: {}", wrong.message);
            EvalError::new("eval_partial_error", message)
        };
        let builtins = self.compiled.output.builtins.clone();
        let options = CompileOptions { builtins, ..CompileOptions::default() };
        let compiled = crate::compile(support.as_slice(), &options);
        let compiled = compiled.map_err(|wrong| {
            wrong
                .first()
                .map(unfit)
                .unwrap_or_else(|| EvalError::new("eval_partial_error", "what is left can't be written down"))
        })?;
        let check = compiled.session(Value::empty_object(), Limits::default());
        for query in &written.queries {
            check
                .compile_query(query)
                .map_err(|error| EvalError { code: "eval_partial_error".into(), ..error })?;
        }
        Ok(Residual { queries: written.queries, support })
    }

    fn observing(&self, unknown: &[Route]) -> Machine<'_> {
        let mut machine = self.machine(Cache::default());
        machine.observed = Some(Box::new(Observed::tracing(self.sources(unknown))));
        machine
    }

    fn unknown_of(&self, machine: Machine<'_>) -> Vec<Unknown> {
        let (_, _, observed) = machine.finish();
        observed.map(|observed| observed.unknown).unwrap_or_default()
    }
}
