//! What decides whether a block has instances, where that is not known.
//!
//! What enters: the `count`, `for_each` or `enabled` of a block. What leaves: conditions with names of their own, so that two
//! blocks behind the same switch are known to exist together. An expression is followed to where its values come from:
//! through locals, and through the arguments of module calls. `a && b` are two conditions, a block that goes over
//! another one exists where that one does, and what is known decides nothing.

use std::fmt::Write as _;

use trueline_hcl::{BinaryOp, Expr, ExprKind, TemplatePart, UnaryOp};
use trueline_model::{Condition, Kind, Mode, Reason, Type, Value};
use trueline_text::FileId;

use super::scope::ModuleScope;
use super::{Each, ModuleId, World};
use crate::content::{Argument, Content};
use crate::expression::Evaluator;
use crate::module::{ResourceKey, enabled};

/// How far an expression is followed.
const DEPTH: usize = 48;
/// The longest name of a condition.
const LENGTH: usize = 4_000;

/// An expression where it stands.
#[derive(Clone, Copy)]
struct Placed<'a> {
    module: ModuleId,
    /// The module instance whose call it is an argument of; `each` and `count` are those of the call.
    call: Option<ModuleId>,
    file: FileId,
    expr: &'a Expr,
}

/// The conditions on which a block has instances, sorted; `reason` is why it is not known whether it has.
pub(super) fn conditions(
    world: &World<'_>,
    m: ModuleId,
    content: &Content<'_>,
    reason: &Reason,
) -> Vec<Condition> {
    let mut walk = Walk { world, reason, out: Vec::new() };
    let place = |a: &Argument<'_>| (a.file, a.expr.span);
    let mut at = None;
    if let Some(a) = content.argument("count") {
        at = Some(place(a));
        walk.count(Placed { module: m, call: None, file: a.file, expr: a.expr }, DEPTH);
    } else if let Some(a) = content.argument("for_each") {
        at = Some(place(a));
        walk.each(Placed { module: m, call: None, file: a.file, expr: a.expr }, DEPTH);
    } else if let Some(a) = enabled(content) {
        at = Some(place(&a));
        walk.holds(Placed { module: m, call: None, file: a.file, expr: a.expr }, true, DEPTH);
    }
    if walk.out.is_empty() {
        // What decides is not seen: this block exists for itself.
        let id = format!("{m} {at:?}");
        walk.out.push(Condition { id: id.into(), why: reason.clone() });
    }
    walk.out.sort_by(|a, b| a.id.cmp(&b.id));
    walk.out.dedup_by(|a, b| a.id == b.id);
    walk.out
}

struct Walk<'w, 'a> {
    world: &'w World<'a>,
    reason: &'w Reason,
    out: Vec<Condition>,
}

/// What a collection or number says of how many instances there are.
#[derive(PartialEq, Eq)]
enum Many {
    None,
    Some,
    Unknown,
}

impl<'a> Walk<'_, 'a> {
    fn value(&self, p: Placed<'_>) -> Value {
        let nothing = Each::default();
        let call = p.call.and_then(|c| self.world.module(c)).and_then(|c| c.parent.as_ref());
        let scope = ModuleScope {
            world: self.world,
            module: p.module,
            each: call.map_or(&nothing, |c| &c.each),
            this: None,
        };
        Evaluator::new(&scope, &self.world.limits, p.file).eval(p.expr)
    }

    /// The expression that stands behind parentheses, locals and arguments of module calls.
    fn followed<'e>(&self, mut p: Placed<'e>) -> Placed<'e>
    where
        'a: 'e,
    {
        for _ in 0..DEPTH {
            let next = match &p.expr.kind {
                ExprKind::Parens(inner) => Some(Placed { expr: inner, ..p }),
                ExprKind::Template(t) => match t.parts.as_slice() {
                    [TemplatePart::Interpolation(inner)] => Some(Placed { expr: inner, ..p }),
                    _ => None,
                },
                ExprKind::GetAttr(base, name) => self.named(p, base, &name.text),
                _ => None,
            };
            match next {
                Some(next) => p = next,
                None => break,
            }
        }
        p
    }

    fn named<'e>(&self, p: Placed<'e>, base: &Expr, name: &str) -> Option<Placed<'e>>
    where
        'a: 'e,
    {
        let ExprKind::Variable(root) = &base.kind else { return None };
        let module = self.world.module(p.module)?;
        match &**root {
            "local" => {
                let local = module.config.locals.get(name)?;
                Some(Placed { module: p.module, call: None, file: local.file, expr: local.expr })
            }
            "var" => {
                let parent = module.parent.as_ref()?;
                let call = self.world.module(parent.module)?.config.calls.get(&parent.call)?;
                let (file, expr) = call.content.expr(name)?;
                Some(Placed { module: parent.module, call: Some(p.module), file, expr })
            }
            _ => None,
        }
    }

    fn many(&self, p: Placed<'_>) -> Many {
        let some = |n: usize| if n == 0 { Many::None } else { Many::Some };
        let v = self.value(p);
        match &v.kind {
            Kind::Number(n) => n.as_i64().map_or(Many::Unknown, |n| some(usize::try_from(n).unwrap_or(0))),
            Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => some(items.len()),
            Kind::Map(_, entries) | Kind::Object(entries) => some(entries.len()),
            _ => Many::Unknown,
        }
    }

    /// One of two ways: the condition, where the other way makes nothing. False if that is not how it is.
    fn branches(
        &mut self,
        p: Placed<'a>,
        depth: usize,
        deeper: &dyn Fn(&mut Self, Placed<'a>, usize),
    ) -> bool {
        let ExprKind::Conditional(c, a, b) = &p.expr.kind else { return false };
        let of = |expr: &'a Expr| Placed { expr, ..p };
        let (then, otherwise) = (self.many(of(a)), self.many(of(b)));
        let (positive, taken, known) = match (then, otherwise) {
            (Many::None, Many::None) | (Many::Some | Many::Unknown, Many::Some | Many::Unknown) => {
                return false;
            }
            (then, Many::None) => (true, a, then),
            (Many::None, otherwise) => (false, b, otherwise),
        };
        self.holds(of(c), positive, depth);
        if known == Many::Unknown {
            deeper(self, of(taken), depth.saturating_sub(1));
        }
        true
    }

    fn count(&mut self, p: Placed<'a>, depth: usize) {
        let p = self.followed(p);
        if depth == 0 || !self.branches(p, depth, &|w, p, d| w.count(p, d)) {
            self.push(p, "count");
        }
    }

    fn each(&mut self, p: Placed<'a>, depth: usize) {
        let p = self.followed(p);
        if depth == 0 {
            return self.push(p, "each");
        }
        if self.branches(p, depth, &|w, p, d| w.each(p, d)) {
            return;
        }
        match &p.expr.kind {
            ExprKind::Call(c) if matches!(&*c.name.text, "toset" | "tomap" | "keys") => {
                if let [inner] = c.args.as_slice() {
                    return self.each(Placed { expr: inner, ..p }, depth - 1);
                }
            }
            ExprKind::ForObject(f) if !f.group => {
                let inner = Placed { expr: &f.collection, ..p };
                if self.keeps_keys(f, inner) {
                    self.each(inner, depth - 1);
                    if f.condition.is_some() {
                        self.push(p, "filter");
                    }
                    return;
                }
            }
            ExprKind::GetAttr(base, name) => {
                if let ExprKind::Variable(kind) = &base.kind
                    && let Some(module) = self.world.module(p.module)
                {
                    let key =
                        ResourceKey { mode: Mode::Managed, kind: kind.clone(), name: name.text.clone() };
                    if let Some(a) =
                        module.config.resources.get(&key).and_then(|r| r.content.argument("for_each"))
                    {
                        let over = Placed { module: p.module, call: None, file: a.file, expr: a.expr };
                        return self.each(over, depth - 1);
                    }
                }
            }
            _ => {}
        }
        self.push(p, "each");
    }

    /// True if a `for` gives each element of its collection the key that it has as an instance.
    fn keeps_keys(&self, f: &trueline_hcl::ForObject, collection: Placed<'_>) -> bool {
        let ExprKind::Variable(used) = &f.entry_key.unparen().kind else { return false };
        let v = self.value(collection);
        let (by_key, by_value) = match &v.kind {
            Kind::Unknown(u) => match u.ty {
                Type::Map(_) | Type::Object(_) => (true, false),
                Type::Set(_) => (true, true),
                Type::List(_) | Type::Tuple(_) => (false, true),
                // Instances of a resource.
                _ => (
                    matches!(v.origin.as_deref().map(|o| &o.via), Some(trueline_model::Via::Resource(..))),
                    false,
                ),
            },
            Kind::Map(..) | Kind::Object(_) => (true, false),
            Kind::Set(..) => (true, true),
            Kind::List(..) | Kind::Tuple(_) => (false, true),
            _ => (false, false),
        };
        by_key && f.key.as_ref().is_some_and(|k| k.text == *used) || by_value && f.value.text == *used
    }

    /// Conditions on which an expression is true, or false.
    fn holds(&mut self, p: Placed<'a>, positive: bool, depth: usize) {
        let p = self.followed(p);
        let deeper = depth.saturating_sub(1);
        if depth > 0 {
            match &p.expr.kind {
                ExprKind::Unary(UnaryOp::Not, x) => {
                    return self.holds(Placed { expr: x, ..p }, !positive, deeper);
                }
                ExprKind::Binary(op, a, b)
                    if (*op == BinaryOp::And && positive) || (*op == BinaryOp::Or && !positive) =>
                {
                    self.holds(Placed { expr: a, ..p }, positive, deeper);
                    return self.holds(Placed { expr: b, ..p }, positive, deeper);
                }
                _ => {}
            }
        }
        if matches!(self.value(p).kind, Kind::Unknown(_)) {
            self.push(p, if positive { "if" } else { "unless" });
        }
    }

    fn push(&mut self, p: Placed<'a>, kind: &str) {
        let mut id = format!("{kind} ");
        self.spell(p, DEPTH, &mut id);
        let why = self.value(p).first_reason().unwrap_or_else(|| self.reason.clone());
        self.out.push(Condition { id: id.into(), why });
    }

    /// Writes an expression so that the same text is the same value.
    fn spell(&self, p: Placed<'_>, depth: usize, out: &mut String) {
        let p = self.followed(p);
        if depth == 0 || out.len() > LENGTH {
            let _ = write!(out, "@{}:{:?}:{:?}", p.module, p.file, p.expr.span);
            return;
        }
        let list = |all: &mut dyn Iterator<Item = &Expr>, out: &mut String| {
            for e in all {
                self.spell(Placed { expr: e, ..p }, depth - 1, out);
                out.push(',');
            }
        };
        match &p.expr.kind {
            ExprKind::Null => out.push_str("null"),
            ExprKind::Bool(b) => drop(write!(out, "{b}")),
            ExprKind::Number(n) => out.push_str(n),
            ExprKind::Unary(op, x) => {
                let _ = write!(out, "{op:?}(");
                list(&mut [&**x].into_iter(), out);
                out.push(')');
            }
            ExprKind::Binary(op, a, b) => {
                let _ = write!(out, "{op:?}(");
                list(&mut [&**a, &**b].into_iter(), out);
                out.push(')');
            }
            ExprKind::Conditional(c, a, b) => {
                out.push_str("?(");
                list(&mut [&**c, &**a, &**b].into_iter(), out);
                out.push(')');
            }
            ExprKind::Call(c) => {
                let _ = write!(out, "{}{}(", c.name.text, if c.expand { "…" } else { "" });
                list(&mut c.args.iter(), out);
                out.push(')');
            }
            ExprKind::Tuple(items) => {
                out.push('[');
                list(&mut items.iter(), out);
                out.push(']');
            }
            ExprKind::Index(base, key) => {
                out.push_str("index(");
                list(&mut [&**base, &**key].into_iter(), out);
                out.push(')');
            }
            ExprKind::GetAttr(base, name) if !matches!(base.kind, ExprKind::Variable(_)) => {
                list(&mut [&**base].into_iter(), out);
                let _ = write!(out, ".{}", name.text);
            }
            // The rest as it is written, in the place where it has a meaning.
            _ => {
                let text = p.expr.span.text(self.world.parsed.text(p.file));
                let words: Vec<&str> = text.split_whitespace().collect();
                // Only `each` and `count` mean another thing in each call.
                let call = p.call.filter(|_| text.contains("each.") || text.contains("count."));
                let _ = write!(out, "{}/{call:?}#{}", p.module, words.join(" "));
            }
        }
    }
}
