//! Function calls. `try` and `can` look at whether their arguments fail; all other functions get values.

use std::sync::Arc;

use trueline_hcl::{Call, Expr, ExprKind};
use trueline_model::{Kind, Reason, Type, Unknown, Value, Via};
use trueline_text::Span;

use super::provenance::through;
use super::{Evaluator, type_name, unknown_from};
use crate::functions;

impl Evaluator<'_> {
    pub(super) fn call(&mut self, c: &Call, span: Span) -> Value {
        let name = c.name.text.strip_prefix("core::").unwrap_or(&c.name.text);
        match name {
            "try" if !c.expand => return self.try_each(c, span),
            "can" if !c.expand => return self.can(c, span),
            _ if name.contains("::") => {
                let args: Vec<Value> = c.args.iter().map(|a| self.eval(a)).collect();
                self.doubts = true;
                let u = Unknown::new(Type::Any, Reason::Function(c.name.text.clone()));
                let from: Vec<&Value> = args.iter().collect();
                return self.made_via(
                    Kind::Unknown(Arc::new(u)),
                    span,
                    Via::Function(c.name.text.clone()),
                    &from,
                );
            }
            "templatestring" if c.args.first().is_some_and(|a| !is_reference(a)) => {
                let span = c.args.first().map_or(span, |a| a.span);
                let help =
                    "refer to a local or a data source that holds it; a literal is a template by itself";
                return self.fail(
                    span,
                    "`templatestring` takes a reference to a template",
                    Some(help.into()),
                );
            }
            _ => {}
        }
        let mut args: Vec<Value> = Vec::with_capacity(c.args.len());
        for a in &c.args {
            let v = self.eval(a);
            args.push(v);
        }
        if c.expand
            && let Some(last) = args.pop()
        {
            match self.expand(&last, c) {
                Ok(items) => args.extend(items),
                Err(v) => return v,
            }
        }
        let name: Arc<str> = name.into();
        match functions::call(&name, args, self.at(span), &self.scope.functions()) {
            Ok(v) => {
                self.doubts |= match v.first_reason() {
                    Some(Reason::Function(name)) => !functions::is_open_until_apply(&name),
                    Some(Reason::File(_) | Reason::Environment(_) | Reason::Error(_) | Reason::Unread(_)) => {
                        true
                    }
                    _ => false,
                };
                v
            }
            Err(e) => self.fail(span, format!("`{name}`: {e}"), None),
        }
    }

    fn expand(&mut self, last: &Value, c: &Call) -> Result<Vec<Value>, Value> {
        let span = c.args.last().map_or(c.name.span, |a| a.span);
        match &last.kind {
            Kind::Null(_) => Err(self.fail(span, "what `...` expands is null", None)),
            Kind::Unknown(u) if matches!(u.ty, Type::List(_) | Type::Set(_) | Type::Tuple(_) | Type::Any) => {
                let name = c.name.text.clone();
                let kind = Kind::Unknown(Arc::new(unknown_from(Type::Any, last)));
                Err(self.made_via(kind, span, Via::Function(name), &[last]))
            }
            _ => match last.as_items() {
                Some(items) => Ok(items
                    .iter()
                    .map(|v| {
                        let mut v = v.clone();
                        v.sensitive |= last.sensitive;
                        v
                    })
                    .collect()),
                None => {
                    let message =
                        format!("`...` expands a list, set or tuple, this is a {}", type_name(last));
                    Err(self.fail(span, message, None))
                }
            },
        }
    }

    fn try_each(&mut self, c: &Call, span: Span) -> Value {
        let before = self.errors.len();
        let mut failures = Vec::new();
        for a in &c.args {
            let v = self.eval(a);
            if self.errors.len() > before {
                failures.extend(self.errors.split_off(before));
                continue;
            }
            if !v.is_wholly_known() {
                // Once it is known it may fail, and another argument be taken; not so a reference to a document, which is there.
                let document = v.document.clone().filter(|_| is_reference(a));
                let ty = match (&v.kind, &document) {
                    (Kind::Unknown(u), Some(_)) => u.ty.clone(),
                    _ => Type::Any,
                };
                let kind = Kind::Unknown(Arc::new(unknown_from(ty, &v)));
                let out = self.made_via(kind, span, Via::Selected("try".into()), &[&v]);
                return Value { document, ..out };
            }
            return through(&v, self.at(span), Via::Selected("try".into()));
        }
        let message = match failures.first() {
            Some(e) => format!("all expressions given to `try` fail; the first: {}", e.message),
            None => "`try` needs at least one expression".to_owned(),
        };
        self.fail(span, message, Some("add a last argument that can't fail".into()))
    }

    fn can(&mut self, c: &Call, span: Span) -> Value {
        let [a] = c.args.as_slice() else {
            return self.fail(span, "`can` takes exactly one expression", None);
        };
        let before = self.errors.len();
        let v = self.eval(a);
        if self.errors.len() > before {
            self.errors.truncate(before);
            return self.made_via(Kind::Bool(false), span, Via::Function("can".into()), &[]);
        }
        let kind = match v.first_reason() {
            Some(reason) => Kind::Unknown(Arc::new(Unknown::new(Type::Bool, reason))),
            None => Kind::Bool(true),
        };
        // Whether an expression fails is no secret, whatever it is made of.
        let out = self.made_via(kind, span, Via::Function("can".into()), &[&v]);
        Value { sensitive: false, ephemeral: false, ..out }
    }
}

fn is_reference(e: &Expr) -> bool {
    matches!(
        e.unparen().kind,
        ExprKind::Variable(_) | ExprKind::GetAttr(..) | ExprKind::Index(..) | ExprKind::LegacyIndex(..)
    )
}
