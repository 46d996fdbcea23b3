//! Companions: resources that refer to the one they serve, found or made.

use std::sync::Arc;

use trueline_model::{Address, Link, OpValue, Resource, Route};
use trueline_terraform::schema;

use super::scene::Scene;
use super::{combine, set, upstream, walk};
use crate::NoPlace;
use crate::change::{Change, Companion, Made, Placement, build};

/// Attributes of the served resource that a companion of this type would overwrite.
const OVERWRITES: [(&str, &str); 9] = [
    ("aws_s3_bucket_policy", "policy"),
    ("aws_s3_bucket_lifecycle_configuration", "lifecycle_rule"),
    ("aws_s3_bucket_versioning", "versioning"),
    ("aws_s3_bucket_server_side_encryption_configuration", "server_side_encryption_configuration"),
    ("aws_s3_bucket_logging", "logging"),
    ("aws_s3_bucket_acl", "acl"),
    ("aws_s3_bucket_cors_configuration", "cors_rule"),
    ("aws_sns_topic_policy", "policy"),
    ("aws_sqs_queue_policy", "policy"),
];

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
        None => make(scene, served, kind, link, values).map(|p| vec![p]),
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
            Bond::Certain => return Ok(Some(candidate)),
            Bond::None => {}
            Bond::Unsure => unsure = unsure.or(Some(candidate)),
        }
    }
    match unsure {
        Some(companion) => Err(NoPlace::CompanionUnsure {
            companion: companion.address.to_string(),
            address: served.address.to_string(),
        }),
        None => Ok(None),
    }
}

enum Bond {
    Certain,
    None,
    Unsure,
}

fn bond(candidate: &Resource, served: &Resource, route: &Route, target: &str) -> Bond {
    let links: Vec<&Link> = candidate.links.iter().filter(|l| route.is_prefix_of(&l.route)).collect();
    if links.iter().any(|l| l.certain && l.to == served.address) {
        return Bond::Certain;
    }
    if links.iter().any(|l| !l.certain && l.to.without_keys() == served.address.without_keys()) {
        return Bond::Unsure;
    }
    let managed = |l: &&&Link| l.to.mode == trueline_model::Mode::Managed && l.to.kind == served.address.kind;
    if links.iter().any(|l| l.certain && managed(&l)) {
        return Bond::None;
    }
    match candidate.values.at(route) {
        None => Bond::None,
        Some(v) if v.is_unset() => Bond::None,
        Some(v) => match v.as_str() {
            // Written out instead of referred to: the same name is the same resource.
            Some(name) => {
                let names = [target, "name", &*route.to_string(), "bucket", "identifier"];
                let own = names.iter().filter_map(|n| served.values.at(&Route::name(*n)));
                let mut own = own.filter(|v| !v.is_unset()).peekable();
                if own.clone().any(|v| v.as_str() == Some(name)) {
                    Bond::Certain
                } else if own.peek().is_some() && own.all(|v| v.as_str().is_some()) {
                    Bond::None
                } else {
                    Bond::Unsure
                }
            }
            None => Bond::Unsure,
        },
    }
}

fn make(
    scene: &Scene<'_>,
    served: &Resource,
    kind: &str,
    link: &[(String, String)],
    values: &[(Route, OpValue)],
) -> Result<Placement, NoPlace> {
    if !scene.owns(served) {
        return Err(NoPlace::Upstream { address: served.address.to_string(), route: kind.to_owned() });
    }
    let overwritten = OVERWRITES.iter().find(|(k, a)| {
        let there = served.values.at(&Route::name(*a));
        *k == kind && there.is_some_and(|v| !v.is_unset() && v.as_items().is_none_or(|i| !i.is_empty()))
    });
    if let Some((_, attribute)) = overwritten {
        let (kind, attribute) = (kind.to_owned(), (*attribute).to_owned());
        return Err(NoPlace::Overwrites { kind, attribute, address: served.address.to_string() });
    }
    let (after, node) = scene.declaration(served)?;
    let schema = schema::aws().resource(kind);
    let label = free_label(scene, scene.path(after.file), kind, &served.address.name);
    let address = Address { kind: kind.into(), name: label.as_str().into(), ..served.address.clone() };
    let stand_in = Resource { address, ..served.clone() };
    let mut entries = Vec::new();
    for (route, value) in values {
        let steps = set::steps(&stand_in, route, schema.as_ref(), &route.0)?;
        entries.push((steps, value.clone()));
    }
    let body = build(&entries).ok_or_else(|| NoPlace::Value {
        route: kind.to_owned(),
        problem: "its values do not fit together".to_owned(),
    })?;
    let mut meta: Vec<(Arc<str>, String)> = Vec::new();
    let mut instance = String::new();
    for name in ["count", "for_each", "provider"] {
        let Some((expr, _)) = walk::argument(node, name) else { continue };
        let text = expr.span.text(scene.text(after.file)).to_owned();
        instance = match name {
            "count" => "[count.index]".to_owned(),
            "for_each" => "[each.key]".to_owned(),
            _ => instance,
        };
        meta.push((name.into(), text));
    }
    let own = (served.address.kind.clone(), served.address.name.clone());
    let refer = |attribute: &String| format!("{}.{}{instance}.{attribute}", own.0, own.1);
    let link = link.iter().map(|(a, t)| (Arc::from(a.as_str()), refer(t))).collect();
    let companion =
        Companion { after, kind: kind.into(), label: label.as_str().into(), serves: own, meta, link, body };
    let creates =
        vec![Made { resource: (kind.into(), companion.label.clone()), serves: companion.serves.clone() }];
    Ok(Placement { creates, ..Placement::of(Change::Companion(companion)) })
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
