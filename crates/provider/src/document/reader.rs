//! Reads the document that pieces of text make together.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Number, Origin, Type, Unknown, Value, Via};
use trueline_text::{Location, Span};

use super::align::align;
use super::{Ground, Piece};

/// Deepest nesting of a document.
const DEPTH: u32 = 64;
/// Most origins that a part of a document names.
const INPUTS: usize = 64;

/// Reads the document that the pieces make together.
pub(super) fn read(pieces: &[Piece], ground: &Ground<'_>) -> Option<Value> {
    let mut r = Reader { pieces, ground, piece: 0, offset: 0, depth: 0, map: None };
    let v = r.value()?;
    r.space();
    r.peek().is_none().then_some(v)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Symbol {
    Char(char),
    /// The unknown value of this piece.
    Unknown(usize),
}

struct Reader<'p> {
    pieces: &'p [Piece],
    ground: &'p Ground<'p>,
    piece: usize,
    offset: usize,
    depth: u32,
    /// For one piece: source offset of each byte of its text.
    map: Option<(usize, Vec<u32>)>,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<Symbol> {
        loop {
            let p = self.pieces.get(self.piece)?;
            if p.value.as_ref().is_some_and(Value::is_unknown) {
                return Some(Symbol::Unknown(self.piece));
            }
            match p.text.get(self.offset..).and_then(|t| t.chars().next()) {
                Some(c) => return Some(Symbol::Char(c)),
                None => {
                    self.piece += 1;
                    self.offset = 0;
                }
            }
        }
    }

    fn next(&mut self) -> Option<Symbol> {
        let s = self.peek()?;
        match s {
            Symbol::Char(c) => self.offset += c.len_utf8(),
            Symbol::Unknown(_) => {
                self.piece += 1;
                self.offset = 0;
            }
        }
        Some(s)
    }

    fn space(&mut self) {
        while let Some(Symbol::Char(' ' | '\t' | '\n' | '\r')) = self.peek() {
            self.next();
        }
    }

    fn expect(&mut self, c: char) -> Option<()> {
        (self.next()? == Symbol::Char(c)).then_some(())
    }

    /// Source offset of what comes next.
    fn place(&mut self) -> u32 {
        self.peek();
        let Some(p) = self.pieces.get(self.piece) else {
            return self.pieces.last().map_or(0, |p| p.span.end);
        };
        if p.value.is_some() {
            return p.span.start;
        }
        if p.text.len() == p.span.len() as usize {
            return p.span.start + self.offset as u32;
        }
        let Ground::Source { text, .. } = self.ground else { return p.span.start };
        if self.map.as_ref().is_none_or(|(n, _)| *n != self.piece) {
            self.map = Some((self.piece, align(p, text)));
        }
        self.map.as_ref().and_then(|(_, m)| m.get(self.offset)).copied().unwrap_or(p.span.start)
    }

    /// Source offset of the end of what came last.
    fn end(&mut self) -> u32 {
        match self.pieces.get(self.piece) {
            Some(p) if p.value.is_none() && self.offset > 0 => {
                // The last character is a quote or bracket: one byte, but its escape may be two.
                self.offset -= 1;
                let at = self.place();
                self.offset += 1;
                let source = match self.ground {
                    Ground::Source { text, .. } => text,
                    Ground::Call { .. } => "",
                };
                let escaped = p.text.len() != p.span.len() as usize
                    && source.as_bytes().get(at as usize) == Some(&b'\\');
                at + 1 + u32::from(escaped)
            }
            _ => self.place(),
        }
    }

    fn at(&mut self, start: u32) -> Location {
        match self.ground {
            Ground::Source { file, .. } => {
                let end = self.end();
                Location { file: *file, span: Span::new(start, end.max(start)) }
            }
            Ground::Call { at, .. } => *at,
        }
    }

    /// What was read since the piece `first`: a literal of the source, or a part of what a call made of its arguments.
    fn leaf(&mut self, kind: Kind, start: u32, first: usize) -> Value {
        let at = self.at(start);
        let origin = match self.ground {
            Ground::Source { .. } => Origin::literal(at),
            Ground::Call { via, .. } => Arc::new(Origin { at, via: via.clone(), inputs: self.inputs(first) }),
        };
        Value::from(kind).with_origin(Some(origin))
    }

    /// Origins of what was put in since the piece `first`.
    fn inputs(&self, first: usize) -> Vec<Arc<Origin>> {
        let last = match self.offset {
            0 => self.piece.saturating_sub(1).max(first),
            _ => self.piece,
        };
        let pieces = self.pieces.get(first..=last.min(self.pieces.len().saturating_sub(1)));
        let mut out: Vec<Arc<Origin>> = Vec::new();
        for o in pieces.unwrap_or_default().iter().filter_map(|p| p.value.as_ref()?.origin.clone()) {
            if out.len() < INPUTS && !out.iter().any(|seen| Arc::ptr_eq(seen, &o)) {
                out.push(o);
            }
        }
        out
    }

    fn value(&mut self) -> Option<Value> {
        self.space();
        let start = self.place();
        let first = self.peek()?;
        // A whole document put in as a value keeps its own leaves.
        if self.offset == 0
            && let Some(v) = self.pieces.get(self.piece).and_then(|p| p.value.as_ref())
        {
            if let Some(d) = &v.document {
                let mut inner = (**d).clone();
                inner.sensitive |= v.sensitive;
                self.piece += 1;
                return Some(inner);
            }
            if let Symbol::Unknown(_) = first {
                self.next();
                let mut v = v.clone();
                if let Kind::Unknown(u) = &v.kind {
                    v.kind = Kind::Unknown(Arc::new(Unknown::new(Type::Any, u.reason.clone())));
                }
                return Some(v);
            }
        }
        match first {
            Symbol::Char('"') => self.string(start),
            Symbol::Char('{') => self.object(start),
            Symbol::Char('[') => self.array(start),
            Symbol::Char(c) if c == '-' || c.is_ascii_alphanumeric() => self.word(start),
            _ => None,
        }
    }

    fn object(&mut self, start: u32) -> Option<Value> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let first = self.piece;
        self.expect('{')?;
        let mut out: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        self.space();
        if self.peek()? == Symbol::Char('}') {
            self.next();
        } else {
            loop {
                self.space();
                let at = self.place();
                let key = self.string(at)?;
                // A key that is not known leaves nothing to look into.
                let key: Arc<str> = key.as_str()?.into();
                self.space();
                self.expect(':')?;
                let v = self.value()?;
                out.insert(key, v);
                self.space();
                match self.next()? {
                    Symbol::Char(',') => {}
                    Symbol::Char('}') => break,
                    _ => return None,
                }
            }
        }
        self.depth -= 1;
        Some(self.leaf(Kind::Object(Arc::new(out)), start, first))
    }

    fn array(&mut self, start: u32) -> Option<Value> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let first = self.piece;
        self.expect('[')?;
        let mut out = Vec::new();
        self.space();
        if self.peek()? == Symbol::Char(']') {
            self.next();
        } else {
            loop {
                out.push(self.value()?);
                self.space();
                match self.next()? {
                    Symbol::Char(',') => {}
                    Symbol::Char(']') => break,
                    _ => return None,
                }
            }
        }
        self.depth -= 1;
        Some(self.leaf(Kind::Tuple(Arc::new(out)), start, first))
    }

    fn word(&mut self, start: u32) -> Option<Value> {
        let mut text = String::new();
        let first = self.piece;
        while let Some(Symbol::Char(c)) = self.peek() {
            if !(c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.')) {
                break;
            }
            text.push(c);
            self.next();
        }
        let kind = match text.as_str() {
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "null" => Kind::Null(Type::Any),
            n if n.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                Kind::Number(n.parse::<Number>().ok()?)
            }
            _ => return None,
        };
        // `"Port": ${var.port}`: the value is the variable's.
        let whole =
            self.pieces.get(first).and_then(|p| p.value.as_ref()).filter(|v| v.as_str() == Some(&text));
        if let (Some(v), Ground::Source { file, .. }) = (whole, self.ground) {
            let at = self.pieces.get(first).map_or(Span::at(start), |p| p.span);
            let at = Location { file: *file, span: at };
            let origin = Origin::step(at, Via::Document, v.origin.clone());
            return Some(Value { sensitive: v.sensitive, ..Value::from(kind).with_origin(Some(origin)) });
        }
        let mut v = self.leaf(kind, start, first);
        self.mark(&mut v, first);
        Some(v)
    }

    /// Marks what was read since the piece `first` with the marks of the values in it.
    fn mark(&self, v: &mut Value, first: usize) {
        let last = self.piece.min(self.pieces.len().saturating_sub(1));
        for p in self.pieces.get(first..=last).unwrap_or_default() {
            v.sensitive |= p.value.as_ref().is_some_and(|v| v.sensitive);
        }
    }

    fn string(&mut self, start: u32) -> Option<Value> {
        self.expect('"')?;
        let mut text = String::new();
        let mut unknown: Option<Unknown> = None;
        let mut parts: Vec<usize> = Vec::new();
        let mut literal = false;
        loop {
            self.peek()?;
            let piece = self.piece;
            let inside = self.pieces.get(piece).is_some_and(|p| p.value.is_some());
            match self.next()? {
                Symbol::Unknown(_) => {
                    if let Some(Kind::Unknown(u)) =
                        self.pieces.get(piece).and_then(|p| p.value.as_ref()).map(|v| &v.kind)
                    {
                        let known = std::mem::take(&mut text);
                        let whole = unknown.get_or_insert_with(|| {
                            let mut new = Unknown::new(Type::String, u.reason.clone());
                            let prefix = format!("{known}{}", u.prefix.as_deref().unwrap_or(""));
                            new.prefix = (!prefix.is_empty()).then(|| prefix.into());
                            new.not_null = true;
                            new
                        });
                        whole.suffix = u.suffix.clone();
                    }
                    parts.push(piece);
                    continue;
                }
                Symbol::Char('"') => break,
                Symbol::Char('\\') => self.escape(&mut text)?,
                Symbol::Char(c) if c < ' ' => return None,
                Symbol::Char(c) => text.push(c),
            }
            if inside {
                if parts.last() != Some(&piece) {
                    parts.push(piece);
                }
            } else {
                literal = true;
            }
        }
        let kind = match unknown {
            None => Kind::String(text.into()),
            Some(mut u) => {
                let suffix = format!("{}{text}", u.suffix.as_deref().unwrap_or(""));
                u.suffix = (!suffix.is_empty()).then(|| suffix.into());
                Kind::Unknown(Arc::new(u))
            }
        };
        let at = self.at(start);
        let values: Vec<&Value> =
            parts.iter().filter_map(|p| self.pieces.get(*p)).filter_map(|p| p.value.as_ref()).collect();
        let inputs: Vec<Arc<Origin>> = values.iter().filter_map(|v| v.origin.clone()).collect();
        let via = match (values.len(), literal) {
            (0, _) => Via::Literal,
            (1, false) => Via::Document,
            _ => Via::Operator,
        };
        let via = match self.ground {
            Ground::Call { via, .. } => via.clone(),
            Ground::Source { .. } => via,
        };
        let mut v = Value::from(kind).with_origin(Some(Arc::new(Origin { at, via, inputs })));
        v.sensitive = values.iter().any(|v| v.sensitive);
        Some(v)
    }

    fn escape(&mut self, text: &mut String) -> Option<()> {
        let Symbol::Char(c) = self.next()? else { return None };
        match c {
            '"' | '\\' | '/' => text.push(c),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'u' => {
                let first = self.hex()?;
                let code = if (0xd800..0xdc00).contains(&first) {
                    self.expect('\\')?;
                    self.expect('u')?;
                    let second = self.hex()?;
                    0x10000 + ((first - 0xd800) << 10) + second.checked_sub(0xdc00).filter(|s| *s < 0x400)?
                } else {
                    first
                };
                text.push(char::from_u32(code)?);
            }
            _ => return None,
        }
        Some(())
    }

    fn hex(&mut self) -> Option<u32> {
        let mut n = 0;
        for _ in 0..4 {
            let Symbol::Char(c) = self.next()? else { return None };
            n = n * 16 + c.to_digit(16)?;
        }
        Some(n)
    }
}
