//! Variables, outputs and what all blocks of a module have in common.

use std::collections::BTreeSet;
use std::sync::Arc;

use trueline_text::Location;

use super::super::World;
use crate::module::ModuleConfig;
use crate::references::{self, Reference};

/// Names that mean something else in a `module` block.
const RESERVED: [&str; 8] =
    ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];
/// What may stand in a `variable` block; the last two are OpenTofu's and of newer versions.
const VARIABLE: [&str; 10] = [
    "type",
    "default",
    "description",
    "sensitive",
    "nullable",
    "ephemeral",
    "validation",
    "//",
    "deprecated",
    "const",
];
/// What may stand in an `output` block.
const OUTPUT: [&str; 9] = [
    "value",
    "description",
    "sensitive",
    "ephemeral",
    "depends_on",
    "precondition",
    "//",
    "deprecated",
    "type",
];

impl World<'_> {
    /// What can be said of a module without knowing any value.
    pub(super) fn check_meta(&mut self, config: &Arc<ModuleConfig<'_>>) {
        if !self.checked.insert(config.dir.clone()) {
            return;
        }
        for (name, v) in &config.variables {
            if RESERVED.contains(&&**name) {
                let message = format!(
                    "no variable can be called `{name}`: a `module` block has an argument of that name"
                );
                self.refuse(message, "rename it", v.at());
            }
            self.check_names(&v.content, &VARIABLE, &format!("variable `{name}`"));
            for block in v.content.blocks("validation", 0) {
                let content = block.content();
                let mut named = BTreeSet::new();
                if let Some((_, e)) = content.expr("condition") {
                    references::of_expr(e, &mut named);
                }
                let at = Location { file: block.file, span: block.head };
                if !named.contains(&Reference::Variable(name.clone())) {
                    let message =
                        format!("a `validation` of variable `{name}` has no condition that looks at it");
                    self.refuse(message, &format!("refer to `var.{name}` in `condition`"), at);
                }
                self.check_condition(&block, &format!("variable `{name}`"));
            }
        }
        for (name, o) in &config.outputs {
            self.check_names(&o.content, &OUTPUT, &format!("output `{name}`"));
            self.check_depends_on(config, &o.content, &format!("output `{name}`"));
            for block in o.content.blocks("precondition", 0) {
                self.check_condition(&block, &format!("output `{name}`"));
            }
        }
        for (name, call) in &config.calls {
            self.check_depends_on(config, &call.content, &format!("module `{name}`"));
        }
        for (key, d) in &config.resources {
            self.check_lifecycle(config, key, d);
        }
        for c in &config.checks {
            for block in c.content.blocks("assert", 0) {
                self.check_condition(&block, &format!("check `{}`", c.name));
            }
        }
        self.check_labels(config);
        self.check_providers(config);
    }

    fn check_labels(&mut self, config: &ModuleConfig<'_>) {
        let blocks = [&config.variables, &config.outputs, &config.calls];
        let named = blocks.into_iter().flatten().map(|(n, d)| (n.clone(), d.at()));
        let of_types =
            config.resources.iter().flat_map(|(k, d)| [(k.kind.clone(), d.at()), (k.name.clone(), d.at())]);
        let wrong: Vec<(Arc<str>, Location)> =
            named.chain(of_types).filter(|(n, _)| !is_identifier(n)).collect();
        for (name, at) in wrong {
            let help = "begin with a letter or `_`, and take letters, digits, `_` and `-`";
            self.refuse(format!("`{name}` can't be a name"), help, at);
        }
    }

    /// Two blocks of one provider and alias.
    fn check_providers(&mut self, config: &ModuleConfig<'_>) {
        let mut seen = BTreeSet::new();
        for p in &config.providers {
            if !seen.insert((&p.name, &p.alias)) {
                let message = match &p.alias {
                    Some(alias) => format!("provider `{}` has two blocks with the alias `{alias}`", p.name),
                    None => format!("provider `{}` has two blocks without an alias", p.name),
                };
                self.refuse(message, "give one of the two another `alias`, or remove it", p.declaration.at());
            }
        }
    }
}

fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}
