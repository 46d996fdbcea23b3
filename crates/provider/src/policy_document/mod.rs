//! The data source `aws_iam_policy_document`, evaluated as the AWS provider does.
//!
//! What enters: the evaluated configuration of the data block, by schema, with unknown leaves. What
//! leaves: its computed attributes. `json` and `minified_json` are byte for byte what provider 5.100
//! answers; where anything in the configuration is unknown they are unknown, as in Terraform, but
//! carry the document with the leaves that are known.
//!
//! The order of lists is the provider's: actions, resources and identifiers in descending order, a
//! single one as a plain string, conditions as written; blocks of the same principal or condition
//! in the order of the provider's sets (`hash`).

mod blocks;
mod hash;
mod print;
mod source;
mod statement;

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Origin, Reason, Type, Unknown, Value, Via};
use trueline_text::Location;

use crate::document::elements;
pub use print::{float, quote};
use statement::Document;

/// The version that a document has if none is given.
const VERSION: &str = "2012-10-17";

/// Why the provider refuses a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyDocumentError {
    /// Two statements of one document have the same id.
    #[error("duplicate Sid (`{0}`): remove it, or make the Sids unique")]
    DuplicateSid(String),
    /// A document given as JSON can't be merged.
    #[error("{list}[{index}] can't be merged: {why}")]
    Source {
        /// `source_policy_documents` or `override_policy_documents`.
        list: &'static str,
        /// Which of them.
        index: usize,
        /// What is wrong with it.
        why: String,
    },
    /// `&{…}` in a document of the old version.
    #[error("`{0}` holds `&{{`, which version 2008-10-17 of the policy language does not support")]
    OldVersion(String),
}

/// The computed attributes of a policy document: `id`, `json`, `minified_json`, and, if all of it is
/// known, `version` and `statement` with the provider's defaults filled in.
///
/// `config` is the object of the data block by schema; `at` is its place.
pub fn evaluate(config: &Value, at: Location) -> BTreeMap<Arc<str>, Value> {
    with_origin(config, Some(Origin::step(at, Via::Function("aws_iam_policy_document".into()), None)))
}

/// The same for a configuration that a real plan shows: nothing in it has a place.
pub fn evaluate_without_source(config: &Value) -> BTreeMap<Arc<str>, Value> {
    with_origin(config, None)
}

fn with_origin(config: &Value, origin: Option<Arc<Origin>>) -> BTreeMap<Arc<str>, Value> {
    match assemble(config) {
        Ok(document) => answers(config, &document, origin),
        Err(e) => {
            let reason = Reason::Error(e.to_string().into());
            let failed = || Value::unknown(Type::String, reason.clone()).with_origin(origin.clone());
            ["id", "json", "minified_json"].into_iter().map(|n| (n.into(), failed())).collect()
        }
    }
}

fn answers(config: &Value, document: &Document, origin: Option<Arc<Origin>>) -> BTreeMap<Arc<str>, Value> {
    let inspectable = Arc::new(document.to_value());
    let sensitive = inspectable.has_sensitive();
    let finish = |kind: Kind, with_document: bool| Value {
        kind,
        sensitive,
        ephemeral: false,
        origin: origin.clone(),
        document: with_document.then(|| inspectable.clone()),
    };
    let mut out = BTreeMap::new();
    let unknown = blocks::ARGUMENTS.iter().find_map(|name| first_unknown(config.as_entries()?.get(*name)?));
    if let Some(reason) = unknown {
        let mut u = Unknown::new(Type::String, reason);
        u.not_null = true;
        let kind = Kind::Unknown(Arc::new(u));
        out.insert("id".into(), finish(kind.clone(), false));
        out.insert("json".into(), finish(kind.clone(), true));
        out.insert("minified_json".into(), finish(kind, true));
        return out;
    }
    let json = print::indented(document);
    out.insert("id".into(), finish(Kind::String(hash::code(&json).to_string().into()), false));
    out.insert("json".into(), finish(Kind::String(json.into()), true));
    out.insert("minified_json".into(), finish(Kind::String(print::minified(document).into()), true));
    out.extend(blocks::filled_in(config));
    out
}

/// Why the first unknown part is unknown.
fn first_unknown(v: &Value) -> Option<Reason> {
    match &v.kind {
        Kind::Unknown(u) => Some(u.reason.clone()),
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            items.iter().find_map(first_unknown)
        }
        Kind::Map(_, entries) | Kind::Object(entries) => entries.values().find_map(first_unknown),
        Kind::Null(_) | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
    }
}

/// Source documents, then the own statements, then the overriding documents, each over the one before.
fn assemble(config: &Value) -> Result<Document, PolicyDocumentError> {
    let mut out = Document::default();
    let mut seen = Vec::new();
    for (index, given) in list(config, "source_policy_documents").into_iter().enumerate() {
        let fail = |why: String| PolicyDocumentError::Source { list: "source_policy_documents", index, why };
        let Some(d) = source::read(&given).map_err(fail)? else { continue };
        for sid in d.sids() {
            if seen.contains(&sid) {
                return Err(fail(format!("duplicate Sid (`{sid}`)")));
            }
            seen.push(sid);
        }
        out.merge(d);
    }
    out.merge(blocks::own(config)?);
    for (index, given) in list(config, "override_policy_documents").into_iter().enumerate() {
        let fail =
            |why: String| PolicyDocumentError::Source { list: "override_policy_documents", index, why };
        if let Some(d) = source::read(&given).map_err(fail)? {
            out.merge(d);
        }
    }
    Ok(out)
}

/// The elements of a list argument, as far as they are seen; what is not seen of an unknown list is one unknown element.
fn list(config: &Value, name: &str) -> Vec<Value> {
    config.as_entries().and_then(|e| e.get(name)).map(elements).unwrap_or_default()
}

#[cfg(test)]
mod tests;
