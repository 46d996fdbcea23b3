//! What is said of a function before its code: parameters, result type, how it treats the unusual.

use std::sync::Arc;

use trueline_model::{Type, Value};

use super::Context;
use super::error::Fail;

/// Types that parameters and results have, as constants.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ty {
    Any,
    Bool,
    Number,
    String,
    Bools,
    Numbers,
    Strings,
    List,
    Set,
    StringSet,
    StringsMap,
    ListOfLists,
}

impl Ty {
    pub(super) fn get(self) -> Type {
        let list = |t| Type::List(Arc::new(t));
        match self {
            Self::Any => Type::Any,
            Self::Bool => Type::Bool,
            Self::Number => Type::Number,
            Self::String => Type::String,
            Self::Bools => list(Type::Bool),
            Self::Numbers => list(Type::Number),
            Self::Strings => list(Type::String),
            Self::List => list(Type::Any),
            Self::Set => Type::Set(Arc::new(Type::Any)),
            Self::StringSet => Type::Set(Arc::new(Type::String)),
            Self::StringsMap => Type::Map(Arc::new(list(Type::String))),
            Self::ListOfLists => list(list(Type::Any)),
        }
    }
}

/// A parameter. Without the flags, null is refused, and an unknown argument makes the result unknown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Param {
    pub(super) name: &'static str,
    pub(super) ty: Ty,
    /// May be null.
    pub(super) null: bool,
    /// The function looks at unknown ones itself.
    pub(super) unknown: bool,
    /// The function looks at ones of unknown type itself.
    pub(super) dynamic: bool,
    /// The function looks at marks itself; otherwise they go from anywhere in the argument to the result.
    pub(super) marked: bool,
}

impl Param {
    pub(super) const fn new(name: &'static str, ty: Ty) -> Self {
        Self { name, ty, null: false, unknown: false, dynamic: false, marked: false }
    }

    pub(super) const fn null(self) -> Self {
        Self { null: true, ..self }
    }

    pub(super) const fn unknown(self) -> Self {
        Self { unknown: true, ..self }
    }

    pub(super) const fn dynamic(self) -> Self {
        Self { dynamic: true, ..self }
    }

    pub(super) const fn marked(self) -> Self {
        Self { marked: true, ..self }
    }

    /// Takes anything as it is.
    pub(super) const fn anything(name: &'static str) -> Self {
        Self { name, ty: Ty::Any, null: true, unknown: true, dynamic: true, marked: true }
    }
}

/// The type of the result.
#[derive(Clone, Copy)]
pub(super) enum Returns {
    /// Always this one.
    Type(Ty),
    /// It follows from the arguments, whose marks are taken off where the function does not look at them.
    Of(fn(&[Value]) -> Result<Type, Fail>),
}

/// A function.
pub(super) struct Spec {
    pub(super) name: &'static str,
    pub(super) params: &'static [Param],
    pub(super) variadic: Option<Param>,
    pub(super) returns: Returns,
    /// The result is never null, known or not.
    pub(super) not_null: bool,
    /// The result, or its elements, are taken unchanged from the arguments; where they have an origin it is kept.
    pub(super) selects: bool,
    pub(super) run: fn(&Call<'_>) -> Result<Value, Fail>,
}

impl Spec {
    /// A function whose result has always this type and is never null.
    pub(super) const fn new(
        name: &'static str,
        params: &'static [Param],
        returns: Ty,
        run: fn(&Call<'_>) -> Result<Value, Fail>,
    ) -> Self {
        Self {
            name,
            params,
            variadic: None,
            returns: Returns::Type(returns),
            not_null: true,
            selects: false,
            run,
        }
    }

    pub(super) const fn variadic(self, param: Param) -> Self {
        Self { variadic: Some(param), ..self }
    }

    pub(super) const fn of(self, returns: fn(&[Value]) -> Result<Type, Fail>) -> Self {
        Self { returns: Returns::Of(returns), ..self }
    }

    pub(super) const fn maybe_null(self) -> Self {
        Self { not_null: false, ..self }
    }

    pub(super) const fn selects(self) -> Self {
        Self { selects: true, ..self }
    }

    pub(super) fn param(&self, index: usize) -> Option<&Param> {
        self.params.get(index).or(self.variadic.as_ref())
    }
}

/// One call: arguments of the right types, without marks where the function does not look at them.
pub(super) struct Call<'a> {
    pub(super) spec: &'static Spec,
    pub(super) args: Vec<Value>,
    /// The type of the result.
    pub(super) ty: Type,
    pub(super) ctx: &'a Context<'a>,
}
