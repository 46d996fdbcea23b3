//! Lines of tokens in up to three cells: what leads, the assignment, the comment at the end.
//!
//! The indentation comes from the brackets, the spaces inside a cell from neighbouring tokens, and the
//! column of the second and third cell from the lines above and below that have one, too.

use std::borrow::Cow;
use std::ops::Range;

use crate::lex::{Kind, lex};

use super::columns;
use super::space::{Seen, between, bracket};

/// A token with the white space before it.
#[derive(Clone, Debug)]
pub(crate) struct Word<'t> {
    pub kind: Kind,
    /// A comment of one line holds its line break.
    pub text: Cow<'t, str>,
    /// Where it stood.
    pub start: u32,
    /// The canonical number of spaces before it.
    pub spaces: u32,
}

impl Word<'_> {
    fn ends_line(&self) -> bool {
        match self.kind {
            Kind::Newline => true,
            Kind::Comment => self.text.ends_with('\n'),
            _ => false,
        }
    }

    pub fn end(&self) -> u32 {
        self.start + self.text.len() as u32
    }
}

/// A line, as ranges of words.
struct Line {
    lead: Range<usize>,
    assign: Range<usize>,
    comment: Range<usize>,
}

/// Neighbouring lines whose cells stand in one column.
pub(crate) struct Chain {
    /// The first word of the cell in each line.
    pub words: Vec<usize>,
}

/// Which cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    /// The `=` and what is assigned.
    Assign,
    /// The comment at the end.
    Comment,
}

/// What the layout of a text tells beside the spaces.
pub(crate) struct Layout {
    pub chains: Vec<Chain>,
    /// The first word of each part that is laid out independently of the others: blank lines outside of all
    /// brackets end one.
    pub parts: Vec<usize>,
}

/// A text as words.
pub(crate) struct Sheet<'t> {
    pub text: &'t str,
    pub words: Vec<Word<'t>>,
}

impl<'t> Sheet<'t> {
    pub fn new(text: &'t str) -> Self {
        let lexed = lex(text);
        let mut words: Vec<Word<'t>> = Vec::with_capacity(lexed.tokens.len() + lexed.comments.len());
        let mut comments = lexed.comments.iter().peekable();
        let slice = |start: u32, end: u32| text.get(start as usize..end as usize).unwrap_or("");
        for token in &lexed.tokens {
            while let Some(comment) =
                comments.next_if(|c| c.span.start < token.start || token.kind == Kind::Eof)
            {
                let text = slice(comment.span.start, comment.span.end);
                words.push(Word {
                    kind: Kind::Comment,
                    text: text.into(),
                    start: comment.span.start,
                    spaces: 0,
                });
            }
            if token.kind == Kind::Eof {
                break;
            }
            // A comment of one line takes the line break with it.
            if token.kind == Kind::Newline
                && let Some(last) = words.last_mut()
                && last.kind == Kind::Comment
                && !last.text.starts_with("/*")
                && !last.ends_line()
                && last.end() == token.start
            {
                last.text = slice(last.start, token.end).into();
                continue;
            }
            let text = slice(token.start, token.end);
            words.push(Word { kind: token.kind, text: text.into(), start: token.start, spaces: 0 });
        }
        Self { text, words }
    }

    /// Sets the canonical spaces of all words.
    pub fn lay_out(&mut self) -> Layout {
        let lines = self.lines();
        let parts = self.indent(&lines);
        for line in &lines {
            self.space(&line.lead, None);
            self.space(&line.assign, Some(1));
        }
        let mut chains = Vec::new();
        self.align(&lines, Cell::Assign, &mut chains);
        self.align(&lines, Cell::Comment, &mut chains);
        Layout { chains, parts }
    }

    /// The first word of each part, as [`Self::lay_out`] tells them.
    pub fn parts(&mut self) -> Vec<usize> {
        let lines = self.lines();
        self.indent(&lines)
    }

    /// The text with canonical white space; a byte order mark stays.
    pub fn print(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + self.text.len() / 8);
        if self.text.starts_with('\u{feff}') {
            out.push('\u{feff}');
        }
        for word in &self.words {
            out.extend(std::iter::repeat_n(' ', word.spaces as usize));
            out.push_str(&word.text);
        }
        // The width of white space behind the last token stays.
        let end = self.words.last().map_or(if out.is_empty() { 0 } else { 3 }, Word::end);
        out.extend(std::iter::repeat_n(' ', self.text.len().saturating_sub(end as usize)));
        out
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut start = 0;
        for (i, word) in self.words.iter().enumerate() {
            if word.ends_line() {
                lines.push(self.line(start..i + 1));
                start = i + 1;
            }
        }
        if start < self.words.len() {
            lines.push(self.line(start..self.words.len()));
        }
        lines
    }

    fn line(&self, all: Range<usize>) -> Line {
        let mut lead = all.clone();
        let mut comment = all.end..all.end;
        if lead.len() > 1 && self.kind(lead.end - 1) == Some(Kind::Comment) {
            comment = lead.end - 1..lead.end;
            lead.end -= 1;
        }
        let mut assign = lead.end..lead.end;
        let equal = (lead.start + 1..lead.end).find(|i| self.kind(*i) == Some(Kind::Equal));
        // What opens a bracket for the next lines is no cell.
        if let Some(equal) = equal
            && self.brackets(equal..lead.end) == 0
        {
            assign.start = equal;
            lead.end = equal;
        }
        Line { lead, assign, comment }
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.words.get(at).map(|w| w.kind)
    }

    fn brackets(&self, range: Range<usize>) -> i32 {
        self.words.get(range).unwrap_or_default().iter().map(|w| bracket(w.kind)).sum()
    }

    fn set(&mut self, at: usize, spaces: usize) {
        if let Some(word) = self.words.get_mut(at) {
            word.spaces = spaces as u32;
        }
    }

    /// One level per line that opens more brackets than it closes, however many.
    fn indent(&mut self, lines: &[Line]) -> Vec<usize> {
        let mut levels: Vec<i32> = Vec::new();
        let mut parts = vec![0];
        for line in lines {
            let Some(first) = self.kind(line.lead.start).filter(|_| !line.lead.is_empty()) else { continue };
            if first == Kind::Newline {
                self.set(line.lead.start, 0);
                if levels.is_empty() {
                    parts.push(line.lead.end);
                }
                continue;
            }
            let heredoc = line.lead.clone().find(|i| self.kind(*i) == Some(Kind::OHeredoc));
            let lead_end = heredoc.unwrap_or(line.lead.end);
            let net = self.brackets(line.lead.start..lead_end) + self.brackets(line.assign.clone());
            let mut closed = -net;
            while closed > 0
                && let Some(opened) = levels.last_mut()
            {
                if closed < *opened {
                    *opened -= closed;
                    break;
                }
                closed -= *opened;
                levels.pop();
            }
            self.set(line.lead.start, 2 * levels.len());
            if net > 0 {
                levels.push(net);
            }
        }
        parts
    }

    /// The spaces inside a cell.
    fn space(&mut self, cell: &Range<usize>, first: Option<usize>) {
        if let Some(spaces) = first.filter(|_| !cell.is_empty()) {
            self.set(cell.start, spaces);
        }
        for i in cell.start + 1..cell.end {
            let before = (i >= cell.start + 2).then(|| self.kind(i - 2)).flatten();
            let (Some(left), Some(right)) = (self.words.get(i - 1), self.kind(i)) else { continue };
            let space = between(before, Seen { kind: left.kind, text: &left.text }, right);
            self.set(i, usize::from(space));
        }
    }

    /// Columns of a cell, the spaces before it included.
    fn width(&self, cell: &Range<usize>) -> usize {
        let words = self.words.get(cell.clone()).unwrap_or_default();
        words.iter().map(|w| w.spaces as usize + columns(&w.text)).sum()
    }

    fn align(&mut self, lines: &[Line], kind: Cell, chains: &mut Vec<Chain>) {
        let mut run: Vec<(usize, usize)> = Vec::new();
        for line in lines {
            let (cell, width) = match kind {
                Cell::Assign => (&line.assign, 0),
                Cell::Comment => (&line.comment, self.width(&line.assign)),
            };
            if cell.is_empty() {
                self.close(&mut run, chains);
            } else {
                run.push((cell.start, width + self.width(&line.lead)));
            }
        }
        self.close(&mut run, chains);
    }

    fn close(&mut self, run: &mut Vec<(usize, usize)>, chains: &mut Vec<Chain>) {
        let widest = run.iter().map(|(_, width)| *width).max().unwrap_or(0);
        for (word, width) in run.iter() {
            self.set(*word, widest - width + 1);
        }
        if !run.is_empty() {
            chains.push(Chain { words: run.drain(..).map(|(word, _)| word).collect() });
        }
    }
}
