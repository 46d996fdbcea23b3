//! Which bytes a comment is about: its line, the block behind it, the block it stands in, the file.

use trueline_hcl::{Block, Body, Item};
use trueline_rules::Ignore;
use trueline_rules::ignore::{Scope, Tool};
use trueline_text::{SourceFile, Span};

/// The bytes that a comment is about.
pub(super) fn covered(
    body: &Body,
    file: &SourceFile,
    comment: Span,
    own_line: bool,
    ignore: &Ignore,
) -> Span {
    let line = line_of(file, comment.start);
    match ignore.scope {
        Scope::File => Span::new(0, u32::MAX),
        Scope::Line => next(body, comment).map_or(line, |i| line_of(file, i.span().start)),
        Scope::Block => next_block(body, comment).map_or(line, |b| b.span),
        Scope::Here => {
            if let Some(b) = headed(body, file, line) {
                return b.span;
            }
            match innermost(body, comment) {
                Some(b) if own_line || ignore.tool == Tool::Checkov => b.span,
                Some(_) => line,
                None if own_line => next(body, comment).map_or(line, Item::span),
                None => line,
            }
        }
    }
}

pub(super) fn line_of(file: &SourceFile, offset: u32) -> Span {
    let line = file.lines.line(offset);
    let end =
        if line + 1 < file.lines.lines() { file.lines.line_start(line + 1) } else { file.text.len() as u32 };
    Span::new(file.lines.line_start(line), end)
}

/// The block whose head stands on this line.
fn headed<'b>(body: &'b Body, file: &SourceFile, line: Span) -> Option<&'b Block> {
    let mut stack: Vec<&Body> = vec![body];
    while let Some(b) = stack.pop() {
        for block in b.blocks() {
            let many_lines = line_of(file, block.open.start) != line_of(file, block.close.start);
            if many_lines && line.contains(block.open) {
                return Some(block);
            }
            stack.push(&block.body);
        }
    }
    None
}

fn innermost(body: &Body, span: Span) -> Option<&Block> {
    let mut found: Option<&Block> = None;
    let mut at = body;
    while let Some(b) = at.blocks().find(|b| b.body.span.contains(span)) {
        found = Some(b);
        at = &b.body;
    }
    found
}

/// The item behind a comment, in the body that holds it.
fn next(body: &Body, comment: Span) -> Option<&Item> {
    let inner = innermost(body, comment).map_or(body, |b| &b.body);
    inner.items.iter().find(|i| i.span().start >= comment.end)
}

fn next_block(body: &Body, comment: Span) -> Option<&Block> {
    let inner = innermost(body, comment).map_or(body, |b| &b.body);
    inner.blocks().find(|b| b.span.start >= comment.end)
}
