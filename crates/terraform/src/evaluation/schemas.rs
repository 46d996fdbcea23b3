//! By which schema a resource is read: that of a version that the root admits.

use std::sync::Arc;

use trueline_model::{Kind, Mode, Reason, Route, Type, Unknown, Value};

use super::World;
use crate::body::Entries;
use crate::builtin;
use crate::content::Content;
use crate::evaluation::graph::META;
use crate::module::ResourceKey;
use crate::provider::ProviderState;
use crate::versions;
use trueline_provider::schema::{self, BlockSchema, Edition, Kin, Section};

/// The schema of a resource and what follows from its version.
pub(crate) struct Read {
    pub schema: Option<Arc<BlockSchema>>,
    pub provider: Arc<ProviderState>,
    /// The provider is a fork of the one that the schema is of: what is not written can't be decided.
    pub fork: bool,
}

impl World<'_> {
    /// How a resource is read.
    pub fn read_by(&self, provider: &Arc<ProviderState>, key: &ResourceKey, content: &Content<'_>) -> Read {
        let source = &provider.reference.source;
        let section = Section::of(key.mode);
        let exact = |fork| Read {
            schema: builtin::schema(source, key.mode, &key.kind),
            provider: provider.clone(),
            fork,
        };
        let Some(known) = schema::provider(source) else {
            let fork = schema::kin(source) == Kin::Fork || key.kind.starts_with("aws_");
            return match schema::aws().in_edition(Edition::Exact, section, &key.kind) {
                found @ Some(_) if fork => Read { schema: found, ..exact(true) },
                _ => exact(fork),
            };
        };
        let editions = versions::reading(&provider.reference.versions);
        let of = |e: &Edition| Some((*e, known.in_edition(*e, section, &key.kind)?));
        let fitting = editions.iter().filter_map(of).find(|(_, s)| has_all(s, content));
        let Some((edition, found)) = fitting.or_else(|| editions.iter().find_map(of)) else {
            return Read { schema: None, provider: provider.clone(), fork: false };
        };
        let version = schema::editions().into_iter().find(|(e, _)| *e == edition).map(|(_, v)| v);
        let mut state = ProviderState::clone(provider);
        state.reference.schema = version;
        Read { schema: Some(found), provider: Arc::new(state), fork: false }
    }

    /// True if another version that the root admits has this attribute.
    pub fn is_known_elsewhere(
        &self,
        provider: &ProviderState,
        mode: Mode,
        kind: &str,
        attribute: &str,
    ) -> bool {
        let Some(known) = schema::provider(&provider.reference.source) else { return false };
        versions::reading(&provider.reference.versions).iter().any(|e| {
            let schema = known.in_edition(*e, Section::of(mode), kind);
            schema.is_some_and(|s| s.attributes.contains_key(attribute) || s.blocks.contains_key(attribute))
        })
    }
}

/// True if the type has all that is written at the top of the block.
fn has_all(schema: &BlockSchema, content: &Content<'_>) -> bool {
    let has = |name: &str| {
        META.contains(&name)
            || name == "dynamic"
            || schema.blocks.contains_key(name)
            || schema.attributes.get(name).is_some_and(|a| !a.is_read_only())
    };
    content.arguments().all(|a| has(a.name))
        && content.native_blocks().all(|b| match b.kind {
            "dynamic" => b.labels.first().is_none_or(|l| has(l)),
            kind => has(kind),
        })
}

/// The provider configuration of an instance that names its region itself, as version 6 has it.
pub(crate) fn in_own_region(
    provider: &Arc<ProviderState>,
    schema: Option<&Arc<BlockSchema>>,
    values: &Value,
) -> Arc<ProviderState> {
    let regional = provider.reference.schema.is_some_and(|v| v.0 >= REGIONAL)
        && schema.and_then(|s| s.attributes.get(REGION)).is_some_and(|a| !a.is_read_only());
    let Some(own) = values.at(&Route::name(REGION)).filter(|v| regional && !v.is_unset() && !v.is_null())
    else {
        return provider.clone();
    };
    let mut state = ProviderState::clone(provider);
    state.reference.region = own.as_str().map(Arc::from);
    Arc::new(state)
}

/// The major version of the AWS provider from which on resources name their region.
const REGIONAL: u64 = 6;
const REGION: &str = "region";

/// What is not written of a resource of a fork can't be decided.
pub(crate) fn open_unwritten(entries: &mut Entries, source: &Arc<str>) {
    for v in entries.values_mut() {
        open(v, source, 0);
    }
}

fn open(v: &mut Value, source: &Arc<str>, depth: usize) {
    if depth > 32 {
        return;
    }
    let filled_in = trueline_provider::defaults::is_default(v);
    let unwritten = v.is_unset() || v.origin.is_none() || filled_in;
    match &mut v.kind {
        Kind::Null(ty) if unwritten => v.kind = unknown(ty.clone(), source),
        Kind::Unknown(u) if u.reason == Reason::Unset => v.kind = unknown(u.ty.clone(), source),
        Kind::List(ty, items) if unwritten && items.is_empty() => {
            v.kind = unknown(Type::List(Arc::new(ty.clone())), source);
        }
        Kind::Set(ty, items) if unwritten && items.is_empty() => {
            v.kind = unknown(Type::Set(Arc::new(ty.clone())), source);
        }
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) if filled_in => {
            v.kind = unknown(Type::Any, source);
        }
        Kind::List(_, items) | Kind::Set(_, items) => {
            for item in Arc::make_mut(items) {
                open(item, source, depth + 1);
            }
        }
        Kind::Object(members) => {
            for member in Arc::make_mut(members).values_mut() {
                open(member, source, depth + 1);
            }
        }
        _ => {}
    }
}

fn unknown(ty: Type, source: &Arc<str>) -> Kind {
    Kind::Unknown(Arc::new(Unknown::new(ty, Reason::Schema(source.clone()))))
}
