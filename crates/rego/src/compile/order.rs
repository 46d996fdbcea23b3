//! Puts the literals of a body into an order in which every variable has a value where it is needed.
//!
//! Same order as OPA: pass after pass over what is left, everything that is ready is taken. What stays is unsafe.

use std::collections::{BTreeSet, HashMap};

use crate::Value;

use super::core::{Kind, Literal, Ref, Replacement, Root, Shape, Term, Var};
use super::vars::{self, Vars};

/// Orders a body: nothing if the written order will do. The error is the variables that never get a value, by literal.
pub(crate) fn order(body: &[Literal], bound: &Vars) -> Result<Option<Vec<usize>>, Vec<(usize, Vars)>> {
    if is_ordered(body, bound) {
        return Ok(None);
    }
    let (mut closures, mut all) = (false, Vars::default());
    let part = |literal: &Literal| {
        let (plain, closed) = vars::outside(literal);
        closures |= closed;
        all.extend(&plain);
        Part { plain: plain.iter().collect(), ..Part::default() }
    };
    let mut parts: Vec<Part> = body.iter().map(part).collect();
    if closures {
        for (part, literal) in parts.iter_mut().zip(body) {
            part.closed = vars::in_closures(literal).and(&all).minus(bound).iter().collect();
        }
    }
    let mut safe = bound.clone();
    let mut made = Vars::default();
    let mut ordered = Vec::with_capacity(body.len());
    let users = users(&parts);
    // Passes over what is left: looked at again is only what has a variable that got a value meanwhile.
    let mut pass: BTreeSet<usize> = (0..body.len()).collect();
    while !pass.is_empty() {
        let mut next = BTreeSet::new();
        while let Some(at) = pass.pop_first() {
            let (Some(part), Some(literal)) = (parts.get_mut(at), body.get(at)) else { continue };
            if !part.closed.iter().all(|var| made.contains(*var)) {
                continue;
            }
            let outputs = outputs(literal, &safe);
            if !part.plain.iter().all(|var| safe.contains(*var) || outputs.contains(*var)) {
                continue;
            }
            part.taken = true;
            ordered.push(at);
            made.extend(&outputs.minus(bound));
            safe.extend(&outputs);
            for user in outputs.iter().filter_map(|var| users.get(&var)).flatten() {
                if parts.get(*user).is_some_and(|part| !part.taken) {
                    let when = if *user > at { &mut pass } else { &mut next };
                    when.insert(*user);
                }
            }
        }
        pass = next;
    }
    if ordered.len() == body.len() {
        return Ok(Some(ordered).filter(|ordered| !ordered.is_sorted()));
    }
    let left = parts.into_iter().enumerate().filter(|(_, part)| !part.taken);
    let missing = left.map(|(at, part)| {
        // What the literal would give a value itself is not what is missing.
        let made = body.get(at).map(|literal| outputs(literal, &safe)).unwrap_or_default();
        let mut missing = Vars::default();
        let unknown = |var: &Var| !safe.contains(*var) && !made.contains(*var);
        part.plain.into_iter().chain(part.closed).filter(unknown).for_each(|var| {
            missing.insert(var);
        });
        (at, missing)
    });
    Err(missing.filter(|(_, missing)| !missing.is_empty()).collect())
}

/// Returns the literals that each variable occurs in.
fn users(parts: &[Part]) -> HashMap<Var, Vec<usize>> {
    let mut users: HashMap<Var, Vec<usize>> = HashMap::new();
    for (at, part) in parts.iter().enumerate() {
        part.plain.iter().chain(&part.closed).for_each(|var| users.entry(*var).or_default().push(at));
    }
    users
}

/// Tells whether each literal of a body finds values where it stands.
fn is_ordered(body: &[Literal], bound: &Vars) -> bool {
    let mut safe = bound.clone();
    for literal in body {
        let (plain, closures) = vars::outside(literal);
        if closures {
            return is_ordered_with_closures(body, bound);
        }
        if !finds_values(literal, &plain, &mut safe) {
            return false;
        }
    }
    true
}

fn is_ordered_with_closures(body: &[Literal], bound: &Vars) -> bool {
    let mut all = Vars::default();
    body.iter().for_each(|literal| all.extend(&vars::outside(literal).0));
    let mut safe = bound.clone();
    // What a body has itself, and has not got yet, a closure in it can't be without.
    body.iter().all(|literal| {
        vars::in_closures(literal).and(&all).within(&safe)
            && finds_values(literal, &vars::outside(literal).0, &mut safe)
    })
}

/// Tells whether a literal with these variables finds their values or gives them; what it gives is added.
fn finds_values(literal: &Literal, plain: &Vars, safe: &mut Vars) -> bool {
    let missing = plain.minus(safe);
    if missing.is_empty() {
        return true;
    }
    let outputs = outputs(literal, safe);
    safe.extend(&outputs);
    missing.within(&outputs)
}

/// What is known of a literal while a body is ordered.
#[derive(Default)]
struct Part {
    /// Its variables outside of closures.
    plain: Vec<Var>,
    /// Variables of its closures that the body itself has, too.
    closed: Vec<Var>,
    taken: bool,
}

/// Returns the variables that a literal gives values to.
pub(crate) fn outputs(literal: &Literal, safe: &Vars) -> Vars {
    let mut found = Vars::default();
    if literal.negated {
        return found;
    }
    for (_, replacement) in &literal.with {
        if let Replacement::Value(value) = replacement
            && !vars::all_in(value, safe)
        {
            return found;
        }
    }
    match &literal.kind {
        Kind::Term(term) => references(term, safe, &mut found),
        Kind::Every { domain, .. } => references(domain, safe, &mut found),
        Kind::None { .. } => {}
        Kind::Equal(left, right) => {
            references(left, safe, &mut found);
            references(right, safe, &mut found);
        }
        Kind::Unify(left, right) | Kind::Assign(left, right) => {
            references(left, safe, &mut found);
            references(right, safe, &mut found);
            let mut known = safe.clone();
            known.extend(&found);
            while unify(left, right, &mut known) {}
            if let Kind::Assign(..) = &literal.kind {
                known = known.minus(&vars::of_term(right).minus(&found));
            }
            found = known;
        }
        Kind::Call(call) => {
            call.args.iter().chain(&call.out).for_each(|term| references(term, safe, &mut found));
            let mut known = safe.clone();
            known.extend(&found);
            if !call.args.iter().all(|arg| vars::all_in(arg, &known)) {
                return Vars::default();
            }
            if let Some(out) = &call.out {
                patterns(out, &mut found);
            }
        }
    }
    found.minus(safe)
}

/// Adds the variables in the steps of references whose root has a value.
fn references(term: &Term, safe: &Vars, found: &mut Vars) {
    match term {
        Term::Ref(reference) => {
            if is_safe(reference, safe) {
                reference.steps.iter().for_each(|step| keys(step, found));
            }
        }
        Term::Array(items) | Term::Set(items) => items.iter().for_each(|item| references(item, safe, found)),
        Term::Object(entries) => {
            for (key, value) in entries {
                references(key, safe, found);
                references(value, safe, found);
            }
        }
        Term::Const(_) | Term::Var(_) | Term::Comprehension(_) => {}
    }
}

/// Adds the variables of a step, which iteration gives values to; roots of references in it get none.
fn keys(step: &Term, found: &mut Vars) {
    step.each(&mut |term| {
        if let Term::Var(var) = term {
            found.insert(*var);
        }
    });
}

fn is_safe(reference: &Ref, safe: &Vars) -> bool {
    match reference.root {
        Root::Input | Root::Data => true,
        Root::Var(var) => safe.contains(var),
    }
}

/// Adds the variables that a value can be matched with.
fn patterns(term: &Term, found: &mut Vars) {
    match term {
        Term::Var(var) => {
            found.insert(*var);
        }
        Term::Array(items) => items.iter().for_each(|item| patterns(item, found)),
        Term::Object(entries) => entries.iter().for_each(|(_, value)| patterns(value, found)),
        Term::Const(_) | Term::Set(_) | Term::Ref(_) | Term::Comprehension(_) => {}
    }
}

/// Adds the variables that unification gives values to; returns whether there were new ones.
fn unify(left: &Term, right: &Term, safe: &mut Vars) -> bool {
    match (left, right) {
        (Term::Var(a), Term::Var(b)) => match (safe.contains(*a), safe.contains(*b)) {
            (true, false) => safe.insert(*b),
            (false, true) => safe.insert(*a),
            _ => false,
        },
        (Term::Var(var), other) | (other, Term::Var(var)) => unify_var(*var, other, safe),
        (Term::Array(a), Term::Array(b)) if a.len() == b.len() => {
            let mut new = false;
            for (a, b) in a.iter().zip(b) {
                new |= unify(a, b, safe);
            }
            new
        }
        (Term::Array(items), Term::Const(known)) | (Term::Const(known), Term::Array(items)) => {
            let Some(known) = known.as_array().filter(|known| known.len() == items.len()) else {
                return false;
            };
            let mut new = false;
            for (item, known) in items.iter().zip(known.iter()) {
                new |= unify_const(item, known, safe);
            }
            new
        }
        (Term::Object(entries), Term::Const(known)) | (Term::Const(known), Term::Object(entries)) => {
            let Some(known) = known.as_object().filter(|known| known.len() == entries.len()) else {
                return false;
            };
            let mut new = false;
            for (key, value) in entries {
                if let Some(known) = key.as_const().and_then(|key| known.get(&key)) {
                    new |= unify_const(value, known, safe);
                }
            }
            new
        }
        (Term::Object(a), Term::Object(b)) if a.len() == b.len() => {
            let mut new = false;
            for (key, value) in a {
                if let Some((_, other)) = b.iter().find(|(other, _)| other.is_same_key(key)) {
                    new |= unify(value, other, safe);
                }
            }
            new
        }
        (Term::Ref(reference), composite) | (composite, Term::Ref(reference)) => {
            is_safe(reference, safe) && mark(composite, safe)
        }
        (Term::Comprehension(inner), composite) | (composite, Term::Comprehension(inner)) => {
            let fits = matches!(
                (inner.shape, composite),
                (Shape::Array, Term::Array(_)) | (Shape::Object, Term::Object(_))
            );
            fits && mark(composite, safe)
        }
        _ => false,
    }
}

/// The same for what a constant holds.
fn unify_const(pattern: &Term, known: &Value, safe: &mut Vars) -> bool {
    match pattern {
        Term::Const(_) => false,
        Term::Var(var) => safe.insert(*var),
        _ => unify(pattern, &Term::Const(known.clone()), safe),
    }
}

fn unify_var(var: Var, other: &Term, safe: &mut Vars) -> bool {
    match other {
        Term::Array(_) | Term::Object(_) => {
            if safe.contains(var) {
                return mark(other, safe);
            }
            vars::all_in(other, safe) && safe.insert(var)
        }
        Term::Ref(reference) => is_safe(reference, safe) && safe.insert(var),
        Term::Set(_) => vars::all_in(other, safe) && safe.insert(var),
        _ => safe.insert(var),
    }
}

/// Marks the variables of a pattern that is matched with a value; false if there was nothing new.
fn mark(pattern: &Term, safe: &mut Vars) -> bool {
    let mut found = Vars::default();
    match pattern {
        Term::Var(_) | Term::Array(_) | Term::Object(_) => patterns(pattern, &mut found),
        _ => {}
    }
    let new = !found.within(safe);
    safe.extend(&found);
    new
}
