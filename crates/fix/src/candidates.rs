//! Findings that may be mended, with the ways to do it, and whatever else such a fix would rightly change.
//!
//! Enters: what is wrong with each root and each of its sets of inputs. Leaves: candidates in their fixed order, the
//! findings that can't be mended, with the reason, and the *kin* of the candidates: all other breaches of the same rule
//! at the same block, in every root and with every input, which the same edit may mend too.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use trueline_model::{Address, Applicability, Finding, Operation, Plan, Resource, Route, Verdict};
use trueline_terraform::{Generator, generated};
use trueline_text::Location;

use crate::change::Placement;
use crate::lifecycle::Caveats;
use crate::outcome::{Withheld, WithheldReason};
use crate::place::{Demand, Scene, place};
use crate::proof::{Base, subject};
use crate::{NoPlace, Task};

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
    pub touches: Vec<BTreeSet<Arc<str>>>,
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

/// Routes of resources that are meant to change.
pub type Routes = Vec<(Address, Route)>;

/// What fixes of one kind rightly change, by root.
type Intents = Vec<(Arc<str>, Routes)>;

/// What was gathered.
#[derive(Default)]
pub struct Gathered {
    /// In their fixed order.
    pub candidates: Vec<Candidate>,
    /// By root and place in its report.
    pub withheld: Vec<((Arc<str>, usize), Withheld)>,
    kin: BTreeMap<Kind, Intents>,
}

impl Gathered {
    /// Routes that a fix of this candidate may change besides its own.
    pub fn kin_of(&self, candidate: &Candidate) -> &[(Arc<str>, Routes)] {
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
        is_offered(f)
            && (self.task.only_rules.is_empty() || self.task.only_rules.contains(&f.rule))
            && self.task.own.is_none_or(own)
    }
}

/// The findings of a root with one of its sets of inputs that are to be mended, each with its place in the report.
fn mended_of(own: &Own<'_>, base: &Base<'_>, root: &Arc<str>, variant: usize) -> Vec<(usize, Finding)> {
    let all = base.findings_of(root, variant).iter().enumerate();
    all.filter(|(_, f)| own.mends(f)).map(|(number, f)| (number, f.clone())).collect()
}

fn is_offered(f: &Finding) -> bool {
    f.verdict == Verdict::Fail && f.fix.is_some()
}

/// What makes findings with different inputs the same one.
type Identity = (String, String, Route);

fn identity(f: &Finding) -> Identity {
    (f.rule.clone(), subject(f), f.route.clone())
}

/// A root with one of its sets of inputs.
type Inputs = (Arc<str>, usize);

/// What the findings of each root, with each of its sets of inputs, ask for together.
#[derive(Default)]
struct Demands {
    known: RefCell<BTreeMap<Inputs, Rc<Demand>>>,
}

impl Demands {
    fn of(
        &self,
        base: &Base<'_>,
        (root, variant): (&Arc<str>, usize),
        plan: &Plan,
        editable: &dyn Fn(&str) -> bool,
    ) -> Rc<Demand> {
        let make = || {
            let findings = base.findings_of(root, variant);
            Rc::new(Demand::of(&base.parsed, plan, findings, editable))
        };
        self.known.borrow_mut().entry((root.clone(), variant)).or_insert_with(make).clone()
    }
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

/// The ways to mend a finding, if it may be mended.
fn ways(
    task: &Task<'_>,
    base: &Base<'_>,
    demands: &Demands,
    root: &Arc<str>,
    variant: usize,
    finding: &Finding,
) -> Result<(Vec<Placement>, Caveats), WithheldReason> {
    let missing = || NoPlace::NoResource(subject(finding));
    let Some(offer) = &finding.fix else { return Err(missing().into()) };
    if offer.applicability == Applicability::Needs {
        return Err(WithheldReason::Needs(offer.needs.clone()));
    }
    let plan = base.plan_of(root, variant).ok_or_else(missing)?;
    let marks = RefCell::new(BTreeMap::new());
    let editable = |path: &str| may_write(task, base, &marks, path);
    let everything = match ensured(finding) {
        // What is spelled anew in this round may be what is missing: the next round sees.
        Some(kind) if base.findings_of(root, variant).iter().any(|f| reshapes(f, finding, kind)) => {
            return Err(NoPlace::Conflict.into());
        }
        Some(_) => {
            let declared = resource(plan, finding).and_then(|r| r.declared.as_ref());
            let source = declared.and_then(|d| base.parsed.sources.get(d.file));
            source.map(|s| base.everything(&s.path)).unwrap_or_default()
        }
        None => Vec::new(),
    };
    let same = |at: Location| base.names.place(at);
    let demand = demands.of(base, (root, variant), plan, &editable);
    let scene = Scene {
        parsed: &base.parsed,
        plan,
        everything: &everything,
        surveys: &base.surveys,
        same: &same,
        editable: &editable,
        demand: &demand,
    };
    let exists = |r: &Resource| !(task.is_new)(plan, r);
    let caveats = Caveats::of(&scene, offer, finding.address.as_ref(), &exists);
    if !task.allow_unsafe {
        if offer.applicability == Applicability::Unsafe {
            let mut why: Vec<String> = offer.effects.iter().map(|e| e.why.clone()).collect();
            why.extend(caveats.words().cloned());
            return Err(WithheldReason::Unsafe(why));
        }
        if let Some(why) = caveats.ignored {
            return Err(WithheldReason::Ignored(why));
        }
    }
    match place(&scene, finding) {
        Ok(mut ways) => {
            for way in &mut ways {
                let changes = std::mem::take(&mut way.changes).into_iter();
                way.changes = changes.map(|c| c.moved(|at| base.names.place(at))).collect();
            }
            Ok((ways, caveats))
        }
        Err(reason) => {
            let declared = resource(plan, finding).and_then(|r| r.declared.as_ref()).map(|d| d.file);
            let file = declared.or_else(|| finding.at.map(|at| at.file));
            let source = file.and_then(|id| base.parsed.sources.get(id));
            Err(match source.and_then(|s| Some((s.path.to_string(), generated(&s.path, &s.text)?))) {
                Some((path, by)) => NoPlace::Generated { path, by: by.name, instead: by.instead }.into(),
                None => reason.into(),
            })
        }
    }
}

/// The type of companion that the fix of a finding asks for.
fn ensured(finding: &Finding) -> Option<&str> {
    finding.fix.as_ref()?.operations.iter().find_map(|o| match o {
        Operation::Ensure { kind, .. } => Some(kind.as_str()),
        _ => None,
    })
}

/// True if the fix of `f` gives another name or spelling to something of the resource that `finding` is about, or of a
/// companion of this type.
fn reshapes(f: &Finding, finding: &Finding, kind: &str) -> bool {
    let fix = f.fix.as_ref().filter(|x| is_offered(f) && x.applicability == Applicability::Safe);
    let reshaping = |o: &Operation| matches!(o, Operation::Rename { .. } | Operation::Respell { .. });
    fix.is_some_and(|x| x.operations.iter().any(reshaping))
        && f.address.as_ref().is_some_and(|a| Some(a) == finding.address.as_ref() || *a.kind == *kind)
}

/// True for a file of ours that a person writes.
fn may_write(
    task: &Task<'_>,
    base: &Base<'_>,
    marks: &RefCell<BTreeMap<String, Option<Generator>>>,
    path: &str,
) -> bool {
    let made = || {
        let source = base.parsed.sources.find(path).and_then(|id| base.parsed.sources.get(id));
        source.and_then(|s| generated(path, &s.text))
    };
    task.files.is_file(path)
        && !path.split('/').any(|p| p == ".terraform")
        && marks.borrow_mut().entry(path.to_owned()).or_insert_with(made).is_none()
}

fn resource<'p>(plan: &'p Plan, finding: &Finding) -> Option<&'p Resource> {
    let address = finding.address.as_ref()?;
    plan.resources.iter().chain(&plan.data).find(|r| r.address == *address)
}

/// The rule of a finding, and the block of its resource.
fn kind(base: &Base<'_>, root: &Arc<str>, variant: usize, finding: &Finding) -> Option<Kind> {
    let declared = resource(base.plan_of(root, variant)?, finding)?.declared.as_ref()?;
    let at = base.names.place(Location { file: declared.file, span: declared.block });
    Some((finding.rule.clone(), at))
}

/// Tells which roots the ways touch, and sees to it that those are planned with all their inputs.
fn touch(base: &mut Base<'_>, out: &mut Gathered) {
    let mut of_path: BTreeMap<String, BTreeSet<Arc<str>>> = BTreeMap::new();
    let mut all: BTreeSet<Arc<str>> = BTreeSet::new();
    for c in &mut out.candidates {
        let of = |files: &Vec<String>| {
            let mut roots = BTreeSet::from([c.finding.module.clone()]);
            for path in files {
                let touched = of_path.entry(path.clone()).or_insert_with_key(|p| base.concerned(p));
                roots.extend(touched.iter().cloned());
            }
            roots
        };
        c.touches = c.files.iter().map(of).collect();
        all.extend(c.touches.iter().flatten().cloned());
    }
    base.prepare(&all);
}

/// What all breaches of the rules of the candidates, at their blocks, mean to change.
fn kin(
    task: &Task<'_>,
    base: &Base<'_>,
    demands: &Demands,
    candidates: &[Candidate],
) -> BTreeMap<Kind, Intents> {
    let wanted: BTreeSet<&Kind> = candidates.iter().filter_map(|c| c.kind.as_ref()).collect();
    let rules: BTreeSet<&str> = wanted.iter().map(|(rule, _)| rule.as_str()).collect();
    let roots: BTreeSet<&Arc<str>> = candidates.iter().flat_map(|c| &c.touches).flatten().collect();
    let mut known: BTreeMap<(&Arc<str>, Identity), &Candidate> = BTreeMap::new();
    for c in candidates {
        known.insert((&c.finding.module, identity(&c.finding)), c);
    }
    let mut out: BTreeMap<Kind, Intents> = BTreeMap::new();
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
                let intents = |ways: &[Placement]| -> BTreeSet<(Address, Route)> {
                    ways.iter().flat_map(|w| w.intents.iter().cloned()).collect()
                };
                let intents = match known.get(&(root, identity(f))) {
                    Some(c) => intents(&c.ways),
                    None => ways(task, base, demands, root, variant, f)
                        .map(|(w, _)| intents(&w))
                        .unwrap_or_default(),
                };
                if !intents.is_empty() {
                    out.entry(kind).or_default().push((root.clone(), intents.into_iter().collect()));
                }
            }
        }
    }
    out
}
