//! Which resources existed before the change: those whose address is in the plan of the base commit, and those that may
//! have stood elsewhere.
//!
//! What is not certain counts as existing, since a fix may do more to what is new: no git, a shallow clone, a base
//! that does not evaluate, targets of `moved` and `import`, what was moved to another directory, root, module or label.

mod elsewhere;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_forge::{Base, NoBase, Tree};
use trueline_hcl::Item;
use trueline_model::{Action, Note, NoteKind, Plan, PlanSource, Resource};
use trueline_terraform::{Inputs, Parsed, plan};
use trueline_text::{Entry, Files};

use crate::disk::is_terraform;
use elsewhere::{Elsewhere, Thing, standing};

/// Addresses that existed, by root; a root that is not here is wholly existing.
#[derive(Clone, Debug, Default)]
pub struct Existing {
    before: BTreeMap<Arc<str>, BTreeSet<String>>,
    /// Types and labels that were declared then, by root, and the addresses of now: what only other inputs give of a
    /// block that was there may have been made with those.
    declared: BTreeMap<Arc<str>, BTreeSet<(String, String)>>,
    now: BTreeMap<Arc<str>, BTreeSet<String>>,
    /// Targets of `moved` and `import` blocks by module directory, instance keys left out.
    targets: BTreeMap<Arc<str>, Vec<String>>,
    /// What has a new address and may have stood elsewhere, by root: addresses without instance keys.
    moved: BTreeMap<Arc<str>, BTreeSet<String>>,
}

impl Existing {
    /// Compares roots with their base; what keeps that from being done is a note.
    pub fn find(
        files: &dyn Files,
        parsed: &Parsed,
        plans: &[Plan],
        configured: Option<&str>,
        by_flag: bool,
        inputs: &Inputs,
    ) -> (Self, Vec<Note>) {
        let mut out = Self { targets: targets(parsed), ..Self::default() };
        let mut notes = Vec::new();
        let mut trees: BTreeMap<Option<String>, Result<Tree, NoBase>> = BTreeMap::new();
        for p in plans.iter().filter(|p| p.source == PlanSource::Static) {
            let tree = trees.entry(trueline_forge::repository(&p.path)).or_insert_with_key(|top| match top {
                None => Err(NoBase::NoRepository),
                Some(_) => match Base::find(&p.path, configured) {
                    // A repository without the branch that the settings name is compared as if they named none:
                    // with the remote's default branch, else with HEAD, which holds at least as much.
                    Err(why @ NoBase::UnknownRevision(_)) if !by_flag => {
                        notes.push(Note {
                            kind: NoteKind::Warning,
                            message: format!(
                                "{why}, which `base` of the settings names; the default is used"
                            ),
                            help: Some("fetch it, or correct `base`".to_owned()),
                            at: None,
                        });
                        Base::find(&p.path, None)
                    }
                    found => found,
                }
                .and_then(|b| b.tree()),
            });
            match tree {
                Ok(tree) => {
                    if let Some((addresses, declared)) = addresses(files, tree, parsed, p, inputs) {
                        out.before.insert(p.path.clone(), addresses);
                        out.declared.insert(p.path.clone(), declared);
                        let now = p.resources.iter().map(|r| r.address.to_string());
                        out.now.insert(p.path.clone(), now.collect());
                    }
                }
                Err(why) => notes.extend(note(why, configured)),
            }
        }
        notes.dedup();
        out.share_states(parsed, plans);
        for (top, tree) in &trees {
            if let Ok(tree) = tree {
                let here: Vec<&Plan> =
                    plans.iter().filter(|p| trueline_forge::repository(&p.path) == *top).collect();
                out.doubt(files, tree, parsed, &here);
            }
        }
        (out, notes)
    }

    /// A root whose state lies where another root's does has that one's resources.
    fn share_states(&mut self, parsed: &Parsed, plans: &[Plan]) {
        let states: Vec<(&Plan, Option<String>)> = plans
            .iter()
            .filter(|p| p.source == PlanSource::Static)
            .map(|p| (p, parsed.outline(&p.path).state))
            .collect();
        let mut more: BTreeMap<Arc<str>, BTreeSet<String>> = BTreeMap::new();
        for (p, state) in states.iter().filter(|(p, s)| s.is_some() && self.before.contains_key(&p.path)) {
            for (q, _) in states.iter().filter(|(q, s)| s == state && q.path != p.path) {
                let had = match self.before.get(&q.path) {
                    Some(before) => before.clone(),
                    None => q.resources.iter().map(bare_or_whole).collect(),
                };
                more.entry(p.path.clone()).or_default().extend(had);
            }
        }
        for (root, addresses) in more {
            self.before.entry(root).or_default().extend(addresses);
        }
    }

    /// Finds what has a new address, and may be something that vanished or that stands elsewhere.
    fn doubt(&mut self, files: &dyn Files, tree: &Tree, parsed: &Parsed, plans: &[&Plan]) {
        let new: Vec<(&Plan, &Resource)> = plans
            .iter()
            .filter(|p| p.source == PlanSource::Static)
            .flat_map(|p| p.resources.iter().map(move |r| (*p, r)))
            .filter(|(p, r)| self.is_new(p, r))
            .collect();
        if new.is_empty() {
            return;
        }
        let keys: BTreeSet<(Arc<str>, Arc<str>)> =
            new.iter().map(|(_, r)| (r.address.kind.clone(), r.address.name.clone())).collect();
        let elsewhere = Elsewhere::find(files, tree, parsed);
        let standing = standing(tree, parsed);
        let mut outlines = BTreeMap::new();
        for (plan, r) in new {
            let file = r.declared.as_ref().and_then(|d| parsed.sources.get(d.file));
            let dir = file.map_or("", |f| f.path.rsplit_once('/').map_or(".", |(dir, _)| dir));
            let outline = outlines.entry(dir).or_insert_with(|| parsed.outline(dir));
            let key = (r.address.kind.clone(), r.address.name.clone());
            let named = outline.resources.get(&key).cloned().unwrap_or_default();
            let beside = standing.get(&key.0).into_iter().flatten();
            let stands = beside.filter(|(d, _)| **d != *dir).any(|(_, other)| other.agrees(&named));
            let thing = Thing { kind: key.0, label: key.1, named };
            let remote = dir.split('/').any(|part| part == ".terraform");
            let may_be = elsewhere.as_ref().is_none_or(|e| e.may_be(&thing, &keys, remote));
            if stands || may_be {
                let bare = r.address.without_keys().to_string();
                self.moved.entry(plan.path.clone()).or_default().insert(bare);
            }
        }
    }

    /// True if the resource did not exist before.
    pub fn is_new(&self, plan: &Plan, resource: &Resource) -> bool {
        if plan.source == PlanSource::Real {
            return resource.actions == [Action::Create];
        }
        let Some(before) = self.before.get(&plan.path) else { return false };
        let address = resource.address.to_string();
        let bare = resource.address.without_keys().to_string();
        let moved = self.moved.get(&plan.path).is_some_and(|m| m.contains(&bare));
        let elsewhere = || {
            let label = (resource.address.kind.to_string(), resource.address.name.to_string());
            self.now.get(&plan.path).is_none_or(|now| !now.contains(&address))
                && self.declared.get(&plan.path).is_some_and(|d| d.contains(&label))
        };
        !moved
            && !before.contains(&address)
            && !before.contains(&bare)
            && !self.is_target(plan, &bare)
            && !elsewhere()
    }

    fn is_target(&self, plan: &Plan, bare: &str) -> bool {
        let all = plan.directories.iter().filter_map(|d| self.targets.get(d)).flatten();
        // a target counts from the module it is written in, and may be a whole module
        let padded = format!(".{bare}.");
        all.into_iter().any(|t| padded.contains(&format!(".{t}.")))
    }
}

/// Only a base that was asked for, or that git refuses, is worth a word: to have none is normal.
fn note(why: &NoBase, configured: Option<&str>) -> Option<Note> {
    let kind = match why {
        NoBase::UnknownRevision(_) => NoteKind::Error,
        NoBase::Untrusted | NoBase::Timeout(_) | NoBase::Git(_) => NoteKind::Warning,
        _ if configured.is_some() => NoteKind::Warning,
        NoBase::Shallow => NoteKind::Info,
        NoBase::NoGit | NoBase::NoRepository | NoBase::NoCommits => return None,
    };
    let help = match why {
        NoBase::Shallow => {
            "fetch the whole history (`fetch-depth: 0`), and fixes of new resources can do more"
        }
        NoBase::UnknownRevision(_) => "fetch it, or correct `base`",
        _ => "fixes that would replace or interrupt a resource stay unsafe",
    };
    let message = format!("all resources count as existing: {why}");
    Some(Note { kind, message, help: Some(help.to_owned()), at: None })
}

/// Addresses, and types with labels.
type Before = (BTreeSet<String>, BTreeSet<(String, String)>);

/// What there was at the base; `None` if every resource counts as existing.
fn addresses(files: &dyn Files, tree: &Tree, parsed: &Parsed, now: &Plan, inputs: &Inputs) -> Option<Before> {
    tree.fetch(now.directories.iter().map(|d| &**d)).ok()?;
    if now.directories.iter().all(|d| unchanged(files, tree, parsed, d)) {
        return None;
    }
    if !tree.is_dir(&now.path) {
        return Some(Before::default());
    }
    let before = Parsed::load(tree, &[now.path.to_string()]);
    let mut out = BTreeSet::new();
    for root in before.roots() {
        let then = plan(tree, &before, &root, inputs);
        if then.notes.iter().any(|n| n.kind == NoteKind::Error) {
            return None;
        }
        out.extend(then.resources.iter().map(bare_or_whole));
    }
    let blocks = before.trees.values().flat_map(|t| t.body.blocks_of("resource"));
    let labels = blocks.filter_map(|b| Some((b.label(0)?.to_owned(), b.label(1)?.to_owned())));
    Some((out, labels.collect()))
}

/// The address of an instance; without its key where it stands for instances whose number is not known.
fn bare_or_whole(r: &Resource) -> String {
    if r.deferred { r.address.without_keys() } else { r.address.clone() }.to_string()
}

/// True if the Terraform files of a directory are those of the base.
fn unchanged(files: &dyn Files, tree: &Tree, parsed: &Parsed, dir: &str) -> bool {
    let names = |all: std::io::Result<Vec<Entry>>| -> Vec<String> {
        all.unwrap_or_default()
            .into_iter()
            .filter(|e| !e.is_dir && is_terraform(&e.name))
            .map(|e| e.name)
            .collect()
    };
    let here = names(files.list(dir));
    here == names(tree.list(dir))
        && here.iter().all(|name| {
            let path = trueline_text::normalize(&format!("{dir}/{name}"));
            let now = parsed.sources.find(&path).and_then(|id| parsed.sources.get(id));
            now.is_some_and(|now| tree.holds(&path, now.text.as_bytes()))
        })
}

fn targets(parsed: &Parsed) -> BTreeMap<Arc<str>, Vec<String>> {
    let mut out: BTreeMap<Arc<str>, Vec<String>> = BTreeMap::new();
    for (dir, ids) in &parsed.directories {
        for id in ids {
            let (Some(tree), Some(file)) = (parsed.trees.get(id), parsed.sources.get(*id)) else { continue };
            for item in &tree.body.items {
                let Item::Block(b) = item else { continue };
                if !matches!(&*b.kind.text, "moved" | "import") {
                    continue;
                }
                if let Some(to) = b.body.attribute("to") {
                    out.entry(dir.clone()).or_default().push(without_keys(file.slice(to.expr.span)));
                }
            }
        }
    }
    out
}

/// An address as written, with what stands in brackets left out.
fn without_keys(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0u32;
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            c if depth == 0 && !quoted && !c.is_whitespace() => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_are_left_out() {
        assert_eq!(super::without_keys("module.a[\"x.]\"].aws_s3_bucket.b[0]"), "module.a.aws_s3_bucket.b");
        assert_eq!(super::without_keys("aws_s3_bucket . b[each.key]"), "aws_s3_bucket.b");
    }
}
