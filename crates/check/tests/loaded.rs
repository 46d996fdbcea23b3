//! The pack as the build compiled it finds what it finds when it is compiled from its texts, as it is beside policies of
//! the organization.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod support;

use trueline_model::Profile;
use trueline_rego::PolicyFile;

#[test]
fn both_ways_find_the_same_in_all_examples() {
    let own = || vec![PolicyFile::new("own.rego", "package own\nx := 1")];
    let mut found = 0;
    for entry in trueline_rules::entries() {
        for text in [entry.avoid, entry.prefer] {
            let loaded = support::reported(Profile::Strict, Vec::new(), &[("main.tf", text)]);
            let compiled = support::reported(Profile::Strict, own(), &[("main.tf", text)]);
            assert_eq!(format!("{loaded:#?}"), format!("{compiled:#?}"), "{}", entry.id);
            found += loaded.findings.len();
        }
    }
    assert!(found >= trueline_rules::entries().len(), "{found}");
}
