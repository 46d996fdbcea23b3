//! What may not be shown: values that a plan marks as sensitive, and variables of the environment that hold credentials.
//!
//! What enters: inputs and the environment. What leaves: texts with a mask in the place of such values. A part of a value
//! is not known.

use std::borrow::Cow;
use std::collections::BTreeSet;

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use serde_json::{Map, Value as Json};
use trueline_model::MASK;
use trueline_rego::Value;
use trueline_report::conftest::{PolicyTest, TestResult};
use trueline_terraform::secrets;

use crate::EngineError;

/// A text shorter than this is masked only where it stands in quotes: it would be found everywhere.
const SHORTEST: usize = 4;
/// What a policy may have made of a text shorter than this is not looked for: `Main` is no reason to mask `main`.
const SHORTEST_ENCODED: usize = 8;
/// Variables of the environment shorter than this are no credentials.
const SHORTEST_CREDENTIAL: usize = 8;
/// So many times a text may have been quoted.
const DEEPEST_QUOTES: usize = 3;
/// So many folders may be around a plan in data.
const DEEPEST_PLAN: usize = 8;
/// Parts of names of variables that hold credentials.
const CREDENTIALS: [&str; 9] =
    ["SECRET", "TOKEN", "PASSWORD", "PASSWD", "CREDENTIAL", "PRIVATE_KEY", "API_KEY", "APIKEY", "ACCESS_KEY"];

/// Texts and what stands for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Secrets {
    plain: BTreeSet<String>,
    /// What is looked for, the longest first: as it is, and as JSON spells it.
    patterns: Vec<String>,
}

impl Secrets {
    /// The credentials of an environment.
    pub(super) fn of_environment(variables: &[(String, String)]) -> Self {
        let is_credential = |name: &str| {
            let name = name.to_uppercase();
            CREDENTIALS.iter().any(|part| name.contains(part))
        };
        let mut out = Self::default();
        out.add(
            variables
                .iter()
                .filter(|(name, value)| is_credential(name) && value.len() >= SHORTEST_CREDENTIAL)
                .map(|(_, value)| value.clone()),
        );
        out
    }

    /// Adds what an input marks: a plan, or plans in a list of files.
    pub(super) fn add_input(&mut self, input: &Value) {
        self.add(marked(input));
        for entry in input.as_array().into_iter().flat_map(|entries| entries.iter()) {
            if let Some(contents) = entry.get("contents") {
                self.add(marked(contents));
            }
        }
    }

    /// Adds what plans mark that stand in data, below the names of their folders.
    pub(super) fn add_data(&mut self, data: &Map<String, Json>) {
        let data = Value::from(Json::Object(data.clone()));
        let mut level = vec![data];
        for _ in 0..DEEPEST_PLAN {
            let mut next = Vec::new();
            for value in &level {
                self.add_input(value);
                if !is_plan(value) {
                    let members = value.as_object().into_iter().flat_map(|members| members.values());
                    next.extend(members.filter(|member| member.as_object().is_some()).cloned());
                }
            }
            level = next;
        }
    }

    fn add(&mut self, found: impl IntoIterator<Item = String>) {
        let before = self.plain.len();
        self.plain.extend(found.into_iter().filter(|text| !text.is_empty()));
        if self.plain.len() == before {
            return;
        }
        let mut patterns = BTreeSet::new();
        for text in &self.plain {
            if text.len() < SHORTEST {
                patterns.insert(Json::from(text.as_str()).to_string());
                continue;
            }
            patterns.insert(text.clone());
            if text.len() >= SHORTEST_ENCODED {
                patterns.extend(encoded(text));
            }
            // JSON in JSON: a text is spelled anew each time it is quoted.
            let mut spelled = text.clone();
            for _ in 0..DEEPEST_QUOTES {
                let quoted = Json::from(spelled).to_string();
                let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                spelled = inside.unwrap_or_default().to_owned();
                patterns.insert(spelled.clone());
            }
        }
        self.patterns = patterns.into_iter().collect();
        self.patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.len()));
    }

    /// A text without what may not be shown.
    pub(super) fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut out = Cow::Borrowed(text);
        for pattern in &self.patterns {
            if is_digits(pattern) {
                if let Some(masked) = without_number(&out, pattern) {
                    out = Cow::Owned(masked);
                }
            } else if out.contains(pattern.as_str()) {
                out = Cow::Owned(out.replace(pattern.as_str(), MASK));
            }
        }
        out
    }

    /// True if there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Takes out of a text what may not be shown.
    pub(super) fn mask_in_place(&self, text: &mut String) {
        if let Cow::Owned(masked) = self.mask(text) {
            *text = masked;
        }
    }

    /// A result without what may not be shown.
    pub(super) fn mask_result(&self, result: &mut TestResult) {
        if self.patterns.is_empty() {
            return;
        }
        self.mask_in_place(&mut result.message);
        let mut metadata = std::mem::take(&mut result.metadata);
        // the path of the rule, which the policy did not make
        let query = metadata.remove("query");
        result.metadata = self.mask_members(metadata);
        result.metadata.extend(query.map(|query| ("query".to_owned(), query)));
        if let Some(location) = &mut result.location {
            self.mask_in_place(&mut location.file);
        }
    }

    fn mask_json(&self, json: Json) -> Json {
        match json {
            Json::String(text) if self.plain.contains(&text) => Json::from(MASK),
            Json::String(text) => Json::from(self.mask(&text).into_owned()),
            Json::Number(number) if self.plain.contains(&number.to_string()) => Json::from(MASK),
            Json::Array(items) => items.into_iter().map(|item| self.mask_json(item)).collect(),
            Json::Object(members) => Json::Object(self.mask_members(members)),
            other => other,
        }
    }

    /// As deep as a value may nest.
    fn mask_members(&self, members: Map<String, Json>) -> Map<String, Json> {
        members
            .into_iter()
            .map(|(key, value)| (self.mask(&key).into_owned(), self.mask_json(value)))
            .collect()
    }

    /// An error without what may not be shown.
    pub(super) fn mask_error(&self, error: EngineError) -> EngineError {
        match error {
            EngineError::Evaluation(text) => EngineError::Evaluation(self.mask(&text).into_owned()),
            other => other,
        }
    }

    /// A test without what may not be shown.
    pub(super) fn mask_test(&self, test: &mut PolicyTest) {
        if self.patterns.is_empty() {
            return;
        }
        let failed =
            test.failed.iter_mut().flat_map(|failed| failed.values.iter_mut().map(|(_, value)| value));
        for text in failed.chain(&mut test.prints).chain(&mut test.steps) {
            self.mask_in_place(text);
        }
    }
}

/// What a policy may have made of a text: encodings, and other cases.
fn encoded(text: &str) -> [String; 5] {
    let bytes = text.as_bytes();
    [
        BASE64_NOPAD.encode(bytes),
        BASE64URL_NOPAD.encode(bytes),
        HEXLOWER.encode(bytes),
        text.to_lowercase(),
        text.to_uppercase(),
    ]
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'))
}

/// A text with a number masked where it is not part of a longer one.
fn without_number(text: &str, number: &str) -> Option<String> {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices(number) {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + number.len()..).and_then(|after| after.chars().next());
        if part(before) || part(after) {
            continue;
        }
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push_str(MASK);
        done = at + number.len();
    }
    (done > 0).then(|| out + text.get(done..).unwrap_or_default())
}

/// What a plan marks as sensitive. Of its resources only those are looked at that have a mark.
fn marked(plan: &Value) -> BTreeSet<String> {
    let mut small = Map::new();
    for list in ["resource_changes", "deferred_changes", "resource_drift"] {
        let entries = plan.get(list).and_then(Value::as_array);
        let marked = entries.into_iter().flat_map(|entries| entries.iter()).filter(|entry| {
            let change =
                entry.get("change").or_else(|| entry.get("resource_change").and_then(|r| r.get("change")));
            let mark = |side: &str| change.and_then(|change| change.get(side)).is_some_and(has_mark);
            mark("before_sensitive") || mark("after_sensitive")
        });
        let marked: Vec<Json> = marked.map(Value::to_json).collect();
        if !marked.is_empty() {
            small.insert(list.to_owned(), Json::from(marked));
        }
    }
    for name in ["output_changes", "variables", "configuration"] {
        if let Some(value) = plan.get(name).filter(|_| is_plan(plan)) {
            small.insert(name.to_owned(), value.to_json());
        }
    }
    for name in ["planned_values", "prior_state"] {
        if let Some(value) = plan.get(name).filter(|value| holds_mark(value)) {
            small.insert(name.to_owned(), value.to_json());
        }
    }
    if small.is_empty() { BTreeSet::new() } else { secrets(&Json::Object(small)) }
}

fn is_plan(input: &Value) -> bool {
    ["resource_changes", "planned_values", "output_changes"].iter().any(|name| input.get(name).is_some())
}

/// True if a tree of marks has one that is set.
fn has_mark(tree: &Value) -> bool {
    match tree {
        Value::Bool(mark) => *mark,
        Value::Array(items) => items.iter().any(has_mark),
        Value::Object(members) => members.values().any(has_mark),
        _ => false,
    }
}

/// True if values say somewhere that something is sensitive.
fn holds_mark(values: &Value) -> bool {
    match values {
        Value::Array(items) => items.iter().any(holds_mark),
        Value::Object(members) => members.iter().any(|(key, value)| match key.as_str() {
            Some("sensitive_values" | "sensitive") => has_mark(value),
            _ => holds_mark(value),
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets_of(plan: &str) -> Secrets {
        let mut secrets = Secrets::default();
        secrets.add_input(&Value::parse_json(plan).unwrap());
        secrets
    }

    #[test]
    fn what_is_marked_is_masked_in_every_spelling() {
        let secrets = secrets_of(
            r#"{"resource_changes": [{"change": {"after": {"a": "two\nlines \"x\"", "n": 48151, "s": "ab", "o": "open"},
                "after_sensitive": {"a": true, "n": true, "s": true}, "before": null, "before_sensitive": false}}]}"#,
        );
        assert_eq!(secrets.mask("is two\nlines \"x\"!"), "is (sensitive)!");
        assert_eq!(secrets.mask(r#"{"a": "two\nlines \"x\""}"#), r#"{"a": "(sensitive)"}"#);
        assert_eq!(secrets.mask("48151 of 148151, 48151x"), "(sensitive) of 148151, 48151x");
        assert_eq!(secrets.mask(r#"about "ab""#), "about (sensitive)");
        assert_eq!(secrets.mask("open"), "open");
        let secrets =
            secrets_of(r#"{"output_changes": {"o": {"after": "Kelp-9-x", "after_sensitive": true}}}"#);
        assert_eq!(
            secrets.mask("KELP-9-X kelp-9-x S2VscC05LXg 4b656c702d392d78"),
            ["(sensitive)"; 4].join(" ")
        );
    }

    #[test]
    fn every_place_of_a_plan_that_marks_is_looked_at() {
        for plan in [
            r#"{"output_changes": {"o": {"after": "kelp-9", "after_sensitive": true}}}"#,
            r#"{"planned_values": {"outputs": {"o": {"sensitive": true, "value": "kelp-9"}}}}"#,
            r#"{"planned_values": {"root_module": {"child_modules": [{"resources": [{"values": {"p": "kelp-9"}, "sensitive_values": {"p": true}}]}]}}}"#,
            r#"{"resource_changes": [], "variables": {"v": {"value": "kelp-9"}}, "configuration": {"root_module": {"variables": {"v": {"sensitive": true}}}}}"#,
            r#"{"resource_drift": [{"change": {"before": {"p": ["kelp-9"]}, "before_sensitive": {"p": [true]}}}]}"#,
            r#"[{"path": "p.json", "contents": {"output_changes": {"o": {"after": "kelp-9", "after_sensitive": true}}}}]"#,
        ] {
            assert_eq!(secrets_of(plan).mask("x kelp-9 y"), "x (sensitive) y", "{plan}");
        }
        assert_eq!(
            secrets_of(r#"{"output_changes": {"o": {"after": "kelp-9", "after_sensitive": false}}}"#)
                .mask("kelp-9"),
            "kelp-9"
        );
    }

    #[test]
    fn credentials_of_the_environment_are_secret_and_the_rest_is_not() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let all = [
            pair("AWS_SECRET_ACCESS_KEY", "kelp-9-harbour"),
            pair("HOME", "/home/me"),
            pair("CI_TOKEN", "short"),
        ];
        let secrets = Secrets::of_environment(&all);
        assert_eq!(secrets.mask("kelp-9-harbour in /home/me short"), "(sensitive) in /home/me short");
    }
}
