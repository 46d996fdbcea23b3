//! Attributes and blocks of a body.

use trueline_text::{Edit, Span};

use crate::ast::{Attribute, Block, Body, Item};
use crate::lex::{Kind, lex};

use super::gap::Gap;
use super::json;
use super::place::{Manner, first_on_line, indent, is_blank_line, line_break, line_start, shift};
use super::series::comments_within;
use super::settle::settle;

/// Gives the attribute `name` this expression: replaces the one it has, or adds a line.
///
/// A new line goes behind the last line of its kind among the attributes that begin the body, that is before
/// nested blocks, before values of several lines (`tags = {…}`) and before `depends_on`; into a body that begins
/// with a block, it goes first. A value of several lines goes behind all of these attributes and a blank line.
/// A block on one line is opened up.
pub fn set_attribute(text: &str, body: &Body, name: &str, expr: &str) -> Vec<Edit> {
    if body.json {
        return json::set_property(text, body, name, expr);
    }
    if let Some(attribute) = body.attribute(name) {
        return replace_expr(text, attribute.expr.span, expr);
    }
    settle(text, insert_attribute(text, body, &format!("{name} = {expr}")))
}

/// Replaces an expression. Comments inside the old one go onto lines of their own above it.
///
/// The span is that of an expression, or of several neighbouring ones; not of text inside a string.
pub fn replace_expr(text: &str, span: Span, new: &str) -> Vec<Edit> {
    if json::is_json(text) {
        return json::replace(text, span, new);
    }
    let (outer, manner) = (indent(text, span.start), Manner::at(text, span.start));
    let mut edits = Vec::new();
    for comment in comments_within(text, span) {
        let line = format!("{outer}{}{}", comment.text(text), manner.eol);
        edits.push(Edit::insert(line_start(text, span.start), line));
    }
    edits.push(Edit::replace(span, shift(new, outer, manner)));
    settle(text, edits)
}

/// Adds a nested block: behind the last block of its type, else at the end of the body, but before what comes last by
/// custom (`lifecycle`, `depends_on`). A blank line stands on each side, unless its like stand close together.
pub fn insert_block(text: &str, body: &Body, block: &str) -> Vec<Edit> {
    if body.json {
        return json::insert_block(text, body, block);
    }
    let inner = inner_indent(text, body);
    let manner = Manner::at(text, body.span.end);
    let block = shift(block.trim_end_matches('\n'), &inner, manner);
    if is_file(text, body) {
        return super::file::append_to_file(text, &block);
    }
    if on_one_line(text, body) {
        return settle(text, open_up(text, body, &block, true));
    }
    let kind = block.split([' ', '{']).next().unwrap_or_default();
    let like: Vec<&Block> = body.blocks().filter(|b| makes(b, kind)).collect();
    if let Some(last) = like.last()
        && let Some(place) = next_line(text, body, last.span.end)
    {
        let before = like.len().checked_sub(2).and_then(|n| like.get(n));
        let close = before.is_some_and(|b| {
            let between = Span::new(b.span.end, last.span.start).text(text);
            between.trim().is_empty() && between.matches('\n').count() == 1
        });
        return settle(text, lines_at(text, place, &format!("{inner}{block}"), !close));
    }
    if let Some(place) = closing_items(text, body) {
        return settle(text, lines_at(text, place, &format!("{inner}{block}"), true));
    }
    let end = body.span.end;
    if first_on_line(text, end) {
        return settle(text, lines_at(text, line_start(text, end), &format!("{inner}{block}"), true));
    }
    let (eol, outer) = (manner.eol, indent(text, body.span.start));
    settle(text, vec![Edit::insert(end, format!("{eol}{eol}{inner}{block}{eol}{outer}"))])
}

/// A block of this type, or one that makes some.
fn makes(block: &Block, kind: &str) -> bool {
    &*block.kind.text == kind || &*block.kind.text == "dynamic" && block.label(0) == Some(kind)
}

/// The line at which the items begin that end the body by custom, comments above them included.
fn closing_items(text: &str, body: &Body) -> Option<u32> {
    let last = |item: &&Item| match item {
        Item::Block(b) => matches!(&*b.kind.text, "lifecycle" | "provisioner" | "connection"),
        Item::Attribute(a) => &*a.name.text == "depends_on",
    };
    let run = body.items.iter().rev().take_while(last).count();
    let at = body.items.len().checked_sub(run).filter(|_| run > 0)?;
    let (first, before) = (body.items.get(at)?, at.checked_sub(1).and_then(|n| body.items.get(n)));
    let from = before.map_or(body.span.start, |i| i.span().end);
    first_on_line(text, first.span().start).then_some(())?;
    let gap = Gap::read(text, from, first.span().start);
    let mut place = line_start(text, first.span().start);
    for comment in gap.comments.iter().rev().filter(|c| gap.line_end.is_some_and(|l| c.start >= l.end)) {
        let close = Span::new(comment.end, place).text(text).matches('\n').count() == 1;
        if !close || !first_on_line(text, comment.start) {
            break;
        }
        place = line_start(text, comment.start);
    }
    (place > body.span.start).then_some(place)
}

/// Whole lines put before the line at `place`. `apart`: with a blank line on each side where something stands there.
fn lines_at(text: &str, place: u32, new: &str, apart: bool) -> Vec<Edit> {
    let eol = line_break(text, place.saturating_sub(1));
    let before = line_before(text, place);
    let opens = |at: u32| Span::new(at, place).text(text).trim_end().ends_with('{');
    let alone = before.is_none_or(|b| is_blank_line(text, b) || opens(b));
    let head = if !apart || alone { "" } else { eol };
    vec![Edit::insert(place, format!("{head}{new}{eol}{}", blank_behind(text, place, eol)))]
}

/// The blank line that must stand between new lines at `place` and what follows, if something does.
fn blank_behind<'e>(text: &str, place: u32, eol: &'e str) -> &'e str {
    let rest = text.get(place as usize..).unwrap_or("");
    let closed = rest.trim_start_matches([' ', '\t']).starts_with('}');
    if rest.is_empty() || closed || is_blank_line(text, place) { "" } else { eol }
}

/// Takes an attribute or a block of this body away, with its lines. Its comments stay, on lines of their own.
pub fn remove_item(text: &str, body: &Body, item: &Item) -> Vec<Edit> {
    if body.json {
        return json::remove_item(text, body, item);
    }
    let span = item.span();
    let next = body.items.iter().map(|i| i.span().start).find(|s| *s >= span.end);
    let gap = Gap::read(text, span.end, next.unwrap_or(body.span.end));
    let mut kept = comments_within(text, span);
    if first_on_line(text, span.start) && (gap.line_end.is_some() || is_file(text, body)) {
        kept.extend(gap.on_line());
        let end = gap.line_end.map_or(body.span.end, |l| l.end);
        return settle(text, vec![remove_lines(text, Span::new(line_start(text, span.start), end), &kept)]);
    }
    // The only item of a block on one line: what is left are comments.
    let eol = line_break(text, body.span.start);
    let (outer, inner) = (indent(text, body.span.start), inner_indent(text, body));
    kept = comments_within(text, body.span);
    let content = if kept.iter().all(|c| c.text(text).starts_with("/*")) {
        let comments: String = kept.iter().map(|c| format!(" {}", c.text(text))).collect();
        if comments.is_empty() { comments } else { format!("{comments} ") }
    } else {
        let comments: String = kept.iter().map(|c| format!("{inner}{}{eol}", c.text(text))).collect();
        format!("{eol}{comments}{outer}")
    };
    settle(text, vec![Edit::replace(body.span, content)])
}

/// Takes whole lines away; comments that stood in them stay. No two blank lines are left where one of them
/// stood on each side.
pub(super) fn remove_lines(text: &str, lines: Span, kept: &[Span]) -> Edit {
    let eol = line_break(text, lines.start);
    if !kept.is_empty() {
        let outer = indent(text, lines.start);
        let content: String = kept.iter().map(|c| format!("{outer}{}{eol}", c.text(text))).collect();
        return Edit::replace(lines, content);
    }
    let before = line_before(text, lines.start);
    let blank_before = before.is_some_and(|b| is_blank_line(text, b));
    let opened_before =
        before.is_none_or(|b| Span::new(b, lines.start).text(text).trim_end().ends_with(['{', '[', '(']));
    let after = text.get(lines.end as usize..).unwrap_or("");
    let blank_after = !after.is_empty() && is_blank_line(text, lines.end);
    let closed_after = after.is_empty() || after.trim_start_matches([' ', '\t']).starts_with(['}', ']', ')']);
    if blank_after && (blank_before || opened_before) {
        let line = after.find('\n').map_or(after.len(), |n| n + 1);
        return Edit::remove(Span::new(lines.start, lines.end + line as u32));
    }
    if blank_before && closed_after {
        return Edit::remove(Span::new(before.unwrap_or(lines.start), lines.end));
    }
    Edit::remove(lines)
}

/// The start of the line before the one that begins at `start`.
pub(super) fn line_before(text: &str, start: u32) -> Option<u32> {
    (start > 0).then(|| line_start(text, start - 1)).filter(|l| *l < start)
}

/// Behind the last attribute of those that begin the body.
fn insert_attribute(text: &str, body: &Body, new: &str) -> Vec<Edit> {
    let inner = inner_indent(text, body);
    let before = attribute_before(text, body, new.contains('\n'));
    let manner = Manner::at(text, before.map_or(body.span.start, |s| s.end));
    let (new, eol) = (shift(new, &inner, manner), manner.eol);
    let file = is_file(text, body);
    if !file && on_one_line(text, body) {
        return open_up(text, body, &new, new.contains('\n'));
    }
    if let Some(span) = before {
        let several = new.contains('\n');
        let blank = if several { eol } else { "" };
        return match next_line(text, body, span.end) {
            Some(place) => {
                let behind = if several && !file { blank_behind(text, place, eol) } else { "" };
                vec![Edit::insert(place, format!("{blank}{inner}{new}{eol}{behind}"))]
            }
            // No line break behind it: the end of the file, or a `}` on the same line.
            None if file => vec![Edit::insert(body.span.end, format!("{eol}{inner}{new}"))],
            None => vec![Edit::insert(span.end, format!("{eol}{inner}{new}"))],
        };
    }
    // First in the body, with a blank line before a block.
    let place = match next_line(text, body, body.span.start) {
        Some(place) if !file => place,
        _ => {
            if text.starts_with('\u{feff}') && file {
                3
            } else {
                body.span.start
            }
        }
    };
    let rest = Span::new(place, body.span.end).text(text);
    let alone = rest.trim().is_empty() || is_blank_line(text, place);
    let blank = if alone { "" } else { eol };
    vec![Edit::insert(place, format!("{inner}{new}{eol}{blank}"))]
}

/// The attribute behind which a new one goes, of those that begin the body.
fn attribute_before(text: &str, body: &Body, several_lines: bool) -> Option<Span> {
    let mut found: Option<(bool, Span)> = None;
    for item in &body.items {
        let Item::Attribute(Attribute { name, span, .. }) = item else { break };
        let alike = &*name.text != "depends_on" && (several_lines || !span.text(text).contains('\n'));
        if alike || found.is_none_or(|(alike, _)| !alike) {
            found = Some((alike, *span));
        }
    }
    found.map(|(_, span)| span)
}

/// The start of the line behind `from`, comments at the end of the line passed over.
fn next_line(text: &str, body: &Body, from: u32) -> Option<u32> {
    let next = body.items.iter().map(|i| i.span().start).find(|s| *s >= from);
    Gap::read(text, from, next.unwrap_or(body.span.end)).line_end.map(|l| l.end)
}

/// Writes a block of one line on several, with `new` at its end; `apart`: behind a blank line.
fn open_up(text: &str, body: &Body, new: &str, apart: bool) -> Vec<Edit> {
    let eol = line_break(text, body.span.start);
    let (outer, inner) = (indent(text, body.span.start), inner_indent(text, body));
    let mut content = String::from(eol);
    let old = body.span.text(text).trim();
    if !old.is_empty() {
        content.push_str(&format!("{inner}{old}{eol}"));
        if apart {
            content.push_str(eol);
        }
    }
    content.push_str(&format!("{inner}{new}{eol}{outer}"));
    vec![Edit::replace(body.span, content)]
}

/// The body is that of a whole file.
fn is_file(text: &str, body: &Body) -> bool {
    body.span.start == 0 && body.span.end as usize == text.len()
}

/// The braces stand on one line, and so does all between them.
fn on_one_line(text: &str, body: &Body) -> bool {
    Gap::read(text, body.span.start, body.items.first().map_or(body.span.end, |i| i.span().start))
        .line_end
        .is_none()
}

/// The indentation of the items: that of the first on a line of its own, else one level more than the block.
fn inner_indent(text: &str, body: &Body) -> String {
    let own = body.items.iter().map(|i| i.span().start).find(|s| first_on_line(text, *s));
    match own {
        Some(start) => indent(text, start).to_owned(),
        None if is_file(text, body) => String::new(),
        None => {
            let unit = Manner::at(text, body.span.start).unit();
            format!("{}{unit}", indent(text, body.span.start))
        }
    }
}

/// The text's last token is the end marker of a heredoc.
pub(super) fn ends_with_heredoc(text: &str) -> bool {
    // An end marker is one only before a line break.
    let lexed = lex(&format!("{text}\n"));
    lexed
        .tokens
        .iter()
        .rev()
        .find(|t| !matches!(t.kind, Kind::Newline | Kind::Eof))
        .is_some_and(|t| t.kind == Kind::CHeredoc)
}
