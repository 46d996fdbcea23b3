//! What is asked of code before it is written: a checklist for people, a brief for assistants.
//!
//! Enters: rules, what each asks for in words, and an example that satisfies it. Leaves: Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use trueline_model::{RuleMeta, Severity};

use crate::escape::harmless;

/// A rule that is on.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its metadata.
    pub meta: RuleMeta,
    /// What it asks for; its help where it has no such words.
    pub requirements: Vec<String>,
    /// An example that satisfies it; may be empty.
    pub prefer: String,
}

impl Asked {
    fn lines(&self) -> Vec<String> {
        match self.requirements.as_slice() {
            [] => vec![format!("Avoid this: {}. {}", self.meta.title, self.meta.help)],
            all => all.to_vec(),
        }
    }

    /// `aws/s3`
    fn folder(&self) -> &str {
        self.meta.id.rsplit_once('/').map_or(self.meta.id.as_str(), |(f, _)| f)
    }
}

/// A checklist: what reviewers go through, by service.
pub fn checklist(rules: &[Asked]) -> String {
    let mut by: BTreeMap<&str, Vec<&Asked>> = BTreeMap::new();
    for r in rules {
        by.entry(r.folder()).or_default().push(r);
    }
    let mut out = String::from("# Checklist for infrastructure code\n");
    for (folder, rules) in by {
        let _ = writeln!(out, "\n## {folder}\n");
        for r in rules {
            let _ = writeln!(
                out,
                "- [ ] {} (`{}`, {})",
                sentence(&r.meta.title),
                r.meta.id,
                r.meta.severity.as_str()
            );
            for line in r.lines() {
                let _ = writeln!(out, "  - {}", sentence(&line));
            }
        }
    }
    harmless(&out).into_owned()
}

/// Instructions for an assistant: the worst first, in as few words as there are; with an example for each where types are
/// named.
pub fn brief(rules: &[Asked], types: &[String]) -> String {
    let looks = |r: &&Asked| {
        types.is_empty()
            || r.meta.resources.iter().any(|t| types.contains(t) || (t == "*" && types.is_empty()))
    };
    let mut wanted: Vec<&Asked> = rules.iter().filter(looks).collect();
    wanted.sort_by(|a, b| b.meta.severity.cmp(&a.meta.severity).then_with(|| a.meta.id.cmp(&b.meta.id)));
    let what = if types.is_empty() { "Terraform".to_owned() } else { types.join(", ") };
    let mut out = format!(
        "# What {what} must satisfy here\n\nThe code is checked by `trueline check`; what does not hold is refused.\n"
    );
    let mut before: Option<Severity> = None;
    for r in wanted {
        if before != Some(r.meta.severity) {
            let _ = writeln!(out, "\n## {}\n", heading(r.meta.severity));
            before = Some(r.meta.severity);
        }
        for line in r.lines() {
            let _ = writeln!(out, "- {}", sentence(&line));
        }
        let shows = |t: &String| r.prefer.contains(&format!("resource \"{t}\""));
        if types.iter().any(shows) {
            let _ = writeln!(out, "\n  ```hcl\n{}  ```", indented(&r.prefer));
        }
    }
    harmless(&out).into_owned()
}

const fn heading(s: Severity) -> &'static str {
    match s {
        Severity::Critical => "Critical",
        Severity::High => "High",
        Severity::Medium => "Medium",
        Severity::Low => "Low",
        Severity::Info => "Info",
    }
}

/// The text with a full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', ':']) { text.to_owned() } else { format!("{text}.") }
}

fn indented(text: &str) -> String {
    text.lines().fold(String::new(), |mut out, l| {
        let _ = if l.is_empty() { writeln!(out) } else { writeln!(out, "  {l}") };
        out
    })
}

#[cfg(test)]
mod tests {
    use trueline_model::Profile;

    use super::*;

    fn rule(id: &str, severity: Severity, kind: &str, requirements: &[&str]) -> Asked {
        let meta = RuleMeta {
            id: id.to_owned(),
            title: format!("Title of {id}"),
            description: String::new(),
            help: "Do it.".to_owned(),
            severity,
            profile: Profile::Baseline,
            resources: vec![kind.to_owned()],
            controls: Vec::new(),
            aliases: Vec::new(),
            settings: Vec::new(),
            fix: String::new(),
            after: Vec::new(),
        };
        let requirements = requirements.iter().map(|r| (*r).to_owned()).collect();
        Asked { meta, requirements, prefer: format!("resource \"{kind}\" \"a\" {{\n}}\n") }
    }

    #[test]
    fn the_worst_comes_first_and_types_choose() {
        let all = [
            rule("aws/a/low", Severity::Low, "aws_a", &["`aws_a.x` must be true"]),
            rule("aws/b/high", Severity::High, "aws_b", &[]),
        ];
        assert_eq!(
            brief(&all, &[]),
            "# What Terraform must satisfy here\n\nThe code is checked by `trueline check`; what does not hold is refused.\n\n## High\n\n\
             - Avoid this: Title of aws/b/high. Do it.\n\n## Low\n\n- `aws_a.x` must be true.\n"
        );
        let one = brief(&all, &["aws_a".to_owned()]);
        assert!(
            one.contains("`aws_a.x` must be true.\n\n  ```hcl\n  resource \"aws_a\" \"a\" {\n  }\n  ```"),
            "{one}"
        );
        assert!(!one.contains("Do it."), "{one}");
        assert_eq!(
            checklist(&all[..1]),
            "# Checklist for infrastructure code\n\n## aws/a\n\n- [ ] Title of aws/a/low. (`aws/a/low`, low)\n  - `aws_a.x` must be true.\n"
        );
    }
}
