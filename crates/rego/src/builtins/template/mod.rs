//! `strings.render_template`: Go's text templates, as far as values of policies need them.

use crate::Value;

use super::{Builtin, Failure, Host, Outcome, builtin, object, text};
use blocks::{Blocks, pieces};
use writer::Writer;

mod blocks;
mod functions;
mod writer;

pub(super) const BUILTINS: &[Builtin] = &[builtin("strings.render_template", 2, render)];

fn render(host: &mut Host, args: &[Value]) -> Outcome {
    let template = text(args, 0)?;
    object(args, 1)?;
    let Some(root) = args.get(1) else { return Err(Failure::Undefined) };
    let pieces = pieces(template)?;
    let nodes = Blocks::new(&pieces).nodes(false)?;
    let out = Writer::new(host, root).write_all(&nodes)?;
    host.string(out)
}

fn wrong<T>(what: impl std::fmt::Display) -> Result<T, Failure> {
    Err(Failure::Error(format!("template: template:1: {what}")))
}
