//! What the provider's validators refuse: words and numbers that an argument does not take, arguments that exclude each other.
//!
//! The provider was asked (`xtask/mine/validators.py`); what it said is data, one line for each type. Words come and ranges
//! widen with new versions, so they refuse a plan only where no newer version may be run, and are a warning else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_hcl::ExprKind;
use trueline_model::{Kind, Mode, NoteKind, Route, Value, Via};
use trueline_text::Location;

use super::super::newest::may_be_at_least;
use super::super::{Instance, World};
use crate::breach;
use crate::content::{Argument, Declaration};
use trueline_provider::convert;
use trueline_provider::defaults;
use trueline_provider::schema::{self, BlockSchema};
use trueline_provider::validators::{ASKED, Said, said};

/// The first version of which nothing is known.
const BEHIND: [u64; 3] = [6, 0, 0];

impl World<'_> {
    pub(super) fn check_validators(&mut self) {
        let constraints: Vec<&str> = self
            .configs
            .values()
            .flat_map(|c| c.required_providers.values())
            .filter(|r| schema::provider(&r.source).is_some())
            .filter_map(|r| r.version.as_deref())
            .collect();
        let open = match may_be_at_least(&constraints, BEHIND) {
            true => NoteKind::Warning,
            false => NoteKind::Error,
        };
        let sources: BTreeSet<Arc<str>> = (self.modules.iter())
            .flat_map(|m| m.resources.values())
            .filter_map(|e| e.instances.first())
            .map(|i| i.provider.reference.source.clone())
            .collect();
        let bound: BTreeSet<Arc<str>> =
            sources.into_iter().filter(|s| breach::admits_exact(self, s)).collect();
        let mut found: Vec<(NoteKind, String, String, Location)> = Vec::new();
        let mut of_types: BTreeMap<Arc<str>, Option<Said>> = BTreeMap::new();
        for module in &self.modules {
            for (key, expanded) in module.resources.iter().filter(|(k, _)| k.mode == Mode::Managed) {
                let ours = |i: &Instance| i.schema.is_some() && bound.contains(&i.provider.reference.source);
                let Some(declaration) = module.config.resources.get(key) else { continue };
                if !expanded.instances.first().is_some_and(ours) {
                    continue;
                }
                let said = of_types.entry(key.kind.clone()).or_insert_with(|| said(&key.kind));
                let Some(said) = said else { continue };
                let what = format!("`{}.{}`", key.kind, key.name);
                for i in &expanded.instances {
                    values(said, i, declaration, &what, open, &mut found);
                    together(said, i, declaration, &what, &mut found);
                }
            }
        }
        for (kind, message, help, at) in found {
            self.notes.add(kind, message, Some(help), Some(at));
        }
    }
}

type Found = Vec<(NoteKind, String, String, Location)>;

fn values(said: &Said, i: &Instance, d: &Declaration<'_>, what: &str, kind: NoteKind, out: &mut Found) {
    let place = |v: &Value| v.origin.as_ref().map_or(d.at(), |o| o.at);
    let written = |v: &Value| v.origin.as_ref().is_some_and(|o| !matches!(o.via, Via::ProviderDefault));
    for (route, words) in &said.words {
        each(&i.values, i.schema.as_deref(), route, d.at(), &mut |v| {
            if !written(v) {
                return;
            }
            let text = match &v.kind {
                Kind::String(s) => s.to_string(),
                Kind::Number(n) => n.to_string(),
                _ => return,
            };
            if !words.contains(&text) {
                let given = if v.is_secret() { "what is given".to_owned() } else { format!("\"{text}\"") };
                let message = format!("`{route}` of {what} does not take {given} (AWS provider {ASKED})");
                let shown: Vec<String> = words.iter().take(12).map(|w| format!("\"{w}\"")).collect();
                let more = if words.len() > 12 { ", …" } else { "" };
                out.push((kind, message, format!("it takes {}{more}", shown.join(", ")), place(v)));
            }
        });
    }
    for (route, (least, most)) in &said.ranges {
        each(&i.values, i.schema.as_deref(), route, d.at(), &mut |v| {
            let Kind::Number(n) = &v.kind else { return };
            if !written(v) {
                return;
            }
            let n = n.to_f64();
            #[allow(clippy::cast_precision_loss, reason = "limits are far below what a float holds")]
            let outside = least.is_some_and(|l| n < l as f64) || most.is_some_and(|m| n > m as f64);
            if outside {
                let given = if v.is_secret() { "what is given".to_owned() } else { n.to_string() };
                let message = format!("`{route}` of {what} does not take {given} (AWS provider {ASKED})");
                let help = match (least, most) {
                    (Some(l), Some(m)) => format!("give a number from {l} to {m}"),
                    (Some(l), None) => format!("give a number from {l}"),
                    (None, most) => format!("give a number up to {}", most.unwrap_or_default()),
                };
                out.push((kind, message, help, place(v)));
            }
        });
    }
}

/// Arguments that are both written, with values that are known.
fn together(said: &Said, i: &Instance, d: &Declaration<'_>, what: &str, out: &mut Found) {
    let given = |name: &str| {
        let v = i.values.at(&Route::name(name))?;
        match (d.content.argument(name), v.as_items()) {
            (Some(a), _) if !v.is_unset() && !v.is_unknown() && is_written(i, name, v, a) => Some(a.at()),
            (None, Some(items)) => items.first()?.origin.as_ref().map(|o| o.at),
            _ => None,
        }
    };
    for (a, b) in &said.conflicts {
        if let (Some(x), Some(y)) = (given(a), given(b)) {
            let message = format!("{what} has both `{a}` and `{b}`, which exclude each other");
            out.push((NoteKind::Error, message, "remove one of the two".to_owned(), x.max(y)));
        }
    }
}

/// False where null may be written, for which the provider puts its default.
fn is_written(i: &Instance, name: &str, v: &Value, a: &Argument<'_>) -> bool {
    let attribute = i.schema.as_ref().and_then(|s| s.attributes.get(name));
    let Some((attribute, default)) = attribute.and_then(|a| Some((a, a.default.as_ref()?))) else {
        return true;
    };
    let default = defaults::value(attribute, default, a.at());
    let literal = match &a.expr.unparen().kind {
        ExprKind::Bool(_) | ExprKind::Number(_) => true,
        _ => a.expr.as_literal_str().is_some(),
    };
    literal || convert::equal(v, &default).as_bool() != Some(true)
}

/// Every value at a route without indices, save those that the provider fills in where null is written.
fn each(v: &Value, schema: Option<&BlockSchema>, route: &str, at: Location, take: &mut dyn FnMut(&Value)) {
    if let Some(items) = v.as_items() {
        items.iter().for_each(|v| each(v, schema, route, at, take));
        return;
    }
    let (name, rest) = route.split_once('.').unwrap_or((route, ""));
    let Some(inner) = v.as_entries().and_then(|e| e.get(name)) else { return };
    if !rest.is_empty() {
        let block = schema.and_then(|s| s.blocks.get(name)).map(|b| &*b.block);
        return each(inner, block, rest, at, take);
    }
    let default = schema.and_then(|s| s.attributes.get(name)).and_then(|a| Some((a, a.default.as_ref()?)));
    let filled = |v: &Value| {
        default.is_some_and(|(a, d)| convert::equal(v, &defaults::value(a, d, at)).as_bool() == Some(true))
    };
    match inner.as_items() {
        Some(items) => items.iter().for_each(take),
        None if filled(inner) => {}
        None => take(inner),
    }
}
