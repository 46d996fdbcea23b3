//! Which Terraform may be run: what the modules' `required_version` admits.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::World;
use crate::module::ModuleConfig;
use crate::parsed::MAX_CALLS;
use crate::versions::admits;

/// The version from which on one side of `&&` and `||` is left alone if the other decides.
pub(super) const SHORT_CIRCUIT: [u64; 3] = [1, 12, 0];
/// The version from which on there is no `list` and no `map`.
pub(super) const WITHOUT_LIST_AND_MAP: [u64; 3] = [0, 15, 0];

impl<'a> World<'a> {
    /// All constraints of the modules that a root leads to.
    pub(super) fn required_versions(&mut self, root: &Arc<ModuleConfig<'a>>) -> Vec<&'a str> {
        let mut out = Vec::new();
        let mut seen: BTreeSet<Arc<str>> = BTreeSet::from([root.dir.clone()]);
        let mut todo = vec![(root.clone(), String::new(), 0)];
        while let Some((config, path, depth)) = todo.pop() {
            out.extend(config.required_version.iter().filter_map(|a| a.expr.as_literal_str()));
            for (name, call) in config.calls.iter().filter(|_| depth < MAX_CALLS) {
                let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                let source = call.content.literal_str("source").unwrap_or_default();
                let target = self.parsed.target(&self.root, &config.dir, &path, source);
                let found = target.filter(|t| self.parsed.directories.get(t).is_some_and(|f| !f.is_empty()));
                if let Some(dir) = found
                    && seen.insert(dir.clone())
                {
                    todo.push((self.config(&dir), path, depth + 1));
                }
            }
        }
        out
    }
}

/// True if some version from `least` on fits all constraints.
pub(super) fn may_be_at_least(constraints: &[&str], least: [u64; 3]) -> bool {
    let mut candidates: BTreeSet<[u64; 3]> = BTreeSet::from([least]);
    // Where the set of admitted versions begins: at a version that a constraint names, or right behind it.
    for part in constraints.iter().flat_map(|c| c.split(',')) {
        let Some(digits) = part.find(|c: char| c.is_ascii_digit()) else { continue };
        let numbers = part.get(digits..).unwrap_or("").trim().split('.').map(|n| n.parse().unwrap_or(0));
        let mut named = [0u64; 3];
        for (to, n) in named.iter_mut().zip(numbers) {
            *to = n;
        }
        let [major, minor, patch] = named;
        candidates.extend([named, [major, minor, patch.saturating_add(1)]]);
    }
    candidates.range(least..).any(|[major, minor, patch]| {
        let version = format!("{major}.{minor}.{patch}");
        constraints.iter().all(|c| admits(c, &version))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_looked_for_that_all_constraints_admit() {
        for yes in [
            &[][..],
            &[">= 1.5"],
            &[">= 1.12"],
            &["~> 1.5"],
            &[">= 1.5, < 2.0"],
            &["~> 1.13.2"],
            &["1.14.1"],
            &["= 1.12.0"],
            &["> 1.12.3, < 1.13.0"],
            &[">= 0.13", "~> 1.0"],
            &[">= 1.3", "!= 1.12.0"],
            &["~> 2.1"],
        ] {
            assert!(may_be_at_least(yes, SHORT_CIRCUIT), "{yes:?}");
        }
        for no in [
            &["~> 1.11.0"][..],
            &["< 1.12"],
            &["1.9.8"],
            &[">= 1.5, < 1.12.0"],
            &["~> 0.14"],
            &[">= 1.5", "<= 1.11.4"],
            &["~> 1.11.0", ">= 1.0"],
        ] {
            assert!(!may_be_at_least(no, SHORT_CIRCUIT), "{no:?}");
        }
    }
}
