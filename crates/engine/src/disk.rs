//! The working tree as [`Files`]: the one place that reads the disk.

#![allow(clippy::disallowed_methods)] // this is the door

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use trueline_text::{Entry, Files};

/// Files larger than this are not even read; what the reader of a format takes is less.
pub const MAX_SOURCE: u64 = 256 << 20;
/// Settings of other programs larger than this are refused.
const MAX_SETTINGS: u64 = 1 << 20;
/// Plans larger than this are refused.
pub const MAX_PLAN: u64 = 1 << 30;

/// Files below the working directory, or anywhere by absolute path.
#[derive(Debug, Default)]
pub struct Disk {
    unreadable: Mutex<BTreeSet<String>>,
    /// The repository that holds a directory, else the directory itself, links followed.
    homes: Mutex<BTreeMap<String, Option<PathBuf>>>,
}

impl Disk {
    /// The disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// Terraform files whose names are no UTF-8, as far as they can be shown; they were left out of listings.
    pub fn unreadable(&self) -> Vec<String> {
        self.unreadable.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn home(&self, dir: &str) -> Option<PathBuf> {
        let mut homes = self.homes.lock().unwrap_or_else(PoisonError::into_inner);
        let find = || match trueline_forge::repository(dir) {
            Some(top) => Some(PathBuf::from(top)),
            None => Path::new(dir).canonicalize().ok(),
        };
        homes.entry(dir.to_owned()).or_insert_with(find).clone()
    }

    /// Reads a regular file of at most `limit` bytes.
    pub fn read_limited(path: &str, limit: u64) -> io::Result<Vec<u8>> {
        let file = open(Path::new(path))?;
        let size = file.metadata()?.len();
        if size > limit {
            return Err(too_large(limit));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        file.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(too_large(limit));
        }
        Ok(bytes)
    }
}

/// The text of a file of settings; none if it is not there.
pub fn read_text(path: &str) -> io::Result<Option<String>> {
    match Disk::read_limited(path, MAX_SETTINGS) {
        Ok(bytes) => String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8")),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

/// Opens regular files only: reading a pipe or a device would never end.
fn open(path: &Path) -> io::Result<fs::File> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    fs::File::open(path)
}

/// Where a path leads, all links followed; its last parts need not be there.
fn resolved(path: &Path) -> Option<PathBuf> {
    let mut missing = Vec::new();
    let mut at = path;
    loop {
        let here = if at.as_os_str().is_empty() { Path::new(".") } else { at };
        match here.canonicalize() {
            Ok(real) => return Some(missing.iter().rev().fold(real, |path, name| path.join(name))),
            // What is there and leads nowhere leads nowhere that may be read.
            Err(_) if fs::symlink_metadata(here).is_ok() => return None,
            Err(_) => {
                missing.push(at.file_name()?);
                at = at.parent()?;
            }
        }
    }
}

fn too_large(limit: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MB", limit >> 20))
}

impl Files for Disk {
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>> {
        Self::read_limited(path, MAX_SOURCE).map(Arc::from)
    }

    fn list(&self, path: &str) -> io::Result<Vec<Entry>> {
        let mut out = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = match entry.file_name().into_string() {
                Ok(name) => name,
                Err(raw) => {
                    let shown = raw.to_string_lossy().into_owned();
                    if is_terraform(&shown) {
                        let mut all = self.unreadable.lock().unwrap_or_else(PoisonError::into_inner);
                        all.insert(format!("{path}/{shown}"));
                    }
                    continue;
                }
            };
            let kind = entry.file_type()?;
            // a link that leads nowhere, or in a circle, is listed as a file: reading it says what is wrong
            let is_dir = if kind.is_symlink() { entry.path().is_dir() } else { kind.is_dir() };
            out.push(Entry { name, is_dir });
        }
        out.sort();
        Ok(out)
    }

    fn is_dir(&self, path: &str) -> bool {
        Path::new(path).is_dir()
    }

    fn is_file(&self, path: &str) -> bool {
        Path::new(path).is_file()
    }

    fn identity(&self, path: &str) -> Option<String> {
        fs::canonicalize(path).ok()?.into_os_string().into_string().ok()
    }

    fn within(&self, path: &str, dir: &str) -> bool {
        let (Some(real), Some(home)) = (resolved(Path::new(path)), self.home(dir)) else { return false };
        real.strip_prefix(&home).is_ok_and(|rest| !rest.components().any(|part| part.as_os_str() == ".git"))
    }
}

/// True for the names of files that Terraform reads.
pub fn is_terraform(name: &str) -> bool {
    is_module_file(name) || name.ends_with(".tfvars") || name.ends_with(".tfvars.json")
}

/// True for the names of files that make a directory a module.
pub fn is_module_file(name: &str) -> bool {
    !name.starts_with('.') && [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_followed_to_where_they_lead() {
        let top = tempfile::TempDir::new().unwrap();
        let at = |p: &str| top.path().join(p).to_str().unwrap().to_owned();
        for dir in ["repo/.git", "repo/live/sub", "repo/modules/m", "other"] {
            fs::create_dir_all(at(dir)).unwrap();
        }
        for file in ["repo/.git/config", "repo/live/a", "repo/modules/m/b", "other/c"] {
            fs::write(at(file), "x").unwrap();
        }
        for (link, target) in [
            ("repo/live/inner", "repo/modules/m/b"),
            ("repo/live/outer", "other/c"),
            ("repo/live/folder", "other"),
            ("repo/live/nowhere", "other/none"),
            ("repo/live/git", "repo/.git/config"),
            ("other/back", "repo/live/a"),
        ] {
            symlink(at(target), at(link)).unwrap();
        }
        let disk = Disk::new();
        let within = |path: &str, dir: &str| disk.within(&at(path), &at(dir));
        for path in ["a", "sub", "none", "sub/none/more", "inner", "../modules/m/b", ".", "sub/../a"] {
            assert!(within(&format!("repo/live/{path}"), "repo/live"), "{path}");
        }
        for path in
            ["outer", "folder/c", "folder/none", "nowhere", "git", "../.git/config", "../../other/c", ".."]
        {
            let inside = path == "..";
            assert_eq!(within(&format!("repo/live/{path}"), "repo/live"), inside, "{path}");
        }
        // Without a repository, the directory itself is the bound.
        assert!(within("other/c", "other") && within("other/none", "other"));
        assert!(!within("other/back", "other") && !within("repo/live/a", "other"));
    }
}
