//! `trueline explain`

use std::fmt::Write as _;

use trueline_engine::EngineError;
use trueline_engine::explain::{self, Page};
use trueline_model::Profile;

use crate::args::{Explain, Global};
use crate::failure::{Exit, Failure};
use crate::terminal;

/// Shows a rule's page.
pub fn run(args: &Explain, _global: &Global) -> Result<Exit, Failure> {
    let page = explain::page(&args.rule).map_err(EngineError::from)?;
    terminal::say(&text(&page));
    Ok(Exit::Clean)
}

fn text(page: &Page) -> String {
    let m = &page.meta;
    let profile = match m.profile {
        Profile::Baseline => "baseline",
        Profile::Strict => "strict",
    };
    let mut out = format!("{}\n{}\n\n", m.id, m.title);
    let _ =
        writeln!(out, "severity {} · profile {profile} · {}", m.severity.as_str(), m.resources.join(", "));
    section(&mut out, "Why", &m.description);
    section(&mut out, "Asks for", &trueline_engine::requirements(&m.id).join("\n"));
    section(&mut out, "What to do", &m.help);
    section(&mut out, "Fix", &m.fix);
    section(&mut out, "Avoid", page.avoid);
    section(&mut out, "Prefer", page.prefer);
    let list = |items: Vec<String>| items.join("\n");
    section(&mut out, "Settings", &list(m.settings.iter().map(|s| format!("settings.{s}")).collect()));
    section(&mut out, "Parameters", &list(page.params.iter().map(|(n, d)| format!("{n}: {d}")).collect()));
    let controls = page.controls.iter().map(|(c, framework, title)| format!("{framework} {}: {title}", c.id));
    section(&mut out, "Controls", &list(controls.collect()));
    section(&mut out, "Known elsewhere as", &m.aliases.join(", "));
    section(&mut out, "Policy", page.policy.0);
    out
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
