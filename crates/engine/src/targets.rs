//! From the paths a person gives to the modules and plans that are meant.

#![allow(clippy::disallowed_methods)] // this is the door

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ignore::WalkBuilder;
use trueline_text::normalize;

use crate::EngineError;
use crate::asked::Excluded;
use crate::disk::{is_module_file, is_terraform};

/// The file of a unit of Terragrunt.
const UNIT: &str = "terragrunt.hcl";

/// What a walk finds.
#[derive(Default)]
struct Found {
    /// Each with whether any of its Terraform files is looked at.
    dirs: BTreeMap<String, bool>,
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
    /// Paths of which all is excluded, as given.
    pub excluded: Vec<String>,
    /// Places that could not be looked into, with the reason.
    pub unreadable: Vec<(String, String)>,
}

impl Targets {
    /// Looks below every path; no path means the working directory. A file that `excluded` covers makes no directory a target.
    pub fn find(paths: &[String], excluded: &Excluded) -> Result<Self, EngineError> {
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
                let mut there = Found::default();
                walk(&shown, excluded, &mut there);
                if there.dirs.is_empty() {
                    return Err(EngineError::NoTerraform(shown));
                }
                if there.dirs.values().all(|looked_at| !looked_at) {
                    out.excluded.push(shown);
                }
                for (dir, looked_at) in there.dirs {
                    *found.dirs.entry(dir).or_default() |= looked_at;
                }
                found.units.extend(there.units);
                found.unreadable.extend(there.unreadable);
            } else if is_terraform(&shown) {
                match excluded.covers(&shown) {
                    true => out.excluded.push(shown),
                    false => drop(found.dirs.insert(parent(&shown), true)),
                }
            } else {
                out.plans.push(shown);
            }
        }
        let looked_at = found.dirs.into_iter().filter(|(_, looked_at)| *looked_at);
        out.dirs = looked_at.map(|(dir, _)| dir).collect();
        out.units = found.units.into_iter().collect();
        out.unreadable = found.unreadable;
        Ok(out)
    }

    /// All that is below `top`, excluded or not; what can't be looked at is left out.
    pub fn below(top: &str) -> Self {
        let mut found = Found::default();
        walk(&normalize(top), &Excluded::default(), &mut found);
        let (dirs, units) = (found.dirs.into_keys().collect(), found.units.into_iter().collect());
        Self { dirs, units, ..Self::default() }
    }
}

/// Finds every directory with Terraform files or a unit of Terragrunt, hidden and git-ignored ones left out. Links to
/// directories are not followed, so there are no circles; what they lead to is found where it is, or where a module calls it.
fn walk(top: &str, excluded: &Excluded, found: &mut Found) {
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
            Some(UNIT) => drop(found.units.insert(normalize(dir))),
            Some(name) if is_module_file(name) => {
                let looked_at = entry.path().to_str().is_some_and(|path| !excluded.covers(&normalize(path)));
                *found.dirs.entry(normalize(dir)).or_default() |= looked_at;
            }
            _ => {}
        }
    }
}

fn parent(path: &str) -> String {
    match path.rsplit_once('/') {
        Some(("", _)) => "/".to_owned(),
        Some((dir, _)) => dir.to_owned(),
        None => ".".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(paths: &[&str]) -> Result<Targets, EngineError> {
        let paths: Vec<String> = paths.iter().map(ToString::to_string).collect();
        Targets::find(&paths, &Excluded::default())
    }

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
        let found = find(&[root.as_str()]).unwrap();
        assert_eq!(found.dirs, [format!("{root}/a"), format!("{root}/a/b")]);
        assert_eq!(found.units, [format!("{root}/live")]);
        assert_eq!(found.unreadable, []);

        let given = find(&[&format!("{root}/a/main.tf"), "-", &format!("{root}/a/c/readme.md")]).unwrap();
        assert_eq!(given.dirs, [format!("{root}/a")]);
        assert_eq!(given.plans, ["-".to_owned(), format!("{root}/a/c/readme.md")]);

        assert!(matches!(find(&[&format!("{root}/a/c")]), Err(EngineError::NoTerraform(_))));
        assert!(matches!(find(&[&format!("{root}/none")]), Err(EngineError::Path { .. })));
    }

    #[test]
    fn what_is_excluded_counts_from_the_settings_and_is_told_where_it_was_named() {
        let top = tempfile::TempDir::new().unwrap();
        let root = top.path().to_str().unwrap().to_owned();
        for path in ["live/main.tf", "examples/main.tf", "examples/a/main.tf", "mixed/a.gen.tf", "mixed/b.tf"]
        {
            let path = top.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let mut found = crate::settings::Found { dir: Some(root.clone()), ..Default::default() };
        found.settings.exclude = vec!["examples/**".into(), "*.gen.tf".into()];
        let excluded = Excluded::new(&found, &[]).unwrap();
        let all = Targets::find(std::slice::from_ref(&root), &excluded).unwrap();
        assert_eq!(all.dirs, [format!("{root}/live"), format!("{root}/mixed")]);
        let named = [format!("{root}/examples"), format!("{root}/mixed/a.gen.tf"), format!("{root}/live")];
        let some = Targets::find(&named, &excluded).unwrap();
        assert_eq!((some.dirs, some.excluded), (vec![named[2].clone()], named[..2].to_vec()));
        assert_eq!(Targets::below(&root).dirs.len(), 4, "who calls a module is asked wherever it is");
    }
}
