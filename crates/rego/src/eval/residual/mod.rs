//! What is left of a query while values are unknown, as Rego that can be compiled and run again.
//!
//! What enters: a compiled query, and a machine that knows which values are unknown. What leaves: the bodies that are
//! left, each a query, and the rules that they need. An instruction that needs nothing unknown is run, and each of its
//! solutions goes on by itself; any other is written down with what is known put in. What can't be written down
//! exactly ends in an error.
//!
//! `body` goes through instructions, `walk` through references, `closures` through bodies inside bodies, `rules` makes
//! the rules that hang on something unknown, `text` writes.

mod body;
mod closures;
mod rules;
mod text;
mod walk;

use std::collections::HashMap;

use crate::compile::ir::NodeId;
use crate::compile::query::Query;
use crate::{EvalError, Value};

use super::machine::{Halt, Machine, Run};

/// The most expressions that are written down.
const MAX_EXPRESSIONS: usize = 100_000;

/// The value of a variable: known, perhaps with something unknown inside, or a term that says what it is.
#[derive(Debug, Clone)]
enum Term {
    Value(Value),
    Open(String),
}

/// What is left of a query: bodies, and rules of one package.
pub(crate) struct Written {
    pub(crate) queries: Vec<String>,
    pub(crate) rules: String,
    /// Some rule was written in the old syntax and wants its builtins.
    pub(crate) old: bool,
}

/// One way through a body: what is left of it, and what it leads to.
struct Way {
    left: Vec<String>,
    heads: Vec<Term>,
}

struct Special<'m, 'p> {
    machine: &'m mut Machine<'p>,
    /// What the names of variables begin with; no name of a policy does.
    prefix: String,
    package: String,
    named: usize,
    begun: usize,
    written: usize,
    /// Rules that are written down, with what they are called.
    names: HashMap<NodeId, String>,
    rules: String,
    /// What is being written stands in a file in the old syntax; none for a query.
    old: Option<bool>,
    /// Whether rules of either kind were written.
    versions: (bool, bool),
    /// Something that was written down may have several solutions, in the way that is being gone.
    many: bool,
    /// Ways part behind something that may have several solutions, so that they are not in their order.
    parted: bool,
}

type Frame = Vec<Term>;
type Found<'f, 'm, 'p> = &'f mut dyn FnMut(&mut Special<'m, 'p>, &mut Frame, &[String]) -> Run<()>;

impl Machine<'_> {
    /// Writes down what is left of a query.
    pub(crate) fn residual(&mut self, query: &Query) -> Run<Written> {
        let keys: Vec<String> = {
            let nodes = self.program.nodes.iter().flat_map(|node| node.children.keys());
            let names = query.answers.iter().map(|(name, _)| name.to_string());
            nodes.filter_map(|key| key.as_str().map(str::to_string)).chain(names).collect()
        };
        let free = |name: &str| {
            let mut name = name.to_string();
            while keys.iter().any(|key| key.starts_with(&name))
                || self.context.data.lookup(&Value::from(name.as_str())).is_some()
            {
                name.push('_');
            }
            name
        };
        let (prefix, package) = (free("v"), free("partial"));
        let mut special = Special {
            machine: self,
            prefix,
            package,
            named: 0,
            begun: 0,
            written: 0,
            names: HashMap::new(),
            rules: String::new(),
            old: None,
            versions: (false, false),
            many: false,
            parted: false,
        };
        let mut queries = Vec::new();
        let mut frame = vec![Term::Value(Value::Null); query.slots];
        let gone =
            special.body(&query.block.code, &mut frame, &mut Vec::new(), &mut |special, frame, left| {
                let mut left = left.to_vec();
                for (name, var) in &query.answers {
                    let term = special.slot(frame, *var);
                    left.push(format!("{name} = {}", special.text(&term)));
                }
                queries.push(if left.is_empty() { "true".to_string() } else { left.join("; ") });
                Ok(())
            });
        let is_final =
            |error: &EvalError| matches!(error.code.as_str(), "eval_partial_error" | "eval_cancel_error");
        match gone {
            // Perhaps nobody comes to it: something unknown may end the way before.
            Err(error) if special.written > 0 && !is_final(&error) => return Err(cannot(&error.message)),
            gone => gone?,
        }
        let (new, old) = special.versions;
        if new && old {
            return Err(cannot("rules in both versions of the language"));
        }
        let package = special.package;
        let rules = match (special.rules.is_empty(), old) {
            (true, _) => String::new(),
            (false, true) => format!("package {package}\n\nimport future.keywords\n\n{}", special.rules),
            (false, false) => format!("package {package}\n\n{}", special.rules),
        };
        Ok(Written { queries, rules, old })
    }
}

/// Says what can't be written down.
fn cannot(what: &str) -> Halt {
    Box::new(EvalError::new("eval_partial_error", format!("what is left can't be written down: {what}")))
}
