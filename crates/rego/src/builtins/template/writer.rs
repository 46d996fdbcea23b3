//! Writes the blocks of a template with the values of its variables.

use std::collections::HashMap;

use crate::Value;

use super::blocks::Node;
use super::functions::{function, is_function, is_true, shown};
use super::{Failure, Host, wrong};

pub(super) struct Writer<'w, 't> {
    host: &'w mut Host,
    root: &'w Value,
    variables: Vec<HashMap<&'t str, Option<Value>>>,
    /// How deep in parentheses the action is that is being evaluated.
    depth: usize,
    out: String,
}

impl<'w, 't> Writer<'w, 't> {
    pub(super) fn new(host: &'w mut Host, root: &'w Value) -> Self {
        Self { host, root, variables: vec![HashMap::new()], depth: 0, out: String::new() }
    }

    /// Writes the blocks of a whole template.
    pub(super) fn write_all(mut self, nodes: &[Node<'t>]) -> Result<String, Failure> {
        let root = self.root;
        self.nodes(nodes, root)?;
        Ok(self.out)
    }

    fn nodes(&mut self, nodes: &[Node<'t>], dot: &Value) -> Result<(), Failure> {
        for node in nodes {
            self.host.tick(1)?;
            match node {
                Node::Text(text) => self.write(text)?,
                Node::Pipeline(pipeline) => {
                    let value = self.pipeline(pipeline, dot)?;
                    let text = value.map_or_else(|| "<no value>".to_string(), |value| shown(&value));
                    let text = if text == "<no value>" { "<undefined>".to_string() } else { text };
                    self.write(&text)?;
                }
                Node::Assign(name, value) => {
                    let value = self.pipeline(value, dot)?;
                    if let Some(scope) = self.variables.last_mut() {
                        scope.insert(name, value);
                    }
                }
                Node::If(branches, otherwise) => self.conditional(branches, otherwise, dot)?,
                Node::With(pipeline, body, otherwise) => match self.pipeline(pipeline, dot)? {
                    Some(value) if is_true(&Some(value.clone())) => self.scoped(body, &value)?,
                    _ => self.scoped(otherwise, dot)?,
                },
                Node::Range { names, over, body, otherwise } => {
                    self.range(names, over, body, otherwise, dot)?
                }
            }
        }
        Ok(())
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.host.grow(text.len())?;
        self.out.push_str(text);
        Ok(())
    }

    fn scoped(&mut self, nodes: &[Node<'t>], dot: &Value) -> Result<(), Failure> {
        self.variables.push(HashMap::new());
        let result = self.nodes(nodes, dot);
        self.variables.pop();
        result
    }

    fn conditional(
        &mut self,
        branches: &[(&'t str, Vec<Node<'t>>)],
        otherwise: &[Node<'t>],
        dot: &Value,
    ) -> Result<(), Failure> {
        for (condition, body) in branches {
            let value = self.pipeline(condition, dot)?;
            if is_true(&value) {
                return self.scoped(body, dot);
            }
        }
        self.scoped(otherwise, dot)
    }

    fn range(
        &mut self,
        names: &[&'t str],
        over: &str,
        body: &[Node<'t>],
        otherwise: &[Node<'t>],
        dot: &Value,
    ) -> Result<(), Failure> {
        let entries: Vec<(Value, Value)> = match self.pipeline(over, dot)? {
            Some(Value::Array(items)) => {
                items.iter().enumerate().map(|(at, item)| (Value::from(at), item.clone())).collect()
            }
            Some(Value::Object(entries)) => entries.iter().cloned().collect(),
            None | Some(Value::Null) => Vec::new(),
            Some(other) => return wrong(format!("range can't iterate over {other}")),
        };
        if entries.is_empty() {
            return self.scoped(otherwise, dot);
        }
        for (key, value) in entries {
            let mut scope = HashMap::new();
            match names {
                [element] => {
                    scope.insert(*element, Some(value.clone()));
                }
                [index, element, ..] => {
                    scope.insert(*index, Some(key));
                    scope.insert(*element, Some(value.clone()));
                }
                [] => {}
            }
            self.variables.push(scope);
            let result = self.nodes(body, &value);
            self.variables.pop();
            result?;
        }
        Ok(())
    }

    /// Evaluates `a | b c`: what a command returns is the last operand of the next.
    fn pipeline(&mut self, pipeline: &str, dot: &Value) -> Result<Option<Value>, Failure> {
        self.depth += 1;
        if self.depth > DEPTH {
            return wrong("nesting too deep");
        }
        self.host.tick(1 + pipeline.len() / 64)?;
        let mut result: Option<Option<Value>> = None;
        for command in split(pipeline, |c| c == '|')? {
            let mut words = split(command, char::is_whitespace)?.into_iter().filter(|word| !word.is_empty());
            let Some(first) = words.next() else { return wrong("missing value for command") };
            let mut operands = Vec::new();
            for word in words {
                operands.push(self.operand(word, dot)?);
            }
            operands.extend(result.take());
            result = Some(match operands.is_empty() && !is_function(first) {
                true => self.operand(first, dot)?,
                false => function(self.host, first, &operands)?,
            });
        }
        self.depth -= 1;
        Ok(result.flatten())
    }

    fn operand(&mut self, word: &str, dot: &Value) -> Result<Option<Value>, Failure> {
        if let Some(inner) = word.strip_prefix('(').and_then(|word| word.strip_suffix(')')) {
            return self.pipeline(inner, dot);
        }
        if let Some(text) = word.strip_prefix('`').and_then(|word| word.strip_suffix('`')) {
            return Ok(Some(text.into()));
        }
        if word == "." {
            return Ok(Some(dot.clone()));
        }
        if let Some(path) = word.strip_prefix('.') {
            return Ok(fields(Some(dot.clone()), path));
        }
        if word.starts_with('$') {
            let (name, path) = word.split_once('.').unwrap_or((word, ""));
            let known = match name {
                "$" => Some(Some(self.root.clone())),
                _ => self.variables.iter().rev().find_map(|scope| scope.get(name).cloned()),
            };
            return match known {
                Some(value) => Ok(fields(value, path)),
                None => wrong(format!("undefined variable {name:?}")),
            };
        }
        match word {
            "nil" => Ok(None),
            _ => match Value::parse_json(word) {
                Ok(value) => Ok(Some(value)),
                Err(_) => wrong(format!("function {word:?} not defined")),
            },
        }
    }
}

fn fields(value: Option<Value>, path: &str) -> Option<Value> {
    path.split('.').filter(|key| !key.is_empty()).try_fold(value?, |at, key| at.get(key).cloned())
}

/// Deepest nesting of parentheses in an action.
const DEPTH: usize = 100;

/// Cuts a text at these characters, outside of quotes and parentheses.
fn split(text: &str, at: fn(char) -> bool) -> Result<Vec<&str>, Failure> {
    let mut parts = Vec::new();
    let mut start = 0;
    let (mut quote, mut depth, mut escaped) = (None, 0usize, false);
    for (index, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) => {
                if c == open && !escaped {
                    quote = None;
                }
                escaped = c == '\\' && !escaped && open == '"';
            }
            (None, '"' | '`') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, c) if depth == 0 && at(c) => {
                parts.extend(text.get(start..index));
                start = index + c.len_utf8();
            }
            (None, _) => {}
        }
    }
    if quote.is_some() || depth > 0 {
        return wrong("unterminated quoted string");
    }
    parts.extend(text.get(start..));
    Ok(parts)
}
