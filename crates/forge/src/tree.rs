//! The files of a commit.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use sha1::Sha1;
use sha2::{Digest, Sha256};
use trueline_text::{Entry, Files, normalize};

use crate::NoBase;
use crate::command::git;

/// Files larger than this are not read.
const MAX_BLOB: u64 = 64 << 20;

#[derive(Clone, Debug)]
struct Blob {
    id: String,
    size: u64,
}

/// The files of a commit under the paths by which the run knows the working tree; symbolic links and submodules
/// are left out. Content is read on demand; [`Tree::fetch`] reads many files in one call.
#[derive(Debug)]
pub struct Tree {
    dir: String,
    blobs: BTreeMap<String, Blob>,
    dirs: BTreeMap<String, BTreeSet<Entry>>,
    read: Mutex<BTreeMap<String, Arc<[u8]>>>,
}

impl Tree {
    pub(crate) fn read(dir: &str, prefix: &str, commit: &str) -> Result<Self, NoBase> {
        let output = git(dir, &["ls-tree", "-r", "-z", "-l", "--full-tree", commit], None)?;
        if !output.ok {
            return Err(NoBase::Git(output.stderr));
        }
        let mut tree = Self {
            dir: dir.to_owned(),
            blobs: BTreeMap::new(),
            dirs: BTreeMap::new(),
            read: Mutex::default(),
        };
        for line in output.stdout.split(|b| *b == 0) {
            // a name that is no UTF-8 can't be asked for either
            let Some((path, blob)) = std::str::from_utf8(line).ok().and_then(entry) else { continue };
            let path = normalize(&format!("{dir}/{}", relative(prefix, path)));
            tree.add_parents(&path);
            tree.blobs.insert(path, blob);
        }
        Ok(tree)
    }

    fn add_parents(&mut self, path: &str) {
        let mut name = path;
        let mut is_dir = false;
        while let Some((parent, last)) = split(name) {
            let new = self
                .dirs
                .entry(parent.to_owned())
                .or_default()
                .insert(Entry { name: last.to_owned(), is_dir });
            if !new {
                return;
            }
            (name, is_dir) = (parent, true);
        }
    }

    /// Directories that hold Terraform files, sorted; installed modules left out.
    pub fn directories(&self) -> impl Iterator<Item = &str> {
        let module = |(dir, entries): &(&String, &BTreeSet<Entry>)| {
            let installed = dir.split('/').any(|p| p == ".terraform");
            !installed
                && entries
                    .iter()
                    .any(|e| !e.is_dir && (e.name.ends_with(".tf") || e.name.ends_with(".tf.json")))
        };
        self.dirs.iter().filter(module).map(|(dir, _)| dir.as_str())
    }

    /// True if the commit has these bytes at the path; nothing is read for it.
    pub fn holds(&self, path: &str, bytes: &[u8]) -> bool {
        self.blobs.get(&normalize(path)).is_some_and(|blob| {
            let head = format!("blob {}\0", bytes.len());
            blob.size == bytes.len() as u64
                && match blob.id.len() {
                    64 => blob.id == id(Sha256::new(), &head, bytes),
                    _ => blob.id == id(Sha1::new(), &head, bytes),
                }
        })
    }

    /// Reads the Terraform files of these directories at once.
    pub fn fetch<'a>(&self, dirs: impl IntoIterator<Item = &'a str>) -> Result<(), NoBase> {
        let mut wanted: BTreeSet<&str> = BTreeSet::new();
        for dir in dirs {
            let dir = normalize(dir);
            let names =
                self.dirs.get(&dir).into_iter().flatten().filter(|e| !e.is_dir && is_terraform(&e.name));
            for e in names {
                let blob = self.blobs.get(&normalize(&format!("{dir}/{}", e.name)));
                wanted.extend(blob.filter(|b| b.size <= MAX_BLOB).map(|b| b.id.as_str()));
            }
        }
        let ids: Vec<&str> = wanted.into_iter().collect();
        let found = cat(&self.dir, &ids)?;
        self.read.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
        Ok(())
    }
}

/// `MODE TYPE ID SIZE<TAB>PATH`
fn entry(line: &str) -> Option<(&str, Blob)> {
    let (facts, path) = line.split_once('\t')?;
    let mut facts = facts.split_ascii_whitespace();
    let (mode, kind, id, size) = (facts.next()?, facts.next()?, facts.next()?, facts.next()?);
    (kind == "blob" && mode != "120000").then_some(())?;
    Some((path, Blob { id: id.to_owned(), size: size.parse().ok()? }))
}

/// The way from the directory `from` to `path`, both counted from the top of the repository.
fn relative(from: &str, path: &str) -> String {
    let from: Vec<&str> = from.split('/').filter(|s| !s.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to.into_iter().skip(common)).collect::<Vec<_>>().join("/")
}

/// Parent and last name of a normalized path.
fn split(path: &str) -> Option<(&str, &str)> {
    match path.rsplit_once('/') {
        Some(("", last)) => (!last.is_empty()).then_some(("/", last)),
        Some((parent, last)) => Some((parent, last)),
        None => (path != "." && path != "..").then_some((".", path)),
    }
}

fn is_terraform(name: &str) -> bool {
    [".tf", ".tf.json", ".tfvars", ".tfvars.json"].iter().any(|end| name.ends_with(end))
}

/// The id that git gives a blob.
fn id(mut hash: impl Digest, head: &str, bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    hash.update(head.as_bytes());
    hash.update(bytes);
    hash.finalize().iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// Contents of blobs by id.
fn cat(dir: &str, ids: &[&str]) -> Result<BTreeMap<String, Arc<[u8]>>, NoBase> {
    let mut out = BTreeMap::new();
    if ids.is_empty() {
        return Ok(out);
    }
    let mut input = ids.join("\n").into_bytes();
    input.push(b'\n');
    let output = git(dir, &["cat-file", "--batch"], Some(input))?;
    let mut rest = output.stdout.as_slice();
    for id in ids {
        // `ID blob SIZE`, line break, content, line break
        let broken = || NoBase::Git(format!("the object {id} can't be read"));
        let end = rest.iter().position(|b| *b == b'\n').ok_or_else(broken)?;
        let (head, after) = rest.split_at(end);
        let size: usize = std::str::from_utf8(head)
            .ok()
            .and_then(|h| h.rsplit(' ').next())
            .and_then(|s| s.parse().ok())
            .ok_or_else(broken)?;
        let content = after.get(1..).and_then(|a| a.get(..size)).ok_or_else(broken)?;
        out.insert((*id).to_owned(), Arc::from(content));
        rest = after.get(size + 2..).unwrap_or_default();
    }
    Ok(out)
}

impl Files for Tree {
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>> {
        let blob =
            self.blobs.get(&normalize(path)).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        if blob.size > MAX_BLOB {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the file is larger than 64 MB"));
        }
        if let Some(bytes) = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(&blob.id) {
            return Ok(bytes.clone());
        }
        let mut found = cat(&self.dir, &[&blob.id]).map_err(io::Error::other)?;
        let bytes = found.remove(&blob.id).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(blob.id.clone(), bytes.clone());
        Ok(bytes)
    }

    fn list(&self, path: &str) -> io::Result<Vec<Entry>> {
        let entries =
            self.dirs.get(&normalize(path)).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Ok(entries.iter().cloned().collect())
    }

    fn is_dir(&self, path: &str) -> bool {
        self.dirs.contains_key(&normalize(path))
    }

    fn is_file(&self, path: &str) -> bool {
        self.blobs.contains_key(&normalize(path))
    }

    /// Nothing is here that is not in the repository.
    fn within(&self, path: &str, _: &str) -> bool {
        self.is_file(path) || self.is_dir(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_two_places_of_a_repository() {
        for (from, to, way) in [
            ("", "a/main.tf", "a/main.tf"),
            ("a/b", "a/b/main.tf", "main.tf"),
            ("a/b", "a/shared/x.tf", "../shared/x.tf"),
            ("a/b", "c.tf", "../../c.tf"),
            ("a", "ab/c.tf", "../ab/c.tf"),
        ] {
            assert_eq!(relative(from, to), way, "{from} {to}");
        }
    }
}
