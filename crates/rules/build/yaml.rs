//! The part of YAML that annotations are written in.
//!
//! Block mappings and lists, flow ones, plain, quoted, literal (`|`) and folded (`>`) texts, and comments.
//! Anchors, aliases, tags, several documents and multi-line plain texts are refused, so that nothing is
//! taken for something else. Built only on the standard library: `build.rs` reads the pack with it.

use std::fmt;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Yaml {
    /// Any scalar, as text; `null` and nothing are the empty text.
    Text(String),
    /// A list.
    List(Vec<Yaml>),
    /// A mapping, in source order.
    Map(Vec<(String, Yaml)>),
}

/// A line that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// Line, from 0.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for YamlError {}

/// How deep mappings and lists may nest.
const DEEPEST: usize = 32;

impl Yaml {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(m) => m.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(t) => Some(t),
            _ => None,
        }
    }

    /// The entries of a mapping; none for anything else.
    #[cfg_attr(test, allow(dead_code))] // only the build script asks for them
    pub fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Map(m) => m,
            _ => &[],
        }
    }

    /// The texts of a list of texts.
    pub fn texts(&self) -> Option<Vec<&str>> {
        match self {
            Self::List(l) => l.iter().map(Self::text).collect(),
            _ => None,
        }
    }
}

/// Reads a document.
pub fn parse(text: &str) -> Result<Yaml, YamlError> {
    let mut reader = Reader { lines: text.lines().map(|l| l.trim_end()).collect(), at: 0 };
    let value = reader.block(0, 0)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.error("this line is indented differently from those before it")),
    }
}

struct Reader<'t> {
    lines: Vec<&'t str>,
    at: usize,
}

impl<'t> Reader<'t> {
    fn error(&self, problem: impl Into<String>) -> YamlError {
        YamlError { line: self.at, problem: problem.into() }
    }

    /// The next line that says something: its indentation and its text.
    fn peek(&mut self) -> Option<(usize, &'t str)> {
        while let Some(line) = self.lines.get(self.at) {
            let text = line.trim_start();
            if !text.is_empty() && !text.starts_with('#') {
                return Some((line.len() - text.len(), text));
            }
            self.at += 1;
        }
        None
    }

    /// The value whose lines are indented by at least `least`.
    fn block(&mut self, least: usize, depth: usize) -> Result<Yaml, YamlError> {
        if depth > DEEPEST {
            return Err(self.error("nested too deeply"));
        }
        let Some((indent, text)) = self.peek().filter(|(i, _)| *i >= least) else {
            return Ok(Yaml::Text(String::new()));
        };
        if text == "-" || text.starts_with("- ") {
            return self.list(indent, depth);
        }
        if split_key(text).is_some() {
            return self.map(indent, depth);
        }
        self.at += 1;
        self.inline(text, indent, depth)
    }

    fn list(&mut self, indent: usize, depth: usize) -> Result<Yaml, YamlError> {
        let mut out = Vec::new();
        while let Some((i, text)) = self.peek() {
            let Some(rest) =
                text.strip_prefix('-').filter(|r| i == indent && (r.is_empty() || r.starts_with(' ')))
            else {
                break;
            };
            let item = rest.trim_start();
            if item.is_empty() {
                self.at += 1;
                out.push(self.block(indent + 1, depth + 1)?);
            } else if split_key(item).is_some() {
                out.push(self.entries(indent + text.len() - item.len(), depth + 1, Some(item))?);
            } else {
                self.at += 1;
                out.push(self.inline(item, indent, depth)?);
            }
        }
        Ok(Yaml::List(out))
    }

    fn map(&mut self, indent: usize, depth: usize) -> Result<Yaml, YamlError> {
        self.entries(indent, depth, None)
    }

    /// Entries of a mapping at `indent`; the first may stand behind a `- ` on the current line.
    fn entries(
        &mut self,
        indent: usize,
        depth: usize,
        mut first: Option<&'t str>,
    ) -> Result<Yaml, YamlError> {
        let mut out: Vec<(String, Yaml)> = Vec::new();
        loop {
            let text = match first.take() {
                Some(text) => text,
                None => match self.peek() {
                    Some((i, text)) if i == indent => text,
                    Some((i, _)) if i > indent => {
                        return Err(self.error("this line is indented more than those before it"));
                    }
                    _ => break,
                },
            };
            let Some((key, rest)) = split_key(text) else {
                if out.is_empty() || !text.starts_with('-') {
                    return Err(self.error("expected `key: value`"));
                }
                break;
            };
            if out.iter().any(|(k, _)| *k == key) {
                return Err(self.error(format!("`{key}` stands here twice")));
            }
            self.at += 1;
            let value = if rest.is_empty() || rest.starts_with('#') {
                // A list may stand at the same indentation as its key.
                match self.peek() {
                    Some((i, t)) if i == indent && (t == "-" || t.starts_with("- ")) => {
                        self.list(indent, depth + 1)?
                    }
                    _ => self.block(indent + 1, depth + 1)?,
                }
            } else {
                self.inline(rest, indent, depth)?
            };
            out.push((key, value));
        }
        Ok(Yaml::Map(out))
    }

    /// A value that begins on the line just passed; `indent` is that of the line.
    fn inline(&mut self, text: &str, indent: usize, depth: usize) -> Result<Yaml, YamlError> {
        let here = YamlError { line: self.at.saturating_sub(1), problem: String::new() };
        let fail = |problem: &str| YamlError { problem: problem.to_owned(), ..here.clone() };
        match text.chars().next() {
            Some('|' | '>') => return self.long(text, indent).map(Yaml::Text),
            Some('&' | '*' | '!' | '%' | '@' | '`') => {
                return Err(fail("anchors, aliases and tags are not read here"));
            }
            Some('[' | '{') => {
                // A flow value may go on over indented lines until its brackets close.
                let mut whole = text.to_owned();
                while !closed(&whole) {
                    let Some((i, more)) = self.peek().filter(|(i, _)| *i > indent) else { break };
                    let _ = i;
                    whole.push(' ');
                    whole.push_str(more);
                    self.at += 1;
                }
                let mut flow = Flow { rest: whole.as_str() };
                let value = flow.value(depth).map_err(|p| fail(&p))?;
                return if flow.done() {
                    Ok(value)
                } else {
                    Err(fail("something stands behind the closing bracket"))
                };
            }
            Some(quote @ ('"' | '\'')) => {
                let mut flow = Flow { rest: text };
                let value = flow.quoted(quote).map_err(|p| fail(&p))?;
                return if flow.done() {
                    Ok(Yaml::Text(value))
                } else {
                    Err(fail("something stands behind the closing quote"))
                };
            }
            _ => {}
        }
        let plain = text.split(" #").next().unwrap_or(text).trim_end();
        if plain.contains(": ") || plain.ends_with(':') {
            return Err(fail("a text with `: ` needs quotes"));
        }
        if self.peek().is_some_and(|(i, _)| i > indent) {
            return Err(self.error("a text over several lines needs `>` or `|`"));
        }
        Ok(Yaml::Text(if matches!(plain, "null" | "~") { String::new() } else { plain.to_owned() }))
    }

    /// A literal or folded text.
    fn long(&mut self, marks: &str, indent: usize) -> Result<String, YamlError> {
        let folded = marks.starts_with('>');
        let chomp = marks.get(1..).unwrap_or("").trim();
        if !matches!(chomp, "" | "-" | "+") {
            return Err(YamlError {
                line: self.at.saturating_sub(1),
                problem: format!("`{marks}` is not understood: expected `|`, `>`, `|-` or `>-`"),
            });
        }
        let mut lines: Vec<&str> = Vec::new();
        let mut base = None;
        while let Some(line) = self.lines.get(self.at) {
            let text = line.trim_start();
            let i = line.len() - text.len();
            if !text.is_empty() && i <= indent {
                break;
            }
            let base = *base.get_or_insert(i);
            lines.push(if text.is_empty() { "" } else { line.get(base.min(i)..).unwrap_or(text) });
            self.at += 1;
        }
        while lines.last().is_some_and(|l| l.is_empty()) {
            lines.pop();
        }
        let mut out = String::new();
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                let before = lines.get(i - 1).copied().unwrap_or("");
                match (folded, line.is_empty(), before.is_empty()) {
                    (true, false, false) => out.push(' '),
                    (true, false, true) => {}
                    _ => out.push('\n'),
                }
            }
            out.push_str(line);
        }
        if chomp != "-" && !out.is_empty() {
            out.push('\n');
        }
        Ok(out)
    }
}

/// Splits `key: rest`; nothing if the line is no entry of a mapping.
fn split_key(text: &str) -> Option<(String, &str)> {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let mut flow = Flow { rest: text };
        let key = flow.quoted(quote).ok()?;
        let rest = flow.rest.trim_start().strip_prefix(':')?;
        return (rest.is_empty() || rest.starts_with(' ')).then(|| (key, rest.trim_start()));
    }
    if text.starts_with(['[', '{', '#', '|', '>', '&', '*', '!']) {
        return None;
    }
    let (key, rest) = match text.split_once(": ") {
        Some((k, r)) => (k, r),
        None => (text.strip_suffix(':')?, ""),
    };
    (!key.contains(" #")).then(|| (key.trim_end().to_owned(), rest.trim_start()))
}

/// True if every bracket outside quotes is closed.
fn closed(text: &str) -> bool {
    let (mut open, mut quote) = (0i32, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(q), c) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => open += 1,
            (None, ']' | '}') => open -= 1,
            _ => {}
        }
    }
    open <= 0
}

struct Flow<'t> {
    rest: &'t str,
}

impl Flow<'_> {
    fn done(&self) -> bool {
        let rest = self.rest.trim_start();
        rest.is_empty() || rest.starts_with('#')
    }

    fn eat(&mut self, c: char) -> bool {
        let trimmed = self.rest.trim_start();
        match trimmed.strip_prefix(c) {
            Some(r) => {
                self.rest = r;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, depth: usize) -> Result<Yaml, String> {
        if depth > DEEPEST {
            return Err("nested too deeply".into());
        }
        if self.eat('[') {
            let mut out = Vec::new();
            while !self.eat(']') {
                out.push(self.value(depth + 1)?);
                if !self.eat(',') && !self.rest.trim_start().starts_with(']') {
                    return Err("expected `,` or `]`".into());
                }
            }
            return Ok(Yaml::List(out));
        }
        if self.eat('{') {
            let mut out = Vec::new();
            while !self.eat('}') {
                let key = self.scalar()?;
                let value = if self.eat(':') { self.value(depth + 1)? } else { Yaml::Text(String::new()) };
                out.push((key, value));
                if !self.eat(',') && !self.rest.trim_start().starts_with('}') {
                    return Err("expected `,` or `}`".into());
                }
            }
            return Ok(Yaml::Map(out));
        }
        self.scalar().map(Yaml::Text)
    }

    fn scalar(&mut self) -> Result<String, String> {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next() {
            Some(q @ ('"' | '\'')) => self.quoted(q),
            None => Err("the bracket is not closed".into()),
            Some(_) => {
                let end = self
                    .rest
                    .char_indices()
                    .find(|(i, c)| match c {
                        ',' | ']' | '}' | '[' | '{' => true,
                        ':' => {
                            self.rest.get(i + 1..).is_none_or(|r| r.is_empty() || r.starts_with([' ', ',']))
                        }
                        _ => false,
                    })
                    .map_or(self.rest.len(), |(i, _)| i);
                let (text, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
                self.rest = rest;
                let text = text.trim();
                if text.is_empty() { Err("a value is missing".into()) } else { Ok(text.to_owned()) }
            }
        }
    }

    fn quoted(&mut self, quote: char) -> Result<String, String> {
        let mut out = String::new();
        let mut chars = self.rest.chars();
        chars.next();
        loop {
            match chars.next() {
                None => return Err("the quotes are not closed".into()),
                Some('\'') if quote == '\'' && chars.as_str().starts_with('\'') => {
                    chars.next();
                    out.push('\'');
                }
                Some(c) if c == quote => break,
                Some('\\') if quote == '"' => match chars.next() {
                    Some('n') => out.push('\n'),
                    Some('t') => out.push('\t'),
                    Some(c @ ('"' | '\\' | '/')) => out.push(c),
                    _ => return Err("an escape that is not read here".into()),
                },
                Some(c) => out.push(c),
            }
        }
        self.rest = chars.as_str();
        Ok(out)
    }
}

#[cfg(test)]
#[path = "yaml/tests.rs"]
mod tests;
