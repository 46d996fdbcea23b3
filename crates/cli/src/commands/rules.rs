//! `trueline rules`

use std::fmt::Write as _;

use trueline_engine::{Options, Session, known_frameworks};
use trueline_model::RuleMeta;
use trueline_report::escaped_json;

use crate::args::{Global, ListFormat, Rules};
use crate::failure::{Exit, Failure};
use crate::terminal;

/// Lists the rules, those that are off here marked.
pub fn run(args: &Rules, global: &Global) -> Result<Exit, Failure> {
    let session = Session::open(Options { profile: args.profile.map(Into::into), ..super::common(global) })?;
    if let Some(framework) = &args.framework {
        known_frameworks(std::slice::from_ref(framework))?;
    }
    let on = |m: &RuleMeta| session.rules().get(&m.id).is_some();
    let wanted: Vec<RuleMeta> = session
        .all_rules()
        .into_iter()
        .filter(|m| args.profile.is_none() || on(m))
        .filter(|m| args.framework.as_ref().is_none_or(|f| m.controls.iter().any(|c| c.framework == *f)))
        .collect();
    match args.format {
        ListFormat::Json => terminal::print(&escaped_json(json(&wanted, &on))),
        ListFormat::Text => terminal::say(&text(&wanted, &on)),
    }
    Ok(Exit::Clean)
}

fn json(rules: &[RuleMeta], on: &dyn Fn(&RuleMeta) -> bool) -> String {
    let mut out = String::from("[");
    for (i, m) in rules.iter().enumerate() {
        let mut entry = serde_json::to_value(m).unwrap_or_default();
        if let Some(o) = entry.as_object_mut() {
            o.insert("on".to_owned(), on(m).into());
        }
        let _ = write!(out, "{}{entry}", if i == 0 { "\n  " } else { ",\n  " });
    }
    out.push_str("\n]\n");
    out
}

fn text(rules: &[RuleMeta], on: &dyn Fn(&RuleMeta) -> bool) -> String {
    let width = rules.iter().map(|m| m.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for m in rules {
        let off = if on(m) { "" } else { " (off)" };
        let _ = writeln!(out, "{:width$}  {:8}  {}{off}", m.id, m.severity.as_str(), m.title);
    }
    let active = rules.iter().filter(|m| on(m)).count();
    let _ = writeln!(out, "\n{} rules, {active} on; `trueline explain RULE` says more", rules.len());
    out
}
