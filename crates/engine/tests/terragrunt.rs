//! Units of Terragrunt are found wherever in the repository they are, whatever part of it is checked.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)] // repositories are made on disk

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use trueline_engine::{Options, Quiet, Session};
use trueline_model::NoteKind;

const FILES: [(&str, &str); 4] = [
    ("aws/mail/main.tf", "resource \"aws_sqs_queue\" \"q\" {\n  name = var.env\n}\n"),
    (
        "env/root.hcl",
        "generate \"common\" {\n  path     = \"common.tf\"\n  contents = file(\"common/variables.tf\")\n}\n",
    ),
    ("env/common/variables.tf", "variable \"env\" {\n  default = \"dev\"\n}\n"),
    (
        "env/dev/mail/terragrunt.hcl",
        "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\nterraform {\n  source = \"../../../aws//mail\"\n}\n",
    ),
];

fn repository() -> TempDir {
    let dir = TempDir::new().unwrap();
    let done = Command::new("git").args(["init", "-q"]).current_dir(dir.path()).status().unwrap();
    assert!(done.success());
    for (path, text) in FILES {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    dir
}

fn session(path: &Path) -> Session {
    Session::open(Options { paths: vec![path.to_str().unwrap().to_owned()], ..Options::default() }).unwrap()
}

#[test]
fn the_whole_repository_and_one_module_of_it_know_what_is_written() {
    let dir = repository();
    for path in ["", "aws/mail"] {
        let checked = session(&dir.path().join(path)).check(&Quiet).unwrap();
        let errors: Vec<_> = checked.notes().iter().filter(|n| n.kind == NoteKind::Error).collect();
        assert!(errors.is_empty(), "{path}: {errors:?}");
    }
    let (plan, _) = session(&dir.path().join("aws/mail")).plan().unwrap();
    assert_eq!(plan.json["resource_changes"][0]["change"]["after"]["name"], "dev");
    // Without the unit the name is nowhere declared.
    std::fs::remove_file(dir.path().join("env/dev/mail/terragrunt.hcl")).unwrap();
    let checked = session(dir.path()).check(&Quiet).unwrap();
    assert!(checked.notes().iter().any(|n| n.kind == NoteKind::Error && n.message.contains("`env`")));
}
