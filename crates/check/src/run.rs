//! Runs the policies over one plan and reads what they say.
//!
//! Enters: a compiled program and a plan. Leaves: elements with the entry that said them; what went wrong in a
//! policy is a note, never silence.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use trueline_model::{Note, NoteKind, Plan, Verdict};
use trueline_rego::{EvalError, Limits, Reason, Route, Session, Value, Verdict as Decided};

use crate::data::{self, Document};
use crate::element::{self, Element};
use crate::expect::{self, Outcome, Surroundings};
use crate::open::Unknowns;
use crate::program::{Entry, Program};
use crate::reasons::Subjects;

/// Most values that are named of what one policy can't decide.
const MAX_OPEN: usize = 1_000;

/// What an entry said: its number, what it means, and the element.
pub type Said = (usize, Verdict, Element);

/// What the entries said of a plan.
#[derive(Default)]
pub struct Answers {
    /// What is broken or undecided.
    pub said: Vec<Said>,
    /// What holds: the entry's number, the resource and the route.
    pub passes: Vec<(usize, String, String)>,
    /// What went wrong in a policy.
    pub notes: Vec<Note>,
}

/// Runs all entries over a plan; an index into the program's entries stands beside each element.
pub fn run(program: &Program, plan: &Plan, trueline: Document, limits: &Limits, now: i64) -> Answers {
    let Some(compiled) = &program.compiled else { return Answers::default() };
    let data = data::object([("trueline", trueline.into_iter().collect())]);
    let mut session = compiled.session(data, limits.clone());
    if program.reads_input {
        session.set_input(Value::from(&*plan.json));
    }
    session.set_now(now);
    let Answers { mut said, mut passes, mut notes } = Answers::default();
    let open = Open::of(program, plan, &session);
    notes.extend(open.unknowns.note());
    let around = Surroundings::new(plan);
    let mut subjects: Option<Subjects<'_>> = None;
    for (i, entry) in program.entries.iter().enumerate() {
        if entry.expects {
            match expectations(&session, entry, &around) {
                Ok((outcomes, problems)) => {
                    for outcome in outcomes {
                        match outcome {
                            Outcome::Pass { address, route } => passes.push((i, address, route)),
                            Outcome::Said(verdict, element) => said.push((i, verdict, *element)),
                        }
                    }
                    notes.extend(problems);
                }
                Err(e) => notes.push(not_run(entry, plan, &e)),
            }
            continue;
        }
        let list = match open.elements(i, &session, entry) {
            Ok(list) => list,
            Err(e) => {
                notes.push(not_run(entry, plan, &e));
                continue;
            }
        };
        for Answer { verdict, json, reads } in list {
            match element::read(&json) {
                Ok(mut element) => {
                    if !reads.is_empty() {
                        subjects.get_or_insert_with(|| Subjects::of(plan)).complete(&mut element, &reads);
                    }
                    said.push((i, verdict, element));
                }
                Err(problem) => notes.push(error(
                    format!("the policy `{}` gave a result that is no finding: {problem}", entry.query),
                    "let it give a message, or an object with `msg`",
                )),
            }
        }
    }
    Answers { said, passes, notes }
}

/// What became of the elements of an `expect` rule, and which of them are none.
fn expectations(
    session: &Session,
    entry: &Entry,
    around: &Surroundings<'_>,
) -> Result<(Vec<Outcome>, Vec<Note>), EvalError> {
    let (mut outcomes, mut notes) = (Vec::new(), Vec::new());
    let value = session.rule(&entry.query)?;
    let elements: &[Value] = match &value {
        Some(Value::Set(all)) => all,
        Some(Value::Array(all)) => all,
        _ => &[],
    };
    for element in elements {
        match expect::decide(element, around) {
            Ok(found) => outcomes.extend(found),
            Err(problem) => notes.push(error(
                format!("the policy `{}` gave a result that is no expectation: {problem}", entry.query),
                "let it give an object with `of`, a test such as `equals`, and `else`",
            )),
        }
    }
    Ok((outcomes, notes))
}

fn not_run(entry: &Entry, plan: &Plan, e: &EvalError) -> Note {
    error(
        format!("the policy `{}` could not be run on `{}`: {e}", entry.query, plan.path),
        "mend the policy; until then what it would find stays unsaid",
    )
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
        let own: Vec<(usize, &Entry)> =
            program.entries.iter().enumerate().filter(|(_, e)| e.own && !e.expects).collect();
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
    fn elements(&self, i: usize, session: &Session, entry: &Entry) -> Result<Vec<Answer>, EvalError> {
        let Some(decided) = self.verdicts.get(&i) else {
            let value = session.rule(&entry.query)?;
            let found = members(value.as_ref());
            // What a result was read from is asked only where there is one that does not say what it is about.
            let reasons = match entry.own && found.iter().any(nameless) {
                true => session.verdict(&entry.query, &[]).map(|v| v.reasons).unwrap_or_default(),
                false => Vec::new(),
            };
            return Ok(answers(entry, found, &reasons));
        };
        let decided = decided.as_ref().map_err(Clone::clone)?;
        let mut out = answers(entry, members(decided.value.as_ref()), &decided.reasons);
        let mut seen = BTreeSet::new();
        for unknown in &decided.unknown {
            if seen.len() >= MAX_OPEN {
                break;
            }
            let json = self.undecided(entry, &unknown.route);
            if seen.insert(json.to_string()) {
                out.push(Answer { verdict: Verdict::Unknown, json, reads: Vec::new() });
            }
        }
        Ok(out)
    }

    fn undecided(&self, entry: &Entry, route: &Route) -> Json {
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

/// One result of an entry, and what was read on the way to it.
struct Answer {
    verdict: Verdict,
    json: Json,
    reads: Vec<Route>,
}

fn answers(entry: &Entry, members: &[Value], reasons: &[Reason]) -> Vec<Answer> {
    // A rule with one value has one reason for all that is in it.
    let whole = reasons.iter().find(|r| r.member.is_none());
    let by_member: BTreeMap<&Value, &Reason> =
        reasons.iter().filter_map(|r| Some((r.member.as_ref()?, r))).collect();
    let reads = |member: &Value| {
        let reason = by_member.get(member).copied().or(whole);
        reason.map(|r| r.reads.clone()).unwrap_or_default()
    };
    let answer = |m: &Value| Answer { verdict: entry.verdict, json: m.to_json(), reads: reads(m) };
    members.iter().map(answer).collect()
}

/// True if a result does not say both which resource and what in it is meant.
fn nameless(member: &Value) -> bool {
    let said = |key: &str| member.lookup(&Value::from(key)).is_some();
    !(said("_loc") || said("address") && said("route"))
}

/// The members of the set (or array) that a rule gives; anything else gives none, as with conftest.
fn members(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Set(all)) => all,
        Some(Value::Array(all)) => all,
        _ => &[],
    }
}
