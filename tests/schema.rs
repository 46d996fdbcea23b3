//! What Terraform would refuse, mended: the fixed module is one that `terraform validate` accepts.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "the program is run from outside"
)]

mod program;

use std::path::Path;

use program::Run;
use tempfile::TempDir;

#[test]
fn names_and_kinds_of_blocks_are_mended_in_resources_providers_and_calls() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/schema");
    let dir = TempDir::new().unwrap();
    std::fs::create_dir(dir.path().join("net")).unwrap();
    for file in ["main.tf", "net/main.tf"] {
        std::fs::copy(cases.join("before").join(file), dir.path().join(file)).unwrap();
    }
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    let run = Run::of(dir.path(), &["fix", "."]);
    assert_eq!(read(&dir.path().join("main.tf")), read(&cases.join("after/main.tf")), "{}", run.stdout);
    assert_eq!(read(&dir.path().join("net/main.tf")), read(&cases.join("before/net/main.tf")));
    let check = Run::of(dir.path(), &["check", "."]);
    assert!(!check.stdout.contains("terraform/schema/"), "{}", check.stdout);
}
