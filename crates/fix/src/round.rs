//! Rounds: the fixes that hold together are taken, the result is checked again, until nothing changes.
//!
//! A round is a pure function of the sources, so a second run begins where the last round of the first one ended, and
//! changes nothing. Fixes that touch the same roots are solved together; those that share no root are solved apart, so
//! that a refused one costs its own roots only, while their proofs are done at once.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use trueline_model::{Address, Finding, Route};

use crate::candidates::{Candidate, Gathered, Roots, gather, touched};
use crate::case::{Attempt, Case, Drafts, Groups, Set, Texts};
use crate::change::Intents;
use crate::draft::draft;
use crate::outcome::{Applied, Change, Outcome, Withheld, WithheldReason};
use crate::proof::{Base, Failure, Fault, Meaning, Stamps, Trial, subject};
use crate::solve::Refusal;
use crate::{Disproof, Judge, Task};

/// Most rounds; each mends at least one finding and brings up none, so few are needed.
const ROUNDS: usize = 64;

/// Runs rounds until nothing changes.
pub fn run(task: &Task<'_>, judge: &dyn Judge) -> Outcome {
    let mut base = Base::new(task, judge);
    let mut texts = Texts::new();
    let mut seen: BTreeSet<Texts> = [texts.clone()].into();
    let mut applied = Vec::new();
    let mut withheld: BTreeMap<(Arc<str>, usize), Vec<Withheld>> = BTreeMap::new();
    let roots: BTreeSet<Arc<str>> = base.roots().cloned().collect();
    let findings = task.report.findings.iter().map(|f| &f.module);
    // The modules of real plans are no roots; that nothing can be mended there is said of them too.
    let mut open: BTreeSet<Arc<str>> = roots.iter().chain(findings).cloned().collect();
    let mut looped = Vec::new();
    for _ in 0..ROUNDS {
        let round = round(task, &mut base, &open);
        withheld.retain(|(root, _), _| !open.contains(root));
        for (at, w) in round.withheld {
            withheld.entry(at).or_default().push(w);
        }
        if round.texts.is_empty() {
            break;
        }
        let mut next = texts.clone();
        next.extend(round.texts.clone());
        if !seen.insert(next.clone()) {
            let again = round.applied.into_iter();
            looped.extend(again.map(|a| Withheld {
                finding: a.finding,
                with: a.with,
                reason: Disproof::Loop.into(),
            }));
            break;
        }
        texts = next;
        applied.extend(round.applied);
        base.advance(&round.texts, &round.stamps);
        applied.extend(round.waiting.into_iter().filter(|w| {
            let same = |f: &Finding| {
                f.rule == w.finding.rule && f.route == w.finding.route && subject(f) == subject(&w.finding)
            };
            !base.findings_of(&w.finding.module, 0).iter().any(same)
        }));
        // Where nothing changed, nothing else would come of another round.
        open = round.open;
    }
    let before = |path: &str| {
        let id = task.parsed.sources.find(path);
        id.and_then(|id| task.parsed.sources.get(id)).map_or_else(String::new, |f| f.text.to_string())
    };
    let one_name = |path: &str| task.parsed.sources.find(path).is_none_or(|id| !base.names.is_other(id));
    let changes = texts
        .into_iter()
        .filter(|(path, _)| one_name(path))
        .map(|(path, after)| (path.clone(), Change { before: before(&path), after }))
        .filter(|(_, c)| c.before != c.after)
        .collect();
    let withheld = withheld.into_values().flatten().chain(looped).collect();
    Outcome { changes, applied, withheld, remaining: base.report(), parsed: base.parsed }
}

struct Round {
    texts: Texts,
    stamps: Stamps,
    /// Roots in which another round may find more.
    open: BTreeSet<Arc<str>>,
    applied: Vec<Applied>,
    withheld: Vec<((Arc<str>, usize), Withheld)>,
    /// Findings whose fixes wait for others.
    waiting: Vec<Applied>,
}

fn round(task: &Task<'_>, base: &mut Base<'_>, roots: &BTreeSet<Arc<str>>) -> Round {
    let mut gathered = gather(task, base, roots);
    let candidates = &gathered.candidates;
    let groups = groups(candidates);
    let mut cases: Vec<Case> = groups
        .iter()
        .map(|group| {
            let respells = |i: &usize| candidates.get(*i).is_some_and(Candidate::respells);
            let (mut first, mut later): (Vec<usize>, Vec<usize>) = group.iter().partition(|i| respells(i));
            if first.is_empty() {
                (first, later) = wide_first(candidates, later);
            }
            Case::new(first, later, candidates)
        })
        .collect();
    loop {
        let mut drafted: Vec<(usize, Set, Texts)> = Vec::new();
        let mut idle = true;
        for (number, case) in cases.iter_mut().enumerate() {
            let Some(set) = case.next(candidates) else { continue };
            idle = false;
            match draft_of(base, candidates, &set, &mut case.drafts) {
                Ok(texts) => drafted.push((number, set, texts)),
                Err(refusal) => case.answer(Err(refusal)),
            }
        }
        if idle {
            break;
        }
        let trials: Vec<Trial<'_>> =
            drafted.iter().map(|(_, set, texts)| trial(&gathered, set, texts)).collect();
        let failures = base.prove(&trials);
        let blamed: Vec<_> = trials
            .iter()
            .zip(failures)
            .zip(&drafted)
            .map(|((trial, failures), (_, set, _))| blame(base, candidates, trial, set, failures))
            .collect();
        drop(trials);
        for ((number, _, texts), refusal) in drafted.into_iter().zip(blamed) {
            if let Some(case) = cases.get_mut(number) {
                case.answer(refusal.map_or(Ok(texts), Err));
            }
        }
    }
    let mut out = Round {
        texts: Texts::new(),
        stamps: Stamps::new(),
        open: BTreeSet::new(),
        applied: Vec::new(),
        withheld: std::mem::take(&mut gathered.withheld),
        waiting: Vec::new(),
    };
    let mut accepted: Vec<Attempt> = Vec::new();
    for (group, case) in groups.iter().zip(cases) {
        if !case.texts.is_empty() {
            let all = group.iter().filter_map(|i| gathered.candidates.get(*i));
            out.open.extend(touched(all).into_iter().cloned());
        }
        let mut accepted_here = case.accepted.iter().filter_map(|a| gathered.candidates.get(a.candidate));
        let along = !case.texts.is_empty() && !accepted_here.any(Candidate::respells);
        for a in case.waiting().iter().filter(|_| along) {
            // With other inputs, what was mended along the way is not told apart.
            let Some(c) = gathered.candidates.get(a.candidate).filter(|c| c.with.is_none()) else { continue };
            let (files, caveats) = (Vec::new(), c.caveats.words().cloned().collect());
            out.waiting.push(Applied { finding: c.finding.clone(), with: None, files, caveats });
        }
        out.texts.extend(case.texts);
        accepted.extend(case.accepted);
        for (number, reason) in case.refused {
            let Some(c) = gathered.candidates.get(number) else { continue };
            let (finding, with) = (c.finding.clone(), c.with.clone());
            out.withheld.push((c.place(), Withheld { finding, with, reason }));
        }
    }
    accepted.sort_unstable();
    out.stamps = stamps(&gathered.candidates, accepted.iter().copied());
    let mut candidates: Vec<Option<Candidate>> = gathered.candidates.into_iter().map(Some).collect();
    for a in accepted {
        let Some(c) = candidates.get_mut(a.candidate).and_then(Option::take) else { continue };
        let mut files = c.files.get(a.way).cloned().unwrap_or_default();
        files.retain(|f| out.texts.contains_key(f));
        let caveats = c.caveats.words().cloned().collect();
        out.applied.push(Applied { finding: c.finding, with: c.with, files, caveats });
    }
    out
}

/// A fix that changes more than its own resource may mend others of its rule along the way: those wait for it, lest their
/// own edits say the same once more.
fn wide_first(candidates: &[Candidate], group: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
    let all = || group.iter().filter_map(|i| candidates.get(*i));
    let wide: BTreeSet<&str> = all().filter(|c| c.is_wide()).map(|c| c.finding.rule.as_str()).collect();
    let waits = |i: &usize| {
        candidates.get(*i).is_some_and(|c| !c.is_wide() && wide.contains(c.finding.rule.as_str()))
    };
    let (later, first) = group.iter().copied().partition(waits);
    (first, later)
}

/// Candidates in groups that may touch the same root in one of their ways.
fn groups(candidates: &[Candidate]) -> Vec<Vec<usize>> {
    let mut groups = Groups::new(candidates.len());
    let mut first: BTreeMap<&Arc<str>, usize> = BTreeMap::new();
    let mut seen: BTreeMap<*const Roots, usize> = BTreeMap::new();
    for (i, c) in candidates.iter().enumerate() {
        for roots in &c.touches {
            match seen.entry(Rc::as_ptr(roots)) {
                Entry::Occupied(other) => groups.join(i, *other.get()),
                Entry::Vacant(new) => {
                    new.insert(i);
                    roots.iter().for_each(|root| groups.join(i, *first.entry(root).or_insert(i)));
                }
            }
        }
    }
    groups.all()
}

/// The attempts by the roots that they touch.
fn stamps(candidates: &[Candidate], attempts: impl Iterator<Item = Attempt>) -> Stamps {
    let mut lists: Vec<(&Roots, Vec<Attempt>)> = Vec::new();
    let mut known: BTreeMap<*const Roots, usize> = BTreeMap::new();
    for a in attempts {
        let Some(roots) = candidates.get(a.candidate).and_then(|c| c.touches.get(a.way)) else { continue };
        let at = *known.entry(Rc::as_ptr(roots)).or_insert(lists.len());
        match lists.get_mut(at) {
            Some((_, list)) => list.push(a),
            None => lists.push((roots, vec![a])),
        }
    }
    let mut out = Stamps::new();
    for (roots, list) in lists {
        let list = Arc::new(list);
        for root in roots {
            out.entry(root.clone()).or_default().push(list.clone());
        }
    }
    out
}

/// The texts that a set of attempts makes, under every name that a file has. A file that the same attempts change as
/// before is not drafted again.
fn draft_of(
    base: &Base<'_>,
    candidates: &[Candidate],
    set: &Set,
    drafts: &mut Drafts,
) -> Result<Texts, Refusal<WithheldReason>> {
    let mut by_file: BTreeMap<&str, Vec<Attempt>> = BTreeMap::new();
    for (a, _) in set {
        let files = candidates.get(a.candidate).and_then(|c| c.files.get(a.way));
        for path in files.into_iter().flatten() {
            by_file.entry(path).or_default().push(*a);
        }
    }
    let known = |path: &str, by: &[Attempt]| drafts.get(path).is_some_and(|(then, _)| then == by);
    let new: BTreeSet<&str> = by_file.iter().filter(|(p, by)| !known(p, by)).map(|(p, _)| *p).collect();
    let wanted: BTreeSet<Attempt> =
        by_file.iter().filter(|(p, _)| new.contains(*p)).flat_map(|(_, by)| by).copied().collect();
    let way = |a: &Attempt| candidates.get(a.candidate)?.ways.get(a.way);
    let drafted: Vec<_> = set.iter().filter(|(a, _)| wanted.contains(a)).collect();
    let placements: Vec<_> = drafted.iter().filter_map(|(a, _)| way(a)).collect();
    let mut texts = draft(&base.parsed, &placements).map_err(|f| {
        let unit = drafted.get(f.placement).and_then(|(_, unit)| *unit);
        Refusal { blamed: unit.into_iter().collect(), reason: f.reason.into() }
    })?;
    let mut out = Texts::new();
    for (path, by) in by_file {
        if new.contains(path) {
            drafts.insert(path.to_owned(), (by, texts.remove(path)));
        }
        // A change may leave a text as it is.
        let Some(text) = drafts.get(path).and_then(|(_, text)| text.as_ref()) else { continue };
        out.extend(base.names.paths(path).map(|name| (name.to_owned(), text.clone())));
    }
    Ok(out)
}

/// What a set of attempts means, and which roots it touches.
fn trial<'t>(gathered: &'t Gathered, set: &Set, texts: &'t Texts) -> Trial<'t> {
    let mut meaning = Meaning::default();
    let mut families = BTreeSet::new();
    // Each list is about one root.
    let mut meant: BTreeSet<*const Vec<(Address, Route)>> = BTreeSet::new();
    for (a, _) in set {
        let Some(c) = gathered.candidates.get(a.candidate) else { continue };
        let Some(way) = c.ways.get(a.way) else { continue };
        meaning.mended.entry(&c.finding.module).or_default().push(&c.finding);
        meaning.creates.extend(way.creates.iter().cloned());
        meaning.tags.extend(way.tags.iter().cloned());
        let mut mean = |root: &'t Arc<str>, intents: &'t [Intents]| {
            for list in intents.iter().filter(|l| meant.insert(Arc::as_ptr(l))) {
                let here = meaning.intents.entry(root).or_default();
                list.iter().for_each(|(address, route)| here.entry(address).or_default().push(route));
            }
        };
        mean(&c.finding.module, &way.intents);
        let kin = gathered.kin_of(c);
        if families.insert(&c.kind) {
            kin.iter().for_each(|(root, intents)| mean(root, intents));
        }
    }
    let stamps = stamps(&gathered.candidates, set.iter().map(|(a, _)| *a));
    Trial { texts, meaning, stamps }
}

/// Which units are at fault: those whose finding did not pass, else those that touch nothing but roots that failed, else
/// all that touch the root or file that failed. What is wrongly blamed is found out by more trials.
fn blame(
    base: &Base<'_>,
    candidates: &[Candidate],
    trial: &Trial<'_>,
    set: &Set,
    failures: Vec<Failure>,
) -> Option<Refusal<WithheldReason>> {
    let mut blamed: BTreeSet<usize> = BTreeSet::new();
    let failed: BTreeSet<&Arc<str>> = failures
        .iter()
        .filter_map(|f| match &f.at {
            Fault::Root(root) => Some(root),
            Fault::File(_) => None,
        })
        .collect();
    let touches = |a: &Attempt| candidates.get(a.candidate).and_then(|c| c.touches.get(a.way));
    let here_only = |a: &Attempt| touches(a).is_some_and(|t| t.iter().all(|root| failed.contains(root)));
    let elsewhere: BTreeSet<usize> =
        set.iter().filter(|(a, _)| !here_only(a)).filter_map(|(_, unit)| *unit).collect();
    for failure in &failures {
        let of = |touches: &dyn Fn(&Attempt) -> bool| -> Vec<usize> {
            set.iter().filter(|(a, _)| touches(a)).filter_map(|(_, unit)| *unit).collect()
        };
        let certain = match &failure.disproof {
            Disproof::StillFails { root, rule, address } | Disproof::Undecided { root, rule, address } => {
                let at_fault = |f: &Finding| *f.module == **root && f.rule == *rule && subject(f) == *address;
                of(&|a| candidates.get(a.candidate).is_some_and(|c| at_fault(&c.finding)))
            }
            _ => Vec::new(),
        };
        let near = || match &failure.at {
            Fault::Root(root) => {
                let touching = trial.stamps.get(root).map_or(&[][..], Vec::as_slice);
                let all = of(&|a| touching.iter().any(|list| list.binary_search(a).is_ok()));
                let own: Vec<usize> = all.iter().copied().filter(|u| !elsewhere.contains(u)).collect();
                if own.is_empty() { all } else { own }
            }
            Fault::File(path) => of(&|a| {
                let files = candidates.get(a.candidate).and_then(|c| c.files.get(a.way));
                files.into_iter().flatten().any(|f| base.names.paths(f).any(|name| name == path))
            }),
        };
        blamed.extend(if certain.is_empty() { near() } else { certain });
    }
    let reason = failures.into_iter().next()?.disproof.into();
    Some(Refusal { blamed: blamed.into_iter().collect(), reason })
}
