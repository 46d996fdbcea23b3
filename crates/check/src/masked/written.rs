//! What is declared to be a secret, and the literals that stand where one belongs, evaluated or not.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_model::{Origin, Plan, Via};
use trueline_provider::schema::{self, BlockSchema};
use trueline_rules::nearest;
use trueline_terraform::Parsed;
use trueline_terraform::content::{Argument, Content, Nested};
use trueline_text::{FileId, Location};

use super::{Names, directory};

/// Ends of names of arguments that hold a secret, where no schema tells.
const SECRET: [&str; 13] = [
    "access_key",
    "api_key",
    "apikey",
    "auth_token",
    "credentials",
    "passphrase",
    "passwd",
    "password",
    "private_key",
    "pwd",
    "secret",
    "secret_key",
    "token",
];
/// Deepest nesting of blocks that is looked at.
const DEPTH: usize = 40;

/// Variables and outputs that are declared sensitive or ephemeral, by directory.
pub(super) struct Declared {
    variables: Names,
    outputs: BTreeSet<Arc<str>>,
}

impl Declared {
    /// Looks through all files.
    pub(super) fn find(parsed: &Parsed) -> Self {
        let mut out = Self { variables: Names::new(), outputs: BTreeSet::new() };
        for (file, content) in contents(parsed) {
            let dir: Arc<str> = parsed.sources.get(file).map_or("", |f| directory(&f.path)).into();
            for b in marked(&content, "variable") {
                out.variables.entry(dir.clone()).or_default().insert(b.label().into());
            }
            out.outputs.extend(marked(&content, "output").map(|b| Arc::from(b.label())));
        }
        out
    }

    /// True if some output is declared so.
    pub(super) fn has_outputs(&self) -> bool {
        !self.outputs.is_empty()
    }

    /// True if a step of a value's way makes a secret of it: `sensitive(…)`, a variable or output that is declared so.
    pub(super) fn makes_secret(&self, parsed: &Parsed, step: &Origin) -> bool {
        match &step.via {
            Via::Selected(f) | Via::Function(f) => &**f == "sensitive",
            Via::Variable(name) => parsed
                .sources
                .get(step.at.file)
                .and_then(|f| self.variables.get(directory(&f.path)))
                .is_some_and(|names| names.contains(name)),
            Via::ModuleOutput(name) => self.outputs.contains(name.rsplit('.').next().unwrap_or(name)),
            _ => false,
        }
    }
}

trait Labelled {
    fn label(&self) -> &str;
}

impl Labelled for Nested<'_> {
    fn label(&self) -> &str {
        self.labels.last().copied().unwrap_or_default()
    }
}

fn contents(parsed: &Parsed) -> impl Iterator<Item = (FileId, Content<'_>)> {
    parsed.trees.iter().map(|(id, tree)| (*id, Content::of_body(*id, &tree.body)))
}

fn marked<'a>(content: &Content<'a>, kind: &'a str) -> impl Iterator<Item = Nested<'a>> {
    let is = |b: &Nested<'a>| {
        let inside = b.content();
        ["sensitive", "ephemeral"].iter().any(|n| inside.literal_bool(n) == Some(true))
    };
    content.blocks(kind, 1).into_iter().filter(is)
}

/// Literals in arguments that are sensitive by schema (or by their name, where no schema knows them), in `sensitive(…)`,
/// and in what gives sensitive variables and outputs their values.
pub(super) fn places(parsed: &Parsed, plans: &[Plan], declared: &Declared) -> Vec<Location> {
    let mut out = Vec::new();
    for (file, content) in contents(parsed) {
        let Some(source) = parsed.sources.get(file) else { continue };
        for (kind, labels) in [("resource", 2), ("data", 2), ("ephemeral", 2), ("provider", 1)] {
            for b in content.blocks(kind, labels) {
                let schema = schema_of(kind, b.labels.first().copied().unwrap_or_default());
                block(&b.content(), schema.as_deref(), &mut out, 0);
            }
        }
        for (kind, value) in [("variable", "default"), ("output", "value")] {
            for b in marked(&content, kind) {
                if let Some(a) = b.content().argument(value) {
                    secret(a, &mut out);
                }
            }
        }
        let names = declared.variables.get(directory(&source.path));
        if source.path.ends_with(".tfvars") || source.path.ends_with(".tfvars.json") {
            for a in content.arguments().filter(|a| names.is_some_and(|n| n.contains(a.name))) {
                out.push(a.at());
            }
        }
        if source.text.contains("sensitive")
            && let Some(tree) = parsed.trees.get(&file)
        {
            let calls = tree.body.calls_of("sensitive");
            out.extend(calls.iter().flat_map(|e| e.written()).map(|span| Location { file, span }));
        }
        for call in content.blocks("module", 1) {
            let calls =
                |places: &[Location]| places.iter().any(|p| p.file == file && call.span.contains(p.span));
            let children = plans.iter().flat_map(|p| &p.callers).filter(|(_, places)| calls(places));
            for names in children.filter_map(|(dir, _)| declared.variables.get(dir)) {
                let inside = call.content();
                inside.arguments().filter(|a| names.contains(a.name)).for_each(|a| secret(a, &mut out));
            }
        }
    }
    out
}

fn schema_of(kind: &str, label: &str) -> Option<Arc<BlockSchema>> {
    let aws = schema::aws();
    match kind {
        "resource" => aws.resource(label),
        "data" => aws.data_source(label),
        "ephemeral" => aws.ephemeral(label),
        // The schema of the provider itself calls none of its arguments sensitive: their names tell.
        _ => None,
    }
}

fn block(content: &Content<'_>, schema: Option<&BlockSchema>, out: &mut Vec<Location>, depth: usize) {
    if depth > DEPTH {
        return;
    }
    for a in content.arguments() {
        if let Some(known) = schema.and_then(|s| s.attributes.get(a.name)) {
            if known.sensitive {
                secret(a, out);
            }
        } else if a.json && schema.is_some_and(|s| s.blocks.contains_key(a.name)) {
            let inner = schema.and_then(|s| s.blocks.get(a.name)).map(|b| &*b.block);
            for b in content.blocks(a.name, 0) {
                block(&b.content(), inner, out, depth + 1);
            }
        } else if meant_secret(a.name, schema) {
            secret(a, out);
        }
    }
    for b in content.native_blocks() {
        let (kind, inside) = match (b.kind, b.labels.first()) {
            ("dynamic", Some(kind)) => (*kind, b.content().blocks("content", 0)),
            (kind, _) => (kind, vec![b.clone()]),
        };
        let inner = schema.and_then(|s| s.blocks.get(kind)).map(|b| &*b.block);
        for b in inside {
            block(&b.content(), inner, out, depth + 1);
        }
    }
}

/// True if an argument that the schema does not have was meant to be a sensitive one, or is named like a secret.
pub(super) fn meant_secret(name: &str, schema: Option<&BlockSchema>) -> bool {
    let meant = |s: &BlockSchema| {
        let near = nearest(name, s.attributes.keys().map(|n| &**n))?;
        Some(s.attributes.get(near)?.sensitive)
    };
    let like = || {
        let name = name.to_ascii_lowercase();
        SECRET.iter().any(|s| name == *s || name.strip_suffix(s).is_some_and(|n| n.ends_with('_')))
    };
    schema.and_then(meant).unwrap_or(false) || like()
}

fn secret(a: &Argument<'_>, out: &mut Vec<Location>) {
    out.extend(a.expr.written().into_iter().map(|span| Location { file: a.file, span }));
}
