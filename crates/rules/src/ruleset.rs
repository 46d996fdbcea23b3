//! The rules of one run: which are on, at which severity, and which policies they need.

use std::collections::BTreeSet;

use trueline_model::{Note, NoteKind, Profile, RuleMeta, Severity, Verdict};
use trueline_rego::{Compiled, ImageError, PolicyFile};

use crate::nearest::nearest;
use crate::pack::{self, Entry};
use crate::settings::{RuleSetting, Settings};

/// A built-in rule that is on.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its metadata, the severity being that of the settings where they give one.
    pub meta: RuleMeta,
    /// Its entry in the pack.
    pub entry: &'static Entry,
}

impl Rule {
    /// `data.trueline.rules.aws.s3.unencrypted_bucket`; what it [asks](Self::asks) lies below.
    pub fn package(&self) -> String {
        format!("data.{}", self.entry.package)
    }

    /// The sets that its policy may define.
    pub fn asks(&self) -> [Asked; 3] {
        let package = self.package();
        [
            ("expect", Verdict::Fail, true),
            ("deny", Verdict::Fail, false),
            ("unknown", Verdict::Unknown, false),
        ]
        .map(|(name, verdict, expects)| Asked {
            query: format!("{package}.{name}"),
            verdict,
            expects,
        })
    }
}

/// A set that the policy of a rule may define.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `data.trueline.rules.aws.s3.unencrypted_bucket.deny`
    pub query: String,
    /// What an element means.
    pub verdict: Verdict,
    /// Its elements are expectations.
    pub expects: bool,
}

/// The rules of one run.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
    policies: Vec<PolicyFile>,
    notes: Vec<Note>,
}

/// What the Rego engine has to load for the resource types of a plan.
#[derive(Clone, Debug)]
pub struct Selection<'r> {
    /// Built-in rules that look at any of them.
    pub rules: Vec<&'r Rule>,
}

impl Selection<'_> {
    /// The policies of the rules and the shared ones they need; the organization's are not among them.
    pub fn files(&self) -> Vec<PolicyFile> {
        let library: BTreeSet<usize> =
            self.rules.iter().flat_map(|r| r.entry.library.iter().copied()).collect();
        let library = library.into_iter().filter_map(pack::library);
        library.chain(self.rules.iter().map(|r| r.entry.file())).collect()
    }

    /// The same, as the build compiled them: what the rules [ask](Rule::asks), and no more.
    ///
    /// # Errors
    /// If the binary is damaged.
    pub fn load(&self) -> Result<Compiled, ImageError> {
        let asked: Vec<String> = self.rules.iter().flat_map(|r| r.asks()).map(|asked| asked.query).collect();
        pack::load(&asked)
    }
}

impl RuleSet {
    /// Selects the built-in rules of a profile that any of `frameworks` (all if empty) asks for, as the settings change them.
    pub fn select(profile: Profile, frameworks: &[String], settings: &Settings) -> Self {
        let mut rules = Vec::new();
        for entry in pack::entries() {
            // A rule that the settings name by its id is wanted, whatever the profile.
            let named = matches!(
                settings.rules.get(entry.id),
                Some(RuleSetting::Severity(_) | RuleSetting::Params(_))
            );
            if (entry.profile() > profile && !named) || settings.is_off(entry.id) {
                continue;
            }
            let mut meta = entry.meta();
            if !frameworks.is_empty() && !meta.controls.iter().any(|c| frameworks.contains(&c.framework)) {
                continue;
            }
            if let Some(s) = settings.severity(entry.id) {
                meta.severity = s;
            }
            rules.push(Rule { meta, entry });
        }
        Self { rules, policies: Vec::new(), notes: notes(settings) }
    }

    /// No built-in rules.
    pub fn none() -> Self {
        Self::default()
    }

    /// Only the rules of these ids (or other scanners' ids for them), whatever the profile; an unknown id comes back.
    pub fn only(ids: &[String], settings: &Settings) -> Result<Self, UnknownRule> {
        let mut wanted = BTreeSet::new();
        for id in ids {
            let found: Vec<&str> =
                pack::entries().iter().filter(|e| answers_to(e, id)).map(|e| e.id).collect();
            if found.is_empty() {
                return Err(unknown(id, &[]));
            }
            wanted.extend(found);
        }
        let mut all = Self::select(Profile::Strict, &[], settings);
        all.rules.retain(|r| wanted.contains(r.entry.id));
        Ok(all)
    }

    /// Adds the rules that are named by their own id or another scanner's, whatever the profile; what the settings switch
    /// off stays off.
    #[must_use]
    pub fn with_named(mut self, names: &[String], settings: &Settings) -> Self {
        for entry in pack::entries() {
            let named = names.iter().any(|n| !n.ends_with('*') && answers_to(entry, n));
            if !named || self.get(entry.id).is_some() || settings.is_off(entry.id) {
                continue;
            }
            let mut meta = entry.meta();
            meta.severity = settings.severity(entry.id).unwrap_or(meta.severity);
            let place = self.rules.partition_point(|r| r.entry.id < entry.id);
            self.rules.insert(place, Rule { meta, entry });
        }
        self
    }

    /// Adds the organization's own policies.
    #[must_use]
    pub fn with_policies(mut self, policies: Vec<PolicyFile>) -> Self {
        self.policies.extend(policies);
        self
    }

    /// The built-in rules that are on, sorted by id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The organization's policies.
    pub fn policies(&self) -> &[PolicyFile] {
        &self.policies
    }

    /// What to say about the selection: settings for rules that do not exist.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The built-in rule of this id, if it is on.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        let i = self.rules.binary_search_by(|r| r.entry.id.cmp(id)).ok()?;
        self.rules.get(i)
    }

    /// What has to be loaded for these resource types.
    pub fn for_types(&self, types: &BTreeSet<String>) -> Selection<'_> {
        let concerned = |r: &&Rule| r.entry.resources.iter().any(|t| *t == "*" || types.contains(*t));
        let rules: Vec<&Rule> = self.rules.iter().filter(concerned).collect();
        Selection { rules }
    }
}

/// A rule id that no built-in rule answers to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule `{id}`{}", nearest.as_ref().map_or_else(String::new, |n| format!(": did you mean `{n}`?")))]
pub struct UnknownRule {
    /// The id.
    pub id: String,
    /// The one that was probably meant.
    pub nearest: Option<String>,
}

/// True if `id` is the rule's, one of its aliases, or a `folder/*` that holds it.
pub fn answers_to(entry: &Entry, id: &str) -> bool {
    crate::waiver::names_rule(id, &entry.meta())
}

/// The built-in rule of this id or alias, on or off.
pub fn find(id: &str) -> Result<&'static Entry, UnknownRule> {
    let all = pack::entries();
    let found = all.iter().find(|e| e.id == id).or_else(|| all.iter().find(|e| answers_to(e, id)));
    found.ok_or_else(|| unknown(id, &[]))
}

/// The error for a name that no rule answers to, with the nearest of the pack's ids, `own` ones, other scanners' ids
/// and, for what looks like one, folders.
pub fn unknown(name: &str, own: &[&str]) -> UnknownRule {
    let all = pack::entries();
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    // Numbers of other scanners that differ are other rules, not misspelt ones.
    let alias = || all.iter().flat_map(|e| e.meta().aliases).find(|a| plain(a) == plain(name));
    let mut folders = BTreeSet::new();
    if name.ends_with('*') || name.split('/').count() < 3 {
        for id in all.iter().map(|e| e.id).chain(own.iter().copied()) {
            folders.extend(
                id.match_indices('/').map(|(at, _)| format!("{}/*", id.get(..at).unwrap_or_default())),
            );
        }
    }
    let known = all.iter().map(|e| e.id).chain(own.iter().copied()).chain(folders.iter().map(String::as_str));
    let nearest = alias().or_else(|| nearest(name.trim_end_matches('/'), known).map(str::to_owned));
    UnknownRule { id: name.to_owned(), nearest }
}

/// Settings for rules and parameters that do not exist do nothing; that is worth a note.
fn notes(settings: &Settings) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut warn = |message: String, help: Option<String>| {
        notes.push(Note { kind: NoteKind::Warning, message, help, at: None });
    };
    for (id, setting) in &settings.rules {
        let entry = pack::entries().iter().find(|e| e.id == id);
        let folder = id
            .strip_suffix("/*")
            .is_some_and(|f| pack::entries().iter().any(|e| e.id.starts_with(&format!("{f}/"))));
        if entry.is_none() && !folder && id.split('/').count() > 2 {
            let near = nearest(id, pack::entries().iter().map(|e| e.id));
            let help = near.map(|n| format!("did you mean `{n}`?"));
            warn(format!("{}: `rules` names `{id}`, which is no built-in rule", settings.path), help);
        }
        let (Some(entry), RuleSetting::Params(params)) = (entry, setting) else { continue };
        for name in params.keys().filter(|n| *n != "severity" && entry.params.iter().all(|(p, _)| p != n)) {
            let near = nearest(name, entry.params.iter().map(|(p, _)| *p).chain(["severity"]));
            let help = near.map(|n| format!("did you mean `{n}`?"));
            warn(format!("{}: `{id}` has no parameter `{name}`", settings.path), help);
        }
        if let Some(s) =
            params.get("severity").filter(|s| s.as_str().and_then(crate::settings::severity).is_none())
        {
            let words: Vec<&str> = Severity::ALL.iter().map(|s| s.as_str()).collect();
            warn(
                format!("{}: the severity of `{id}` is {s}", settings.path),
                Some(format!("expected {}", words.join(", "))),
            );
        }
    }
    notes
}
