//! Constraints, what they admit, and which editions stand for it.

use super::*;

fn v(text: &str) -> Version {
    text.parse().unwrap()
}

fn of(constraints: &[&str], locked: Option<&str>) -> ProviderVersions {
    let all: Vec<String> = constraints.iter().map(|c| (*c).to_owned()).collect();
    admitted(&all, locked)
}

fn version(edition: Edition) -> String {
    let (_, v) = editions().into_iter().find(|(e, _)| *e == edition).unwrap();
    format!("{}.{}", v.0, v.1)
}

/// The versions whose schemas must all refuse; `-` if one is not known.
fn refuse(constraints: &[&str], locked: Option<&str>) -> String {
    match refusing(&of(constraints, locked)) {
        Some(all) => all.into_iter().map(version).collect::<Vec<_>>().join(" "),
        None => "-".to_owned(),
    }
}

/// The versions that must all know what is written.
fn know(constraints: &[&str], locked: Option<&str>) -> String {
    let mut all: Vec<String> =
        knowing(&of(constraints, locked)).into_iter().map(|(_, e)| version(e)).collect();
    all.dedup();
    all.join(" ")
}

#[test]
fn the_newest_of_each_major_version_refuses_and_the_oldest_knows() {
    for (constraints, locked, refused, known) in [
        (&[][..], None, "3.75 4.67 5.100 6.66", "5.100 6.66"),
        (&["~> 5.0"], None, "5.100", "4.67 5.13"),
        (&["5.100.0"], None, "5.100", "5.100"),
        (&["~> 5.100"], None, "5.100", "5.100"),
        (&[">= 5.0"], None, "5.100 6.66", "4.67 5.13 6.0"),
        (&[">= 4.0, < 6.0"], None, "4.67 5.100", "3.75 4.8 4.67 5.13"),
        (&[">= 4.0", "< 6.0"], None, "4.67 5.100", "3.75 4.8 4.67 5.13"),
        (&["~> 6.0"], None, "6.66", "6.0"),
        (&[">= 6.2"], None, "6.66", "6.0 6.25"),
        (&["~> 6.45.0"], None, "6.45", "6.45"),
        (&["= 3.70.0"], None, "3.75", "3.60 3.74"),
        (&["~> 3.0"], None, "3.75", "2.70 3.30"),
        (&["~> 2.46"], None, "-", "2.70"),
        (&["~> 2.70"], None, "-", "2.70"),
        // Locked, where that meets what is stated.
        (&[">= 3.0"], Some("3.50.0"), "3.75", "3.30 3.60"),
        (&[">= 5.0"], Some("6.10.0"), "6.25", "6.0 6.25"),
        (&["~> 5.0"], Some("3.50.0"), "5.100", "4.67 5.13"),
        (&[], Some("5.100.0"), "5.100", "5.100"),
        // Nothing is known of these.
        (&["~> 1.0"], None, "-", "2.70"),
        (&[">= 1.0"], None, "-", "2.70 3.30 3.75 4.8 4.67 5.13 6.0"),
        (&["~> 7.0"], None, "-", "6.66"),
        (&["~> 6.300.0"], None, "-", "6.66"),
        (&["~> 4.0", "~> 5.0"], None, "-", ""),
        (&["garbage"], None, "-", ""),
    ] {
        assert_eq!(refuse(constraints, locked), refused, "{constraints:?} {locked:?} refuse");
        let mut expected: Vec<&str> = known.split(' ').filter(|k| !k.is_empty()).collect();
        let found = know(constraints, locked);
        let mut found: Vec<&str> = found.split(' ').filter(|k| !k.is_empty()).collect();
        expected.sort_unstable();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, expected, "{constraints:?} {locked:?} know");
    }
}

#[test]
fn ranges_name_the_lowest_and_the_highest_version() {
    let ranges = |c: &str| of(&[c], None).ranges;
    assert_eq!(ranges("~> 5.31.1"), [(v("5.31.1"), v("5.31.99"))]);
    assert_eq!(ranges("> 4.66.0, < 5.1"), [(v("4.66.1"), v("4.67.99")), (v("5.0.0"), v("5.0.99"))]);
    assert_eq!(ranges("!= 5.100.0, ~> 5.100.0"), [(v("5.100.1"), v("5.100.99"))]);
    assert_eq!(ranges("< 1.0.0, > 1.0.0"), []);
}

fn lack(
    constraints: &[&str],
    locked: Option<&str>,
    kind: &str,
    route: &str,
    written: Option<usize>,
) -> Option<String> {
    let provider = ProviderRef {
        source: "registry.terraform.io/hashicorp/aws".into(),
        versions: Arc::new(of(constraints, locked)),
        ..ProviderRef::default()
    };
    let found = lacking(&provider, (Section::Resource, kind), &route.parse().unwrap(), written)?;
    let name = found.name.map_or_else(|| "type".to_owned(), |n| n.to_string());
    Some(format!("{} {name}", found.version))
}

#[test]
fn what_any_admitted_version_lacks_is_not_written() {
    let encryption = "aws_s3_bucket_server_side_encryption_configuration";
    for (constraints, locked, kind, route, written, lacks) in [
        // The resources of a bucket's parts came with 4.0 and were taken back to 3.75.
        (&["= 3.70.0"][..], None, encryption, "rule", None, Some("3.70.0 type")),
        (&[">= 3.0"], Some("3.50.0"), encryption, "rule", None, Some("3.50.0 type")),
        (&["~> 2.70"], None, encryption, "rule", None, Some("2.70.0 type")),
        (&[">= 3.0"], None, encryption, "rule", None, Some("3.0.0 type")),
        (&["~> 4.0"], None, encryption, "rule", None, None),
        (&["~> 5.0"], None, encryption, "rule", None, None),
        (&[], None, encryption, "rule", None, None),
        (
            &["~> 2.70"],
            None,
            "aws_sqs_queue",
            "sqs_managed_sse_enabled",
            Some(0),
            Some("2.70.0 sqs_managed_sse_enabled"),
        ),
        (
            &[">= 3.0"],
            None,
            "aws_sqs_queue",
            "sqs_managed_sse_enabled",
            Some(0),
            Some("3.0.0 sqs_managed_sse_enabled"),
        ),
        (&["~> 4.0"], None, "aws_sqs_queue", "sqs_managed_sse_enabled", Some(0), None),
        (&["~> 5.0"], None, "aws_sqs_queue", "region", Some(0), Some("5.0.0 region")),
        (&[">= 5.0"], None, "aws_sqs_queue", "region", Some(0), Some("5.0.0 region")),
        (&["~> 6.0"], None, "aws_sqs_queue", "region", Some(0), None),
        (&[], None, "aws_ebs_volume", "encrypted", Some(0), None),
        (&[">= 2.0"], None, "aws_ebs_volume", "encrypted", Some(0), None),
        (&[">= 1.0"], None, "aws_ebs_volume", "encrypted", Some(0), None),
        // A version that lacks what is there already is not the one that is used.
        (&[">= 2.0"], None, encryption, "rule.bucket_key_enabled", Some(1), None),
        (&["~> 4.0"], None, "aws_autoscaling_group", "tag.key", Some(0), None),
        (&["~> 4.0"], None, "aws_sqs_queue", "nonsense", Some(0), Some("4.0.0 nonsense")),
    ] {
        assert_eq!(
            lack(constraints, locked, kind, route, written),
            lacks.map(str::to_owned),
            "{constraints:?} {locked:?} {kind} {route}"
        );
    }
}

#[test]
fn each_edition_has_what_the_changelog_of_its_version_says() {
    let has = |version: &str, section: Section, kind: &str, name: &str| {
        let (edition, _) = editions().into_iter().find(|(_, e)| e.to_string().starts_with(version)).unwrap();
        let schema = schema::aws().in_edition(edition, section, kind);
        schema.is_some_and(|s| {
            name.is_empty()
                || s.blocks.contains_key(name)
                || s.attributes.get(name).is_some_and(|a| !a.is_read_only())
        })
    };
    let mut wrong = Vec::new();
    use Section::{DataSource, Provider, Resource};
    for (section, kind, name, from, before) in [
        (Resource, "aws_s3_bucket_versioning", "", "3.75", "3.74"),
        (Resource, "aws_s3_bucket_acl", "", "4.8", "3.74"),
        (Resource, "aws_sqs_queue", "sqs_managed_sse_enabled", "4.8", "3.60"),
        (Resource, "aws_sqs_queue", "tags_all", "3.60", "2.70"),
        (Resource, "aws_sqs_queue", "region", "6.0", "5.100"),
        (Resource, "aws_vpc_security_group_ingress_rule", "", "4.67", "4.50"),
        (Resource, "aws_lambda_function", "ephemeral_storage", "4.15", "3.75"),
        (Resource, "aws_db_instance", "manage_master_user_password", "4.67", "4.50"),
        (Resource, "aws_db_instance", "dedicated_log_volume", "5.62", "5.13"),
        (
            Resource,
            "aws_s3_bucket_lifecycle_configuration",
            "transition_default_minimum_object_size",
            "5.84",
            "5.62",
        ),
        (DataSource, "aws_iam_policy_document", "override_policy_documents", "3.60", "2.70"),
        (Provider, "", "default_tags", "3.60", "2.70"),
        (Provider, "", "skip_get_ec2_platforms", "4.67", "5.13"),
        // What went away.
        (Resource, "aws_autoscaling_group", "tags", "4.67", "5.13"),
        (Resource, "aws_db_security_group", "", "4.67", "5.13"),
        (Resource, "aws_s3_bucket", "region", "2.70", "3.30"),
        (Resource, "aws_eip", "vpc", "5.100", "6.0"),
        (Resource, "aws_opsworks_stack", "", "5.100", "6.0"),
        (Resource, "aws_flow_log", "log_group_name", "5.100", "6.0"),
        (Resource, "aws_instance", "cpu_core_count", "5.100", "6.0"),
        (Resource, "aws_elasticache_replication_group", "cluster_mode", "4.67", "5.13"),
    ] {
        if !has(from, section, kind, name) {
            wrong.push(format!("{kind} {name} is in {from}"));
        }
        if has(before, section, kind, name) {
            wrong.push(format!("{kind} {name} is not in {before}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The same in all.
    for (edition, v) in editions() {
        let bucket = schema::aws().in_edition(edition, Resource, "aws_s3_bucket").unwrap();
        // From 4.0 to 4.8 it could only be read.
        let read_only = (Version(4, 0, 0)..Version(4, 9, 0)).contains(&v);
        assert_eq!(bucket.blocks.contains_key("server_side_encryption_configuration"), !read_only, "{v}");
        assert!(bucket.attributes["bucket"].optional && bucket.attributes.contains_key("id"), "{v}");
        let role = schema::aws().in_edition(edition, Resource, "aws_iam_role").unwrap();
        assert!(
            role.attributes["assume_role_policy"].required && !role.attributes.contains_key("region"),
            "{v}"
        );
        let group = schema::aws().in_edition(edition, Resource, "aws_security_group").unwrap();
        // Of an upper bound it is not certain.
        assert!(edition.is_bound() || group.attributes["ingress"].allows_blocks(), "{v}");
        let config = schema::aws().in_edition(edition, Resource, "aws_launch_configuration").unwrap();
        assert!(config.blocks["root_block_device"].block.attributes.contains_key("volume_type"), "{v}");
    }
}

#[test]
fn every_type_of_every_edition_decodes() {
    for (edition, v) in editions() {
        let count = |section| {
            let all = schema::aws().all_names(section).into_iter();
            all.filter(|n| schema::aws().in_edition(edition, section, n).is_some()).count()
        };
        assert!(count(Section::Resource) > 500 && count(Section::DataSource) > 100, "{v}");
        assert_eq!(count(Section::Provider), 1, "{v}");
    }
}

/// The bindings before 4.15 leave `arn` out of the arguments of whatever has it among them.
#[test]
fn an_arn_may_be_written_in_every_edition() {
    use Section::DataSource;
    for (edition, v) in editions() {
        for kind in ["aws_secretsmanager_secret", "aws_lb_target_group", "aws_lb"] {
            let schema = schema::aws().in_edition(edition, DataSource, kind).unwrap();
            let arn = &schema.attributes["arn"];
            assert!(arn.optional && !arn.required, "{kind} {v}");
        }
        let parsed = schema::aws().in_edition(edition, DataSource, "aws_arn").unwrap();
        assert!(parsed.attributes["arn"].required, "{v}");
        let secret =
            schema::aws().in_edition(edition, Section::Resource, "aws_secretsmanager_secret").unwrap();
        assert!(secret.attributes["arn"].is_read_only(), "{v}");
    }
}
