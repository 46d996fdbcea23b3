//! Everything that a rule's page shows.

use trueline_model::{ControlRef, RuleMeta};

use crate::controls;
use crate::pack::Entry;
use crate::ruleset::{UnknownRule, find};

/// What a rule's page shows.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its metadata.
    pub meta: RuleMeta,
    /// An example that it denies; empty if there is none.
    pub avoid: &'static str,
    /// The same, mended.
    pub prefer: &'static str,
    /// The controls that ask for it: reference, framework's name, control's title.
    pub controls: Vec<(ControlRef, &'static str, &'static str)>,
    /// Parameters that it knows, each with what it does.
    pub params: &'static [(&'static str, &'static str)],
    /// Where its policy is in the project, and its text.
    pub policy: (&'static str, &'static str),
}

/// The page of a built-in rule, by its id or another scanner's id for it.
pub fn page(id: &str) -> Result<Page, UnknownRule> {
    find(id).map(of)
}

/// The page of an entry of the pack.
pub fn of(entry: &'static Entry) -> Page {
    let meta = entry.meta();
    let controls = meta
        .controls
        .iter()
        .filter_map(|c| {
            let framework = controls::framework(&c.framework)?;
            Some((c.clone(), framework.title, framework.control(&c.id)?))
        })
        .collect();
    Page {
        meta,
        avoid: entry.avoid,
        prefer: entry.prefer,
        controls,
        params: entry.params,
        policy: (entry.path, entry.source),
    }
}
