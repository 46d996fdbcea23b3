//! Runs the policies over one plan and reads what they say.
//!
//! Enters: a compiled program and a plan. Leaves: elements with the entry that said them; what went wrong in a
//! policy is a note, never silence.

use serde_json::{Map, Value as Json};
use trueline_model::{Note, NoteKind, Plan};
use trueline_rego::{EvalError, Limits, Session, Value};

use crate::element::{self, Element};
use crate::program::{Entry, Program};

/// Runs all entries over a plan; an index into the program's entries stands beside each element.
pub fn run(
    program: &Program,
    plan: &Plan,
    trueline: Map<String, Json>,
    limits: &Limits,
    now: i64,
) -> (Vec<(usize, Element)>, Vec<Note>) {
    let Some(compiled) = &program.compiled else { return (Vec::new(), Vec::new()) };
    let data = Json::Object([("trueline".to_owned(), Json::Object(trueline))].into_iter().collect());
    let mut session = compiled.session(Value::from(data), limits.clone());
    if program.reads_input {
        session.set_input(Value::from(&*plan.json));
    }
    session.set_now(now);
    let (mut said, mut notes) = (Vec::new(), Vec::new());
    for (i, entry) in program.entries.iter().enumerate() {
        let list = match elements(&session, entry) {
            Ok(list) => list,
            Err(e) => {
                notes.push(error(
                    format!("the policy `{}` could not be run on `{}`: {e}", entry.query, plan.path),
                    "mend the policy; until then what it would find stays unsaid",
                ));
                continue;
            }
        };
        for json in list {
            match element::read(&json) {
                Ok(element) => said.push((i, element)),
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

/// The members of the set (or array) that a rule gives; anything else gives none, as with conftest.
fn elements(session: &Session, entry: &Entry) -> Result<Vec<Json>, EvalError> {
    Ok(match session.rule(&entry.query)?.map(|v| v.to_json()) {
        Some(Json::Array(a)) => a,
        _ => Vec::new(),
    })
}
