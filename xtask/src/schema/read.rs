//! From Terraform's schema JSON to the types of `trueline_provider::schema`.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use serde_json::Value as Json;
use trueline_model::{AttributeType, Type};
use trueline_provider::schema::{
    AttributeSchema, BlockSchema, BlockType, Instead, MinedDefault, NestedAttribute, Nesting, Rewrite,
    Section,
};

/// All types of a provider.
pub type Types = BTreeMap<(Section, String), BlockSchema>;

/// Reads one element of `provider_schemas`; `mined` is the file of the mined defaults, in which routes
/// such as `root_block_device.encrypted` have no indices.
pub fn provider(schema: &Json, mined: &Json) -> Result<Types> {
    let mut out = Types::new();
    let provider = schema.get("provider").context("no `provider` in the schema")?;
    out.insert((Section::Provider, String::new()), top(provider, Mined::default())?);
    for (section, key) in [
        (Section::Resource, "resource_schemas"),
        (Section::DataSource, "data_source_schemas"),
        (Section::Ephemeral, "ephemeral_resource_schemas"),
    ] {
        for (name, s) in schema.get(key).and_then(Json::as_object).into_iter().flatten() {
            let of_type =
                |key: &str| (section == Section::Resource).then(|| mined.get(key)?.get(name)).flatten();
            let mined = Mined {
                defaults: of_type("defaults"),
                rewrites: of_type("rewrites"),
                overrides: of_type("overrides"),
                computed: of_type("computed"),
            };
            let block = top(s, mined).with_context(|| format!("in `{name}` of {key}"))?;
            out.insert((section, name.clone()), block);
        }
    }
    Ok(out)
}

/// What was mined of one type.
#[derive(Clone, Copy, Default)]
struct Mined<'a> {
    defaults: Option<&'a Json>,
    rewrites: Option<&'a Json>,
    overrides: Option<&'a Json>,
    computed: Option<&'a Json>,
}

/// The word for a rewrite in the file of what was mined.
pub const REWRITES: [(&str, Rewrite); 10] = [
    ("json", Rewrite::Json),
    ("policy", Rewrite::Policy),
    ("sha1", Rewrite::Sha1),
    ("trimmed", Rewrite::Trimmed),
    ("lower", Rewrite::Lower),
    ("undotted", Rewrite::Undotted),
    ("lowerundotted", Rewrite::LowerUndotted),
    ("plainjson", Rewrite::PlainJson),
    ("containers", Rewrite::Containers),
    ("protocol", Rewrite::Protocol),
];

fn rewrite(word: &str) -> Result<Rewrite> {
    let found = REWRITES.iter().find(|(w, _)| *w == word);
    found.map(|(_, r)| *r).with_context(|| format!("unknown rewrite `{word}`"))
}

fn top(schema: &Json, mined: Mined<'_>) -> Result<BlockSchema> {
    let mut out = block(schema.get("block").context("no `block`")?, "", mined)?;
    out.version = schema.get("version").and_then(Json::as_u64).unwrap_or(0);
    Ok(out)
}

fn block(json: &Json, at: &str, mined: Mined<'_>) -> Result<BlockSchema> {
    let mut out = BlockSchema { deprecated: flag(json, "deprecated"), ..BlockSchema::default() };
    for (name, a) in json.get("attributes").and_then(Json::as_object).into_iter().flatten() {
        let a = attribute(a, &join(at, name), mined).with_context(|| format!("in attribute `{name}`"))?;
        out.attributes.insert(name.as_str().into(), a);
    }
    for (name, b) in json.get("block_types").and_then(Json::as_object).into_iter().flatten() {
        let route = join(at, name);
        let inner = block(b.get("block").context("no `block`")?, &route, mined)?;
        let computed = mined.computed.and_then(Json::as_array).into_iter().flatten();
        let number = |key: &str| b.get(key).and_then(Json::as_u64).unwrap_or(0);
        out.blocks.insert(
            name.as_str().into(),
            BlockType {
                nesting: nesting(b)?,
                min_items: number("min_items"),
                max_items: number("max_items"),
                computed: computed.clone().any(|r| r.as_str() == Some(&route)),
                block: Arc::new(inner),
            },
        );
    }
    Ok(out)
}

fn attribute(json: &Json, at: &str, mined: Mined<'_>) -> Result<AttributeSchema> {
    let nested = match json.get("nested_type") {
        Some(n) => {
            Some(Arc::new(NestedAttribute { nesting: nesting(n)?, object: Arc::new(block(n, at, mined)?) }))
        }
        None => None,
    };
    let ty = match (&nested, json.get("type")) {
        (Some(n), _) => {
            let kind = BlockType {
                nesting: n.nesting,
                min_items: 0,
                max_items: 0,
                computed: false,
                block: n.object.clone(),
            };
            kind.value_type()
        }
        (None, Some(t)) => ty(t)?,
        (None, None) => bail!("neither `type` nor `nested_type`"),
    };
    Ok(AttributeSchema {
        ty,
        optional: flag(json, "optional"),
        required: flag(json, "required"),
        computed: flag(json, "computed"),
        sensitive: flag(json, "sensitive"),
        deprecated: flag(json, "deprecated"),
        write_only: flag(json, "write_only"),
        default: mined.defaults.and_then(|d| d.get(at)).map(MinedDefault::read).transpose()?.map(Arc::new),
        instead: mined.overrides.and_then(|d| d.get(at)).map(Instead::read).map(Arc::new),
        rewrite: mined.rewrites.and_then(|d| d.get(at)).and_then(Json::as_str).map(rewrite).transpose()?,
        nested,
    })
}

/// A type in Terraform's JSON: `"string"`, `["list", T]`, `["object", {…}]`.
fn ty(json: &Json) -> Result<Type> {
    let pair = json.as_array().map(Vec::as_slice);
    Ok(match (json.as_str(), pair) {
        (Some("bool"), _) => Type::Bool,
        (Some("number"), _) => Type::Number,
        (Some("string"), _) => Type::String,
        (Some("dynamic"), _) => Type::Any,
        (_, Some([kind, inner])) => match kind.as_str() {
            Some("list") => Type::List(Arc::new(ty(inner)?)),
            Some("set") => Type::Set(Arc::new(ty(inner)?)),
            Some("map") => Type::Map(Arc::new(ty(inner)?)),
            Some("tuple") => {
                let items: Result<Vec<_>> = inner.as_array().into_iter().flatten().map(ty).collect();
                Type::Tuple(items?.into())
            }
            Some("object") => {
                let mut out = BTreeMap::new();
                for (name, t) in inner.as_object().into_iter().flatten() {
                    out.insert(name.as_str().into(), AttributeType { ty: ty(t)?, optional: false });
                }
                Type::Object(Arc::new(out))
            }
            _ => bail!("unknown type {json}"),
        },
        _ => bail!("unknown type {json}"),
    })
}

fn nesting(json: &Json) -> Result<Nesting> {
    Ok(match json.get("nesting_mode").and_then(Json::as_str) {
        Some("single") => Nesting::Single,
        Some("group") => Nesting::Group,
        Some("list") => Nesting::List,
        Some("set") => Nesting::Set,
        Some("map") => Nesting::Map,
        other => bail!("unknown nesting mode {other:?}"),
    })
}

fn flag(json: &Json, key: &str) -> bool {
    json.get(key).and_then(Json::as_bool).unwrap_or(false)
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}
