//! The constraints of a root and of all modules below it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_model::ProviderVersions;

use super::admitted;
use crate::evaluation::World;
use crate::parsed::MAX_CALLS;

impl World<'_> {
    /// Finds out which versions of each provider are admitted.
    pub fn collect_versions(&mut self) {
        let mut stated: BTreeMap<Arc<str>, Vec<String>> = BTreeMap::new();
        let mut seen: BTreeSet<Arc<str>> = BTreeSet::new();
        let mut todo = vec![(self.root.clone(), String::new(), 0)];
        while let Some((dir, path, depth)) = todo.pop() {
            if depth > MAX_CALLS || !seen.insert(dir.clone()) {
                continue;
            }
            let config = self.config_quietly(&dir);
            for r in config.required_providers.values() {
                stated.entry(r.source.clone()).or_default().extend(r.version.iter().map(|v| v.to_string()));
            }
            for p in &config.providers {
                let source = config.provider_source(&p.name);
                let version = p.declaration.content.literal_str("version");
                stated.entry(source).or_default().extend(version.map(str::to_owned));
            }
            for (name, call) in &config.calls {
                let call_path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                let source = call.content.literal_str("source").unwrap_or_default();
                if let Some(target) = self.parsed.target(&self.root, &dir, &call_path, source)
                    && self.parsed.directories.contains_key(&target)
                {
                    todo.push((target, call_path, depth + 1));
                }
            }
        }
        for (source, constraint) in self.parsed.run.get(&self.root).into_iter().flat_map(|r| &r.constraints) {
            stated.entry(source.as_str().into()).or_default().push(constraint.clone());
        }
        let locks = self.parsed.locks.get(&self.root);
        for (source, constraints) in stated {
            let locked = locks.and_then(|l| l.version(&source));
            self.versions.insert(source, Arc::new(admitted(&constraints, locked)));
        }
    }

    /// The versions of the provider of this source that are admitted.
    pub fn versions_of(&self, source: &str) -> Arc<ProviderVersions> {
        if let Some(known) = self.versions.get(source) {
            return known.clone();
        }
        let locked = self.parsed.locks.get(&self.root).and_then(|l| l.version(source));
        Arc::new(admitted(&[], locked))
    }
}
