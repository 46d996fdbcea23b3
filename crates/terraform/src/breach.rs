//! What Terraform would refuse by a schema: arguments that a type, a provider or a called module does not have, required
//! ones that are not there, blocks where arguments are meant.
//!
//! What enters: the evaluated modules. What leaves: breaches, each at the name in the source, once for every block however
//! many instances it has. Several versions of the provider may be admitted: a breach is one only if every admitted version
//! refuses. What some take and others refuse is counted and said once. Types of other providers are nobody's business here.

mod call;
mod near;
mod open;

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind};
use trueline_model::{Breach, BreachKind, Mode, Owner, ProviderRef, Route, Segment, Type};
use trueline_text::{FileId, Location, Span};

use crate::content::{Argument, Content, Declaration, Nested};
use crate::evaluation::graph::META;
use crate::evaluation::{ModuleId, World};
use crate::module::{ProviderConfig, ResourceKey};
use crate::versions;
use near::{hint, only_near};
use open::Open;
use trueline_provider::schema::{self, BlockSchema, Edition, Nesting, Provider, Section};

/// Deepest nesting of blocks that is looked at.
const DEPTH: usize = 40;
/// Arguments of a `provider` block that belong to Terraform.
const PROVIDER_META: [&str; 3] = ["alias", "version", "//"];

/// The breaches of all modules; what the versions leave open goes to the notes.
pub(crate) fn of(world: &mut World<'_>) -> Vec<Breach> {
    let mut open = Open::default();
    let out = all(world, &mut open);
    open.say(&mut world.notes);
    out
}

fn all(world: &World<'_>, open: &mut Open) -> Vec<Breach> {
    let mut out = Vec::new();
    let mut seen: BTreeSet<(FileId, u32)> = BTreeSet::new();
    let modules = world.modules.iter().enumerate();
    let used: BTreeSet<(ModuleId, usize)> = modules
        .flat_map(|(id, m)| m.config.resources.keys().filter_map(move |key| world.provider_block(id, key)))
        .collect();
    for (id, module) in world.modules.iter().enumerate() {
        for (key, declaration) in &module.config.resources {
            if !seen.insert((declaration.file, declaration.span.start)) {
                continue;
            }
            let state = world.provider_of(id, key);
            let Some(provider) = schema::provider(&state.reference.source) else { continue };
            let Some(editions) = open.editions(&state.reference) else { continue };
            let address = match module.resources.get(key).and_then(|e| e.instances.first()) {
                Some(i) => (*i.address).clone(),
                None => module.address(key, None),
            };
            let one = |edition: Edition| {
                let mut found = Vec::new();
                let mut walk = Walk {
                    subject: format!("`{}`", key.kind),
                    owner: Owner::Resource(address.clone()),
                    meta: &META,
                    of_bindings: edition != Edition::Exact,
                    out: &mut found,
                };
                walk.resource((provider, edition), key, declaration);
                found
            };
            out.extend(in_every(&editions, one, open));
        }
        for (n, p) in module.config.providers.iter().enumerate() {
            let source = module.config.provider_source(&p.name);
            // Terraform looks at no provider block that nothing uses.
            let d = &p.declaration;
            let reference =
                ProviderRef { versions: world.versions_of(&source), source, ..ProviderRef::default() };
            if let Some(known) = schema::provider(&reference.source)
                && used.contains(&(id, n))
                && seen.insert((d.file, d.span.start))
                && let Some(editions) = open.editions(&reference)
            {
                let one = |edition: Edition| {
                    let mut found = Vec::new();
                    let owner = Owner::Provider(module.path.clone(), local_name(p));
                    let subject = format!("the provider `{}`", p.name);
                    let of_bindings = edition != Edition::Exact;
                    let mut walk =
                        Walk { subject, owner, meta: &PROVIDER_META, of_bindings, out: &mut found };
                    if let Some(schema) = known.in_edition(edition, Section::Provider, "") {
                        walk.block(&schema, &d.content, d.at(), &Route::root(), 0);
                    }
                    found
                };
                out.extend(in_every(&editions, one, open));
            }
        }
        for (name, d) in &module.config.calls {
            if seen.insert((d.file, d.span.start))
                && let Some(called) = call::called(world, module, name)
            {
                call::breaches(&called, &module.path, d, &mut out);
            }
        }
    }
    out.sort_by_key(|b| (b.at.file, b.at.span.start, b.kind, b.route.to_string()));
    out
}

/// The one of these names that a misspelt one was meant to be.
pub(crate) fn nearest(name: &str, known: &[&str]) -> Option<Arc<str>> {
    only_near(name, known.iter().copied())
}

/// True if the version of this provider whose schema is known exactly is one that the root admits.
pub(crate) fn admits_exact(world: &World<'_>, source: &str) -> bool {
    let editions = versions::refusing(&world.versions_of(source));
    schema::provider(source).is_some() && editions.is_some_and(|e| e.contains(&Edition::Exact))
}

/// True if a resource of this provider has no other attributes than those it was read with: its schema is the exact one, and
/// schemas of all admitted versions are known. The bindings of other versions do not tell all that the provider sets.
pub(crate) fn binds(provider: &ProviderRef) -> bool {
    let exact = |p: &Provider| provider.schema.is_some_and(|v| v.to_string() == p.version());
    schema::provider(&provider.source).is_some_and(exact)
        && versions::refusing(&provider.versions).is_some()
        && !versions::is_open_ended(&provider.versions)
}

/// The breaches that every edition finds, in the words of the first.
fn in_every(editions: &[Edition], find: impl Fn(Edition) -> Vec<Breach>, open: &mut Open) -> Vec<Breach> {
    let Some((first, others)) = editions.split_first() else { return Vec::new() };
    let mut found = find(*first);
    for edition in others {
        if found.is_empty() {
            break;
        }
        let there = find(*edition);
        let no_type = |b: &Breach| b.kind == BreachKind::UnknownType;
        if there.iter().any(no_type) && !found.iter().any(no_type) {
            continue; // it refuses all of it
        }
        found.retain_mut(|b| {
            let same = there.iter().find(|t| (t.kind, &t.route, &t.name) == (b.kind, &b.route, &b.name));
            match same {
                Some(t) if t.near == b.near => {}
                Some(_) => {
                    // What one version calls so another does not have.
                    if let Some(at) = b.near.take().and_then(|_| b.message.find(near::HINT)) {
                        b.message.truncate(at);
                    }
                }
                None => open.add(b),
            }
            same.is_some()
        });
    }
    found
}

fn local_name(p: &ProviderConfig<'_>) -> Arc<str> {
    match &p.alias {
        Some(alias) => format!("{}.{alias}", p.name).into(),
        None => p.name.clone(),
    }
}

struct Walk<'o> {
    owner: Owner,
    /// What messages call it.
    subject: String,
    /// Its arguments and blocks that belong to Terraform.
    meta: &'static [&'static str],
    /// The schema is made from bindings. They do not tell what stands in a block that may hold itself.
    of_bindings: bool,
    out: &'o mut Vec<Breach>,
}

impl Walk<'_> {
    fn resource(
        &mut self,
        (provider, edition): (&Provider, Edition),
        key: &ResourceKey,
        d: &Declaration<'_>,
    ) {
        let head = Location { file: d.file, span: d.head };
        let section = Section::of(key.mode);
        if let Some(schema) = provider.in_edition(edition, section, &key.kind) {
            self.block(&schema, &d.content, head, &Route::root(), 0);
            return;
        }
        let near = only_near(&key.kind, provider.all_names(section).into_iter());
        let near = near.filter(|n| provider.in_edition(edition, section, n).is_some());
        let what = match key.mode {
            Mode::Managed => "resource type",
            Mode::Data => "data source",
        };
        let message = format!("the AWS provider has no {what} `{}`{}", key.kind, hint(near.as_deref()));
        self.add(BreachKind::UnknownType, &key.kind, Route::root(), message, None, head);
    }

    fn add(
        &mut self,
        kind: BreachKind,
        name: &str,
        route: Route,
        message: String,
        near: Option<Arc<str>>,
        at: Location,
    ) {
        self.out.push(Breach {
            kind,
            owner: self.owner.clone(),
            name: name.into(),
            route,
            message,
            near,
            literal: false,
            at,
        });
    }

    fn wrong_kind(&mut self, name: &str, route: &Route, message: String, literal: bool, at: Location) {
        self.add(BreachKind::WrongBlockKind, name, route.child(name), message, None, at);
        if let Some(added) = self.out.last_mut() {
            added.literal = literal;
        }
    }

    fn block(
        &mut self,
        schema: &BlockSchema,
        content: &Content<'_>,
        head: Location,
        route: &Route,
        depth: usize,
    ) {
        let top = route.0.is_empty();
        for a in content.arguments() {
            let is_meta = top && self.meta.contains(&a.name);
            let is_block = schema.blocks.contains_key(a.name);
            if is_meta || (a.json && (is_block || a.name == "dynamic")) {
                continue;
            }
            let at = Location { file: a.file, span: a.name_span };
            match schema.attributes.get(a.name) {
                Some(s) if !s.is_read_only() => {}
                Some(_) => self.read_only(a.name, route, at),
                None if is_block => {
                    let message = format!(
                        "`{0}` is a block here, not an argument: write `{0} {{ … }}` without `=`",
                        a.name
                    );
                    self.wrong_kind(a.name, route, message, is_written_out(a), at);
                }
                None => {
                    let free = schema
                        .attributes
                        .iter()
                        .filter(|(n, s)| !s.is_read_only() && content.argument(n).is_none());
                    let near = only_near(a.name, free.map(|(n, _)| &**n));
                    self.unknown("argument", a.name, route, near, at);
                }
            }
        }
        for b in content.native_blocks() {
            let dynamic = b.kind == "dynamic";
            let name = if dynamic { b.labels.first().copied().unwrap_or_default() } else { b.kind };
            if top && self.meta.contains(&name) {
                continue;
            }
            let at = Location { file: b.file, span: name_of(b) };
            match (schema.blocks.get(name), schema.attributes.get(name)) {
                (Some(_), _) => {}
                (None, Some(a)) if a.allows_blocks() => {}
                (None, Some(a)) if a.is_read_only() => self.read_only(name, route, at),
                (None, Some(_)) => {
                    let message = format!("`{name}` is an argument here, not a block: write `{name} = …`");
                    self.wrong_kind(name, route, message, !dynamic, at);
                }
                (None, None) => {
                    let blocks = schema.blocks.keys().map(|n| &**n);
                    let as_blocks =
                        schema.attributes.iter().filter(|(_, a)| a.allows_blocks()).map(|(n, _)| &**n);
                    let near = only_near(name, blocks.chain(as_blocks)).filter(|_| !dynamic);
                    self.unknown("block", name, route, near, at);
                }
            }
        }
        self.missing(schema, content, head, route);
        if depth < DEPTH {
            self.inner(schema, content, route, depth);
        }
    }

    /// What a message calls the block at a route.
    fn named(&self, route: &Route) -> String {
        match route.head() {
            None => self.subject.clone(),
            Some(_) => format!("the block `{}` of {}", without_indices(route), self.subject),
        }
    }

    fn read_only(&mut self, name: &str, route: &Route, at: Location) {
        let message = format!("`{name}` is worked out by the provider and can't be set");
        self.add(BreachKind::UnknownArgument, name, route.child(name), message, None, at);
    }

    fn unknown(&mut self, what: &str, name: &str, route: &Route, near: Option<Arc<str>>, at: Location) {
        let owner = self.named(route);
        let message = format!("{owner} has no {what} `{name}`{}", hint(near.as_deref()));
        self.add(BreachKind::UnknownArgument, name, route.child(name), message, near, at);
    }

    /// Required arguments and blocks that are not written.
    fn missing(&mut self, schema: &BlockSchema, content: &Content<'_>, head: Location, route: &Route) {
        let mut absent: Vec<(&str, &str)> = Vec::new();
        for (name, a) in schema.attributes.iter().filter(|(_, a)| a.required) {
            let written =
                content.argument(name).is_some() || (a.allows_blocks() && !written(content, name).is_empty());
            if !written && !content.hides(name) {
                absent.push(("argument", name));
            }
        }
        for (name, b) in schema.blocks.iter().filter(|(_, b)| b.min_items > 0) {
            let needed = !matches!(b.nesting, Nesting::Single | Nesting::Group);
            let wrong_kind = content.argument(name).is_some();
            if needed && !wrong_kind && !content.hides(name) && written(content, name).is_empty() {
                absent.push(("block", name));
            }
        }
        for (what, name) in absent {
            let owner = self.named(route);
            let message = format!("{owner} needs the {what} `{name}`, which is not there");
            self.add(BreachKind::MissingArgument, name, route.child(name), message, None, head);
        }
    }

    /// What stands in blocks that write an attribute: all of it may be left out, and nothing else may be there.
    fn as_attribute(&mut self, ty: &Type, content: &Content<'_>, route: &Route) {
        let (Type::List(element) | Type::Set(element)) = ty else { return };
        let Type::Object(members) = &**element else { return };
        for a in content.arguments().filter(|a| !members.contains_key(a.name)) {
            let free = members.keys().map(|n| &**n).filter(|n| content.argument(n).is_none());
            let near = only_near(a.name, free);
            self.unknown("argument", a.name, route, near, Location { file: a.file, span: a.name_span });
        }
    }

    /// The blocks inside.
    fn inner(&mut self, schema: &BlockSchema, content: &Content<'_>, route: &Route, depth: usize) {
        for (name, a) in
            schema.attributes.iter().filter(|(n, a)| a.allows_blocks() && content.argument(n).is_none())
        {
            for (i, block) in written(content, name).into_iter().enumerate() {
                let route = route.child(name.clone()).element(u32::try_from(i).unwrap_or(0));
                if block.kind != "dynamic" {
                    self.as_attribute(&a.ty, &block.content(), &route);
                } else if let Some(made) = block.content().blocks("content", 0).first() {
                    self.as_attribute(&a.ty, &made.content(), &route);
                }
            }
        }
        let of_bindings = self.of_bindings;
        let is_told = |b: &BlockSchema| !of_bindings || !b.attributes.is_empty() || !b.blocks.is_empty();
        for (name, b) in schema.blocks.iter().filter(|(_, b)| is_told(&b.block)) {
            for (i, block) in written(content, name).into_iter().enumerate() {
                let route = match b.nesting {
                    Nesting::Single | Nesting::Group | Nesting::Map => route.child(name.clone()),
                    Nesting::List | Nesting::Set => {
                        route.child(name.clone()).element(u32::try_from(i).unwrap_or(0))
                    }
                };
                let head = Location { file: block.file, span: block.head };
                if block.kind != "dynamic" {
                    self.block(&b.block, &block.content(), head, &route, depth + 1);
                } else if let Some(made) = block.content().blocks("content", 0).first() {
                    let head = Location { file: made.file, span: made.head };
                    self.block(&b.block, &made.content(), head, &route, depth + 1);
                }
            }
        }
    }
}

/// An object, or a list of objects, that stands there.
fn is_written_out(a: &Argument<'_>) -> bool {
    let is_object = |e: &Expr| matches!(e.kind, ExprKind::Object(_));
    match &a.expr.kind {
        ExprKind::Tuple(items) => !items.is_empty() && items.iter().all(is_object),
        _ => is_object(a.expr),
    }
}

/// Blocks of a type, and `dynamic` ones that make such.
fn written<'a>(content: &Content<'a>, name: &str) -> Vec<Nested<'a>> {
    let mut out = content.blocks(name, 0);
    out.extend(content.blocks("dynamic", 1).into_iter().filter(|d| d.labels.first() == Some(&name)));
    out.sort_by_key(|b| (b.file, b.span.start));
    out
}

/// The name in the head of a block, or the whole head of a `dynamic` one.
fn name_of(b: &Nested<'_>) -> Span {
    let end = b.head.start.saturating_add(u32::try_from(b.kind.len()).unwrap_or(0));
    if b.kind == "dynamic" { b.head } else { Span::new(b.head.start, end) }
}

fn without_indices(route: &Route) -> String {
    let names = route.0.iter().filter_map(|s| match s {
        Segment::Name(n) => Some(&**n),
        _ => None,
    });
    names.collect::<Vec<_>>().join(".")
}
