//! Whether what references ask for can be there.

use crate::Value;
use crate::compile::core::{Ref, Root, Term};
use crate::compile::error::Problem;
use crate::compile::lower::path_text;

use super::Type;
use super::check::{Env, problem};
use super::infer::Start;
use super::select::{keys, known_keys, select, values};
use super::unify::unifies;

impl Env<'_> {
    /// Checks that what a reference asks for can be there.
    pub(super) fn reference(&mut self, reference: &Ref) {
        let start = match self.start(reference) {
            Start::Open => self.start_outside(reference),
            start => start,
        };
        let (mut at, taken) = match start {
            Start::At(of, taken) => (of, taken),
            // Anything may be there; variables can still get a type.
            Start::Unknown if reference.is_constant() => return,
            Start::Unknown | Start::Open => (Type::any(), 0),
            Start::Function(taken) => {
                let shown = self.shown(reference, reference.steps.len());
                let carets = "^".repeat(self.shown(reference, taken + 1).chars().count());
                let details =
                    vec![shown.clone(), carets, format!("have: {}", self.function(reference, taken))];
                let message = format!("function {shown} used as reference, not called");
                self.problems.push(problem(reference.at, message, details));
                return;
            }
        };
        for (index, step) in reference.steps.iter().enumerate().skip(taken) {
            let Some(keys) = keys(&at) else {
                let shown = self.shown(reference, reference.steps.len());
                let carets = "^".repeat(self.shown(reference, index).chars().count());
                let details = vec![shown.clone(), carets, format!("have: {at}")];
                self.problems.push(problem(reference.at, format!("undefined ref: {shown}"), details));
                return;
            };
            let (found, have) = match step {
                Term::Const(key) => (select(&at, key), None),
                Term::Var(var) => match self.known(*var) {
                    Some(known) if !unifies(known, &keys) => (None, Some(known.clone())),
                    Some(_) => (Some(values(&at)), None),
                    None => {
                        self.set(*var, keys.clone());
                        (Some(values(&at)), None)
                    }
                },
                Term::Ref(inner) => {
                    let known = self.of_reference(inner);
                    (unifies(&known, &keys).then(|| values(&at)), Some(known))
                }
                _ => match step.as_const() {
                    Some(key) => (select(&at, &key), None),
                    None => {
                        let fits = self.unify_type(step, &keys, false);
                        (fits.then(|| values(&at)), self.of(step))
                    }
                },
            };
            match found {
                Some(next) => at = next,
                None => {
                    let found = self.invalid(reference, index, have.as_ref(), &keys, &known_keys(&at));
                    self.problems.push(found);
                    return;
                }
            }
        }
    }

    fn invalid(
        &self,
        reference: &Ref,
        index: usize,
        have: Option<&Type>,
        want: &Type,
        one_of: &[Value],
    ) -> Problem {
        let shown = self.shown(reference, reference.steps.len());
        let pad = " ".repeat(self.shown(reference, index).chars().count() + 1);
        let have = match (have, reference.steps.get(index).and_then(Term::as_const)) {
            (Some(have), _) => format!("{pad}have (type): {have}"),
            (None, Some(key)) => format!("{pad}have: {key}"),
            (None, None) => format!("{pad}have (type): ???"),
        };
        let want = match one_of {
            [] => format!("{pad}want (type): {want}"),
            keys => {
                let keys: Vec<String> = keys.iter().map(Value::to_string).collect();
                format!("{pad}want (one of): [{}]", keys.join(" "))
            }
        };
        let details = vec![shown.clone(), format!("{pad}^"), have, want];
        problem(reference.at, format!("undefined ref: {shown}"), details)
    }

    /// Writes the type of the function that the first steps of a reference lead to.
    fn function(&self, reference: &Ref, taken: usize) -> String {
        let path: Option<Vec<Value>> = reference.steps.iter().take(taken + 1).map(Term::as_const).collect();
        let node = path.and_then(|path| self.program.find(&path));
        match node.and_then(|node| self.known.functions.get(node)?.as_ref()) {
            Some(known) => format!("{} => {}", known.shown_args(), known.result),
            None => "function".to_string(),
        }
    }

    /// Writes a reference up to a step.
    fn shown(&self, reference: &Ref, up_to: usize) -> String {
        let mut text = match reference.root {
            Root::Input => "input".to_string(),
            Root::Data => "data".to_string(),
            Root::Var(var) => self.label(var).into_owned(),
        };
        for step in reference.steps.iter().take(up_to) {
            match (step, step.as_const()) {
                (_, Some(key)) => {
                    let path = path_text(std::slice::from_ref(&key));
                    text.push_str(path.strip_prefix("data").unwrap_or_default());
                }
                (Term::Var(var), None) => text.push_str(&format!("[{}]", self.label(*var))),
                (Term::Ref(inner), None) => {
                    text.push_str(&format!("[{}]", self.shown(inner, inner.steps.len())));
                }
                _ => text.push_str("[…]"),
            }
        }
        text
    }
}
