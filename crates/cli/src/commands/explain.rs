//! `trueline explain`

use trueline_engine::{EngineError, explain, requirements};
use trueline_report::RulePage;

use crate::args::{Explain, Global};
use crate::failure::{Exit, Failure};
use crate::terminal;

/// Shows a rule's page.
pub fn run(args: &Explain, _global: &Global) -> Result<Exit, Failure> {
    let page = explain::page(&args.rule).map_err(EngineError::from)?;
    let named = |(control, framework, title): &(trueline_model::ControlRef, &str, &str)| {
        ((*framework).to_owned(), control.id.clone(), (*title).to_owned())
    };
    terminal::print(&trueline_report::page(&RulePage {
        asks: requirements(&page.meta.id),
        meta: &page.meta,
        avoid: page.avoid,
        prefer: page.prefer,
        params: page.params.iter().map(|(n, d)| ((*n).to_owned(), (*d).to_owned())).collect(),
        controls: page.controls.iter().map(named).collect(),
        policy: page.policy.0,
    }));
    Ok(Exit::Clean)
}
