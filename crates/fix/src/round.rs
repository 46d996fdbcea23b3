//! Rounds: the fixes that hold together are taken, the result is checked again, until nothing changes.
//!
//! A round is a pure function of the sources, so a second run begins where the last round of the first one ended, and
//! changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use trueline_check::Report;
use trueline_model::{Applicability, Finding, Verdict};

use crate::change::Placement;
use crate::draft::{draft, files_of};
use crate::outcome::{Applied, Change, Outcome, Withheld, WithheldReason};
use crate::place::{Scene, place};
use crate::proof::{Base, Meaning, subject};
use crate::solve::{Refusal, Solved, solve};
use crate::{Disproof, Judge, NoPlace, Task};

/// Most rounds; each mends at least one finding and brings up none, so few are needed.
const ROUNDS: usize = 64;

/// Runs rounds until nothing changes.
pub fn run(task: &Task<'_>, judge: &dyn Judge) -> Outcome {
    let mut base = Base::new(task.files, task.parsed.clone(), judge, task.inputs, task.report.clone());
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut seen: BTreeSet<BTreeMap<String, String>> = [texts.clone()].into();
    let mut applied = Vec::new();
    let mut withheld = Vec::new();
    for _ in 0..ROUNDS {
        let round = round(task, &mut base);
        withheld = round.withheld;
        if round.texts.is_empty() {
            break;
        }
        let mut next = texts.clone();
        next.extend(round.texts.clone());
        if !seen.insert(next.clone()) {
            let looped = round.applied.into_iter();
            withheld.extend(looped.map(|a| Withheld { finding: a.finding, reason: Disproof::Loop.into() }));
            break;
        }
        texts = next;
        applied.extend(round.applied);
        base = base.advance(&round.texts);
    }
    let before = |path: &str| {
        let id = task.parsed.sources.find(path);
        id.and_then(|id| task.parsed.sources.get(id)).map_or_else(String::new, |f| f.text.to_string())
    };
    let changes = texts
        .into_iter()
        .map(|(path, after)| (path.clone(), Change { before: before(&path), after }))
        .filter(|(_, c)| c.before != c.after)
        .collect();
    Outcome { changes, applied, withheld, remaining: base.report }
}

struct Round {
    texts: BTreeMap<String, String>,
    applied: Vec<Applied>,
    withheld: Vec<Withheld>,
}

/// A finding with the ways to mend it.
struct Candidate {
    /// Place in the report.
    number: usize,
    finding: Finding,
    ways: Vec<Placement>,
}

/// A finding with one of its ways.
#[derive(Clone, Copy)]
struct Attempt {
    candidate: usize,
    way: usize,
}

fn round(task: &Task<'_>, base: &mut Base<'_>) -> Round {
    let report = base.report.clone();
    let mut withheld: BTreeMap<usize, WithheldReason> = BTreeMap::new();
    let candidates = candidates(task, base, &report, &mut withheld);
    let mut accepted: Vec<Attempt> = Vec::new();
    let mut texts = BTreeMap::new();
    let mut queue: Vec<Attempt> =
        (0..candidates.len()).map(|candidate| Attempt { candidate, way: 0 }).collect();
    while !queue.is_empty() {
        // Together with all that share a change; what fails so, once more with its like alone.
        let mut refused: Vec<(Attempt, WithheldReason)> = Vec::new();
        let units = connected(&candidates, &queue);
        let mut again = Vec::new();
        for (unit, reason) in settle(base, &candidates, &units, &mut accepted, &mut texts) {
            let cells = alike(&candidates, &unit);
            match cells.len() {
                1 => refused.extend(unit.into_iter().map(|a| (a, reason.clone()))),
                _ => again.extend(cells),
            }
        }
        for (unit, reason) in settle(base, &candidates, &again, &mut accepted, &mut texts) {
            refused.extend(unit.into_iter().map(|a| (a, reason.clone())));
        }
        queue.clear();
        for (attempt, reason) in refused {
            let Some(c) = candidates.get(attempt.candidate) else { continue };
            if attempt.way + 1 < c.ways.len() {
                queue.push(Attempt { way: attempt.way + 1, ..attempt });
            } else {
                withheld.insert(c.number, reason);
            }
        }
        queue.sort_by_key(|a| a.candidate);
    }
    accepted.sort_by_key(|a| a.candidate);
    let applied = accepted.iter().filter_map(|a| {
        let c = candidates.get(a.candidate)?;
        let mut files = files_of(&base.parsed, c.ways.get(a.way)?);
        files.retain(|f| texts.contains_key(f));
        Some(Applied { finding: c.finding.clone(), files })
    });
    let applied = applied.collect();
    let withheld = withheld.into_iter().filter_map(|(number, reason)| {
        Some(Withheld { finding: report.findings.get(number)?.clone(), reason })
    });
    Round { texts, applied, withheld: withheld.collect() }
}

/// Findings that may be mended, in their fixed order, with the ways to do it; the rest is withheld.
fn candidates(
    task: &Task<'_>,
    base: &mut Base<'_>,
    report: &Report,
    withheld: &mut BTreeMap<usize, WithheldReason>,
) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (number, finding) in report.findings.iter().enumerate() {
        let Some(offer) = finding.fix.as_ref().filter(|_| finding.verdict == Verdict::Fail) else { continue };
        if !task.only_rules.is_empty() && !task.only_rules.contains(&finding.rule) {
            continue;
        }
        match offer.applicability {
            Applicability::Needs => {
                withheld.insert(number, WithheldReason::Needs(offer.needs.clone()));
                continue;
            }
            Applicability::Unsafe if !task.allow_unsafe => {
                withheld.insert(number, WithheldReason::Unsafe(offer.effects.clone()));
                continue;
            }
            Applicability::Safe | Applicability::Unsafe => {}
        }
        let placed = base
            .plan_of(&finding.module)
            .ok_or_else(|| NoPlace::NoResource(subject(finding)))
            .and_then(|plan| {
                let files = task.files;
                let editable =
                    |path: &str| files.is_file(path) && !path.split('/').any(|p| p == ".terraform");
                place(&Scene { parsed: &base.parsed, plan: &plan, editable: &editable }, finding)
            });
        match placed {
            Ok(ways) => out.push(Candidate { number, finding: finding.clone(), ways }),
            Err(reason) => drop(withheld.insert(number, reason.into())),
        }
    }
    out.sort_by_cached_key(|c| {
        let f = &c.finding;
        (f.module.clone(), subject(f), f.rule.clone(), f.route.clone(), f.fingerprint.clone(), c.number)
    });
    out
}

/// Takes the units that hold on top of what was accepted; gives back the others, each with the reason.
fn settle(
    base: &mut Base<'_>,
    candidates: &[Candidate],
    units: &[Vec<Attempt>],
    accepted: &mut Vec<Attempt>,
    texts: &mut BTreeMap<String, String>,
) -> Vec<(Vec<Attempt>, WithheldReason)> {
    let mut kept = accepted.clone();
    let mut kept_texts = texts.clone();
    let Solved { refused, .. } = solve(units.len(), &mut |set| {
        let mut all: Vec<(Attempt, Option<usize>)> = accepted.iter().map(|a| (*a, None)).collect();
        for u in set {
            all.extend(units.get(*u).into_iter().flatten().map(|a| (*a, Some(*u))));
        }
        all.sort_by_key(|(a, _)| a.candidate);
        let new = attempt(base, candidates, &all)?;
        kept = all.iter().map(|(a, _)| *a).collect();
        kept_texts = new;
        Ok(())
    });
    *accepted = kept;
    *texts = kept_texts;
    let mut out = Vec::new();
    for (unit, reason) in refused {
        out.extend(units.get(unit).map(|u| (u.clone(), reason)));
    }
    out
}

/// Drafts and proves a set of attempts; each knows the unit that it is tried for.
fn attempt(
    base: &mut Base<'_>,
    candidates: &[Candidate],
    all: &[(Attempt, Option<usize>)],
) -> Result<BTreeMap<String, String>, Refusal<WithheldReason>> {
    let mut placements = Vec::new();
    let mut meaning = Meaning::default();
    for (a, _) in all {
        let Some(c) = candidates.get(a.candidate) else { continue };
        let Some(way) = c.ways.get(a.way) else { continue };
        placements.push(way);
        meaning.mended.push(&c.finding);
        meaning.creates.extend(way.creates.iter().cloned());
        for (address, route) in &way.intents {
            meaning
                .intents
                .entry((c.finding.module.clone(), address.clone()))
                .or_default()
                .push(route.clone());
        }
    }
    let texts = draft(&base.parsed, &placements).map_err(|f| {
        let unit = all.get(f.placement).and_then(|(_, unit)| *unit);
        Refusal { blamed: unit.into_iter().collect(), reason: f.reason.into() }
    })?;
    match base.prove(&texts, &meaning) {
        Ok(()) => Ok(texts),
        Err(disproof) => {
            let at_fault = |f: &Finding| match &disproof {
                Disproof::StillFails { root, rule, address }
                | Disproof::Undecided { root, rule, address } => {
                    *f.module == **root && f.rule == *rule && subject(f) == *address
                }
                _ => false,
            };
            let blamed = all.iter().filter_map(|(a, unit)| {
                let f = &candidates.get(a.candidate)?.finding;
                unit.filter(|_| at_fault(f))
            });
            let blamed: BTreeSet<usize> = blamed.collect();
            Err(Refusal { blamed: blamed.into_iter().collect(), reason: disproof.into() })
        }
    }
}

/// Attempts in groups that share a change, in the order of their first.
fn connected(candidates: &[Candidate], queue: &[Attempt]) -> Vec<Vec<Attempt>> {
    let mut parent: Vec<usize> = (0..queue.len()).collect();
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (i, a) in queue.iter().enumerate() {
        for change in changes(candidates, *a) {
            let key = format!("{change:?}");
            match first.get(&key) {
                Some(other) => union(&mut parent, i, *other),
                None => drop(first.insert(key, i)),
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<Attempt>> = BTreeMap::new();
    for (i, a) in queue.iter().enumerate() {
        groups.entry(find(&parent, i)).or_default().push(*a);
    }
    groups.into_values().collect()
}

/// Attempts in groups of exactly the same changes, in the order of their first.
fn alike(candidates: &[Candidate], unit: &[Attempt]) -> Vec<Vec<Attempt>> {
    let mut groups: Vec<(String, Vec<Attempt>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for a in unit {
        let key = format!("{:?}", changes(candidates, *a));
        let at = *known.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, group)) => group.push(*a),
            None => groups.push((key, vec![*a])),
        }
    }
    groups.into_iter().map(|(_, g)| g).collect()
}

fn changes(candidates: &[Candidate], a: Attempt) -> &[crate::change::Change] {
    candidates.get(a.candidate).and_then(|c| c.ways.get(a.way)).map_or(&[], |w| &w.changes)
}

fn find(parent: &[usize], mut i: usize) -> usize {
    while let Some(p) = parent.get(i).filter(|p| **p != i) {
        i = *p;
    }
    i
}

/// The smaller number becomes the head of both.
fn union(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (find(parent, a), find(parent, b));
    if let Some(p) = parent.get_mut(a.max(b)) {
        *p = a.min(b);
    }
}
