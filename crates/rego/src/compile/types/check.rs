//! Goes through rules and says where types clash.

use std::collections::HashMap;
use std::rc::Rc;

use crate::Value;
use crate::builtins::signatures::signature;
use crate::compile::Wrong;
use crate::compile::core::{
    Callee, Comprehension, Kind, Literal, Ref, Replacement, Root, Shape, Target, Term, Var,
};
use crate::compile::error::Problem;
use crate::compile::ir::{NodeId, Program};
use crate::compile::lower::path_text;
use crate::compile::scope::Variable;
use crate::syntax::Span;

use super::select::{keys, known_keys, select, values};
use super::show::{arguments, shown};
use super::unify::unifies;
use super::{Fields, Rest, Signature, Type};

/// A lowered rule, ready to be checked.
pub(crate) struct Checked {
    pub(crate) node: NodeId,
    pub(crate) file: usize,
    pub(crate) args: Vec<Term>,
    pub(crate) body: Vec<Literal>,
    /// Keys below the node's path.
    pub(crate) steps: Vec<Term>,
    pub(crate) value: Term,
    pub(crate) member: bool,
    pub(crate) variables: Rc<Vec<Variable>>,
    /// Orders of bodies that are not the written ones, by where the bodies are.
    pub(crate) orders: HashMap<*const Literal, Vec<usize>>,
}

/// What is known of the rules that were checked.
pub(crate) struct Known {
    /// By node.
    rules: Vec<Option<Type>>,
    functions: Vec<Option<Signature>>,
}

/// Checks rules in the order that they depend on each other.
pub(crate) fn check(rules: &[Checked], order: &[NodeId], program: &Program, wrong: &mut Wrong) {
    let nodes = program.nodes.len();
    let mut known = Known { rules: vec![None; nodes], functions: vec![None; nodes] };
    let mut by_node: Vec<&Checked> = rules.iter().collect();
    by_node.sort_by_key(|rule| rule.node);
    for node in order {
        let from = by_node.partition_point(|rule| rule.node < *node);
        for rule in by_node.iter().skip(from).take_while(|rule| rule.node == *node) {
            let vars = vec![None; rule.variables.len()];
            let closures = HashMap::new();
            let (names, orders, problems) = (rule.variables.as_slice(), &rule.orders, Vec::new());
            let mut env = Env { known: &known, program, names, orders, vars, closures, problems };
            env.body(&rule.body);
            let clean = env.problems.is_empty();
            let of = |env: &Env<'_>, term: &Term| match clean {
                true => env.of(term).unwrap_or_else(Type::any),
                false => Type::any(),
            };
            rule.args.iter().for_each(|arg| env.take_any(arg));
            let args: Vec<Type> = rule.args.iter().map(|arg| of(&env, arg)).collect();
            let mut value = of(&env, &rule.value);
            if rule.member {
                value = Type::set_of(value);
            }
            for step in rule.steps.iter().rev() {
                value = Type::object_of(of(&env, step), value);
            }
            if !clean {
                value = Type::any();
            }
            for problem in env.problems {
                wrong.push(rule.file, problem);
            }
            known.add(rule, args, value);
        }
    }
}

impl Known {
    fn add(&mut self, rule: &Checked, args: Vec<Type>, value: Type) {
        if rule.args.is_empty() {
            if let Some(known) = self.rules.get_mut(rule.node) {
                *known = Some(match known.take() {
                    Some(before) => before.or(value),
                    None => value,
                });
            }
            return;
        }
        let new = Signature { args, result: value };
        if let Some(known) = self.functions.get_mut(rule.node) {
            *known = Some(match known.take() {
                Some(before) => before.or(new),
                None => new,
            });
        }
    }
}

/// What is known of the variables of a rule while it is checked.
pub(super) struct Env<'a> {
    known: &'a Known,
    program: &'a Program,
    names: &'a [Variable],
    orders: &'a HashMap<*const Literal, Vec<usize>>,
    vars: Vec<Option<Type>>,
    /// Types of comprehensions, by where they are.
    closures: HashMap<*const Comprehension, Type>,
    problems: Vec<Problem>,
}

impl Env<'_> {
    pub(super) fn var(&self, var: Var) -> Option<Type> {
        self.vars.get(var as usize).cloned().flatten()
    }

    pub(super) fn set(&mut self, var: Var, of: Type) {
        if let Some(slot) = self.vars.get_mut(var as usize) {
            *slot = Some(of);
        }
    }

    /// Lets variables of an argument that the body says nothing about be anything.
    fn take_any(&mut self, arg: &Term) {
        arg.each(&mut |term| {
            if let Term::Var(var) = term
                && self.var(*var).is_none()
            {
                self.set(*var, Type::any());
            }
        });
    }

    /// Returns the type of a term; nothing if a variable in it has none yet.
    pub(super) fn of(&self, term: &Term) -> Option<Type> {
        match term {
            Term::Const(value) => Some(Type::of(value)),
            Term::Var(var) => self.var(*var),
            Term::Array(items) => {
                Some(Type::tuple(items.iter().map(|item| self.of(item)).collect::<Option<_>>()?))
            }
            Term::Set(items) => {
                let members = items.iter().map(|item| self.of(item)).collect::<Option<Vec<_>>>()?;
                Some(Type::set_of(members.into_iter().reduce(Type::or).unwrap_or_else(Type::any)))
            }
            Term::Object(entries) => self.of_object(entries),
            Term::Ref(reference) => Some(self.of_reference(reference)),
            Term::Comprehension(inner) => {
                let at: *const Comprehension = inner.as_ref();
                Some(self.closures.get(&at).cloned().unwrap_or_else(Type::any))
            }
        }
    }

    fn of_object(&self, entries: &[(Term, Term)]) -> Option<Type> {
        let (mut fixed, mut rest): (Fields, Rest) = (Vec::new(), None);
        for (key, value) in entries {
            let value = self.of(value)?;
            match key.as_const() {
                Some(key) => fixed.push((key, value)),
                None => {
                    let key = self.of(key)?;
                    rest = Some(match rest {
                        Some((keys, values)) => (keys.or(key), values.or(value)),
                        None => (key, value),
                    });
                }
            }
        }
        fixed.sort_by(|a, b| a.0.cmp(&b.0));
        match rest {
            None => Some(Type::record(fixed)),
            Some(rest) => Some(Type::Object(std::sync::Arc::new((fixed, Some(rest))))),
        }
    }

    /// Returns the type of what a reference finds.
    fn of_reference(&self, reference: &Ref) -> Type {
        let (mut at, steps) = match self.start(reference) {
            Start::At(of, taken) => (of, reference.steps.iter().skip(taken)),
            Start::Unknown | Start::Function(_) => return Type::any(),
        };
        for step in steps {
            at = match step.as_const() {
                Some(key) => select(&at, &key).unwrap_or_else(Type::any),
                None => values(&at),
            };
        }
        at
    }

    /// Finds out where a reference begins: a type, and how many steps lead there.
    fn start(&self, reference: &Ref) -> Start {
        match reference.root {
            Root::Input => Start::Unknown,
            Root::Var(var) => self.var(var).map_or(Start::Unknown, |of| Start::At(of, 0)),
            Root::Data => {
                let mut node = Program::ROOT;
                for (taken, step) in reference.steps.iter().enumerate() {
                    let Some(key) = step.as_const() else { return Start::Unknown };
                    let Some(child) = self.program.child(node, &key) else { return Start::Unknown };
                    let Some(found) = self.program.nodes.get(child) else { return Start::Unknown };
                    if found.arity.is_some() {
                        return Start::Function(taken);
                    }
                    if found.has_rules {
                        // Rules below add to what the rule says.
                        let known = self
                            .known
                            .rules
                            .get(child)
                            .and_then(Option::as_ref)
                            .filter(|_| found.children.is_empty());
                        return known.map_or(Start::Unknown, |of| Start::At(of.clone(), taken + 1));
                    }
                    node = child;
                }
                Start::Unknown
            }
        }
    }

    /// Checks the literals of a body.
    fn body(&mut self, body: &[Literal]) {
        match self.orders.get(&body.as_ptr()) {
            None => body.iter().for_each(|literal| self.literal(literal)),
            Some(order) => {
                order.iter().filter_map(|at| body.get(*at)).for_each(|literal| self.literal(literal))
            }
        }
    }

    fn literal(&mut self, literal: &Literal) {
        let before = self.problems.len();
        literal.each_term(&mut |term| {
            if let Term::Comprehension(found) = term {
                self.closure(found);
            }
        });
        literal.each_term(&mut |term| {
            if let Term::Ref(found) = term {
                self.reference(found);
            }
        });
        self.replacements(literal);
        let explained = self.problems.len() > before;
        if let Some((problem, unknown)) = self.kind(literal)
            && !(explained && unknown)
        {
            self.problems.push(problem);
        }
    }

    /// Checks that functions take what those that they replace are given.
    fn replacements(&mut self, literal: &Literal) {
        for (target, replacement) in &literal.with {
            let Replacement::Function(by, at) = replacement else { continue };
            let replaced = match target {
                Target::Builtin(builtin) => Callee::Builtin(builtin),
                Target::Data(path) => match self.program.find(path) {
                    Some(node) => Callee::Function(node),
                    None => continue,
                },
                Target::Input(_) => continue,
            };
            let Some((want, have)) = self.parameters(&replaced).zip(self.parameters(by)) else { continue };
            if want.len() == have.len() && want.iter().zip(&have).all(|(want, have)| unifies(want, have)) {
                continue;
            }
            let listed = |types: Vec<Type>| arguments(&types.into_iter().map(Some).collect::<Vec<_>>());
            let details = vec![format!("have: {}", listed(have)), format!("want: {}", listed(want))];
            let message = format!("{}: arity mismatch", self.callee_name(&replaced));
            self.problems.push(problem(*at, message, details));
        }
    }

    /// Returns the types of what a function takes; any, if they are not known.
    fn parameters(&self, callee: &Callee) -> Option<Vec<Type>> {
        let node = match callee {
            Callee::Builtin(builtin) => return Some(signature(builtin.name)?.args.clone()),
            Callee::Function(node) => *node,
        };
        match self.known.functions.get(node).and_then(Option::as_ref) {
            Some(known) => Some(known.args.clone()),
            None => Some(vec![Type::any(); self.program.nodes.get(node)?.arity?]),
        }
    }

    fn callee_name(&self, callee: &Callee) -> String {
        match callee {
            Callee::Builtin(builtin) => builtin.name.to_string(),
            Callee::Function(node) => self.program.name(*node),
        }
    }

    fn closure(&mut self, inner: &Comprehension) {
        self.body(&inner.body);
        let head = |env: &Self, at: usize| {
            inner.heads.get(at).and_then(|head| env.of(head)).unwrap_or_else(Type::any)
        };
        let of = match inner.shape {
            Shape::Array => Type::array_of(head(self, 0)),
            Shape::Set => Type::set_of(head(self, 0)),
            Shape::Object => Type::object_of(head(self, 0), head(self, 1)),
        };
        let at: *const Comprehension = inner;
        self.closures.insert(at, of);
    }

    /// Checks what a literal does; returns what is wrong, and whether that comes from a type that is not known.
    fn kind(&mut self, literal: &Literal) -> Option<(Problem, bool)> {
        match &literal.kind {
            Kind::Term(_) => None,
            Kind::Unify(left, right) | Kind::Equal(left, right) => {
                let (a, b) = (self.of(left), self.of(right));
                if self.unify_terms(left, right) {
                    return None;
                }
                let details =
                    vec![format!("left  : {}", shown(a.as_ref())), format!("right : {}", shown(b.as_ref()))];
                let unknown = a.is_none() || b.is_none();
                Some((problem(literal.at, "match error", details), unknown))
            }
            Kind::Every { key, value, domain, body } => {
                let (keys, values) = self.inside(domain);
                self.set(*key, keys);
                self.set(*value, values);
                self.body(body);
                None
            }
            Kind::Call(call) => {
                let known = self.known;
                let signature = match &call.callee {
                    Callee::Builtin(builtin) if builtin.name == "print" => return None,
                    Callee::Builtin(builtin) => signature(builtin.name)?,
                    Callee::Function(node) => known.functions.get(*node)?.as_ref()?,
                };
                let terms = call.args.iter().chain(&call.out);
                let types = signature.args.iter().chain([&signature.result]);
                for (term, of) in terms.clone().zip(types.clone()) {
                    if !self.unify_type(term, of, false) {
                        let name = self.callee_name(&call.callee);
                        let have: Vec<Option<Type>> = terms.map(|term| self.of(term)).collect();
                        let want: Vec<Option<Type>> = types.map(|of| Some(of.clone())).collect();
                        let details = vec![
                            format!("have: {}", arguments(&have)),
                            format!("want: {}", arguments(&want)),
                        ];
                        let unknown = have.iter().any(Option::is_none);
                        let message = format!("{name}: invalid argument(s)");
                        return Some((problem(literal.at, message, details), unknown));
                    }
                }
                None
            }
        }
    }

    /// Checks that what a reference asks for can be there.
    fn reference(&mut self, reference: &Ref) {
        let (mut at, taken) = match self.start(reference) {
            Start::At(of, taken) => (of, taken),
            Start::Unknown => (Type::any(), 0),
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
                Term::Var(var) => match self.var(*var) {
                    Some(known) if !unifies(&known, &keys) => (None, Some(known)),
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
            Some(known) => {
                let args: Vec<Option<Type>> = known.args.iter().cloned().map(Some).collect();
                format!("{} => {}", arguments(&args), known.result)
            }
            None => "function".to_string(),
        }
    }

    /// Writes a reference up to a step.
    fn shown(&self, reference: &Ref, up_to: usize) -> String {
        let name = |var: Var| match self.names.get(var as usize) {
            Some(variable) => variable.label(var).into_owned(),
            None => "_".to_string(),
        };
        let mut text = match reference.root {
            Root::Input => "input".to_string(),
            Root::Data => "data".to_string(),
            Root::Var(var) => name(var),
        };
        for step in reference.steps.iter().take(up_to) {
            match (step, step.as_const()) {
                (_, Some(key)) => {
                    let path = path_text(std::slice::from_ref(&key));
                    text.push_str(path.strip_prefix("data").unwrap_or_default());
                }
                (Term::Var(var), None) => text.push_str(&format!("[{}]", name(*var))),
                (Term::Ref(inner), None) => {
                    text.push_str(&format!("[{}]", self.shown(inner, inner.steps.len())));
                }
                _ => text.push_str("[…]"),
            }
        }
        text
    }
}

enum Start {
    At(Type, usize),
    Function(usize),
    Unknown,
}

fn problem(at: Span, message: impl Into<String>, details: Vec<String>) -> Problem {
    Problem { code: "rego_type_error", at, message: message.into(), details }
}
