//! Expressions to values, by Terraform's rules.
//!
//! What enters: an expression of the syntax tree and a [`Scope`] that knows what its root names mean. What leaves: a
//! [`Value`] in which every part carries its origin and marks. What fails becomes unknown with
//! [`Reason::Error`] and an [`ExprError`]; the rest of the expression is evaluated all the same.
//!
//! Depth and work are bounded: [`Limits`] is shared by all expressions of a plan.

mod call;
mod constructor;
mod for_expr;
mod operators;
pub mod provenance;
mod splat;
mod template;
mod traversal;

use std::cell::Cell;
use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind};
use trueline_model::{Address, Kind, Number, Origin, Reason, Route, Type, Unknown, Value, Via};
use trueline_text::{FileId, Location, Span};

use crate::functions;
pub(crate) use operators::arithmetic;
pub use traversal::{Step, StepKey};
pub(crate) use traversal::{distance, nearest};

/// Deepest nesting of expressions.
const DEPTH: u32 = 1_000;
/// Expressions that one plan may evaluate.
const FUEL: u64 = 200_000_000;
/// Elements, and texts of 64 bytes, that the expressions of one block may make: what is made may all be held at once.
const MADE: u64 = 1 << 22;
/// Elements that variables, locals and outputs of one plan may hold together.
const KEPT: u64 = 8_000_000;
/// Largest string that a template may make.
const STRING: usize = 16 << 20;

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExprError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where.
    pub at: Location,
    /// The directory of the module in which a name means nothing: all places that use it have one cause.
    pub module: Option<Arc<str>>,
}

/// What all expressions of one plan may use up together.
#[derive(Debug)]
pub struct Limits {
    fuel: Cell<u64>,
    kept: Cell<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { fuel: Cell::new(FUEL), kept: Cell::new(KEPT) }
    }
}

impl Limits {
    /// Keeps `n` elements until the plan is made, and takes as many steps of work; false once there is no room left.
    pub fn keep(&self, n: u64) -> bool {
        let left = self.kept.get();
        self.kept.set(left.saturating_sub(n));
        left > n && self.spend(n)
    }

    /// Takes `n` steps of work; false once nothing is left.
    pub fn spend(&self, n: u64) -> bool {
        let left = self.fuel.get();
        self.fuel.set(left.saturating_sub(n));
        left > n
    }
}

/// What a root name with the steps behind it stands for.
pub struct Resolved {
    /// The value.
    pub value: Value,
    /// How many steps behind the root name are part of it: `var.x` uses one, `aws_x.y[0].id` three.
    pub used: usize,
}

/// A root name that stands for nothing.
#[derive(Clone, Debug)]
pub struct ScopeError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The directory of the module whose name it is.
    pub module: Option<Arc<str>>,
}

/// Knows what root names mean.
pub trait Scope {
    /// The value of a root name and some of the steps behind it. `at(n)` is the place from the root name to the nth step.
    fn resolve(
        &self,
        root: &str,
        steps: &[Step],
        at: &dyn Fn(usize) -> Location,
    ) -> Result<Resolved, ScopeError>;
    /// What functions may use.
    fn functions(&self) -> functions::Context<'_>;
    /// The text of a file.
    fn text(&self, file: FileId) -> &str;
    /// Why this part of a resource instance may have attributes that are not known of it: nothing tells which it has.
    fn open(&self, _resource: &Arc<Address>, _part: &Route) -> Option<Reason> {
        None
    }
    /// True if Terraform may know more of what a name stands for when it plans than is known here.
    fn doubts(&self, _root: &str, _steps: &[Step], _value: &Value) -> bool {
        true
    }
    /// True where the Terraform that may be run leaves one side of `&&` and `||` alone if the other decides.
    fn short_circuits(&self) -> bool {
        true
    }
}

/// Evaluates expressions of one file in one scope.
pub struct Evaluator<'s> {
    scope: &'s dyn Scope,
    limits: &'s Limits,
    file: FileId,
    locals: Vec<(Arc<str>, Value)>,
    depth: u32,
    /// How many sensitive collections are being gone through: messages would quote what is in them.
    secret: u32,
    /// How much was made so far, see [`MADE`].
    made: u64,
    /// What failed so far.
    pub errors: Vec<ExprError>,
    /// Something unknown was met that Terraform may know when it plans; found out where it was set to false before.
    pub doubts: bool,
}

impl<'s> Evaluator<'s> {
    /// Evaluates in `scope`; spans belong to `file`.
    pub const fn new(scope: &'s dyn Scope, limits: &'s Limits, file: FileId) -> Self {
        Self {
            scope,
            limits,
            file,
            locals: Vec::new(),
            depth: 0,
            secret: 0,
            made: 0,
            errors: Vec::new(),
            doubts: true,
        }
    }

    /// The same with spans of another file from here on; returns the file before.
    pub const fn enter(&mut self, file: FileId) -> FileId {
        std::mem::replace(&mut self.file, file)
    }

    /// Makes a name known to the expressions evaluated until [`Self::unbind`].
    pub fn bind(&mut self, name: &Arc<str>, value: Value) {
        self.locals.push((name.clone(), value));
    }

    /// Forgets the name bound last.
    pub fn unbind(&mut self) {
        self.locals.pop();
    }

    /// Place of a span in the file at hand.
    pub const fn at(&self, span: Span) -> Location {
        Location { file: self.file, span }
    }

    /// The value of an expression.
    pub fn eval(&mut self, e: &Expr) -> Value {
        if self.depth >= DEPTH {
            return self.fail(
                e.span,
                format!("expressions are nested more than {DEPTH} levels deep here"),
                None,
            );
        }
        if !self.limits.spend(1) {
            return self.out_of_fuel(e.span);
        }
        self.depth += 1;
        let value = self.eval_kind(e);
        self.depth -= 1;
        let made = match &e.kind {
            ExprKind::Call(_) => held(&value, CALL_DEPTH),
            ExprKind::Template(_)
            | ExprKind::Tuple(_)
            | ExprKind::Object(_)
            | ExprKind::Splat(_)
            | ExprKind::ForTuple(_)
            | ExprKind::ForObject(_) => held(&value, 1),
            _ => 1,
        };
        self.hold(made, value, e.span)
    }

    /// Counts what was made; the value itself, unless it is more than may be held.
    fn hold(&mut self, made: u64, value: Value, span: Span) -> Value {
        let before = self.made;
        self.made = before.saturating_add(made);
        if self.made <= MADE {
            return value;
        }
        let message = "evaluating this takes more memory than is allowed";
        if before > MADE {
            // Said once per block.
            return Value::unknown(Type::Any, Reason::Error(message.into()));
        }
        self.fail(span, message, Some("make its collections smaller".into()))
    }

    fn eval_kind(&mut self, e: &Expr) -> Value {
        match &e.kind {
            ExprKind::Null => self.literal(e.span, Kind::Null(Type::Any)),
            ExprKind::Bool(b) => self.literal(e.span, Kind::Bool(*b)),
            ExprKind::Number(text) => match text.parse::<Number>() {
                Ok(n) => self.literal(e.span, Kind::Number(n)),
                Err(_) => self.fail(e.span, format!("`{text}` is no number that can be held"), None),
            },
            ExprKind::Template(t) => self.template(t, e.span),
            ExprKind::Tuple(items) => self.tuple(items, e.span),
            ExprKind::Object(items) => self.object(items, e.span),
            ExprKind::Variable(_)
            | ExprKind::GetAttr(..)
            | ExprKind::Index(..)
            | ExprKind::LegacyIndex(..) => self.traversal(e),
            ExprKind::Splat(s) => self.splat(s, e.span),
            ExprKind::Call(c) => self.call(c, e.span),
            ExprKind::Unary(op, x) => self.unary(*op, x, e.span),
            ExprKind::Binary(..) => self.binary(e),
            ExprKind::Conditional(c, a, b) => self.conditional(c, a, b, e.span),
            ExprKind::ForTuple(f) => self.for_tuple(f, e.span),
            ExprKind::ForObject(f) => self.for_object(f, e.span),
            ExprKind::Parens(inner) => self.eval(inner),
            // The syntax error stands in the file's errors already.
            ExprKind::Missing => Value::unknown(Type::Any, Reason::Error("a syntax error".into())),
        }
    }

    fn literal(&self, span: Span, kind: Kind) -> Value {
        Value::from(kind).with_origin(Some(Origin::literal(self.at(span))))
    }

    /// Notes what failed and returns the unknown that stands for it.
    pub fn fail(&mut self, span: Span, message: impl Into<String>, help: Option<String>) -> Value {
        let (message, help) = match self.secret {
            0 => (message.into(), help),
            _ => ("this fails; why is not shown, since a sensitive value is involved".to_owned(), None),
        };
        let reason = Reason::Error(message.as_str().into());
        let at = self.at(span);
        self.errors.push(ExprError { message, help, at, module: None });
        Value::unknown(Type::Any, reason).with_origin(Some(Origin::literal(at)))
    }

    fn out_of_fuel(&mut self, span: Span) -> Value {
        // Said once per expression; the note about it is said once per plan.
        let message = "evaluating this plan takes more work than is allowed";
        if self.errors.last().is_some_and(|e| e.message == message) {
            return Value::unknown(Type::Any, Reason::Error(message.into()));
        }
        self.fail(span, message, Some("split the module, or make its collections smaller".into()))
    }

    /// The value that an operation makes of these: origin and marks of all of them.
    fn made(&self, kind: Kind, span: Span, from: &[&Value]) -> Value {
        self.made_via(kind, span, Via::Operator, from)
    }

    fn made_via(&self, kind: Kind, span: Span, via: Via, from: &[&Value]) -> Value {
        let inputs = from.iter().filter_map(|v| v.origin.clone()).collect();
        Value {
            kind,
            sensitive: from.iter().any(|v| v.has_sensitive()),
            ephemeral: from.iter().any(|v| trueline_provider::convert::has_ephemeral(v)),
            origin: Some(Arc::new(Origin { at: self.at(span), via, inputs })),
            document: None,
        }
    }
}

/// Unknown of this type because `from` is.
fn unknown_from(ty: Type, from: &Value) -> Unknown {
    let reason = from.first_reason().unwrap_or(Reason::Plan);
    Unknown::new(ty, reason)
}

/// The word for a type in messages.
fn type_name(v: &Value) -> String {
    match v.ty() {
        Type::Tuple(_) => "tuple".into(),
        Type::Object(_) => "object".into(),
        Type::List(_) => "list".into(),
        Type::Set(_) => "set".into(),
        Type::Map(_) => "map".into(),
        other => other.to_string(),
    }
}

/// How deep results of functions are looked into: what others nest deeper is bounded by the text it is read from.
const CALL_DEPTH: u32 = 4;

/// Elements and pieces of text that nothing else holds: those that were made just now.
fn held(v: &Value, depth: u32) -> u64 {
    let inner = |v: &Value| if depth > 1 { held(v, depth - 1) } else { 1 };
    match &v.kind {
        Kind::String(s) if Arc::strong_count(s) == 1 => 1 + s.len() as u64 / 64,
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) if Arc::strong_count(items) == 1 => {
            1 + items.iter().map(inner).sum::<u64>()
        }
        Kind::Map(_, items) | Kind::Object(items) if Arc::strong_count(items) == 1 => {
            1 + items.values().map(|v| 1 + inner(v)).sum::<u64>()
        }
        _ => 1,
    }
}
