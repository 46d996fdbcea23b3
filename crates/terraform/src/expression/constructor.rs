//! `[a, b]` and `{a = b}`.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_hcl::{Expr, ObjectItem, ObjectKey};
use trueline_model::{Kind, Type, Value};
use trueline_text::Span;

use super::{Evaluator, unknown_from};
use trueline_provider::convert;

impl Evaluator<'_> {
    pub(super) fn tuple(&mut self, items: &[Expr], span: Span) -> Value {
        let items: Vec<Value> = items.iter().map(|e| self.eval(e)).collect();
        self.literal(span, Kind::Tuple(Arc::new(items)))
    }

    pub(super) fn object(&mut self, items: &[ObjectItem], span: Span) -> Value {
        let mut entries: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        let (mut sensitive, mut ephemeral, mut undecided) = (false, false, None);
        for item in items {
            let value = self.eval(&item.value);
            let key = match &item.key {
                ObjectKey::Name(n) => n.text.clone(),
                ObjectKey::Expr(e) => {
                    let key = self.eval(e);
                    sensitive |= key.sensitive;
                    ephemeral |= key.ephemeral;
                    match self.object_key(&key, e.span) {
                        Ok(k) => k,
                        Err(why) => {
                            undecided.get_or_insert(why);
                            continue;
                        }
                    }
                }
            };
            entries.insert(key, value);
        }
        let mut v = match undecided {
            // A key that is not decided makes the type undecided, and so the whole.
            Some(why) => self.made(Kind::Unknown(Arc::new(unknown_from(Type::Any, &why))), span, &[&why]),
            None => self.literal(span, Kind::Object(Arc::new(entries))),
        };
        v.sensitive |= sensitive;
        v.ephemeral |= ephemeral;
        v
    }

    /// The text of a key, or the unknown value that stands for what has none.
    pub(super) fn object_key(&mut self, key: &Value, span: Span) -> Result<Arc<str>, Value> {
        match convert::convert(key, &Type::String) {
            Ok(k) => match &k.kind {
                Kind::String(s) => Ok(s.clone()),
                Kind::Unknown(_) => Err(k),
                _ => Err(self.fail(span, "the key is null", Some("give a key that is a string".into()))),
            },
            Err(e) => Err(self.fail(span, format!("this can't be a key: {e}"), None)),
        }
    }
}
