//! A map by name, which most often holds a handful.

use std::collections::HashMap;

use crate::syntax::Name;

/// A map by name that is small, nearly always.
#[derive(Debug)]
pub(crate) struct NameMap<T> {
    entries: Vec<(Name, T)>,
    /// Where the entries are, once there are many.
    index: Option<HashMap<Name, usize>>,
}

impl<T> Default for NameMap<T> {
    fn default() -> Self {
        NameMap { entries: Vec::new(), index: None }
    }
}

/// So many entries are looked through one by one.
const FEW: usize = 16;

impl<T> NameMap<T> {
    fn at(&self, name: &Name) -> Option<usize> {
        if let Some(index) = &self.index {
            return index.get(name).copied();
        }
        // Names are shared, so most are found without a look at their texts.
        let same = |known: &Name| std::ptr::addr_eq(Name::as_ptr(known), Name::as_ptr(name)) || known == name;
        self.entries.iter().position(|(known, _)| same(known))
    }

    pub(crate) fn get(&self, name: &Name) -> Option<&T> {
        self.entries.get(self.at(name)?).map(|(_, value)| value)
    }

    pub(crate) fn contains(&self, name: &Name) -> bool {
        self.at(name).is_some()
    }

    /// Tells whether a name is there that is not at hand as such.
    pub(crate) fn contains_text(&self, text: &str) -> bool {
        self.entries.iter().any(|(known, _)| known.as_ref() == text)
    }

    /// Forgets all names; the room for them stays.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.index = None;
    }

    /// Sets the value of a name that has none.
    pub(super) fn add(&mut self, name: &Name, value: T) {
        if self.at(name).is_none() {
            self.push(name.clone(), value);
        }
    }

    fn push(&mut self, name: Name, value: T) {
        let at = self.entries.len();
        if at == FEW {
            let known = self.entries.iter().enumerate();
            self.index = Some(known.map(|(at, (name, _))| (name.clone(), at)).collect());
        }
        if let Some(index) = &mut self.index {
            index.insert(name.clone(), at);
        }
        self.entries.push((name, value));
    }

    /// Sets the value of a name.
    pub(crate) fn insert(&mut self, name: Name, value: T) {
        match self.at(&name).and_then(|at| self.entries.get_mut(at)) {
            Some(entry) => entry.1 = value,
            None => self.push(name, value),
        }
    }
}
