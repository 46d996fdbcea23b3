//! The committed digest is whole, and says what the provider says.

use super::*;

#[test]
fn the_committed_digest_opens_and_every_type_decodes() {
    let p = Provider::open(AWS).unwrap();
    assert_eq!((p.source(), p.version()), ("registry.terraform.io/hashicorp/aws", "5.100.0"));
    let all: Vec<&str> = p.resource_types().collect();
    assert_eq!((all.len(), p.data_source_types().count()), (1526, 608));
    assert!(all.is_sorted());
    for name in all {
        assert!(p.resource(name).is_some(), "{name}");
    }
    for name in p.data_source_types() {
        assert!(p.data_source(name).is_some(), "{name}");
    }
    assert!(p.provider_config().unwrap().blocks.contains_key("default_tags"));
}

#[test]
fn a_type_says_kinds_types_and_flags() {
    let bucket = aws().resource("aws_s3_bucket").unwrap();
    let arn = &bucket.attributes["arn"];
    assert!(arn.is_read_only() && arn.ty == Type::String);
    let name = &bucket.attributes["bucket"];
    assert!(name.optional && name.computed && !name.required);
    assert_eq!(bucket.attributes["tags"].ty, Type::Map(Arc::new(Type::String)));
    let sse = &bucket.blocks["server_side_encryption_configuration"];
    assert_eq!((sse.nesting, sse.max_items), (Nesting::List, 1));
    assert_eq!(sse.block.blocks["rule"].min_items, 1);
    assert_eq!(bucket.blocks["timeouts"].nesting, Nesting::Single);
    assert!(aws().resource("aws_db_instance").unwrap().attributes["password"].sensitive);
    assert!(aws().resource("aws_security_group").unwrap().attributes["ingress"].allows_blocks());
    assert_eq!(aws().resource("aws_instance").unwrap().version, 1);
    assert!(aws().data_source("aws_iam_policy_document").unwrap().blocks.contains_key("statement"));
    assert!(aws().resource("aws_s3_buckett").is_none());
}

#[test]
fn identical_blocks_of_a_type_are_one() {
    let acl = aws().resource("aws_wafv2_web_acl").unwrap();
    let rule = &acl.blocks["rule"].block.blocks["statement"].block;
    let byte = |name: &str| {
        rule.blocks[name].block.blocks["statement"].block.blocks["byte_match_statement"].block.clone()
    };
    assert!(Arc::ptr_eq(&byte("and_statement"), &byte("or_statement")));
}

#[test]
fn damaged_bytes_are_an_error() {
    assert_eq!(Provider::open(b"").err(), Some(DigestError::Format));
    assert_eq!(Provider::open(b"{\"provider_schemas\":{}}").err(), Some(DigestError::Format));
    let cut: &'static [u8] = &AWS[..AWS.len() / 2];
    assert!(matches!(Provider::open(cut).err(), Some(DigestError::Damaged(_))));
    let mut bytes = AWS.to_vec();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 40].fill(0xff);
    let p = Provider::open(bytes.leak()).unwrap();
    assert!(
        p.resource_types().any(|t| p.resource(t).is_none()),
        "a damaged block gives no schema, and no panic"
    );
}
