//! What is noted beside the values of a run: reads and unknown values, for reasons.

use std::sync::Arc;

use crate::Value;
use crate::compile::ir::NodeId;

use super::machine::{Machine, Run};
use super::sources::{Note, Read, Route, Sources, Unknown};
use super::watch::Watch;

/// The most reads that are kept for one answer.
pub(super) const MAX_READS: usize = 10_000;

/// What is observed of a run.
#[derive(Default)]
pub(crate) struct Observed {
    pub(crate) watch: Option<Watch>,
    sources: Option<Sources>,
    /// What was read for the solution that is being looked for.
    pub(super) reads: Vec<Read>,
    /// Reads of ways that did not lead on, kept while somebody gathers.
    lost: Vec<Read>,
    gathering: usize,
    /// How often a derivation was cut.
    cuts: u64,
    /// The unknown value that the last cut was for.
    pub(super) last: Option<Arc<Route>>,
    pub(crate) unknown: Vec<Unknown>,
    /// A cut whose place is not noted yet.
    pub(super) fresh: bool,
    /// What is certain only if no other definition says something else counts as cut, too.
    pub(super) exact: bool,
    /// The text of the query that runs.
    pub(super) query: String,
}

impl Observed {
    /// Watches what happens.
    pub(crate) fn watching(watch: Watch) -> Self {
        Observed { watch: Some(watch), ..Observed::default() }
    }

    /// Notes what answers rest on.
    pub(crate) fn tracing(sources: Sources) -> Self {
        Observed { sources: Some(sources), ..Observed::default() }
    }

    /// Lets nothing be certain that another definition could still make an error.
    pub(crate) fn exact(mut self) -> Self {
        self.exact = true;
        self
    }

    /// The places where something was unknown, and what is known of the places of values.
    pub(crate) fn give_back(self) -> (Vec<Unknown>, Sources) {
        (self.unknown, self.sources.unwrap_or_default())
    }

    pub(super) fn forget_reads(&mut self, from: usize) {
        if from < self.reads.len() {
            let dropped = self.reads.split_off(from);
            if self.gathering > 0 && self.lost.len() < MAX_READS {
                self.lost.extend(dropped);
            }
        }
    }

    pub(super) fn cut(&mut self, route: Arc<Route>) {
        self.cuts += 1;
        self.last = Some(route);
        self.fresh = true;
    }

    fn add_reads(&mut self, reads: &[Read]) {
        if self.reads.len() < MAX_READS {
            self.reads.extend(reads.iter().cloned());
        }
    }
}

impl Machine<'_> {
    /// Works out a rule, and what it rests on.
    pub(crate) fn rule_with_note(&mut self, node: NodeId) -> Run<(Option<Value>, Note)> {
        let value = self.document(node)?;
        Ok((value, self.note(node)))
    }

    /// Returns how often derivations were cut.
    pub(super) fn cuts(&self) -> u64 {
        self.observed.as_ref().map_or(0, |observed| observed.cuts)
    }

    pub(super) fn restore_cuts(&mut self, cuts: u64) {
        if let Some(observed) = &mut self.observed {
            observed.cuts = cuts;
        }
    }

    /// Runs something; all that it reads counts, also on ways that do not lead on.
    pub(super) fn gather<T>(&mut self, inside: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        let Some(observed) = &mut self.observed else { return inside(self) };
        observed.gathering += 1;
        let from = observed.lost.len();
        let reads = observed.reads.len();
        let result = inside(self)?;
        if let Some(observed) = &mut self.observed {
            observed.forget_reads(reads);
            observed.gathering -= 1;
            let mut lost = observed.lost.split_off(from);
            lost.dedup();
            observed.add_reads(&lost);
        }
        Ok(result)
    }

    /// Cuts the derivation if a value hangs on something unknown; tells whether it does.
    pub(super) fn cut_by(&mut self, value: &Value) -> bool {
        let Some(observed) = &mut self.observed else { return false };
        let route = observed.sources.as_ref().and_then(|sources| sources.unknown_in(value));
        match route {
            Some(route) => {
                observed.cut(route);
                true
            }
            None => false,
        }
    }

    /// Notes that a key of a container is read; cuts the derivation if its value is unknown.
    pub(super) fn read_is_cut(&mut self, container: &Value, key: &Value) -> bool {
        let Some(observed) = &mut self.observed else { return false };
        let Some(sources) = &observed.sources else { return false };
        let (read, route) = (sources.read(container, key), sources.unknown_at(container, key));
        if observed.reads.len() < MAX_READS {
            observed.reads.extend(read);
        }
        let cut = route.is_some();
        if let Some(route) = route {
            observed.cut(route);
        }
        cut
    }

    /// Cuts the derivation if `input` or `data` is unknown as a whole.
    pub(super) fn root_is_cut(&mut self, name: &str) -> bool {
        let Some(observed) = &mut self.observed else { return false };
        let route = observed.sources.as_ref().and_then(|sources| sources.unknown_root(name));
        let cut = route.is_some();
        if let Some(route) = route {
            observed.cut(route);
        }
        cut
    }

    /// Cuts a part of an iteration if a container may have elements that are not in it.
    pub(super) fn missing_elements(&mut self, container: &Value) {
        if let Some(observed) = &mut self.observed
            && let Some(route) =
                observed.sources.as_ref().and_then(|sources| sources.unknown_beside(container))
        {
            observed.cut(route);
        }
    }

    /// Tells whether all that is not certain in every respect counts as cut, and reads are of no use.
    pub(super) fn is_exact(&self) -> bool {
        self.observed.as_ref().is_some_and(|observed| observed.exact)
    }

    /// Notes that `with` put a value at a path of a document.
    pub(super) fn note_replaced(&mut self, old: Option<&Value>, new: &Value, path: &[Value]) {
        if let Some(sources) = self.observed.as_mut().and_then(|observed| observed.sources.as_mut()) {
            sources.replaced(old, new, path);
        }
    }

    fn sources(&self) -> Option<&Sources> {
        self.observed.as_ref()?.sources.as_ref()
    }

    /// Returns the route of something unknown in a value.
    pub(super) fn unknown_in(&self, value: &Value) -> Option<Arc<Route>> {
        self.sources()?.unknown_in(value)
    }

    /// Returns the route of an element that is unknown.
    pub(super) fn unknown_route(&self, container: &Value, key: &Value) -> Option<Arc<Route>> {
        self.sources()?.unknown_at(container, key)
    }

    /// Returns the keys of a container whose values are unknown.
    pub(super) fn unknown_keys(&self, container: &Value) -> Vec<Value> {
        self.sources().map(|sources| sources.unknown_keys(container)).unwrap_or_default()
    }

    /// Returns where a container of input or data is.
    pub(super) fn route_of(&self, container: &Value) -> Option<Arc<Route>> {
        self.sources()?.route(container)
    }

    /// Tells whether `input` or `data` is unknown as a whole.
    pub(super) fn is_unknown_root(&self, name: &str) -> bool {
        self.sources().is_some_and(|sources| sources.unknown_root(name).is_some())
    }

    /// Tells whether reads and unknown values are noted.
    pub(super) fn traces_back(&self) -> bool {
        self.observed.as_ref().is_some_and(|observed| observed.sources.is_some())
    }

    /// Works something out and notes what it rests on.
    pub(super) fn noted<T>(&mut self, inside: impl FnOnce(&mut Self) -> Run<T>) -> Run<(T, Note)> {
        let Some(observed) = &mut self.observed else { return Ok((inside(self)?, Note::default())) };
        let (cuts, from) = (observed.cuts, observed.reads.len());
        let value = self.gather(inside)?;
        let mut note = Note::default();
        if let Some(observed) = &mut self.observed {
            note.reads = observed.reads.split_off(from);
            note.reads.dedup();
            if observed.cuts > cuts {
                note.hangs_on = observed.last.clone();
            }
            observed.cuts = cuts;
        }
        Ok((value, note))
    }

    /// Returns what the solution that was just found rests on, from a number of reads on.
    pub(super) fn reads_since(&self, from: usize) -> Vec<Read> {
        let reads = self.observed.as_ref().and_then(|observed| observed.reads.get(from..));
        reads.map(<[Read]>::to_vec).unwrap_or_default()
    }

    pub(super) fn read_count(&self) -> usize {
        self.observed.as_ref().map_or(0, |observed| observed.reads.len())
    }

    /// Uses the value of a rule as a whole; false if it is not known.
    pub(super) fn use_note(&mut self, note: &Note, known: bool) -> bool {
        let Some(observed) = &mut self.observed else { return true };
        observed.add_reads(&note.reads);
        match &note.hangs_on {
            Some(route) if !known || observed.exact => {
                observed.cut(route.clone());
                false
            }
            _ => true,
        }
    }

    /// Uses one element of the value of a rule.
    pub(super) fn use_member(&mut self, node: NodeId, key: &Value) {
        let notes = self.context.cache.borrow();
        let reads = notes.notes.get(&node).map(|note| note.members.get(key).unwrap_or(&note.reads).clone());
        drop(notes);
        if let (Some(observed), Some(reads)) = (&mut self.observed, reads) {
            observed.add_reads(&reads);
        }
    }

    /// Returns what was noted of a rule.
    pub(super) fn note(&self, node: NodeId) -> Note {
        self.context.cache.borrow().notes.get(&node).cloned().unwrap_or_default()
    }
}
