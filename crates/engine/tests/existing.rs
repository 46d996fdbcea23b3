//! What is new since the base, and what may have stood elsewhere: repositories before and after a change.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)] // repositories are made on disk

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use trueline_engine::{Options, Quiet, Session};
use trueline_model::Applicability;

/// Files by path.
type Files<'a> = &'a [(&'a str, String)];
/// What changes, before, after, and what is new.
type Case<'a> = (&'a str, Vec<(&'a str, String)>, Vec<(&'a str, String)>, &'a [&'a str]);

fn volume(label: &str) -> String {
    format!(
        "resource \"aws_ebs_volume\" \"{label}\" {{\n  availability_zone = \"us-east-1a\"\n  size = 1\n  encrypted = false\n}}\n"
    )
}

fn database(label: &str, identifier: &str) -> String {
    format!(
        "resource \"aws_db_instance\" \"{label}\" {{\n  identifier = \"{identifier}\"\n  engine = \"postgres\"\n  \
         instance_class = \"db.t4g.micro\"\n  allocated_storage = 20\n  username = \"x\"\n  \
         manage_master_user_password = true\n  storage_encrypted = false\n}}\n"
    )
}

fn backend(key: &str) -> String {
    format!("terraform {{\n  backend \"s3\" {{\n    bucket = \"states\"\n    key = \"{key}\"\n  }}\n}}\n")
}

fn call(label: &str, source: &str) -> String {
    format!("module \"{label}\" {{\n  source = \"{source}\"\n}}\n")
}

fn git(dir: &Path, args: &[&str]) {
    let who = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    let out = Command::new("git").args(who).args(args).current_dir(dir).output().unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

fn write(dir: &Path, files: Files<'_>) {
    for (path, text) in files {
        let path = dir.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

/// Addresses whose unencrypted storage may be replaced, since they are new: root and address, sorted.
fn new(before: Files<'_>, after: Files<'_>) -> Vec<String> {
    let dir = TempDir::new().unwrap();
    git(dir.path(), &["init", "-q"]);
    write(dir.path(), before);
    git(dir.path(), &["add", "-A"]);
    git(dir.path(), &["commit", "-q", "-m", "base"]);
    for (path, _) in before {
        std::fs::remove_file(dir.path().join(path)).unwrap();
    }
    write(dir.path(), after);
    let options = Options { paths: vec![dir.path().to_str().unwrap().to_owned()], ..Options::default() };
    let checked = Session::open(options).unwrap().check(&Quiet).unwrap();
    let rules = ["aws/ebs/unencrypted-volume", "aws/rds/unencrypted-instance"];
    let mut out: Vec<String> = checked
        .findings()
        .iter()
        .filter(|f| rules.contains(&f.rule.as_str()))
        .filter(|f| f.fix.as_ref().unwrap().applicability == Applicability::Safe)
        .map(|f| {
            let root = f.module.strip_prefix(dir.path().to_str().unwrap()).unwrap().trim_start_matches('/');
            format!("{root}:{}", f.subject)
        })
        .collect();
    out.sort();
    out
}

#[test]
fn what_may_have_stood_elsewhere_exists() {
    let file = |path: &'static str, text: String| (path, text);
    let cases: Vec<Case<'_>> = vec![
        ("a file is renamed", vec![file("main.tf", volume("a"))], vec![file("disks.tf", volume("a"))], &[]),
        (
            "a directory is renamed",
            vec![file("live/main.tf", volume("a"))],
            vec![file("prod/main.tf", volume("a"))],
            &[],
        ),
        (
            "a root goes up",
            vec![file("live/main.tf", volume("a")), file("live/x/main.tf", volume("b"))],
            vec![file("main.tf", volume("a")), file("live/x/main.tf", volume("b"))],
            &[],
        ),
        (
            "a root is split, and one part gets something besides",
            vec![file("live/main.tf", [volume("a"), database("b", "b")].concat())],
            vec![
                file("live/main.tf", volume("a")),
                file("live/data/main.tf", [database("b", "b"), database("c", "c")].concat()),
            ],
            &["live/data:aws_db_instance.c"],
        ),
        (
            "what is gone stands under its own label, so the other one is new",
            vec![file("live/main.tf", volume("a"))],
            vec![file("prod/main.tf", [volume("a"), volume("b")].concat())],
            &["prod:aws_ebs_volume.b"],
        ),
        (
            "another label, no name that would tell them apart",
            vec![file("main.tf", volume("a"))],
            vec![file("main.tf", volume("b"))],
            &[],
        ),
        (
            "another label, another name",
            vec![file("main.tf", database("a", "a"))],
            vec![file("main.tf", database("b", "b"))],
            &[":aws_db_instance.b"],
        ),
        (
            "another label, the same name",
            vec![file("main.tf", database("a", "a"))],
            vec![file("main.tf", database("b", "a"))],
            &[],
        ),
        (
            "into a module",
            vec![file("main.tf", volume("a"))],
            vec![file("main.tf", call("m", "./m")), file("m/main.tf", volume("a"))],
            &[],
        ),
        (
            "out of a module",
            vec![file("main.tf", call("m", "./m")), file("m/main.tf", volume("a"))],
            vec![file("main.tf", volume("a"))],
            &[],
        ),
        (
            "a call is renamed",
            vec![file("main.tf", call("m", "./m")), file("m/main.tf", volume("a"))],
            vec![file("main.tf", call("n", "./m")), file("m/main.tf", volume("a"))],
            &[],
        ),
        (
            "a second call",
            vec![file("main.tf", call("m", "./m")), file("m/main.tf", volume("a"))],
            vec![
                file("main.tf", [call("m", "./m"), call("n", "./m")].concat()),
                file("m/main.tf", volume("a")),
            ],
            &[":module.n.aws_ebs_volume.a"],
        ),
        (
            "another root with the same state",
            vec![file("live/main.tf", [backend("x"), volume("a")].concat())],
            vec![
                file("live/main.tf", [backend("x"), volume("a")].concat()),
                file("copy/main.tf", [backend("x"), volume("a")].concat()),
            ],
            &[],
        ),
        (
            "another root with another state",
            vec![file("live/main.tf", [backend("x"), volume("a")].concat())],
            vec![
                file("live/main.tf", [backend("x"), volume("a")].concat()),
                file("copy/main.tf", [backend("y"), volume("a")].concat()),
            ],
            &["copy:aws_ebs_volume.a"],
        ),
        (
            "what stands elsewhere under the same name",
            vec![file("live/main.tf", database("a", "orders"))],
            vec![
                file("live/main.tf", database("a", "orders")),
                file("more/main.tf", database("x", "orders")),
            ],
            &[],
        ),
        (
            "something of another type is gone",
            vec![file("main.tf", database("a", "a"))],
            vec![file("main.tf", volume("a"))],
            &[":aws_ebs_volume.a"],
        ),
    ];
    for (what, before, after, want) in cases {
        assert_eq!(new(&before, &after), want, "{what}");
    }
}
