//! A plan as text: what the provider's schema says of its types, handed to the renderer.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;
use trueline_model::{Mode, Plan};
use trueline_provider::schema::{self, BlockSchema, Nesting};
use trueline_report::{AttributeShape, BlockShape, Many, Shape, Shapes};
use trueline_text::Sources;

/// The text of a plan; with `sources`, each value that the source sets tells where it was written.
pub fn plan_text(plan: &Plan, sources: Option<&Sources>) -> String {
    trueline_report::plan(plan, &shapes(&plan.json), sources)
}

/// What the types of a plan look like, as far as the schema is known.
fn shapes(plan: &Json) -> Shapes {
    let list = |name: &str| plan.get(name).and_then(Json::as_array).into_iter().flatten();
    let deferred = list("deferred_changes").filter_map(|d| d.get("resource_change"));
    let mut known = BTreeMap::new();
    for change in list("resource_changes").chain(deferred) {
        let text = |name: &str| change.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let mode = if text("mode") == "data" { Mode::Data } else { Mode::Managed };
        let key = (text("provider_name"), mode, text("type"));
        if known.contains_key(&key) {
            continue;
        }
        let schema = schema::provider(&key.0).and_then(|p| match mode {
            Mode::Data => p.data_source(&key.2),
            Mode::Managed => p.resource(&key.2),
        });
        if let Some(schema) = schema {
            known.insert(key, shape(&schema));
        }
    }
    Shapes::new(known)
}

/// As deep as blocks are nested in a schema.
fn shape(schema: &BlockSchema) -> Shape {
    let attributes = schema
        .attributes
        .iter()
        .map(|(name, a)| (name.clone(), AttributeShape { ty: a.ty.clone(), write_only: a.write_only }));
    let blocks = schema.blocks.iter().map(|(name, b)| {
        let many = match b.nesting {
            Nesting::Single | Nesting::Group => Many::One,
            Nesting::List | Nesting::Set => Many::List,
            Nesting::Map => Many::Map,
        };
        (name.clone(), BlockShape { many, shape: Arc::new(shape(&b.block)) })
    });
    Shape { attributes: attributes.collect(), blocks: blocks.collect() }
}
