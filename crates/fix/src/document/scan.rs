//! JSON text with a span on every value, as it stands in a heredoc or a quoted string.
//!
//! Enters: text and the places of interpolations in it (`${…}`), which count as one opaque thing, inside a string or
//! as a value. Leaves: a tree, or nothing if the text is no JSON.

use std::ops::Range;

/// Nesting beyond this is refused.
const DEPTH: usize = 64;

/// A value and where it stands, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// From its first to after its last byte.
    pub span: Range<usize>,
    /// What it is.
    pub kind: NodeKind,
}

/// Kinds of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// `{…}`
    Object(Vec<Member>),
    /// `[…]`
    Array(Vec<Node>),
    /// A string, number, word or interpolation.
    Scalar,
}

/// One `"key": value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The key, escapes resolved; absent if it holds an interpolation.
    pub key: Option<String>,
    /// From the key to the end of the value.
    pub span: Range<usize>,
    /// Between key and value: `: `.
    pub colon: Range<usize>,
    /// The value.
    pub value: Node,
}

/// Reads `text`; `holes` are the interpolations in it, sorted.
pub fn scan(text: &str, holes: &[Range<usize>]) -> Option<Node> {
    let mut s = Scanner { bytes: text.as_bytes(), text, holes, at: 0 };
    s.space();
    let node = s.value(DEPTH)?;
    s.space();
    (s.at == text.len()).then_some(node)
}

struct Scanner<'a> {
    bytes: &'a [u8],
    text: &'a str,
    holes: &'a [Range<usize>],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_whitespace() || b == 0xEF || b == 0xBB || b == 0xBF) {
            self.at += 1;
        }
    }

    fn eat(&mut self, b: u8) -> Option<()> {
        (self.peek() == Some(b)).then(|| self.at += 1)
    }

    fn hole(&mut self) -> bool {
        let i = self.holes.partition_point(|h| h.start < self.at);
        match self.holes.get(i) {
            Some(h) if h.start == self.at && h.end > h.start => {
                self.at = h.end;
                true
            }
            _ => false,
        }
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        if depth == 0 {
            return None;
        }
        let start = self.at;
        if self.hole() {
            return Some(Node { span: start..self.at, kind: NodeKind::Scalar });
        }
        let kind = match self.peek()? {
            b'{' => NodeKind::Object(self.object(depth)?),
            b'[' => NodeKind::Array(self.array(depth)?),
            b'"' => {
                self.string()?;
                NodeKind::Scalar
            }
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                while self
                    .peek()
                    .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.'))
                {
                    self.at += 1;
                }
                serde_json::from_str::<serde_json::Value>(self.text.get(start..self.at)?).ok()?;
                NodeKind::Scalar
            }
            _ => return None,
        };
        Some(Node { span: start..self.at, kind })
    }

    fn object(&mut self, depth: usize) -> Option<Vec<Member>> {
        self.eat(b'{')?;
        let mut members = Vec::new();
        self.space();
        if self.eat(b'}').is_some() {
            return Some(members);
        }
        loop {
            self.space();
            let start = self.at;
            let key = self.string()?;
            let colon = self.at;
            self.space();
            self.eat(b':')?;
            self.space();
            let colon = colon..self.at;
            let value = self.value(depth - 1)?;
            members.push(Member { key, span: start..self.at, colon, value });
            self.space();
            if self.eat(b'}').is_some() {
                return Some(members);
            }
            self.eat(b',')?;
        }
    }

    fn array(&mut self, depth: usize) -> Option<Vec<Node>> {
        self.eat(b'[')?;
        let mut items = Vec::new();
        self.space();
        if self.eat(b']').is_some() {
            return Some(items);
        }
        loop {
            self.space();
            items.push(self.value(depth - 1)?);
            self.space();
            if self.eat(b']').is_some() {
                return Some(items);
            }
            self.eat(b',')?;
        }
    }

    /// A string; its value, unless an interpolation is part of it.
    fn string(&mut self) -> Option<Option<String>> {
        let start = self.at;
        let mut whole = true;
        self.eat(b'"')?;
        loop {
            if self.hole() {
                whole = false;
                continue;
            }
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    break;
                }
                b'\\' => self.at += 2,
                b if b < 0x20 => return None,
                _ => self.at += 1,
            }
        }
        if !whole {
            return Some(None);
        }
        Some(Some(serde_json::from_str(self.text.get(start..self.at)?).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interpolations_are_opaque_in_strings_and_as_values() {
        let text = r#"{ "R": "${a["}"]}/*", "N": ${n}, "L": [1, "x"] }"#;
        let hole = |s: &str| text.find(s).map(|i| i..i + s.len()).unwrap();
        let root = scan(text, &[hole("${a[\"}\"]}"), hole("${n}")]).unwrap();
        let NodeKind::Object(members) = &root.kind else { panic!() };
        let spans: Vec<_> = members
            .iter()
            .map(|m| (m.key.as_deref().unwrap(), text.get(m.value.span.clone()).unwrap()))
            .collect();
        assert_eq!(spans, [("R", "\"${a[\"}\"]}/*\""), ("N", "${n}"), ("L", "[1, \"x\"]")]);
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for bad in ["", "{", "{\"a\" 1}", "[1,]", "{} x", "\"a\nb\"", "01", "tru"] {
            assert!(scan(bad, &[]).is_none(), "{bad}");
        }
        assert!(scan(&"[".repeat(9999), &[]).is_none());
    }
}
