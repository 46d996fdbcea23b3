//! The configuration of one module directory: what its files declare, override files merged in.
//!
//! What enters: the parsed files of one directory. What leaves: a [`ModuleConfig`] that the evaluation walks, and notes
//! about what is declared twice or in a way Terraform would refuse. Nothing is evaluated here.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_hcl::{Expr, ExprKind, ObjectKey};
use trueline_model::{Mode, Note, NoteKind};
use trueline_text::{FileId, Location};

use crate::content::{Argument, Content, Declaration, Entry, Nested};
use crate::overrides;

/// Type and name of a resource or data source within its module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceKey {
    /// Managed or data.
    pub mode: Mode,
    /// Type.
    pub kind: Arc<str>,
    /// Label.
    pub name: Arc<str>,
}

/// A `local`.
#[derive(Clone, Copy, Debug)]
pub struct Local<'a> {
    /// Its file.
    pub file: FileId,
    /// Its value.
    pub expr: &'a Expr,
}

/// A `provider` block.
#[derive(Clone, Debug)]
pub struct ProviderConfig<'a> {
    /// Local name, e.g. `aws`.
    pub name: Arc<str>,
    /// `alias`
    pub alias: Option<Arc<str>>,
    /// The block.
    pub declaration: Declaration<'a>,
}

/// An entry of `required_providers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredProvider {
    /// Full source, e.g. `registry.terraform.io/hashicorp/aws`.
    pub source: Arc<str>,
    /// Version constraint, if any.
    pub version: Option<Arc<str>>,
}

/// All that one module directory declares.
#[derive(Clone, Debug, Default)]
pub struct ModuleConfig<'a> {
    /// The directory.
    pub dir: Arc<str>,
    /// `variable` blocks.
    pub variables: BTreeMap<Arc<str>, Declaration<'a>>,
    /// `locals`
    pub locals: BTreeMap<Arc<str>, Local<'a>>,
    /// `output` blocks.
    pub outputs: BTreeMap<Arc<str>, Declaration<'a>>,
    /// `resource` and `data` blocks; [`Declaration::name`] is the label.
    pub resources: BTreeMap<ResourceKey, Declaration<'a>>,
    /// `module` blocks.
    pub calls: BTreeMap<Arc<str>, Declaration<'a>>,
    /// `provider` blocks.
    pub providers: Vec<ProviderConfig<'a>>,
    /// `required_providers` by local name.
    pub required_providers: BTreeMap<Arc<str>, RequiredProvider>,
    /// `required_version` of `terraform` blocks.
    pub required_version: Vec<Argument<'a>>,
    /// `moved` blocks.
    pub moved: Vec<Declaration<'a>>,
    /// `import` blocks.
    pub imports: Vec<Declaration<'a>>,
    /// `removed` blocks.
    pub removed: Vec<Declaration<'a>>,
    /// `check` blocks.
    pub checks: Vec<Declaration<'a>>,
    /// `ephemeral` blocks, by type and name.
    pub ephemerals: BTreeMap<(Arc<str>, Arc<str>), Declaration<'a>>,
    /// True for a module that Terraform would not read: it has what only OpenTofu has.
    pub is_for_opentofu: bool,
    /// False for a module that is no part of this repository (`.terraform/modules`).
    pub editable: bool,
}

/// One file of a module: its number, its top-level body as [`Content`], and whether it overrides.
pub struct ModuleFile<'a> {
    /// The file.
    pub file: FileId,
    /// Its content.
    pub content: Content<'a>,
    /// `override.tf`, `*_override.tf` and their JSON kin.
    pub overrides: bool,
}

const KINDS: [(&str, usize); 14] = [
    ("terraform", 0),
    // OpenTofu's, says which versions the module is for.
    ("language", 0),
    ("variable", 1),
    ("locals", 0),
    ("output", 1),
    ("resource", 2),
    ("data", 2),
    ("ephemeral", 2),
    ("module", 1),
    ("provider", 1),
    ("moved", 0),
    ("import", 0),
    ("removed", 0),
    ("check", 1),
];

impl<'a> ModuleConfig<'a> {
    /// Collects what the files of `dir` declare; `files` sorted by name.
    pub fn new(dir: Arc<str>, files: &[ModuleFile<'a>], editable: bool, notes: &mut Vec<Note>) -> Self {
        let mut config = Self { dir, editable, ..Self::default() };
        for f in files.iter().filter(|f| !f.overrides) {
            for block in top_blocks(f, notes) {
                config.declare(&block, notes);
            }
        }
        for f in files.iter().filter(|f| f.overrides) {
            for block in top_blocks(f, notes) {
                config.override_with(&block, notes);
            }
        }
        config
    }

    /// The provider source of a local name, Terraform's default if nothing is declared.
    pub fn provider_source(&self, local: &str) -> Arc<str> {
        match self.required_providers.get(local) {
            Some(r) => r.source.clone(),
            None if local == "terraform" => "terraform.io/builtin/terraform".into(),
            None => format!("registry.terraform.io/hashicorp/{local}").into(),
        }
    }

    fn declare(&mut self, block: &Nested<'a>, notes: &mut Vec<Note>) {
        let declared = |name: &str| Declaration {
            file: block.file,
            span: block.span,
            head: block.head,
            name: name.into(),
            content: block.content(),
        };
        let label = |n: usize| -> Arc<str> { block.labels.get(n).copied().unwrap_or_default().into() };
        let mut twice = |old: Option<Declaration<'a>>, what: String| {
            if old.is_some() {
                notes.push(Note {
                    kind: NoteKind::Error,
                    message: format!("{what} is declared twice in this module"),
                    help: Some("remove or rename one of the two".into()),
                    at: Some(Location { file: block.file, span: block.head }),
                });
            }
        };
        match block.kind {
            "language" => self.is_for_opentofu = true,
            "variable" => twice(
                self.variables.insert(label(0), declared(&label(0))),
                format!("variable `{}`", label(0)),
            ),
            "output" => {
                twice(self.outputs.insert(label(0), declared(&label(0))), format!("output `{}`", label(0)))
            }
            "module" => {
                twice(self.calls.insert(label(0), declared(&label(0))), format!("module `{}`", label(0)))
            }
            "resource" | "data" => {
                let mode = if block.kind == "data" { Mode::Data } else { Mode::Managed };
                let key = ResourceKey { mode, kind: label(0), name: label(1) };
                let what = format!("{} `{}.{}`", block.kind, key.kind, key.name);
                self.is_for_opentofu |= enabled(&block.content()).is_some();
                twice(self.resources.insert(key, declared(&label(1))), what);
            }
            "ephemeral" => {
                let what = format!("ephemeral `{}.{}`", label(0), label(1));
                twice(self.ephemerals.insert((label(0), label(1)), declared(&label(1))), what);
            }
            "locals" => {
                for a in block.content().arguments() {
                    if self.locals.insert(a.name.into(), Local { file: a.file, expr: a.expr }).is_some() {
                        notes.push(Note {
                            kind: NoteKind::Error,
                            message: format!("local `{}` is declared twice in this module", a.name),
                            help: Some("remove or rename one of the two".into()),
                            at: Some(Location { file: a.file, span: a.name_span }),
                        });
                    }
                }
            }
            "provider" => {
                let declaration = declared(&label(0));
                let alias = declaration.content.literal_str("alias").map(Arc::from);
                self.providers.push(ProviderConfig { name: label(0), alias, declaration });
            }
            "terraform" => {
                self.required_version.extend(block.content().argument("required_version").copied());
                for required in block.content().blocks("required_providers", 0) {
                    for a in required.content().arguments() {
                        self.required_providers.insert(a.name.into(), required_provider(a));
                    }
                }
            }
            "moved" => self.moved.push(declared("")),
            "import" => self.imports.push(declared("")),
            "removed" => self.removed.push(declared("")),
            "check" => {
                self.checks.push(declared(&label(0)));
                // Its data source is named like those of the module.
                for data in block.content().blocks("data", 2) {
                    self.declare(&data, notes);
                }
            }
            _ => {}
        }
    }

    fn override_with(&mut self, block: &Nested<'a>, notes: &mut Vec<Note>) {
        let label = |n: usize| -> Arc<str> { block.labels.get(n).copied().unwrap_or_default().into() };
        let target = match block.kind {
            "variable" => self.variables.get_mut(&label(0)),
            "output" => self.outputs.get_mut(&label(0)),
            "module" => self.calls.get_mut(&label(0)),
            "resource" | "data" => {
                let mode = if block.kind == "data" { Mode::Data } else { Mode::Managed };
                self.resources.get_mut(&ResourceKey { mode, kind: label(0), name: label(1) })
            }
            "ephemeral" => self.ephemerals.get_mut(&(label(0), label(1))),
            "provider" => {
                let alias = block.content().literal_str("alias");
                let same = |p: &&mut ProviderConfig<'_>| *p.name == *label(0) && p.alias.as_deref() == alias;
                match self.providers.iter_mut().find(same) {
                    Some(p) => Some(&mut p.declaration),
                    None => return self.declare(block, notes),
                }
            }
            "locals" => {
                for a in block.content().arguments() {
                    let old = self.locals.insert(a.name.into(), Local { file: a.file, expr: a.expr });
                    if old.is_none() {
                        notes.push(Note {
                            kind: NoteKind::Error,
                            message: format!(
                                "this overrides local `{}`, which no file of the module declares",
                                a.name
                            ),
                            help: Some("an override file may only change what another file declares".into()),
                            at: Some(Location { file: a.file, span: a.name_span }),
                        });
                    }
                }
                return;
            }
            _ => return self.declare(block, notes),
        };
        match target {
            Some(base) => overrides::merge(&mut base.content, block.content()),
            None => notes.push(Note {
                kind: NoteKind::Error,
                message: format!(
                    "this overrides a `{}` block that no file of the module declares",
                    block.kind
                ),
                help: Some("an override file may only change what another file declares".into()),
                at: Some(Location { file: block.file, span: block.head }),
            }),
        }
    }
}

/// OpenTofu's `enabled` of a resource, data source or module call.
pub(crate) fn enabled<'a>(content: &Content<'a>) -> Option<Argument<'a>> {
    content.blocks("lifecycle", 0).iter().find_map(|l| l.content().argument("enabled").copied())
}

/// The blocks at the top of a file, with notes about what can't stand there.
fn top_blocks<'a>(f: &ModuleFile<'a>, notes: &mut Vec<Note>) -> Vec<Nested<'a>> {
    let mut out = Vec::new();
    for entry in &f.content.items {
        let (kind, at) = match entry {
            Entry::Block(b) => (b.kind, b.head),
            Entry::Argument(a) => (a.name, a.name_span),
        };
        let at = Some(Location { file: f.file, span: at });
        let Some((_, labels)) = KINDS.iter().find(|(k, _)| *k == kind) else {
            notes.push(Note {
                kind: NoteKind::Error,
                message: format!("a block of type `{kind}` is not expected at the top of a module"),
                help: Some("expected are resource, data, variable, locals, output, module, provider, terraform and the like".into()),
                at,
            });
            continue;
        };
        let found = match entry {
            Entry::Block(b) => vec![b.clone()],
            Entry::Argument(a) if a.json => {
                Content { items: vec![entry.clone()], ..Content::default() }.blocks(a.name, *labels)
            }
            Entry::Argument(_) => {
                notes.push(Note {
                    kind: NoteKind::Error,
                    message: format!("`{kind}` is an attribute here, a block is expected"),
                    help: Some(format!("write `{kind} … {{ … }}` without `=`")),
                    at,
                });
                continue;
            }
        };
        for b in found {
            if b.labels.len() == *labels {
                out.push(b);
            } else {
                notes.push(Note {
                    kind: NoteKind::Error,
                    message: format!(
                        "a `{kind}` block needs {labels} labels, this one has {}",
                        b.labels.len()
                    ),
                    help: None,
                    at,
                });
            }
        }
    }
    out
}

fn required_provider(a: &Argument<'_>) -> RequiredProvider {
    let (mut source, mut version) = (None, None);
    match &a.expr.unparen().kind {
        ExprKind::Object(items) => {
            for item in items {
                let key = match &item.key {
                    ObjectKey::Name(n) => Some(&*n.text),
                    ObjectKey::Expr(e) => e.as_literal_str(),
                };
                match key {
                    Some("source") => source = item.value.as_literal_str(),
                    Some("version") => version = item.value.as_literal_str(),
                    _ => {}
                }
            }
        }
        _ => version = a.expr.as_literal_str(),
    }
    let source = match source.map(|s| s.split('/').collect::<Vec<_>>()) {
        Some(p) if p.len() == 3 => p.join("/").to_lowercase(),
        Some(p) if p.len() == 2 => format!("registry.terraform.io/{}", p.join("/").to_lowercase()),
        Some(p) => format!("registry.terraform.io/hashicorp/{}", p.join("/").to_lowercase()),
        None => format!("registry.terraform.io/hashicorp/{}", a.name),
    };
    RequiredProvider { source: source.into(), version: version.map(Arc::from) }
}
