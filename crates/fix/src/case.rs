//! One group of fixes that may touch the same roots, on its way to those of them that hold together.
//!
//! Enters: candidates with their ways, best first. Leaves, one after the other: sets of attempts to try; at the end
//! which were accepted, which texts came of them, and why the others were refused. Cases share nothing, so what one of
//! them refuses costs the others nothing.

use std::collections::BTreeMap;

use trueline_text::Location;

use crate::candidates::Candidate;
use crate::change::Change;
use crate::outcome::WithheldReason;
use crate::solve::{Refusal, Search};

/// A finding with one of its ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt {
    /// Number of the candidate.
    pub candidate: usize,
    /// Number of the way.
    pub way: usize,
}

/// Attempts to try together; each knows the unit that it is tried for, if it is not accepted yet.
pub type Set = Vec<(Attempt, Option<usize>)>;

/// Texts by path.
pub type Texts = BTreeMap<String, String>;

/// Drafted texts by file, each with the attempts that made it; none where nothing changed.
pub type Drafts = BTreeMap<String, (Vec<Attempt>, Option<String>)>;

/// A group of candidates under way.
pub struct Case {
    /// What holds so far.
    pub accepted: Vec<Attempt>,
    /// The texts that come of it.
    pub texts: Texts,
    /// What was drafted last.
    pub drafts: Drafts,
    /// Candidates none of whose ways holds, each with the last reason.
    pub refused: BTreeMap<usize, WithheldReason>,
    /// Candidates for the next round, if the first of this one hold.
    later: Vec<Attempt>,
    /// What is tried now.
    queue: Vec<Attempt>,
    units: Vec<Vec<Attempt>>,
    /// Units of the queue are tried once more apart.
    apart: bool,
    failed: Vec<(Attempt, WithheldReason)>,
    search: Search<WithheldReason>,
    /// What was accepted before this search, and the last set that held in it.
    before: Vec<Attempt>,
    last: Set,
}

impl Case {
    /// The beginning: `first` are tried; `later` only if none of those holds, since a name that is put right tells
    /// better what else is wrong.
    pub fn new(first: Vec<usize>, later: Vec<usize>, candidates: &[Candidate]) -> Self {
        let attempts =
            |all: Vec<usize>| all.into_iter().map(|candidate| Attempt { candidate, way: 0 }).collect();
        let mut case = Self {
            accepted: Vec::new(),
            texts: Texts::new(),
            drafts: Drafts::new(),
            refused: BTreeMap::new(),
            later: attempts(later),
            queue: attempts(first),
            units: Vec::new(),
            apart: false,
            failed: Vec::new(),
            search: Search::new(0),
            before: Vec::new(),
            last: Set::new(),
        };
        case.begin(connected(candidates, &case.queue), false);
        case
    }

    /// The next set to try; none at the end.
    pub fn next(&mut self, candidates: &[Candidate]) -> Option<Set> {
        loop {
            if let Some(units) = self.search.next() {
                let mut all: Set = self.before.iter().map(|a| (*a, None)).collect();
                for u in units {
                    all.extend(self.units.get(u).into_iter().flatten().map(|a| (*a, Some(u))));
                }
                all.sort_by_key(|(a, _)| a.candidate);
                self.last.clone_from(&all);
                return Some(all);
            }
            self.turn(candidates)?;
        }
    }

    /// What is left to the next round.
    pub fn waiting(&self) -> &[Attempt] {
        &self.later
    }

    /// What came of the last set.
    pub fn answer(&mut self, result: Result<Texts, Refusal<WithheldReason>>) {
        self.search.answer(result.map(|texts| {
            self.accepted = self.last.iter().map(|(a, _)| *a).collect();
            self.texts = texts;
        }));
    }

    fn begin(&mut self, units: Vec<Vec<Attempt>>, apart: bool) {
        self.search = Search::new(units.len());
        self.units = units;
        self.apart = apart;
        self.before.clone_from(&self.accepted);
    }

    /// From a search that ended to the next one.
    fn turn(&mut self, candidates: &[Candidate]) -> Option<()> {
        let mut again = Vec::new();
        for (unit, reason) in std::mem::take(&mut self.search.refused) {
            let unit = self.units.get(unit).cloned().unwrap_or_default();
            // Together with all that share a change; what fails so, once more with its like alone.
            let cells = if self.apart { vec![unit] } else { alike(candidates, &unit) };
            match (self.apart, cells.as_slice()) {
                (false, [_, _, ..]) => again.extend(cells),
                _ => self.failed.extend(cells.into_iter().flatten().map(|a| (a, reason.clone()))),
            }
        }
        if !again.is_empty() {
            self.begin(again, true);
            return Some(());
        }
        self.queue.clear();
        for (attempt, reason) in std::mem::take(&mut self.failed) {
            let ways = candidates.get(attempt.candidate).map_or(0, |c| c.ways.len());
            if attempt.way + 1 < ways {
                self.queue.push(Attempt { way: attempt.way + 1, ..attempt });
            } else {
                self.refused.insert(attempt.candidate, reason);
            }
        }
        if self.queue.is_empty() && self.accepted.is_empty() {
            self.queue = std::mem::take(&mut self.later);
        }
        if self.queue.is_empty() {
            return None;
        }
        self.queue.sort_unstable();
        self.begin(connected(candidates, &self.queue), false);
        Some(())
    }
}

/// Attempts in groups that share a change, in the order of their first.
fn connected(candidates: &[Candidate], queue: &[Attempt]) -> Vec<Vec<Attempt>> {
    let mut groups = Groups::new(queue.len());
    let mut first: BTreeMap<Location, Vec<(&Change, usize)>> = BTreeMap::new();
    for (i, a) in queue.iter().enumerate() {
        for change in changes(candidates, *a) {
            let there = first.entry(change.at()).or_default();
            match there.iter().find(|(other, _)| *other == change) {
                Some((_, other)) => groups.join(i, *other),
                None => there.push((change, i)),
            }
        }
    }
    let of = |group: Vec<usize>| group.into_iter().filter_map(|i| queue.get(i).copied()).collect();
    groups.all().into_iter().map(of).collect()
}

/// Attempts in groups of exactly the same changes, in the order of their first.
fn alike(candidates: &[Candidate], unit: &[Attempt]) -> Vec<Vec<Attempt>> {
    let mut groups: Vec<Vec<Attempt>> = Vec::new();
    let mut known: BTreeMap<Vec<Location>, Vec<(&[Change], usize)>> = BTreeMap::new();
    for a in unit {
        let all = changes(candidates, *a);
        let there = known.entry(all.iter().map(Change::at).collect()).or_default();
        let at = there.iter().find(|(other, _)| *other == all).map(|(_, at)| *at);
        match at.and_then(|at| groups.get_mut(at)) {
            Some(group) => group.push(*a),
            None => {
                there.push((all, groups.len()));
                groups.push(vec![*a]);
            }
        }
    }
    groups
}

/// The changes of an attempt.
pub fn changes(candidates: &[Candidate], a: Attempt) -> &[Change] {
    candidates.get(a.candidate).and_then(|c| c.ways.get(a.way)).map_or(&[], |w| &w.changes)
}

/// Numbers that are joined to groups.
pub struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    /// Each number alone.
    pub fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    /// The head of the group, which is its smallest number.
    fn head(&mut self, mut i: usize) -> usize {
        while let Some(p) = self.parent.get(i).copied().filter(|p| *p != i) {
            let above = self.parent.get(p).copied().unwrap_or(p);
            if let Some(slot) = self.parent.get_mut(i) {
                *slot = above;
            }
            i = above;
        }
        i
    }

    /// Makes one group of two.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.head(a), self.head(b));
        if let Some(p) = self.parent.get_mut(a.max(b)) {
            *p = a.min(b);
        }
    }

    /// The groups in the order of their first, each sorted.
    pub fn all(mut self) -> Vec<Vec<usize>> {
        let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in 0..self.parent.len() {
            out.entry(self.head(i)).or_default().push(i);
        }
        out.into_values().collect()
    }
}
