//! Calls of builtins, and of what stands in for functions.

use std::rc::Rc;

use crate::builtins::{Builtin, Failure};
use crate::compile::ir::{Function, Out};
use crate::compile::place;
use crate::syntax::Span;
use crate::{CustomBuiltin, EvalError, Value};

use super::context::{Key, Stand};
use super::machine::{Frame, Left, Machine, Run};

impl Machine<'_> {
    pub(super) fn builtin(
        &mut self,
        builtin: &'static Builtin,
        args: Vec<Value>,
        out: &Out,
        at: usize,
        span: Span,
        frame: &mut Frame,
    ) -> Run<bool> {
        if !self.context.functions.is_empty() {
            let key = Key::Builtin(builtin.name);
            if let Some(stand) = self.context.stand_in(&key) {
                let result = self.stand(stand, args, span)?;
                return self.accept_optional(out, result, frame);
            }
        }
        let result = self.call_builtin(builtin, &args, span)?;
        if builtin.several {
            if let Some(Value::Array(results)) = result {
                self.choose(at, 0, Left::Results(results, 0));
            }
            return Ok(false);
        }
        self.accept_optional(out, result, frame)
    }

    pub(super) fn call_builtin(
        &mut self,
        builtin: &'static Builtin,
        args: &[Value],
        span: Span,
    ) -> Run<Option<Value>> {
        if self.traces_back() && !sees_structure(builtin.name) && args.iter().any(|arg| self.cut_by(arg)) {
            return Ok(None);
        }
        if builtin.name == "object.get"
            && let [object, key, _] = args
            && self.object_get_is_cut(object, key)
        {
            return Ok(None);
        }
        // Texts are as long as their values unfold: counted before they are written.
        if writes_all(builtin.name) {
            let weight: usize = args.iter().map(|arg| arg.weight() as usize).sum();
            self.grow(weight.saturating_mul(2))?;
            self.host.meter.tick(weight as u64).map_err(Box::new)?;
        }
        self.host.old = self.files.get(self.file).is_some_and(|file| file.old);
        let said = self.host.prints.len();
        let result = (builtin.run)(&mut self.host, args);
        if self.host.prints.len() > said {
            self.place_print(span);
        }
        match result {
            Ok(value) if value.is_too_big() => Err(self.too_deep(span)),
            Ok(value) => Ok(Some(value)),
            Err(Failure::Undefined) => Ok(None),
            Err(Failure::Halt(error)) => Err(self.located(error, span)),
            Err(Failure::Refused(why)) => {
                let error = EvalError::new("eval_builtin_error", format!("{}: {why}", builtin.name));
                Err(self.located(Box::new(error), span))
            }
            Err(failure) => {
                let (code, message) = match failure {
                    Failure::Type(message) => ("eval_type_error", message),
                    Failure::Error(message) => ("eval_builtin_error", message),
                    Failure::Undefined | Failure::Refused(_) | Failure::Halt(_) => return Ok(None),
                };
                let error = EvalError::new(code, format!("{}: {message}", builtin.name));
                let error = self.located(Box::new(error), span);
                if self.strict {
                    return Err(error);
                }
                self.host.keep(*error);
                Ok(None)
            }
        }
    }

    /// Says where the last print stands.
    fn place_print(&mut self, span: Span) {
        if let (Some(print), Some(file)) = (self.host.prints.last_mut(), self.files.get(self.file)) {
            print.line = place(&file.source, span).0;
            print.path = file.path.clone();
        }
    }

    /// Calls a builtin of the caller.
    pub(super) fn call_native(&mut self, native: &CustomBuiltin, args: &[Value]) -> Run<Option<Value>> {
        if args.iter().any(|arg| self.cut_by(arg)) {
            return Ok(None);
        }
        let caller = self.files.get(self.file).map_or("", |file| &file.path);
        match native.call(caller, args) {
            Ok(Some(value)) if value.is_too_big() => Err(self.too_deep(Span::default())),
            Ok(value) => Ok(value),
            Err(message) => {
                let error = EvalError::new("eval_builtin_error", format!("{}: {message}", native.name()));
                if self.strict {
                    return Err(Box::new(error));
                }
                self.host.keep(error);
                Ok(None)
            }
        }
    }

    /// Calls what stands in for a function.
    pub(super) fn stand(&mut self, stand: Stand, args: Vec<Value>, span: Span) -> Run<Option<Value>> {
        match stand {
            Stand::Value(value) => Ok(Some(value)),
            // Inside a stand-in all functions are themselves again.
            Stand::Function(function) => {
                let outer = self.context.clone();
                let mut inner = self.inner();
                inner.functions.clear();
                self.context = Rc::new(inner);
                let result = match function {
                    Function::Builtin(builtin) => self.call_builtin(builtin, &args, span),
                    Function::Node(node) => match self.program.nodes.get(node).and_then(|node| node.arity) {
                        Some(_) => self.call(node, args),
                        None => self.document(node),
                    },
                };
                self.context = outer;
                result
            }
        }
    }

    /// Notes what `object.get` reads; its key may be a path.
    fn object_get_is_cut(&mut self, object: &Value, key: &Value) -> bool {
        if !self.traces_back() {
            return false;
        }
        let Value::Array(path) = key else {
            return self.read_is_cut(object, key);
        };
        let mut at = object.clone();
        for step in path.iter() {
            if self.read_is_cut(&at, step) {
                return true;
            }
            match at.lookup(step).cloned() {
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    }
}

/// Tells whether a builtin writes out all that is in its operands.
fn writes_all(name: &str) -> bool {
    matches!(
        name,
        "json.marshal"
            | "json.marshal_with_options"
            | "yaml.marshal"
            | "sprintf"
            | "print"
            | "internal.template_string"
            | "strings.render_template"
            | "io.jwt.encode_sign"
            | "crypto.x509.parse_keypair"
    )
}

/// Tells whether a builtin looks at what kind of value there is, and not at what is inside.
fn sees_structure(name: &str) -> bool {
    matches!(
        name,
        "object.get"
            | "print"
            | "type_name"
            | "is_array"
            | "is_boolean"
            | "is_null"
            | "is_number"
            | "is_object"
            | "is_set"
            | "is_string"
    )
}
