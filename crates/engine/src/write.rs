//! Writes changed files: all of them or none.

#![allow(clippy::disallowed_methods)] // this is the door

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::EngineError;

/// One file before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Path as the run knows it.
    pub path: String,
    /// The text that was read.
    pub before: String,
    /// The text to write.
    pub after: String,
}

struct Prepared {
    target: PathBuf,
    temp: NamedTempFile,
    before: String,
}

/// Writes all files beside their targets first, then renames one after the other; if a rename fails, those that
/// went before are set back. A file that changed since it was read, or that the user may not write, stops the whole.
/// Permissions are kept, and a symbolic link stays one.
pub fn write_all(changes: &[FileChange]) -> Result<(), EngineError> {
    let mut prepared = Vec::with_capacity(changes.len());
    for c in changes {
        prepared.push(prepare(c)?);
    }
    let mut done: Vec<(PathBuf, String)> = Vec::new();
    for p in prepared {
        let target = p.target.clone();
        if let Err(e) = p.temp.persist(&p.target) {
            for (path, text) in done.iter().rev() {
                // setting back is best effort: the error below is what the user has to see
                let _ = place(path, text).and_then(|t| t.persist(path).map_err(|e| e.error));
            }
            return Err(failed(&target, &e.error.to_string()));
        }
        done.push((target, p.before));
    }
    Ok(())
}

fn failed(path: &Path, reason: &str) -> EngineError {
    EngineError::Write { path: path.to_string_lossy().into_owned(), reason: reason.to_owned() }
}

fn prepare(c: &FileChange) -> Result<Prepared, EngineError> {
    let path = Path::new(&c.path);
    let target = fs::canonicalize(path).map_err(|e| failed(path, &e.to_string()))?;
    let now = fs::read(&target).map_err(|e| failed(path, &e.to_string()))?;
    if now != c.before.as_bytes() {
        return Err(failed(path, "it changed while it was checked; run again"));
    }
    // a rename would replace it whatever its permissions: whoever may not write it may not change it so either
    fs::OpenOptions::new().append(true).open(&target).map_err(|e| failed(path, &e.to_string()))?;
    let temp = place(&target, &c.after).map_err(|e| failed(path, &e.to_string()))?;
    Ok(Prepared { target, temp, before: c.before.clone() })
}

/// A temporary file beside `target`, with its permissions.
fn place(target: &Path, text: &str) -> std::io::Result<NamedTempFile> {
    let dir = target.parent().unwrap_or_else(|| Path::new("."));
    let mut temp = tempfile::Builder::new().prefix(".trueline-").tempfile_in(dir)?;
    temp.write_all(text.as_bytes())?;
    temp.as_file().sync_all()?;
    fs::set_permissions(temp.path(), fs::metadata(target)?.permissions())?;
    Ok(temp)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn change(path: &Path, before: &str, after: &str) -> FileChange {
        FileChange {
            path: path.to_str().unwrap().to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }

    #[test]
    fn all_files_are_written_or_none() {
        let dir = tempfile::TempDir::new().unwrap();
        let (a, b, link) = (dir.path().join("a.tf"), dir.path().join("b.tf"), dir.path().join("link.tf"));
        fs::write(&a, "a").unwrap();
        fs::write(&b, "b").unwrap();
        fs::set_permissions(&b, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&b, &link).unwrap();

        let stale = write_all(&[change(&a, "a", "A"), change(&b, "other", "B")]);
        assert!(matches!(stale, Err(EngineError::Write { reason, .. }) if reason.contains("changed while")));
        assert_eq!(fs::read_to_string(&a).unwrap(), "a");

        write_all(&[change(&a, "a", "A"), change(&link, "b", "B")]).unwrap();
        assert_eq!(fs::read_to_string(&a).unwrap(), "A");
        assert_eq!(fs::read_to_string(&b).unwrap(), "B");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&b).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3, "temporary files were left behind");
    }

    #[test]
    fn what_the_user_may_not_write_stays() {
        let dir = tempfile::TempDir::new().unwrap();
        let file = dir.path().join("a.tf");
        fs::write(&file, "a").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
        // root may write it all the same
        let may = fs::OpenOptions::new().append(true).open(&file).is_ok();
        assert_eq!(write_all(&[change(&file, "a", "A")]).is_ok(), may);
        assert_eq!(fs::read_to_string(&file).unwrap(), if may { "A" } else { "a" });
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o444);
    }
}
