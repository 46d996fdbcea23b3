//! Rules: a list of them, and the page of one.

use std::fmt::Write as _;

use trueline_model::{Profile, RuleMeta};

use crate::escape::{self, harmless};

/// A rule in a list, and whether it is on.
pub type Listed = (RuleMeta, bool);

/// A list for people, those that are off marked.
pub fn rules_text(rules: &[Listed]) -> String {
    let width = rules.iter().map(|(m, _)| m.id.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for (m, on) in rules {
        let off = if *on { "" } else { " (off)" };
        let _ = writeln!(out, "{:width$}  {:8}  {}{off}", m.id, m.severity.as_str(), m.title);
    }
    let active = rules.iter().filter(|(_, on)| *on).count();
    let _ = writeln!(out, "\n{} rules, {active} on; `trueline explain RULE` says more", rules.len());
    harmless(&out).into_owned()
}

/// A list for programs: the metadata of each, and `on`.
pub fn rules_json(rules: &[Listed]) -> String {
    let mut out = String::from("[");
    for (i, (m, on)) in rules.iter().enumerate() {
        let mut entry = serde_json::to_value(m).unwrap_or_default();
        if let Some(o) = entry.as_object_mut() {
            o.insert("on".to_owned(), (*on).into());
        }
        let _ = write!(out, "{}{entry}", if i == 0 { "\n  " } else { ",\n  " });
    }
    out.push_str("\n]\n");
    escape::json(out)
}

/// All there is to say of a rule.
#[derive(Clone, Debug)]
pub struct RulePage<'a> {
    /// Its metadata.
    pub meta: &'a RuleMeta,
    /// What it asks for, in words.
    pub asks: Vec<String>,
    /// An example that breaks it.
    pub avoid: &'a str,
    /// The same as it should be.
    pub prefer: &'a str,
    /// Names and meanings of its parameters.
    pub params: Vec<(String, String)>,
    /// Controls that ask for it: framework, id, title.
    pub controls: Vec<(String, String, String)>,
    /// The policy itself.
    pub policy: &'a str,
}

/// The page of a rule, for people.
pub fn page(page: &RulePage<'_>) -> String {
    let m = page.meta;
    let profile = match m.profile {
        Profile::Baseline => "baseline",
        Profile::Strict => "strict",
    };
    let mut out = format!("{}\n{}\n\n", m.id, m.title);
    let _ =
        writeln!(out, "severity {} · profile {profile} · {}", m.severity.as_str(), m.resources.join(", "));
    section(&mut out, "Why", &m.description);
    section(&mut out, "Asks for", &page.asks.join("\n"));
    section(&mut out, "What to do", &m.help);
    section(&mut out, "Fix", &m.fix);
    section(&mut out, "Avoid", page.avoid);
    section(&mut out, "Prefer", page.prefer);
    let list = |items: Vec<String>| items.join("\n");
    section(&mut out, "Settings", &list(m.settings.iter().map(|s| format!("settings.{s}")).collect()));
    section(&mut out, "Parameters", &list(page.params.iter().map(|(n, d)| format!("{n}: {d}")).collect()));
    let controls = page.controls.iter().map(|(framework, id, title)| format!("{framework} {id}: {title}"));
    section(&mut out, "Controls", &list(controls.collect()));
    section(&mut out, "Known elsewhere as", &m.aliases.join(", "));
    section(&mut out, "Policy", page.policy);
    harmless(&out).into_owned()
}

fn section(out: &mut String, title: &str, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}");
    for line in text.trim_end().lines() {
        let _ = writeln!(out, "{}", format!("  {line}").trim_end());
    }
}
