//! Secrets in text that could not be read: there, only the names at the beginnings of lines tell.

use trueline_hcl::Body;
use trueline_terraform::Parsed;
use trueline_text::{FileId, Location, Span};

use super::written::meant_secret;

/// What stands behind names like those of secrets.
pub(super) fn places(parsed: &Parsed) -> Vec<Location> {
    let mut out = Vec::new();
    for (file, tree) in parsed.trees.iter().filter(|(_, t)| !t.errors.is_empty()) {
        let text = parsed.sources.get(*file).map_or("", |f| &f.text);
        match tree.body.json {
            true => lines(*file, text, tree.body.span, &mut out),
            false => body(*file, text, &tree.body, &mut out),
        }
    }
    out
}

fn body(file: FileId, text: &str, of: &Body, out: &mut Vec<Location>) {
    of.unread.iter().for_each(|u| lines(file, text, u.span, out));
    of.blocks().for_each(|b| body(file, text, &b.body, out));
}

fn lines(file: FileId, text: &str, part: Span, out: &mut Vec<Location>) {
    let whole = part.text(text);
    let declares = whole.contains("sensitive") || whole.contains("ephemeral");
    let mut at = part.start;
    for line in whole.split_inclusive('\n') {
        let start = at;
        at += line.len() as u32;
        let Some((name, value)) = line.split_once(['=', ':']) else { continue };
        let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '+' | '-'));
        let is_secret = meant_secret(name, None) || declares && matches!(name, "default" | "value");
        if !is_secret {
            continue;
        }
        let value = value.trim_start();
        let from = start + (line.len() - value.len()) as u32;
        if value.starts_with("<<") {
            out.push(Location { file, span: Span::new(from, part.end) });
            return;
        }
        let end = from + value.trim_end().len() as u32;
        if end > from {
            out.push(Location { file, span: Span::new(from, end) });
        }
    }
}
