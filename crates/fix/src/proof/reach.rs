//! Which roots a file belongs to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Base;
use crate::place::directory;

/// Roots by the directories of their modules, and by the files of values that they are planned with.
#[derive(Default)]
pub struct Reach {
    by_directory: BTreeMap<String, BTreeSet<Arc<str>>>,
    by_values: BTreeMap<String, BTreeSet<Arc<str>>>,
    all: BTreeSet<Arc<str>>,
}

impl Reach {
    /// Looks at the plans and inputs of all roots.
    pub fn of(base: &Base<'_>) -> Self {
        let mut out = Self::default();
        for root in base.roots() {
            out.all.insert(root.clone());
            // With other inputs other modules may be called; they are read all the same.
            for variant in 0..base.inputs_of(root).len() {
                for dir in base.plan_of(root, variant).into_iter().flat_map(|p| &p.directories) {
                    let dir = trueline_text::normalize(dir);
                    out.by_directory.entry(dir).or_default().insert(root.clone());
                }
            }
            for path in base.inputs_of(root).iter().flat_map(trueline_terraform::Inputs::var_files) {
                let path = trueline_text::normalize(path);
                out.by_values.entry(path).or_default().insert(root.clone());
            }
        }
        out
    }

    /// The roots that read this file. A file that is no part of a module may be read by any of them.
    pub fn roots(&self, path: &str) -> BTreeSet<Arc<str>> {
        let part = [".tf", ".tofu", ".tf.json", ".tofu.json", ".tfvars", ".tfvars.json"];
        if !part.iter().any(|end| path.ends_with(end)) {
            return self.all.clone();
        }
        let module = self.by_directory.get(&directory(path)).into_iter().flatten();
        module.chain(self.by_values.get(path).into_iter().flatten()).cloned().collect()
    }
}
