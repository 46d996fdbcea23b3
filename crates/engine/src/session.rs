//! One run over some paths: what is read, planned, checked and fixed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use trueline_check::{Context, Programs, Report, Subject, check};
use trueline_model::{Note, NoteKind, Plan, Profile, Resource, RuleMeta};
use trueline_rego::{Clock, Limits};
use trueline_rules::{Date, RuleSet, Settings, controls};
use trueline_terraform::{Inputs, Parsed, parallel, plan, read_plan, with_source};
use trueline_text::normalize;

use crate::asked::{self, Asked, Excluded};
use crate::disk::{Disk, MAX_PLAN};
use crate::existing::Existing;
use crate::options::Progress;
use crate::paths::{Relative, common};
use crate::settings::{self, Found};
use crate::targets::Targets;
use crate::{Checked, EngineError, Options, callers, foreign, generated, inputs, policy};

/// The folder of an organization's policies where the settings name none.
const POLICY_FOLDER: &str = "policy";

/// A run: settings, rules and paths, before anything is evaluated.
pub struct Session {
    pub(crate) options: Options,
    found: Found,
    excluded: Excluded,
    rules: RuleSet,
    programs: Programs,
    pub(crate) disk: Disk,
    limits: Limits,
    today: Date,
}

/// What was read and planned.
pub(crate) struct Loaded {
    pub(crate) parsed: Parsed,
    pub(crate) plans: Vec<Plan>,
    /// Roots at the paths themselves, and real plans; the rest are other callers of their modules.
    pub(crate) own: BTreeSet<Arc<str>>,
    pub(crate) notes: Vec<Note>,
    pub(crate) existing: Existing,
    pub(crate) relative: Relative,
    pub(crate) whole: bool,
}

impl Session {
    /// Reads settings and policies.
    pub fn open(options: Options) -> Result<Self, EngineError> {
        let found = settings::find(options.config.as_deref(), &settings_of(&options))?;
        let profile = options.profile.unwrap_or_else(|| found.settings.profile());
        let frameworks = match options.frameworks.is_empty() {
            true => &found.settings.frameworks,
            false => known_frameworks(&options.frameworks)?,
        };
        let rules = RuleSet::select(profile, frameworks, &found.settings)
            .with_named(&options.rules, &found.settings)
            .with_policies(own_policies(&options, &found)?);
        asked::names_exist(&options, !rules.policies().is_empty())?;
        let start = Instant::now();
        let seconds = options.now.div_euclid(1_000_000_000);
        let today = Date::from_unix_seconds(seconds).or_else(|| Date::new(1970, 1, 1));
        Ok(Self {
            limits: Limits::within(options.time_limit, Clock::new(move || start.elapsed())),
            today: today.ok_or_else(|| EngineError::Evaluation("the clock is set to no date".to_owned()))?,
            rules,
            programs: Programs::new(),
            disk: Disk::new(),
            excluded: Excluded::new(&found, &options.exclude)?,
            found,
            options,
        })
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.found.settings
    }

    /// The rules that are on.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// What the built-in rules that are on ask for, in words, by id.
    pub fn requirements(&self) -> BTreeMap<String, Vec<String>> {
        trueline_check::requirements(&self.rules, self.settings(), self.profile())
    }

    /// All built-in rules, on or off, sorted by id; severities are those of the settings where they give one.
    pub fn all_rules(&self) -> Vec<RuleMeta> {
        let with_settings = |e: &trueline_rules::Entry| {
            let meta = e.meta();
            RuleMeta { severity: self.settings().severity(e.id).unwrap_or(meta.severity), ..meta }
        };
        trueline_rules::entries().iter().map(with_settings).collect()
    }

    /// The profile in force.
    pub fn profile(&self) -> Profile {
        self.options.profile.unwrap_or_else(|| self.found.settings.profile())
    }

    /// What a run without settings, or for some frameworks, leaves out that could be switched on; nothing where that is known.
    pub(crate) fn left_out(&self) -> Option<String> {
        let asked = &self.options.frameworks;
        let is_asked =
            |m: &RuleMeta| asked.is_empty() || m.controls.iter().any(|c| asked.contains(&c.framework));
        let off = self.all_rules().iter().filter(|m| is_asked(m) && self.rules.get(&m.id).is_none()).count();
        let more = match off {
            1 => "1 more rule".to_owned(),
            n => format!("{n} more rules"),
        };
        if !asked.is_empty() {
            return (off > 0).then(|| {
                format!("{more} of {} with `--profile strict`, or as the settings say", asked.join(", "))
            });
        }
        if self.found.dir.is_some() || !self.options.rules.is_empty() {
            return None;
        }
        let rules = if off > 0 { format!("{more} (`profile = \"strict\"`), and ") } else { String::new() };
        Some(format!(
            "there is no trueline.toml: it could add {rules}what only you know (required tags, keys, log buckets)"
        ))
    }

    /// Checks everything at the paths.
    pub fn check(&self, progress: &dyn Progress) -> Result<Checked, EngineError> {
        let loaded = self.load(progress, false)?;
        let mut report = self.judge(&loaded);
        generated::tell(&mut report, &loaded.parsed);
        self.asked(&loaded, &report)?.narrow(&mut report);
        Ok(Checked::new(self, &loaded, report))
    }

    /// What of a report was asked for.
    pub(crate) fn asked(&self, loaded: &Loaded, report: &Report) -> Result<Asked, EngineError> {
        Asked::new(&self.options, &self.rules, &report.rules, &loaded.parsed.sources, &self.excluded)
    }

    /// The static plan of one module directory, and what was noted.
    pub fn plan(&self) -> Result<(Plan, Checked), EngineError> {
        let dir = self.options.paths.first().map_or_else(|| ".".to_owned(), |p| normalize(p));
        let targets = Targets::find(std::slice::from_ref(&dir), &Excluded::default())?;
        if !targets.dirs.contains(&dir) {
            return Err(EngineError::NoTerraform(dir));
        }
        let mut parsed = self.parse(std::slice::from_ref(&dir), &targets.units);
        let inputs = Inputs { json: true, ..self.inputs() };
        let planned = |parsed: &Parsed| plan(&self.disk, parsed, &dir, &inputs);
        let mut made = planned(&parsed);
        if self.finds_units(&targets, [&made], &mut parsed) {
            made = planned(&parsed);
        }
        let loaded = Loaded {
            notes: self.notes_of(&parsed, &targets, std::slice::from_ref(&made)),
            own: BTreeSet::from([made.path.clone()]),
            plans: vec![made.clone()],
            parsed,
            existing: Existing::default(),
            relative: Relative::new("."),
            whole: false,
        };
        let masked = trueline_check::masked(&loaded.plans, &loaded.parsed);
        let report = Report { masked, notes: loaded.notes.clone(), ..Report::default() };
        Ok((made, Checked::new(self, &loaded, report)))
    }

    /// The normal inputs of a plan.
    pub(crate) fn inputs(&self) -> Inputs {
        // The policies of the pack see resources, not the plan's JSON.
        inputs::normal(&self.options, &self.found.settings, !self.rules.policies().is_empty())
    }

    /// Reads and plans what is at the paths; with `callers`, other modules of the repository that call any of it too.
    pub(crate) fn load(&self, progress: &dyn Progress, callers: bool) -> Result<Loaded, EngineError> {
        let targets = Targets::find(&self.options.paths, &self.excluded)?;
        progress.begin("reading", 1);
        let source = self.source_of_plans(&targets)?;
        let beside: Vec<String> = source.iter().filter(|d| !targets.dirs.contains(d)).cloned().collect();
        let dirs: Vec<String> = targets.dirs.iter().chain(&beside).cloned().collect();
        let mut parsed = self.parse(&dirs, &targets.units);
        let wanted = |d: &Arc<str>| !beside.iter().any(|b| **b == **d);
        let mut own: BTreeSet<Arc<str>> = parsed.roots().into_iter().filter(|d| wanted(d)).collect();
        if callers {
            let top = self.top(&targets);
            let all = Targets::below(&top);
            let more = callers::find(&self.disk, &parsed, &all.dirs);
            if !more.is_empty() {
                let dirs: Vec<String> = dirs.iter().cloned().chain(more).collect();
                parsed = self.parse(&dirs, &[]);
            }
            parsed.run_by(&self.disk, &all.units);
        }
        // a module that another one calls is still a root where it was asked for
        parsed.keep_roots(own.iter().cloned());
        let roots: Vec<Arc<str>> = parsed.roots().into_iter().filter(|d| wanted(d)).collect();
        progress.begin("evaluating", roots.len());
        let inputs = self.inputs();
        let all = |parsed: &Parsed| {
            parallel::map(&roots, self.options.threads, |root| {
                let made = plan(&self.disk, parsed, root, &inputs);
                progress.step();
                made
            })
        };
        let mut made = all(&parsed);
        if self.finds_units(&targets, made.iter().flatten(), &mut parsed) {
            made = all(&parsed);
        }
        let mut plans = Vec::new();
        let mut lost = Vec::new();
        for (root, made) in roots.iter().zip(made) {
            match made {
                Some(p) => plans.push(p),
                None => lost.push(error(
                    format!("`{root}` could not be evaluated: this is a mistake in Trueline"),
                    "report it with the module",
                )),
            }
        }
        for path in &targets.plans {
            match self.real_plan(path) {
                Ok(p) => {
                    own.insert(p.path.clone());
                    plans.push(match &source {
                        Some(dir) => with_source(&self.disk, &parsed, dir, &inputs, p),
                        None => p,
                    });
                }
                Err(note) => lost.push(note),
            }
        }
        let mut notes = self.notes_of(&parsed, &targets, &[]);
        notes.extend(lost);
        let base = self.options.base.as_deref().or(self.found.settings.base.as_deref());
        let (existing, more) =
            Existing::find(&self.disk, &parsed, &plans, base, self.options.base.is_some(), &inputs);
        notes.extend(more);
        let relative = Relative::new(&self.counting_from(&targets));
        let whole = self.found.dir.as_ref().is_none_or(|dir| {
            let here = Relative::new(dir);
            self.options.paths.is_empty() && here.of(".") == "."
                || self.options.paths.iter().any(|p| here.of(p) == ".")
        });
        Ok(Loaded { parsed, plans, own, notes, existing, relative, whole })
    }

    /// The root module that the plans at the paths were made of, if one is named.
    fn source_of_plans(&self, targets: &Targets) -> Result<Option<String>, EngineError> {
        let Some(dir) = self.options.source.as_deref().map(normalize) else { return Ok(None) };
        if targets.plans.is_empty() {
            return Err(EngineError::SourceWithoutPlan(dir));
        }
        let here = Targets::find(std::slice::from_ref(&dir), &Excluded::default())?;
        if !here.dirs.contains(&dir) {
            return Err(EngineError::NoTerraform(dir));
        }
        Ok(Some(dir))
    }

    /// What a check says of plans made from these sources.
    pub(crate) fn judge(&self, loaded: &Loaded) -> Report {
        self.with_context(loaded, |context| {
            let mut report = check(&Subject { plans: &loaded.plans, parsed: &loaded.parsed }, context);
            let mut notes = loaded.notes.clone();
            notes.extend(std::mem::take(&mut report.notes));
            report.notes = unique(notes);
            report
        })
    }

    /// Calls `work` with the circumstances of this run.
    pub(crate) fn with_context<R>(&self, loaded: &Loaded, work: impl FnOnce(&Context<'_>) -> R) -> R {
        let is_new = |p: &Plan, r: &Resource| loaded.existing.is_new(p, r);
        let relative = |path: &str| loaded.relative.of(path);
        work(&Context {
            rules: &self.rules,
            programs: &self.programs,
            settings: &self.found.settings,
            profile: self.profile(),
            is_new: &is_new,
            relative: &relative,
            whole: loaded.whole,
            workspace: &self.options.workspace,
            today: self.today,
            now: self.options.now,
            limits: &self.limits,
            threads: self.options.threads,
        })
    }

    fn parse(&self, dirs: &[String], units: &[String]) -> Parsed {
        let given: Vec<String> =
            dirs.iter().cloned().chain(self.inputs().var_files().map(str::to_owned)).collect();
        let mut parsed = Parsed::load(&self.disk, &given);
        parsed.run_by(&self.disk, units);
        parsed
    }

    /// Looks for units of Terragrunt in the whole repository where something is wrong with a plan: one may write what it
    /// lacks. True if one runs a root of which that was not known.
    fn finds_units<'p>(
        &self,
        targets: &Targets,
        plans: impl IntoIterator<Item = &'p Plan>,
        parsed: &mut Parsed,
    ) -> bool {
        let mut notes = plans.into_iter().flat_map(|p| &p.notes);
        notes.any(|n| n.kind == NoteKind::Error)
            && parsed.run_by(&self.disk, &Targets::below(&self.top(targets)).units)
    }

    fn real_plan(&self, path: &str) -> Result<Plan, Note> {
        let help = "make it with `terraform show -json PLAN`";
        let text = match path {
            "-" => self.options.stdin.clone().unwrap_or_default(),
            _ => {
                let bytes = Disk::read_limited(path, MAX_PLAN)
                    .map_err(|e| error(format!("`{path}` can't be read: {e}"), help))?;
                String::from_utf8(bytes).map_err(|_| error(format!("`{path}` is no UTF-8"), help))?
            }
        };
        read_plan(path, &text).map_err(|e| error(format!("`{path}`: {e}"), help))
    }

    fn notes_of(&self, parsed: &Parsed, targets: &Targets, plans: &[Plan]) -> Vec<Note> {
        let mut notes = parsed.notes.clone();
        if self.options.policies.is_empty() {
            let named = self.found.settings.policy.iter().flatten().map(|p| self.found.path(p));
            notes.extend(named.filter(|p| !std::path::Path::new(p).exists()).map(|path| Note {
                kind: NoteKind::Warning,
                message: format!("`policy` of the settings names `{path}`, which is not there"),
                help: Some("make the folder, or take it out of `trueline.toml`".to_owned()),
                at: None,
            }));
        }
        let by_default = self.options.policies.is_empty() && self.found.settings.policy.is_none();
        if by_default && foreign::all(self.rules.policies()) {
            let folder = self.found.path(POLICY_FOLDER);
            notes.push(Note {
                kind: NoteKind::Info,
                message: format!("the policies in `{folder}` ran, but none of them looks at Terraform"),
                help: Some("leave them out with `policy = []` in `trueline.toml`".to_owned()),
                at: None,
            });
        }
        notes.extend(targets.excluded.iter().map(|path| Note {
            kind: NoteKind::Warning,
            message: format!("`{path}` is excluded, so it was not looked at"),
            help: Some("take it out of `exclude` in `trueline.toml` or of `--exclude`".to_owned()),
            at: None,
        }));
        notes.extend(plans.iter().flat_map(|p| p.notes.iter().cloned()));
        notes.extend(self.disk.unreadable().into_iter().map(|path| {
            error(format!("the name of `{path}` is no UTF-8, so it was not read"), "rename the file")
        }));
        notes.extend(targets.unreadable.iter().map(|(top, why)| {
            error(format!("not everything below `{top}` could be looked at: {why}"), "make it readable")
        }));
        unique(notes)
    }

    /// The directory that names of files in waivers and fingerprints count from.
    fn counting_from(&self, targets: &Targets) -> String {
        self.found.dir.clone().unwrap_or_else(|| self.top(targets))
    }

    /// The repository, else the directory of the settings, else what all targets have in common.
    fn top(&self, targets: &Targets) -> String {
        let first = targets.dirs.first().map_or(".", String::as_str);
        let above = common(targets.dirs.iter().map(String::as_str));
        match trueline_forge::repository(first) {
            Some(real) => shown(first, &real),
            None => self.found.dir.clone().unwrap_or(above),
        }
    }
}

/// The path of a directory above `dir`, spelled as `dir` is: `dir/../..`.
fn shown(dir: &str, real: &str) -> String {
    if dir.starts_with('/') {
        return real.to_owned();
    }
    let deep = std::path::Path::new(dir).canonicalize().ok();
    let below = deep.as_deref().and_then(|d| d.strip_prefix(real).ok());
    let up = below.map_or(0, |b| b.components().count());
    normalize(&format!("{dir}/{}", vec![".."; up].join("/")))
}

/// Where settings are looked for: a plan whose source is given is checked as that is.
fn settings_of(options: &Options) -> Vec<String> {
    let Some(source) = &options.source else { return options.paths.clone() };
    let is_source = |path: &&String| std::path::Path::new(path).is_dir() || crate::disk::is_terraform(path);
    let mut paths: Vec<String> = options.paths.iter().filter(is_source).cloned().collect();
    paths.push(source.clone());
    paths
}

/// The frameworks, if all of them are there.
///
/// # Errors
/// The first that is not.
pub fn known_frameworks(ids: &[String]) -> Result<&[String], EngineError> {
    match ids.iter().find(|id| controls::framework(id).is_none()) {
        Some(id) => Err(EngineError::unknown_framework(id)),
        None => Ok(ids),
    }
}

fn own_policies(options: &Options, found: &Found) -> Result<Vec<trueline_rego::PolicyFile>, EngineError> {
    if !options.policies.is_empty() {
        return policy::read(&options.policies, None);
    }
    if let Some(named) = &found.settings.policy {
        // One that is not there is told as a note: the rest of the check does not hang on it.
        let mut paths: Vec<String> = named.iter().map(|p| found.path(p)).collect();
        paths.retain(|p| std::path::Path::new(p).exists());
        return policy::read(&paths, None);
    }
    let folder = found.path(POLICY_FOLDER);
    if !std::path::Path::new(&folder).is_dir() || policy::files(&folder)?.is_empty() {
        return Ok(Vec::new());
    }
    policy::read(&[folder], None)
}

pub(crate) fn error(message: String, help: &str) -> Note {
    Note { kind: NoteKind::Error, message, help: Some(help.to_owned()), at: None }
}

/// Each note once, in the order of their first.
pub(crate) fn unique(notes: Vec<Note>) -> Vec<Note> {
    let mut seen: BTreeMap<(NoteKind, String, Option<trueline_text::Location>), ()> = BTreeMap::new();
    notes.into_iter().filter(|n| seen.insert((n.kind, n.message.clone(), n.at), ()).is_none()).collect()
}
