//! `lifecycle` blocks and `depends_on`: what they take is read before anything has a value.

use std::collections::BTreeSet;

use trueline_hcl::{Expr, ExprKind, TemplatePart};
use trueline_model::{Mode, NoteKind};
use trueline_text::Location;

use super::super::World;
use crate::content::{Argument, Content, Declaration, Nested};
use crate::module::{ModuleConfig, ResourceKey};
use crate::references::{self, Reference};

/// What may stand in a `lifecycle` block; the last three are OpenTofu's and of newer versions.
const LIFECYCLE: [&str; 10] = [
    "create_before_destroy",
    "prevent_destroy",
    "ignore_changes",
    "replace_triggered_by",
    "precondition",
    "postcondition",
    "//",
    "enabled",
    "destroy",
    "action_trigger",
];

impl World<'_> {
    pub(super) fn check_lifecycle(
        &mut self,
        config: &ModuleConfig<'_>,
        key: &ResourceKey,
        d: &Declaration<'_>,
    ) {
        let what = match key.mode {
            Mode::Managed => format!("`{}.{}`", key.kind, key.name),
            Mode::Data => format!("`data.{}.{}`", key.kind, key.name),
        };
        let blocks = d.content.blocks("lifecycle", 0);
        if let Some(second) = blocks.get(1) {
            let at = Location { file: second.file, span: second.head };
            self.refuse(format!("{what} has two `lifecycle` blocks"), "write all of it into one", at);
        }
        for block in blocks {
            let content = block.content();
            self.check_names(&content, &LIFECYCLE, &format!("the `lifecycle` block of {what}"));
            for kind in ["precondition", "postcondition"] {
                content.blocks(kind, 0).iter().for_each(|b| self.check_condition(b, &what));
            }
            if key.mode == Mode::Data {
                self.check_data(&content, &what);
                continue;
            }
            for flag in ["create_before_destroy", "prevent_destroy"] {
                let Some(a) = content.argument(flag).copied() else { continue };
                if let Some(wrong) = not_constant(a.expr) {
                    self.refuse_expression(config, flag, wrong, &what, &a);
                } else if matches!(a.expr.unparen().kind, ExprKind::Null | ExprKind::Number(_)) {
                    let message = format!("`{flag}` of {what} is neither true nor false");
                    self.refuse(message, "write `true` or `false`", a.at());
                }
            }
            if let Some(a) = content.argument("ignore_changes").filter(|a| !a.json).copied() {
                let e = a.expr.unparen();
                let all = matches!(&e.kind, ExprKind::Variable(name) if &**name == "all");
                if !all && !matches!(e.kind, ExprKind::Tuple(_)) {
                    let message = format!("`ignore_changes` of {what} is no list that is written out");
                    self.refuse(message, "write `[name, …]`, or `all`", a.at());
                }
                self.check_ignored(config, key, d, &a, &what);
            }
            if let Some(a) = content.argument("replace_triggered_by").copied() {
                self.check_references(config, &a, &what);
                let mut named = BTreeSet::new();
                references::of_expr(a.expr, &mut named);
                let managed = |r: &Reference| matches!(r, Reference::Resource(k) if k.mode == Mode::Managed);
                if !named.iter().all(managed) {
                    let message = format!("`replace_triggered_by` of {what} takes resources only");
                    self.refuse(
                        message,
                        "wrap the value in a `terraform_data` resource, and name that",
                        a.at(),
                    );
                }
            }
        }
        self.check_depends_on(config, &d.content, &what);
    }

    pub(super) fn check_depends_on(&mut self, config: &ModuleConfig<'_>, content: &Content<'_>, what: &str) {
        let Some(a) = content.argument("depends_on").copied() else { return };
        let ExprKind::Tuple(items) = &a.expr.unparen().kind else {
            if !a.json {
                let message = format!("`depends_on` of {what} is no list that is written out");
                self.refuse(message, "write `[…]` around what it names", a.at());
            }
            return;
        };
        self.check_references(config, &a, what);
        for e in items.iter().filter(|e| is_attribute(e)) {
            let message =
                format!("`depends_on` of {what} names an attribute: it takes whole resources and modules");
            let at = Location { file: a.file, span: e.span };
            self.refuse(message, "leave the attribute away", at);
        }
    }

    /// A data source has nothing that could be destroyed or ignored.
    fn check_data(&mut self, content: &Content<'_>, what: &str) {
        for name in ["create_before_destroy", "prevent_destroy", "ignore_changes", "replace_triggered_by"] {
            if let Some(a) = content.argument(name).copied() {
                let message = format!("`{name}` has no meaning in {what}: only resources have it");
                self.refuse(message, "remove it", Location { file: a.file, span: a.name_span });
            }
        }
    }

    /// A condition needs what it asks for, and what is said where it is not so.
    pub(super) fn check_condition(&mut self, block: &Nested<'_>, what: &str) {
        for name in ["condition", "error_message"] {
            if block.content().argument(name).is_none() {
                let message = format!("a `{}` of {what} has no `{name}`", block.kind);
                let help = format!("add `{name} = …`");
                self.refuse(message, &help, Location { file: block.file, span: block.head });
            }
        }
    }

    /// Names in `ignore_changes` that are no arguments of the type, where all versions that may be run have the same.
    fn check_ignored(
        &mut self,
        config: &ModuleConfig<'_>,
        key: &ResourceKey,
        d: &Declaration<'_>,
        a: &Argument<'_>,
        what: &str,
    ) {
        let ExprKind::Tuple(items) = &a.expr.unparen().kind else { return };
        let source = config.provider_source(&crate::plan_json::provider_name(key, d));
        let provider = trueline_provider::schema::provider(&source)
            .filter(|_| crate::breach::admits_exact(self, &source));
        let Some(schema) = provider.and_then(|p| p.resource(&key.kind)) else { return };
        for e in items {
            let mut base = e.unparen();
            while let ExprKind::GetAttr(inner, _)
            | ExprKind::Index(inner, _)
            | ExprKind::LegacyIndex(inner, _) = &base.kind
            {
                base = inner;
            }
            let ExprKind::Variable(name) = &base.kind else { continue };
            if !schema.attributes.contains_key(name) && !schema.blocks.contains_key(name) {
                let message = format!("`ignore_changes` of {what} names `{name}`, which it does not have");
                let at = Location { file: a.file, span: e.span };
                self.refuse(message, "correct the name, or remove it", at);
            }
        }
    }

    /// OpenTofu takes an expression in `prevent_destroy` from 1.12 on.
    fn refuse_expression(
        &mut self,
        config: &ModuleConfig<'_>,
        flag: &str,
        wrong: &str,
        what: &str,
        a: &Argument<'_>,
    ) {
        let opentofu = flag == "prevent_destroy";
        if opentofu && config.is_for_opentofu {
            return;
        }
        let message =
            format!("`{flag}` of {what} takes no {wrong}: Terraform reads it before anything has a value");
        let (kind, help) = match opentofu && self.short_circuits {
            true => (NoteKind::Warning, "write `true` or `false`; only OpenTofu takes more, from 1.12 on"),
            false => (NoteKind::Error, "write `true` or `false`"),
        };
        self.notes.add(kind, message, Some(help.to_owned()), Some(a.at()));
    }

    /// References that are never evaluated have to lead somewhere all the same.
    pub(super) fn check_references(&mut self, config: &ModuleConfig<'_>, a: &Argument<'_>, what: &str) {
        if self.parsed.run.get(&config.dir).is_some_and(|r| r.open.is_some()) {
            return; // what Terragrunt writes may declare it
        }
        let mut named = BTreeSet::new();
        references::of_expr(a.expr, &mut named);
        for reference in named {
            let missing = match reference {
                Reference::Resource(key) if !config.resources.contains_key(&key) => match key.mode {
                    Mode::Managed => format!("{}.{}", key.kind, key.name),
                    Mode::Data => format!("data.{}.{}", key.kind, key.name),
                },
                Reference::Module(name, _) if !config.calls.contains_key(&name) => format!("module.{name}"),
                _ => continue,
            };
            let message =
                format!("`{}` of {what} names `{missing}`, which is not declared in this module", a.name);
            self.refuse(message, "remove it, or correct the name", a.at());
        }
    }

    /// Arguments and blocks that a block does not have.
    pub(super) fn check_names(&mut self, content: &Content<'_>, known: &[&str], what: &str) {
        let arguments = content.arguments().map(|a| (a.name, Location { file: a.file, span: a.name_span }));
        let blocks = content.native_blocks().map(|b| (b.kind, Location { file: b.file, span: b.head }));
        for (name, at) in arguments.chain(blocks).filter(|(name, _)| !known.contains(name)) {
            let near = crate::breach::nearest(name, known);
            let message = format!("{what} has no `{name}`");
            let help = near.map_or_else(|| "remove it".to_owned(), |n| format!("did you mean `{n}`?"));
            self.refuse(message, &help, at);
        }
    }
}

/// True for an attribute of a resource that `depends_on` names.
fn is_attribute(e: &Expr) -> bool {
    let mut names = 0;
    let mut at = e.unparen();
    loop {
        match &at.kind {
            ExprKind::GetAttr(inner, _) => {
                names += 1;
                at = inner;
            }
            ExprKind::Index(inner, _) | ExprKind::LegacyIndex(inner, _) => at = inner,
            ExprKind::Variable(root) => {
                return match &**root {
                    "data" | "resource" => names > 2,
                    "module" | "var" | "local" | "each" | "count" | "path" | "terraform" | "self"
                    | "ephemeral" => false,
                    _ => names > 1,
                };
            }
            _ => return false,
        }
    }
}

/// What in an expression needs something that has a value.
fn not_constant(e: &Expr) -> Option<&'static str> {
    match &e.kind {
        ExprKind::Variable(_) | ExprKind::GetAttr(..) | ExprKind::Index(..) | ExprKind::Splat(_) => {
            Some("reference")
        }
        ExprKind::Call(_) => Some("function"),
        ExprKind::Parens(inner) | ExprKind::Unary(_, inner) => not_constant(inner),
        ExprKind::Binary(_, a, b) => not_constant(a).or_else(|| not_constant(b)),
        ExprKind::Conditional(a, b, c) => [a, b, c].into_iter().find_map(|e| not_constant(e)),
        ExprKind::Template(t) => t.parts.iter().find_map(|p| match p {
            TemplatePart::Interpolation(e) => not_constant(e),
            _ => None,
        }),
        _ => None,
    }
}
