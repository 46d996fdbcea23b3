//! The ways to mend one finding, or why it may not be mended.
//!
//! Enters: a finding with its root, its inputs and all that is known of them. Leaves: the ways, best first, and what
//! Terraform will not do although the code asks for it.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use trueline_model::{Applicability, Finding, Operation, Plan, Resource};
use trueline_terraform::{Generator, generated};
use trueline_text::Location;

use crate::candidates::is_offered;
use crate::change::Placement;
use crate::lifecycle::Caveats;
use crate::outcome::WithheldReason;
use crate::place::{Demand, Scene, called, place};
use crate::proof::{Base, subject};
use crate::{NoPlace, TagPlace, Task};

/// A root with one of its sets of inputs.
type Inputs = (Arc<str>, usize);

/// What the findings of each root, with each of its sets of inputs, ask for together.
#[derive(Default)]
pub struct Demands {
    known: RefCell<BTreeMap<Inputs, Rc<Demand>>>,
    /// The directories that calls name.
    called: OnceCell<BTreeSet<String>>,
}

impl Demands {
    fn of(
        &self,
        base: &Base<'_>,
        (root, variant): (&Arc<str>, usize),
        plan: &Plan,
        editable: &dyn Fn(&str) -> bool,
        place: TagPlace,
    ) -> Rc<Demand> {
        let make = || {
            let findings = base.findings_of(root, variant);
            let called = self.called.get_or_init(|| called(&base.parsed));
            Rc::new(Demand::of(&base.parsed, plan, findings, editable, called, place))
        };
        self.known.borrow_mut().entry((root.clone(), variant)).or_insert_with(make).clone()
    }
}

/// The ways to mend a finding, if it may be mended.
pub fn ways(
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
    let demand = demands.of(base, (root, variant), plan, &editable, task.tags);
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

/// The managed resource or data source that a finding is about.
pub fn resource<'p>(plan: &'p Plan, finding: &Finding) -> Option<&'p Resource> {
    let address = finding.address.as_ref()?;
    plan.resources.iter().chain(&plan.data).find(|r| r.address == *address)
}
