//! The blocks of a template: text, actions, and what stands between `if`, `range`, `with` and their `end`.

use super::{Failure, wrong};

pub(super) enum Piece<'t> {
    Text(&'t str),
    Action(&'t str),
}

/// Cuts a template into texts and actions; `{{-` and `-}}` trim.
pub(super) fn pieces(template: &str) -> Result<Vec<Piece<'_>>, Failure> {
    let mut pieces = Vec::new();
    let mut rest = template;
    let mut trim = false;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((action, following)) = action(after) else { return wrong("unclosed action") };
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

/// Cuts off an action, which ends at the first `}}` outside of quotes; a comment ends behind its `*/`.
fn action(text: &str) -> Option<(&str, &str)> {
    if text.strip_prefix("- ").unwrap_or(text).starts_with("/*") {
        let end = text.find("*/")? + 2;
        let (_, rest) = text.split_at_checked(end)?;
        let (trim, following) = rest.split_once("}}")?;
        return text.get(..end + trim.len()).map(|comment| (comment, following));
    }
    let (mut quote, mut escaped) = (None, false);
    for (index, c) in text.char_indices() {
        match quote {
            Some(open) => {
                if c == open && !escaped {
                    quote = None;
                }
                escaped = c == '\\' && !escaped && open == '"';
            }
            None if matches!(c, '"' | '`') => quote = Some(c),
            None if c == '}' => {
                let (before, rest) = text.split_at_checked(index)?;
                if let Some(following) = rest.strip_prefix("}}") {
                    return Some((before, following));
                }
            }
            None => {}
        }
    }
    None
}

pub(super) enum Node<'t> {
    Text(&'t str),
    Pipeline(&'t str),
    Assign(&'t str, &'t str),
    If(Vec<(&'t str, Vec<Node<'t>>)>, Vec<Node<'t>>),
    Range { names: Vec<&'t str>, over: &'t str, body: Vec<Node<'t>>, otherwise: Vec<Node<'t>> },
    With(&'t str, Vec<Node<'t>>, Vec<Node<'t>>),
}

pub(super) struct Blocks<'p, 't> {
    pieces: &'p [Piece<'t>],
    at: usize,
    depth: usize,
}

impl<'p, 't> Blocks<'p, 't> {
    pub(super) const fn new(pieces: &'p [Piece<'t>]) -> Self {
        Self { pieces, at: 0, depth: 0 }
    }

    /// Reads up to the `end`, `else` or `else if` of the block, which stays; or to the end of the template.
    pub(super) fn nodes(&mut self, inside: bool) -> Result<Vec<Node<'t>>, Failure> {
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
