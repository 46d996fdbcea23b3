//! What the versions of a provider leave open: said once for a root, not at every place.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Breach, NoteKind, ProviderRef, ProviderVersions};
use trueline_text::Location;

use crate::evaluation::Notes;
use crate::versions;
use trueline_provider::schema::Edition;

/// The editions that must all refuse, if each is known, and the versions they are of.
type Known = (Option<Vec<Edition>>, Arc<ProviderVersions>);

/// What is left open.
#[derive(Default)]
pub(super) struct Open {
    /// The editions of each provider, and which versions it has.
    known: BTreeMap<Arc<str>, Known>,
    /// What some versions take and others refuse, and the first of it.
    count: usize,
    first: Option<(String, Location)>,
}

impl Open {
    /// The editions that must all refuse, the one in whose words a breach is told first; none if one is not known.
    pub fn editions(&mut self, provider: &ProviderRef) -> Option<Vec<Edition>> {
        let entry = self.known.entry(provider.source.clone());
        let (editions, _) = entry.or_insert_with(|| {
            let known = versions::refusing(&provider.versions).map(|_| versions::reading(&provider.versions));
            (known, provider.versions.clone())
        });
        editions.clone()
    }

    /// One that not every version refuses.
    pub fn add(&mut self, breach: &Breach) {
        self.count += 1;
        self.first.get_or_insert_with(|| (breach.name.to_string(), breach.at));
    }

    /// Says what is left open.
    pub fn say(self, notes: &mut Notes) {
        for (source, (editions, versions)) in &self.known {
            if editions.is_some() {
                continue;
            }
            let message = match versions.ranges.is_empty() {
                false => format!(
                    "the schema rules say nothing about resources of `{source}`: {} admits versions of which no schema is known here",
                    versions.words()
                ),
                true => format!(
                    "the schema rules say nothing about resources of `{source}`: no version is known that meets {}",
                    versions.words()
                ),
            };
            let help = "`terraform validate` tells whether their arguments are right";
            notes.add(NoteKind::Warning, message, Some(help.into()), None);
        }
        let Some((name, at)) = self.first else { return };
        let stated: Vec<String> = self.known.values().map(|(_, v)| v.words()).collect();
        let what = match self.count {
            1 => format!("`{name}` is"),
            n => format!("`{name}` and {} more are", n - 1),
        };
        let message = format!(
            "{what} right in some of the provider versions that may be used here ({}), and wrong in others: that is no finding",
            stated.join(", ")
        );
        let help =
            "state the version in `required_providers`, or commit `.terraform.lock.hcl`, and it is decided";
        notes.add(NoteKind::Info, message, Some(help.into()), Some(at));
    }
}
