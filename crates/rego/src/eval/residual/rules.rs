//! Rules and functions that hang on something unknown, written down as rules of one package.

use crate::Value;
use crate::compile::ir::{Definition, Node, NodeId, Op};

use super::super::machine::Run;
use super::{Frame, Special, Term, Way, cannot};

impl<'p> Special<'_, 'p> {
    /// Returns what a rule is called, written down if it is not yet.
    pub(super) fn document(&mut self, id: NodeId) -> Run<String> {
        if let Some(name) = self.names.get(&id) {
            return Ok(name.clone());
        }
        let (name, node) = self.begin(id)?;
        if self.has_rules_below(id) {
            return Err(cannot("a rule with rules below it"));
        }
        let partial = node.definitions.iter().any(|one| one.member || !one.steps.is_empty());
        if !partial {
            self.complete(&name, node, 0)?;
            return Ok(self.finish(id, &name));
        }
        let mut any = false;
        for definition in &node.definitions {
            let frame = vec![Term::Value(Value::Null); definition.slots];
            let mut heads = definition.steps.clone();
            heads.push(definition.value.clone());
            for way in self.ways_of(definition, &heads, &frame, &[])? {
                let Way { left, heads } = way;
                let Some((value, steps)) = heads.split_last() else { continue };
                let steps: String = steps.iter().map(|step| format!("[{}]", self.text(step))).collect();
                let sign = if definition.member { "contains" } else { ":=" };
                let value = self.text(value);
                self.define(&format!("{name}{steps} {sign} {value}"), &left);
                any = true;
            }
        }
        if !any {
            let head = match node.definitions.iter().all(|one| one.member && one.steps.is_empty()) {
                true => format!("{name} contains 1"),
                false => format!("{name}[1] := 1"),
            };
            self.define(&head, &["false".to_string()]);
        }
        Ok(self.finish(id, &name))
    }

    /// Returns what a function is called, written down if it is not yet.
    pub(super) fn function(&mut self, id: NodeId) -> Run<String> {
        if let Some(name) = self.names.get(&id) {
            return Ok(name.clone());
        }
        let native = self.machine.program.nodes.get(id).and_then(|node| node.native.as_ref());
        if let Some(native) = native {
            return Ok(native.name().to_string());
        }
        let (name, node) = self.begin(id)?;
        let arity = node.arity.unwrap_or_default();
        self.complete(&name, node, arity)?;
        Ok(self.finish(id, &name))
    }

    fn begin(&mut self, id: NodeId) -> Run<(String, &'p Node)> {
        let program = self.machine.program;
        let Some(node) = program.nodes.get(id) else { return Err(cannot("a rule")) };
        let last = node.path.last().and_then(Value::as_str).unwrap_or_default();
        let last: String = last.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '_').collect();
        self.begun += 1;
        Ok((format!("r{}_{last}", self.begun - 1), node))
    }

    fn finish(&mut self, id: NodeId, name: &str) -> String {
        let path = format!("data.{}.{name}", self.package);
        self.names.insert(id, path.clone());
        path
    }

    fn has_rules_below(&self, id: NodeId) -> bool {
        let program = self.machine.program;
        let children = program.nodes.get(id).into_iter().flat_map(|node| node.children.values());
        let below = |id: &NodeId| program.nodes.get(*id).is_some_and(|node| node.has_rules);
        children.into_iter().any(|child| below(child) || self.has_rules_below(*child))
    }

    /// Writes down a rule or function that has one value.
    fn complete(&mut self, name: &str, node: &Node, arity: usize) -> Run<()> {
        let args: Vec<String> = (0..arity).map(|_| self.fresh()).collect();
        let shown = |name: &str| match args.is_empty() {
            true => name.to_string(),
            false => format!("{name}({})", args.join(", ")),
        };
        let function = node.arity.is_some();
        let shown = |name: &str| if function && args.is_empty() { format!("{name}()") } else { shown(name) };
        let mut any = false;
        for definition in &node.definitions {
            if definition.otherwise.is_none() {
                any |= self.one(&shown(name), definition, &args)?;
                continue;
            }
            // Each body of a chain of `else` becomes a rule of its own, which is defined or not.
            let (mut chain, mut next) = (Vec::new(), Some(definition));
            while let Some(definition) = next {
                let link = format!("{name}_{}", self.fresh());
                if self.one(&shown(&link), definition, &args)? {
                    chain.push(format!("data.{}.{}", self.package, shown(&link)));
                }
                next = definition.otherwise.as_deref();
            }
            let bodies: Vec<String> = chain
                .iter()
                .map(|link| {
                    let value = self.fresh();
                    format!(":= {value} if {{ {value} = {link} }}")
                })
                .collect();
            if !bodies.is_empty() {
                any = true;
                self.rules.push_str(&format!("{} {}\n\n", shown(name), bodies.join(" else ")));
            }
        }
        if let Some(default) = &node.default {
            let Op::Const(value) = &default.value else {
                return Err(cannot("a default that is no constant"));
            };
            let args = vec!["_"; args.len()].join(", ");
            let head = if function { format!("{name}({args})") } else { name.to_string() };
            self.rules.push_str(&format!("default {head} := {value}\n\n"));
        } else if !any {
            self.define(&format!("{} := 1", shown(name)), &["false".to_string()]);
        }
        Ok(())
    }

    /// Writes down one body with its value; tells whether anything is left of it.
    fn one(&mut self, head: &str, definition: &Definition, args: &[String]) -> Run<bool> {
        let frame = vec![Term::Value(Value::Null); definition.slots];
        let ways = self.ways_of(definition, std::slice::from_ref(&definition.value), &frame, args)?;
        let any = !ways.is_empty();
        for way in ways {
            let value = way.heads.first().map(|value| self.text(value)).unwrap_or_default();
            self.define(&format!("{head} := {value}"), &way.left);
        }
        Ok(any)
    }

    /// Returns the ways through the body of a definition.
    fn ways_of(
        &mut self,
        definition: &Definition,
        heads: &[Op],
        frame: &Frame,
        args: &[String],
    ) -> Run<Vec<Way>> {
        let old = self.machine.files.get(definition.file).is_some_and(|file| file.old);
        match old {
            true => self.versions.1 = true,
            false => self.versions.0 = true,
        }
        let (before, many) = (self.old.replace(old), std::mem::take(&mut self.many));
        let parted = self.parted;
        let (mut frame, mut left) = (frame.clone(), Vec::new());
        let mut fits = args.len() == definition.args.len();
        for (pattern, arg) in definition.args.iter().zip(args) {
            fits = fits && self.unify(pattern, &Term::Open(arg.clone()), &mut frame, &mut left)?;
        }
        let mut ways = Vec::new();
        if fits {
            self.body(&definition.body.code, &mut frame, &mut left, &mut |special, frame, left| {
                let heads = heads.iter().map(|head| special.term(head, frame)).collect();
                ways.push(Way { left: left.to_vec(), heads });
                Ok(())
            })?;
        }
        (self.old, self.many, self.parted) = (before, many, parted);
        Ok(ways)
    }

    fn define(&mut self, head: &str, body: &[String]) {
        let body = match body {
            [] => String::new(),
            body => format!(" if {{\n\t{}\n}}", body.join("\n\t")),
        };
        self.rules.push_str(&format!("{head}{body}\n\n"));
    }
}
