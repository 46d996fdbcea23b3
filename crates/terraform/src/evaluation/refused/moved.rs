//! `moved` and `removed` blocks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_text::Location;

use super::super::{ModuleId, World};
use super::{Presence, Target, literal_key};
use crate::module::ModuleConfig;

/// All moves of a plan, as whole addresses.
#[derive(Default)]
pub(super) struct Moves {
    all: Vec<(String, String, Location)>,
}

impl World<'_> {
    pub(super) fn check_moved(&mut self, id: ModuleId, config: &Arc<ModuleConfig<'_>>, moves: &mut Moves) {
        let place = self.place(id);
        for block in &config.moved {
            let end = |name: &str| block.content.expr(name).map(|(_, e)| e);
            let (Some(from), Some(to)) = (end("from"), end("to")) else {
                let missing = if end("from").is_none() { "from" } else { "to" };
                let message = format!("this `moved` block has no `{missing}`");
                self.refuse(message, "write the old address as `from` and the new one as `to`", block.at());
                continue;
            };
            let read = |e| Target::read(e, &mut literal_key);
            let (Some(from), Some(to)) = (read(from), read(to)) else { continue };
            if from.resource.is_some() != to.resource.is_some() {
                let message =
                    "one end of this `moved` block is a resource, the other one a module".to_owned();
                self.refuse(message, "name two resources, or two modules", block.at());
                continue;
            }
            if from == to {
                let message = format!("this `moved` block moves `{}` onto itself", from.shown());
                self.refuse(message, "remove the block", block.at());
                continue;
            }
            let exists = match from.has_key() || to.has_key() {
                true => self.instance_presence(id, &from) == Presence::Yes,
                false => self.is_declared(id, &from),
            };
            if exists {
                let message = format!(
                    "`{place}{}` is moved to `{place}{}`, but it is still declared",
                    from.shown(),
                    to.shown()
                );
                let help =
                    "remove or rename what is declared under the old address, or remove the `moved` block";
                self.refuse(message, help, block.at());
            }
            let whole = |t: &Target| format!("{place}{}", t.shown());
            moves.all.push((whole(&from), whole(&to), block.at()));
        }
    }

    /// Moves that contradict each other.
    pub(super) fn check_moves(&mut self, moves: Moves) {
        let (mut by_from, mut by_to) = (BTreeMap::new(), BTreeMap::new());
        for (from, to, at) in &moves.all {
            let other = by_from.insert(from, to).filter(|o| *o != to);
            let twin = by_to.insert(to, from).filter(|o| *o != from);
            if let Some(other) = other {
                let message = format!("`{from}` is moved to `{to}` and to `{other}`");
                self.refuse(message, "keep one of the two `moved` blocks", *at);
            } else if let Some(twin) = twin {
                let message = format!("`{to}` is where `{from}` and `{twin}` are moved to");
                self.refuse(message, "keep one of the two `moved` blocks", *at);
            }
        }
        let mut told: BTreeSet<&String> = BTreeSet::new();
        for (from, _, at) in &moves.all {
            let mut seen: BTreeSet<&String> = BTreeSet::from([from]);
            let mut next = by_from.get(from).copied();
            while let Some(to) = next.filter(|to| seen.insert(to)) {
                next = by_from.get(to).copied();
            }
            if next == Some(from) && seen.is_disjoint(&told) {
                let message = format!("`{from}` is moved in a circle");
                self.refuse(message, "remove one of the `moved` blocks", *at);
                told.extend(seen);
            }
        }
    }

    pub(super) fn check_removed(&mut self, id: ModuleId, config: &Arc<ModuleConfig<'_>>) {
        let place = self.place(id);
        for block in &config.removed {
            let Some((_, from)) = block.content.expr("from") else {
                let help = "write the address that is to be forgotten as `from`";
                self.refuse("this `removed` block has no `from`".to_owned(), help, block.at());
                continue;
            };
            let Some(target) = Target::read(from, &mut literal_key).filter(|t| !t.has_key()) else {
                continue;
            };
            if self.is_declared(id, &target) {
                let message =
                    format!("`{place}{}` is to be removed, but it is still declared", target.shown());
                let help = "remove what is declared under this address, or the `removed` block";
                self.refuse(message, help, block.at());
            }
        }
    }
}
