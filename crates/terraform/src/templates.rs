//! Templates that functions render: `templatefile`, `templatestring`.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Origin, Value, Via};
use trueline_text::{FileId, Location, Span};

use crate::evaluation::World;
use crate::expression::provenance::through;
use crate::expression::{Evaluator, Resolved, Scope, ScopeError, Step};
use crate::functions::{self, TemplateEval, TemplateSource};

/// Names inside a template: its variables, nothing else.
struct TemplateScope<'w, 'a> {
    world: &'w World<'a>,
    variables: &'w BTreeMap<Arc<str>, Value>,
    text: &'w str,
    /// Directory of the module that renders it.
    module: &'w str,
    depth: usize,
}

impl Scope for TemplateScope<'_, '_> {
    fn resolve(
        &self,
        root: &str,
        _: &[Step],
        at: &dyn Fn(usize) -> Location,
    ) -> Result<Resolved, ScopeError> {
        match self.variables.get(root) {
            Some(v) => Ok(Resolved { value: through(v, at(0), Via::Iterator(root.into())), used: 0 }),
            None => Err(ScopeError {
                message: format!("the template refers to `{root}`, which is not among its variables"),
                help: crate::expression::nearest(root, self.variables.keys()),
                module: None,
            }),
        }
    }

    fn functions(&self) -> functions::Context<'_> {
        functions::Context {
            files: self.world.files,
            root: &self.world.root,
            module: self.module,
            templates: self.world,
            template_depth: self.depth,
            has_list_and_map: self.world.has_list_and_map,
        }
    }

    fn text(&self, _: FileId) -> &str {
        self.text
    }

    fn short_circuits(&self) -> bool {
        self.world.short_circuits
    }
}

impl TemplateEval for World<'_> {
    fn evaluate(
        &self,
        source: TemplateSource<'_>,
        text: &str,
        variables: &BTreeMap<Arc<str>, Value>,
        module: &str,
        depth: usize,
    ) -> Result<Value, String> {
        let file = match source {
            TemplateSource::File(path) => self.source(path, text),
            // The text of a file that `file` read stands there.
            TemplateSource::Text(origin) => origin.and_then(|o| whole_file(self, o, text)),
        };
        let template = trueline_hcl::parse_template(text)
            .map_err(|errors| errors.first().map(ToString::to_string).unwrap_or_default())?;
        let scope = TemplateScope { world: self, variables, text, module, depth };
        let mut ev = Evaluator::new(&scope, &self.limits, file.unwrap_or(FileId(u32::MAX)));
        let span = Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
        let v = ev.render(&template, span);
        match ev.errors.into_iter().next() {
            Some(e) => Err(e.message),
            // Places inside a text that is no file of the run mean nothing to anybody.
            None if file.is_none() => Ok(keep_outer(&v)),
            None => Ok(v),
        }
    }

    fn source(&self, path: &str, text: &str) -> Option<FileId> {
        self.parsed.sources.late(path, text)
    }
}

/// The file whose text this is.
fn whole_file(world: &World<'_>, origin: &Origin, text: &str) -> Option<FileId> {
    let last = *origin.chain().last()?;
    let read =
        last.inputs.iter().find(|o| o.via == Via::Literal && o.inputs.is_empty() && o.at.span.start == 0)?;
    let file = world.parsed.sources.get(read.at.file)?;
    (*file.text == *text).then_some(read.at.file)
}

/// The value with the origins of what was put into the template, but none inside its text.
fn keep_outer(v: &Value) -> Value {
    let mut out = v.without_places();
    out.origin = None;
    out
}
