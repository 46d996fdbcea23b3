//! Which instances of a block have a companion already, or may have one, whatever the values are.
//!
//! Enters: plans of all that other values may bring. Leaves: for a block and a type of companions, the instances that
//! have one. A companion that is switched off stands in such a plan as a placeholder, so it is seen here and nowhere
//! else.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use trueline_model::{Address, Key, Link, Mode, Plan, Resource, Route};
use trueline_text::Location;

use super::Scene;
use crate::NoPlace;

/// Most pairs of a companion and a resource that are compared.
const PAIRS: usize = 2_000_000;

/// How a companion stands to a resource.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bond {
    /// It is its companion.
    Certain,
    /// It is not.
    None,
    /// Nobody can say.
    Unsure,
}

/// How `candidate` stands to `served`, to which it refers with `route` by its attribute `target`.
pub fn bond(candidate: &Resource, served: &Resource, route: &Route, target: &str) -> Bond {
    let links: Vec<&Link> = candidate.links.iter().filter(|l| route.is_prefix_of(&l.route)).collect();
    if links.iter().any(|l| l.certain && l.to == served.address) {
        return Bond::Certain;
    }
    if links.iter().any(|l| !l.certain && may_be(&l.to, &served.address)) {
        return Bond::Unsure;
    }
    if links.iter().any(|l| is_alike(l, served)) {
        return Bond::None;
    }
    match candidate.values.at(route) {
        None => Bond::None,
        Some(v) if v.is_unset() => Bond::None,
        Some(v) => match v.as_str() {
            // Written out instead of referred to: the same name is the same resource.
            Some(name) => {
                let names = [target, "name", &*route.to_string(), "bucket", "identifier"];
                let own = names.iter().filter_map(|n| served.values.at(&Route::name(*n)));
                let mut own = own.filter(|v| !v.is_unset()).peekable();
                if own.clone().any(|v| v.as_str() == Some(name)) {
                    Bond::Certain
                } else if own.peek().is_some() && own.all(|v| v.as_str().is_some()) {
                    Bond::None
                } else {
                    Bond::Unsure
                }
            }
            None => Bond::Unsure,
        },
    }
}

/// A link to a resource of the same type.
fn is_alike(l: &Link, served: &Resource) -> bool {
    l.to.mode == Mode::Managed && l.to.kind == served.address.kind
}

/// True if two addresses may mean the same instance.
pub fn may_be(a: &Address, b: &Address) -> bool {
    let same = |a: &Option<Key>, b: &Option<Key>| a == b || [a, b].contains(&&Some(Key::Any));
    a.without_keys() == b.without_keys()
        && same(&a.key, &b.key)
        && a.modules.iter().zip(&b.modules).all(|(a, b)| same(&a.key, &b.key))
}

/// A companion of an instance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Served {
    /// The root.
    pub root: Arc<str>,
    /// The instance.
    pub address: Address,
    /// What it has.
    pub companion: Address,
    /// False if it may have it.
    pub sure: bool,
}

/// What there is of companions for the instances of a block.
#[derive(Debug, Default)]
pub struct Survey {
    /// Instances that have one or may have one.
    pub served: BTreeSet<Served>,
    /// All instances of the block, by root.
    pub instances: BTreeSet<(Arc<str>, Address)>,
}

/// Surveys of one round, by block, type of the companions and linking attribute.
#[derive(Default)]
pub struct Surveys {
    made: RefCell<BTreeMap<(Location, String, String), Rc<Survey>>>,
}

impl Surveys {
    /// What there is of companions of this type for the instances of the block that makes `served`.
    pub fn of(
        &self,
        scene: &Scene<'_>,
        served: &Resource,
        kind: &str,
        route: &Route,
        target: &str,
    ) -> Result<Rc<Survey>, NoPlace> {
        let (block, _) = scene.declaration(served)?;
        let key = (block, kind.to_owned(), route.to_string());
        if let Some(made) = self.made.borrow().get(&key) {
            return Ok(made.clone());
        }
        let mut survey = Survey::default();
        for plan in scene.everything {
            look(&mut survey, scene, plan, block, (kind, route, target));
        }
        let survey = Rc::new(survey);
        self.made.borrow_mut().insert(key, survey.clone());
        Ok(survey)
    }
}

fn look(
    out: &mut Survey,
    scene: &Scene<'_>,
    plan: &Plan,
    block: Location,
    (kind, route, target): (&str, &Route, &str),
) {
    let block = (scene.same)(block);
    let declared_there = |r: &&Resource| {
        let at = r.declared.as_ref().map(|d| Location { file: d.file, span: d.block });
        at.is_some_and(|at| (scene.same)(at) == block)
    };
    let instances: BTreeMap<&Address, &Resource> =
        plan.resources.iter().filter(declared_there).map(|r| (&r.address, r)).collect();
    out.instances.extend(instances.keys().map(|a| (plan.path.clone(), (*a).clone())));
    let mut left = PAIRS;
    for candidate in plan.resources.iter().filter(|r| *r.address.kind == *kind) {
        let mut add = |address: &Address, sure: bool| {
            out.served.insert(Served {
                root: plan.path.clone(),
                address: address.clone(),
                companion: candidate.address.clone(),
                sure,
            });
        };
        // Most refer to one resource that is certain.
        let to = candidate.links.iter().filter(|l| route.is_prefix_of(&l.route)).collect::<Vec<_>>();
        if let [one] = to.as_slice()
            && one.certain
            && instances.values().next().is_some_and(|i| is_alike(one, i))
        {
            if let Some((address, _)) = instances.get_key_value(&one.to) {
                add(address, true);
            }
            continue;
        }
        for (address, instance) in &instances {
            left = left.saturating_sub(1);
            match bond(candidate, instance, route, target) {
                _ if left == 0 => add(address, false),
                Bond::Certain => add(address, true),
                Bond::Unsure => add(address, false),
                Bond::None => {}
            }
        }
    }
}
