//! Fixes with what lies around the files they change: links, files of values, what authors ask of Terraform, and the
//! marks of programs.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::disallowed_methods)] // the program is run from outside

mod program;

use std::path::Path;

use program::Run;

fn write(top: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = top.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::TempDir::new().unwrap();
    write(dir.path(), files);
    git(dir.path(), &["init", "-q"]);
    git(dir.path(), &["commit", "-q", "--allow-empty", "-m", "empty"]);
    dir
}

fn git(dir: &Path, args: &[&str]) {
    let who = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    let out = std::process::Command::new("git").args(who).args(args).current_dir(dir).output().unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

fn read(dir: &Path, path: &str) -> String {
    std::fs::read_to_string(dir.join(path)).unwrap()
}

const OWNER: &str = "[settings]\nrequired_tags = { Owner = \"platform-team\" }\n";

#[cfg(unix)]
#[test]
fn a_linked_file_is_changed_only_if_it_is_right_for_all_who_see_it() {
    let queue = "resource \"aws_sqs_queue\" \"this\" {\n  name                    = \"q\"\n  sqs_managed_sse_enabled = true\n  tags                    = local.tags\n}\n";
    for paths in [&["mail"][..], &["search"], &["."]] {
        let dir = repository(&[
            ("trueline.toml", OWNER),
            ("shared/queue.inc", queue),
            ("mail/locals.tf", "locals {\n  tags = jsondecode(file(\"${path.module}/tags.json\"))\n}\n"),
            ("mail/tags.json", "{\"Service\": \"mail\"}\n"),
            ("search/locals.tf", "locals {\n  tags = { Owner = \"search-team\" }\n}\n"),
        ]);
        for root in ["mail", "search"] {
            let link = dir.path().join(root).join("queue.tf");
            std::os::unix::fs::symlink("../shared/queue.inc", link).unwrap();
        }
        let run = Run::of(dir.path(), &[&["fix"], paths].concat());
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        assert_eq!(read(dir.path(), "shared/queue.inc"), queue, "{paths:?}: {}", run.stdout);
        assert!(read(dir.path(), "search/locals.tf").contains("\"search-team\""));
        assert!(dir.path().join("mail/queue.tf").is_symlink());
        let again = Run::of(dir.path(), &[&["fix"], paths].concat());
        assert!(again.stdout.contains("0 files changed"), "{}", again.stdout);
    }
}

#[cfg(unix)]
#[test]
fn a_module_under_two_names_is_changed_once() {
    let queue = |name: &str| {
        format!("resource \"aws_sqs_queue\" \"{name}\" {{\n  count = var.kind == \"{name}\" ? 1 : 0\n}}\n")
    };
    let module = format!("variable \"kind\" {{}}\n\n{}\n{}", queue("a"), queue("b"));
    let dir = repository(&[
        ("trueline.toml", OWNER),
        (
            "main.tf",
            "module \"a\" {\n  source = \"./linked\"\n  kind   = \"a\"\n}\n\nmodule \"b\" {\n  source = \"./real\"\n  kind   = \"b\"\n}\n",
        ),
        ("real/main.tf", &module),
    ]);
    std::os::unix::fs::symlink("real", dir.path().join("linked")).unwrap();
    let run = Run::of(dir.path(), &["fix"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(read(dir.path(), "real/main.tf").matches("platform-team").count(), 2);
    assert!(run.stdout.contains("1 file changed"), "{}", run.stdout);
    assert_eq!(Run::of(dir.path(), &["check"]).code, 0);
    assert!(dir.path().join("linked").is_symlink());
}

#[test]
fn a_mistyped_argument_is_renamed_and_then_the_rest_is_mended() {
    for (value, after) in [("true", "true"), ("false", "true")] {
        let text = format!(
            "resource \"aws_sqs_queue\" \"jobs\" {{\n  name                   = \"jobs\"\n  sqs_managed_sse_enable = {value}\n}}\n"
        );
        let dir = repository(&[("main.tf", &text)]);
        let run = Run::of(dir.path(), &["fix"]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        let expected = format!(
            "resource \"aws_sqs_queue\" \"jobs\" {{\n  name                    = \"jobs\"\n  sqs_managed_sse_enabled = {after}\n}}\n"
        );
        assert_eq!(read(dir.path(), "main.tf"), expected);
    }
}

#[test]
fn what_authors_ask_of_terraform_is_heeded_and_said() {
    let volume = |lifecycle: &str| {
        format!(
            "resource \"aws_ebs_volume\" \"a\" {{\n  availability_zone = \"eu-west-1a\"\n  size              = 8\n\n  lifecycle {{\n    {lifecycle}\n  }}\n}}\n"
        )
    };
    for (lifecycle, said) in [
        ("ignore_changes = [encrypted]", Some("`ignore_changes = [encrypted]`")),
        ("ignore_changes = all", Some("`ignore_changes = all`")),
        ("prevent_destroy = true", Some("`prevent_destroy = true`")),
        ("prevent_destroy = false", None),
        ("ignore_changes = [size]", None),
    ] {
        let text = volume(lifecycle);
        let dir = repository(&[("main.tf", &text)]);
        git(dir.path(), &["add", "-A"]);
        git(dir.path(), &["commit", "-q", "-m", "volume"]);
        let safe = Run::of(dir.path(), &["fix"]);
        assert_eq!(read(dir.path(), "main.tf"), text);
        let taken = Run::of(dir.path(), &["fix", "--unsafe"]);
        assert!(read(dir.path(), "main.tf").contains("encrypted         = true"), "{}", taken.stdout);
        for run in [safe, taken] {
            match said {
                Some(said) => assert!(run.stdout.contains(said), "{lifecycle}: {}", run.stdout),
                None => assert!(!run.stdout.contains("` has `"), "{lifecycle}: {}", run.stdout),
            }
        }
    }
}

#[test]
fn what_a_program_writes_stays_and_the_finding_says_where_to_go() {
    let queue = "resource \"aws_sqs_queue\" \"a\" {\n  name                    = \"a\"\n  sqs_managed_sse_enabled = false\n}\n";
    let json = "{\n  \"//\": {\"metadata\": {\"stackName\": \"q\", \"version\": \"0.20.8\"}},\n  \"resource\": {\"aws_sqs_queue\": {\"a\": {\"sqs_managed_sse_enabled\": false}}}\n}\n";
    for (path, text, says) in [
        ("queue.tf", format!("# Generated by Terragrunt. Sig: nIlQXj57tbuaRZEa\n{queue}"), "terragrunt.hcl"),
        ("queue.tf", format!("// TERRAMATE: GENERATED AUTOMATICALLY DO NOT EDIT\n\n{queue}"), "generate_hcl"),
        ("queue.tf", format!("# Code generated by queues.py. DO NOT EDIT.\n\n{queue}"), "made from"),
        ("cdktf.out/stacks/q/cdk.tf.json", json.to_owned(), "cdktf synth"),
    ] {
        let dir = repository(&[(path, &text)]);
        for command in ["check", "fix"] {
            let run = Run::of(dir.path(), &[command]);
            let words: Vec<&str> = run.stdout.split_whitespace().collect();
            assert!(words.join(" ").contains(says), "{command} {path}: {}{}", run.stdout, run.stderr);
            assert_eq!(run.code, 1, "{command} {path}: {}{}", run.stdout, run.stderr);
        }
        assert_eq!(read(dir.path(), path), text);
    }
}

#[test]
fn instances_that_only_another_file_of_values_makes_of_an_old_block_are_not_new() {
    let volumes = "variable \"disks\" {\n  default = 1\n}\n\nresource \"aws_ebs_volume\" \"data\" {\n  count             = var.disks\n  availability_zone = \"eu-west-1a\"\n  size              = 8\n  encrypted         = count.index == 0\n}\n";
    let dir = repository(&[("main.tf", volumes), ("prod.tfvars", "disks = 2\n")]);
    git(dir.path(), &["add", "-A"]);
    git(dir.path(), &["commit", "-q", "-m", "volumes"]);
    let more = "\nresource \"aws_ebs_volume\" \"more\" {\n  availability_zone = \"eu-west-1a\"\n  size              = 8\n}\n";
    std::fs::write(dir.path().join("main.tf"), format!("{volumes}{more}")).unwrap();
    let run = Run::of(dir.path(), &["fix"]);
    let after = read(dir.path(), "main.tf");
    assert!(after.contains("encrypted         = count.index == 0"), "{}{after}", run.stdout);
    assert!(after.contains("encrypted         = true"), "{}{after}", run.stdout);
    assert!(run.stdout.contains("(with `prod.tfvars`)"), "{}", run.stdout);
}

#[test]
fn the_settings_say_where_missing_tags_go() {
    let queue = |name: &str| {
        format!(
            "\nresource \"aws_sqs_queue\" \"{name}\" {{\n  name                    = \"{name}\"\n  sqs_managed_sse_enabled = true\n}}\n"
        )
    };
    let provider = "terraform {\n  required_providers {\n    aws = {\n      source  = \"hashicorp/aws\"\n      version = \"~> 5.0\"\n    }\n  }\n}\n\nprovider \"aws\" {\n  region = \"eu-west-1\"\n}\n";
    let (one, two) = (format!("{provider}{}", queue("a")), format!("{provider}{}{}", queue("a"), queue("b")));
    for (setting, text, places) in [
        ("", &one, &["tags"][..]),
        ("", &two, &["default_tags"]),
        ("tags = \"provider\"", &one, &["default_tags"]),
        ("tags = \"resource\"", &two, &["tags", "tags"]),
    ] {
        let dir = repository(&[("trueline.toml", &format!("{OWNER}{setting}\n")), ("main.tf", text)]);
        let run = Run::of(dir.path(), &["fix"]);
        assert_eq!(run.code, 0, "{setting}: {}{}", run.stdout, run.stderr);
        let after = read(dir.path(), "main.tf");
        let at_provider = after.contains("  default_tags {\n    tags = {\n      Owner = \"platform-team\"");
        assert_eq!(at_provider, places == ["default_tags"], "{setting}: {after}");
        assert_eq!(after.matches("Owner").count(), places.len(), "{setting}: {after}");
    }
    let dir = repository(&[("trueline.toml", "[settings]\ntags = \"providers\"\n"), ("main.tf", &one)]);
    let run = Run::of(dir.path(), &["fix"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("did you mean `provider`?"), "{}", run.stderr);
}

#[test]
fn what_is_left_is_told_at_its_place_in_the_files_as_they_are() {
    let text = "resource \"aws_s3_bucket\" \"b\" {\n  bucket = \"b\"\n}\n\nresource \"aws_ebs_volume\" \"v\" {\n  availability_zone = \"eu-west-1a\"\n  size              = 8\n  encrypted         = false\n}\n";
    let dir = repository(&[("main.tf", text)]);
    git(dir.path(), &["add", "-A"]);
    git(dir.path(), &["commit", "-q", "-m", "all"]);
    let rule = "aws/ebs/unencrypted-volume";
    let line = || {
        let out = Run::of(dir.path(), &["check", "--format", "concise"]).stdout;
        let found = out.lines().find(|l| l.contains(rule)).unwrap();
        found.split(':').nth(1).unwrap().to_owned()
    };
    let told = |out: &str| {
        let (_, behind) = out.split_once(&format!("not fixed {rule}: ")).unwrap_or_else(|| panic!("{out}"));
        behind.lines().nth(1).unwrap().to_owned()
    };
    let before = line();
    assert_eq!(told(&Run::of(dir.path(), &["fix", "--diff"]).stderr), format!("  main.tf:{before}"));
    let written = Run::of(dir.path(), &["fix"]).stdout;
    assert_ne!(line(), before, "the fix above moves it: {written}");
    assert_eq!(told(&written), format!("  main.tf:{}", line()));
}
