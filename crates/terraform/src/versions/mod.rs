//! Which versions of a provider a root admits, and which of the known schemas stand for them.
//!
//! What enters: the constraints of the root and of all modules below it, and what is locked. What leaves: the lowest and
//! the highest version of each major version that may be used ([`ProviderVersions`]), and from them the editions that
//! must *all* refuse before anything is called wrong ([`refusing`]), and those that must all know what a fix writes
//! ([`knowing`], [`lacking`]). Within a major version a provider gains arguments and loses none, so the newest version of it refuses
//! least and the oldest knows least.

mod collect;
mod constraint;
mod lock;

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{ProviderRef, ProviderVersions, Route, Segment, Version};

use constraint::Part;
use trueline_provider::schema::{self, Edition, Section, editions};

pub(crate) use lock::{Locks, read_lock};

/// The last minor version of each major version that is finished.
const LAST: [u64; 6] = [1, 60, 70, 76, 67, 100];
/// Newer major versions than are out are not looked for, unless nothing else is admitted.
const NEWEST: u64 = 6;
/// Minor versions of the newest major version that are looked for, those to come among them.
const TO_COME: u64 = 400;
/// Major versions that nothing is known of.
const FAR: u64 = 20;
/// Oldest major version that is thought of where nothing is stated.
const OLDEST: u64 = 3;
/// Oldest major version that a root without a constraint may still be run with: the one before the newest.
const CURRENT: u64 = NEWEST - 1;
/// A patch that stands for the last one of a minor version.
const LAST_PATCH: u64 = 99;

/// True if a constraint admits a version. One that can't be read admits nothing.
pub(crate) fn admits(constraint: &str, version: &str) -> bool {
    let parts = constraint::parts(constraint);
    parts.zip(version.parse().ok()).is_some_and(|(all, v)| all.iter().all(|p| p.admits(v)))
}

/// The versions that meet all constraints. `locked`: the version of the lock file, which counts if it meets them too.
pub(crate) fn admitted(constraints: &[String], locked: Option<&str>) -> ProviderVersions {
    let read: Vec<Option<Vec<Part>>> = constraints.iter().map(|c| constraint::parts(c)).collect();
    let all: Vec<&Part> = read.iter().flatten().flatten().collect();
    if let Some(v) = locked.and_then(|l| l.parse::<Version>().ok())
        && all.iter().all(|p| p.admits(v))
    {
        return ProviderVersions { stated: vec![v.to_string()], ranges: vec![(v, v)] };
    }
    let mut stated: Vec<String> = constraints.iter().filter(|c| !c.trim().is_empty()).cloned().collect();
    stated.sort_unstable();
    stated.dedup();
    if read.iter().any(Option::is_none) {
        return ProviderVersions { stated, ranges: Vec::new() };
    }
    if all.is_empty() {
        return ProviderVersions { stated, ranges: unstated() };
    }
    let mut ranges: Vec<_> = (0..=NEWEST).filter_map(|major| range(major, &all)).collect();
    if ranges.is_empty() {
        ranges = (NEWEST + 1..=FAR).filter_map(|major| range(major, &all)).collect();
    }
    ProviderVersions { stated, ranges }
}

/// The newest version of each major version.
fn unstated() -> Vec<(Version, Version)> {
    let mut out: Vec<(Version, Version)> = Vec::new();
    for (_, v) in editions().into_iter().filter(|(_, v)| v.0 >= OLDEST) {
        match out.last_mut() {
            Some(last) if last.1.0 == v.0 => *last = (v, v),
            _ => out.push((v, v)),
        }
    }
    out
}

/// Lowest and highest version of a major version that all parts admit.
fn range(major: u64, parts: &[&Part]) -> Option<(Version, Version)> {
    let last = usize::try_from(major).ok().and_then(|m| LAST.get(m)).copied().unwrap_or(TO_COME);
    let (mut lowest, mut highest) = (None, None);
    for minor in 0..=last {
        let near = parts.iter().map(|p| p.wanted()).filter(|w| (w.0, w.1) == (major, minor));
        let mut patches: Vec<u64> = near.flat_map(|w| [w.2.saturating_sub(1), w.2, w.2 + 1]).collect();
        patches.extend([0, LAST_PATCH]);
        patches.sort_unstable();
        for patch in patches {
            let v = Version(major, minor, patch);
            if parts.iter().all(|p| p.admits(v)) {
                lowest.get_or_insert(v);
                highest = Some(v);
            }
        }
    }
    Some((lowest?, highest?))
}

/// The editions that stand for the newest admitted version of each major version. None if there is one of which no
/// schema is known: then nothing can be called wrong.
pub(crate) fn refusing(versions: &ProviderVersions) -> Option<Vec<Edition>> {
    let mut all = editions();
    all.retain(|(e, _)| !e.is_bound());
    let mut out = Vec::new();
    for (lowest, highest) in &versions.ranges {
        let mut of_major = all.iter().filter(|(_, v)| v.0 == highest.0).peekable();
        of_major.peek()?;
        let covering = of_major.clone().find(|(_, v)| v >= highest || same_minor(*v, *highest));
        match (covering, of_major.last()) {
            (Some((edition, _)), _) => out.push(*edition),
            // The last known one stands for what came after, where it is admitted itself or nothing came.
            (None, Some((edition, v))) if lowest <= v || v.0 < NEWEST => out.push(*edition),
            _ => return None,
        }
    }
    (!out.is_empty()).then_some(out)
}

/// True if versions are admitted that are newer than all that are known: they may have more. Where nothing is stated, the
/// newest one that is known is meant.
pub(crate) fn is_open_ended(versions: &ProviderVersions) -> bool {
    let newest = editions().last().map(|(_, v)| *v).unwrap_or_default();
    !versions.stated.is_empty()
        && versions.ranges.last().is_some_and(|(_, h)| (h.0, h.1) > (newest.0, newest.1))
}

/// The editions that must know what is written, with the admitted version that each stands for. Where nothing is stated,
/// `terraform init` takes the newest one, so what only long gone versions lack may be written.
pub fn knowing(versions: &ProviderVersions) -> Vec<(Version, Edition)> {
    let all = editions();
    let mut out = Vec::new();
    let is_current = |v: Version| !versions.stated.is_empty() || v.0 >= CURRENT;
    for (lowest, _) in versions.ranges.iter().filter(|(v, _)| is_current(*v)) {
        let exactly = all.iter().find(|(_, v)| same_minor(*v, *lowest));
        let below = all.iter().rfind(|(_, v)| v <= lowest);
        let above = all.iter().find(|(_, v)| v >= lowest && v.0 == lowest.0);
        match exactly {
            Some((e, _)) => out.push((*lowest, *e)),
            // What both the version before and the one after know was there all the time.
            None => out.extend([below, above].into_iter().flatten().map(|(e, _)| (*lowest, *e))),
        }
        if exactly.is_none() && below.is_none() && above.is_none() {
            out.extend(all.first().map(|(e, _)| (*lowest, *e)));
        }
    }
    out
}

/// What an admitted version lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// The lowest admitted version that is concerned.
    pub version: Version,
    /// The argument or block; none if it has not even the type.
    pub name: Option<Arc<str>>,
    /// It is certain, and not only that no known version up to this one has it.
    pub certain: bool,
}

/// What the admitted versions lack for a route of a type to be written. `written`: how many names of the route stand in the
/// source already, none if the resource does not: a version that lacks those is not the one that is used.
pub fn lacking(
    provider: &ProviderRef,
    (section, kind): (Section, &str),
    route: &Route,
    written: Option<usize>,
) -> Option<Lack> {
    let known = schema::provider(&provider.source)?;
    let versions: BTreeMap<Edition, Version> = editions().into_iter().collect();
    knowing(&provider.versions).into_iter().find_map(|(version, edition)| {
        let at = versions.get(&edition)?;
        let certain = !edition.is_bound() && (*at >= version || same_minor(*at, version));
        let lack = |name| Some(Lack { version, name, certain });
        let Some(mut schema) = known.in_edition(edition, section, kind) else {
            return if written.is_some() { None } else { lack(None) };
        };
        let names = route.0.iter().filter_map(|s| match s {
            Segment::Name(n) => Some(n),
            Segment::Index(_) => None,
        });
        for (i, name) in names.enumerate() {
            if let Some(b) = schema.blocks.get(name) {
                schema = b.block.clone();
                continue;
            }
            if schema.attributes.get(name).is_some_and(|a| !a.is_read_only())
                || written.is_some_and(|n| i < n)
            {
                return None;
            }
            return lack(Some(name.clone()));
        }
        None
    })
}

fn same_minor(a: Version, b: Version) -> bool {
    (a.0, a.1) == (b.0, b.1)
}

/// The editions by which a resource may be read, the best first: the exact one, then the newest.
pub(crate) fn reading(versions: &ProviderVersions) -> Vec<Edition> {
    let mut out = refusing(versions).unwrap_or_default();
    out.reverse();
    out.sort_by_key(|e| *e != Edition::Exact);
    if out.is_empty() {
        out.push(Edition::Exact);
    }
    out
}

#[cfg(test)]
mod tests;
