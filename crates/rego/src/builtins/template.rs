//! `strings.render_template`: Go's text templates, as far as values of policies need them.

use std::collections::HashMap;

use crate::Value;

use super::{Builtin, Failure, Host, Outcome, builtin, object, text};

pub(super) const BUILTINS: &[Builtin] = &[builtin("strings.render_template", 2, render)];

fn render(host: &mut Host, args: &[Value]) -> Outcome {
    let template = text(args, 0)?;
    object(args, 1)?;
    let Some(root) = args.get(1) else { return Err(Failure::Undefined) };
    let pieces = pieces(template)?;
    let mut parser = Blocks { pieces: &pieces, at: 0, depth: 0 };
    let nodes = parser.nodes(false)?;
    let mut writer = Writer { host, root, variables: vec![HashMap::new()], out: String::new() };
    writer.nodes(&nodes, root)?;
    let out = writer.out;
    host.string(out)
}

enum Piece<'t> {
    Text(&'t str),
    Action(&'t str),
}

fn wrong<T>(what: impl std::fmt::Display) -> Result<T, Failure> {
    Err(Failure::Error(format!("template: template:1: {what}")))
}

/// Cuts a template into texts and actions; `{{-` and `-}}` trim.
fn pieces(template: &str) -> Result<Vec<Piece<'_>>, Failure> {
    let mut pieces = Vec::new();
    let mut rest = template;
    let mut trim = false;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((action, following)) = after.split_once("}}") else { return wrong("unclosed action") };
        let left = action.strip_prefix("- ");
        let text = if left.is_some() { before.trim_end() } else { before };
        pieces.push(Piece::Text(if trim { text.trim_start() } else { text }));
        let action = left.unwrap_or(action);
        let right = action.strip_suffix(" -");
        trim = right.is_some();
        let action = right.unwrap_or(action).trim();
        if !action.starts_with("/*") {
            pieces.push(Piece::Action(action));
        }
        rest = following;
    }
    pieces.push(Piece::Text(if trim { rest.trim_start() } else { rest }));
    Ok(pieces)
}

enum Node<'t> {
    Text(&'t str),
    Pipeline(&'t str),
    Assign(&'t str, &'t str),
    If(Vec<(&'t str, Vec<Node<'t>>)>, Vec<Node<'t>>),
    Range { names: Vec<&'t str>, over: &'t str, body: Vec<Node<'t>>, otherwise: Vec<Node<'t>> },
    With(&'t str, Vec<Node<'t>>, Vec<Node<'t>>),
}

struct Blocks<'p, 't> {
    pieces: &'p [Piece<'t>],
    at: usize,
    depth: usize,
}

impl<'t> Blocks<'_, 't> {
    /// Reads up to the `end`, `else` or `else if` of the block, which stays; or to the end of the template.
    fn nodes(&mut self, inside: bool) -> Result<Vec<Node<'t>>, Failure> {
        let mut nodes = Vec::new();
        self.depth += 1;
        if self.depth > 100 {
            return wrong("nesting too deep");
        }
        while let Some(piece) = self.pieces.get(self.at) {
            let action = match piece {
                Piece::Text(text) => {
                    self.at += 1;
                    nodes.push(Node::Text(text));
                    continue;
                }
                Piece::Action(action) => *action,
            };
            let (word, rest) = action.split_once(char::is_whitespace).unwrap_or((action, ""));
            if matches!(word, "end" | "else") {
                if !inside {
                    return wrong(format!("unexpected {{{{{word}}}}}"));
                }
                self.depth -= 1;
                return Ok(nodes);
            }
            self.at += 1;
            nodes.push(match word {
                "if" => self.conditional(rest.trim())?,
                "range" => self.range(rest.trim())?,
                "with" => {
                    let body = self.nodes(true)?;
                    let otherwise = self.otherwise()?;
                    Node::With(rest.trim(), body, otherwise)
                }
                "define" | "template" | "block" | "break" | "continue" => {
                    return wrong(format!("{word} is not supported"));
                }
                _ => match action.split_once(":=").or_else(|| action.split_once(" = ")) {
                    Some((name, value)) if name.trim().starts_with('$') => {
                        Node::Assign(name.trim(), value.trim())
                    }
                    _ => Node::Pipeline(action),
                },
            });
        }
        self.depth -= 1;
        match inside {
            true => wrong("unexpected EOF"),
            false => Ok(nodes),
        }
    }

    fn conditional(&mut self, first: &'t str) -> Result<Node<'t>, Failure> {
        let mut branches = vec![(first, self.nodes(true)?)];
        loop {
            let Some(Piece::Action(action)) = self.pieces.get(self.at) else {
                return wrong("unexpected EOF");
            };
            let action = *action;
            self.at += 1;
            if action == "end" {
                return Ok(Node::If(branches, Vec::new()));
            }
            let rest = action.strip_prefix("else").unwrap_or_default().trim();
            match rest.strip_prefix("if ") {
                Some(condition) => branches.push((condition.trim(), self.nodes(true)?)),
                None => {
                    let otherwise = self.nodes(true)?;
                    self.at += 1;
                    return Ok(Node::If(branches, otherwise));
                }
            }
        }
    }

    fn otherwise(&mut self) -> Result<Vec<Node<'t>>, Failure> {
        let Some(Piece::Action(action)) = self.pieces.get(self.at) else { return wrong("unexpected EOF") };
        let action = *action;
        self.at += 1;
        if action == "end" {
            return Ok(Vec::new());
        }
        let nodes = self.nodes(true)?;
        self.at += 1;
        Ok(nodes)
    }

    fn range(&mut self, header: &'t str) -> Result<Node<'t>, Failure> {
        let (names, over) = match header.split_once(":=") {
            Some((names, over)) => (names.split(',').map(str::trim).collect(), over.trim()),
            None => (Vec::new(), header),
        };
        let body = self.nodes(true)?;
        let otherwise = self.otherwise()?;
        Ok(Node::Range { names, over, body, otherwise })
    }
}

struct Writer<'w, 't> {
    host: &'w mut Host,
    root: &'w Value,
    variables: Vec<HashMap<&'t str, Option<Value>>>,
    out: String,
}

impl<'t> Writer<'_, 't> {
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
        let mut result: Option<Option<Value>> = None;
        for command in pipeline.split('|') {
            let words = words(command)?;
            let mut operands = Vec::new();
            for word in words.iter().skip(1) {
                operands.push(self.operand(word, dot)?);
            }
            operands.extend(result.take());
            let Some(first) = words.first() else { return wrong("missing value for command") };
            result = Some(match operands.is_empty() && !is_function(first) {
                true => self.operand(first, dot)?,
                false => function(self.host, first, &operands)?,
            });
        }
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

/// Splits a command at spaces outside of quotes and parentheses.
fn words(command: &str) -> Result<Vec<String>, Failure> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quote, mut depth, mut escaped) = (None, 0usize, false);
    for c in command.chars() {
        match (quote, c) {
            (Some(open), _) => {
                if c == open && !escaped {
                    quote = None;
                }
                escaped = c == '\\' && !escaped && open == '"';
                word.push(c);
            }
            (None, '"' | '`') => {
                quote = Some(c);
                word.push(c);
            }
            (None, '(') => {
                depth += 1;
                word.push(c);
            }
            (None, ')') => {
                depth = depth.saturating_sub(1);
                word.push(c);
            }
            (None, c) if c.is_whitespace() && depth == 0 => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            (None, c) => word.push(c),
        }
    }
    if quote.is_some() || depth > 0 {
        return wrong("unterminated quoted string");
    }
    if !word.is_empty() {
        words.push(word);
    }
    Ok(words)
}

fn is_true(value: &Option<Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(flag)) => *flag,
        Some(Value::Number(number)) => number.as_i64() != Some(0),
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(entries)) => !entries.is_empty(),
        Some(Value::Set(items)) => !items.is_empty(),
    }
}

fn is_function(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "not"
            | "len"
            | "index"
            | "print"
            | "println"
            | "printf"
            | "html"
            | "js"
            | "urlquery"
            | "eq"
            | "ne"
            | "lt"
            | "le"
            | "gt"
            | "ge"
            | "slice"
    )
}

fn function(host: &mut Host, name: &str, operands: &[Option<Value>]) -> Result<Option<Value>, Failure> {
    let first = operands.first().cloned().flatten();
    let second = operands.get(1).cloned().flatten();
    let bool_value = |flag: bool| Ok(Some(Value::Bool(flag)));
    match name {
        "not" => bool_value(!is_true(&first)),
        "and" => Ok(operands.iter().find(|value| !is_true(value)).or(operands.last()).cloned().flatten()),
        "or" => Ok(operands.iter().find(|value| is_true(value)).or(operands.last()).cloned().flatten()),
        "eq" => bool_value(operands.iter().skip(1).any(|value| *value == first)),
        "ne" => bool_value(first != second),
        "lt" => bool_value(first < second),
        "le" => bool_value(first <= second),
        "gt" => bool_value(first > second),
        "ge" => bool_value(first >= second),
        "len" => Ok(Some(match first {
            Some(Value::String(text)) => Value::from(text.len()),
            Some(Value::Array(items)) => Value::from(items.len()),
            Some(Value::Object(entries)) => Value::from(entries.len()),
            _ => return wrong("error calling len"),
        })),
        "index" => Ok(operands
            .iter()
            .skip(1)
            .try_fold(first, |at, key| Some(at?.lookup(key.as_ref()?).cloned()))
            .flatten()),
        "print" => Ok(Some(operands.iter().flatten().map(shown).collect::<Vec<_>>().join(" ").into())),
        "println" => Ok(Some(
            format!("{}\n", operands.iter().flatten().map(shown).collect::<Vec<_>>().join(" ")).into(),
        )),
        "printf" => {
            // Numbers are texts to Go's templates.
            let values = operands.iter().skip(1).map(|value| match value {
                Some(Value::Number(number)) => number.to_string().into(),
                other => other.clone().unwrap_or(Value::Null),
            });
            let values = values.collect();
            let format = first.unwrap_or(Value::Null);
            super::printf::sprintf(host, &[format, Value::array(values)]).map(Some)
        }
        "urlquery" => Ok(Some(
            super::encoding::query_escape(first.map(|value| shown(&value)).unwrap_or_default().as_bytes())
                .into(),
        )),
        "html" => {
            let text = first.map(|value| shown(&value)).unwrap_or_default();
            let text = text.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&#34;");
            Ok(Some(text.replace('<', "&lt;").replace('>', "&gt;").into()))
        }
        _ => wrong(format!("function {name:?} not defined")),
    }
}

/// Prints a value as Go does.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        Value::Null => "<no value>".to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(" ")),
        Value::Set(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(" ")),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}:{}", shown(key), shown(value)));
            format!("map[{}]", entries.collect::<Vec<_>>().join(" "))
        }
        other => other.to_string(),
    }
}
