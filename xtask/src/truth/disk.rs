//! Files of the machine.

use std::io;
use std::sync::Arc;

use trueline_text::{Entry, Files};

/// Reads what is on the disk.
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>> {
        std::fs::read(path).map(Arc::from)
    }

    fn list(&self, path: &str) -> io::Result<Vec<Entry>> {
        let mut out = Vec::new();
        for e in std::fs::read_dir(path)? {
            let e = e?;
            out.push(Entry { name: e.file_name().to_string_lossy().into_owned(), is_dir: e.path().is_dir() });
        }
        out.sort();
        Ok(out)
    }

    fn is_dir(&self, path: &str) -> bool {
        std::path::Path::new(path).is_dir()
    }

    fn is_file(&self, path: &str) -> bool {
        std::path::Path::new(path).is_file()
    }
}
