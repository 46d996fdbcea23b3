//! The three trees of a change as one value: what is known, what is unknown and why, what is sensitive.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value as Json};
use trueline_model::{Kind, Number, Reason, Route, Type, Unknown, Value};

use super::links::References;
use trueline_provider::schema::{AttributeSchema, BlockSchema, BlockType, Nesting};

/// How many documents may be encoded inside one another.
const DOCUMENTS: usize = 4;

/// `after`, `after_unknown` and `after_sensitive`, or the parts of them at one place.
#[derive(Clone, Copy)]
pub struct Trees<'a> {
    /// Known values.
    pub known: &'a Json,
    /// `true` at what is unknown.
    pub unknown: &'a Json,
    /// `true` at what is sensitive.
    pub sensitive: &'a Json,
}

impl<'a> Trees<'a> {
    fn member(self, name: &str) -> Self {
        let of = |tree: &'a Json| tree.get(name).unwrap_or(&Json::Null);
        Self { known: of(self.known), unknown: of(self.unknown), sensitive: of(self.sensitive) }
    }

    fn element(self, i: usize) -> Self {
        let of = |tree: &'a Json| tree.get(i).unwrap_or(&Json::Null);
        Self { known: of(self.known), unknown: of(self.unknown), sensitive: of(self.sensitive) }
    }
}

/// What the source says about a place.
#[derive(Clone)]
enum Written<'a> {
    /// Arguments of the block; of all blocks that it may come from, where that is not certain.
    Blocks(Vec<&'a Map<String, Json>>),
    /// The place lies in the value of this argument; one per block that it may come from.
    Inside(Vec<&'a Json>),
    /// Not told: no configuration, or a `dynamic` block.
    Hidden,
}

/// The value of a resource, by its schema where there is one.
pub fn read(trees: Trees<'_>, schema: Option<&BlockSchema>, references: &References<'_>) -> Value {
    let written = match references.written {
        Some(w) => Written::Blocks(w.expressions().into_iter().collect()),
        None => Written::Hidden,
    };
    Reader { references }.object(trees, schema, &written, &Route::root())
}

struct Reader<'a> {
    references: &'a References<'a>,
}

/// Recursion is as deep as the JSON, which the parser bounds.
impl Reader<'_> {
    fn object(
        &self,
        trees: Trees<'_>,
        schema: Option<&BlockSchema>,
        written: &Written<'_>,
        route: &Route,
    ) -> Value {
        let mut out = BTreeMap::new();
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for tree in [trees.known, trees.unknown] {
            names.extend(tree.as_object().into_iter().flat_map(Map::keys).map(String::as_str));
        }
        if let Some(s) = schema {
            names.extend(s.attributes.keys().chain(s.blocks.keys()).map(|k| &**k));
        }
        for name in names {
            let inner = trees.member(name);
            let at = route.child(name);
            let attribute = schema.and_then(|s| s.attributes.get(name));
            let value = match schema.and_then(|s| s.blocks.get(name)) {
                Some(block) => self.blocks(inner, block, written, &blocks_of(written, name), &at),
                None => self.attribute(inner, attribute, &argument_of(written, name, schema.is_some()), &at),
            };
            out.insert(name.into(), value);
        }
        self.finish(Kind::Object(Arc::new(out)), trees)
    }

    /// The blocks of one type.
    fn blocks(
        &self,
        trees: Trees<'_>,
        kind: &BlockType,
        around: &Written<'_>,
        written: &[Written<'_>],
        route: &Route,
    ) -> Value {
        let (nesting, block) = (kind.nesting, &*kind.block);
        let inner = block.object_type();
        if trees.unknown == &Json::Bool(true) {
            let ty = match nesting {
                Nesting::Single | Nesting::Group => inner,
                Nesting::List => Type::List(inner.into()),
                Nesting::Set => Type::Set(inner.into()),
                Nesting::Map => Type::Map(inner.into()),
            };
            // What `dynamic` makes is not told, but where the provider fills blocks in this is the reason to think of.
            let unset = kind.computed && written.is_empty() && matches!(around, Written::Blocks(_));
            return self.finish(unknown(ty, if unset { Reason::Unset } else { Reason::Plan }), trees);
        }
        match (nesting, trees.known) {
            (Nesting::List | Nesting::Set, Json::Array(items)) => {
                let hidden = Written::Hidden;
                let all = Written::Blocks(written.iter().flat_map(Written::arguments).collect());
                let values = items.iter().enumerate().map(|(i, _)| {
                    let from = match (written.len() == items.len(), written.is_empty(), nesting) {
                        (true, false, Nesting::List) => written.get(i).unwrap_or(&hidden),
                        (_, true, _) => &hidden,
                        _ => &all,
                    };
                    self.object(trees.element(i), Some(block), from, &element(route, i))
                });
                let values = Arc::new(values.collect());
                let kind = if nesting == Nesting::Set {
                    Kind::Set(inner, values)
                } else {
                    Kind::List(inner, values)
                };
                self.finish(kind, trees)
            }
            (Nesting::Map, Json::Object(entries)) => {
                let values = entries.keys().map(|k| {
                    (
                        Arc::from(k.as_str()),
                        self.object(trees.member(k), Some(block), &Written::Hidden, &route.child(k.as_str())),
                    )
                });
                let values = values.collect();
                self.finish(Kind::Map(inner, Arc::new(values)), trees)
            }
            (Nesting::Single | Nesting::Group, Json::Object(_)) => {
                let from = written.first().unwrap_or(&Written::Hidden);
                self.object(trees, Some(block), from, route)
            }
            (Nesting::List, _) => self.finish(Kind::List(inner, Arc::default()), trees),
            (Nesting::Set, _) => self.finish(Kind::Set(inner, Arc::default()), trees),
            _ => self.finish(Kind::Null(inner), trees),
        }
    }

    fn attribute(
        &self,
        trees: Trees<'_>,
        schema: Option<&AttributeSchema>,
        written: &Written<'_>,
        route: &Route,
    ) -> Value {
        let ty = schema.map_or(&Type::Any, |a| &a.ty);
        let mut v = self.typed(trees, ty, schema, written, route);
        if schema.is_some_and(|a| a.sensitive) {
            v.mark_sensitive();
        }
        v
    }

    fn typed(
        &self,
        trees: Trees<'_>,
        ty: &Type,
        schema: Option<&AttributeSchema>,
        written: &Written<'_>,
        route: &Route,
    ) -> Value {
        if trees.unknown == &Json::Bool(true) {
            let mut v = self.finish(unknown(ty.clone(), self.reason(schema, written, route)), trees);
            if let (Type::String, Written::Inside(expressions)) = (ty, written)
                && let [one] = expressions.as_slice()
            {
                v.document = self.references.document(one);
            }
            return v;
        }
        let inside =
            |trees: Trees<'_>, ty: &Type, route: &Route| self.typed(trees, ty, schema, written, route);
        let items = |items: &[Json], ty: &Type| -> Arc<Vec<Value>> {
            let all = items.iter().enumerate().map(|(i, _)| inside(trees.element(i), ty, &element(route, i)));
            Arc::new(all.collect())
        };
        let kind = match (trees.known, ty) {
            (Json::Null, _) => Kind::Null(ty.clone()),
            (Json::Bool(b), _) => Kind::Bool(*b),
            (Json::Number(n), _) => match number(n) {
                Some(n) => Kind::Number(n),
                None => Kind::String(n.to_string().into()),
            },
            (Json::String(s), _) => {
                let mut v = self.finish(Kind::String(s.as_str().into()), trees);
                v.document = document(s, v.sensitive, DOCUMENTS);
                return v;
            }
            (Json::Array(list), Type::List(t)) => Kind::List((**t).clone(), items(list, t)),
            (Json::Array(list), Type::Set(t)) => Kind::Set((**t).clone(), items(list, t)),
            (Json::Array(list), Type::Tuple(types)) => {
                let any = Type::Any;
                let all = list
                    .iter()
                    .enumerate()
                    .map(|(i, _)| inside(trees.element(i), types.get(i).unwrap_or(&any), &element(route, i)));
                Kind::Tuple(Arc::new(all.collect()))
            }
            (Json::Array(list), _) => Kind::Tuple(items(list, &Type::Any)),
            (Json::Object(_), _) => {
                let mut out = BTreeMap::new();
                let mut names: BTreeSet<&str> = BTreeSet::new();
                for tree in [trees.known, trees.unknown] {
                    names.extend(tree.as_object().into_iter().flat_map(Map::keys).map(String::as_str));
                }
                for name in names {
                    let member = match ty {
                        Type::Map(t) => t,
                        Type::Object(members) => members.get(name).map_or(&Type::Any, |m| &m.ty),
                        _ => &Type::Any,
                    };
                    out.insert(Arc::from(name), inside(trees.member(name), member, &route.child(name)));
                }
                match ty {
                    Type::Map(t) => Kind::Map((**t).clone(), Arc::new(out)),
                    _ => Kind::Object(Arc::new(out)),
                }
            }
        };
        self.finish(kind, trees)
    }

    fn finish(&self, kind: Kind, trees: Trees<'_>) -> Value {
        Value { sensitive: trees.sensitive == &Json::Bool(true), ..Value::from(kind) }
    }

    /// Why the value at a place is unknown.
    fn reason(&self, schema: Option<&AttributeSchema>, written: &Written<'_>, route: &Route) -> Reason {
        let by_provider = || Reason::Computed(self.references.address.clone().into(), route.clone());
        match written {
            Written::Inside(expressions) => match expressions.as_slice() {
                [one] => self.references.reason(one),
                _ => Reason::Plan,
            },
            Written::Blocks(_) => match schema {
                Some(a) if a.is_read_only() => by_provider(),
                _ => Reason::Unset,
            },
            Written::Hidden => match schema {
                Some(a) if a.is_read_only() => by_provider(),
                _ => Reason::Plan,
            },
        }
    }
}

impl<'a> Written<'a> {
    fn arguments(&self) -> Vec<&'a Map<String, Json>> {
        match self {
            Self::Blocks(all) => all.clone(),
            Self::Inside(_) | Self::Hidden => Vec::new(),
        }
    }
}

/// What the source says about the blocks `name`, one by one; nothing if it writes none.
fn blocks_of<'a>(written: &Written<'a>, name: &str) -> Vec<Written<'a>> {
    let mut out = Vec::new();
    for block in written.arguments() {
        match block.get(name) {
            Some(Json::Array(list)) => {
                out.extend(list.iter().filter_map(Json::as_object).map(|b| Written::Blocks(vec![b])));
            }
            Some(Json::Object(one)) => out.push(Written::Blocks(vec![one])),
            _ => {}
        }
    }
    out
}

/// What the source says about the argument `name`.
fn argument_of<'a>(written: &Written<'a>, name: &str, by_schema: bool) -> Written<'a> {
    let Written::Blocks(blocks) = written else { return written.clone() };
    let set: Vec<&Json> = blocks.iter().filter_map(|b| b.get(name)).collect();
    match (set.is_empty(), by_schema) {
        (true, _) => written.clone(),
        // Without a schema an argument may as well be a run of blocks.
        (false, false) if set.iter().any(|e| e.is_array()) => Written::Hidden,
        _ => Written::Inside(set),
    }
}

fn unknown(ty: Type, reason: Reason) -> Kind {
    Kind::Unknown(Arc::new(Unknown::new(ty, reason)))
}

fn element(route: &Route, i: usize) -> Route {
    route.element(u32::try_from(i).unwrap_or(u32::MAX))
}

fn number(n: &serde_json::Number) -> Option<Number> {
    match n.as_i64() {
        Some(i) => Some(i.into()),
        None => n.to_string().parse().ok(),
    }
}

/// The object or list that a string encodes.
fn document(text: &str, sensitive: bool, depth: usize) -> Option<Arc<Value>> {
    let first = text.trim_start().bytes().next()?;
    if depth == 0 || (first != b'{' && first != b'[') {
        return None;
    }
    let json: Json = serde_json::from_str(text).ok()?;
    Some(Arc::new(decoded(&json, sensitive, depth)))
}

fn decoded(json: &Json, sensitive: bool, depth: usize) -> Value {
    let mut document_inside = None;
    let kind = match json {
        Json::Null => Kind::Null(Type::Any),
        Json::Bool(b) => Kind::Bool(*b),
        Json::Number(n) => number(n).map_or_else(|| Kind::String(n.to_string().into()), Kind::Number),
        Json::String(s) => {
            document_inside = document(s, sensitive, depth - 1);
            Kind::String(s.as_str().into())
        }
        Json::Array(items) => {
            Kind::Tuple(Arc::new(items.iter().map(|i| decoded(i, sensitive, depth)).collect()))
        }
        Json::Object(members) => {
            let members = members.iter().map(|(k, v)| (k.as_str().into(), decoded(v, sensitive, depth)));
            Kind::Object(Arc::new(members.collect()))
        }
    };
    Value { sensitive, document: document_inside, ..Value::from(kind) }
}
