//! What breaks a schema, changed where it was found: in a resource, in a `module` block, in a `provider` block.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind, Item, ObjectKey};
use trueline_model::{Address, Breach, BreachKind, Finding, Owner, Route, Segment, Type};
use trueline_provider::schema::{self, BlockSchema};
use trueline_text::Location;

use super::scene::Scene;
use super::set;
use crate::NoPlace;
use crate::change::{Change, Placement, Spelling};
use trueline_hcl::trail::{Node, trail};

/// The breach of this finding, where it is none of a resource.
pub fn owned<'a>(scene: &Scene<'a>, finding: &Finding, route: &Route) -> Option<&'a Breach> {
    breach(scene, finding, route).filter(|b| !matches!(b.owner, Owner::Resource(_)))
}

fn breach<'a>(scene: &Scene<'a>, finding: &Finding, route: &Route) -> Option<&'a Breach> {
    let same = |b: &&Breach| b.route == *route && b.kind != BreachKind::MissingArgument;
    scene.plan.breaches.iter().filter(same).find(|b| b.owner.to_string() == finding.subject)
}

/// The way to give an argument or block of a `module` or `provider` block another name.
pub fn rename(
    scene: &Scene<'_>,
    finding: &Finding,
    route: &Route,
    to: &str,
) -> Result<Vec<Placement>, NoPlace> {
    let missing = || NoPlace::NoResource(finding.subject.clone());
    let breach = owned(scene, finding, route).ok_or_else(missing)?;
    let at = whole(scene, breach).ok_or_else(missing)?;
    placed(scene, breach, vec![Change::Rename { at, to: to.into() }])
}

/// The ways to spell blocks as an argument, or an argument as blocks.
pub fn respell(scene: &Scene<'_>, finding: &Finding, route: &Route) -> Result<Vec<Placement>, NoPlace> {
    let missing = || NoPlace::NoResource(finding.subject.clone());
    let breach = breach(scene, finding, route).ok_or_else(missing)?;
    let at = whole(scene, breach).ok_or_else(missing)?;
    let schema = schema_of(scene, breach);
    let changes = match item(scene, at) {
        Some(Item::Attribute(a)) => {
            let mut nested = BTreeSet::new();
            if let Some(b) = schema.as_ref().and_then(|s| s.blocks.get(&breach.name)) {
                blocks_inside(&a.expr, &b.block, &mut Vec::new(), &mut nested);
            }
            vec![Change::Respell { at, to: Spelling::Blocks(nested) }]
        }
        Some(Item::Block(_)) => {
            let ty = schema.as_ref().and_then(|s| s.attributes.get(&breach.name)).map(|a| &a.ty);
            let spellings = match ty {
                Some(Type::List(_) | Type::Set(_) | Type::Tuple(_)) => vec![Spelling::List],
                Some(_) => vec![Spelling::Object],
                // Which of them the variable of a module takes the proof shows.
                None => vec![Spelling::Object, Spelling::List],
            };
            spellings.into_iter().map(|to| Change::Respell { at, to }).collect()
        }
        None => return Err(missing()),
    };
    placed(scene, breach, changes)
}

/// The changes that may be written, with all that they mean to change.
fn placed(scene: &Scene<'_>, breach: &Breach, changes: Vec<Change>) -> Result<Vec<Placement>, NoPlace> {
    let changes = set::editable(scene, changes);
    if changes.is_empty() {
        let (address, route) = (breach.owner.to_string(), breach.route.to_string());
        return Err(NoPlace::Upstream { address, route });
    }
    let intents = vec![Arc::new(intents(scene, breach))];
    Ok(changes.into_iter().map(|c| Placement { intents: intents.clone(), ..Placement::of(c) }).collect())
}

/// What follows from a breach that is mended: the argument itself; all that a module makes of what it is given; all
/// resources of a provider.
fn intents(scene: &Scene<'_>, breach: &Breach) -> Vec<(Address, Route)> {
    let every = |test: &dyn Fn(&trueline_model::Resource) -> bool| {
        let all = scene.plan.resources.iter().filter(|r| test(r));
        all.map(|r| (r.address.clone(), Route::root())).collect()
    };
    match &breach.owner {
        Owner::Resource(address) => {
            let of = |a: &Address| a.without_keys() == address.without_keys();
            let all = scene.plan.resources.iter().filter(|r| of(&r.address));
            let head = breach.route.head().map_or_else(Route::root, |h| Route::root().child(h.clone()));
            all.map(|r| (r.address.clone(), head.clone())).collect()
        }
        Owner::Call(path) => every(&|r| {
            let names = r.address.modules.iter().map(|m| &m.name);
            r.address.modules.len() >= path.len() && path.iter().map(|m| &m.name).eq(names.take(path.len()))
        }),
        Owner::Provider(_, name) => every(&|r| r.provider.local == *name),
    }
}

/// The schema of the body that the breach stands in; none for a `module` block.
fn schema_of(scene: &Scene<'_>, breach: &Breach) -> Option<Arc<BlockSchema>> {
    let mut schema = match &breach.owner {
        Owner::Resource(address) => {
            let same = |r: &&trueline_model::Resource| r.address.without_keys() == address.without_keys();
            let mut all = scene.plan.resources.iter().chain(&scene.plan.data);
            scene.schema(all.find(same)?)?
        }
        Owner::Provider(..) => schema::aws().provider_config()?,
        Owner::Call(_) => return None,
    };
    let names = breach.route.0.iter().filter_map(|s| match s {
        Segment::Name(n) => Some(n),
        Segment::Index(_) => None,
    });
    let names: Vec<_> = names.collect();
    for name in names.split_last().map_or(&[][..], |(_, way)| way) {
        schema = schema.blocks.get(*name)?.block.clone();
    }
    Some(schema)
}

/// The ways of names to entries that the schema has as blocks.
fn blocks_inside(
    value: &Expr,
    schema: &BlockSchema,
    path: &mut Vec<Arc<str>>,
    found: &mut BTreeSet<Vec<Arc<str>>>,
) {
    match &value.kind {
        ExprKind::Tuple(items) => items.iter().for_each(|i| blocks_inside(i, schema, path, found)),
        ExprKind::Object(items) => {
            for i in items {
                let name: &str = match &i.key {
                    ObjectKey::Name(n) => &n.text,
                    ObjectKey::Expr(e) => e.as_literal_str().unwrap_or_default(),
                };
                if let Some((name, b)) = schema.blocks.get_key_value(name) {
                    path.push(name.clone());
                    found.insert(path.clone());
                    blocks_inside(&i.value, &b.block, path, found);
                    path.pop();
                }
            }
        }
        _ => {}
    }
}

/// The attribute, block or entry that has the breach's name at the breach's place.
fn whole(scene: &Scene<'_>, breach: &Breach) -> Option<Location> {
    let tree = scene.tree(breach.at.file)?;
    let span = trail(tree, breach.at.span).into_iter().rev().find_map(|n| match n {
        Node::Attribute(a) if a.name.span == breach.at.span => Some(a.span),
        Node::Block(b) if b.kind.span == breach.at.span => Some(b.span),
        Node::Entry(e) => match &e.key {
            ObjectKey::Name(n) if n.span == breach.at.span => Some(e.span),
            ObjectKey::Expr(k) if k.span == breach.at.span => Some(e.span),
            _ => None,
        },
        _ => None,
    })?;
    Some(Location { file: breach.at.file, span })
}

fn item<'a>(scene: &Scene<'a>, at: Location) -> Option<&'a Item> {
    trail(scene.tree(at.file)?, at.span).into_iter().find_map(|n| match n {
        Node::Body(body) => body.items.iter().find(|i| i.span() == at.span),
        _ => None,
    })
}
