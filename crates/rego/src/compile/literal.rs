//! Expressions of the syntax tree to core literals.

use crate::Value;
use crate::builtins;
use crate::syntax::{self, Expr, ExprKind, Logical, Operand, Span, TermKind};

use super::core::{Call, Callee, Kind, Literal, Ref, Replacement, Root, Target, Term, Var};
use super::lower::Lower;
use super::names::NameMap;
use super::scope::{Document, Meaning, Occurrence, declared_in, is_root, names_of};

impl Lower<'_> {
    /// Lowers a body in the scope that is open.
    pub(crate) fn body(&mut self, body: syntax::Body) -> Vec<Literal> {
        let mut literals = Vec::with_capacity(body.len() + body.len() / 2);
        let at = body.first().map(|expr| expr.at).unwrap_or_default();
        for expr in body {
            self.expr(expr, &mut literals);
        }
        if literals.is_empty() {
            literals.push(Literal::new(Kind::Term(Term::Const(Value::Bool(true))), at));
        }
        literals
    }

    fn expr(&mut self, expr: Expr, literals: &mut Vec<Literal>) {
        let Expr { negated, kind, with, at } = expr;
        let with = self.with(with, literals);
        let from = literals.len();
        let Some(kind) = self.kind(kind, negated, at, literals) else {
            // What was needed for it is not needed any more.
            literals.truncate(from);
            return;
        };
        if !with.is_empty() {
            for literal in literals.iter_mut().skip(from) {
                literal.with = with.clone();
            }
        }
        literals.push(Literal { kind, negated, with, at });
    }

    fn kind(&mut self, kind: ExprKind, negated: bool, at: Span, support: &mut Vec<Literal>) -> Option<Kind> {
        match kind {
            ExprKind::Term(term) => self.term_kind(term, support),
            ExprKind::Unify(left, right) => {
                let left = self.term(left, support);
                Some(Kind::Unify(left, self.term(right, support)))
            }
            ExprKind::Assign(left, right) => {
                if negated {
                    self.problem("rego_compile_error", at, "cannot assign vars inside negated expression");
                    return None;
                }
                let value = self.term(right, support);
                let target = self.assigned(left, true, support)?;
                Some(Kind::Assign(target, value))
            }
            ExprKind::Some(vars) => {
                for var in vars {
                    if let Some(name) = var.as_var()
                        && let Err(message) = self.scopes.declare(name, Occurrence::Declared, var.at)
                    {
                        self.problem("rego_compile_error", at, message);
                    }
                }
                None
            }
            ExprKind::SomeIn(some) => Some(self.some_in(*some, at, support)),
            ExprKind::Every(every) => self.every(*every, at, support),
            ExprKind::Not(operand) => {
                let closed = !operand.explicit;
                let body = self.operand(*operand, "inside negated expression")?;
                Some(Kind::None { body, closed })
            }
            ExprKind::Logical(logical) => self.logical(*logical, at, support),
        }
    }

    /// Lowers `and` to two literals, each of which holds if its operand does, and `or` to one: not neither.
    fn logical(&mut self, logical: Logical, at: Span, support: &mut Vec<Literal>) -> Option<Kind> {
        let Logical { and, left, right } = logical;
        let mut fails = |operand: Operand| {
            let (closed, name) = (!operand.explicit, if and { "and" } else { "or" });
            let body = self.operand(operand, &format!("inside implicit {name} operand"))?;
            Some(Literal::new(Kind::None { body, closed }, at))
        };
        let (left, right) = (fails(left)?, fails(right)?);
        let holds = |body: Vec<Literal>| Kind::None { body, closed: false };
        if !and {
            return Some(holds(vec![left, right]));
        }
        support.push(Literal::new(holds(vec![left]), at));
        Some(holds(vec![right]))
    }

    /// Lowers an operand; one without braces is refused if it declares variables.
    fn operand(&mut self, operand: Operand, place: &str) -> Option<Vec<Literal>> {
        let Operand { body, explicit } = operand;
        if explicit {
            self.scopes.push(|hidden| declared_in(&body, hidden));
            let literals = self.body(body);
            self.scopes.pop();
            return Some(literals);
        }
        if let Some(expr) = body.iter().find(|expr| matches!(expr.kind, ExprKind::Assign(..))) {
            self.problem("rego_compile_error", expr.at, format!("cannot assign vars {place}"));
            return None;
        }
        Some(self.body(body))
    }

    fn term_kind(&mut self, term: syntax::Term, support: &mut Vec<Literal>) -> Option<Kind> {
        let at = term.at;
        let TermKind::Call(call) = term.kind else { return Some(Kind::Term(self.term(term, support))) };
        let (callee, mut args) = self.call_parts(*call, at, false, false, support)?;
        if let Callee::Builtin(builtin) = &callee
            && builtin.name == "equal"
            && args.len() == 2
        {
            let right = args.pop()?;
            return Some(Kind::Equal(args.pop()?, right));
        }
        let arity = match &callee {
            Callee::Builtin(builtin) if builtin.name == "print" => 1,
            Callee::Builtin(builtin) => builtin.arity,
            Callee::Function(node) => {
                self.around.program.nodes.get(*node).and_then(|node| node.arity).unwrap_or_default()
            }
        };
        match self.metadata(callee, args, at) {
            Ok(known) => Some(Kind::Term(Term::Const(known))),
            Err((callee, mut args)) => {
                let out = if args.len() > arity { args.pop() } else { None };
                Some(Kind::Call(Call { callee, args, out }))
            }
        }
    }

    /// Lowers the left side of `:=`, declaring its variables.
    fn assigned(&mut self, term: syntax::Term, outermost: bool, support: &mut Vec<Literal>) -> Option<Term> {
        match term.kind {
            TermKind::Var(name) if outermost && is_root(&name) && !self.may_hide_roots() => {
                let message = format!("variables must not shadow {name} (use a different variable name)");
                self.problem("rego_compile_error", term.at, message);
                None
            }
            TermKind::Var(name) => match self.scopes.declare(&name, Occurrence::Assigned, term.at) {
                Ok(var) => Some(Term::Var(var)),
                Err(message) => {
                    self.problem("rego_compile_error", term.at, message);
                    None
                }
            },
            TermKind::Array(items) => {
                let items: Option<Vec<Term>> =
                    items.into_iter().map(|item| self.assigned(item, false, support)).collect();
                items.map(Term::Array)
            }
            TermKind::Object(entries) => {
                let mut lowered = Vec::new();
                for (key, value) in entries {
                    let key = self.term(key, support);
                    lowered.push((key, self.assigned(value, false, support)?));
                }
                Some(Term::Object(lowered))
            }
            _ => {
                self.problem("rego_compile_error", term.at, format!("cannot assign to {}", term.kind_name()));
                None
            }
        }
    }

    fn some_in(&mut self, some: syntax::SomeIn, at: Span, support: &mut Vec<Literal>) -> Kind {
        let syntax::SomeIn { key, value, domain } = some;
        let mut outer = std::mem::take(&mut self.outer);
        names_of(&domain, &mut outer);
        let domain_at = domain.at;
        let container = self.term(domain, support);
        for pattern in key.iter().chain([&value]) {
            self.declare_pattern(pattern, &outer);
        }
        outer.clear();
        self.outer = outer;
        let key = match key {
            Some(key) => self.term(key, support),
            None => Term::Var(self.scopes.fresh(at)),
        };
        let value = self.term(value, support);
        let element = match container {
            Term::Ref(mut reference) => {
                reference.steps.reserve_exact(1);
                reference.steps.push(key);
                Term::Ref(reference)
            }
            other => {
                let root = Root::Var(self.variable(other, domain_at, support));
                Term::Ref(Box::new(Ref { root, steps: vec![key], at }))
            }
        };
        Kind::Unify(value, element)
    }

    fn variable(&mut self, term: Term, at: Span, support: &mut Vec<Literal>) -> Var {
        match term {
            Term::Var(var) => var,
            other => {
                let var = self.scopes.fresh(at);
                support.push(Literal::new(Kind::Unify(Term::Var(var), other), at));
                var
            }
        }
    }

    /// Declares the variables of a pattern: those that a value can be matched with.
    fn declare_pattern(&mut self, pattern: &syntax::Term, outer: &NameMap<()>) {
        match &pattern.kind {
            TermKind::Var(name) if !outer.contains(name) && !is_root(name) => {
                if let Err(message) = self.scopes.declare(name, Occurrence::Declared, pattern.at) {
                    self.problem("rego_compile_error", pattern.at, message);
                }
            }
            TermKind::Array(items) => items.iter().for_each(|item| self.declare_pattern(item, outer)),
            TermKind::Object(entries) => {
                entries.iter().for_each(|(_, value)| self.declare_pattern(value, outer))
            }
            _ => {}
        }
    }

    fn every(&mut self, every: syntax::Every, at: Span, support: &mut Vec<Literal>) -> Option<Kind> {
        let syntax::Every { key, value, domain, body } = every;
        let domain_at = domain.at;
        let inner = self.term(domain, support);
        let domain = Term::Var(self.variable(inner, domain_at, support));
        self.scopes.push(|hidden| {
            declared_in(&body, hidden);
            key.iter().chain([&value]).for_each(|term| names_of(term, hidden));
        });
        let declare = |lower: &mut Self, term: Option<&syntax::Term>| -> Var {
            match term.and_then(syntax::Term::as_var) {
                Some(name) => match lower.scopes.declare(name, Occurrence::Declared, at) {
                    Ok(var) => var,
                    Err(message) => {
                        lower.problem("rego_compile_error", at, message);
                        lower.scopes.fresh(at)
                    }
                },
                None => lower.scopes.fresh(at),
            }
        };
        let key = declare(self, key.as_ref());
        let value = declare(self, Some(&value));
        let body = self.body(body);
        self.scopes.pop();
        Some(Kind::Every { key, value, domain, body })
    }

    /// Lowers `with`; what its values need goes in front.
    pub(crate) fn with(
        &mut self,
        with: Vec<syntax::With>,
        literals: &mut Vec<Literal>,
    ) -> Vec<(Target, Replacement)> {
        let mut lowered = Vec::new();
        for with in with {
            let Some(target) = self.target(&with.target) else { continue };
            let replacement = match self.function_value(&with.value) {
                Some(callee) => Replacement::Function(callee, with.target.at),
                None => {
                    let at = with.value.at;
                    let value = self.term(with.value, literals);
                    Replacement::Value(self.simple(value, at, literals))
                }
            };
            lowered.push((target, replacement));
        }
        lowered
    }

    fn target(&mut self, target: &syntax::Term) -> Option<Target> {
        let (first, rest): (Option<&syntax::Name>, &[syntax::Term]) = match &target.kind {
            TermKind::Var(name) => (Some(name), &[]),
            TermKind::Ref(steps) => {
                (steps.first().and_then(syntax::Term::as_var), steps.get(1..).unwrap_or_default())
            }
            _ => (None, &[]),
        };
        let first = first?;
        let meaning = match first.as_ref() {
            "input" => Meaning::Document(Document::input()),
            _ => self.peek(first, target.at),
        };
        let program = self.around.program;
        match meaning {
            Meaning::Document(mut of) => {
                for step in rest {
                    let mut support = Vec::new();
                    match self.term(step.clone(), &mut support).as_const() {
                        Some(key) => of = of.below(program, key),
                        None => {
                            let message = "with keyword target must be ground";
                            self.problem("rego_compile_error", target.at, message);
                            return None;
                        }
                    }
                }
                if of.root == Root::Input {
                    return Some(Target::Input(of.path.to_vec()));
                }
                let partly = (0..of.path.len()).any(|length| {
                    let prefix = of.path.get(..length).unwrap_or_default();
                    program
                        .find(prefix)
                        .and_then(|node| program.nodes.get(node))
                        .is_some_and(|node| node.has_rules)
                });
                if partly {
                    let message = "with keyword cannot partially replace virtual document(s)";
                    self.problem("rego_compile_error", target.at, message);
                    return None;
                }
                Some(Target::Data(of.path.to_vec()))
            }
            Meaning::Var(_) => match target.dotted().and_then(|name| builtins::find(&name)) {
                Some(builtin) => Some(Target::Builtin(builtin)),
                None => {
                    let message = "with keyword target must reference existing input, data, or a function";
                    self.problem("rego_type_error", target.at, message);
                    None
                }
            },
        }
    }

    /// Takes a name of a function as the function itself.
    fn function_value(&mut self, value: &syntax::Term) -> Option<Callee> {
        let dotted = value.dotted()?;
        let first = match &value.kind {
            TermKind::Var(name) => name,
            TermKind::Ref(steps) => steps.first()?.as_var()?,
            _ => return None,
        };
        if self.scopes.is_local(first) {
            return None;
        }
        match self.peek(first, value.at) {
            Meaning::Document(mut of) if of.root == Root::Data => {
                let program = self.around.program;
                for step in dotted.split('.').skip(1) {
                    of = of.below(program, Value::from(step));
                }
                let node = of.node?;
                program.nodes.get(node)?.arity.map(|_| Callee::Function(node))
            }
            Meaning::Document(_) => None,
            Meaning::Var(_) => builtins::find(&dotted).map(Callee::Builtin),
        }
    }
}
