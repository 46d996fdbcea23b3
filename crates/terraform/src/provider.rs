//! Provider configurations: which one a resource uses, its region and its default tags.

use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind};
use trueline_model::{Kind, Origin, ProviderRef, Type, Value, Via};
use trueline_text::{FileId, Location};

use crate::content::Content;
use crate::evaluation::{Each, ModuleId, World};
use crate::module::ResourceKey;
use trueline_provider::convert;
use trueline_provider::tags::{IgnoredTags, Tagging};

/// What is known of one provider configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct ProviderState {
    pub reference: ProviderRef,
    /// `default_tags` and `ignore_tags`
    pub tagging: Tagging,
}

impl<'a> World<'a> {
    /// The `provider` block that a resource uses, if there is one: module instance and number.
    pub fn provider_block(&self, m: ModuleId, key: &ResourceKey) -> Option<(ModuleId, usize)> {
        let content = &self.module(m)?.config.resources.get(key)?.content;
        let (local, alias) = local_name(content, key);
        self.resolve_provider(m, &local, alias.as_deref())
    }

    /// The configuration that a resource uses.
    pub fn provider_of(&self, m: ModuleId, key: &ResourceKey) -> Arc<ProviderState> {
        if let Some((module, n)) = self.provider_block(m, key)
            && let Some(state) = self.module(module).and_then(|m| m.providers.get(&n))
        {
            return state.clone();
        }
        let Some(module) = self.module(m) else { return Arc::default() };
        let content = module.config.resources.get(key).map(|d| &d.content);
        let (local, _) = content.map(|c| local_name(c, key)).unwrap_or_default();
        let reference = ProviderRef {
            source: module.config.provider_source(&local),
            region: self.inputs.region.as_deref().map(Arc::from),
            local,
            ..ProviderRef::default()
        };
        let versions = self.versions_of(&reference.source);
        let reference = ProviderRef { versions, ..reference };
        Arc::new(ProviderState { reference, ..ProviderState::default() })
    }

    /// Follows a local provider name up the module calls to the block that configures it.
    fn resolve_provider(&self, m: ModuleId, local: &str, alias: Option<&str>) -> Option<(ModuleId, usize)> {
        let (mut m, mut local, mut alias) = (m, local.to_owned(), alias.map(str::to_owned));
        loop {
            let module = self.module(m)?;
            let same = |p: &crate::module::ProviderConfig<'_>| {
                *p.name == *local && p.alias.as_deref() == alias.as_deref()
            };
            if let Some(n) = module.config.providers.iter().position(same) {
                return Some((m, n));
            }
            let parent = module.parent.as_ref()?;
            let call = self.module(parent.module)?.config.calls.get(&parent.call)?;
            if let Some((_, e)) = call.content.expr("providers")
                && let Some((name, outer)) = passed(e, &local, alias.as_deref())
            {
                (local, alias) = (name, outer);
            } else if alias.is_some() {
                return None;
            }
            m = parent.module;
        }
    }

    pub fn evaluate_provider(&mut self, m: ModuleId, n: usize) {
        let Some(module) = self.module(m) else { return };
        let Some(p) = module.config.providers.get(n).cloned() else { return };
        let content = &p.declaration.content;
        let region = content.expr("region").map(|(file, e)| self.eval(m, &Each::default(), file, e));
        let region = match region.as_ref().map(|v| &v.kind) {
            Some(Kind::String(s)) => Some(s.clone()),
            Some(Kind::Null(_)) | None => self.inputs.region.as_deref().map(Arc::from),
            Some(_) => None,
        };
        let default_tags = self.default_tags(m, content);
        let ignored_tags = self.ignored_tags(m, content);
        let local: Arc<str> = match &p.alias {
            Some(a) => format!("{}.{a}", p.name).into(),
            None => p.name.clone(),
        };
        let source = self.module(m).map(|m| m.config.provider_source(&p.name)).unwrap_or_default();
        let declared = Some(Location { file: p.declaration.file, span: p.declaration.span });
        let reference = ProviderRef {
            versions: self.versions_of(&source),
            source,
            local,
            region,
            default_tags: default_tags.clone(),
            declared,
            schema: None,
        };
        let state = Arc::new(ProviderState {
            reference,
            tagging: Tagging { defaults: default_tags, ignored: ignored_tags },
        });
        if let Some(module) = self.modules.get_mut(m) {
            module.providers.insert(n, state);
        }
    }

    fn default_tags(&mut self, m: ModuleId, content: &Content<'_>) -> Option<Value> {
        let block = content.blocks("default_tags", 0).into_iter().next()?;
        let (file, e) = block.content().expr("tags")?;
        let v = self.eval(m, &Each::default(), file, e);
        let v = convert::convert(&v, &Type::Map(Arc::new(Type::String))).ok()?;
        (!v.is_null()).then(|| provided(v, file, e))
    }

    /// What is known of `ignore_tags`.
    fn ignored_tags(&mut self, m: ModuleId, content: &Content<'_>) -> IgnoredTags {
        let Some(block) = content.blocks("ignore_tags", 0).into_iter().next() else {
            return IgnoredTags::default();
        };
        let mut names = |argument: &str| -> Vec<Arc<str>> {
            let Some((file, e)) = block.content().expr(argument) else { return Vec::new() };
            let v = self.eval(m, &Each::default(), file, e);
            v.as_items().into_iter().flatten().filter_map(Value::as_str).map(Arc::from).collect()
        };
        IgnoredTags { keys: names("keys"), prefixes: names("key_prefixes") }
    }
}

/// Default tags say that they are: their literals stand in the provider block.
fn provided(mut v: Value, file: FileId, e: &Expr) -> Value {
    let at = Location { file, span: e.span };
    let step = |o: Option<Arc<Origin>>| Some(Origin::step(at, Via::ProviderDefaultTags, o));
    if let Kind::Map(t, entries) = &v.kind {
        let marked = entries.iter().map(|(k, v)| (k.clone(), v.clone().with_origin(step(v.origin.clone()))));
        v.kind = Kind::Map(t.clone(), Arc::new(marked.collect()));
    }
    v.origin = step(v.origin.take());
    v
}

/// Local name and alias of the provider that a resource names, by `provider = aws.west` or by its type.
fn local_name(content: &Content<'_>, key: &ResourceKey) -> (Arc<str>, Option<String>) {
    if let Some((_, e)) = content.expr("provider")
        && let Some((name, alias)) = provider_name(e)
    {
        return (name.into(), alias);
    }
    (key.kind.split('_').next().unwrap_or_default().into(), None)
}

/// `aws.west`, also in quotes.
fn provider_name(e: &Expr) -> Option<(String, Option<String>)> {
    match &e.unparen().kind {
        ExprKind::Variable(name) => Some((name.to_string(), None)),
        ExprKind::GetAttr(inner, alias) => match &inner.kind {
            ExprKind::Variable(name) => Some((name.to_string(), Some(alias.text.to_string()))),
            _ => None,
        },
        _ => {
            let text = e.unparen().as_literal_str()?;
            Some(match text.split_once('.') {
                Some((name, alias)) => (name.to_owned(), Some(alias.to_owned())),
                None => (text.to_owned(), None),
            })
        }
    }
}

/// What `providers = { aws.inner = aws.outer }` passes for a name.
fn passed(e: &Expr, local: &str, alias: Option<&str>) -> Option<(String, Option<String>)> {
    let ExprKind::Object(items) = &e.unparen().kind else { return None };
    items.iter().find_map(|item| {
        let name = match &item.key {
            trueline_hcl::ObjectKey::Name(n) => (n.text.to_string(), None),
            trueline_hcl::ObjectKey::Expr(k) => provider_name(k)?,
        };
        (name.0 == local && name.1.as_deref() == alias).then(|| provider_name(&item.value)).flatten()
    })
}
