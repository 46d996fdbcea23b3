//! Companions: resources that refer to the one they serve, found or made.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_hcl::ExprKind;
use trueline_model::{Address, Key, OpValue, Resource, Route};
use trueline_provider::facts;
use trueline_text::Location;

use super::scene::{BodyNode, Scene};
use super::survey::{Bond, Served, bond, may_be};
use super::{combine, inline, set, steps, upstream, walk};
use crate::NoPlace;
use crate::change::{Change, Companion, Made, Placement, build};

/// The ways to have a companion of this type with these values.
pub fn ensure(
    scene: &Scene<'_>,
    served: &Resource,
    kind: &str,
    link: &[(String, String)],
    values: &[(Route, OpValue)],
) -> Result<Vec<Placement>, NoPlace> {
    match existing(scene, served, kind, link)? {
        Some(companion) => {
            let mut each = Vec::new();
            for (route, value) in values {
                each.push(set::set(scene, companion, route, value)?);
            }
            Ok(combine(&each))
        }
        None => {
            let keys = keys(scene, served, kind, link)?;
            match make(scene, served, kind, link, values, &keys) {
                Err(reason @ (NoPlace::Overwrites { .. } | NoPlace::NotInVersion { .. })) => {
                    inline::ways(scene, served, kind, values).ok_or(reason)
                }
                made => made.map(|p| vec![p]),
            }
        }
    }
}

/// The companion that refers to `served` already.
fn existing<'a>(
    scene: &Scene<'a>,
    served: &Resource,
    kind: &str,
    link: &[(String, String)],
) -> Result<Option<&'a Resource>, NoPlace> {
    let Some((attribute, target)) = link.first() else { return Ok(None) };
    let route = Route::name(attribute.as_str());
    let mut unsure = None;
    for candidate in scene.plan.resources.iter().filter(|r| *r.address.kind == *kind) {
        match bond(candidate, served, &route, target) {
            Bond::Certain if candidate.stands_with(served) => return Ok(Some(candidate)),
            Bond::Certain => {
                let why: Vec<String> = candidate.conditions.iter().map(|c| c.why.to_string()).collect();
                unsure = Some(NoPlace::CompanionPerhaps {
                    companion: candidate.address.to_string(),
                    address: served.address.to_string(),
                    why: why.join("; "),
                });
            }
            Bond::None => {}
            Bond::Unsure => {
                unsure = unsure.or(Some(NoPlace::CompanionUnsure {
                    companion: candidate.address.to_string(),
                    address: served.address.to_string(),
                }));
            }
        }
    }
    unsure.map_or(Ok(None), Err)
}

/// Which instances of the served resource's block a new companion is for.
enum Keys {
    /// All of them: none has one.
    All,
    /// All but these, which have one.
    But(BTreeSet<Key>),
    /// This one only: of instances that never change the others have one.
    Only(Key),
}

/// Finds out for whom a companion may be made. What has one, or may have one with other values, gets no second.
fn keys(
    scene: &Scene<'_>,
    served: &Resource,
    kind: &str,
    link: &[(String, String)],
) -> Result<Keys, NoPlace> {
    let Some((attribute, target)) = link.first() else { return Ok(Keys::All) };
    let route = Route::name(attribute.as_str());
    let survey = scene.surveys.of(scene, served, kind, &route, target)?;
    let own = |root: &Arc<str>, a: &Address| *root == scene.plan.path && may_be(a, &served.address);
    if let Some(s) = survey.served.iter().find(|s| own(&s.root, &s.address)) {
        let (companion, address) = (s.companion.to_string(), served.address.to_string());
        let here = scene.plan.resources.iter().any(|r| r.address == s.companion);
        return Err(match s.sure || !here {
            true => NoPlace::SwitchedOff { companion, address },
            false => NoPlace::CompanionUnsure { companion, address },
        });
    }
    let Some(first) = survey.served.iter().next() else { return Ok(Keys::All) };
    let refused = |s: &Served| NoPlace::SiblingServed {
        kind: kind.to_owned(),
        address: served.address.to_string(),
        sibling: s.address.to_string(),
        companion: s.companion.to_string(),
    };
    // The block is one text for all its instances: only where all are here can some be left out by their keys.
    let here =
        |(root, a): &(Arc<str>, Address)| *root == scene.plan.path && a.modules == served.address.modules;
    if !survey.instances.iter().all(here) {
        return Err(refused(first));
    }
    let mut taken = BTreeSet::new();
    for s in &survey.served {
        match &s.address.key {
            Some(key @ (Key::Index(_) | Key::Name(_))) if s.sure => drop(taken.insert(key.clone())),
            _ => return Err(refused(s)),
        }
    }
    let (_, node) = scene.declaration(served)?;
    let mut left = survey.instances.iter().filter_map(|(_, a)| a.key.clone()).filter(|k| !taken.contains(k));
    Ok(match (left.next(), left.next()) {
        (Some(one), None) if is_constant(node) => Keys::Only(one),
        _ => Keys::But(taken),
    })
}

/// `count` or `for_each` is written out, so it is the same with all values.
fn is_constant(node: BodyNode<'_>) -> bool {
    ["count", "for_each"].iter().filter_map(|n| walk::argument(node, n)).all(|(e, _)| {
        let mut todo = vec![e];
        while let Some(e) = todo.pop() {
            match &e.unparen().kind {
                ExprKind::Number(_) | ExprKind::Object(_) => {}
                ExprKind::Tuple(items) => todo.extend(items),
                ExprKind::Call(c) if &*c.name.text == "toset" => todo.extend(&c.args),
                _ if e.unparen().as_literal_str().is_some() => {}
                _ => return false,
            }
        }
        true
    })
}

fn make(
    scene: &Scene<'_>,
    served: &Resource,
    kind: &str,
    link: &[(String, String)],
    values: &[(Route, OpValue)],
    keys: &Keys,
) -> Result<Placement, NoPlace> {
    let (after, node) = scene.ended(served)?;
    if !scene.owns(served) {
        return Err(NoPlace::Upstream { address: served.address.to_string(), route: kind.to_owned() });
    }
    if let Some(path) = scene.hiding(kind) {
        return Err(NoPlace::Hidden { kind: kind.to_owned(), path: path.to_owned() });
    }
    let overwritten = facts::overwrites(kind).filter(|a| {
        let there = served.values.at(&Route::name(*a));
        let given = there.is_some_and(|v| !v.is_unset() && v.as_items().is_none_or(|i| !i.is_empty()));
        // Written in a way that the type does not have counts, too: it is meant.
        given || walk::is_written(node, a)
    });
    if let Some(attribute) = overwritten {
        let (kind, attribute) = (kind.to_owned(), attribute.to_owned());
        return Err(NoPlace::Overwrites { kind, attribute, address: served.address.to_string() });
    }
    let label = free_label(scene, scene.path(after.file), kind, &served.address.name);
    let address = Address { kind: kind.into(), name: label.as_str().into(), ..served.address.clone() };
    let stand_in = Resource { address, ..served.clone() };
    steps::known_everywhere(&stand_in, &Route::root(), None)?;
    let schema = scene.schema(&stand_in);
    let mut entries = Vec::new();
    for (route, value) in values {
        steps::known_everywhere(&stand_in, route, None)?;
        let steps = steps::steps(&stand_in, route, schema.as_ref(), &route.0)?;
        entries.push((steps, value.clone()));
    }
    let body = build(&entries).ok_or_else(|| NoPlace::Value {
        route: kind.to_owned(),
        problem: "its values do not fit together".to_owned(),
    })?;
    let own = (served.address.kind.clone(), served.address.name.clone());
    let repeated = repeat(scene, served, (after, node), keys, link);
    let refer = |target: &String| match &repeated.refer {
        Refer::To(instance) => format!("{}.{}{instance}.{target}", own.0, own.1),
        Refer::Each => format!("each.value.{target}"),
        Refer::Value => "each.value".to_owned(),
    };
    let takes_region =
        schema.as_ref().and_then(|s| s.attributes.get("region")).is_some_and(|a| !a.is_read_only());
    let mut own_region = None;
    if served.provider.schema.is_some_and(|v| v.0 >= facts::REGIONAL)
        && takes_region
        && let Some((expr, _)) = walk::argument(node, "region")
    {
        // It has to be where the resource is that it serves.
        own_region = Some(("region".into(), expr.span.text(scene.text(after.file)).to_owned()));
    }
    let meta = repeated.meta;
    let link = link.iter().map(|(a, t)| (Arc::from(a.as_str()), refer(t))).chain(own_region).collect();
    let companion =
        Companion { after, kind: kind.into(), label: label.as_str().into(), serves: own, meta, link, body };
    let creates =
        vec![Made { resource: (kind.into(), companion.label.clone()), serves: companion.serves.clone() }];
    Ok(Placement { creates, ..Placement::of(Change::Companion(companion)) })
}

/// How the instances of a companion are made, and how each refers to its resource.
struct Repeated {
    meta: Vec<(Arc<str>, String)>,
    refer: Refer,
}

enum Refer {
    /// By address, with this index behind the name.
    To(String),
    /// Over the instances of the resource.
    Each,
    /// Over what it refers to.
    Value,
}

fn repeat(
    scene: &Scene<'_>,
    served: &Resource,
    (at, node): (Location, BodyNode<'_>),
    keys: &Keys,
    link: &[(String, String)],
) -> Repeated {
    let name = format!("{}.{}", served.address.kind, served.address.name);
    // In JSON syntax an expression is a string.
    let spelled = |e: String| match node.is_json() {
        true => serde_json::Value::String(format!("${{{e}}}")).to_string(),
        false => e,
    };
    let written = |name: &str| {
        let (expr, _) = walk::argument(node, name)?;
        Some(expr.span.text(scene.text(at.file)).to_owned())
    };
    let mut meta: Vec<(Arc<str>, String)> = Vec::new();
    let refer = match keys {
        Keys::Only(key) => Refer::To(key.to_string()),
        Keys::But(taken) => {
            let taken: Vec<String> = taken.iter().map(spell_key).collect();
            let others = match taken.as_slice() {
                [one] => format!("key != {one}"),
                all => format!("!contains([{}], key)", all.join(", ")),
            };
            let (value, refer) = match link {
                [(_, target)] => (format!("one.{target}"), Refer::Value),
                _ => ("one".to_owned(), Refer::Each),
            };
            let over = format!("{{ for key, one in {name} : key => {value} if {others} }}");
            meta.push(("for_each".into(), spelled(over)));
            refer
        }
        Keys::All => match (written("count"), written("for_each")) {
            (Some(count), _) => {
                meta.push(("count".into(), count));
                Refer::To("[count.index]".to_owned())
            }
            // A name of known keys is repeated as it is, and the two stand beside each other with the same keys.
            (None, Some(names))
                if !served.deferred && walk::argument(node, "for_each").is_some_and(|(e, _)| is_name(e)) =>
            {
                meta.push(("for_each".into(), names));
                Refer::To("[each.key]".to_owned())
            }
            (None, Some(_)) => {
                meta.push(("for_each".into(), spelled(name)));
                Refer::Each
            }
            (None, None) => Refer::To(String::new()),
        },
    };
    meta.extend(written("provider").map(|p| ("provider".into(), p)));
    Repeated { meta, refer }
}

/// True for `local.names` and `var.buckets`.
fn is_name(e: &trueline_hcl::Expr) -> bool {
    match &e.kind {
        ExprKind::Variable(_) => true,
        ExprKind::GetAttr(inner, _) => is_name(inner),
        _ => false,
    }
}

fn spell_key(key: &Key) -> String {
    match key {
        Key::Index(i) => i.to_string(),
        key => key.to_string().trim_matches(['[', ']']).to_owned(),
    }
}

/// The label of the served resource, or with the first of `_2`, `_3`, … that no block of the type in the module has.
fn free_label(scene: &Scene<'_>, path: &str, kind: &str, label: &str) -> String {
    let dir = upstream::directory(path);
    let files = scene.parsed.directories.get(dir.as_str()).map_or(&[][..], Vec::as_slice);
    let taken = |name: &str| files.iter().any(|f| scene.tree(*f).is_some_and(|t| has(t, kind, name)));
    if !taken(label) {
        return label.to_owned();
    }
    (2u32..).map(|n| format!("{label}_{n}")).find(|n| !taken(n)).unwrap_or_default()
}

fn has(tree: &trueline_hcl::File, kind: &str, name: &str) -> bool {
    tree.body.blocks_of("resource").any(|b| b.label(0) == Some(kind) && b.label(1) == Some(name))
}
