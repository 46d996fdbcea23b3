//! Bodies inside bodies.

use crate::Value;
use crate::compile::core::{Shape, Var};
use crate::compile::ir::{Block, Op};

use super::super::machine::Run;
use super::{Frame, Special, Term, Way, cannot};

impl Special<'_, '_> {
    /// Goes through a body apart: whether it has several solutions is its own affair.
    fn apart(&mut self, body: &Block, heads: &[Op], frame: &Frame) -> Run<(Vec<Way>, bool)> {
        let (many, parted) = (std::mem::take(&mut self.many), std::mem::take(&mut self.parted));
        let ways = self.ways(body, heads, frame)?;
        self.many = many;
        Ok((ways, std::mem::replace(&mut self.parted, parted)))
    }

    pub(super) fn negated(&mut self, body: &Block, frame: &Frame, left: &mut Vec<String>) -> Run<bool> {
        let (ways, _) = self.apart(body, &[], frame)?;
        if ways.iter().any(|way| way.left.is_empty()) {
            return Ok(false);
        }
        for way in ways {
            self.leave(left, format!("[1 | {}] == []", way.left.join("; ")))?;
        }
        Ok(true)
    }

    pub(super) fn every(
        &mut self,
        (key, value): (Var, Var),
        domain: &Op,
        body: &Block,
        frame: &mut Frame,
        left: &mut Vec<String>,
    ) -> Run<bool> {
        let domain = self.term(domain, frame);
        let put = |frame: &mut Frame, var: Var, term: Term| {
            if let Some(slot) = frame.get_mut(var as usize) {
                *slot = term;
            }
        };
        if let Term::Value(known) = &domain
            && self.machine.unknown_in(known).is_none()
        {
            let entries: Vec<(Value, Value)> = match known {
                Value::Array(items) => {
                    items.iter().enumerate().map(|(at, item)| (Value::from(at), item.clone())).collect()
                }
                Value::Set(items) => items.iter().map(|item| (item.clone(), item.clone())).collect(),
                Value::Object(entries) => entries.iter().cloned().collect(),
                _ => return Ok(false),
            };
            for (k, v) in entries {
                put(frame, key, Term::Value(k));
                put(frame, value, Term::Value(v));
                let (ways, _) = self.apart(body, &[], frame)?;
                match either(&ways) {
                    Some(text) => self.leave(left, text)?,
                    None if ways.is_empty() => return Ok(false),
                    None => {}
                }
            }
            return Ok(true);
        }
        let (k, v) = (self.fresh(), self.fresh());
        put(frame, key, Term::Open(k.clone()));
        put(frame, value, Term::Open(v.clone()));
        let (ways, _) = self.apart(body, &[], frame)?;
        let text = match ways.as_slice() {
            [] => "false".to_string(),
            [one] if !one.left.is_empty() => one.left.join("; "),
            ways => either(ways).unwrap_or_else(|| "true".to_string()),
        };
        // What is declared has to be used.
        let named = |name: &str| {
            let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
            text.split(|sign| !is_part(sign)).any(|word| word == name)
        };
        let shown = |name: &str| if named(name) { name.to_string() } else { "_".to_string() };
        let domain = self.text(&domain);
        let text = format!("every {}, {} in {domain} {{ {text} }}", shown(&k), shown(&v));
        self.leave(left, text)?;
        Ok(true)
    }

    pub(super) fn comprehend(
        &mut self,
        shape: Shape,
        heads: &[Op],
        body: &Block,
        into: Var,
        frame: &mut Frame,
        left: &mut Vec<String>,
    ) -> Run<()> {
        let (ways, parted) = self.apart(body, heads, frame)?;
        if parted && shape == Shape::Array {
            return Err(cannot("an array whose order hangs on something unknown"));
        }
        let head = |special: &Self, way: &Way, at: usize| {
            way.heads.get(at).map_or_else(String::new, |head| special.text(head))
        };
        let body = |way: &Way| if way.left.is_empty() { "true".to_string() } else { way.left.join("; ") };
        let one = |special: &Self, way: &Way| match shape {
            Shape::Array => format!("[{} | {}]", head(special, way, 0), body(way)),
            Shape::Set => format!("{{{} | {}}}", head(special, way, 0), body(way)),
            Shape::Object => {
                let (key, value) = (head(special, way, 0), head(special, way, 1));
                format!("{{{key}: {value} | {}}}", body(way))
            }
        };
        let text = match (ways.as_slice(), shape) {
            ([], Shape::Array) => "[]".to_string(),
            ([], Shape::Set) => "set()".to_string(),
            ([], Shape::Object) => "{}".to_string(),
            ([way], _) => one(self, way),
            (ways, Shape::Array) => {
                let parts: Vec<String> = ways.iter().map(|way| one(self, way)).collect();
                parts
                    .into_iter()
                    .reduce(|all, part| format!("array.concat({all}, {part})"))
                    .unwrap_or_default()
            }
            (ways, Shape::Set) => {
                let parts: Vec<String> = ways.iter().map(|way| one(self, way)).collect();
                format!("union({{{}}})", parts.join(", "))
            }
            (ways, Shape::Object) => {
                // The same key with two values is an error here as it is there.
                let pair = |way: &Way| {
                    format!("{{[{}, {}] | {}}}", head(self, way, 0), head(self, way, 1), body(way))
                };
                let pairs: Vec<String> = ways.iter().map(pair).collect();
                let (key, value) = (self.fresh(), self.fresh());
                format!("{{{key}: {value} | union({{{}}})[[{key}, {value}]]}}", pairs.join(", "))
            }
        };
        let name = self.fresh();
        self.leave(left, format!("{name} = {text}"))?;
        if let Some(slot) = frame.get_mut(into as usize) {
            *slot = Term::Open(name);
        }
        Ok(())
    }
}

/// Writes that one of several ways leads on; nothing if one does in any case, or there is none.
fn either(ways: &[Way]) -> Option<String> {
    if ways.is_empty() || ways.iter().any(|way| way.left.is_empty()) {
        return None;
    }
    let ways: Vec<String> = ways.iter().map(|way| format!("[1 | {}]", way.left.join("; "))).collect();
    let none = vec!["[]"; ways.len()];
    Some(format!("[{}] != [{}]", ways.join(", "), none.join(", ")))
}
