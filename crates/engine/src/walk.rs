//! Files below a folder, links to files and folders followed, circles not.
//!
//! What enters: a path. What leaves: the paths of files, in a fixed order. There are two ways to name what stands behind a
//! link: by the link, as OPA names policies and data, and by where it leads, as conftest names inputs.

#![allow(clippy::disallowed_methods)] // this is the door

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use trueline_text::normalize;

use crate::EngineError;

/// So many links may lead to one place.
const MAX_LINKS: usize = 255;

fn fail(path: &str, reason: &io::Error) -> EngineError {
    EngineError::Path { path: path.to_owned(), reason: reason.to_string() }
}

/// Files at `path` with one of these endings, below links too, named by the links; the path itself if it is such a file. A
/// folder that two links lead to is gone through twice, one that holds itself is not.
pub fn through(path: &str, endings: &[&str]) -> Result<Vec<String>, EngineError> {
    let mut out = Vec::new();
    enter(&normalize(path), endings, &mut Vec::new(), &mut out)?;
    Ok(out)
}

fn enter(
    path: &str,
    endings: &[&str],
    above: &mut Vec<PathBuf>,
    out: &mut Vec<String>,
) -> Result<(), EngineError> {
    let wanted = endings.iter().any(|ending| path.ends_with(ending));
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        // A link that leads nowhere, and would not be read if it did.
        Err(_) if !above.is_empty() && !wanted => return Ok(()),
        Err(e) => return Err(fail(path, &e)),
    };
    if !meta.is_dir() {
        if wanted {
            out.push(path.to_owned());
        }
        return Ok(());
    }
    let real = Path::new(path).canonicalize().map_err(|e| fail(path, &e))?;
    if above.contains(&real) {
        return Ok(());
    }
    above.push(real);
    for name in names(path)? {
        enter(&normalize(&format!("{path}/{name}")), endings, above, out)?;
    }
    above.pop();
    Ok(())
}

/// The names in a folder, sorted; those that are no UTF-8 are left out.
fn names(path: &str) -> Result<Vec<String>, EngineError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path).map_err(|e| fail(path, &e))? {
        let entry = entry.map_err(|e| fail(path, &e))?;
        names.extend(entry.file_name().into_string());
    }
    names.sort();
    Ok(names)
}

/// Files below the folder `path` that `wanted` says yes to, each once. What stands behind a link has the path that the link
/// leads to; whether a path is `ignored` is asked before.
pub fn behind(
    path: &str,
    ignored: &dyn Fn(&str) -> bool,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<String>, EngineError> {
    let mut walk = Behind { ignored, wanted, seen: BTreeSet::new(), out: Vec::new() };
    walk.visit(path)?;
    Ok(walk.out)
}

struct Behind<'f> {
    ignored: &'f dyn Fn(&str) -> bool,
    wanted: &'f dyn Fn(&str) -> bool,
    seen: BTreeSet<PathBuf>,
    out: Vec<String>,
}

impl Behind<'_> {
    fn visit(&mut self, path: &str) -> Result<(), EngineError> {
        let meta = fs::symlink_metadata(path).map_err(|e| fail(path, &e))?;
        if meta.is_dir() {
            if self.is_new(path)? {
                for name in names(path)? {
                    self.visit(&normalize(&format!("{path}/{name}")))?;
                }
            }
            return Ok(());
        }
        if (self.ignored)(path) {
            return Ok(());
        }
        if !meta.is_symlink() {
            return self.file(path);
        }
        let real = resolve(path).map_err(|e| fail(path, &e))?;
        match fs::metadata(&real) {
            Ok(meta) if meta.is_dir() => self.visit(&real),
            Ok(_) => self.file(&real),
            // A link that leads nowhere, and would not be read if it did.
            Err(_) if !(self.wanted)(path) && !(self.wanted)(&real) => Ok(()),
            Err(e) => Err(fail(path, &e)),
        }
    }

    fn file(&mut self, path: &str) -> Result<(), EngineError> {
        if (self.wanted)(path) && self.is_new(path)? {
            self.out.push(path.to_owned());
        }
        Ok(())
    }

    fn is_new(&mut self, path: &str) -> Result<bool, EngineError> {
        let real = Path::new(path).canonicalize().map_err(|e| fail(path, &e))?;
        Ok(self.seen.insert(real))
    }
}

/// The path that links lead to, step by step: relative as long as they are.
fn resolve(path: &str) -> io::Result<String> {
    let steps =
        |path: &str| path.split('/').filter(|step| !matches!(*step, "" | ".")).map(str::to_owned).collect();
    let mut done = String::from(if path.starts_with('/') { "/" } else { "" });
    let mut rest: VecDeque<String> = steps(path);
    let mut links = 0;
    while let Some(step) = rest.pop_front() {
        let next = match done.as_str() {
            "" => normalize(&step),
            done => normalize(&format!("{done}/{step}")),
        };
        if step == ".." || !fs::symlink_metadata(&next).is_ok_and(|meta| meta.is_symlink()) {
            done = if next == "." { String::new() } else { next };
            continue;
        }
        links += 1;
        if links > MAX_LINKS {
            return Err(io::Error::other("too many links lead to it"));
        }
        let target = fs::read_link(&next)?;
        let target = target.to_str().ok_or_else(|| io::Error::other("its link is not UTF-8"))?.to_owned();
        if target.starts_with('/') {
            done = "/".to_owned();
        }
        let mut ahead: VecDeque<String> = steps(&target);
        ahead.append(&mut rest);
        rest = ahead;
    }
    Ok(if done.is_empty() { ".".to_owned() } else { done })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn tree() -> (tempfile::TempDir, String) {
        let top = tempfile::TempDir::new().unwrap();
        let root = top.path().canonicalize().unwrap().to_str().unwrap().to_owned();
        for path in ["live/a.yaml", "live/b.md", "base/c.json", "base/deep/d.yaml", "one/e.json"] {
            let path = top.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        for (target, link) in [
            ("../base", "live/common"),
            ("..", "base/deep/up"),
            ("../one/e.json", "live/e.yaml"),
            ("nowhere", "live/lost.md"),
            ("../one", "live/first"),
            ("../one", "live/second"),
        ] {
            symlink(target, top.path().join(link)).unwrap();
        }
        (top, root)
    }

    #[test]
    fn what_is_behind_links_is_named_as_wished_and_circles_end() {
        let (_top, root) = tree();
        let short = |found: Vec<String>| -> Vec<String> {
            found.iter().map(|path| path.strip_prefix(&format!("{root}/")).unwrap().to_owned()).collect()
        };
        let endings = [".yaml", ".json"];
        let named = short(through(&format!("{root}/live"), &endings).unwrap());
        assert_eq!(
            named,
            [
                "live/a.yaml",
                "live/common/c.json",
                "live/common/deep/d.yaml",
                "live/e.yaml",
                "live/first/e.json",
                "live/second/e.json"
            ]
        );
        let wanted = |path: &str| endings.iter().any(|ending| path.ends_with(ending));
        let found = behind(&format!("{root}/live"), &|_| false, &wanted).unwrap();
        assert_eq!(short(found), ["live/a.yaml", "base/c.json", "base/deep/d.yaml", "one/e.json"]);
        let ignored = |path: &str| path.ends_with("common") || path.contains("/one/");
        let found = behind(&format!("{root}/live"), &ignored, &wanted).unwrap();
        assert_eq!(short(found), ["live/a.yaml", "one/e.json"], "a link is asked for by its own path");
    }

    #[test]
    fn a_link_that_leads_nowhere_is_an_error_where_its_file_is_wanted() {
        let (top, root) = tree();
        symlink("gone.yaml", top.path().join("live/gone.yaml")).unwrap();
        let wanted = |path: &str| path.ends_with(".yaml");
        assert!(matches!(behind(&root, &|_| false, &wanted), Err(EngineError::Path { .. })));
        assert!(matches!(through(&root, &[".yaml"]), Err(EngineError::Path { .. })));
        assert!(through(&root, &[".json"]).is_ok());
    }
}
