//! Findings that may be mended, with the ways to do it, and whatever else such a fix would rightly change.
//!
//! Enters: what is wrong with each root and each of its sets of inputs. Leaves: candidates in their fixed order, the
//! findings that can't be mended, with the reason, and the *kin* of the candidates: all other breaches of the same rule
//! at the same block, in every root and with every input, which the same edit may mend too.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use trueline_model::{Finding, Operation, Route, Verdict};
use trueline_text::Location;

use crate::change::{Intents, Placement};
use crate::lifecycle::Caveats;
use crate::outcome::Withheld;
use crate::proof::{Base, subject};
use crate::ways::{Demands, resource, ways};
use crate::{Task, contradiction};

/// A finding with the ways to mend it.
pub struct Candidate {
    /// The finding.
    pub finding: Finding,
    /// The file of values with which it was found, if not with the normal inputs.
    pub with: Option<Arc<str>>,
    /// Place in the report of its root.
    number: usize,
    /// The ways, best first.
    pub ways: Vec<Placement>,
    /// The roots that each way touches.
    pub touches: Vec<Rc<Roots>>,
    /// The files that each way changes.
    pub files: Vec<Vec<String>>,
    /// What Terraform will not do although the code asks for it.
    pub caveats: Caveats,
    /// Rule and block.
    pub kind: Option<Kind>,
}

impl Candidate {
    /// Root and place in its report.
    pub fn place(&self) -> (Arc<str>, usize) {
        (self.finding.module.clone(), self.number)
    }

    /// Leaves only some of the ways, by number; which roots they touch has to be told anew.
    pub fn keep_ways(&mut self, keep: impl Fn(usize) -> bool) {
        let mut number = 0..;
        self.ways.retain(|_| number.next().is_some_and(&keep));
        let mut number = 0..;
        self.files.retain(|_| number.next().is_some_and(&keep));
        self.touches.clear();
    }

    /// True if its best way changes more than the resource that it is about.
    pub fn is_wide(&self) -> bool {
        let own = |at: Location| {
            self.kind.as_ref().is_none_or(|(_, b)| b.file == at.file && b.span.contains(at.span))
        };
        self.ways.first().is_some_and(|w| w.changes.iter().any(|c| !own(c.at())))
    }

    /// True if a name is put right, or a spelling: what else is wrong there is seen better afterwards.
    pub fn respells(&self) -> bool {
        let operations = self.finding.fix.iter().flat_map(|f| &f.operations);
        let mut respells =
            operations.map(|o| matches!(o, Operation::Rename { .. } | Operation::Respell { .. }));
        respells.any(|r| r)
    }
}

/// A rule, and the block of the resource that breaks it.
pub type Kind = (String, Location);

/// Roots that a way touches; one set for all ways that touch the same.
pub type Roots = BTreeSet<Arc<str>>;

/// What fixes of one kind rightly change, by root.
type Kin = Vec<(Arc<str>, Vec<Intents>)>;

/// What was gathered.
#[derive(Default)]
pub struct Gathered {
    /// In their fixed order.
    pub candidates: Vec<Candidate>,
    /// By root and place in its report.
    pub withheld: Vec<((Arc<str>, usize), Withheld)>,
    kin: BTreeMap<Kind, Kin>,
}

impl Gathered {
    /// Routes that a fix of this candidate may change besides its own.
    pub fn kin_of(&self, candidate: &Candidate) -> &[(Arc<str>, Vec<Intents>)] {
        candidate.kind.as_ref().and_then(|k| self.kin.get(k)).map_or(&[], Vec::as_slice)
    }
}

/// Gathers what may be mended in these roots.
pub fn gather(task: &Task<'_>, base: &mut Base<'_>, roots: &BTreeSet<Arc<str>>) -> Gathered {
    let mut out = Gathered::default();
    let own = Own::of(task, base);
    let demands = Demands::default();
    for root in roots {
        for (number, finding) in mended_of(&own, base, root, 0) {
            take(task, base, &demands, root, 0, number, finding, &mut out);
        }
    }
    touch(base, &mut out);
    // With other inputs the same and more may be wrong; only where something is mended, since all else is as the check
    // said.
    let mut mended: BTreeSet<Arc<str>> = out.candidates.iter().map(|c| c.finding.module.clone()).collect();
    mended.extend(roots.iter().filter(|root| base.is_touched(root)).cloned());
    for root in mended.iter().filter(|root| base.inputs_of(root).len() > 1) {
        let mut known: BTreeSet<Identity> = base.findings_of(root, 0).iter().map(identity).collect();
        let told = out.withheld.iter().filter(|((r, _), _)| r == root);
        let told: BTreeSet<Kind> = told.filter_map(|(_, w)| kind(base, root, 0, &w.finding)).collect();
        for variant in 1..base.inputs_of(root).len() {
            for (number, finding) in mended_of(&own, base, root, variant) {
                // What can't be mended is said once, of whatever instances.
                let again = kind(base, root, variant, &finding).is_some_and(|k| told.contains(&k));
                if known.insert(identity(&finding)) && !again {
                    take(task, base, &demands, root, variant, number, finding, &mut out);
                }
            }
        }
    }
    contradiction::settle(&mut out, base);
    touch(base, &mut out);
    out.candidates.sort_by_cached_key(|c| {
        let f = &c.finding;
        let place = (f.module.clone(), subject(f), f.rule.clone(), f.route.clone());
        (place, f.fingerprint.clone(), c.with.clone(), c.number)
    });
    out.kin = kin(task, base, &demands, &out.candidates);
    out
}

/// Which findings are to be mended: those at the paths, and those of other callers that come from the same literal,
/// since one change mends them all.
struct Own<'t> {
    task: &'t Task<'t>,
    shared: BTreeSet<(String, Option<Location>)>,
}

impl<'t> Own<'t> {
    fn of(task: &'t Task<'t>, base: &Base<'_>) -> Self {
        let mut shared = BTreeSet::new();
        for root in task.own.into_iter().flatten() {
            let at_paths = base.findings_of(root, 0).iter().filter(|f| f.at.is_some());
            shared.extend(at_paths.map(|f| (f.rule.clone(), f.at)));
        }
        Self { task, shared }
    }

    fn mends(&self, f: &Finding) -> bool {
        let own = |own: &BTreeSet<Arc<str>>| {
            own.contains(&f.module) || f.at.is_some() && self.shared.contains(&(f.rule.clone(), f.at))
        };
        is_offered(f) && (self.task.asked)(f) && self.task.own.is_none_or(own)
    }
}

/// The findings of a root with one of its sets of inputs that are to be mended, each with its place in the report.
fn mended_of(own: &Own<'_>, base: &Base<'_>, root: &Arc<str>, variant: usize) -> Vec<(usize, Finding)> {
    let all = base.findings_of(root, variant).iter().enumerate();
    all.filter(|(_, f)| own.mends(f)).map(|(number, f)| (number, f.clone())).collect()
}

/// True for a failure that comes with a fix.
pub fn is_offered(f: &Finding) -> bool {
    f.verdict == Verdict::Fail && f.fix.is_some()
}

/// What makes findings with different inputs the same one.
type Identity = (String, String, Route);

fn identity(f: &Finding) -> Identity {
    (f.rule.clone(), subject(f), f.route.clone())
}

/// Finds the ways of one finding, or says why there are none.
#[allow(clippy::too_many_arguments, reason = "one finding and all that its ways hang on")]
fn take(
    task: &Task<'_>,
    base: &Base<'_>,
    demands: &Demands,
    root: &Arc<str>,
    variant: usize,
    number: usize,
    finding: Finding,
    out: &mut Gathered,
) {
    let with = base.inputs_of(root).get(variant).filter(|_| variant > 0);
    let with: Option<Arc<str>> = with.and_then(|i| i.var_files().last()).map(Arc::from);
    match ways(task, base, demands, root, variant, &finding) {
        Ok((ways, caveats)) => {
            let kind = kind(base, root, variant, &finding);
            let files = ways.iter().map(|w| crate::draft::files_of(&base.parsed, w)).collect();
            let touches = Vec::new();
            out.candidates.push(Candidate { finding, with, number, ways, touches, files, caveats, kind });
        }
        Err(reason) => {
            let withheld = Withheld { finding, with: with.clone(), reason };
            let same = |(_, w): &&((Arc<str>, usize), Withheld)| {
                w.with.is_some()
                    && w.finding.rule == withheld.finding.rule
                    && w.finding.at == withheld.finding.at
            };
            if with.is_none() || !out.withheld.iter().any(|w| same(&w)) {
                out.withheld.push(((root.clone(), number), withheld));
            }
        }
    }
}

/// The rule of a finding, and the block of its resource.
fn kind(base: &Base<'_>, root: &Arc<str>, variant: usize, finding: &Finding) -> Option<Kind> {
    let declared = resource(base.plan_of(root, variant)?, finding)?.declared.as_ref()?;
    let at = base.names.place(Location { file: declared.file, span: declared.block });
    Some((finding.rule.clone(), at))
}

/// Tells which roots the ways touch, and sees to it that those are planned with all their inputs.
fn touch(base: &mut Base<'_>, out: &mut Gathered) {
    let mut of_path: BTreeMap<String, Roots> = BTreeMap::new();
    let mut of_files: BTreeMap<Vec<String>, Rc<Roots>> = BTreeMap::new();
    let mut with_own: BTreeMap<(Vec<String>, Arc<str>), Rc<Roots>> = BTreeMap::new();
    for c in &mut out.candidates {
        let of = |files: &Vec<String>| {
            let all = of_files.entry(files.clone()).or_insert_with(|| {
                let mut roots = Roots::new();
                for path in files {
                    let touched = of_path.entry(path.clone()).or_insert_with_key(|p| base.concerned(p));
                    roots.extend(touched.iter().cloned());
                }
                Rc::new(roots)
            });
            let own = &c.finding.module;
            if all.contains(own) {
                return all.clone();
            }
            let with = || Rc::new(all.iter().chain([own]).cloned().collect());
            with_own.entry((files.clone(), own.clone())).or_insert_with(with).clone()
        };
        c.touches = c.files.iter().map(of).collect();
    }
    base.prepare(touched(out.candidates.iter()));
}

/// The roots that any way of these touches.
pub fn touched<'c>(candidates: impl Iterator<Item = &'c Candidate>) -> BTreeSet<&'c Arc<str>> {
    let mut seen: BTreeSet<*const Roots> = BTreeSet::new();
    let all = candidates.flat_map(|c| &c.touches).filter(|roots| seen.insert(Rc::as_ptr(roots)));
    all.flat_map(|roots| roots.iter()).collect()
}

/// What all breaches of the rules of the candidates, at their blocks, mean to change.
fn kin(task: &Task<'_>, base: &Base<'_>, demands: &Demands, candidates: &[Candidate]) -> BTreeMap<Kind, Kin> {
    let wanted: BTreeSet<&Kind> = candidates.iter().filter_map(|c| c.kind.as_ref()).collect();
    let rules: BTreeSet<&str> = wanted.iter().map(|(rule, _)| rule.as_str()).collect();
    let roots = touched(candidates.iter());
    let mut known: BTreeMap<(&Arc<str>, Identity), &Candidate> = BTreeMap::new();
    for c in candidates {
        known.insert((&c.finding.module, identity(&c.finding)), c);
    }
    let mut out: BTreeMap<Kind, Kin> = BTreeMap::new();
    for root in roots {
        let mut seen: BTreeSet<Identity> = BTreeSet::new();
        for variant in 0..base.inputs_of(root).len() {
            for f in
                base.findings_of(root, variant).iter().filter(|f| is_offered(f) && rules.contains(&*f.rule))
            {
                let Some(kind) = kind(base, root, variant, f).filter(|k| wanted.contains(k)) else {
                    continue;
                };
                if !seen.insert(identity(f)) {
                    continue;
                }
                let intents = |ways: &[Placement]| -> Vec<Intents> {
                    let mut seen = BTreeSet::new();
                    let all = ways.iter().flat_map(|w| &w.intents);
                    all.filter(|list| seen.insert(Arc::as_ptr(list))).cloned().collect()
                };
                let intents = match known.get(&(root, identity(f))) {
                    Some(c) => intents(&c.ways),
                    None => ways(task, base, demands, root, variant, f)
                        .map(|(w, _)| intents(&w))
                        .unwrap_or_default(),
                };
                if !intents.is_empty() {
                    out.entry(kind).or_default().push((root.clone(), intents));
                }
            }
        }
    }
    out
}
