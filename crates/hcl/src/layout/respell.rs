//! The other spelling: an attribute written as blocks, a block written as an attribute.
//!
//! Names, values, comments and their order stay; what changes is `=`, `:`, commas, the brackets of a list, and line
//! breaks where a block can't be written on one line. Where more would have to change there are no edits.

use trueline_text::{Edit, Span};

use super::gap::Gap;
use super::literal::is_name;
use super::place::{first_on_line, indent, line_break, line_start, unit};
use super::settle::settle;
use crate::ast::{Attribute, Block, Expr, ExprKind, Item, ObjectItem, ObjectKey};

/// Writes an attribute as one block for each object of its value; `is_block` tells which entries inside, by their way
/// of names, become blocks in turn.
pub fn as_blocks(text: &str, attribute: &Attribute, is_block: &dyn Fn(&[&str]) -> bool) -> Option<Vec<Edit>> {
    let outer = indent(text, attribute.span.start).to_owned();
    let mut writer = Writer { text, is_block, edits: Vec::new() };
    let name = Name { text: &attribute.name.text, span: attribute.name.span };
    writer.blocks(name, &attribute.expr, &mut Vec::new(), &outer)?;
    Some(settle(text, writer.edits))
}

/// Writes blocks of one type that stand one behind the other as an attribute: an object, or a list of objects.
pub fn as_attribute(text: &str, blocks: &[&Block], list: bool) -> Option<Vec<Edit>> {
    if blocks.len() != 1 && !list {
        return None;
    }
    let mut edits = Vec::new();
    for (n, block) in blocks.iter().enumerate() {
        let before = match n.checked_sub(1).and_then(|p| blocks.get(p)) {
            None => Span::new(block.kind.span.end, block.open.start),
            Some(previous) => {
                let between = Span::new(previous.span.end, block.span.start);
                if !between.text(text).trim().is_empty() {
                    return None;
                }
                Span::new(previous.span.end, block.open.start)
            }
        };
        let new = match (n, list) {
            (0, false) => " = ",
            (0, true) => " = [",
            _ => ", ",
        };
        edits.push(Edit::replace(before, new));
        entries(block, &mut edits)?;
    }
    if list {
        edits.push(Edit::insert(blocks.last()?.span.end, "]"));
    }
    Some(settle(text, edits))
}

/// Blocks inside a block that becomes an object are objects too; there can be one of each name.
fn entries(block: &Block, edits: &mut Vec<Edit>) -> Option<()> {
    if !block.labels.is_empty() {
        return None;
    }
    let mut seen: Vec<&str> = Vec::new();
    for item in &block.body.items {
        let Item::Block(inner) = item else { continue };
        if seen.contains(&&*inner.kind.text) {
            return None;
        }
        seen.push(&inner.kind.text);
        edits.push(Edit::replace(Span::new(inner.kind.span.end, inner.open.start), " = "));
        entries(inner, edits)?;
    }
    Some(())
}

/// A name and where it stands, maybe in quotes.
#[derive(Clone, Copy)]
struct Name<'t> {
    text: &'t str,
    span: Span,
}

struct Writer<'t> {
    text: &'t str,
    is_block: &'t dyn Fn(&[&str]) -> bool,
    edits: Vec<Edit>,
}

impl<'t> Writer<'t> {
    /// `name = { … }` or `name = [{ … }, …]`, on a line that is to begin with `outer`.
    fn blocks(
        &mut self,
        name: Name<'t>,
        value: &'t Expr,
        path: &mut Vec<&'t str>,
        outer: &str,
    ) -> Option<()> {
        let elements = match &value.kind {
            ExprKind::Object(items) => {
                self.replace(name.span.end, value.span.start, " ");
                return self.body(value, items, path, outer);
            }
            ExprKind::Tuple(elements) if !elements.is_empty() => elements,
            _ => return None,
        };
        let mut from = name.span.end;
        for (n, element) in elements.iter().enumerate() {
            let ExprKind::Object(items) = &element.kind else { return None };
            self.without_comments(if n == 0 { value.span.start } else { from }, element.span.start)?;
            let before = match n {
                0 => " ".to_owned(),
                _ => format!("{}{outer}{} ", line_break(self.text, from), name.text),
            };
            self.replace(from, element.span.start, &before);
            let own = indent(self.text, element.span.start);
            let by = own.strip_prefix(indent(self.text, name.span.start))?;
            if first_on_line(self.text, element.span.start) && !by.is_empty() {
                self.outdent(element.span, by)?;
            }
            self.body(element, items, path, outer)?;
            from = element.span.end;
        }
        self.without_comments(from, value.span.end)?;
        self.replace(from, value.span.end, "");
        Some(())
    }

    /// The content of an object becomes that of a block.
    fn body(
        &mut self,
        object: &Expr,
        items: &'t [ObjectItem],
        path: &mut Vec<&'t str>,
        outer: &str,
    ) -> Option<()> {
        let (Some(first), Some(last)) = (items.first(), items.last()) else { return Some(()) };
        let mut spans = vec![Span::new(object.span.start + 1, first.span.start)];
        spans.extend(
            items.windows(2).filter_map(|w| Some(Span::new(w.first()?.span.end, w.last()?.span.start))),
        );
        spans.push(Span::new(last.span.end, object.span.end.saturating_sub(1)));
        let gaps: Vec<Gap> = spans.iter().map(|s| Gap::read(self.text, s.start, s.end)).collect();
        let on_lines = gaps.iter().all(|g| g.line_end.is_some());
        let on_one = gaps.iter().all(|g| g.line_end.is_none() && g.comments.is_empty())
            && !object.span.text(self.text).contains('\n');
        if !on_lines && !on_one {
            return None;
        }
        let inner = format!("{outer}{}", unit(self.text, object.span.start));
        let mut single = on_one && items.len() == 1;
        for item in items {
            let name = Self::name(item)?;
            if name.span.text(self.text) != name.text {
                self.edits.push(Edit::replace(name.span, name.text));
            }
            path.push(name.text);
            if (self.is_block)(path) {
                single = false;
                self.blocks(name, &item.value, path, &inner)?;
            } else {
                self.entry(item, name)?;
            }
            path.pop();
        }
        for (n, (span, gap)) in spans.iter().zip(&gaps).enumerate() {
            if on_one && !single {
                let indent = if n + 1 == spans.len() { outer } else { &inner };
                self.replace(span.start, span.end, &format!("{}{indent}", line_break(self.text, span.start)));
            } else if let Some(comma) = gap.comma {
                self.edits.push(Edit::remove(Span::new(comma, comma + 1)));
            }
        }
        Some(())
    }

    /// The key of an entry as the name of an argument or block.
    fn name(item: &'t ObjectItem) -> Option<Name<'t>> {
        match &item.key {
            ObjectKey::Name(n) => Some(Name { text: &n.text, span: n.span }),
            ObjectKey::Expr(e) => {
                let text = e.as_literal_str().filter(|s| is_name(s))?;
                Some(Name { text, span: e.span })
            }
        }
    }

    /// `key: value` becomes `key = value`.
    fn entry(&mut self, item: &ObjectItem, name: Name<'_>) -> Option<()> {
        if item.separator.text(self.text) != "=" {
            self.without_comments(name.span.end, item.separator.start)?;
            self.without_comments(item.separator.end, item.value.span.start)?;
            self.replace(name.span.end, item.value.span.start, " = ");
        }
        Some(())
    }

    /// Lines behind the first begin with less white space.
    fn outdent(&mut self, span: Span, by: &str) -> Option<()> {
        let inside = span.text(self.text);
        // Lines of a heredoc or comment may not move by themselves.
        if inside.contains("<<") || inside.contains("/*") {
            return None;
        }
        for (n, _) in inside.match_indices('\n') {
            let start = line_start(self.text, span.start + n as u32 + 1);
            let line = self.text.get(start as usize..)?;
            if line.starts_with(indent(self.text, span.start)) {
                let end = start + indent(self.text, span.start).len() as u32;
                self.edits.push(Edit::remove(Span::new(end - by.len() as u32, end)));
            } else if !line.trim_start_matches([' ', '\t', '\r']).starts_with('\n') {
                return None;
            }
        }
        Some(())
    }

    fn without_comments(&self, from: u32, to: u32) -> Option<()> {
        Gap::read(self.text, from, to).comments.is_empty().then_some(())
    }

    fn replace(&mut self, from: u32, to: u32, new: &str) {
        let span = Span::new(from, to);
        if span.text(self.text) != new {
            self.edits.push(Edit::replace(span, new));
        }
    }
}
