//! Bodies of resources against the schema of their type.
//!
//! What enters: the content of a `resource` or `data` block, and the schema if there is one. What leaves: a value for
//! every attribute and block of the schema: converted where it is set, null or unknown where it is not; and notes about
//! arguments that the type does not have.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Mode, Note, NoteKind, Origin, Reason, Type, Unknown, Value};
use trueline_text::Location;

use crate::content::{Argument, Content, Declaration, Nested};
use crate::dynamic_block;
use crate::evaluation::graph::META;
use crate::evaluation::resources::TypeCache;
use crate::expression::Evaluator;
use trueline_provider::convert;
use trueline_provider::defaults;
use trueline_provider::schema::{AttributeSchema, BlockSchema, BlockType, Nesting};

/// Deepest nesting of blocks.
const DEPTH: usize = 40;

pub(crate) type Entries = BTreeMap<Arc<str>, Value>;

/// Decodes one body.
pub(crate) struct Decoder<'d, 's> {
    pub ev: &'d mut Evaluator<'s>,
    types: &'d TypeCache,
    mode: Mode,
    depth: usize,
    /// A default was met that hangs on other arguments.
    has_conditions: Cell<bool>,
    /// What the schema does not allow.
    pub notes: Vec<Note>,
}

impl<'d, 's> Decoder<'d, 's> {
    pub const fn new(ev: &'d mut Evaluator<'s>, types: &'d TypeCache, mode: Mode) -> Self {
        Self { ev, types, mode, depth: 0, has_conditions: Cell::new(false), notes: Vec::new() }
    }

    /// The values of a resource by its schema.
    pub fn resource(&mut self, schema: &Arc<BlockSchema>, d: &Declaration<'_>) -> Entries {
        let head = Location { file: d.file, span: d.head };
        let mut out = self.block(schema, &d.content, head);
        if self.has_conditions.get() {
            defaults::fill(&mut out, schema, head);
        }
        out
    }

    /// The values of a resource whose type nobody knows: arguments as written, blocks as lists.
    pub fn as_written(&mut self, d: &Declaration<'_>) -> Entries {
        self.written(&d.content, true)
    }

    fn block(&mut self, schema: &BlockSchema, content: &Content<'_>, head: Location) -> Entries {
        let mut out = Entries::new();
        for (name, a) in &schema.attributes {
            let v = self.attribute(name, a, content, head);
            out.insert(name.clone(), v);
        }
        if self.depth >= DEPTH {
            return out;
        }
        self.depth += 1;
        for (name, b) in &schema.blocks {
            let v = self.blocks(name, b, content);
            out.insert(name.clone(), v);
        }
        self.depth -= 1;
        out
    }

    fn attribute(
        &mut self,
        name: &Arc<str>,
        a: &AttributeSchema,
        content: &Content<'_>,
        head: Location,
    ) -> Value {
        let given = content.argument(name).copied();
        let mut v = match given {
            Some(arg) => self.argument(&arg, &a.ty),
            None if a.allows_blocks() && has_blocks(content, name) => {
                let v = self.attribute_blocks(name, a, content);
                // Blocks that come to nothing are as good as not written.
                if v.as_items().is_some_and(<[Value]>::is_empty) { self.unset(a, head) } else { v }
            }
            None if content.hides(name) && !a.is_read_only() => {
                Value::unknown(a.ty.clone(), Reason::Unread(name.clone()))
            }
            None => self.unset(a, head),
        };
        // What is set to null counts as not set; where it was set is remembered.
        if v.is_null() && given.is_some() {
            v = self.unset(a, head).with_origin(v.origin);
        }
        if a.write_only {
            v.kind = Kind::Null(a.ty.clone());
            v.ephemeral = false;
            // Nothing is planned, but what was written stays secret.
            v.sensitive |= a.sensitive && given.is_some();
        }
        if a.sensitive && !v.is_null() {
            v.mark_sensitive();
        }
        v
    }

    fn unset(&self, a: &AttributeSchema, head: Location) -> Value {
        if self.mode == Mode::Managed
            && let Some(d) = &a.default
        {
            match d.when.is_empty() {
                true => return defaults::value(a, d, head),
                false => self.has_conditions.set(true),
            }
        }
        match a.computed {
            true => Value::unknown(a.ty.clone(), Reason::Unset),
            false => Kind::Null(a.ty.clone()).into(),
        }
    }

    fn argument(&mut self, arg: &Argument<'_>, ty: &Type) -> Value {
        let file = self.ev.enter(arg.file);
        let v = self.ev.eval(arg.expr);
        self.ev.enter(file);
        match convert::convert(&v, ty) {
            Ok(v) => v,
            Err(e) => {
                let route = if e.route.0.is_empty() { String::new() } else { format!(" (at `{}`)", e.route) };
                self.notes.push(Note {
                    kind: NoteKind::Error,
                    message: format!(
                        "the value of `{}` is not what is expected{route}: {}",
                        arg.name, e.message
                    ),
                    help: Some(format!("a value of type {} is expected", convert::friendly_name(ty))),
                    at: Some(arg.at()),
                });
                let reason = Reason::Error(e.message.as_str().into());
                Value::unknown(ty.clone(), reason).with_origin(v.origin)
            }
        }
    }

    /// An attribute that is a list or set of objects may be written as blocks.
    fn attribute_blocks(&mut self, name: &Arc<str>, a: &AttributeSchema, content: &Content<'_>) -> Value {
        let (element, set) = match &a.ty {
            Type::List(t) => (t, false),
            Type::Set(t) => (t, true),
            _ => return Kind::Null(a.ty.clone()).into(),
        };
        let Type::Object(types) = &**element else { return Kind::Null(a.ty.clone()).into() };
        let mut schema = BlockSchema::default();
        for (n, t) in types.iter() {
            schema.attributes.insert(n.clone(), AttributeSchema::plain(t.ty.clone(), true, false));
        }
        let nesting = if set { Nesting::Set } else { Nesting::List };
        let b = BlockType { nesting, min_items: 0, max_items: 0, computed: false, block: Arc::new(schema) };
        let v = self.blocks(name, &b, content);
        convert::convert(&v, &a.ty).unwrap_or(v)
    }

    fn blocks(&mut self, name: &Arc<str>, b: &BlockType, content: &Content<'_>) -> Value {
        let labels = usize::from(b.nesting == Nesting::Map);
        let mut made: Vec<(Option<Arc<str>>, Value)> = Vec::new();
        let mut undecided: Option<Value> = None;
        for block in written_blocks(content, name, labels) {
            if block.kind == "dynamic" {
                if let Err(v) = self.dynamic(&block, b, labels, &mut made) {
                    undecided.get_or_insert(v);
                }
            } else {
                let label = block.labels.first().map(|l| Arc::from(*l));
                let v = self.one_block(
                    &b.block,
                    &block.content(),
                    block.at(),
                    Location { file: block.file, span: block.head },
                );
                made.push((label, v));
            }
        }
        if content.unread.contains(&&**name) || (content.cut && made.is_empty() && undecided.is_none()) {
            undecided = Some(Value::unknown(Type::Any, Reason::Unread(name.clone())));
        }
        if let Some(v) = undecided {
            return self.undecided_blocks(&v, b);
        }
        let origin = match made.as_slice() {
            [(_, only)] => only.origin.clone(),
            _ => None,
        };
        let ty = |this: &Self| match made.is_empty() {
            true => Type::Any,
            false => this.types.object(&b.block),
        };
        let ty = ty(self);
        let values =
            |made: Vec<(Option<Arc<str>>, Value)>| made.into_iter().map(|(_, v)| v).collect::<Vec<_>>();
        let mut v: Value = match b.nesting {
            Nesting::Single => match made.into_iter().next() {
                Some((_, v)) => v,
                None => Kind::Null(self.types.object(&b.block)).into(),
            },
            Nesting::Group => match made.into_iter().next() {
                Some((_, v)) => v,
                None => {
                    let nowhere =
                        Location { file: trueline_text::FileId(u32::MAX), span: Default::default() };
                    Value::object(self.block(&b.block, &Content::default(), nowhere))
                }
            },
            Nesting::List => Kind::List(ty, Arc::new(values(made))).into(),
            Nesting::Set => convert::set(ty, values(made)),
            Nesting::Map => {
                let entries = made.into_iter().filter_map(|(k, v)| Some((k?, v))).collect();
                Kind::Map(ty, Arc::new(entries)).into()
            }
        };
        if v.origin.is_none() {
            v.origin = origin;
        }
        v
    }

    fn one_block(
        &mut self,
        schema: &BlockSchema,
        content: &Content<'_>,
        at: Location,
        head: Location,
    ) -> Value {
        let file = self.ev.enter(at.file);
        let entries = self.block(schema, content, head);
        self.ev.enter(file);
        Value::object(entries).with_origin(Some(Origin::literal(at)))
    }

    fn dynamic(
        &mut self,
        block: &Nested<'_>,
        b: &BlockType,
        labels: usize,
        made: &mut Vec<(Option<Arc<str>>, Value)>,
    ) -> Result<(), Value> {
        let file = self.ev.enter(block.file);
        let result = dynamic_block::expand(self.ev, block, labels, &mut |ev, content, label, at| {
            let mut inner = Decoder { depth: self.depth, ..Decoder::new(ev, self.types, self.mode) };
            let v = inner.one_block(&b.block, content, at, at);
            self.notes.append(&mut inner.notes);
            self.has_conditions.set(self.has_conditions.get() || inner.has_conditions.get());
            made.push((label, v));
        });
        self.ev.enter(file);
        result
    }

    fn undecided_blocks(&self, why: &Value, b: &BlockType) -> Value {
        let inner = self.types.object(&b.block);
        let ty = match b.nesting {
            Nesting::Single | Nesting::Group => inner,
            Nesting::List => Type::List(Arc::new(inner)),
            Nesting::Set => Type::Set(Arc::new(inner)),
            Nesting::Map => Type::Map(Arc::new(inner)),
        };
        let reason = why.first_reason().unwrap_or(Reason::Deferred);
        let u = Unknown::new(ty, reason);
        Value {
            sensitive: why.sensitive,
            ..Value::from(Kind::Unknown(Arc::new(u))).with_origin(why.origin.clone())
        }
    }

    fn written(&mut self, content: &Content<'_>, top: bool) -> Entries {
        let mut out = Entries::new();
        let mut kinds: Vec<Arc<str>> = Vec::new();
        for a in content.arguments() {
            if !(top && META.contains(&a.name)) {
                let v = self.argument(a, &Type::Any);
                out.insert(a.name.into(), v);
            }
        }
        for b in content.native_blocks() {
            let name: Arc<str> = match b.kind {
                "dynamic" => b.labels.first().copied().unwrap_or_default().into(),
                kind => kind.into(),
            };
            let meta = top && META.contains(&&*name);
            if !meta && !kinds.contains(&name) {
                kinds.push(name);
            }
        }
        for name in content.unread.iter().filter(|n| !(top && META.contains(n))) {
            out.entry((*name).into())
                .or_insert_with(|| Value::unknown(Type::Any, Reason::Unread((*name).into())));
        }
        if self.depth >= DEPTH {
            return out;
        }
        self.depth += 1;
        for name in kinds {
            let mut made = Vec::new();
            let mut undecided = None;
            for block in written_blocks(content, &name, 0) {
                let file = self.ev.enter(block.file);
                if block.kind == "dynamic" {
                    let result = dynamic_block::expand(self.ev, &block, 0, &mut |ev, content, _, at| {
                        let mut inner =
                            Decoder { depth: self.depth, ..Decoder::new(ev, self.types, self.mode) };
                        let entries = inner.written(content, false);
                        made.push(Value::object(entries).with_origin(Some(Origin::literal(at))));
                    });
                    if let Err(v) = result {
                        undecided.get_or_insert(v);
                    }
                } else {
                    let entries = self.written(&block.content(), false);
                    made.push(Value::object(entries).with_origin(Some(Origin::literal(block.at()))));
                }
                self.ev.enter(file);
            }
            let v = match undecided {
                Some(v) => Value::unknown(Type::Any, v.first_reason().unwrap_or(Reason::Deferred))
                    .with_origin(v.origin),
                None => Value::tuple(made),
            };
            out.insert(name, v);
        }
        self.depth -= 1;
        out
    }
}

/// Blocks of a type and the `dynamic` blocks that make such, in source order.
fn written_blocks<'a>(content: &Content<'a>, name: &str, labels: usize) -> Vec<Nested<'a>> {
    let mut out = content.blocks(name, labels);
    let dynamic: Vec<Nested<'a>> =
        content.blocks("dynamic", 1).into_iter().filter(|d| d.labels.first() == Some(&name)).collect();
    if !dynamic.is_empty() {
        out.extend(dynamic);
        out.sort_by_key(|b| (b.file, b.span.start));
    }
    out
}

fn has_blocks(content: &Content<'_>, name: &str) -> bool {
    content
        .native_blocks()
        .any(|b| b.kind == name || (b.kind == "dynamic" && b.labels.first() == Some(&name)))
        // In JSON syntax, `dynamic` is an argument.
        || (content.argument("dynamic").is_some_and(|a| a.json)
            && content.blocks("dynamic", 1).iter().any(|d| d.labels.first() == Some(&name)))
}
