//! From the paths a person gives to the modules and plans that are meant.

#![allow(clippy::disallowed_methods)] // this is the door

use std::collections::BTreeSet;
use std::path::Path;

use ignore::WalkBuilder;
use trueline_text::normalize;

use crate::EngineError;
use crate::disk::{is_module_file, is_terraform};

/// The file of a unit of Terragrunt.
const UNIT: &str = "terragrunt.hcl";

/// What a walk finds.
#[derive(Default)]
struct Found {
    dirs: BTreeSet<String>,
    units: BTreeSet<String>,
    unreadable: Vec<(String, String)>,
}

/// What is to be checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// Directories that hold Terraform files, sorted.
    pub dirs: Vec<String>,
    /// Files that hold real plans, `-` for standard input, in the order given.
    pub plans: Vec<String>,
    /// Directories that hold a unit of Terragrunt, sorted.
    pub units: Vec<String>,
    /// Places that could not be looked into, with the reason.
    pub unreadable: Vec<(String, String)>,
}

impl Targets {
    /// Looks below every path; no path means the working directory.
    pub fn find(paths: &[String]) -> Result<Self, EngineError> {
        let mut found = Found::default();
        let mut out = Self::default();
        let here = [".".to_owned()];
        for path in if paths.is_empty() { &here } else { paths } {
            if path == "-" {
                out.plans.push(path.clone());
                continue;
            }
            let shown = normalize(path);
            let on_disk = Path::new(&shown);
            let meta = std::fs::metadata(on_disk)
                .map_err(|e| EngineError::Path { path: shown.clone(), reason: e.to_string() })?;
            if meta.is_dir() {
                let before = found.dirs.len();
                walk(&shown, &mut found);
                if found.dirs.len() == before && !found.dirs.iter().any(|d| below(&shown, d)) {
                    return Err(EngineError::NoTerraform(shown));
                }
            } else if is_terraform(&shown) {
                found.dirs.insert(parent(&shown));
            } else {
                out.plans.push(shown);
            }
        }
        out.dirs = found.dirs.into_iter().collect();
        out.units = found.units.into_iter().collect();
        out.unreadable = found.unreadable;
        Ok(out)
    }

    /// All that is below `top`; what can't be looked at is left out.
    pub fn below(top: &str) -> Self {
        let mut found = Found::default();
        walk(&normalize(top), &mut found);
        let (dirs, units) = (found.dirs.into_iter().collect(), found.units.into_iter().collect());
        Self { dirs, units, ..Self::default() }
    }
}

/// Finds every directory with Terraform files or a unit of Terragrunt, hidden and git-ignored ones left out. Links to
/// directories are not followed, so there are no circles; what they lead to is found where it is, or where a module calls it.
fn walk(top: &str, found: &mut Found) {
    let walk = WalkBuilder::new(top)
        .hidden(true)
        .ignore(false)
        .git_ignore(true)
        .git_global(false)
        .git_exclude(false)
        .sort_by_file_name(std::ffi::OsStr::cmp)
        .build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                found.unreadable.push((top.to_owned(), e.to_string()));
                continue;
            }
        };
        let Some(dir) = entry.path().parent().and_then(Path::to_str) else { continue };
        if entry.file_type().is_none_or(|t| t.is_dir()) {
            continue;
        }
        match entry.file_name().to_str() {
            Some(UNIT) => found.units.insert(normalize(dir)),
            Some(name) if is_module_file(name) => found.dirs.insert(normalize(dir)),
            _ => continue,
        };
    }
}

fn parent(path: &str) -> String {
    match path.rsplit_once('/') {
        Some(("", _)) => "/".to_owned(),
        Some((dir, _)) => dir.to_owned(),
        None => ".".to_owned(),
    }
}

fn below(top: &str, dir: &str) -> bool {
    top == "." || dir == top || dir.strip_prefix(top).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_found_below_and_hidden_or_ignored_ones_are_not() {
        let top = tempfile::TempDir::new().unwrap();
        let at = |p: &str| top.path().join(p);
        for (path, text) in [
            ("a/main.tf", ""),
            ("a/b/x.tf.json", "{}"),
            ("a/c/readme.md", ""),
            ("a/.terraform/modules/m/main.tf", ""),
            ("out/main.tf", ""),
            ("live/terragrunt.hcl", ""),
            (".gitignore", "/out\n"),
            (".git/HEAD", ""),
        ] {
            std::fs::create_dir_all(at(path).parent().unwrap()).unwrap();
            std::fs::write(at(path), text).unwrap();
        }
        std::os::unix::fs::symlink(at("a"), at("a/loop")).unwrap();
        let root = top.path().to_str().unwrap().to_owned();
        let found = Targets::find(std::slice::from_ref(&root)).unwrap();
        assert_eq!(found.dirs, [format!("{root}/a"), format!("{root}/a/b")]);
        assert_eq!(found.units, [format!("{root}/live")]);
        assert_eq!(found.unreadable, []);

        let given =
            Targets::find(&[format!("{root}/a/main.tf"), "-".into(), format!("{root}/a/c/readme.md")])
                .unwrap();
        assert_eq!(given.dirs, [format!("{root}/a")]);
        assert_eq!(given.plans, ["-".to_owned(), format!("{root}/a/c/readme.md")]);

        assert!(matches!(Targets::find(&[format!("{root}/a/c")]), Err(EngineError::NoTerraform(_))));
        assert!(matches!(Targets::find(&[format!("{root}/none")]), Err(EngineError::Path { .. })));
    }
}
