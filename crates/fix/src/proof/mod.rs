//! The proof: a fixed text is parsed, planned and checked in memory before it may be called a fix.
//!
//! Enters: the state before, the changed texts, and what was meant. Leaves: nothing, or what is wrong with it. Every
//! root that a changed file belongs to is planned again, with every set of inputs that is beside it. Trials that share
//! no root are proved together; what was proved of a root is kept while the same attempts touch it.

mod difference;
mod findings;
mod given;
mod reach;
mod remaining;
mod same_plan;
mod texts;
mod trial;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_check::Report;
use trueline_model::{Applicability, Finding, Plan, RuleMeta};
use trueline_terraform::{Inputs, Parsed, parallel};
use trueline_text::{Files, Memory, Overlay};

use crate::case::Texts;
use crate::judge::Judge;
use crate::names::Names;
use crate::place::Surveys;
use crate::{Disproof, Task};
pub use findings::subject;
use reach::Reach;
pub use trial::{Failure, Fault, Meaning, Stamp, Stamps, Trial};

/// A root with one of its sets of inputs.
type Key = (Arc<str>, usize);

/// What is known of a root with one set of inputs.
#[derive(Clone)]
struct State {
    plan: Arc<Plan>,
    findings: Option<Arc<Vec<Finding>>>,
}

/// What was proved of a root.
struct Proved {
    stamp: Stamp,
    states: Vec<State>,
}

/// Sets of inputs by root.
type AllInputs = BTreeMap<Arc<str>, Arc<Vec<Inputs>>>;

fn evaluate(files: &dyn Files, parsed: &Parsed, inputs: &AllInputs, (root, variant): &Key) -> Option<Plan> {
    Some(trueline_terraform::plan(files, parsed, root, inputs.get(root)?.get(*variant)?))
}

/// The state that fixes start from.
pub struct Base<'a> {
    files: &'a dyn Files,
    judge: &'a dyn Judge,
    threads: usize,
    changed: Texts,
    /// The sources.
    pub parsed: Parsed,
    /// Which of them are the same file.
    pub names: Names,
    reach: Reach,
    first: &'a Report,
    inputs: AllInputs,
    states: BTreeMap<Key, State>,
    rules: BTreeMap<String, RuleMeta>,
    /// True for findings that are to be mended.
    asked: &'a dyn Fn(&Finding) -> bool,
    allow_unsafe: bool,
    proved: BTreeMap<Arc<str>, Proved>,
    /// Texts by path that were found good.
    checked: Texts,
    /// Roots that were changed.
    touched: BTreeSet<Arc<str>>,
    /// Plans of all that other values may bring.
    everything: RefCell<BTreeMap<Key, Arc<Plan>>>,
    /// What was found out of companions in them.
    pub surveys: Surveys,
}

impl<'a> Base<'a> {
    /// The state before any fix.
    pub fn new(task: &Task<'a>, judge: &'a dyn Judge) -> Self {
        let roots = task.parsed.roots();
        let inputs: AllInputs = roots.iter().map(|r| (r.clone(), Arc::new((task.inputs)(r)))).collect();
        let mut by_root: BTreeMap<Arc<str>, Vec<Finding>> = BTreeMap::new();
        for f in &task.report.findings {
            by_root.entry(f.module.clone()).or_default().push(f.clone());
        }
        let given: BTreeMap<&str, &Plan> = task.plans.iter().map(|p| (&*p.path, p)).collect();
        let missing: Vec<&Arc<str>> = roots.iter().filter(|r| !given.contains_key(&***r)).collect();
        let made = parallel::map(&missing, task.threads, |root| {
            let inputs = inputs.get(*root)?.first()?;
            Some(trueline_terraform::plan(task.files, task.parsed, root, inputs))
        });
        let made = missing.into_iter().zip(made).filter_map(|(root, plan)| Some((root.clone(), plan??)));
        let taken = roots.iter().filter_map(|r| Some((r.clone(), (*given.get(&**r)?).clone())));
        let states: BTreeMap<Key, State> = taken
            .chain(made)
            .map(|(root, plan)| {
                let findings = Some(Arc::new(by_root.remove(&root).unwrap_or_default()));
                ((root, 0), State { plan: Arc::new(plan), findings })
            })
            .collect();
        let mut out = Self {
            files: task.files,
            judge,
            threads: task.threads,
            changed: Texts::new(),
            parsed: task.parsed.clone(),
            names: Names::of(task.files, task.parsed),
            reach: Reach::default(),
            first: task.report,
            inputs,
            states,
            rules: task.report.rules.iter().map(|m| (m.id.clone(), m.clone())).collect(),
            asked: task.asked,
            allow_unsafe: task.allow_unsafe,
            proved: BTreeMap::new(),
            checked: Texts::new(),
            touched: BTreeSet::new(),
            everything: RefCell::default(),
            surveys: Surveys::default(),
        };
        out.reach = Reach::of(&out);
        out
    }

    /// True if a finding is about what the fix itself makes, and the next round mends it.
    fn is_next(&self, f: &Finding, meaning: &Meaning<'_>) -> bool {
        let made =
            f.address.as_ref().is_some_and(|a| meaning.creates.iter().any(|m| m.served_by(a).is_some()));
        let mends = f.fix.as_ref().is_some_and(|x| {
            !x.operations.is_empty()
                && match x.applicability {
                    Applicability::Safe => true,
                    Applicability::Unsafe => self.allow_unsafe,
                    Applicability::Needs => false,
                }
        });
        made && mends && (self.asked)(f)
    }

    /// The roots, sorted.
    pub fn roots(&self) -> impl Iterator<Item = &Arc<str>> {
        self.inputs.keys()
    }

    /// The plan of a root with one of its sets of inputs, so far as it was made.
    pub fn plan_of(&self, root: &Arc<str>, variant: usize) -> Option<&Arc<Plan>> {
        self.states.get(&(root.clone(), variant)).map(|s| &s.plan)
    }

    /// What is wrong with a root with one of its sets of inputs, so far as it was asked.
    pub fn findings_of(&self, root: &Arc<str>, variant: usize) -> &[Finding] {
        let state = self.states.get(&(root.clone(), variant));
        state.and_then(|s| s.findings.as_ref()).map_or(&[], |f| f.as_slice())
    }

    /// The sets of inputs of a root.
    pub fn inputs_of(&self, root: &Arc<str>) -> &[Inputs] {
        self.inputs.get(root).map_or(&[], |i| i.as_slice())
    }

    /// True if something was changed that this root reads.
    pub fn is_touched(&self, root: &Arc<str>) -> bool {
        self.touched.contains(root)
    }

    /// The roots that a file belongs to, under any of its names.
    pub fn concerned(&self, path: &str) -> BTreeSet<Arc<str>> {
        let mut out = BTreeSet::new();
        for name in self.names.paths(path) {
            out.extend(self.reach.roots(name));
        }
        out
    }

    /// Plans of all that other values may bring, for each root that a file belongs to and each set of its inputs.
    pub fn everything(&self, path: &str) -> Vec<Arc<Plan>> {
        let mut out = Vec::new();
        for root in self.concerned(path) {
            for (variant, inputs) in self.inputs_of(&root).iter().enumerate() {
                let key = (root.clone(), variant);
                let mut made = self.everything.borrow_mut();
                let plan = made.entry(key).or_insert_with(|| {
                    if let Some(plan) = self.plan_of(&root, variant).filter(|p| p.whole) {
                        return plan.clone();
                    }
                    let inputs = Inputs { everything: true, json: false, ..inputs.clone() };
                    let files = self.overlay(&Texts::new());
                    Arc::new(trueline_terraform::plan(&files, &self.parsed, &root, &inputs))
                });
                out.push(plan.clone());
            }
        }
        out
    }

    /// Plans these roots with every set of inputs, and asks the judge.
    pub fn prepare<'r>(&mut self, roots: impl IntoIterator<Item = &'r Arc<str>>) {
        let mut wanted: Vec<Key> = Vec::new();
        for root in roots {
            let all = (0..self.inputs_of(root).len()).map(|variant| (root.clone(), variant));
            wanted.extend(all.filter(|k| self.states.get(k).is_none_or(|s| s.findings.is_none())));
        }
        wanted.sort();
        wanted.dedup();
        if wanted.is_empty() {
            return;
        }
        let files = self.overlay(&Texts::new());
        let (states, inputs, parsed) = (&self.states, &self.inputs, &self.parsed);
        let plans = parallel::map(&wanted, self.threads, |key| match states.get(key) {
            Some(state) => Some(state.plan.clone()),
            None => evaluate(&files, parsed, inputs, key).map(Arc::new),
        });
        let plans = wanted.into_iter().zip(plans).filter_map(|(key, plan)| Some((key, plan??))).collect();
        let parsed = self.parsed.clone();
        for (key, plan, findings) in self.ask(plans, &parsed) {
            self.states.insert(key, State { plan, findings: Some(findings) });
        }
    }

    /// Asks the judge about plans, those with the same set of inputs at once.
    fn ask(
        &mut self,
        plans: Vec<(Key, Arc<Plan>)>,
        parsed: &Parsed,
    ) -> Vec<(Key, Arc<Plan>, Arc<Vec<Finding>>)> {
        let variants: BTreeSet<usize> = plans.iter().map(|((_, variant), _)| *variant).collect();
        let mut out = Vec::new();
        for variant in variants {
            let of_variant = plans.iter().filter(|((_, v), _)| *v == variant);
            let plans: Vec<(Arc<str>, Arc<Plan>)> =
                of_variant.map(|((root, _), plan)| (root.clone(), plan.clone())).collect();
            let shown: Vec<Plan> = plans.iter().map(|(_, p)| (**p).clone()).collect();
            let report = self.judge.judge(&shown, parsed);
            self.rules.extend(report.rules.into_iter().map(|m| (m.id.clone(), m)));
            let mut by_root: BTreeMap<Arc<str>, Vec<Finding>> = BTreeMap::new();
            for f in report.findings {
                by_root.entry(f.module.clone()).or_default().push(f);
            }
            for (root, plan) in plans {
                let findings = Arc::new(by_root.remove(&plan.path).unwrap_or_default());
                out.push(((root, variant), plan, findings));
            }
        }
        out
    }

    fn overlay(&self, texts: &Texts) -> Overlay<'a> {
        let changed = self.changed.iter().chain(texts).map(|(p, t)| (p, t.as_str()));
        Overlay::new(self.files, Memory::from_iter(changed))
    }

    /// Proves that each trial does what it means and nothing else; trials share no root and no file. Leaves what is
    /// wrong with each.
    pub fn prove(&mut self, trials: &[Trial<'_>]) -> Vec<Vec<Failure>> {
        let mut texts = Texts::new();
        let mut jobs: Vec<(usize, Key)> = Vec::new();
        for (number, trial) in trials.iter().enumerate() {
            let before = jobs.len();
            for (root, stamp) in &trial.stamps {
                if self.proved.get(root).is_none_or(|p| p.stamp != *stamp) {
                    let variants = 0..self.inputs_of(root).len();
                    jobs.extend(variants.map(|variant| (number, (root.clone(), variant))));
                }
            }
            // Only what these roots read needs to be parsed again.
            let asked: BTreeSet<&Arc<str>> = jobs.iter().skip(before).map(|(_, (root, _))| root).collect();
            let read = |path: &str| self.reach.roots(path).iter().any(|root| asked.contains(root));
            let wanted = trial.texts.iter().filter(|(p, t)| self.checked.get(*p) != Some(*t) || read(p));
            texts.extend(wanted.map(|(p, t)| (p.clone(), t.clone())));
        }
        let parsed = self.parsed.with_changes(&texts);
        let mut out: Vec<Vec<Failure>> = trials.iter().map(|t| self.check_texts(t.texts, &parsed)).collect();
        jobs.retain(|(number, _)| out.get(*number).is_some_and(Vec::is_empty));
        self.prepare(jobs.iter().map(|(_, (root, _))| root));
        let files = self.overlay(&texts);
        let (states, inputs) = (&self.states, &self.inputs);
        let made = parallel::map(&jobs, self.threads, |(number, key)| {
            let before = &states.get(key)?.plan;
            let after = evaluate(&files, &parsed, inputs, key)?;
            let meaning = &trials.get(*number)?.meaning;
            Some(same_plan::check(before, &after, &key.0, meaning).map(|()| Arc::new(after)))
        });
        let mut failed: BTreeMap<Arc<str>, (usize, Disproof)> = BTreeMap::new();
        let mut planned: Vec<(Key, Arc<Plan>)> = Vec::new();
        let mut of: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for ((number, key), made) in jobs.into_iter().zip(made) {
            of.insert(key.0.clone(), number);
            match made.flatten() {
                Some(Ok(after)) => planned.push((key, after)),
                Some(Err(disproof)) => drop(failed.entry(key.0).or_insert((number, disproof))),
                None => {
                    let (root, message) = (key.0.to_string(), "it could not be planned".to_owned());
                    failed.entry(key.0).or_insert((number, Disproof::Evaluation { root, message }));
                }
            }
        }
        planned.retain(|((root, _), _)| !failed.contains_key(root));
        let mut done: BTreeMap<Arc<str>, Vec<State>> = BTreeMap::new();
        for (key, plan, findings) in self.ask(planned, &parsed) {
            let Some((number, trial)) = of.get(&key.0).and_then(|n| Some((*n, trials.get(*n)?))) else {
                continue;
            };
            let before = self.findings_of(&key.0, key.1);
            let is_next = |f: &Finding| self.is_next(f, &trial.meaning);
            match findings::compare(before, &findings, &self.rules, &key.0, &trial.meaning, &is_next) {
                Ok(()) => {
                    done.entry(key.0).or_default().push(State { plan, findings: Some(findings) });
                }
                Err(disproof) => drop(failed.entry(key.0).or_insert((number, disproof))),
            }
        }
        for (root, states) in done {
            let stamp = of.get(&root).and_then(|n| trials.get(*n)).and_then(|t| t.stamps.get(&root));
            if let Some(stamp) = stamp.filter(|_| !failed.contains_key(&root)) {
                self.proved.insert(root, Proved { stamp: stamp.clone(), states });
            }
        }
        for (root, (number, disproof)) in failed {
            if let Some(failures) = out.get_mut(number) {
                failures.push(Failure { at: Fault::Root(root), disproof });
            }
        }
        out
    }

    /// Checks texts that are not known to be good; `parsed` has them.
    fn check_texts(&mut self, texts: &Texts, parsed: &Parsed) -> Vec<Failure> {
        let mut out = Vec::new();
        for (path, after) in texts {
            if self.checked.get(path) == Some(after) {
                continue;
            }
            let id = self.parsed.sources.find(path);
            let before = id.and_then(|id| self.parsed.sources.get(id)).map_or("", |f| &f.text);
            let tree_in = |parsed: &Parsed, text: &str| {
                let known = parsed.sources.find(path).and_then(|id| parsed.trees.get(&id)).cloned();
                known.unwrap_or_else(|| Arc::new(trueline_hcl::parse_named(path, text)))
            };
            let (old, new) = (tree_in(&self.parsed, before), tree_in(parsed, after));
            if let Err(disproof) = texts::check(path, (before, &old), (after, &new)) {
                out.push(Failure { at: Fault::File(path.clone()), disproof });
            } else {
                self.checked.insert(path.clone(), after.clone());
            }
        }
        out
    }

    /// Goes on from these texts, which were proved with these attempts.
    pub fn advance(&mut self, texts: &Texts, stamps: &Stamps) {
        self.parsed = self.parsed.with_changes(texts);
        self.changed.extend(texts.iter().map(|(p, t)| (p.clone(), t.clone())));
        let mut proved = std::mem::take(&mut self.proved);
        self.checked.clear();
        self.everything.borrow_mut().retain(|(root, _), _| !stamps.contains_key(root));
        self.surveys = Surveys::default();
        for (root, stamp) in stamps {
            self.touched.insert(root.clone());
            self.states.retain(|(r, _), _| r != root);
            let states = proved.remove(root).filter(|p| p.stamp == *stamp).map(|p| p.states);
            for (variant, state) in states.into_iter().flatten().enumerate() {
                self.states.insert((root.clone(), variant), state);
            }
        }
        self.prepare(stamps.keys());
        self.reach = Reach::of(self);
    }
}
