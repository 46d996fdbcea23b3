//! Strings with interpolations and directives.

use std::sync::Arc;

use trueline_hcl::{Template, TemplatePart};
use trueline_model::{Kind, Origin, Reason, Type, Unknown, Value, Via};
use trueline_text::Span;

use super::{Evaluator, STRING};
use trueline_provider::convert;
use trueline_provider::document::{self, Ground, Piece};

/// What is left to a template, and the marks of its conditions and collections.
struct Room {
    left: usize,
    sensitive: bool,
    ephemeral: bool,
}

impl Room {
    fn note(&mut self, v: &Value) {
        self.sensitive |= v.sensitive;
        self.ephemeral |= v.ephemeral;
    }
}

impl Evaluator<'_> {
    pub(super) fn template(&mut self, t: &Template, span: Span) -> Value {
        if let [TemplatePart::Interpolation(e)] = t.parts.as_slice() {
            // Nothing but one interpolation is the value itself, whatever its type.
            return self.eval(e);
        }
        let mut pieces = Vec::with_capacity(t.parts.len());
        let mut room = Room { left: STRING, sensitive: false, ephemeral: false };
        let v = match self.pieces(&t.parts, &mut pieces, &mut room) {
            Ok(()) => self.assemble(pieces, span),
            Err(v) => v,
        };
        Value { sensitive: v.sensitive | room.sensitive, ephemeral: v.ephemeral | room.ephemeral, ..v }
    }

    /// Renders the parts of a template that is no literal of this file, such as a template file.
    pub fn render(&mut self, t: &Template, span: Span) -> Value {
        self.template(t, span)
    }

    fn pieces(&mut self, parts: &[TemplatePart], out: &mut Vec<Piece>, room: &mut Room) -> Result<(), Value> {
        for part in parts {
            match part {
                TemplatePart::Text { value, span } => {
                    self.take(room, value.len(), *span)?;
                    out.push(Piece { text: value.clone(), value: None, span: *span });
                }
                TemplatePart::Interpolation(e) => {
                    let v = self.eval(e);
                    if v.is_null() {
                        let help = "give it a value, or `coalesce` it to one";
                        return Err(self.fail(e.span, "null can't be part of a string", Some(help.into())));
                    }
                    let v = match convert::convert(&v, &Type::String) {
                        Ok(v) => v,
                        Err(why) => {
                            let help = "only strings, numbers and booleans can; use `jsonencode` or `join` for others";
                            return Err(self.fail(
                                e.span,
                                format!("this can't be part of a string: {why}"),
                                Some(help.into()),
                            ));
                        }
                    };
                    let text: Arc<str> = match &v.kind {
                        Kind::String(s) => s.clone(),
                        _ => "".into(),
                    };
                    self.take(room, text.len(), e.span)?;
                    out.push(Piece { text, value: Some(v), span: e.span });
                }
                TemplatePart::If { condition, then, otherwise, span } => {
                    let c = self.eval(condition);
                    let c = match convert::convert(&c, &Type::Bool) {
                        Ok(c) if c.is_null() => {
                            return Err(self.fail(condition.span, "the condition is null", None));
                        }
                        Ok(c) => c,
                        Err(why) => {
                            let message = format!("the condition is neither true nor false: {why}");
                            return Err(self.fail(condition.span, message, None));
                        }
                    };
                    room.note(&c);
                    match &c.kind {
                        Kind::Bool(true) => {
                            self.marks_of(otherwise, room);
                            self.pieces(then, out, room)?;
                        }
                        Kind::Bool(false) => {
                            self.marks_of(then, room);
                            self.pieces(otherwise, out, room)?;
                        }
                        _ => {
                            self.marks_of(then, room);
                            self.marks_of(otherwise, room);
                            out.push(self.undecided(&c, *span));
                        }
                    }
                }
                TemplatePart::For { key, value, collection, body, span } => {
                    let of = self.eval(collection);
                    if of.is_unknown() {
                        out.push(self.undecided(&of, *span));
                        continue;
                    }
                    room.note(&of);
                    let pairs = self.pairs(&of, collection.span)?;
                    self.secret += u32::from(of.sensitive);
                    let mut done = Ok(());
                    for (k, v) in pairs {
                        self.bind_pair(key.as_ref(), value, k, v);
                        done = self.pieces(body, out, room);
                        self.unbind_pair(key.as_ref());
                        if done.is_err() {
                            break;
                        }
                    }
                    self.secret -= u32::from(of.sensitive);
                    done?;
                }
            }
        }
        Ok(())
    }

    /// Notes the marks of the parts that a condition leaves out: which ones were taken tells of both.
    fn marks_of(&mut self, parts: &[TemplatePart], room: &mut Room) {
        let only_text = |p: &TemplatePart| matches!(p, TemplatePart::Text { .. });
        if parts.iter().all(only_text) {
            return;
        }
        let before = self.errors.len();
        let mut apart = Room { ..*room };
        let mut pieces = Vec::new();
        // What fails here is never made.
        let _ = self.pieces(parts, &mut pieces, &mut apart);
        self.errors.truncate(before);
        for v in pieces.iter().filter_map(|p| p.value.as_ref()) {
            apart.note(v);
        }
        room.sensitive |= apart.sensitive;
        room.ephemeral |= apart.ephemeral;
    }

    fn take(&mut self, room: &mut Room, n: usize, span: Span) -> Result<(), Value> {
        if !self.limits.spend(1 + n as u64 / 64) {
            return Err(self.out_of_fuel(span));
        }
        match room.left.checked_sub(n) {
            Some(rest) => {
                room.left = rest;
                Ok(())
            }
            None => {
                Err(self.fail(span, format!("this makes a string of more than {} MiB", STRING >> 20), None))
            }
        }
    }

    /// The piece that a directive makes while its condition or collection is unknown.
    fn undecided(&self, why: &Value, span: Span) -> Piece {
        let kind = Kind::Unknown(Arc::new(super::unknown_from(Type::String, why)));
        Piece { text: "".into(), value: Some(self.made(kind, span, &[why])), span }
    }

    fn assemble(&mut self, pieces: Vec<Piece>, span: Span) -> Value {
        let values: Vec<&Value> = pieces.iter().filter_map(|p| p.value.as_ref()).collect();
        let text = |pieces: &[Piece]| pieces.iter().map(|p| &*p.text).collect::<String>();
        let unknown = |p: &Piece| p.value.as_ref().is_some_and(Value::is_unknown);
        let mut result = match (pieces.iter().position(unknown), pieces.iter().rposition(unknown)) {
            (Some(first), Some(last)) => {
                let mut u = Unknown::new(Type::String, Reason::Plan);
                let mut prefix = text(pieces.get(..first).unwrap_or_default());
                let mut suffix = String::new();
                if let Some(known) = pieces.get(first).and_then(|p| p.value.as_ref()).and_then(as_unknown) {
                    u.reason = known.reason.clone();
                    prefix.push_str(known.prefix.as_deref().unwrap_or(""));
                }
                if let Some(known) = pieces.get(last).and_then(|p| p.value.as_ref()).and_then(as_unknown) {
                    suffix.push_str(known.suffix.as_deref().unwrap_or(""));
                }
                suffix.push_str(&text(pieces.get(last + 1..).unwrap_or_default()));
                u.not_null = true;
                u.prefix = (!prefix.is_empty()).then(|| prefix.into());
                u.suffix = (!suffix.is_empty()).then(|| suffix.into());
                self.made(Kind::Unknown(Arc::new(u)), span, &values)
            }
            _ if values.is_empty() => {
                let text: Arc<str> = match pieces.as_slice() {
                    [one] => one.text.clone(),
                    all => text(all).into(),
                };
                Value::from(Kind::String(convert::normalize(&text)))
                    .with_origin(Some(Origin::literal(self.at(span))))
            }
            _ => {
                let text = convert::normalize(&text(&pieces));
                self.made_via(Kind::String(text), span, Via::Operator, &values)
            }
        };
        let ground = Ground::Source { file: self.file, text: self.scope.text(self.file) };
        result.document = document::read(&pieces, &ground).map(Arc::new);
        result
    }
}

fn as_unknown(v: &Value) -> Option<&Unknown> {
    match &v.kind {
        Kind::Unknown(u) => Some(u),
        _ => None,
    }
}
