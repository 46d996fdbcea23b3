//! Changes of an IAM document that an `aws_iam_policy_document` data source makes: IAM's names to the data source's.

use trueline_model::{OpValue, Resource, Route, Segment, Value};

use super::scene::Scene;
use super::{computed, listed, remove, set};
use crate::NoPlace;
use crate::change::{Built, Change};

/// The ways to change `inner` of the `document` that `data` makes.
pub fn changes(
    scene: &Scene<'_>,
    resource: &Resource,
    route: &Route,
    data: &Resource,
    document: &Value,
    inner: &[Segment],
    wanted: Option<&OpValue>,
) -> Result<Vec<Change>, NoPlace> {
    let refuse = |problem: &str| NoPlace::Value { route: route.to_string(), problem: problem.to_owned() };
    let (Some((Segment::Name(head), rest)), true) = (inner.split_first(), data.declared.is_some()) else {
        return Err(computed(resource, route));
    };
    match (&**head, rest.split_first()) {
        ("Version" | "Id", None) => {
            let name = if &**head == "Version" { "version" } else { "policy_id" };
            one(scene, data, &Route::name(name), wanted)
        }
        ("Statement", Some((Segment::Index(i), below))) => {
            let at = own_index(data, document, *i).ok_or_else(|| computed(resource, route))?;
            let statement = Route::name("statement").element(at);
            match below.split_first() {
                None => one(scene, data, &statement, wanted),
                Some((Segment::Name(key), deeper)) => {
                    key_of_statement(scene, data, document, &statement, (key, *i, deeper), wanted)
                        .unwrap_or_else(|| Err(refuse("`aws_iam_policy_document` has no such place")))
                }
                Some(_) => Err(refuse("a statement has keys, no elements")),
            }
        }
        _ => Err(refuse("`aws_iam_policy_document` has no such place")),
    }
}

/// Which `statement` block makes the nth statement: those of `source_policy_documents` come first.
fn own_index(data: &Resource, document: &Value, index: u32) -> Option<u32> {
    let all = document.at(&Route::name("Statement"))?.as_items()?.len();
    let own = data.values.at(&Route::name("statement"))?.as_items()?.len();
    let overridden = data.values.at(&Route::name("override_policy_documents")).is_some_and(|v| !v.is_unset());
    let before = u32::try_from(all.checked_sub(own)?).ok()?;
    if overridden && before > 0 {
        return None;
    }
    index.checked_sub(before)
}

type Way = Result<Vec<Change>, NoPlace>;

fn key_of_statement(
    scene: &Scene<'_>,
    data: &Resource,
    document: &Value,
    statement: &Route,
    (key, index, deeper): (&str, u32, &[Segment]),
    wanted: Option<&OpValue>,
) -> Option<Way> {
    let scalar = match key {
        "Sid" => Some("sid"),
        "Effect" => Some("effect"),
        _ => None,
    };
    if let Some(name) = scalar {
        return deeper.is_empty().then(|| one(scene, data, &statement.child(name), wanted));
    }
    let list = match key {
        "Action" => Some("actions"),
        "NotAction" => Some("not_actions"),
        "Resource" => Some("resources"),
        "NotResource" => Some("not_resources"),
        _ => None,
    };
    if let Some(name) = list {
        let attribute = statement.child(name);
        return match deeper {
            [] => Some(one(scene, data, &attribute, wanted.map(listed).as_ref())),
            [Segment::Index(j)] => {
                // The document sorts its lists; the element is found by its value.
                let place = Route::name("Statement").element(index).child(key).element(*j);
                let text = document.at(&place)?.as_str()?;
                let items = data.values.at(&attribute)?.as_items()?;
                let k = items.iter().position(|v| v.as_str() == Some(text))?;
                Some(one(scene, data, &attribute.element(u32::try_from(k).ok()?), wanted))
            }
            _ => None,
        };
    }
    match (key, deeper, wanted) {
        ("Condition", [Segment::Name(test), Segment::Name(variable)], Some(value)) => {
            let body = vec![
                Built::Attribute("test".into(), OpValue::Json(test.to_string().into())),
                Built::Attribute("variable".into(), OpValue::Json(variable.to_string().into())),
                Built::Attribute("values".into(), listed(value)),
            ];
            let there = document.at(&Route::name("Statement").element(index).child(key).child(test.clone()));
            if there.and_then(|v| v.at(&Route::name(variable.clone()))).is_some() {
                return None;
            }
            Some(append(scene, data, statement, Built::Block("condition".into(), body)))
        }
        ("Principal" | "NotPrincipal", [Segment::Name(kind)], _) => {
            let name = if key == "Principal" { "principals" } else { "not_principals" };
            let blocks = data.values.at(&statement.child(name)).and_then(Value::as_items).unwrap_or_default();
            let at =
                blocks.iter().position(|b| b.at(&Route::name("type")).and_then(Value::as_str) == Some(kind));
            match (at, wanted) {
                (Some(k), Some(value)) => {
                    let block = statement.child(name).element(u32::try_from(k).ok()?);
                    Some(one(scene, data, &block.child("identifiers"), Some(&listed(value))))
                }
                (Some(k), None) => {
                    Some(one(scene, data, &statement.child(name).element(u32::try_from(k).ok()?), None))
                }
                (None, Some(value)) => {
                    let body = vec![
                        Built::Attribute("type".into(), OpValue::Json(kind.to_string().into())),
                        Built::Attribute("identifiers".into(), listed(value)),
                    ];
                    Some(append(scene, data, statement, Built::Block(name.into(), body)))
                }
                (None, None) => None,
            }
        }
        _ => None,
    }
}

fn append(scene: &Scene<'_>, data: &Resource, statement: &Route, block: Built) -> Way {
    let reached = scene.reach(data, statement)?;
    match (reached.here, reached.rest.is_empty()) {
        (super::walk::Here::Body(file, node), true) => Ok(vec![Change::Append { at: node.at(file), block }]),
        _ => Err(computed(data, statement)),
    }
}

/// The changes alone of one operation on the data source.
fn one(scene: &Scene<'_>, data: &Resource, route: &Route, wanted: Option<&OpValue>) -> Way {
    let placements = match wanted {
        Some(value) => set::set(scene, data, route, value)?,
        None => remove::remove(scene, data, route)?,
    };
    let mut out = Vec::new();
    for p in placements {
        match p.changes.as_slice() {
            [one] => out.push(one.clone()),
            _ => return Err(computed(data, route)),
        }
    }
    Ok(out)
}
