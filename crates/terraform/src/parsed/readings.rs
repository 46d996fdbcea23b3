//! The trees of changed texts, so that copies that go on from the same text need not parse it again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use trueline_hcl::File;

/// A text and its tree.
type Reading = (String, Arc<File>);

/// Of each path the text that was read last, with its tree.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    last: Arc<Mutex<BTreeMap<String, Reading>>>,
}

impl Readings {
    /// The tree of this text, if it is the one that was read last.
    pub fn find(&self, path: &str, text: &str) -> Option<Arc<File>> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.get(path).filter(|(then, _)| then == text).map(|(_, tree)| tree.clone())
    }

    /// Keeps a tree in place of the one before.
    pub fn keep(&self, path: &str, text: &str, tree: &Arc<File>) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.insert(path.to_owned(), (text.to_owned(), tree.clone()));
    }
}
