//! Where parsing goes on behind a broken item.
//!
//! Brackets that have a partner are skipped whole. Where one has none, the layout decides: a line that
//! begins no further right than the broken item and looks like an item, or a `}`, is where it ends.

use trueline_text::Span;

use crate::ast::Unread;
use crate::lex::{Kind, Token};

use super::Parser;

/// For each token the index of its partner, if it is a bracket that has one.
pub(super) struct Partners(Vec<u32>);

const NONE: u32 = u32::MAX;

impl Partners {
    /// Pairs brackets of one kind; what is left open between them has no partner. Strings and sequences
    /// are walls: brackets inside never pair with brackets outside.
    fn find(tokens: &[Token]) -> Self {
        let mut finder =
            Finder { of: vec![NONE; tokens.len()], open: Vec::new(), walls: vec![Wall::default()] };
        for (i, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::OBrace | Kind::OBrack | Kind::OParen => finder.open(token.kind, i),
                Kind::CBrace | Kind::CBrack | Kind::CParen => finder.close(token.kind, i),
                Kind::OQuote | Kind::OHeredoc | Kind::Interp | Kind::Control => finder.wall(token.kind, i),
                Kind::CQuote | Kind::CHeredoc | Kind::SeqEnd => finder.end_wall(token.kind, i),
                Kind::CutQuote => finder.cut(),
                _ => {}
            }
        }
        Self(finder.of)
    }

    fn get(&self, at: usize) -> Option<usize> {
        self.0.get(at).copied().filter(|p| *p != NONE).map(|p| p as usize)
    }
}

struct Finder {
    of: Vec<u32>,
    open: Vec<(Kind, usize)>,
    walls: Vec<Wall>,
}

/// A string or sequence, and how many brackets of each kind are open in it.
#[derive(Default)]
struct Wall {
    kind: Option<Kind>,
    token: usize,
    /// How many brackets were open before it.
    below: usize,
    counts: [u32; 3],
}

impl Wall {
    fn count(&mut self, kind: Kind) -> &mut u32 {
        let [braces, bracks, parens] = &mut self.counts;
        match kind {
            Kind::OBrace | Kind::CBrace => braces,
            Kind::OBrack | Kind::CBrack => bracks,
            _ => parens,
        }
    }
}

impl Finder {
    fn pair(&mut self, a: usize, b: usize) {
        for (x, y) in [(a, b), (b, a)] {
            if let Some(p) = self.of.get_mut(x) {
                *p = y as u32;
            }
        }
    }

    fn open(&mut self, kind: Kind, i: usize) {
        self.open.push((kind, i));
        if let Some(wall) = self.walls.last_mut() {
            *wall.count(kind) += 1;
        }
    }

    fn close(&mut self, kind: Kind, i: usize) {
        let Some(wall) = self.walls.last_mut() else { return };
        if *wall.count(kind) == 0 {
            return;
        }
        while let Some((open, j)) = self.open.pop() {
            *wall.count(open) -= 1;
            if kind.closes(open) {
                self.pair(j, i);
                return;
            }
        }
    }

    fn wall(&mut self, kind: Kind, token: usize) {
        self.walls.push(Wall { kind: Some(kind), token, below: self.open.len(), counts: [0; 3] });
    }

    fn end_wall(&mut self, kind: Kind, i: usize) {
        if self.walls.last().and_then(|w| w.kind).is_some_and(|open| kind.closes(open))
            && let Some(wall) = self.walls.pop()
        {
            self.open.truncate(wall.below);
            self.pair(wall.token, i);
        }
    }

    /// A string was cut at the end of its line: the lexer left all strings and sequences there.
    fn cut(&mut self) {
        while self.walls.last().is_some_and(|w| !matches!(w.kind, None | Some(Kind::OHeredoc)))
            && let Some(wall) = self.walls.pop()
        {
            self.open.truncate(wall.below);
        }
    }
}

impl Parser<'_> {
    fn partner(&mut self, at: usize) -> Option<usize> {
        let tokens = &self.tokens;
        self.partners.get_or_insert_with(|| Partners::find(tokens)).get(at)
    }

    /// Moves behind the broken item that begins with the token at `start`, before its line break.
    pub(super) fn skip_item(&mut self, start: usize) {
        self.newlines = true;
        if self.looks == 0 {
            return self.give_up();
        }
        let column = self.column(self.token(start));
        let mut broken = false;
        let mut at = start;
        loop {
            let token = self.token(at);
            match token.kind {
                Kind::Eof => break,
                Kind::Newline if !broken || self.begins_item(at + 1, column) => break,
                Kind::CBrace if !broken && self.partner(at).is_some_and(|p| p < start) => break,
                kind if kind.opens() => {
                    let partner = self.partner(at).filter(|p| self.is_sound(at, *p));
                    let text = matches!(kind, Kind::OQuote | Kind::OHeredoc);
                    match partner {
                        // In a broken item brackets say little; strings and heredocs are still whole.
                        Some(p) if !broken || text => at = p,
                        Some(_) => {}
                        None => broken = true,
                    }
                }
                _ => {}
            }
            at += 1;
        }
        self.at = at.max(start);
    }

    /// What was skipped from the token at `start` on.
    pub(super) fn unread(&mut self, start: usize) -> Option<Unread> {
        let last = self.at.checked_sub(1).filter(|last| *last >= start)?;
        let (first, second) = (self.token(start), self.token(start + 1));
        let name = match (first.kind, second.kind) {
            (Kind::Ident, _) => Some(first),
            (Kind::OQuote, Kind::QuotedLit) => Some(second),
            _ => None,
        };
        let name = name.map(|token| self.shared.get(self.slice(token)));
        Some(Unread { name, span: Span::new(first.start, self.token(last).end) })
    }

    /// Reads no further.
    pub(super) fn give_up(&mut self) {
        self.at = self.tokens.len().saturating_sub(1);
        self.silent = true;
    }

    /// Bytes before a token on its line.
    pub(super) fn column(&self, token: Token) -> u32 {
        let before = self.text.as_bytes().get(..token.start as usize).unwrap_or_default();
        let line = before.iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
        token.start - line as u32
    }

    /// Bytes of white space before the first token on the line of a token.
    fn indent(&self, token: Token) -> u32 {
        let column = self.column(token);
        let line = (token.start - column) as usize;
        let rest = self.text.as_bytes().get(line..).unwrap_or_default();
        rest.iter().position(|b| !matches!(b, b' ' | b'\t')).map_or(0, |n| n as u32).min(column)
    }

    /// The line that begins with the token at `at` begins an item, or ends the body, of an item at `column`.
    fn begins_item(&self, at: usize, column: u32) -> bool {
        let token = self.token(at);
        match token.kind {
            Kind::CBrace => self.column(token) < column,
            Kind::Ident => self.looks_like_item(at) && self.column(token) <= column,
            _ => false,
        }
    }

    fn looks_like_item(&self, at: usize) -> bool {
        self.token(at).kind == Kind::Ident
            && matches!(self.token(at + 1).kind, Kind::Equal | Kind::OBrace | Kind::OQuote | Kind::Ident)
    }

    fn first_on_line(&self, at: usize) -> bool {
        at == 0 || self.token(at - 1).kind == Kind::Newline
    }

    /// In a file that lacks a `}`: the pair of braces is laid out as a pair.
    fn is_sound(&self, open: usize, close: usize) -> bool {
        !self.lacks_brace || self.token(open).kind != Kind::OBrace || !self.is_outer_brace(open, close)
    }

    /// The `}` at `close` stands further left than the line of the `{` at `open`: it closes something else.
    pub(super) fn is_outer_brace(&self, open: usize, close: usize) -> bool {
        self.lacks_brace
            && self.first_on_line(close)
            && self.column(self.token(close)) < self.indent(self.token(open))
    }

    /// In a file that lacks a `}`: the item at hand stands no further right than the block it would be in.
    pub(super) fn leaves_block(&mut self, open: usize) -> bool {
        self.lacks_brace
            && self.first_on_line(self.at)
            && self.looks_like_item(self.at)
            && self.column(self.token(self.at)) <= self.indent(self.token(open))
            && self.partner(open).is_none_or(|close| self.is_outer_brace(open, close))
    }
}
