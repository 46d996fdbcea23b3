//! Prints a document as Go's `encoding/json` does.

use trueline_model::{Kind, Value};

use super::statement::{Document, MEMBERS, Statement};

/// With two spaces of indentation, as in `json`.
pub fn indented(document: &Document) -> String {
    Printer { out: String::new(), indent: Some(0) }.document(document)
}

/// Without white space, as in `minified_json`.
pub fn minified(document: &Document) -> String {
    Printer { out: String::new(), indent: None }.document(document)
}

struct Printer {
    out: String,
    /// Depth of indentation; none for minified.
    indent: Option<usize>,
}

impl Printer {
    fn document(mut self, d: &Document) -> String {
        let mut members: Vec<(&str, Part<'_>)> = Vec::new();
        for (name, v) in [("Version", &d.version), ("Id", &d.id)] {
            if let Some(v) = v {
                members.push((name, Part::Value(v)));
            }
        }
        if !d.statements.is_empty() {
            members.push(("Statement", Part::Statements(&d.statements)));
        }
        self.object(members);
        self.out
    }

    fn part(&mut self, part: Part<'_>) {
        match part {
            Part::Value(v) => self.value(v),
            Part::Statements(all) => self.list(all.iter().map(Part::Statement).collect()),
            Part::Statement(Statement::Known { members, .. }) => {
                let ordered = MEMBERS.iter().filter_map(|m| Some((*m, Part::Value(members.get(m)?))));
                self.object(ordered.collect());
            }
            Part::Statement(Statement::Unknown(_)) => self.out.push_str("null"),
        }
    }

    /// As deep as the reader of documents let them be.
    fn value(&mut self, v: &Value) {
        match &v.kind {
            Kind::Null(_) | Kind::Unknown(_) => self.out.push_str("null"),
            Kind::Bool(b) => self.out.push_str(if *b { "true" } else { "false" }),
            Kind::Number(n) => self.out.push_str(&float(n.to_f64())),
            Kind::String(s) => self.string(s),
            Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
                self.list(items.iter().map(Part::Value).collect());
            }
            Kind::Map(_, entries) | Kind::Object(entries) => {
                self.object(entries.iter().map(|(k, v)| (&**k, Part::Value(v))).collect());
            }
        }
    }

    fn list(&mut self, items: Vec<Part<'_>>) {
        self.out.push('[');
        let empty = items.is_empty();
        self.deeper(1);
        for (i, item) in items.into_iter().enumerate() {
            self.separate(i);
            self.part(item);
        }
        self.close(empty, ']');
    }

    fn object(&mut self, members: Vec<(&str, Part<'_>)>) {
        self.out.push('{');
        let empty = members.is_empty();
        self.deeper(1);
        for (i, (name, part)) in members.into_iter().enumerate() {
            self.separate(i);
            self.string(name);
            self.out.push_str(if self.indent.is_some() { ": " } else { ":" });
            self.part(part);
        }
        self.close(empty, '}');
    }

    fn separate(&mut self, i: usize) {
        if i > 0 {
            self.out.push(',');
        }
        self.line();
    }

    fn close(&mut self, empty: bool, bracket: char) {
        self.deeper(-1);
        if !empty {
            self.line();
        }
        self.out.push(bracket);
    }

    fn deeper(&mut self, by: isize) {
        self.indent = self.indent.map(|n| n.saturating_add_signed(by));
    }

    fn line(&mut self) {
        if let Some(n) = self.indent {
            self.out.push('\n');
            self.out.push_str(&"  ".repeat(n));
        }
    }

    fn string(&mut self, s: &str) {
        quote(s, &mut self.out);
    }
}

/// A string with the escapes of Go: also `<`, `>`, `&` and the two line separators of Unicode.
pub fn quote(s: &str, out: &mut String) {
    out.push('"');
    for c in s.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

enum Part<'a> {
    Value(&'a Value),
    Statements(&'a [Statement]),
    Statement(&'a Statement),
}

/// A double as Go writes it: shortest form, with an exponent below 1e-6 and from 1e21.
pub fn float(f: f64) -> String {
    let size = f.abs();
    if size == 0.0 || (1e-6..1e21).contains(&size) {
        return format!("{f}");
    }
    let text = format!("{f:e}");
    match text.split_once('e') {
        Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
        _ => text,
    }
}
