//! What files share while they are read: names that occur again and again, and room for tokens and lists.

use crate::syntax::{Expr, Name, Term};

use super::lexer::Token;

/// How many names are remembered at a time.
const SLOTS: usize = 2_048;

/// Remembers names, so that the same ones share their memory. Each has one place where it can be; another name
/// with that place takes it over, so no choice of names makes it slow.
#[derive(Default)]
pub(crate) struct Names {
    slots: Vec<Option<Name>>,
    /// The names of variables that have none, by number.
    wildcards: Vec<Name>,
    /// Room that the last file has left.
    pub(super) room: Room,
}

/// Room for tokens, and for lists that are being read: what is complete goes from here into memory of its size.
#[derive(Default)]
pub(super) struct Room {
    pub(super) tokens: Vec<Token>,
    pub(super) terms: Vec<Term>,
    pub(super) entries: Vec<(Term, Term)>,
    pub(super) exprs: Vec<Expr>,
}

/// How much room was taken at some time; what came later can be given up.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    terms: usize,
    entries: usize,
    exprs: usize,
}

impl Room {
    pub(super) fn mark(&self) -> Mark {
        Mark { terms: self.terms.len(), entries: self.entries.len(), exprs: self.exprs.len() }
    }

    pub(super) fn back_to(&mut self, mark: Mark) {
        self.terms.truncate(mark.terms);
        self.entries.truncate(mark.entries);
        self.exprs.truncate(mark.exprs);
    }
}

impl Names {
    /// Remembers names.
    pub(crate) fn shared() -> Self {
        Names { slots: vec![None; SLOTS], wildcards: Vec::new(), room: Room::default() }
    }

    /// Returns the name of a variable that has none, of this number in its file.
    pub(crate) fn wildcard(&mut self, number: usize) -> Name {
        if let Some(known) = self.wildcards.get(number) {
            return known.clone();
        }
        let name = Name::from(format!("${number}"));
        if number == self.wildcards.len() && number < SLOTS {
            self.wildcards.push(name.clone());
        }
        name
    }

    /// Returns a name; one that was met before, if it is still known.
    pub(crate) fn get(&mut self, text: &str) -> Name {
        let Some(slot) = self.slots.get_mut(place(text)) else { return Name::from(text) };
        match slot {
            Some(known) if known.as_ref() == text => known.clone(),
            _ => {
                let name = Name::from(text);
                *slot = Some(name.clone());
                name
            }
        }
    }
}

/// Mixes the length and both ends of a text.
fn place(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (head, tail) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
        _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (Some(head), Some(tail)) => {
                (u64::from(u32::from_le_bytes(*head)), u64::from(u32::from_le_bytes(*tail)))
            }
            _ => (bytes.iter().fold(0, |mixed, byte| mixed << 8 | u64::from(*byte)), 0),
        },
    };
    let mixed = (head ^ tail.rotate_left(29) ^ bytes.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 40) as usize % SLOTS
}
