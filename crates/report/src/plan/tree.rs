//! A place in the three trees of a change: what is known, what is unknown, what is sensitive.

use serde_json::{Map, Value as Json};
use trueline_model::{Route, Type};

static NULL: Json = Json::Null;

/// The parts of the trees at one place, its type where that is known, and the route to it.
#[derive(Clone)]
pub struct Tree<'a> {
    pub after: &'a Json,
    unknown: &'a Json,
    sensitive: &'a Json,
    pub ty: Option<Type>,
    pub route: Route,
    /// Sent to the provider and never stored: there is nothing to show.
    pub write_only: bool,
}

impl<'a> Tree<'a> {
    /// The whole of a change.
    pub fn of(change: &'a Json) -> Self {
        let member = |name: &str| change.get(name).unwrap_or(&NULL);
        Self {
            after: member("after"),
            unknown: member("after_unknown"),
            sensitive: member("after_sensitive"),
            ty: None,
            route: Route::root(),
            write_only: false,
        }
    }

    pub fn is_unknown(&self) -> bool {
        self.unknown == &Json::Bool(true)
    }

    pub fn is_sensitive(&self) -> bool {
        self.sensitive == &Json::Bool(true)
    }

    /// Neither known nor unknown: there is nothing to show.
    pub fn is_null(&self) -> bool {
        self.after.is_null() && !holds_true(self.unknown)
    }

    /// An object whose members the provider's schema lists, written or not.
    pub fn is_typed_object(&self) -> bool {
        matches!(self.ty, Some(Type::Object(_)))
    }

    /// The empty text, which the provider makes no difference of to nothing.
    pub fn is_empty_text(&self) -> bool {
        self.after == "" && !self.is_sensitive()
    }

    pub fn is_map(&self) -> bool {
        matches!(self.ty, Some(Type::Map(_)))
    }

    pub fn member(&self, name: &str) -> Self {
        let of = |tree: &'a Json| tree.get(name).unwrap_or(&NULL);
        let ty = match &self.ty {
            Some(Type::Map(t)) => Some((**t).clone()),
            Some(Type::Object(members)) => members.get(name).map(|a| a.ty.clone()),
            _ => None,
        };
        Self {
            after: of(self.after),
            unknown: of(self.unknown),
            sensitive: of(self.sensitive),
            ty,
            route: self.route.child(name),
            write_only: false,
        }
    }

    pub fn element(&self, index: usize) -> Self {
        let of = |tree: &'a Json| tree.get(index).unwrap_or(&NULL);
        let ty = match &self.ty {
            Some(Type::List(t) | Type::Set(t)) => Some((**t).clone()),
            Some(Type::Tuple(items)) => items.get(index).cloned(),
            _ => None,
        };
        Self {
            after: of(self.after),
            unknown: of(self.unknown),
            sensitive: of(self.sensitive),
            ty,
            route: self.route.element(u32::try_from(index).unwrap_or(u32::MAX)),
            write_only: false,
        }
    }

    /// Names of members, known or unknown, sorted.
    pub fn names(&self) -> Vec<&'a str> {
        let of = |tree: &'a Json| tree.as_object().into_iter().flat_map(Map::keys).map(String::as_str);
        let mut names: Vec<&str> = of(self.after).chain(of(self.unknown)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// How many elements there are, known or unknown.
    pub fn len(&self) -> usize {
        let of = |tree: &Json| tree.as_array().map_or(0, Vec::len);
        of(self.after).max(of(self.unknown))
    }

    /// An object or map, known or known in part.
    pub fn is_object(&self) -> bool {
        self.after.is_object() || (self.after.is_null() && self.unknown.is_object())
    }

    /// A list, set or tuple, known or known in part.
    pub fn is_list(&self) -> bool {
        self.after.is_array() || (self.after.is_null() && self.unknown.is_array())
    }
}

fn holds_true(tree: &Json) -> bool {
    match tree {
        Json::Bool(b) => *b,
        Json::Array(items) => items.iter().any(holds_true),
        Json::Object(members) => members.values().any(holds_true),
        _ => false,
    }
}
