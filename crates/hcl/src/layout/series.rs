//! Elements between brackets: entries of objects, elements of tuples, properties and values of JSON.

use trueline_text::{Edit, Span};

use super::gap::Gap;
use super::json;
use super::place::{Manner, first_but_comments, first_on_line, indent, line_start, shift};

/// Elements between brackets.
pub(super) struct Series<'t> {
    pub text: &'t str,
    /// From after the opening bracket to before the closing one.
    pub inside: Span,
    pub elements: Vec<Span>,
    pub rules: Rules,
}

/// What separates elements.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// A comma or a line break.
    Object,
    /// Commas; one may stand behind the last.
    Tuple,
    /// Commas, none behind the last; `brace`: an object.
    Json { brace: bool },
}

impl Series<'_> {
    /// The gap behind the element, up to the next one or the closing bracket.
    fn gap_after(&self, n: usize) -> Gap {
        let from = self.elements.get(n).map_or(self.inside.start, |e| e.end);
        let to = self.elements.get(n + 1).map_or(self.inside.end, |e| e.start);
        Gap::read(self.text, from, to)
    }

    /// The gap behind the opening bracket.
    fn first_gap(&self) -> Gap {
        let to = self.elements.first().map_or(self.inside.end, |e| e.start);
        Gap::read(self.text, self.inside.start, to)
    }

    /// How lines are written at the opening bracket.
    fn manner(&self) -> Manner<'_> {
        Manner::at(self.text, self.inside.start)
    }

    /// New text on the line of its neighbours.
    fn on_line(&self, new: &str, at: u32) -> String {
        match self.rules {
            Rules::Json { .. } if !self.inside.text(self.text).contains('\n') => json::flat(self.text, new),
            _ => shift(new, indent(self.text, at), Manner::at(self.text, at)),
        }
    }

    /// The indentation of an element on a line of its own.
    fn inner_indent(&self) -> String {
        let own = self.elements.iter().find(|e| first_on_line(self.text, e.start));
        match own {
            Some(e) => indent(self.text, e.start).to_owned(),
            None => format!("{}{}", indent(self.text, self.inside.start), self.manner().unit()),
        }
    }

    /// Elements in objects are separated by commas here, or must be.
    fn uses_commas(&self) -> bool {
        match self.rules {
            Rules::Object => (0..self.elements.len()).any(|n| self.gap_after(n).comma.is_some()),
            Rules::Tuple | Rules::Json { .. } => true,
        }
    }

    /// Puts `new` before the element `at`, or behind the last. `opened`: an empty pair of brackets gets a
    /// line for it.
    pub fn insert(&self, at: usize, new: &str, opened: bool) -> Vec<Edit> {
        if self.elements.is_empty() {
            return self.insert_first(new, opened);
        }
        match self.elements.get(at) {
            Some(next) => self.insert_before(at, *next, new),
            None => self.insert_last(new),
        }
    }

    fn insert_first(&self, new: &str, opened: bool) -> Vec<Edit> {
        let gap = self.first_gap();
        let manner = self.manner();
        let (outer, inner, eol) = (indent(self.text, self.inside.start), self.inner_indent(), manner.eol);
        if gap.line_end.is_some() && first_on_line(self.text, self.inside.end) {
            let place = line_start(self.text, self.inside.end);
            return vec![Edit::insert(place, format!("{inner}{}{eol}", shift(new, &inner, manner)))];
        }
        let opened = opened && !(matches!(self.rules, Rules::Json { .. }) && json::is_flat(self.text));
        if opened || !gap.comments.is_empty() {
            let mut content = String::from(eol);
            for comment in &gap.comments {
                content.push_str(&format!("{inner}{}{eol}", comment.text(self.text)));
            }
            content.push_str(&format!("{inner}{}{eol}{outer}", shift(new, &inner, manner)));
            return vec![Edit::replace(self.inside, content)];
        }
        let new = self.on_line(new, self.inside.start);
        vec![Edit::replace(self.inside, if self.rules == Rules::Object { format!(" {new} ") } else { new })]
    }

    fn insert_last(&self, new: &str) -> Vec<Edit> {
        let last = self.elements.len() - 1;
        let Some(before) = self.elements.get(last).copied() else { return Vec::new() };
        let gap = self.gap_after(last);
        let own_line = first_but_comments(self.text, before.start) && self.is_multi_line();
        let manner = Manner::at(self.text, before.end);
        let (inner, eol) = (self.inner_indent(), manner.eol);
        let behind = gap.comma.map_or(before.end, |c| c + 1);
        if let Some(line_end) = gap.line_end.filter(|_| gap.comma.is_none() && self.ends_with_heredoc(before))
        {
            // Nothing may stand behind the end marker; in an object the line break separates.
            let comma = if self.rules == Rules::Object { "" } else { ", " };
            return vec![Edit::insert(
                line_end.end,
                format!("{inner}{comma}{}{eol}", shift(new, &inner, manner)),
            )];
        }
        if !own_line {
            let new = self.on_line(new, before.start);
            let space = if self.is_close() { "" } else { " " };
            return vec![match gap.comma {
                Some(_) => Edit::insert(behind, format!("{space}{new}")),
                None => Edit::insert(behind, format!(",{space}{new}")),
            }];
        }
        let mut edits = Vec::new();
        if gap.comma.is_none() && self.uses_commas() {
            edits.push(Edit::insert(before.end, ","));
        }
        let new = shift(new, &inner, manner);
        let comma = if gap.comma.is_some() { "," } else { "" };
        edits.push(match gap.line_end {
            Some(line_end) => Edit::insert(line_end.end, format!("{inner}{new}{comma}{eol}")),
            // The closing bracket stands on the line of the last element.
            None => Edit::insert(behind, format!("{eol}{inner}{new}")),
        });
        edits
    }

    fn insert_before(&self, at: usize, next: Span, new: &str) -> Vec<Edit> {
        let manner = Manner::at(self.text, next.start);
        let (inner, eol) = (self.inner_indent(), manner.eol);
        if first_on_line(self.text, next.start) && self.is_multi_line() {
            let gap = if at == 0 { self.first_gap() } else { self.gap_after(at - 1) };
            let place = gap.line_end.map_or_else(|| line_start(self.text, next.start), |l| l.end);
            let comma = if self.uses_commas() { "," } else { "" };
            return vec![Edit::insert(place, format!("{inner}{}{comma}{eol}", shift(new, &inner, manner)))];
        }
        let new = self.on_line(new, next.start);
        let space = if self.is_close() { "" } else { " " };
        vec![Edit::insert(next.start, format!("{new},{space}"))]
    }

    /// Nothing stands behind the commas of a JSON text of one line.
    fn is_close(&self) -> bool {
        let behind = |n: usize| self.gap_after(n).comma.map(|c| (c, self.elements.get(n + 1)));
        matches!(self.rules, Rules::Json { .. })
            && match behind(0) {
                Some((comma, Some(next))) => comma + 1 == next.start,
                _ => !json::is_spaced(self.text),
            }
    }

    fn is_multi_line(&self) -> bool {
        self.first_gap().line_end.is_some()
            || (0..self.elements.len()).any(|n| self.gap_after(n).line_end.is_some())
    }

    fn ends_with_heredoc(&self, element: Span) -> bool {
        let slice = element.text(self.text);
        slice.contains("<<")
            && !matches!(self.rules, Rules::Json { .. })
            && super::body::ends_with_heredoc(slice)
    }

    /// Takes the element away, with its comma and its line; its comments stay.
    pub fn remove(&self, at: usize) -> Vec<Edit> {
        let Some(element) = self.elements.get(at).copied() else { return Vec::new() };
        let gap = self.gap_after(at);
        let is_last = at + 1 == self.elements.len();
        let mut edits = Vec::new();
        let before = at.checked_sub(1).map(|n| self.gap_after(n));
        // The comma before the last one goes with it, if the last had none behind it.
        let comma_before = before.as_ref().and_then(|g| g.comma).filter(|_| is_last && gap.comma.is_none());
        if let Some(line_end) = gap.line_end.filter(|_| first_on_line(self.text, element.start)) {
            if let Some(comma) = comma_before {
                edits.push(Edit::remove(Span::new(comma, comma + 1)));
            }
            let lines = Span::new(line_start(self.text, element.start), line_end.end);
            let kept = self.comments(element, &gap);
            edits.push(super::body::remove_lines(self.text, lines, &kept));
            return edits;
        }
        let next = self.elements.get(at + 1);
        let span = match (next, at.checked_sub(1).and_then(|n| self.elements.get(n))) {
            (Some(next), _) => Span::new(element.start, next.start),
            (None, Some(before)) => Span::new(before.end, gap.comma.map_or(element.end, |c| c + 1)),
            (None, None) => self.inside,
        };
        let mut content = String::new();
        let (inner, eol) = (self.inner_indent(), self.manner().eol);
        for comment in comments_within(self.text, span) {
            let comment = comment.text(self.text);
            content.push_str(comment);
            content.push_str(&if comment.starts_with("/*") {
                " ".to_owned()
            } else {
                format!("{eol}{inner}")
            });
        }
        edits.push(Edit::replace(span, content));
        edits
    }

    fn comments(&self, element: Span, gap: &Gap) -> Vec<Span> {
        let mut comments = match self.rules {
            Rules::Json { .. } => Vec::new(),
            _ => comments_within(self.text, element),
        };
        comments.extend(gap.on_line());
        comments
    }
}

/// The comments in a part of an HCL text that begins and ends outside of strings.
pub(super) fn comments_within(text: &str, span: Span) -> Vec<Span> {
    let lexed = crate::lex::lex(span.text(text));
    lexed.comments.iter().map(|c| Span::new(c.span.start + span.start, c.span.end + span.start)).collect()
}
