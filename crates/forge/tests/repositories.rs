//! Against real repositories made on the spot.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // repositories are made on disk

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use trueline_forge::{Base, NoBase};
use trueline_text::Files;

fn git(dir: &Path, args: &[&str]) {
    let out = Command::new("git")
        .args(["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"])
        .args(["-c", "commit.gpgsign=false", "-C"])
        .arg(dir)
        .args(args)
        .output()
        .unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn commit(dir: &Path, message: &str) {
    git(dir, &["add", "-A"]);
    git(dir, &["commit", "-q", "-m", message]);
}

fn repository() -> TempDir {
    let dir = TempDir::new().unwrap();
    git(dir.path(), &["init", "-q"]);
    dir
}

fn shown(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[test]
fn without_remote_the_base_is_head_and_files_keep_the_paths_of_the_run() {
    let dir = repository();
    write(dir.path(), "live/main.tf", "old");
    write(dir.path(), "shared/x.tf", "shared");
    write(dir.path(), "top.tf", "top");
    commit(dir.path(), "one");
    write(dir.path(), "live/main.tf", "new");
    write(dir.path(), "live/more.tf", "uncommitted");

    let live = shown(&dir.path().join("live"));
    let tree = Base::find(&live, None).unwrap().tree().unwrap();
    tree.fetch([live.as_str()]).unwrap();
    assert_eq!(&*tree.read(&format!("{live}/main.tf")).unwrap(), b"old");
    assert_eq!(&*tree.read(&format!("{live}/../shared/x.tf")).unwrap(), b"shared");
    assert!(!tree.is_file(&format!("{live}/more.tf")));
    assert!(
        tree.holds(&format!("{live}/main.tf"), b"old") && !tree.holds(&format!("{live}/main.tf"), b"new")
    );
    assert!(!tree.holds(&format!("{live}/more.tf"), b"uncommitted"));
    assert!(tree.is_dir(&live) && !tree.is_dir(&format!("{live}/none")));
    let names: Vec<_> =
        tree.list(&shown(dir.path())).unwrap().into_iter().map(|e| (e.name, e.is_dir)).collect();
    assert_eq!(
        tree.directories().collect::<Vec<_>>(),
        [shown(dir.path()), live.clone(), shown(&dir.path().join("shared"))]
    );
    let top = dir.path().canonicalize().unwrap();
    assert_eq!(trueline_forge::repository(&live), Some(shown(&top)));
    assert_eq!(names, [("live".into(), true), ("shared".into(), true), ("top.tf".into(), false)]);
}

#[test]
fn with_a_remote_the_base_is_where_the_branch_left_its_default_branch() {
    let upstream = repository();
    write(upstream.path(), "main.tf", "one");
    commit(upstream.path(), "one");
    let dir = TempDir::new().unwrap();
    let url = format!("file://{}", shown(upstream.path()));
    git(dir.path(), &["clone", "-q", &url, "clone"]);
    let clone = dir.path().join("clone");
    let at_clone = Base::find(&shown(&clone), None).unwrap();
    git(&clone, &["checkout", "-q", "-b", "feature"]);
    write(&clone, "main.tf", "two");
    commit(&clone, "two");
    assert_eq!(Base::find(&shown(&clone), None).unwrap(), at_clone);
    let named = Base::find(&shown(&clone), Some("feature")).unwrap();
    assert_ne!(named.commit(), at_clone.commit());
    let wrong = Base::find(&shown(&clone), Some("--upload-pack=x"));
    assert_eq!(wrong, Err(NoBase::UnknownRevision("--upload-pack=x".into())));

    git(dir.path(), &["clone", "-q", "--depth", "1", &url, "shallow"]);
    assert_eq!(Base::find(&shown(&dir.path().join("shallow")), None), Err(NoBase::Shallow));
}

#[test]
fn without_repository_or_commit_there_is_no_base() {
    let dir = TempDir::new().unwrap();
    assert_eq!(Base::find(&shown(dir.path()), None), Err(NoBase::NoRepository));
    git(dir.path(), &["init", "-q"]);
    assert_eq!(Base::find(&shown(dir.path()), None), Err(NoBase::NoCommits));
}

#[test]
fn a_repository_can_run_nothing() {
    let dir = repository();
    write(dir.path(), "main.tf", "x");
    commit(dir.path(), "one");
    let trap = format!("touch {}/sprung; true", shown(dir.path()));
    for key in
        ["core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "core.alternateRefsCommand"]
    {
        git(dir.path(), &["config", key, &trap]);
    }
    let tree = Base::find(&shown(dir.path()), None).unwrap().tree().unwrap();
    tree.fetch([shown(dir.path()).as_str()]).unwrap();
    assert!(tree.is_file(&format!("{}/main.tf", shown(dir.path()))));
    assert!(!dir.path().join("sprung").exists());
}
