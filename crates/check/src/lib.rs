//! Plans and rules to findings.
//!
//! Enters: plans (from source or real), the rules that are on, the settings. Leaves: a [`Report`] of findings, each at
//! the literal that causes it, and notes about all that could not be looked at.
//!
//! **Invariant:** a value marked sensitive never enters `data.trueline`; nothing here writes or reads files.

mod accept;
pub mod applicability;
mod data;
mod element;
mod expect;
mod fingerprint;
mod fixed;
mod links;
mod locate;
mod masked;
mod open;
mod program;
mod reasons;
mod requirements;
mod run;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use trueline_model::{
    Applicability, Finding, FixOffer, Note, Pass, Plan, Profile, Resource, RuleMeta, Summary, Verdict,
};
use trueline_rego::Limits;
use trueline_rules::{Date, RuleSet, Settings};
use trueline_terraform::Parsed;
use trueline_text::Location;

pub use data::SENSITIVE;
pub use masked::masked;
pub use program::Programs;
pub use requirements::requirements;

/// What is checked.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Plans of root modules and real plans, in the order they are reported.
    pub plans: &'a [Plan],
    /// The files they come from.
    pub parsed: &'a Parsed,
}

/// What it is checked against, and by which circumstances.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The rules that are on.
    pub rules: &'a RuleSet,
    /// Compiled policies, kept between checks.
    pub programs: &'a Programs,
    /// The settings.
    pub settings: &'a Settings,
    /// The profile in force.
    pub profile: Profile,
    /// True if a resource did not exist before the change.
    pub is_new: &'a (dyn Fn(&Plan, &Resource) -> bool + Sync),
    /// A path as it is seen from the settings file (or the repository): the same wherever the run started.
    pub relative: &'a (dyn Fn(&str) -> String + Sync),
    /// True if the run looks at all that the settings are about.
    pub whole: bool,
    /// `terraform.workspace`
    pub workspace: &'a str,
    /// The day, for dates of waivers.
    pub today: Date,
    /// Nanoseconds since 1970, for policies that ask.
    pub now: i64,
    /// What a policy may cost.
    pub limits: &'a Limits,
    /// How many plans are checked at a time.
    pub threads: usize,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Findings, sorted by plan, place, rule, address and route.
    pub findings: Vec<Finding>,
    /// What was asked by expectations and holds, sorted by plan, rule, address and route.
    pub passes: Vec<Pass>,
    /// What could not be looked at, and what is worth knowing.
    pub notes: Vec<Note>,
    /// Counts.
    pub summary: Summary,
    /// Metadata of the rules that ran, sorted by id.
    pub rules: Vec<RuleMeta>,
    /// Places that spell sensitive values; no snippet may show them.
    pub masked: Vec<Location>,
}

/// Checks plans against rules.
pub fn check(subject: &Subject<'_>, context: &Context<'_>) -> Report {
    Report { masked: masked(subject.plans, subject.parsed), ..check_unseen(subject, context) }
}

/// Checks plans against rules for a report that nobody is shown: which places spell sensitive values is not found out.
pub fn check_unseen(subject: &Subject<'_>, context: &Context<'_>) -> Report {
    let mut types: BTreeSet<String> = BTreeSet::new();
    for p in subject.plans {
        types.extend(p.resources.iter().chain(&p.data).map(|r| r.address.kind.to_string()));
        types.extend(data::hands_documents(p).then(|| data::HANDED.to_owned()));
    }
    let program = context.programs.get(context.rules, &types);
    let mut report = Report { notes: context.rules.notes().to_vec(), ..Report::default() };
    report.notes.extend(program.notes.iter().cloned());
    report.rules.clone_from(&program.metas);
    report.rules.sort_by(|a, b| a.id.cmp(&b.id));
    report.rules.dedup_by(|a, b| a.id == b.id);
    let mut acceptance = accept::Acceptance::new(context.settings, subject, context.today, context.workspace);
    for (plan, Found { findings: mut found, passes, notes }) in
        subject.plans.iter().zip(each(subject, context, &program))
    {
        report.notes.extend(plan.notes.iter().cloned());
        report.passes.extend(passes);
        report.notes.extend(notes);
        let resources: BTreeMap<String, &Resource> =
            plan.resources.iter().chain(&plan.data).map(|r| (r.address.to_string(), r)).collect();
        let metas: BTreeMap<&str, &RuleMeta> = program.metas.iter().map(|m| (m.id.as_str(), m)).collect();
        acceptance.see(plan, subject.parsed);
        for f in &mut found {
            let Some(meta) = metas.get(f.rule.as_str()) else { continue };
            let path =
                f.at.and_then(|a| subject.parsed.sources.get(a.file)).map(|s| (context.relative)(&s.path));
            let resource = resources.get(&f.subject).copied();
            acceptance.apply(f, meta, plan, subject.parsed, resource, path.as_deref());
        }
        report.summary.resources += plan.resources.len();
        report.findings.extend(found);
    }
    report.notes.extend(acceptance.finish(context.whole, &program.metas));
    let mut seen = Vec::new();
    report.notes.retain(|n| {
        !seen.contains(n) && {
            seen.push(n.clone());
            true
        }
    });
    number_repeats(&mut report.findings);
    report.summary = Summary {
        modules: subject.plans.len(),
        rules: context.rules.rules().len()
            + program.metas.len().saturating_sub(pack_rules(&program, context.rules)),
        ..count(&report.findings, report.summary)
    };
    report
}

fn pack_rules(program: &program::Program, rules: &RuleSet) -> usize {
    program.metas.iter().filter(|m| rules.get(&m.id).is_some()).count()
}

/// Counts findings by verdict, and those with a safe fix.
pub fn count(findings: &[Finding], base: Summary) -> Summary {
    let by = |v: Verdict| findings.iter().filter(|f| f.verdict == v).count();
    let safe = |f: &&Finding| {
        f.verdict == Verdict::Fail && f.fix.as_ref().is_some_and(|x| x.applicability == Applicability::Safe)
    };
    Summary {
        fail: by(Verdict::Fail),
        unknown: by(Verdict::Unknown),
        waived: by(Verdict::Waived),
        fixable: findings.iter().filter(safe).count(),
        ..base
    }
}

/// What was found in one plan.
#[derive(Default)]
struct Found {
    findings: Vec<Finding>,
    passes: Vec<Pass>,
    notes: Vec<Note>,
}

/// Checks each plan, several at a time; the result is in the order of the plans.
fn each(subject: &Subject<'_>, context: &Context<'_>, program: &program::Program) -> Vec<Found> {
    let threads = context.threads.clamp(1, subject.plans.len().max(1));
    if threads == 1 {
        return subject.plans.iter().map(|p| one(p, subject.parsed, context, program)).collect();
    }
    let next = std::sync::atomic::AtomicUsize::new(0);
    let mut all: Vec<(usize, Found)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut mine = Vec::new();
                    loop {
                        let i = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        let Some(plan) = subject.plans.get(i) else { return mine };
                        mine.push((i, one(plan, subject.parsed, context, program)));
                    }
                })
            })
            .collect();
        workers.into_iter().flat_map(|w| w.join().unwrap_or_default()).collect()
    });
    // A worker that died takes its plans with it; they are done again here, where a panic is seen.
    let done: BTreeSet<usize> = all.iter().map(|(i, _)| *i).collect();
    for (i, plan) in subject.plans.iter().enumerate() {
        if !done.contains(&i) {
            all.push((i, one(plan, subject.parsed, context, program)));
        }
    }
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, f)| f).collect()
}

fn one(plan: &Plan, parsed: &Parsed, context: &Context<'_>, program: &program::Program) -> Found {
    let is_new = |r: &Resource| (context.is_new)(plan, r);
    let mut trueline = data::document(plan, parsed, &is_new);
    trueline.push(("settings", one_profile(context.settings, context.profile).into()));
    trueline.push(("params", context.settings.params().into()));
    let run::Answers { said, passes, notes } = run::run(program, plan, trueline, context.limits, context.now);
    let resources: BTreeMap<String, &Resource> =
        plan.resources.iter().chain(&plan.data).map(|r| (r.address.to_string(), r)).collect();
    let module = (context.relative)(&plan.path);
    let mut findings: Vec<Finding> = said
        .into_iter()
        .filter_map(|(i, verdict, element)| {
            let entry = program.entries.get(i)?;
            let meta = program.metas.get(entry.meta)?;
            let resource = resources.get(&element.subject).copied();
            let mut f = finding(element, verdict, meta, resource, parsed, context, &is_new);
            if let Some(h) = plan.handed.iter().find(|h| f.at.is_none() && h.address == f.subject) {
                let place = locate::within(&h.values, Some(h.head), &f.route);
                (f.at, f.origin) = (place.at, place.origin);
            }
            f.module = plan.path.clone();
            f.fingerprint = fingerprint::fingerprint(&[
                &module,
                &f.rule,
                &f.subject,
                &f.route.to_string(),
                f.verdict.as_str(),
            ]);
            Some(f)
        })
        .collect();
    let key = |f: &Finding| {
        let path = f.at.and_then(|a| parsed.sources.get(a.file)).map(|s| s.path.to_string());
        (
            path,
            f.at.map(|a| a.span),
            f.rule.clone(),
            f.subject.clone(),
            f.route.to_string(),
            f.message.clone(),
        )
    };
    findings.sort_by_cached_key(key);
    findings.dedup_by(|a, b| key(a) == key(b));
    let passed = |(i, address, route): (usize, String, String)| {
        let meta = program.metas.get(program.entries.get(i)?.meta)?;
        Some(Pass { rule: meta.id.clone(), subject: address, route, module: plan.path.clone() })
    };
    let mut passes: Vec<Pass> = passes.into_iter().filter_map(passed).collect();
    passes.sort();
    passes.dedup();
    Found { findings, passes, notes }
}

/// The settings as policies see them, with the profile in force.
fn one_profile(settings: &Settings, profile: Profile) -> Json {
    let mut json = settings.json();
    if let Json::Object(s) = &mut json {
        let word = if profile == Profile::Strict { "strict" } else { "baseline" };
        s.insert("profile".into(), Json::String(word.into()));
    }
    json
}

fn finding(
    element: element::Element,
    verdict: Verdict,
    meta: &RuleMeta,
    resource: Option<&Resource>,
    parsed: &Parsed,
    context: &Context<'_>,
    is_new: &dyn Fn(&Resource) -> bool,
) -> Finding {
    let mut place = resource.map(|r| locate::locate(r, &element.route)).unwrap_or_default();
    if let Some((file, span)) = element.location.as_ref().and_then(|(f, l)| accept::line_span(parsed, f, *l))
    {
        place = locate::Place { at: Some(Location { file, span }), origin: Vec::new() };
    }
    let fix = (verdict == Verdict::Fail)
        .then(|| offer(&element, context.profile, resource.is_some_and(is_new)))
        .flatten();
    Finding {
        rule: meta.id.clone(),
        aliases: meta.aliases.clone(),
        severity: element.severity.unwrap_or(meta.severity),
        verdict,
        message: element.message,
        why: element.why.unwrap_or_else(|| meta.description.clone()),
        help: element.help.unwrap_or_else(|| meta.help.clone()),
        address: element.address,
        subject: element.subject,
        route: element.route,
        at: place.at,
        origin: place.origin,
        controls: meta.controls.clone(),
        fix,
        waiver: None,
        fingerprint: String::new(),
        module: "".into(),
    }
}

fn offer(element: &element::Element, profile: Profile, new: bool) -> Option<FixOffer> {
    if !applicability::has_operations(&element.operations) && element.needs.is_empty() {
        return None;
    }
    let effects = applicability::effects_that_count(&element.effects, new, profile);
    Some(FixOffer {
        operations: element.operations.clone(),
        applicability: applicability::decide(&element.needs, &effects),
        effects,
        needs: element.needs.clone(),
    })
}

/// Gives findings that would share a fingerprint different ones, by their order.
fn number_repeats(findings: &mut [Finding]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for f in findings {
        let n = seen.entry(f.fingerprint.clone()).or_default();
        if *n > 0 {
            f.fingerprint = fingerprint::fingerprint(&[&f.fingerprint, &n.to_string()]);
        }
        *n += 1;
    }
}
