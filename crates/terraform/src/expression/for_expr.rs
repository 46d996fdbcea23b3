//! `[for …]` and `{for …}`.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_hcl::{Expr, ForObject, ForTuple, Ident};
use trueline_model::{Kind, Origin, Reason, Segment, Type, Unknown, Value, Via};
use trueline_text::Span;

use super::provenance::iterated;
use super::{Evaluator, type_name, unknown_from};
use trueline_provider::{convert, document};

/// Elements of an unknown list of known length that are gone through one by one.
const UNKNOWN_ITEMS: usize = 1024;

/// Key and value of each element that a `for` goes through.
pub(super) type Pairs = Vec<(Value, Value)>;

impl Evaluator<'_> {
    pub(super) fn for_tuple(&mut self, f: &ForTuple, span: Span) -> Value {
        let collection = self.eval(&f.collection);
        let pairs = match self.pairs(&collection, f.collection.span) {
            Ok(p) => p,
            Err(v) => {
                let seen = self.for_each_seen(f, &collection);
                let sensitive = collection.sensitive | v.sensitive;
                let document = seen.map(|d| Arc::new(Value { sensitive: d.sensitive | sensitive, ..d }));
                return Value { document, ..v };
            }
        };
        let mut out = Vec::with_capacity(pairs.len());
        let (mut sensitive, mut undecided) = (collection.sensitive, None);
        self.secret += u32::from(collection.sensitive);
        for (key, value) in pairs {
            self.bind_pair(f.key.as_ref(), &f.value, key, value);
            let keep = self.keep(f.condition.as_ref(), &mut sensitive, &mut undecided);
            if keep {
                let v = self.eval(&f.element);
                out.push(v);
            }
            self.unbind_pair(f.key.as_ref());
        }
        self.secret -= u32::from(collection.sensitive);
        self.finish_for(Kind::Tuple(Arc::new(out)), undecided, sensitive, &collection, span)
    }

    /// What a `for` makes of the elements that are seen of an unknown collection; it fails nowhere.
    fn for_each_seen(&mut self, f: &ForTuple, collection: &Value) -> Option<Value> {
        let items = document::seen(collection)?.as_items()?.to_vec();
        let before = self.errors.len();
        let mut out = Vec::with_capacity(items.len());
        self.secret += u32::from(collection.sensitive);
        for item in items {
            if item.is_unknown() {
                out.extend(document::elements(&item));
                continue;
            }
            let key = Value::unknown(Type::Any, Reason::Plan);
            let (mut sensitive, mut undecided) = (collection.sensitive, None);
            self.bind_pair(f.key.as_ref(), &f.value, key, item);
            if self.keep(f.condition.as_ref(), &mut sensitive, &mut undecided) {
                let v = self.eval(&f.element);
                out.push(v);
            } else if let Some(why) = &undecided {
                out.extend(document::elements(why));
            }
            self.unbind_pair(f.key.as_ref());
        }
        self.secret -= u32::from(collection.sensitive);
        self.errors.truncate(before);
        Some(Value::tuple(out))
    }

    pub(super) fn for_object(&mut self, f: &ForObject, span: Span) -> Value {
        let collection = self.eval(&f.collection);
        let pairs = match self.pairs(&collection, f.collection.span) {
            Ok(p) => p,
            Err(v) => return v,
        };
        let mut single: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        let mut groups: BTreeMap<Arc<str>, Vec<Value>> = BTreeMap::new();
        let (mut sensitive, mut undecided) = (collection.sensitive, None);
        self.secret += u32::from(collection.sensitive);
        for (key, value) in pairs {
            self.bind_pair(f.key.as_ref(), &f.value, key, value);
            if self.keep(f.condition.as_ref(), &mut sensitive, &mut undecided) {
                let key = self.eval(&f.entry_key);
                let secret = key.sensitive;
                sensitive |= secret;
                let key = self.object_key(&key, f.entry_key.span);
                let value = self.eval(&f.entry_value);
                match key {
                    Err(why) => {
                        undecided.get_or_insert(why);
                    }
                    Ok(key) if f.group => groups.entry(key).or_default().push(value),
                    Ok(key) => {
                        if single.insert(key.clone(), value).is_some() {
                            let help =
                                "group the values with `...` behind the value, or make the keys differ";
                            let message = match secret {
                                true => "two elements of this `for` have the same key".to_owned(),
                                false => format!("two elements of this `for` have the key \"{key}\""),
                            };
                            let v = self.fail(f.entry_key.span, message, Some(help.into()));
                            undecided.get_or_insert(v);
                        }
                    }
                }
            }
            self.unbind_pair(f.key.as_ref());
        }
        self.secret -= u32::from(collection.sensitive);
        for (k, v) in groups {
            single.insert(k, Value::tuple(v));
        }
        self.finish_for(Kind::Object(Arc::new(single)), undecided, sensitive, &collection, span)
    }

    fn finish_for(
        &mut self,
        kind: Kind,
        undecided: Option<Value>,
        sensitive: bool,
        of: &Value,
        span: Span,
    ) -> Value {
        let (kind, document) = match &undecided {
            Some(why) => {
                let seen =
                    in_part(kind, why).map(|d| Arc::new(Value { sensitive: d.sensitive | sensitive, ..d }));
                (not_null(unknown_from(Type::Any, why)), seen)
            }
            None => (kind, None),
        };
        let inputs = undecided.iter().chain([of]).filter_map(|v| v.origin.clone()).collect();
        let origin = Origin { at: self.at(span), via: Via::Operator, inputs };
        Value { kind, sensitive, ephemeral: of.ephemeral, origin: Some(Arc::new(origin)), document }
    }

    fn keep(
        &mut self,
        condition: Option<&Expr>,
        sensitive: &mut bool,
        undecided: &mut Option<Value>,
    ) -> bool {
        let Some(e) = condition else { return true };
        let c = self.eval(e);
        *sensitive |= c.sensitive;
        match convert::convert(&c, &Type::Bool) {
            Ok(v) => match &v.kind {
                Kind::Bool(b) => *b,
                Kind::Null(_) => {
                    let v = self.fail(e.span, "the condition of this `for` is null", None);
                    undecided.get_or_insert(v);
                    false
                }
                _ => {
                    undecided.get_or_insert(v);
                    false
                }
            },
            Err(why) => {
                let message = format!("the condition of this `for` is neither true nor false: {why}");
                let v = self.fail(e.span, message, None);
                undecided.get_or_insert(v);
                false
            }
        }
    }

    pub(super) fn bind_pair(&mut self, key: Option<&Ident>, value: &Ident, k: Value, v: Value) {
        if let Some(name) = key {
            self.bind(&name.text, k);
        }
        self.bind(&value.text, v);
    }

    pub(super) fn unbind_pair(&mut self, key: Option<&Ident>) {
        self.unbind();
        if key.is_some() {
            self.unbind();
        }
    }

    /// The elements that a `for` goes through, or the value of the whole `for` if that is not decided.
    ///
    /// What the collection as a whole is marked with goes to the result as a whole, not to its elements.
    pub(super) fn pairs(&mut self, of: &Value, span: Span) -> Result<Pairs, Value> {
        let bare = Value { sensitive: false, ephemeral: false, ..of.clone() };
        self.unmarked_pairs(&bare, span).map_err(|v| Value {
            sensitive: v.sensitive | of.sensitive,
            ephemeral: v.ephemeral | of.ephemeral,
            ..v
        })
    }

    fn unmarked_pairs(&mut self, of: &Value, span: Span) -> Result<Pairs, Value> {
        let number = |i: usize| Value::number(i as i64);
        let index = |i: usize| Segment::Index(u32::try_from(i).unwrap_or(u32::MAX));
        match &of.kind {
            Kind::List(_, items) | Kind::Tuple(items) => {
                let pair = |(i, v): (usize, &Value)| (number(i), iterated(of, v, &index(i)));
                Ok(items.iter().enumerate().map(pair).collect())
            }
            Kind::Set(_, items) => {
                let pair = |(i, v): (usize, &Value)| {
                    let v = iterated(of, v, &index(i));
                    (v.clone(), v)
                };
                Ok(items.iter().enumerate().map(pair).collect())
            }
            Kind::Map(_, entries) | Kind::Object(entries) => {
                let pair = |(k, v): (&Arc<str>, &Value)| {
                    (Value::string(k.clone()), iterated(of, v, &Segment::Name(k.clone())))
                };
                Ok(entries.iter().map(pair).collect())
            }
            Kind::Null(_) => {
                let help = "give a list, set or map, or `coalesce` it to an empty one";
                Err(self.fail(span, "a `for` can't go through null", Some(help.into())))
            }
            Kind::Unknown(u) => match known_items(of, u) {
                Some(pairs) => Ok(pairs),
                None if matches!(u.ty, Type::Bool | Type::Number | Type::String) => {
                    Err(self.not_iterable(of, span))
                }
                None => Err(self.made(not_null(unknown_from(Type::Any, of)), span, &[of])),
            },
            _ => Err(self.not_iterable(of, span)),
        }
    }

    fn not_iterable(&mut self, of: &Value, span: Span) -> Value {
        let message = format!("a `for` can't go through a {}", type_name(of));
        self.fail(span, message, Some("give a list, set, map or object".into()))
    }
}

/// What a `for` makes for certain while it is not decided whether all is kept.
fn in_part(kind: Kind, why: &Value) -> Option<Value> {
    match kind {
        Kind::Tuple(items) => {
            let mut items = (*items).clone();
            items.extend(document::elements(why));
            Some(Value::tuple(items))
        }
        Kind::Object(members) => Some(document::with_rest((*members).clone(), why)),
        _ => None,
    }
}

fn not_null(mut u: Unknown) -> Kind {
    u.not_null = true;
    Kind::Unknown(Arc::new(u))
}

/// An unknown list whose length is decided has elements that can be gone through, each unknown; an unknown object has
/// its attributes.
fn known_items(of: &Value, u: &Unknown) -> Option<Pairs> {
    let unknown = |ty: &Type, step: Segment| -> Value {
        let reason = match &u.reason {
            Reason::Computed(a, r) => Reason::Computed(a.clone(), route_with(r, &step)),
            Reason::DataSource(a, r) => Reason::DataSource(a.clone(), route_with(r, &step)),
            r => r.clone(),
        };
        let child = Value::unknown(ty.clone(), reason);
        iterated(of, &child, &step)
    };
    let index = |i: usize| Segment::Index(u32::try_from(i).unwrap_or(u32::MAX));
    match &u.ty {
        Type::List(t) if u.length.1 == Some(u.length.0) && u.length.0 <= UNKNOWN_ITEMS => {
            Some((0..u.length.0).map(|i| (Value::number(i as i64), unknown(t, index(i)))).collect())
        }
        _ => None,
    }
}

fn route_with(route: &trueline_model::Route, step: &Segment) -> trueline_model::Route {
    let mut r = route.clone();
    r.0.push(step.clone());
    r
}
