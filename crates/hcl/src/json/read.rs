//! A JSON reader that knows where everything stands.

use trueline_text::Span;

use crate::ast::SyntaxError;
use crate::parse::MAX_NESTING;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub span: Span,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// As written.
    Number,
    String(Text),
    Array(Vec<Node>),
    Object(Vec<Member>),
}

/// The value of a string.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub value: String,
    /// With the quotes.
    pub span: Span,
    /// Where escapes stand: offset in the value behind one, and how many bytes the source is longer by then.
    pub escapes: Vec<(u32, u32)>,
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub key: Text,
    pub colon: Span,
    pub value: Node,
}

impl Member {
    pub const fn span(&self) -> Span {
        Span::new(self.key.span.start, self.value.span.end)
    }
}

impl Text {
    /// The offset in the source of a byte of the value.
    pub fn source(&self, offset: u32) -> u32 {
        let n = self.escapes.partition_point(|(behind, _)| *behind <= offset);
        let longer = n.checked_sub(1).and_then(|n| self.escapes.get(n)).map_or(0, |(_, longer)| *longer);
        self.span.start + 1 + offset + longer
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
}

type Read<T> = Result<T, SyntaxError>;

/// Reads a whole text; a byte order mark is skipped.
pub(crate) fn read(text: &str) -> Read<Node> {
    let mut reader = Reader { text, at: if text.starts_with('\u{feff}') { 3 } else { 0 }, depth: 0 };
    let node = reader.value()?;
    reader.space();
    match reader.peek() {
        None => Ok(node),
        Some(_) => Err(reader.error("expected the end of the file".to_owned(), None)),
    }
}

/// Reads the object that begins at an offset.
pub(crate) fn read_object(text: &str, at: u32) -> Option<Node> {
    let mut reader = Reader { text, at: at as usize, depth: 0 };
    reader.value().ok().filter(|n| matches!(n.value, Value::Object(_)))
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn found(&self) -> String {
        match self.text.get(self.at..).and_then(|t| t.chars().next()) {
            Some(c) => format!("`{}`", c.escape_debug()),
            None => "the end of the file".to_owned(),
        }
    }

    fn error(&self, expected: String, help: Option<&str>) -> SyntaxError {
        let len = self.text.get(self.at..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
        SyntaxError {
            message: format!("{expected}, found {}", self.found()),
            help: help.map(str::to_owned),
            span: Span::new(self.at as u32, (self.at + len) as u32),
        }
    }

    fn value(&mut self) -> Read<Node> {
        self.space();
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.deeper(Self::object)?,
            Some(b'[') => self.deeper(Self::array)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't' | b'f' | b'n') => self.word()?,
            Some(b'\'') => {
                return Err(self.error("expected a value".to_owned(), Some("strings stand in double quotes")));
            }
            Some(b'#' | b'/') => {
                let help = "JSON has no comments; a property named `//` is one";
                return Err(self.error("expected a value".to_owned(), Some(help)));
            }
            _ => return Err(self.error("expected a value".to_owned(), None)),
        };
        Ok(Node { span: Span::new(start as u32, self.at as u32), value })
    }

    fn deeper(&mut self, run: impl FnOnce(&mut Self) -> Read<Value>) -> Read<Value> {
        if self.depth >= MAX_NESTING {
            let mut error = self.error(String::new(), None);
            error.message = format!("more than {MAX_NESTING} levels of nesting");
            return Err(error);
        }
        self.depth += 1;
        let result = run(self);
        self.depth -= 1;
        result
    }

    fn object(&mut self) -> Read<Value> {
        self.at += 1;
        let mut members = Vec::new();
        loop {
            self.space();
            match self.peek() {
                Some(b'}') if members.is_empty() => break,
                Some(b'"') => {}
                Some(b'}') => {
                    let help = "no comma may stand behind the last property";
                    return Err(self.error("expected a property".to_owned(), Some(help)));
                }
                _ => return Err(self.error("expected a property's name in quotes".to_owned(), None)),
            }
            let key = self.string()?;
            self.space();
            let colon = Span::new(self.at as u32, self.at as u32 + 1);
            match self.peek() {
                Some(b':') => self.at += 1,
                Some(b'=') => {
                    let help = "JSON has `:` where native syntax has `=`";
                    return Err(self.error("expected `:`".to_owned(), Some(help)));
                }
                _ => return Err(self.error("expected `:` behind the property's name".to_owned(), None)),
            }
            let value = self.value()?;
            members.push(Member { key, colon, value });
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return Err(self.error("expected `,` or `}` behind the property".to_owned(), None)),
            }
        }
        self.at += 1;
        Ok(Value::Object(members))
    }

    fn array(&mut self) -> Read<Value> {
        self.at += 1;
        let mut elements = Vec::new();
        loop {
            self.space();
            match self.peek() {
                Some(b']') if elements.is_empty() => break,
                Some(b']') => {
                    let help = "no comma may stand behind the last element";
                    return Err(self.error("expected an element".to_owned(), Some(help)));
                }
                _ => elements.push(self.value()?),
            }
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return Err(self.error("expected `,` or `]` behind the element".to_owned(), None)),
            }
        }
        self.at += 1;
        Ok(Value::Array(elements))
    }

    fn word(&mut self) -> Read<Value> {
        let rest = self.text.get(self.at..).unwrap_or("");
        let words = [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)];
        for (word, value) in words {
            if let Some(behind) = rest.strip_prefix(word)
                && !behind.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.error(
            "expected a value".to_owned(),
            Some("words stand in double quotes, save true, false and null"),
        ))
    }

    fn digits(&mut self) -> Read<()> {
        if !self.peek().is_some_and(|b| b.is_ascii_digit()) {
            return Err(self.error("expected a digit".to_owned(), None));
        }
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Read<Value> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let zero = self.peek() == Some(b'0');
        let start = self.at;
        self.digits()?;
        if zero && self.at > start + 1 {
            self.at = start;
            let help = "a number has no leading zeros; write it as a string if they count";
            return Err(self.error("expected a number".to_owned(), Some(help)));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Value::Number)
    }

    fn string(&mut self) -> Read<Text> {
        let start = self.at;
        self.at += 1;
        let mut text = Text { value: String::new(), span: Span::at(start as u32), escapes: Vec::new() };
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            let Some(n) = rest.bytes().position(|b| b == b'"' || b == b'\\' || b < 0x20) else {
                return Err(self.open_string(start));
            };
            text.value.push_str(rest.get(..n).unwrap_or(""));
            self.at += n;
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let character = self.escape()?;
                    text.value.push(character);
                    let longer = (self.at - start - 1) - text.value.len();
                    let behind = text.value.len() as u32;
                    text.escapes.push((behind, longer as u32));
                }
                Some(b'\n' | b'\r') => return Err(self.open_string(start)),
                _ => return Err(self.error("expected an escape such as `\\t`".to_owned(), None)),
            }
        }
        self.at += 1;
        text.span.end = self.at as u32;
        Ok(text)
    }

    fn open_string(&self, start: usize) -> SyntaxError {
        SyntaxError {
            message: "the string is not closed on its line".to_owned(),
            help: Some("end it with `\"`; write a line break as `\\n`".to_owned()),
            span: Span::new(start as u32, start as u32 + 1),
        }
    }

    fn escape(&mut self) -> Read<char> {
        self.at += 1;
        let plain = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode();
            }
            _ => {
                let help = "valid are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX";
                return Err(self.error("expected an escape".to_owned(), Some(help)));
            }
        };
        self.at += 1;
        Ok(plain)
    }

    /// The digits behind `\u`; a high surrogate takes the low one with it, one without stands for itself no more.
    fn unicode(&mut self) -> Read<char> {
        let first = self.hex()?;
        if (0xd800..0xdc00).contains(&first) && self.text.get(self.at..).is_some_and(|t| t.starts_with("\\u"))
        {
            let before = self.at;
            self.at += 2;
            let second = self.hex()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = before;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Read<u32> {
        let digits = self.text.get(self.at..self.at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|d| u32::from_str_radix(d, 16).ok()) else {
            return Err(self.error("expected four hexadecimal digits behind `\\u`".to_owned(), None));
        };
        self.at += 4;
        Ok(code)
    }
}
