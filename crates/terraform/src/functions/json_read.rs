//! JSON text to values, with errors as Terraform words them.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Number, Value};

use super::MAX_ELEMENTS;
use trueline_provider::convert::{MAX_DEPTH, normalize, string};

/// The value of a JSON text; nulls have no type, arrays are tuples.
///
/// # Errors
/// What is wrong with the text, or that it is nested too deep.
pub(crate) fn decode(text: &str) -> Result<Value, String> {
    let mut r = Reader { text, at: 0, elements: 0 };
    let v = r.value(0)?;
    match r.peek() {
        None | Some(b']' | b'}') => Ok(v),
        Some(_) => Err("extraneous data after JSON object".to_owned()),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    elements: usize,
}

impl Reader<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        self.byte()
    }

    fn invalid(&self, context: &str) -> String {
        let Some(c) = self.byte() else { return "unexpected EOF".to_owned() };
        // Only single bytes are quoted, as the decoder sees them.
        let shown = match c {
            b'\'' => "'\\''".to_owned(),
            b'"' => "'\"'".to_owned(),
            c => {
                let q = trueline_provider::convert::quote(char::from(c).encode_utf8(&mut [0; 4]));
                format!("'{}'", q.trim_matches('"'))
            }
        };
        format!("invalid character {shown} {context}")
    }

    fn value(&mut self, depth: usize) -> Result<Value, String> {
        if depth > MAX_DEPTH {
            return Err(format!("the JSON document is nested more than {MAX_DEPTH} levels deep"));
        }
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(format!("the JSON document has more than {MAX_ELEMENTS} values"));
        }
        match self.peek() {
            None => Err("EOF".to_owned()),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Ok(string(&self.text_value()?)),
            Some(b't') => self.literal("true").map(|()| Value::bool(true)),
            Some(b'f') => self.literal("false").map(|()| Value::bool(false)),
            Some(b'n') => self.literal("null").map(|()| Value::null()),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => Err(self.invalid("looking for beginning of value")),
        }
    }

    fn literal(&mut self, word: &str) -> Result<(), String> {
        for want in word.bytes() {
            if self.byte() != Some(want) {
                return Err(self.invalid(&format!("in literal {word} (expecting '{}')", char::from(want))));
            }
            self.at += 1;
        }
        Ok(())
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while self.byte().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        self.at > start
    }

    fn number(&mut self) -> Result<Value, String> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else if !self.digits() {
            return Err(self.invalid("in numeric literal"));
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            if !self.digits() {
                return Err(self.invalid("after decimal point in numeric literal"));
            }
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if !self.digits() {
                return Err(self.invalid("in exponent of numeric literal"));
            }
        }
        let text = self.text.get(start..self.at).unwrap_or("");
        let n: Number = text.parse().map_err(|_| "a number is required".to_owned())?;
        Ok(Value::number(n))
    }

    fn text_value(&mut self) -> Result<String, String> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
            out.push_str(rest.get(..plain).unwrap_or(""));
            self.at += plain;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at += 1;
                    self.escape(&mut out)?;
                }
                _ => return Err(self.invalid("in string literal")),
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> Result<(), String> {
        out.push(match self.byte() {
            Some(b @ (b'"' | b'\\' | b'/')) => char::from(b),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                let first = self.hex()?;
                let joined = match first {
                    0xd800..=0xdbff if self.text.get(self.at..).is_some_and(|t| t.starts_with("\\u")) => {
                        let back = self.at;
                        self.at += 2;
                        match self.hex()? {
                            low @ 0xdc00..=0xdfff => 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00),
                            _ => {
                                self.at = back;
                                first
                            }
                        }
                    }
                    _ => first,
                };
                out.push(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
                return Ok(());
            }
            _ => return Err(self.invalid("in string escape code")),
        });
        self.at += 1;
        Ok(())
    }

    fn hex(&mut self) -> Result<u32, String> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|b| char::from(b).to_digit(16));
            let Some(digit) = digit else { return Err(self.invalid("in \\u hexadecimal character escape")) };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    fn array(&mut self, depth: usize) -> Result<Value, String> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            match (self.peek(), items.is_empty()) {
                (None, _) => return Err("EOF".to_owned()),
                (Some(b']'), _) => {
                    self.at += 1;
                    return Ok(Value::tuple(items));
                }
                (Some(b','), false) => {
                    self.at += 1;
                    if self.peek() == Some(b']') {
                        return Err(self.invalid("looking for beginning of value"));
                    }
                }
                (Some(_), false) => return Err(self.invalid("after array element")),
                (Some(_), true) => {}
            }
            items.push(self.value(depth + 1)?);
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, String> {
        self.at += 1;
        let mut items: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        let mut first = true;
        loop {
            match self.peek() {
                None => return Err("EOF".to_owned()),
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::object(items));
                }
                Some(b',') if !first => {
                    self.at += 1;
                    if self.peek().is_none() {
                        return Err("EOF".to_owned());
                    }
                }
                Some(_) if !first => return Err(self.invalid("after object key:value pair")),
                Some(_) => {}
            }
            if self.byte() != Some(b'"') {
                let context = if first { "" } else { "looking for beginning of object key string" };
                return Err(self.invalid(context).trim_end().to_owned());
            }
            first = false;
            let key = self.text_value()?;
            match self.peek() {
                None => return Err("EOF".to_owned()),
                Some(b':') => self.at += 1,
                Some(_) => return Err(self.invalid("after object key")),
            }
            let v = self.value(depth + 1)?;
            // Of two properties of one name, the later counts.
            items.insert(normalize(&key), v);
        }
    }
}
