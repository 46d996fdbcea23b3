//! The proof: a fixed text is parsed, planned and checked in memory before it may be called a fix.
//!
//! Enters: the state before, the changed texts, and what was meant. Leaves: nothing, or what is wrong with it. Every
//! root that a changed file belongs to is planned again, with every set of inputs that is beside it.

mod difference;
mod findings;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_check::Report;
use trueline_model::{Address, Finding, NoteKind, Plan, Route};
use trueline_terraform::Parsed;
use trueline_text::{Files, Memory, Overlay};

use crate::change::Made;
use crate::judge::Judge;
use crate::{Disproof, Variants};
pub use findings::subject;

/// What a set of fixes means to do.
#[derive(Default)]
pub struct Meaning<'a> {
    /// Findings that must be gone.
    pub mended: Vec<&'a Finding>,
    /// Routes that may change, by address and root.
    pub intents: BTreeMap<(Arc<str>, Address), Vec<Route>>,
    /// Resources that may appear.
    pub creates: BTreeSet<Made>,
}

/// The state that fixes start from.
pub struct Base<'a> {
    files: &'a dyn Files,
    changed: BTreeMap<String, String>,
    /// The sources.
    pub parsed: Parsed,
    /// What the judge says of it, with the normal inputs.
    pub report: Report,
    judge: &'a dyn Judge,
    variants: &'a Variants<'a>,
    plans: BTreeMap<(Arc<str>, usize), Arc<Plan>>,
    findings: BTreeMap<(Arc<str>, usize), Arc<Vec<Finding>>>,
}

impl<'a> Base<'a> {
    /// The state before any fix; `report` was made with the normal inputs.
    pub fn new(
        files: &'a dyn Files,
        parsed: Parsed,
        judge: &'a dyn Judge,
        variants: &'a Variants<'a>,
        report: Report,
    ) -> Self {
        let (changed, plans, findings) = Default::default();
        Self { files, changed, parsed, report, judge, variants, plans, findings }
    }

    /// The state after these texts took the place of what was there.
    pub fn advance(mut self, texts: &BTreeMap<String, String>) -> Self {
        self.parsed = self.parsed.with_changes(texts);
        self.changed.extend(texts.iter().map(|(p, t)| (p.clone(), t.clone())));
        let stale: BTreeSet<(Arc<str>, usize)> =
            self.plans.iter().filter(|(_, p)| concerns(p, texts)).map(|(k, _)| k.clone()).collect();
        self.plans.retain(|k, _| !stale.contains(k));
        self.findings.clear();
        let roots = self.parsed.roots();
        let plans: Vec<Plan> =
            roots.iter().filter_map(|r| self.plan_of(r)).map(Arc::unwrap_or_clone).collect();
        self.report = self.judge.judge(&plans, &self.parsed);
        self
    }

    /// The plan of a root with the normal inputs.
    pub fn plan_of(&mut self, root: &Arc<str>) -> Option<Arc<Plan>> {
        self.plan(root, 0)
    }

    fn plan(&mut self, root: &Arc<str>, variant: usize) -> Option<Arc<Plan>> {
        let key = (root.clone(), variant);
        if let Some(p) = self.plans.get(&key) {
            return Some(p.clone());
        }
        let plan = Arc::new(self.evaluate(&self.parsed, &BTreeMap::new(), root, variant)?);
        self.plans.insert(key, plan.clone());
        Some(plan)
    }

    fn findings(&mut self, root: &Arc<str>, variant: usize) -> Option<Arc<Vec<Finding>>> {
        let key = (root.clone(), variant);
        if let Some(f) = self.findings.get(&key) {
            return Some(f.clone());
        }
        let found = match variant {
            0 => self.report.findings.iter().filter(|f| f.module == *root).cloned().collect(),
            _ => {
                let plan = self.plan(root, variant)?;
                self.judge.judge(std::slice::from_ref(&*plan), &self.parsed).findings
            }
        };
        let found = Arc::new(found);
        self.findings.insert(key, found.clone());
        Some(found)
    }

    fn evaluate(
        &self,
        parsed: &Parsed,
        texts: &BTreeMap<String, String>,
        root: &str,
        variant: usize,
    ) -> Option<Plan> {
        let variants = (self.variants)(root);
        let inputs = variants.get(variant)?;
        let changed = Memory::from_iter(self.changed.iter().chain(texts).map(|(p, t)| (p, t.as_str())));
        let files = Overlay::new(self.files, changed);
        Some(trueline_terraform::plan(&files, parsed, root, inputs))
    }

    /// Proves that `texts` do what is meant and nothing else.
    pub fn prove(&mut self, texts: &BTreeMap<String, String>, meaning: &Meaning<'_>) -> Result<(), Disproof> {
        for (path, after) in texts {
            let before = self.parsed.sources.find(path).and_then(|id| self.parsed.sources.get(id));
            texts::check(path, before.map_or("", |f| &f.text), after)?;
        }
        let parsed = self.parsed.with_changes(texts);
        for root in self.parsed.roots() {
            let variants = (self.variants)(&root).len();
            for variant in 0..variants {
                let Some(before) = self.plan(&root, variant) else { break };
                if !concerns(&before, texts) {
                    break;
                }
                let Some(after) = self.evaluate(&parsed, texts, &root, variant) else { break };
                same_plan(&before, &after, &root, meaning)?;
                let Some(old) = self.findings(&root, variant) else { break };
                let new = self.judge.judge(std::slice::from_ref(&after), &parsed);
                findings::compare(&old, &new, &root, variant == 0, meaning)?;
            }
        }
        Ok(())
    }
}

/// True if one of the files belongs to the plan.
fn concerns(plan: &Plan, texts: &BTreeMap<String, String>) -> bool {
    texts.keys().any(|path| {
        let dir = crate::place::directory(path);
        let local = plan.directories.iter().any(|d| trueline_text::normalize(d) == dir);
        // Values for variables may stand anywhere.
        local || path.ends_with(".tfvars") || path.ends_with(".tfvars.json")
    })
}

fn same_plan(before: &Plan, after: &Plan, root: &Arc<str>, meaning: &Meaning<'_>) -> Result<(), Disproof> {
    let errors = |p: &Plan| -> BTreeMap<String, usize> {
        let mut out = BTreeMap::new();
        for n in p.notes.iter().filter(|n| n.kind != NoteKind::Info) {
            *out.entry(n.message.clone()).or_default() += 1;
        }
        out
    };
    let old = errors(before);
    if let Some((message, _)) = errors(after).into_iter().find(|(m, n)| old.get(m).is_none_or(|o| o < n)) {
        return Err(Disproof::Evaluation { root: root.to_string(), message });
    }
    let named = |a: &Address| (root.to_string(), a.to_string());
    let all = |p: &'_ Plan| -> BTreeSet<Address> {
        p.resources.iter().chain(&p.data).map(|r| r.address.clone()).collect()
    };
    let (old, new) = (all(before), all(after));
    if let Some((root, address)) = old.iter().find(|a| !new.contains(a)).map(named) {
        return Err(Disproof::AddressGone { root, address });
    }
    let asked =
        |a: &Address| meaning.creates.iter().any(|m| m.served_by(a).is_some_and(|s| old.contains(&s)));
    if let Some((root, address)) = new.iter().find(|a| !old.contains(a) && !asked(a)).map(named) {
        return Err(Disproof::AddressNew { root, address });
    }
    let by_address: BTreeMap<&Address, _> = after.resources.iter().map(|r| (&r.address, r)).collect();
    for r in &before.resources {
        let Some(now) = by_address.get(&r.address) else { continue };
        let intents = meaning.intents.get(&(root.clone(), r.address.clone())).map_or(&[][..], Vec::as_slice);
        let changed = difference::changed(&r.values, &now.values);
        if let Some(route) = changed.iter().find(|route| !difference::covered(route, intents)) {
            let (root, address) = named(&r.address);
            return Err(Disproof::OtherRoute { root, address, route: route.to_string() });
        }
    }
    Ok(())
}
