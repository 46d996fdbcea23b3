//! What every call has in common: counting and converting arguments, null, unknown, marks and origins.

use std::sync::Arc;

use trueline_model::{Kind, Number, Origin, Reason, Type, Unknown, Value, Via};
use trueline_text::Location;

use super::error::{Fail, FunctionError};
use super::spec::{Call, Returns, Spec};
use super::{Context, MAX_ELEMENTS, MAX_TEXT, documents};
use trueline_provider::convert::{self, convert};

/// Most origins of elements that a result names beside those of the arguments themselves.
const MAX_INPUTS: usize = 64;

pub(super) fn call(
    spec: &'static Spec,
    args: Vec<Value>,
    at: Location,
    ctx: &Context<'_>,
) -> Result<Value, FunctionError> {
    count(spec, &args)?;
    let inputs = inputs(&args);
    let mut converted = Vec::with_capacity(args.len());
    for (i, arg) in args.iter().enumerate() {
        let Some(p) = spec.param(i) else { continue };
        converted.push(convert(arg, &p.ty.get()).map_err(|e| argument(spec, i, e.message))?);
    }
    let mut marks = Marks::default();
    let mut dynamic = false;
    for (i, arg) in converted.iter_mut().enumerate() {
        let Some(p) = spec.param(i) else { continue };
        if dynamic {
            // Terraform looks no further for what is wrong, only for marks.
            if !p.marked {
                marks.take(arg);
            }
            continue;
        }
        if !p.marked {
            marks.take(arg);
        }
        if arg.is_null() && !p.null {
            return Err(argument(spec, i, "argument must not be null".to_owned()));
        }
        if !p.dynamic && type_is_any(arg) {
            dynamic = true;
        }
    }
    let fail = |f: Fail| match f {
        f if marks.sensitive && f.quotes() => withheld(spec),
        Fail::Argument(i, message) => argument(spec, i, message.into_owned()),
        Fail::Call(message) => FunctionError::Failed { function: spec.name, message: message.into_owned() },
    };
    let ty = match spec.returns {
        _ if dynamic => Type::Any,
        Returns::Type(t) => t.get(),
        Returns::Of(f) => f(&converted).map_err(fail)?,
    };
    let unknown = dynamic
        || converted
            .iter()
            .enumerate()
            .any(|(i, a)| a.is_unknown() && !spec.param(i).is_some_and(|p| p.unknown));
    let mut out = if unknown {
        let mut u = Unknown::new(ty, reason(&converted, spec.name));
        u.not_null = spec.not_null && u.ty != Type::Any;
        Kind::Unknown(Arc::new(u)).into()
    } else {
        let call = Call { spec, args: converted, ty, ctx };
        let mut out = (spec.run)(&call).map_err(fail)?;
        bound(&out).map_err(fail)?;
        if spec.not_null
            && let Kind::Unknown(u) = &mut out.kind
            && !u.not_null
            && u.ty != Type::Any
        {
            Arc::make_mut(u).not_null = true;
        }
        out
    };
    out.sensitive |= marks.sensitive;
    out.ephemeral |= marks.ephemeral;
    if out.document.is_none() {
        out.document = documents::of(spec.name, &args, &out, at);
    }
    Ok(settle_origin(spec, out, inputs, at))
}

fn count(spec: &'static Spec, args: &[Value]) -> Result<(), FunctionError> {
    if let Some(missing) = spec.params.get(args.len()) {
        return Err(FunctionError::TooFew {
            function: spec.name,
            expected: spec.params.len(),
            at_least: spec.variadic.is_some(),
            parameter: missing.name,
        });
    }
    if spec.variadic.is_none() && args.len() > spec.params.len() {
        return Err(FunctionError::TooMany { function: spec.name, expected: spec.params.len() });
    }
    Ok(())
}

fn argument(spec: &'static Spec, index: usize, message: String) -> FunctionError {
    FunctionError::Argument {
        function: spec.name,
        index,
        parameter: spec.param(index).map_or("", |p| p.name),
        message,
    }
}

/// Messages quote arguments; of sensitive ones nothing may be quoted.
fn withheld(spec: &'static Spec) -> FunctionError {
    FunctionError::Failed {
        function: spec.name,
        message: "an argument is not valid; what it is, is not shown because it is sensitive".to_owned(),
    }
}

/// Marks of arguments on their way to the result.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    pub(super) sensitive: bool,
    pub(super) ephemeral: bool,
}

impl Marks {
    /// Takes all marks off a value, at any depth.
    pub(super) fn take(&mut self, v: &mut Value) {
        if convert::has_marks(v) {
            let owned = std::mem::replace(v, Value::null());
            *v = convert::unmark(owned, &mut self.sensitive, &mut self.ephemeral);
        }
    }

    /// Takes the value's own marks off, not those of its elements.
    pub(super) fn take_own(&mut self, v: &mut Value) {
        self.sensitive |= v.sensitive;
        self.ephemeral |= v.ephemeral;
        v.sensitive = false;
        v.ephemeral = false;
    }

    /// Notes the marks of a value.
    pub(super) fn note(&mut self, v: &Value) {
        self.sensitive |= v.sensitive;
        self.ephemeral |= v.ephemeral;
    }

    /// The value with these marks added.
    pub(super) fn put(self, mut v: Value) -> Value {
        v.sensitive |= self.sensitive;
        v.ephemeral |= self.ephemeral;
        v
    }
}

fn type_is_any(v: &Value) -> bool {
    match &v.kind {
        Kind::Unknown(u) => u.ty == Type::Any,
        Kind::Null(t) => *t == Type::Any,
        _ => false,
    }
}

/// Why a result that hangs on these arguments is unknown.
pub(super) fn reason(args: &[Value], function: &'static str) -> Reason {
    args.iter().find_map(Value::first_reason).unwrap_or_else(|| Reason::Function(function.into()))
}

/// Origins of arguments and of the elements of collections among them.
pub(super) fn inputs(args: &[Value]) -> Vec<Arc<Origin>> {
    let mut out: Vec<Arc<Origin>> = args.iter().filter_map(|a| a.origin.clone()).collect();
    let most = out.len() + MAX_INPUTS;
    for a in args {
        elements(a, most, &mut out);
    }
    out
}

fn elements(v: &Value, most: usize, out: &mut Vec<Arc<Origin>>) {
    let mut each = |v: &Value| {
        if out.len() < most {
            out.extend(v.origin.clone().filter(|o| !out.iter().any(|p| Arc::ptr_eq(o, p))));
            elements(v, most, out);
        }
    };
    match &v.kind {
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
            items.iter().take(MAX_INPUTS).for_each(&mut each);
        }
        Kind::Map(_, items) | Kind::Object(items) => items.values().take(MAX_INPUTS).for_each(&mut each),
        _ => {}
    }
}

/// Writes down where the result comes from.
fn settle_origin(spec: &'static Spec, mut out: Value, inputs: Vec<Arc<Origin>>, at: Location) -> Value {
    let name: Arc<str> = spec.name.into();
    if spec.selects {
        if let Some(from) = out.origin.take() {
            out.origin = Some(Origin::step(at, Via::Selected(name), Some(from)));
            return out;
        }
        let step = |v: &mut Value| {
            if let Some(from) = v.origin.take() {
                v.origin = Some(Origin::step(at, Via::Selected(name.clone()), Some(from)));
            }
        };
        match &mut out.kind {
            Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
                Arc::make_mut(items).iter_mut().for_each(step);
            }
            Kind::Map(_, items) | Kind::Object(items) => Arc::make_mut(items).values_mut().for_each(step),
            _ => {}
        }
    }
    // The text of a file stands in the file.
    let mut inputs = inputs;
    let own = out.origin.take().filter(|o| o.via == Via::Literal && !inputs.iter().any(|i| i == o));
    inputs.extend(own);
    out.origin = Some(Arc::new(Origin { at, via: Via::Function(spec.name.into()), inputs }));
    out
}

fn bound(v: &Value) -> Result<(), Fail> {
    let elements = match &v.kind {
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => items.len(),
        Kind::Map(_, items) | Kind::Object(items) => items.len(),
        Kind::String(s) => return bound_text(s.len()),
        _ => 0,
    };
    bound_elements(elements)
}

/// Refuses results of more elements than we make.
pub(super) fn bound_elements(n: usize) -> Result<(), Fail> {
    if n > MAX_ELEMENTS {
        return Err(format!(
            "the result would have {n} elements, more than the {MAX_ELEMENTS} that Trueline computes"
        )
        .into());
    }
    Ok(())
}

/// Refuses texts of more bytes than we make.
pub(super) fn bound_text(n: usize) -> Result<(), Fail> {
    if n > MAX_TEXT {
        return Err(format!(
            "the result would have {n} bytes, more than the {MAX_TEXT} that Trueline computes"
        )
        .into());
    }
    Ok(())
}

impl Call<'_> {
    /// The argument, or null where there is none.
    pub(super) fn arg(&self, i: usize) -> &Value {
        static NONE: Value = Value {
            kind: Kind::Null(Type::Any),
            sensitive: false,
            ephemeral: false,
            origin: None,
            document: None,
        };
        self.args.get(i).unwrap_or(&NONE)
    }

    /// The argument as text.
    pub(super) fn text(&self, i: usize) -> Result<&str, Fail> {
        self.arg(i).as_str().ok_or_else(|| Fail::arg(i, "string required"))
    }

    /// The argument as a number.
    pub(super) fn number(&self, i: usize) -> Result<&Number, Fail> {
        match &self.arg(i).kind {
            Kind::Number(n) => Ok(n),
            _ => Err(Fail::arg(i, "number required")),
        }
    }

    /// The argument as a whole number of 64 bits; the message is one that Terraform gives without naming the argument.
    pub(super) fn int(&self, i: usize) -> Result<i64, Fail> {
        self.number(i)?.as_i64().ok_or_else(|| Fail::said(whole_number()))
    }

    /// Unknown of the result's type, for the reason of the first unknown argument.
    pub(super) fn unknown(&self) -> Unknown {
        let mut u = Unknown::new(self.ty.clone(), reason(&self.args, self.spec.name));
        u.not_null = self.spec.not_null && u.ty != Type::Any;
        u
    }

    /// The same as a value.
    pub(super) fn unknown_value(&self) -> Value {
        Kind::Unknown(Arc::new(self.unknown())).into()
    }
}

/// The range is that of 64 bits.
pub(super) const fn whole_number() -> &'static str {
    "value must be a whole number, between -9223372036854775808 and 9223372036854775807"
}

/// The value that an unknown is: if its length is known exactly, a list of so many unknown elements, as Terraform has it.
pub(super) fn exact(u: Unknown) -> Value {
    convert::settled(u).into()
}
