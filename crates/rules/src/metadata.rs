//! A rule's metadata, from an annotation.
//!
//! The built-in pack's annotations are read when the binary is built (`build/`); those of an organization's
//! policies come from the Rego crate, and may say as little as they like.

use serde_json::Value as Json;
use trueline_model::{ControlRef, Profile, RuleMeta, Severity};
use trueline_rego::Package;

use crate::settings::severity;

/// An annotation that can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: the METADATA block of `{rule}` is not understood: {problem}")]
pub struct MetadataError {
    /// The policy.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// The rule.
    pub rule: String,
    /// What is wrong.
    pub problem: String,
}

/// A rule of an organization's policy.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainRule {
    /// What to evaluate, e.g. `data.main.deny_public`.
    pub query: String,
    /// True for `warn…`.
    pub warning: bool,
    /// True for `expect…`: its elements say what must hold.
    pub expects: bool,
    /// What is known about it; its id is `NAMESPACE/NAME` unless its annotation gives one.
    pub meta: RuleMeta,
}

/// The `deny…`, `violation…`, `warn…` and `expect…` rules of a package.
pub fn plain_rules(package: &Package) -> (Vec<PlainRule>, Vec<MetadataError>) {
    let namespace = package.path.strip_prefix("data.").unwrap_or(&package.path);
    let (mut rules, mut errors) = (Vec::new(), Vec::new());
    for rule in &package.rules {
        let Some(kind) =
            ["deny", "violation", "warn", "expect"].into_iter().find(|k| is_named(&rule.name, k))
        else {
            continue;
        };
        let id = format!("{namespace}/{}", rule.name);
        // The rule's own annotation comes before its package's.
        let annotation = rule.annotations.first().or(package.annotations.first());
        let empty = Json::Null;
        let json = annotation.map_or(&empty, |a| &a.json);
        let read = meta(json, &id).unwrap_or_else(|problem| {
            let (path, line) =
                annotation.map_or((rule.file.clone(), rule.line), |a| (a.file.clone(), a.line));
            errors.push(MetadataError { path, line, rule: id.clone(), problem });
            bare(&id)
        });
        let mut read = read;
        if kind == "warn" && json.pointer("/custom/severity").is_none() {
            read.severity = Severity::Low;
        }
        if read.title.is_empty() {
            read.title.clone_from(&id);
        }
        rules.push(PlainRule {
            query: format!("{}.{}", package.path, rule.name),
            warning: kind == "warn",
            expects: kind == "expect",
            meta: read,
        });
    }
    (rules, errors)
}

/// True for `deny` and `deny_anything`, as conftest names them.
fn is_named(name: &str, kind: &str) -> bool {
    let Some(rest) = name.strip_prefix(kind) else { return false };
    rest.is_empty()
        || rest.strip_prefix('_').is_some_and(|r| {
            r.split('_').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        })
}

fn bare(id: &str) -> RuleMeta {
    RuleMeta {
        id: id.to_owned(),
        title: String::new(),
        description: String::new(),
        help: String::new(),
        severity: Severity::Medium,
        profile: Profile::Baseline,
        resources: vec!["*".to_owned()],
        controls: Vec::new(),
        aliases: Vec::new(),
        settings: Vec::new(),
        fix: String::new(),
        after: Vec::new(),
    }
}

/// Turns an annotation (`title`, `description`, `custom`) into metadata; `id` where it gives none.
pub fn meta(annotation: &Json, id: &str) -> Result<RuleMeta, String> {
    let custom = annotation.get("custom").unwrap_or(&Json::Null);
    let text = |j: &Json, k: &str| j.get(k).and_then(Json::as_str).unwrap_or("").trim_end().to_owned();
    let mut out = bare(id);
    out.title = text(annotation, "title");
    out.description = text(annotation, "description");
    out.help = text(custom, "help");
    out.fix = text(custom, "fix");
    if let Some(own) = custom.get("id").and_then(Json::as_str).filter(|i| !i.is_empty()) {
        own.clone_into(&mut out.id);
    }
    if let Some(s) = custom.get("severity") {
        out.severity = s
            .as_str()
            .and_then(|s| severity(&s.to_ascii_lowercase()))
            .ok_or_else(|| format!("`severity` is {s}: expected info, low, medium, high or critical"))?;
    }
    match custom.get("profile").map(|p| (p, p.as_str())) {
        None | Some((_, Some("baseline"))) => {}
        Some((_, Some("strict"))) => out.profile = Profile::Strict,
        Some((p, _)) => return Err(format!("`profile` is {p}: expected baseline or strict")),
    }
    for (framework, ids) in custom.get("controls").and_then(Json::as_object).into_iter().flatten() {
        for id in texts(ids).ok_or_else(|| format!("`controls.{framework}` is no list of texts"))? {
            out.controls.push(ControlRef { framework: framework.clone(), id });
        }
    }
    let list = |k: &str| {
        custom.get(k).map_or(Ok(Vec::new()), |l| texts(l).ok_or_else(|| format!("`{k}` is no list of texts")))
    };
    (out.aliases, out.settings, out.after) = (list("aliases")?, list("settings")?, list("after")?);
    let resources = list("resources")?;
    if !resources.is_empty() {
        out.resources = resources;
    }
    Ok(out)
}

fn texts(list: &Json) -> Option<Vec<String>> {
    list.as_array()?.iter().map(|t| t.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use trueline_rego::{CompileOptions, PolicyFile, compile};

    fn package(source: &str) -> Package {
        compile(&[PolicyFile::new("p.rego", source)], &CompileOptions::default()).unwrap().packages()[0]
            .clone()
    }

    #[test]
    fn an_organizations_rules_are_those_that_conftest_would_run() {
        let p = package(
            "# METADATA\n# title: From the package\n# custom:\n#   severity: high\npackage org.tags\nimport rego.v1\n\
             deny contains \"a\"\nwarn_x contains \"b\"\nviolation_2 contains \"c\"\ndenying contains \"d\"\nhelper contains \"e\"\n",
        );
        let (rules, errors) = plain_rules(&p);
        assert_eq!(errors, []);
        let mut seen: Vec<_> =
            rules.iter().map(|r| (r.meta.id.as_str(), r.query.as_str(), r.warning)).collect();
        seen.sort_unstable();
        assert_eq!(
            seen,
            [
                ("org.tags/deny", "data.org.tags.deny", false),
                ("org.tags/violation_2", "data.org.tags.violation_2", false),
                ("org.tags/warn_x", "data.org.tags.warn_x", true),
            ]
        );
    }

    #[test]
    fn an_annotation_may_be_short_and_its_mistakes_are_named() {
        let m = meta(
            &serde_json::json!({"title": "T", "custom": {"severity": "LOW", "id": "org/x"}}),
            "main/deny",
        )
        .unwrap();
        assert_eq!(
            (m.id.as_str(), m.severity, m.resources.as_slice()),
            ("org/x", Severity::Low, &["*".to_owned()][..])
        );
        for (json, want) in [
            (serde_json::json!({"custom": {"severity": "bad"}}), "`severity` is \"bad\""),
            (serde_json::json!({"custom": {"profile": 1}}), "`profile` is 1"),
            (serde_json::json!({"custom": {"controls": {"soc2": "CC6.1"}}}), "`controls.soc2` is no list"),
            (serde_json::json!({"custom": {"aliases": [1]}}), "`aliases` is no list"),
        ] {
            assert!(meta(&json, "x").unwrap_err().contains(want), "{json}");
        }
    }
}
