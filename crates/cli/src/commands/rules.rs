//! `trueline rules`

use trueline_engine::{Options, Session, known_frameworks};
use trueline_model::RuleMeta;
use trueline_report::{Listed, rules_json, rules_text};

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
    let wanted: Vec<Listed> = session
        .all_rules()
        .into_iter()
        .filter(|m| args.profile.is_none() || on(m))
        .filter(|m| args.framework.as_ref().is_none_or(|f| m.controls.iter().any(|c| c.framework == *f)))
        .map(|m| {
            let on = on(&m);
            (m, on)
        })
        .collect();
    terminal::print(&match args.format {
        ListFormat::Json => rules_json(&wanted),
        ListFormat::Text => rules_text(&wanted),
    });
    Ok(Exit::Clean)
}
