//! Resources and data sources: their instances and what their bodies say.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use trueline_model::{AttributeType, Kind, Mode, NoteKind, Reason, Type, Value};

use trueline_text::Location;

use super::schemas::{Read, in_own_region, open_unwritten};
use super::scope::ModuleScope;
use super::{Each, Expanded, Instance, ModuleId, World};
use crate::body::Decoder;
use crate::builtin;
use crate::content::Declaration;
use crate::data;
use crate::expression::Evaluator;
use crate::module::ResourceKey;
use trueline_provider::derived;
use trueline_provider::schema::{BlockSchema, Nesting};
use trueline_provider::tags;

/// Object types of block schemas; building one of a deep block costs more than decoding it.
#[derive(Default)]
pub(crate) struct TypeCache {
    known: RefCell<HashMap<usize, (Arc<BlockSchema>, Type)>>,
}

impl TypeCache {
    /// The type of the objects that blocks of this schema make.
    pub fn object(&self, schema: &Arc<BlockSchema>) -> Type {
        let key = Arc::as_ptr(schema) as usize;
        if let Some((_, t)) = self.known.borrow().get(&key) {
            return t.clone();
        }
        let mut out: BTreeMap<Arc<str>, AttributeType> = BTreeMap::new();
        for (name, a) in &schema.attributes {
            out.insert(name.clone(), AttributeType { ty: a.ty.clone(), optional: false });
        }
        for (name, b) in &schema.blocks {
            let inner = self.object(&b.block);
            let ty = match b.nesting {
                Nesting::Single | Nesting::Group => inner,
                Nesting::List => Type::List(Arc::new(inner)),
                Nesting::Set => Type::Set(Arc::new(inner)),
                Nesting::Map => Type::Map(Arc::new(inner)),
            };
            out.insert(name.clone(), AttributeType { ty, optional: false });
        }
        let ty = Type::Object(Arc::new(out));
        // The schema is kept with its type, so that its place in memory is not given to another.
        self.known.borrow_mut().insert(key, (schema.clone(), ty.clone()));
        ty
    }
}

/// Work that one instance counts for: its attributes take memory until the plan is made.
const INSTANCE: u64 = 4_000;

impl World<'_> {
    pub fn evaluate_resource(&mut self, m: ModuleId, key: &ResourceKey) {
        let Some(module) = self.module(m) else { return };
        let Some(declaration) = module.config.resources.get(key).cloned() else { return };
        let provider = self.provider_of(m, key);
        let read = self.read_by(&provider, key, &declaration.content);
        let shown = match key.mode {
            Mode::Managed => format!("`{}.{}`", key.kind, key.name),
            Mode::Data => format!("`data.{}.{}`", key.kind, key.name),
        };
        let (repetition, each) = self.repetition(m, &declaration.content, &shown);
        let decided_by = self.decided_by(m, &declaration.content, &repetition);
        let mut instances = Vec::with_capacity(each.len());
        for each in each {
            let Some(module) = self.module(m) else { return };
            if !self.limits.spend(INSTANCE) {
                let message = "this plan has more instances than are evaluated";
                let help = Some("check a part of the configuration at a time".to_owned());
                self.notes.add(NoteKind::Error, message, help, Some(declaration.at()));
                break;
            }
            let address = Arc::new(module.address(key, each.key.clone()));
            let values = self.instance_values(m, &declaration, &address, &read, &each);
            let provider = in_own_region(&read.provider, read.schema.as_ref(), &values);
            instances.push(Instance {
                each,
                address,
                values,
                schema: read.schema.clone(),
                provider,
                deferred: decided_by.is_some(),
                conditions: decided_by.clone().unwrap_or_default(),
                planned: OnceCell::new(),
                view: OnceCell::new(),
            });
        }
        if let Some(module) = self.modules.get_mut(m) {
            module.resources.insert(key.clone(), Expanded { repetition, instances });
        }
    }

    fn instance_values(
        &mut self,
        m: ModuleId,
        declaration: &Declaration<'_>,
        address: &Arc<trueline_model::Address>,
        read: &Read,
        each: &Each,
    ) -> Value {
        let (schema, provider) = (read.schema.as_ref(), &read.provider);
        let scope = ModuleScope { world: self, module: m, each, this: None };
        let mut ev = Evaluator::new(&scope, &self.limits, declaration.file);
        let mut decoder = Decoder::new(&mut ev, &self.types, address.mode);
        let values = match schema {
            Some(s) if read.fork && address.mode == Mode::Managed => {
                let mut out = decoder.as_written(declaration);
                out.extend(decoder.resource(s, declaration));
                open_unwritten(&mut out, &provider.reference.source);
                out
            }
            Some(s) => decoder.resource(s, declaration),
            None => decoder.as_written(declaration),
        };
        let notes = decoder.notes;
        let errors = ev.errors;
        self.notes.errors(errors);
        // Where nobody here knows the schema, nobody knows which arguments are only written.
        let values = Value::object(values);
        if schema.is_some() {
            let head = Location { file: declaration.file, span: declaration.head };
            self.check_arguments(&format!("`{}`", address.without_keys()), &values, head);
        }
        for n in notes {
            self.notes.add(n.kind, n.message, n.help, n.at);
        }
        let mut entries = match values.kind {
            Kind::Object(entries) => Arc::unwrap_or_clone(entries),
            _ => BTreeMap::new(),
        };
        match address.mode {
            Mode::Managed => {
                builtin::settle(&provider.reference.source, &address.kind, &mut entries);
                tags::merge_defaults(&mut entries, schema, &provider.tagging, address);
                derived::fill(&mut entries, schema, address);
            }
            Mode::Data => {
                let at = Location { file: declaration.file, span: declaration.head };
                let key =
                    ResourceKey { mode: Mode::Data, kind: address.kind.clone(), name: address.name.clone() };
                let waits = self.waits(m, &key);
                data::answer(self, &mut entries, schema, provider, address, at, waits);
            }
        }
        Value::object(entries)
    }
}

/// True for a value that a source left out.
pub(crate) fn is_unset(v: &Value) -> bool {
    matches!(&v.kind, Kind::Unknown(u) if u.reason == Reason::Unset)
}
