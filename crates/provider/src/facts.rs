//! Facts of AWS and its provider that no schema tells.

use trueline_model::{Address, Route, Segment};

/// The major version of the AWS provider from which on resources name their region.
pub const REGIONAL: u64 = 6;

/// Types that set an attribute of the resource they refer to, so that the two overwrite each other: with that attribute.
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

/// The attribute of the served resource that a companion of this type would overwrite.
pub fn overwrites(companion: &str) -> Option<&'static str> {
    OVERWRITES.iter().find(|(kind, _)| *kind == companion).map(|(_, attribute)| *attribute)
}

/// Types whose tag keys are the same one where they differ in nothing but case.
const CASE_BLIND: [&str; 3] = ["aws_iam_role", "aws_iam_user", "aws_iam_service_linked_role"];

/// True if tag keys of this type that differ in nothing but case are the same one.
pub fn has_case_blind_tags(kind: &str) -> bool {
    CASE_BLIND.contains(&kind)
}

/// True for attributes of AWS's data sources that name one thing: `arn`, `id`, `account_id`, `iam_arn`, `arns[0]`.
pub fn names_one_thing(a: &Address, route: &Route) -> bool {
    let mut last: Option<&str> = None;
    let mut before_was_name = false;
    for step in &route.0 {
        match step {
            // A member of a map is called as somebody likes.
            Segment::Name(_) if before_was_name => return false,
            Segment::Name(n) => {
                last = Some(n);
                before_was_name = true;
            }
            Segment::Index(_) => before_was_name = false,
        }
    }
    let Some(name) = last else { return false };
    let ends = |s: &str| name == s || name.strip_suffix(s).is_some_and(|head| head.ends_with('_'));
    a.kind.starts_with("aws_")
        // It takes an ARN apart that somebody gave.
        && &*a.kind != "aws_arn"
        && ["arn", "id", "arns", "ids"].into_iter().any(ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::aws;

    /// A fact about a type or attribute that the provider does not have would never be asked for.
    #[test]
    fn facts_name_what_the_provider_has() {
        for (companion, attribute) in OVERWRITES {
            let served = companion.split('_').take(3).collect::<Vec<_>>().join("_");
            assert!(aws().resource(companion).is_some(), "{companion}");
            let schema = aws().resource(&served).unwrap_or_else(|| panic!("{served}"));
            assert!(
                schema.attributes.contains_key(attribute) || schema.blocks.contains_key(attribute),
                "{served}.{attribute}"
            );
        }
        for kind in CASE_BLIND {
            assert!(aws().resource(kind).is_some_and(|s| s.attributes.contains_key("tags")), "{kind}");
        }
    }
}
