//! All instances of a plan by the block that they come from.

use std::collections::BTreeMap;

use trueline_model::{Address, Key};

/// More than this many instances that may be meant are named once, with the key `[*]`.
const MANY: usize = 16;

/// Keys of the modules on the way and of the instance itself: what tells instances of one block apart.
type Keys = (Vec<Option<Key>>, Option<Key>);

/// Addresses by block.
pub struct Instances {
    by_block: BTreeMap<String, BTreeMap<Keys, Address>>,
}

impl Instances {
    /// Collects addresses.
    pub fn of<'a>(addresses: impl Iterator<Item = &'a Address>) -> Self {
        let mut by_block: BTreeMap<String, BTreeMap<Keys, Address>> = BTreeMap::new();
        for a in addresses {
            by_block.entry(a.without_keys().to_string()).or_default().insert(keys(a), a.clone());
        }
        Self { by_block }
    }

    /// The instances that `target` may mean where `from` refers to it, and whether that is certain.
    ///
    /// `target` has the keys that are written in the reference. `same_key` says that the reference
    /// depends on the key of `from` (`count.index`, `each.key`).
    pub fn meant(&self, target: &Address, from: &Address, same_key: bool) -> (Vec<Address>, bool) {
        let Some(all) = self.by_block.get(&target.without_keys().to_string()) else {
            return (Vec::new(), false);
        };
        if let (1, Some(only)) = (all.len(), all.values().next()) {
            return (vec![only.clone()], true);
        }
        // Inside one module instance a reference stays in it.
        let shared = target.modules.iter().zip(&from.modules).take_while(|(a, b)| a.name == b.name).count();
        let mut wanted = target.clone();
        for (t, f) in wanted.modules.iter_mut().zip(&from.modules).take(shared) {
            t.key.clone_from(&f.key);
        }
        if wanted.key.is_none() && same_key {
            wanted.key.clone_from(&from.key);
        }
        if let Some(exact) = all.get(&keys(&wanted)) {
            return (vec![exact.clone()], true);
        }
        let fits = |a: &&Address| {
            let modules = a.modules.iter().zip(&wanted.modules).enumerate();
            modules.into_iter().all(|(i, (a, w))| a.key == w.key || (i >= shared && w.key.is_none()))
                && (target.key.is_none() || a.key == target.key)
        };
        let mut found: Vec<Address> = all.values().filter(fits).take(MANY + 1).cloned().collect();
        if let (1, Some(only)) = (found.len(), found.first()) {
            return (vec![only.clone()], true);
        }
        if found.len() > MANY {
            let any = Address { key: Some(Key::Any), ..wanted };
            found = vec![any];
        }
        (found, false)
    }
}

fn keys(a: &Address) -> Keys {
    (a.modules.iter().map(|m| m.key.clone()).collect(), a.key.clone())
}
