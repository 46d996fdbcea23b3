//! Values to YAML text, byte for byte as Terraform writes it.

use std::fmt::Write;

use trueline_model::{Kind, Value};

use super::call::bound_text;
use super::error::Fail;

/// Column behind which a quoted text is broken at the next space.
const WIDTH: usize = 80;

/// The document of a wholly known value.
pub(super) fn encode(v: &Value) -> Result<String, Fail> {
    let mut w = Writer { out: String::new(), column: 0 };
    w.value(v, None, true)?;
    if !w.out.ends_with('\n') {
        w.put("\n");
    }
    // A scalar without quotes needs an end mark to stand alone.
    let plain = matches!(v.kind, Kind::Null(_) | Kind::Bool(_) | Kind::Number(_));
    if plain {
        w.put("...\n");
    }
    bound_text(w.out.len())?;
    Ok(w.out)
}

struct Writer {
    out: String,
    column: usize,
}

impl Writer {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.column = match text.rfind('\n') {
            Some(i) => text.get(i + 1..).unwrap_or("").chars().count(),
            None => self.column + text.chars().count(),
        };
    }

    fn line(&mut self, indent: usize) {
        if self.column > 0 {
            self.put("\n");
        }
        self.put(&" ".repeat(indent));
    }

    /// A value whose parent is indented this far (none at the top); `fresh` if it begins its line.
    fn value(&mut self, v: &Value, indent: Option<usize>, fresh: bool) -> Result<(), Fail> {
        bound_text(self.out.len())?;
        match &v.kind {
            Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
                if items.is_empty() {
                    self.put("[]");
                    return Ok(());
                }
                // A list in a mapping stands as far left as the mapping's keys; in a list it starts on the dash's line.
                let at = indent.unwrap_or(0);
                for (i, item) in items.iter().enumerate() {
                    if i > 0 || !fresh {
                        self.line(at);
                    }
                    self.put("- ");
                    self.in_sequence(item, at)?;
                }
            }
            Kind::Map(_, items) | Kind::Object(items) => {
                if items.is_empty() {
                    self.put("{}");
                    return Ok(());
                }
                let at = indent.unwrap_or(0);
                for (i, (key, item)) in items.iter().enumerate() {
                    if i > 0 || !fresh {
                        self.line(at);
                    }
                    self.key(key, at)?;
                    self.in_mapping(item, at)?;
                }
            }
            _ => self.scalar(v, indent.map_or(2, |i| i + 2))?,
        }
        Ok(())
    }

    fn in_sequence(&mut self, item: &Value, at: usize) -> Result<(), Fail> {
        match &item.kind {
            Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) | Kind::Map(..) | Kind::Object(_) => {
                self.value(item, Some(at + 2), true)
            }
            _ => self.scalar(item, at + 2),
        }
    }

    fn in_mapping(&mut self, item: &Value, at: usize) -> Result<(), Fail> {
        let empty = item.as_items().is_some_and(<[Value]>::is_empty)
            || item.as_entries().is_some_and(|m| m.is_empty());
        match &item.kind {
            Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) if !empty => self.value(item, Some(at), false),
            Kind::Map(..) | Kind::Object(_) if !empty => self.value(item, Some(at + 2), false),
            _ => {
                self.put(" ");
                self.value(item, Some(at), false)
            }
        }
    }

    /// A key and its colon; long ones and those of several lines are marked by `?`.
    fn key(&mut self, key: &str, at: usize) -> Result<(), Fail> {
        const LONGEST: usize = 128;
        let lines = key.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
        if !lines && key.len() <= LONGEST {
            self.quoted(key, None);
            self.put(":");
            return Ok(());
        }
        self.put("? ");
        self.text(key, at + 2)?;
        self.line(at);
        self.put(":");
        Ok(())
    }

    fn scalar(&mut self, v: &Value, indent: usize) -> Result<(), Fail> {
        match &v.kind {
            Kind::Null(_) => self.put("null"),
            Kind::Bool(b) => self.put(if *b { "true" } else { "false" }),
            Kind::Number(n) => self.put(&n.to_string()),
            Kind::String(s) => self.text(s, indent)?,
            _ => return Err("value is not known".into()),
        }
        Ok(())
    }

    fn text(&mut self, s: &str, indent: usize) -> Result<(), Fail> {
        bound_text(s.len())?;
        if s.contains('\n') && block_allowed(s) {
            self.block(s, indent)
        } else {
            self.quoted(s, Some(indent));
            Ok(())
        }
    }

    /// A text of several lines after `|`.
    fn block(&mut self, s: &str, indent: usize) -> Result<(), Fail> {
        let lines = s.bytes().filter(|b| *b == b'\n').count();
        bound_text(s.len() + lines.saturating_mul(indent))?;
        self.put("|");
        if s.starts_with([' ', '\n']) {
            self.put("2");
        }
        match s.strip_suffix('\n') {
            None => self.put("-"),
            Some(rest) if rest.is_empty() || rest.ends_with('\n') => self.put("+"),
            Some(_) => {}
        }
        self.put("\n");
        let body = s.strip_suffix('\n').unwrap_or(s);
        for line in body.split('\n') {
            if !line.is_empty() {
                self.put(&" ".repeat(indent));
                self.put(line);
            }
            self.put("\n");
        }
        self.column = 0;
        Ok(())
    }

    /// A text in double quotes; broken at spaces if it may go on in lines of this indent.
    fn quoted(&mut self, s: &str, indent: Option<usize>) {
        self.put("\"");
        let mut spaces = false;
        let mut chars = s.char_indices().peekable();
        let last = s.chars().count().saturating_sub(1);
        let mut index = 0;
        let mut buffer = String::new();
        while let Some((_, c)) = chars.next() {
            if c == ' ' {
                let wide = self.column + buffer.chars().count() > WIDTH;
                if let Some(indent) = indent
                    && !spaces
                    && wide
                    && index != 0
                    && index != last
                {
                    self.put(&buffer);
                    buffer.clear();
                    self.line(indent);
                    if matches!(chars.peek(), Some((_, ' '))) {
                        self.put("\\");
                    }
                } else {
                    buffer.push(' ');
                }
                spaces = true;
            } else {
                escape(c, &mut buffer);
                spaces = false;
            }
            index += 1;
            if buffer.len() > 256 {
                self.put(&buffer);
                buffer.clear();
            }
        }
        self.put(&buffer);
        self.put("\"");
    }
}

/// True if the text can stand in a block: nothing to escape in it, and no space at the end of a line.
fn block_allowed(s: &str) -> bool {
    s.chars().all(|c| c == '\n' || printable(c)) && !s.ends_with(' ') && !s.contains(" \n")
}

fn printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
        && c != '\u{feff}'
        && c != '\u{2028}'
        && c != '\u{2029}'
}

fn escape(c: char, out: &mut String) {
    match c {
        '\0' => out.push_str("\\0"),
        '\u{7}' => out.push_str("\\a"),
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{b}' => out.push_str("\\v"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        '\u{1b}' => out.push_str("\\e"),
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\u{85}' => out.push_str("\\N"),
        '\u{2028}' => out.push_str("\\L"),
        '\u{2029}' => out.push_str("\\P"),
        c if printable(c) => out.push(c),
        c => {
            let code = c as u32;
            let _ = match code {
                0..=0xff => write!(out, "\\x{code:02X}"),
                0x100..=0xffff => write!(out, "\\u{code:04X}"),
                _ => write!(out, "\\U{code:08X}"),
            };
        }
    }
}
