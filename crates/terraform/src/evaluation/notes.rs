//! What is noted while a plan is made: each thing once, also where many places have one cause.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_model::{Note, NoteKind};
use trueline_text::Location;

use crate::expression::ExprError;

/// Notes of one plan; what comes after is as much as one says.
const MAX_NOTES: usize = 1_000;

/// Notes, each said once.
#[derive(Default)]
pub(crate) struct Notes {
    all: Vec<Note>,
    seen: BTreeSet<(NoteKind, String, Option<Location>)>,
    /// Names that mean nothing, by the directory of the module and what is said of them: the number of the note, and all
    /// places that use them.
    causes: BTreeMap<(Arc<str>, String), (usize, BTreeSet<Location>)>,
}

impl Notes {
    pub fn add(
        &mut self,
        kind: NoteKind,
        message: impl Into<String>,
        help: Option<String>,
        at: Option<Location>,
    ) {
        let message = message.into();
        if self.all.len() < MAX_NOTES && self.seen.insert((kind, message.clone(), at)) {
            self.all.push(Note { kind, message, help, at });
        }
    }

    pub fn errors(&mut self, errors: Vec<ExprError>) {
        for e in errors {
            match e.module {
                None => self.add(NoteKind::Error, e.message, e.help, Some(e.at)),
                Some(module) => {
                    let next = self.all.len();
                    let places = &mut self
                        .causes
                        .entry((module, e.message.clone()))
                        .or_insert((next, BTreeSet::new()))
                        .1;
                    places.insert(e.at);
                    if places.len() == 1 {
                        self.add(NoteKind::Error, e.message, e.help, Some(e.at));
                    }
                }
            }
        }
    }

    /// All notes; where several places have one cause it is said at the first, with their number.
    pub fn finish(mut self) -> Vec<Note> {
        for ((_, message), (n, places)) in self.causes {
            if let Some(note) = self.all.get_mut(n).filter(|note| note.message == message)
                && places.len() > 1
            {
                note.at = places.first().copied();
                let many = format!("{} places refer to it", places.len());
                note.help = Some(note.help.take().map_or(many.clone(), |help| format!("{help} ({many})")));
            }
        }
        self.all
    }
}
