//! What companions of a bucket say, said in the bucket: as providers before 4.0 had it, and where it is written so.
//!
//! Enters: what a companion would be made with. Leaves: the ways to set the same in blocks of the bucket itself.

use trueline_model::{OpValue, Resource, Route, Segment};

use super::scene::Scene;
use super::{combine, set};
use crate::change::Placement;

/// Companions with the block of the bucket that says the same.
const BLOCKS: [(&str, &str); 4] = [
    ("aws_s3_bucket_versioning", "versioning"),
    ("aws_s3_bucket_server_side_encryption_configuration", "server_side_encryption_configuration"),
    ("aws_s3_bucket_logging", "logging"),
    ("aws_s3_bucket_lifecycle_configuration", "lifecycle_rule"),
];

/// The ways to set in the bucket what a companion of this type would have; none if its block can't say that, or not in all
/// versions that may be used.
pub fn ways(
    scene: &Scene<'_>,
    served: &Resource,
    kind: &str,
    values: &[(Route, OpValue)],
) -> Option<Vec<Placement>> {
    let (_, block) = BLOCKS.iter().find(|(k, _)| *k == kind && *served.address.kind == *"aws_s3_bucket")?;
    let mut all = Vec::new();
    for (route, value) in values {
        all.extend(said(block, route, value)?);
    }
    // As people write them: whose rule it is, whether it is on, and what it does.
    let of = |name: &str, r: &Route| matches!(r.0.last(), Some(Segment::Name(n)) if **n == *name);
    all.sort_by_key(|(r, _)| (!of("id", r), !of("enabled", r)));
    let mut each = Vec::new();
    for (route, value) in all {
        each.push(set::set(scene, served, &route, &value).ok()?);
    }
    Some(combine(&each))
}

/// The same in the block: where and what; nothing where it goes without saying. None if it can't be said.
fn said(block: &str, route: &Route, value: &OpValue) -> Option<Option<(Route, OpValue)>> {
    let names: Vec<&str> = route
        .0
        .iter()
        .filter_map(|s| match s {
            Segment::Name(n) => Some(&**n),
            Segment::Index(_) => None,
        })
        .collect();
    let first = Route::name(block).element(0);
    let enabled = || match value {
        OpValue::Json(serde_json::Value::String(s)) if s == "Enabled" => {
            Some((first.child("enabled"), OpValue::Json(true.into())))
        }
        _ => None,
    };
    let at = |name: &str| Some((first.child(name), value.clone()));
    Some(match (block, names.as_slice()) {
        ("versioning", ["versioning_configuration", "status"]) | ("lifecycle_rule", ["rule", "status"]) => {
            Some(enabled()?)
        }
        ("lifecycle_rule", ["rule", "id"]) => at("id"),
        // Without a prefix it is for the whole bucket.
        ("lifecycle_rule", ["rule", "filter"]) => None,
        ("lifecycle_rule", ["rule", "abort_incomplete_multipart_upload", "days_after_initiation"]) => {
            at("abort_incomplete_multipart_upload_days")
        }
        ("logging", [_]) | ("server_side_encryption_configuration", ["rule", ..]) => {
            Some((Route([&first.0[..], &route.0].concat()), value.clone()))
        }
        _ => return None,
    })
}
