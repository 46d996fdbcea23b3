//! `x.*.y` and `x[*].y`.

use std::sync::Arc;

use trueline_hcl::{Splat, SplatStep};
use trueline_model::{Kind, Origin, Reason, Segment, Type, Unknown, Value, Via};
use trueline_text::Span;

use super::provenance::{element, unknown_element};
use super::{Evaluator, Step, StepKey};

impl Evaluator<'_> {
    pub(super) fn splat(&mut self, s: &Splat, span: Span) -> Value {
        let source = self.eval(&s.source);
        self.each_of(source, &s.rest, s.source.span, span)
    }

    /// Applies the steps to each element of a value.
    fn each_of(&mut self, source: Value, rest: &[SplatStep], source_span: Span, span: Span) -> Value {
        // What the collection as a whole is marked with goes to the result as a whole.
        let (sensitive, ephemeral) = (source.sensitive, source.ephemeral);
        let source = Value { sensitive: false, ephemeral: false, ..source };
        self.secret += u32::from(sensitive);
        let out = self.each_unmarked(source, rest, source_span, span);
        self.secret -= u32::from(sensitive);
        Value { sensitive: out.sensitive | sensitive, ephemeral: out.ephemeral | ephemeral, ..out }
    }

    fn each_unmarked(&mut self, source: Value, rest: &[SplatStep], source_span: Span, span: Span) -> Value {
        let upgrades = !matches!(source.ty(), Type::List(_) | Type::Set(_) | Type::Tuple(_));
        match &source.kind {
            Kind::Null(_) if upgrades => return self.collected(Kind::Tuple(Arc::default()), &source, span),
            Kind::Null(_) => return self.fail(source_span, "a splat can't go through null", None),
            Kind::Unknown(u) => return self.unknown_splat(rest, &source, u, upgrades, source_span, span),
            _ => {}
        }
        let single = [source.clone()];
        let items = if upgrades { &single[..] } else { source.as_items().unwrap_or_default() };
        let mut out = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            let v =
                if upgrades { item.clone() } else { element(&source, item, &index(i), self.at(source_span)) };
            out.push(self.splat_steps(rest, v, source_span));
        }
        let kind = match &source.kind {
            Kind::List(..) | Kind::Set(..) => {
                let ty = out.first().map_or(Type::Any, Value::ty);
                if matches!(source.kind, Kind::Set(..)) && !source.is_wholly_known() {
                    // Two unknown elements of a set may turn out to be one.
                    let reason = source.first_reason().unwrap_or(Reason::Plan);
                    let mut u = Unknown::new(Type::List(Arc::new(ty)), reason);
                    u.length = (usize::from(!out.is_empty()), Some(out.len()));
                    Kind::Unknown(Arc::new(u))
                } else if out.iter().all(|v| v.ty() == ty) {
                    Kind::List(ty, Arc::new(out))
                } else {
                    Kind::Tuple(Arc::new(out))
                }
            }
            _ => Kind::Tuple(Arc::new(out)),
        };
        self.collected(kind, &source, span)
    }

    fn splat_steps(&mut self, rest: &[SplatStep], mut v: Value, source_span: Span) -> Value {
        for step in rest {
            let step = match step {
                SplatStep::GetAttr(n) => Step { key: StepKey::Attribute(n.text.clone()), span: n.span },
                SplatStep::Index(e) => Step { key: StepKey::Index(self.eval(e)), span: e.span },
                SplatStep::Splat { marker, rest, .. } => {
                    let span = Span::new(source_span.start, marker.end.max(source_span.start));
                    v = self.each_of(v, rest, span, span);
                    continue;
                }
                SplatStep::LegacyIndex(n) => match self.legacy_key(n) {
                    Ok(step) => step,
                    Err(v) => return v,
                },
            };
            let start = source_span.start;
            v = self.step(&v, &step, Span::new(start, step.span.end.max(start)));
        }
        v
    }

    fn unknown_splat(
        &mut self,
        rest: &[SplatStep],
        source: &Value,
        u: &Unknown,
        upgrades: bool,
        source_span: Span,
        span: Span,
    ) -> Value {
        let at = self.at(source_span);
        let (ty, length) = match &u.ty {
            // Whether it will be null, and the result empty, is not decided.
            _ if upgrades && !(u.not_null && u.ty != Type::Any) => (Type::Any, (0, None)),
            ty if upgrades => {
                let v = unknown_element(source, u, ty.clone(), None, at);
                let v = self.splat_steps(rest, v, source_span);
                return self.collected(Kind::Tuple(Arc::new(vec![v])), source, span);
            }
            Type::List(t) | Type::Set(t) => {
                if let (Type::List(_), true) = (&u.ty, u.length.1 == Some(u.length.0) && u.length.0 <= 1024) {
                    let mut out = Vec::new();
                    for i in 0..u.length.0 {
                        let v = unknown_element(source, u, (**t).clone(), Some(&index(i)), at);
                        out.push(self.splat_steps(rest, v, source_span));
                    }
                    let ty = out.first().map_or(Type::Any, Value::ty);
                    return self.collected(Kind::List(ty, Arc::new(out)), source, span);
                }
                let v = unknown_element(source, u, (**t).clone(), None, at);
                (Type::List(Arc::new(self.splat_steps(rest, v, source_span).ty())), u.length)
            }
            _ => (Type::Any, (0, None)),
        };
        let mut result = Unknown::new(ty, u.reason.clone());
        result.length = length;
        self.collected(Kind::Unknown(Arc::new(result)), source, span)
    }

    fn collected(&self, kind: Kind, source: &Value, span: Span) -> Value {
        let origin = Origin::step(self.at(span), Via::Element, source.origin.clone());
        Value::from(kind).with_origin(Some(origin))
    }
}

fn index(i: usize) -> Segment {
    Segment::Index(u32::try_from(i).unwrap_or(u32::MAX))
}
