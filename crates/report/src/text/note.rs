//! What is said beside findings.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use annotate_snippets::{Group, Level, Origin};
use trueline_model::{Note, NoteKind};

use super::{Look, line, listed, place, point};
use crate::escape::printable;
use crate::view::View;

/// Renders notes only; those that differ in their place are one.
pub fn notes(view: &View<'_>, look: Look) -> String {
    let renderer = look.renderer();
    let mut groups: Vec<Vec<&Note>> = Vec::new();
    let mut known: BTreeMap<(NoteKind, &str, Option<&str>), usize> = BTreeMap::new();
    for n in view.notes {
        match known.entry((n.kind, &n.message, n.help.as_deref())) {
            Entry::Occupied(at) => groups.get_mut(*at.get()).into_iter().for_each(|g| g.push(n)),
            Entry::Vacant(new) => {
                new.insert(groups.len());
                groups.push(vec![n]);
            }
        }
    }
    groups.iter().map(|g| renderer.render(&note(view, g, look)) + "\n\n").collect()
}

fn note<'a>(view: &View<'a>, alike: &[&'a Note], look: Look) -> Vec<Group<'a>> {
    let Some((n, more)) = alike.split_first() else { return Vec::new() };
    let level = match n.kind {
        NoteKind::Error => Level::ERROR,
        NoteKind::Warning => Level::WARNING,
        NoteKind::Info => Level::NOTE,
    };
    let title = level.primary_title(printable(&n.message));
    let mut group = title.elements(std::iter::empty::<Origin<'_>>());
    if let Some(at) = n.at {
        group = point(view, group, at, None);
    }
    if let Some(h) = &n.help {
        group = line(group, "help", h, look);
    }
    let places: Vec<String> = more.iter().map(|n| place(view, n.at, "")).collect();
    vec![line(group, "also", &listed(&places, look), look)]
}
