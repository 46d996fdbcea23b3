//! What findings ask for together: which resources of a root lack the same tags, and where one edit would do for all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_hcl::File;
use trueline_model::{Address, Finding, OpValue, Operation, Plan, Resource, Route, Segment, Verdict};
use trueline_terraform::Parsed;
use trueline_text::{FileId, Location, normalize};

use super::handed::source;
use super::scene::Scene;
use super::stations::{Chain, Station, stations};
use super::survey::Surveys;
use super::tags::Provider;
use super::upstream::directory;
use super::walk::Here;
use crate::TagPlace;
use crate::change::Intents;

/// A tag and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Its key.
    pub name: Arc<str>,
    /// Its value.
    pub value: OpValue,
}

impl Tag {
    /// The tag that an operation asks for.
    pub fn of(operation: &Operation) -> Option<Self> {
        let (Operation::Set { route, value, .. } | Operation::Default { route, value, .. }) = operation
        else {
            return None;
        };
        match route.0.as_slice() {
            [Segment::Name(head), Segment::Name(name)] if &**head == "tags" => {
                Some(Self { name: name.clone(), value: value.clone() })
            }
            _ => None,
        }
    }

    fn key(&self) -> String {
        format!("{} {:?}", self.name, self.value)
    }
}

/// The key and the route of a `tag` block that an operation asks for.
fn of_block(operation: &Operation) -> Option<(Arc<str>, Route)> {
    let Operation::Set { route, value: OpValue::Json(block), .. } = operation else { return None };
    let [Segment::Name(head), Segment::Index(_)] = route.0.as_slice() else { return None };
    let key = block.get("key").filter(|_| &**head == "tag")?.as_str()?;
    Some((key.into(), route.clone()))
}

/// True if a resource has no such tag, or an empty one.
pub fn lacks(resource: &Resource, name: &str) -> bool {
    let route = Route(vec![Segment::Name("tags".into()), Segment::Name(name.into())]);
    match resource.values.at(&route) {
        None => true,
        Some(v) => v.is_unset() || v.as_str().is_some_and(|s| s.trim().is_empty()),
    }
}

/// The resources of one root that lack tags, by the places that would give them one.
#[derive(Debug, Default)]
pub struct Demand {
    /// Blocks by place and tag.
    blocks: BTreeMap<(Location, String), BTreeSet<Location>>,
    /// What each tag would change, of all that lack it.
    lacking: BTreeMap<Arc<str>, Intents>,
    /// Nobody in the repository calls the root.
    pub own_root: bool,
    /// Where missing tags go.
    pub place: TagPlace,
}

impl Demand {
    /// Gathers what the findings of a plan ask for; `called` are the directories that calls in the repository name.
    pub fn of(
        parsed: &Parsed,
        plan: &Plan,
        findings: &[Finding],
        editable: &dyn Fn(&str) -> bool,
        called: &BTreeSet<String>,
        place: TagPlace,
    ) -> Self {
        let root = plan.directories.first();
        let own_root = root.is_some_and(|r| !called.contains(&normalize(r)));
        let mut out = Self { own_root, place, ..Self::default() };
        let mut lacking: BTreeMap<Arc<str>, BTreeSet<(Address, Route)>> = BTreeMap::new();
        let mut known: BTreeMap<String, &Resource> = BTreeMap::new();
        let surveys = Surveys::default();
        for finding in findings.iter().filter(|f| f.verdict == Verdict::Fail && f.module == plan.path) {
            let operations = finding.fix.as_ref().map_or(&[][..], |f| &f.operations);
            let tags: Vec<Tag> = operations.iter().filter_map(Tag::of).collect();
            let blocks: Vec<(Arc<str>, Route)> = operations.iter().filter_map(of_block).collect();
            let asks = !tags.is_empty() || !blocks.is_empty();
            let Some(address) = finding.address.as_ref().filter(|_| asks) else { continue };
            if known.is_empty() {
                known = plan.resources.iter().map(|r| (r.address.to_string(), r)).collect();
            }
            let Some(resource) = known.get(&address.to_string()) else { continue };
            let nothing = Self { own_root, place, ..Self::default() };
            let scene = Scene {
                parsed,
                plan,
                everything: &[],
                surveys: &surveys,
                same: &|at| at,
                editable,
                demand: &nothing,
            };
            out.count(&scene, resource, &tags);
            for (name, _) in &blocks {
                // New blocks stand behind the others, in whatever order.
                let routes = blocks.iter().map(|(_, route)| (resource.address.clone(), route.clone()));
                lacking.entry(name.clone()).or_default().extend(routes);
            }
            for tag in &tags {
                let all = lacking.entry(tag.name.clone()).or_default();
                for head in ["tags", "tags_all"] {
                    let route = Route(vec![Segment::Name(head.into()), Segment::Name(tag.name.clone())]);
                    all.insert((resource.address.clone(), route));
                }
            }
        }
        let listed = |(name, all): (Arc<str>, BTreeSet<_>)| (name, Arc::new(all.into_iter().collect()));
        out.lacking = lacking.into_iter().map(listed).collect();
        out
    }

    fn count(&mut self, scene: &Scene<'_>, resource: &Resource, tags: &[Tag]) {
        let Some(block) = resource.declared.as_ref().map(|d| Location { file: d.file, span: d.block }) else {
            return;
        };
        let provider = Provider::of(scene, resource);
        let stations = self.stations(scene, resource);
        for tag in tags {
            let places = stations.iter().filter_map(Station::place);
            let reached = provider.as_ref().filter(|p| p.reaches(resource, &tag.name)).map(|p| p.at);
            for place in places.chain(reached) {
                self.blocks.entry((place, tag.key())).or_default().insert(block);
            }
        }
    }

    /// The stations of a resource's tags.
    pub fn stations(&self, scene: &Scene<'_>, resource: &Resource) -> Vec<Station> {
        let Ok(reached) = scene.reach(resource, &Route::name("tags")) else { return Vec::new() };
        let Here::Value(file, expr) = reached.here else { return Vec::new() };
        stations(scene, &Chain::of(scene, resource), self.own_root, file, expr)
    }

    /// What this tag would change, of all that lack it.
    pub fn lacking(&self, name: &str) -> Option<&Intents> {
        self.lacking.get(name)
    }

    /// How many blocks lack this tag and would get it at the place.
    pub fn share(&self, place: Location, tag: &Tag) -> usize {
        self.blocks.get(&(place, tag.key())).map_or(0, BTreeSet::len)
    }
}

/// The directories that `module` blocks in the repository call.
pub fn called(parsed: &Parsed) -> BTreeSet<String> {
    let of = |(file, tree): (&FileId, &Arc<File>)| -> Vec<String> {
        let own = || parsed.sources.get(*file).map(|s| directory(&s.path)).unwrap_or_default();
        tree.body.blocks().filter_map(source).map(|s| normalize(&format!("{}/{s}", own()))).collect()
    };
    parsed.trees.iter().flat_map(of).collect()
}
