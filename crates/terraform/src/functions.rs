//! Terraform's functions over values that may be unknown, sensitive, or known in part.
//!
//! What enters: a name and the arguments. What leaves: the result with marks and origins, an unknown with its reason,
//! or an error in Terraform's words. `try` and `can` are not here: their arguments must not be evaluated first, so
//! the evaluator does them ([`is_lazy`]).
//!
//! **Invariant:** nothing here reads the clock or the machine: what would (`timestamp`, `uuid`, files outside of the
//! root module) is unknown. Results are bounded: too large ones are errors.

mod call;
mod choice;
mod conversion;
mod csv;
mod datetime;
mod documents;
mod encoding;
mod error;
mod files;
mod format;
mod former;
mod glob;
mod hash;
mod impure;
mod ip;
mod json;
mod json_read;
mod lists;
mod maps;
mod numeric;
mod regex;
mod sets;
mod spec;
mod template;
mod text;
mod time;
mod windows;
mod yaml;
mod yaml_write;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use trueline_model::{Origin, Reason, Type, Value, Via};
use trueline_text::{FileId, Files, Location};

pub use error::FunctionError;
pub(crate) use hash::sha256;

use spec::Spec;

/// Most elements of a result.
pub const MAX_ELEMENTS: usize = 1 << 20;
/// Most bytes of a text that a function makes.
pub const MAX_TEXT: usize = 1 << 26;
/// How deep templates may call templates.
pub const MAX_TEMPLATE_DEPTH: usize = 32;

/// What functions need to know of the place they are called from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Where files are read.
    pub files: &'a dyn Files,
    /// Directory of the root module. Relative paths start here, as in Terraform.
    pub root: &'a str,
    /// Directory of the calling module (`path.module`).
    pub module: &'a str,
    /// Evaluates templates for `templatefile` and `templatestring`.
    pub templates: &'a dyn TemplateEval,
    /// How many templates this call is inside of.
    pub template_depth: usize,
    /// `list` and `map` are there, which Terraform had before 0.15.
    pub has_list_and_map: bool,
}

/// Where the text of a template comes from.
#[derive(Clone, Debug)]
pub enum TemplateSource<'a> {
    /// A file, by the path under which [`Files`] reads it.
    File(&'a str),
    /// A string, and where that comes from.
    Text(Option<&'a Arc<Origin>>),
}

/// Evaluates the text of a template. The evaluator of expressions implements it.
pub trait TemplateEval {
    /// The value of the template with these variables and no other names; functions are called in the same `module`, with
    /// `depth` as their [`Context::template_depth`].
    ///
    /// # Errors
    /// What is wrong with the template, as the end of the sentence “Call to function "templatefile" failed: …”.
    fn evaluate(
        &self,
        source: TemplateSource<'_>,
        text: &str,
        variables: &BTreeMap<Arc<str>, Value>,
        module: &str,
        depth: usize,
    ) -> Result<Value, String>;

    /// The number under which places in a file are told that [`Files`] read.
    fn source(&self, _path: &str, _text: &str) -> Option<FileId> {
        None
    }
}

static SPECS: LazyLock<BTreeMap<&'static str, &'static Spec>> = LazyLock::new(|| {
    [
        choice::SPECS,
        conversion::SPECS,
        csv::SPECS,
        datetime::SPECS,
        encoding::SPECS,
        files::SPECS,
        format::SPECS,
        hash::SPECS,
        impure::SPECS,
        ip::SPECS,
        json::SPECS,
        lists::SPECS,
        maps::SPECS,
        numeric::SPECS,
        regex::SPECS,
        sets::SPECS,
        template::SPECS,
        text::SPECS,
        windows::SPECS,
        yaml::SPECS,
    ]
    .into_iter()
    .flatten()
    .map(|s| (s.name, s))
    .collect()
});

/// True for functions whose arguments must not be evaluated before the call: `try` and `can`.
pub fn is_lazy(name: &str) -> bool {
    matches!(plain(name), "try" | "can")
}

/// True for functions whose results nobody knows before Terraform applies.
pub(crate) fn is_open_until_apply(name: &str) -> bool {
    matches!(plain(name), "timestamp" | "uuid" | "bcrypt")
}

/// All names, sorted, without `core::`.
pub fn names() -> Vec<&'static str> {
    let mut all: Vec<&'static str> = SPECS.keys().copied().chain(["can", "try"]).collect();
    all.sort_unstable();
    all
}

/// The name without the namespace of the built-in functions.
fn plain(name: &str) -> &str {
    name.strip_prefix("core::").unwrap_or(name)
}

/// Calls a function; `at` is the call expression.
///
/// # Errors
/// Those that Terraform has for this call, and results beyond [`MAX_ELEMENTS`] and [`MAX_TEXT`].
pub fn call(name: &str, args: Vec<Value>, at: Location, ctx: &Context<'_>) -> Result<Value, FunctionError> {
    let name = plain(name);
    if name.starts_with("provider::") {
        let inputs = call::inputs(&args);
        let mut out = Value::unknown(Type::Any, Reason::Function(name.into()));
        out.sensitive = args.iter().any(Value::has_sensitive);
        out.ephemeral = args.iter().any(trueline_provider::convert::has_ephemeral);
        out.origin = Some(Arc::new(Origin { at, via: Via::Function(name.into()), inputs }));
        return Ok(out);
    }
    if ctx.has_list_and_map && matches!(name, "list" | "map") {
        let (name, args) = former::written_anew(name, args)?;
        return call(name, args, at, ctx);
    }
    match SPECS.get(name) {
        Some(spec) => call::call(spec, args, at, ctx),
        None => Err(FunctionError::missing(name)),
    }
}

#[cfg(test)]
mod tests;
