//! Runs the policies over one plan and reads what they say.
//!
//! Enters: a compiled program and a plan. Leaves: elements with the entry that said them; what went wrong in a
//! policy is a note, never silence.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};
use trueline_model::{Note, NoteKind, Plan, Verdict};
use trueline_rego::{EvalError, Limits, Session, Value, Verdict as Decided};

use crate::element::{self, Element};
use crate::open::Unknowns;
use crate::program::{Entry, Program};

/// Most values that are named of what one policy can't decide.
const MAX_OPEN: usize = 1_000;

/// What an entry said: its number, what it means, and the element.
pub type Said = (usize, Verdict, Element);

/// Runs all entries over a plan; an index into the program's entries stands beside each element.
pub fn run(
    program: &Program,
    plan: &Plan,
    trueline: Map<String, Json>,
    limits: &Limits,
    now: i64,
) -> (Vec<Said>, Vec<Note>) {
    let Some(compiled) = &program.compiled else { return (Vec::new(), Vec::new()) };
    let data = Json::Object([("trueline".to_owned(), Json::Object(trueline))].into_iter().collect());
    let mut session = compiled.session(Value::from(data), limits.clone());
    if program.reads_input {
        session.set_input(Value::from(&*plan.json));
    }
    session.set_now(now);
    let (mut said, mut notes) = (Vec::new(), Vec::new());
    let open = Open::of(program, plan, &session);
    for (i, entry) in program.entries.iter().enumerate() {
        let list = match open.elements(i, &session, entry) {
            Ok(list) => list,
            Err(e) => {
                notes.push(error(
                    format!("the policy `{}` could not be run on `{}`: {e}", entry.query, plan.path),
                    "mend the policy; until then what it would find stays unsaid",
                ));
                continue;
            }
        };
        for (verdict, json) in list {
            match element::read(&json) {
                Ok(element) => said.push((i, verdict, element)),
                Err(problem) => notes.push(error(
                    format!("the policy `{}` gave a result that is no finding: {problem}", entry.query),
                    "let it give a message, or an object with `msg`",
                )),
            }
        }
    }
    (said, notes)
}

fn error(message: String, help: &str) -> Note {
    Note { kind: NoteKind::Error, message, help: Some(help.to_owned()), at: None }
}

/// Verdicts of the organization's policies where not all values are known.
struct Open {
    unknowns: Unknowns,
    verdicts: BTreeMap<usize, Result<Decided, EvalError>>,
}

impl Open {
    fn of(program: &Program, plan: &Plan, session: &Session) -> Self {
        let own: Vec<(usize, &Entry)> = program.entries.iter().enumerate().filter(|(_, e)| e.own).collect();
        let unknowns = match own.is_empty() {
            true => Unknowns::default(),
            false => Unknowns::of(plan),
        };
        let mut verdicts = BTreeMap::new();
        if !unknowns.is_empty() {
            let paths: Vec<&str> = own.iter().map(|(_, e)| e.query.as_str()).collect();
            let all = session.verdicts(&paths, &unknowns.routes());
            verdicts = own.iter().map(|(i, _)| *i).zip(all).collect();
        }
        Self { unknowns, verdicts }
    }

    /// What an entry says, and what it leaves open.
    fn elements(
        &self,
        i: usize,
        session: &Session,
        entry: &Entry,
    ) -> Result<Vec<(Verdict, Json)>, EvalError> {
        let Some(decided) = self.verdicts.get(&i) else {
            let all = members(session.rule(&entry.query)?.map(|v| v.to_json()));
            return Ok(all.into_iter().map(|json| (entry.verdict, json)).collect());
        };
        let decided = decided.as_ref().map_err(Clone::clone)?;
        let certain = members(decided.value.as_ref().map(Value::to_json));
        let mut out: Vec<(Verdict, Json)> = certain.into_iter().map(|json| (entry.verdict, json)).collect();
        let mut seen = BTreeSet::new();
        for unknown in &decided.unknown {
            if seen.len() >= MAX_OPEN {
                break;
            }
            let json = self.undecided(entry, &unknown.route);
            if seen.insert(json.to_string()) {
                out.push((Verdict::Unknown, json));
            }
        }
        Ok(out)
    }

    fn undecided(&self, entry: &Entry, route: &trueline_rego::Route) -> Json {
        let policy = entry.query.strip_prefix("data.").unwrap_or(&entry.query);
        let what = |value: &str| format!("whether `{policy}` holds can't be decided: `{value}` is not known");
        match self.unknowns.place(route) {
            Some(p) if p.address.is_empty() => json!({"msg": what(&p.route), "why": p.why}),
            Some(p) => json!({"msg": what(&p.route), "why": p.why, "address": p.address, "route": p.route}),
            None => {
                let steps: Vec<String> = route.iter().map(|s| s.to_json().to_string()).collect();
                json!({"msg": what(&steps.join(".")), "why": "it is not known"})
            }
        }
    }
}

/// The members of the set (or array) that a rule gives; anything else gives none, as with conftest.
fn members(value: Option<Json>) -> Vec<Json> {
    match value {
        Some(Json::Array(a)) => a,
        _ => Vec::new(),
    }
}
