//! Calls: what is called, and with how much.

use crate::Value;
use crate::builtins;
use crate::syntax::{self, Name, Span, TermKind};

use super::core::{Call, Callee, Kind, Literal, Root, Term};
use super::lower::{Lower, path_text};
use super::scope::{Meaning, Standing};

impl Lower<'_> {
    pub(super) fn call(&mut self, call: syntax::Call, at: Span, support: &mut Vec<Literal>) -> Term {
        let Some((callee, args)) = self.call_parts(call, at, !self.in_head, true, support) else {
            return Term::Const(Value::Null);
        };
        let (callee, args) = match self.metadata(callee, args, at) {
            Ok(known) => return Term::Const(known),
            Err(call) => call,
        };
        let out = Term::Var(self.scopes.fresh(at));
        support.push(Literal::new(Kind::Call(Call { callee, args, out: Some(out.clone()) }), at));
        out
    }

    /// Calls of `rego.metadata.*` have constant results.
    pub(crate) fn metadata(
        &self,
        callee: Callee,
        args: Vec<Term>,
        _at: Span,
    ) -> Result<Value, (Callee, Vec<Term>)> {
        match &callee {
            Callee::Builtin(builtin) if builtin.name == "rego.metadata.chain" => {
                Ok((self.around.metadata)(self.rule.0, self.rule.1).0)
            }
            Callee::Builtin(builtin) if builtin.name == "rego.metadata.rule" => {
                Ok((self.around.metadata)(self.rule.0, self.rule.1).1)
            }
            _ => Err((callee, args)),
        }
    }

    /// Finds out what is called, and lowers the arguments; `nested` if the call is part of an expression of
    /// a body, `value` if its value is used.
    pub(crate) fn call_parts(
        &mut self,
        call: syntax::Call,
        at: Span,
        nested: bool,
        value: bool,
        support: &mut Vec<Literal>,
    ) -> Option<(Callee, Vec<Term>)> {
        let callee = self.callee(&call.operator, call.args.len(), nested)?;
        let arity = match &callee {
            Callee::Builtin(builtin) if builtin.name == "print" => {
                if value {
                    self.problem("rego_type_error", at, "print used as value");
                    return None;
                }
                let args = call.args.into_iter().map(|arg| self.optional(arg)).collect();
                return Some((callee, vec![Term::Array(args)]));
            }
            Callee::Builtin(builtin) => builtin.arity,
            Callee::Function(node) => self.around.program.nodes.get(*node)?.arity?,
        };
        // What the value has to be may be one more argument, unless it is used for something else.
        let found = call.args.len();
        if found != arity && (value || found != arity + 1) {
            let message = match &callee {
                Callee::Builtin(builtin) => {
                    let args = call.args.into_iter().map(|arg| self.term(arg, support)).collect();
                    self.problems.push(super::types::wrong_arity(builtin, args, value, at));
                    return None;
                }
                Callee::Function(node) => {
                    let name = self.around.program.name(*node);
                    wrong_arity(&name, arity, found)
                }
            };
            self.problem("rego_type_error", at, message);
            return None;
        }
        Some((callee, self.terms(call.args, support)))
    }

    fn callee(&mut self, operator: &syntax::Term, found: usize, nested: bool) -> Option<Callee> {
        let program = self.around.program;
        let (first, rest): (Option<&Name>, &[syntax::Term]) = match &operator.kind {
            TermKind::Var(name) => (Some(name), &[]),
            TermKind::Ref(steps) => {
                (steps.first().and_then(syntax::Term::as_var), steps.get(1..).unwrap_or_default())
            }
            _ => (None, &[]),
        };
        let first = first?;
        let standing = self.scopes.standing(first);
        let dotted = || operator.dotted().unwrap_or_default();
        if standing == Standing::Declared {
            let (code, message) = match nested {
                true => ("rego_compile_error", format!("called function {} shadowed", dotted())),
                false => ("rego_type_error", format!("undefined function {}", dotted())),
            };
            self.problem(code, operator.at, message);
            return None;
        }
        if standing == Standing::DeclaredBelow && builtins::find(&dotted()).is_none() {
            // The declaration is what is wrong.
            self.scopes.see(first);
            return None;
        }
        self.scopes.see(first);
        if standing == Standing::Free
            && let Meaning::Document(mut of) = self.peek(first, operator.at)
        {
            for step in rest.iter().filter_map(syntax::Term::as_string) {
                of = of.below(program, Value::String(step.clone()));
            }
            let node =
                of.node.filter(|node| program.nodes.get(*node).is_some_and(|node| node.arity.is_some()));
            if of.root == Root::Data
                && let Some(node) = node
            {
                return Some(Callee::Function(node));
            }
            let path = path_text(&of.path);
            let is_rule = of.node.and_then(|node| program.nodes.get(node)).is_some_and(|node| node.has_rules);
            let message = match of.root {
                Root::Data if is_rule => wrong_arity(&path, 0, found),
                Root::Data => format!("undefined function {path}"),
                _ => format!("undefined function {}", path.replacen("data", "input", 1)),
            };
            self.problem("rego_type_error", operator.at, message);
            return None;
        }
        let dotted = dotted();
        if let Some(native) = program.native(&dotted) {
            return Some(Callee::Function(native));
        }
        match builtins::find(&dotted) {
            Some(builtin) => Some(Callee::Builtin(builtin)),
            None => {
                self.problem("rego_type_error", operator.at, format!("undefined function {dotted}"));
                None
            }
        }
    }
}

/// Says that a function takes another number of arguments.
fn wrong_arity(name: &str, arity: usize, found: usize) -> String {
    let plural = if found == 1 { "argument" } else { "arguments" };
    format!("function {name} has arity {arity}, got {found} {plural}")
}
