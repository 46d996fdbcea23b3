//! `trueline.toml`: what the organization says about itself.
//!
//! Enters: the text of the file. Leaves: [`Settings`], or the first mistake with its place, what was
//! expected there, and the nearest known key. Nothing here reads files; [`keys`] is the one table of names.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use toml::de::DeTable;
use trueline_model::{Profile, Severity};
use trueline_text::{LineIndex, Span};

use crate::controls;
use crate::exclude::Exclude;
use crate::nearest::nearest;
use crate::waiver::Waiver;

pub mod keys;
mod schema;
pub mod shape;

pub use schema::json_schema;

/// What `trueline.toml` says about one rule.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleSetting {
    /// `"off"`
    Off,
    /// Another severity.
    Severity(Severity),
    /// Parameters, `severity` being one that every rule has.
    Params(Map<String, Json>),
}

/// The settings of one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Path of the file as shown; empty if there is none.
    pub path: String,
    /// `profile`, where the file states it.
    pub profile: Option<Profile>,
    /// `frameworks`; empty for all.
    pub frameworks: Vec<String>,
    /// `fail-on`, where the file states it.
    pub fail_on: Option<Severity>,
    /// `policy`, as written: relative to the file; an empty list for none, where nothing is said the default folder.
    pub policy: Option<Vec<String>>,
    /// `exclude`, as written: relative to the file.
    pub exclude: Vec<String>,
    /// `base`
    pub base: Option<String>,
    /// `[rules]`, by id, or by `aws/s3/*`.
    pub rules: BTreeMap<String, RuleSetting>,
    /// `[settings]`
    pub values: Map<String, Json>,
    /// `[provision]`
    pub provision: Map<String, Json>,
    /// `[data]`
    pub data: Map<String, Json>,
    /// `[[waiver]]`
    pub waivers: Vec<Waiver>,
}

/// A mistake in `trueline.toml`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}:{column}: {problem}")]
pub struct SettingsError {
    /// The file.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// The bytes at fault.
    pub span: Span,
    /// What is wrong.
    pub problem: Box<SettingsProblem>,
}

/// Kinds of mistakes in `trueline.toml`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsProblem {
    /// It is no TOML.
    #[error("this is no TOML: {0}")]
    Syntax(String),
    /// A key that does not exist.
    #[error("unknown key `{key}`{}{}", place(table), near(nearest, known))]
    UnknownKey {
        /// The key.
        key: String,
        /// The table it stands in; empty for the file itself.
        table: String,
        /// The key that was probably meant.
        nearest: Option<String>,
        /// All keys that could stand there.
        known: Vec<String>,
    },
    /// A value of another kind.
    #[error("`{key}` is {found}: expected {expected}")]
    WrongType {
        /// The key.
        key: String,
        /// What was expected.
        expected: String,
        /// What was found.
        found: String,
    },
    /// A word that is none of the possible ones.
    #[error("`{key}` is \"{word}\": expected {expected}{}", meant(nearest))]
    WrongWord {
        /// The key.
        key: String,
        /// The word.
        word: String,
        /// What was expected.
        expected: String,
        /// The word that was probably meant.
        nearest: Option<String>,
    },
    /// A table by region with a key that is no region.
    #[error("`{region}` in `{key}` is no region: expected names such as `us-east-1`")]
    NoRegion {
        /// The key that holds the table.
        key: String,
        /// The key found inside.
        region: String,
    },
    /// Keys that must be there.
    #[error("`{table}` lacks {}: all of its keys are required", list(keys))]
    Missing {
        /// The table.
        table: String,
        /// The keys.
        keys: Vec<String>,
    },
    /// A waiver that names neither or both.
    #[error("a waiver needs exactly one of `address` and `file`")]
    WaiverSubject,
    /// A glob that is none.
    #[error("`{key}` is no glob: {why}")]
    Glob {
        /// The key.
        key: String,
        /// Why.
        why: String,
    },
    /// A regular expression that does not compile.
    #[error("`{key}` is no regular expression: {why}")]
    Pattern {
        /// The key.
        key: String,
        /// Why.
        why: String,
    },
}

fn place(table: &str) -> String {
    if table.is_empty() { String::new() } else { format!(" in `{table}`") }
}

fn near(nearest: &Option<String>, known: &[String]) -> String {
    match nearest {
        Some(n) => format!(": did you mean `{n}`?"),
        None => format!(": known are {}", list(known)),
    }
}

fn meant(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or_else(String::new, |n| format!("; did you mean `{n}`?"))
}

fn list(keys: &[String]) -> String {
    keys.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ")
}

impl Settings {
    /// Reads `trueline.toml`; `path` is only shown in errors.
    pub fn parse(path: &str, text: &str) -> Result<Self, SettingsError> {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let offset = text.len() - body.len();
        let fail = |(span, problem): shape::Mistake| {
            let span = Span::new((span.start + offset) as u32, (span.end + offset) as u32);
            let at = LineIndex::new(text).position(text, span.start);
            SettingsError {
                path: path.to_owned(),
                line: at.line,
                column: at.column,
                span,
                problem: Box::new(problem),
            }
        };
        let root = DeTable::parse(body).map_err(|e| {
            let message = e.message().trim_end().replace('\n', ": ");
            fail((e.span().unwrap_or(0..0), SettingsProblem::Syntax(message)))
        })?;
        let json = shape::table("", keys::ROOT, root.get_ref(), root.span()).map_err(fail)?;
        Self::read(path, json, root.get_ref()).map_err(fail)
    }

    /// Reads what the key table has accepted; only what hangs on more than one key is checked here.
    fn read(path: &str, mut json: Map<String, Json>, root: &DeTable<'_>) -> Result<Self, shape::Mistake> {
        let span = |keys: &[&str]| find(root, keys);
        let word = |j: Option<&Json>| j.and_then(Json::as_str).map(str::to_owned);
        let mut object = |name: &str| match json.remove(name) {
            Some(Json::Object(o)) => o,
            _ => Map::new(),
        };
        let (values, provision, data) = (object("settings"), object("provision"), object("data"));
        let rules = object("rules").into_iter().map(|(id, v)| (id, rule_setting(v))).collect();
        let frameworks = texts(json.get("frameworks"));
        for f in &frameworks {
            if controls::framework(f).is_none() {
                let known: Vec<&str> = controls::frameworks().iter().map(|f| f.id).collect();
                let problem = SettingsProblem::WrongWord {
                    key: "frameworks".into(),
                    word: f.clone(),
                    expected: list(&known.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()),
                    nearest: nearest(f, known).map(str::to_owned),
                };
                return Err((span(&["frameworks"]), problem));
            }
        }
        if let Some(Json::Object(naming)) = values.get("naming") {
            for (kind, pattern) in naming {
                if let Err(e) = regex::Regex::new(pattern.as_str().unwrap_or_default()) {
                    let why = e
                        .to_string()
                        .lines()
                        .last()
                        .unwrap_or_default()
                        .trim_start_matches("error: ")
                        .to_owned();
                    let problem = SettingsProblem::Pattern { key: format!("settings.naming.{kind}"), why };
                    return Err((span(&["settings", "naming", kind]), problem));
                }
            }
        }
        let exclude = texts(json.get("exclude"));
        if let Err((i, why)) = Exclude::new(&exclude) {
            return Err((
                element(root, "exclude", i),
                SettingsProblem::Glob { key: format!("exclude[{i}]"), why },
            ));
        }
        let mut waivers = Vec::new();
        for (i, w) in json.get("waiver").and_then(Json::as_array).into_iter().flatten().enumerate() {
            let at = element(root, "waiver", i);
            let line = at.start;
            match Waiver::read(w, line) {
                Some(w) => waivers.push(w),
                None => return Err((at, SettingsProblem::WaiverSubject)),
            }
        }
        Ok(Self {
            path: path.to_owned(),
            profile: word(json.get("profile"))
                .map(|p| if p == "strict" { Profile::Strict } else { Profile::Baseline }),
            frameworks,
            fail_on: word(json.get("fail-on")).and_then(|s| severity(&s)),
            policy: json.get("policy").map(|list| texts(Some(list))),
            exclude,
            base: word(json.get("base")),
            rules,
            values,
            provision,
            data,
            waivers,
        })
    }

    /// The profile: what the file states, else the default.
    pub fn profile(&self) -> Profile {
        self.profile.unwrap_or_default()
    }

    /// What policies read as `data.trueline.settings`.
    pub fn json(&self) -> Json {
        let mut out = self.values.clone();
        let profile = if self.profile() == Profile::Strict { "strict" } else { "baseline" };
        out.insert("profile".into(), Json::String(profile.into()));
        out.insert("provision".into(), Json::Object(self.provision.clone()));
        Json::Object(out)
    }

    /// What policies read as `data.trueline.params`: parameters by rule id.
    pub fn params(&self) -> Json {
        let params = self.rules.iter().filter_map(|(id, s)| match s {
            RuleSetting::Params(p) => Some((id.clone(), Json::Object(p.clone()))),
            _ => None,
        });
        Json::Object(params.collect())
    }

    /// What the file says about a rule: by its id, else by the longest `folder/*` that holds it.
    pub fn rule(&self, id: &str) -> Option<&RuleSetting> {
        let mut folder = id;
        self.rules.get(id).or_else(|| {
            while let Some((shorter, _)) = folder.rsplit_once('/') {
                if let Some(s) = self.rules.get(&format!("{shorter}/*")) {
                    return Some(s);
                }
                folder = shorter;
            }
            None
        })
    }

    /// True if the rule is switched off.
    pub fn is_off(&self, id: &str) -> bool {
        matches!(self.rule(id), Some(RuleSetting::Off))
    }

    /// The severity that the file gives the rule instead of its own.
    pub fn severity(&self, id: &str) -> Option<Severity> {
        match self.rule(id)? {
            RuleSetting::Severity(s) => Some(*s),
            RuleSetting::Params(p) => p.get("severity").and_then(Json::as_str).and_then(severity),
            RuleSetting::Off => None,
        }
    }

    /// A text of `[settings.aws]` that is no table by region, e.g. `region`, `account_id`.
    pub fn aws(&self, name: &str) -> Option<&str> {
        self.values.get("aws")?.get(name)?.as_str()
    }
}

/// The severity of this name.
pub fn severity(word: &str) -> Option<Severity> {
    Severity::ALL.into_iter().find(|s| s.as_str() == word)
}

fn rule_setting(value: Json) -> RuleSetting {
    match value {
        Json::Object(params) => RuleSetting::Params(params),
        Json::String(s) => severity(&s).map_or(RuleSetting::Off, RuleSetting::Severity),
        _ => RuleSetting::Off,
    }
}

fn texts(json: Option<&Json>) -> Vec<String> {
    json.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
}

/// Where the value at this path of keys stands.
fn find(root: &DeTable<'_>, keys: &[&str]) -> std::ops::Range<usize> {
    let mut at = 0..0;
    let mut table = Some(root);
    for key in keys {
        let Some(value) = table.and_then(|t| t.get(*key)) else { break };
        at = value.span();
        table = value.get_ref().as_table();
    }
    at
}

/// Where an element of a list of the file stands.
fn element(root: &DeTable<'_>, key: &str, index: usize) -> std::ops::Range<usize> {
    let array = root.get(key).and_then(|list| list.get_ref().as_array());
    array.and_then(|a| a.get(index)).map_or(0..0, toml::Spanned::span)
}

#[cfg(test)]
mod tests;
