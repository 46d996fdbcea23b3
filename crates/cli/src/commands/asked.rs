//! `trueline checklist` and `trueline brief`

use trueline_engine::{Options, Session, explain};
use trueline_model::Profile;
use trueline_report::Asked;

use crate::args::{Brief, Checklist, Global};
use crate::failure::{Exit, Failure};
use crate::terminal;

/// What reviewers go through.
pub fn checklist(args: &Checklist, global: &Global) -> Result<Exit, Failure> {
    terminal::print(&trueline_report::checklist(&asked(args.profile.map(Into::into), global)?));
    Ok(Exit::Clean)
}

/// What an assistant is told beforehand.
pub fn brief(args: &Brief, global: &Global) -> Result<Exit, Failure> {
    let all = asked(args.profile.map(Into::into), global)?;
    if let Some(t) = args.types.iter().find(|t| !all.iter().any(|r| r.meta.resources.contains(t))) {
        return Err(Failure::new(
            format!("no rule that is on looks at `{t}`"),
            "name types as Terraform does, e.g. aws_s3_bucket; `trueline rules` lists the rules",
        ));
    }
    terminal::print(&trueline_report::brief(&all, &args.types));
    Ok(Exit::Clean)
}

/// The rules that are on, and what they ask for.
fn asked(profile: Option<Profile>, global: &Global) -> Result<Vec<Asked>, Failure> {
    let session = Session::open(Options { profile, ..super::common(global) })?;
    let mut words = session.requirements();
    let rules = session.all_rules().into_iter().filter(|m| session.rules().get(&m.id).is_some());
    let one = |meta: trueline_model::RuleMeta| {
        let prefer = explain::page(&meta.id).map_or_else(|_| String::new(), |p| p.prefer.to_owned());
        Asked { requirements: words.remove(&meta.id).unwrap_or_default(), prefer, meta }
    };
    Ok(rules.map(one).collect())
}
