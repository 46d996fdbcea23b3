//! Values: known, unknown with a reason, sensitive, each with its origin.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::{Address, Number, Origin, Route, Type};

/// What is shown where a sensitive value stood.
pub const MASK: &str = "(sensitive)";

/// A value of Terraform's language, with what must never be lost on its way.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// Marked sensitive, by declaration, by schema or by derivation. Elements carry their own marks.
    pub sensitive: bool,
    /// Marked ephemeral.
    pub ephemeral: bool,
    /// Where it comes from; absent for values that no source wrote (computed, unset).
    pub origin: Option<Arc<Origin>>,
    /// For a string (known or not) that encodes JSON: the encoded value, leaf by leaf, with origins. For an unknown
    /// collection: what is certain in it, where an unknown element stands for any number of them.
    pub document: Option<Arc<Value>>,
}

/// Kinds of values. Collections are shared; cloning is cheap.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `null` of a type.
    Null(Type),
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string (NFC-normalized, as Terraform does).
    String(Arc<str>),
    /// `list(T)`
    List(Type, Arc<Vec<Value>>),
    /// `set(T)`: no two equal, in Terraform's order.
    Set(Type, Arc<Vec<Value>>),
    /// `tuple([…])`
    Tuple(Arc<Vec<Value>>),
    /// `map(T)`
    Map(Type, Arc<BTreeMap<Arc<str>, Value>>),
    /// `object({…})`
    Object(Arc<BTreeMap<Arc<str>, Value>>),
    /// Not known before apply, or not to us.
    Unknown(Arc<Unknown>),
}

/// What is known of an unknown value.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// Its type; `Any` if not even that.
    pub ty: Type,
    /// Why it is not known.
    pub reason: Reason,
    /// Certainly not null.
    pub not_null: bool,
    /// Known beginning of a string.
    pub prefix: Option<Arc<str>>,
    /// Known end of a string (ours, Terraform tracks none).
    pub suffix: Option<Arc<str>>,
    /// Fewest and most elements of a collection.
    pub length: (usize, Option<usize>),
}

/// Why a value is unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An optional and computed attribute that the source leaves out. Rules treat it as absent.
    Unset,
    /// Given by the provider on apply: this attribute of this resource.
    Computed(Arc<Address>, Route),
    /// Read from the cloud: this attribute of this data source.
    DataSource(Arc<Address>, Route),
    /// A variable that has neither value nor default.
    Variable(Arc<str>),
    /// A function that Trueline does not evaluate, or one that is not pure (`timestamp`).
    Function(Arc<str>),
    /// An output of a module whose source is not there.
    Module(Arc<str>),
    /// A file outside the module's root, or one that is not there.
    File(Arc<str>),
    /// What is not written of a resource whose provider's schema is not known: this provider.
    Schema(Arc<str>),
    /// `count`, `for_each` or a key hangs on something unknown.
    Deferred,
    /// Says a real plan, with no more detail.
    Plan,
    /// The expression fails; the text says how.
    Error(Arc<str>),
    /// An argument or a block of this name has a syntax error, or may have been lost with the end of the file.
    Unread(Arc<str>),
    /// Something else that the machine or the moment decides (`path.cwd`, `terraform.applying`).
    Environment(Arc<str>),
}

impl Unknown {
    /// Unknown of this type and reason, nothing else being known of it.
    pub fn new(ty: Type, reason: Reason) -> Self {
        Self { ty, reason, not_null: false, prefix: None, suffix: None, length: (0, None) }
    }
}

impl From<Kind> for Value {
    fn from(kind: Kind) -> Self {
        Self { kind, sensitive: false, ephemeral: false, origin: None, document: None }
    }
}

impl Value {
    /// `null` of no particular type.
    pub fn null() -> Self {
        Kind::Null(Type::Any).into()
    }

    /// A string.
    pub fn string(s: impl Into<Arc<str>>) -> Self {
        Kind::String(s.into()).into()
    }

    /// A boolean.
    pub fn bool(b: bool) -> Self {
        Kind::Bool(b).into()
    }

    /// A number.
    pub fn number(n: impl Into<Number>) -> Self {
        Kind::Number(n.into()).into()
    }

    /// A tuple.
    pub fn tuple(items: Vec<Self>) -> Self {
        Kind::Tuple(Arc::new(items)).into()
    }

    /// An object.
    pub fn object(items: BTreeMap<Arc<str>, Self>) -> Self {
        Kind::Object(Arc::new(items)).into()
    }

    /// Unknown of this type for this reason.
    pub fn unknown(ty: Type, reason: Reason) -> Self {
        Kind::Unknown(Arc::new(Unknown::new(ty, reason))).into()
    }

    /// The same value with this origin.
    #[must_use]
    pub fn with_origin(mut self, origin: Option<Arc<Origin>>) -> Self {
        self.origin = origin;
        self
    }

    /// True for `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null(_))
    }

    /// True if the value itself is unknown (an element may be unknown all the same).
    pub const fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown(_))
    }

    /// Why it is unknown.
    pub fn reason(&self) -> Option<&Reason> {
        match &self.kind {
            Kind::Unknown(u) => Some(&u.reason),
            _ => None,
        }
    }

    /// Why it, or the first unknown part of it, is unknown.
    pub fn first_reason(&self) -> Option<Reason> {
        match &self.kind {
            Kind::Unknown(u) => Some(u.reason.clone()),
            Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
                items.iter().find_map(Self::first_reason)
            }
            Kind::Map(_, entries) | Kind::Object(entries) => entries.values().find_map(Self::first_reason),
            _ => None,
        }
    }

    /// The value without origins, at any depth.
    #[must_use]
    pub fn without_places(&self) -> Self {
        let items = |items: &[Self]| Arc::new(items.iter().map(Self::without_places).collect::<Vec<_>>());
        let entries = |entries: &BTreeMap<Arc<str>, Self>| {
            Arc::new(entries.iter().map(|(k, v)| (k.clone(), v.without_places())).collect::<BTreeMap<_, _>>())
        };
        let kind = match &self.kind {
            Kind::List(t, i) => Kind::List(t.clone(), items(i)),
            Kind::Set(t, i) => Kind::Set(t.clone(), items(i)),
            Kind::Tuple(i) => Kind::Tuple(items(i)),
            Kind::Map(t, e) => Kind::Map(t.clone(), entries(e)),
            Kind::Object(e) => Kind::Object(entries(e)),
            kind => kind.clone(),
        };
        let document = self.document.as_ref().map(|d| Arc::new(d.without_places()));
        Self { kind, sensitive: self.sensitive, ephemeral: self.ephemeral, origin: None, document }
    }

    /// True for an attribute that the source leaves out, whether `null` or unknown for that reason.
    pub fn is_unset(&self) -> bool {
        self.is_null() || self.reason() == Some(&Reason::Unset)
    }

    /// The string, if it is a known one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(s) => Some(s),
            _ => None,
        }
    }

    /// The boolean, if it is a known one.
    pub const fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(b) => Some(b),
            _ => None,
        }
    }

    /// The elements of a known list, set or tuple.
    pub fn as_items(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::List(_, v) | Kind::Set(_, v) | Kind::Tuple(v) => Some(v),
            _ => None,
        }
    }

    /// The entries of a known map or object.
    pub fn as_entries(&self) -> Option<&BTreeMap<Arc<str>, Self>> {
        match &self.kind {
            Kind::Map(_, m) | Kind::Object(m) => Some(m),
            _ => None,
        }
    }

    /// The value at `route`, going on into an encoded document where there is one.
    pub fn at(&self, route: &Route) -> Option<&Self> {
        let mut v = self;
        for step in &route.0 {
            let inner = match v.document.as_deref() {
                Some(d) => d,
                None => v,
            };
            v = match step {
                crate::Segment::Name(n) => inner.as_entries()?.get(n.as_ref())?,
                crate::Segment::Index(i) => inner.as_items()?.get(*i as usize)?,
            };
        }
        Some(v)
    }

    /// What a text encodes, known or not. The document of anything else is what is known of an unknown collection.
    pub fn encoded(&self) -> Option<&Self> {
        let text = match &self.kind {
            Kind::String(_) => true,
            Kind::Unknown(u) => u.ty == Type::String,
            _ => false,
        };
        self.document.as_deref().filter(|_| text)
    }

    /// Its type, as exact as it is known.
    pub fn ty(&self) -> Type {
        match &self.kind {
            Kind::Null(t) => t.clone(),
            Kind::Bool(_) => Type::Bool,
            Kind::Number(_) => Type::Number,
            Kind::String(_) => Type::String,
            Kind::List(t, _) => Type::List(Arc::new(t.clone())),
            Kind::Set(t, _) => Type::Set(Arc::new(t.clone())),
            Kind::Map(t, _) => Type::Map(Arc::new(t.clone())),
            Kind::Tuple(v) => Type::Tuple(v.iter().map(Self::ty).collect()),
            Kind::Object(m) => {
                let of = |v: &Self| crate::AttributeType { ty: v.ty(), optional: false };
                Type::Object(Arc::new(m.iter().map(|(k, v)| (k.clone(), of(v))).collect()))
            }
            Kind::Unknown(u) => u.ty.clone(),
        }
    }

    /// True if this value and all its elements are known.
    pub fn is_wholly_known(&self) -> bool {
        match &self.kind {
            Kind::Unknown(_) => false,
            Kind::List(_, v) | Kind::Set(_, v) | Kind::Tuple(v) => v.iter().all(Self::is_wholly_known),
            Kind::Map(_, m) | Kind::Object(m) => m.values().all(Self::is_wholly_known),
            _ => true,
        }
    }

    /// Marks the value as sensitive from outside, as a whole; so is then all of a document that its text encodes.
    pub fn mark_sensitive(&mut self) {
        self.sensitive = true;
        if let Some(document) = self.document.as_mut().filter(|d| !d.sensitive) {
            Arc::make_mut(document).sensitive = true;
        }
    }

    /// True if nobody may be shown the value itself: it is sensitive, or ephemeral, which is kept out of plan and state.
    pub const fn is_secret(&self) -> bool {
        self.sensitive || self.ephemeral
    }

    /// True if this value or any element of it is secret.
    pub fn has_secret(&self) -> bool {
        self.is_secret()
            || match &self.kind {
                Kind::List(_, v) | Kind::Set(_, v) | Kind::Tuple(v) => v.iter().any(Self::has_secret),
                Kind::Map(_, m) | Kind::Object(m) => m.values().any(Self::has_secret),
                _ => false,
            }
    }

    /// True if this value or any element of it is sensitive.
    pub fn has_sensitive(&self) -> bool {
        self.sensitive
            || match &self.kind {
                Kind::List(_, v) | Kind::Set(_, v) | Kind::Tuple(v) => v.iter().any(Self::has_sensitive),
                Kind::Map(_, m) | Kind::Object(m) => m.values().any(Self::has_sensitive),
                _ => false,
            }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unset => f.write_str("not set"),
            Self::Computed(a, r) if r.0.is_empty() => write!(f, "`{a}` is known after apply"),
            Self::Computed(a, r) => write!(f, "`{a}.{r}` is known after apply"),
            Self::DataSource(a, r) if r.0.is_empty() => write!(f, "`{a}` is read from the cloud"),
            Self::DataSource(a, r) => write!(f, "`{a}.{r}` is read from the cloud"),
            Self::Variable(n) => write!(f, "`var.{n}` has no value and no default"),
            Self::Function(n) => write!(f, "the result of `{n}()` is not decided here"),
            Self::Module(n) => write!(f, "the source of `module.{n}` is not here"),
            Self::File(p) => write!(f, "the file `{p}` is not read"),
            Self::Schema(p) => write!(
                f,
                "the schema of the provider `{p}` is not known, so what is not written can't be decided here"
            ),
            Self::Deferred => f.write_str("which instances there are is not decided before apply"),
            Self::Plan => f.write_str("known after apply"),
            Self::Error(e) => write!(f, "the expression fails: {e}"),
            Self::Unread(name) => write!(f, "`{name}` could not be read"),
            Self::Environment(n) => write!(f, "`{n}` depends on where and when it runs"),
        }
    }
}
