//! Which bytes of the sources spell a sensitive value: no snippet and no diff context may show them.
//!
//! Enters: evaluated plans and syntax trees. Leaves: sorted locations: the literals that a secret is made of, not the
//! expressions around them. A value that is sensitive since a part of it is makes no secret of its other parts; what stands
//! in an argument that the schema calls sensitive is a secret in all its parts. Rather too many than too few.

mod unread;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trueline_hcl::trail;
use trueline_model::{Kind, Mode, Origin, Plan, Resource, Value, Via};
use trueline_provider::schema::{self, BlockSchema};
use trueline_terraform::Parsed;
use trueline_text::Location;

use written::Declared;

/// Most steps of one value's way that are looked at: what is beyond is the same few literals again.
const MAX_STEPS: usize = 10_000;

/// All places that spell a sensitive value.
pub fn masked(plans: &[Plan], parsed: &Parsed) -> Vec<Location> {
    let declared = Declared::find(parsed);
    let mut walk = Walk { parsed, declared: &declared, out: BTreeSet::new() };
    for plan in plans {
        for r in plan.resources.iter().chain(&plan.data) {
            let schema = schema_of(r);
            walk.block(&r.values, schema.as_deref());
        }
        plan.handed.iter().for_each(|h| walk.block(&h.values, None));
    }
    let mut out = walk.out;
    out.extend(written::places(parsed, plans, &declared));
    out.extend(unread::places(parsed));
    out.into_iter().collect()
}

fn schema_of(r: &Resource) -> Option<Arc<BlockSchema>> {
    let provider = schema::provider(&r.provider.source)?;
    match r.address.mode {
        Mode::Managed => provider.resource(&r.address.kind),
        Mode::Data => provider.data_source(&r.address.kind),
    }
}

struct Walk<'a> {
    parsed: &'a Parsed,
    declared: &'a Declared,
    out: BTreeSet<Location>,
}

impl Walk<'_> {
    /// The arguments of a block, of a list of blocks, or of a nested attribute.
    fn block(&mut self, value: &Value, schema: Option<&BlockSchema>) {
        let Some(schema) = schema else { return self.value(value, false) };
        match &value.kind {
            Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => {
                items.iter().for_each(|i| self.block(i, Some(schema)));
            }
            Kind::Map(_, m) if schema.attributes.is_empty() => m.values().for_each(|v| self.value(v, false)),
            Kind::Map(_, m) => m.values().for_each(|v| self.block(v, Some(schema))),
            Kind::Object(m) => {
                for (name, v) in m.iter() {
                    if let Some(a) = schema.attributes.get(name) {
                        match &a.nested {
                            Some(n) if !a.sensitive => self.block(v, Some(&n.object)),
                            _ => self.value(v, a.sensitive),
                        }
                    } else {
                        self.block(v, schema.blocks.get(name).map(|b| &*b.block));
                    }
                }
            }
            _ => self.value(value, false),
        }
    }

    /// A value, `secret` where the place it stands in is.
    fn value(&mut self, root: &Value, secret: bool) {
        let mut stack = vec![root];
        while let Some(v) = stack.pop() {
            // What an output hides is no secret where it goes to, but the literal behind it may be one.
            if (secret || v.is_secret() || self.declared.has_outputs())
                && let Some(o) = &v.origin
            {
                self.origin(o, secret);
            }
            stack.extend(v.document.as_deref());
            match &v.kind {
                Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => stack.extend(items.iter()),
                Kind::Map(_, m) | Kind::Object(m) => stack.extend(m.values()),
                _ => {}
            }
        }
    }

    /// The literals that a value is made of: all if it is `secret`, else those behind a step that makes a secret of it.
    fn origin(&mut self, origin: &Origin, secret: bool) {
        let mut stack = vec![(origin, secret)];
        let mut steps = 0usize;
        while let Some((o, above)) = stack.pop() {
            steps += 1;
            if steps > MAX_STEPS {
                return;
            }
            let secret = above || self.declared.makes_secret(self.parsed, o);
            if secret {
                self.written(o);
            }
            stack.extend(o.inputs.iter().map(|i| (&**i, secret)));
        }
    }

    /// What an expression spells out itself. A text that is no expression of a file (a part of a document, a value of the
    /// command line) is hidden as a whole.
    fn written(&mut self, step: &Origin) {
        if !matches!(
            step.via,
            Via::Literal | Via::Operator | Via::Function(_) | Via::Condition | Via::Document
        ) {
            return;
        }
        let at = step.at;
        let tree = self.parsed.trees.get(&at.file);
        match tree.and_then(|t| trail::expr(t, at.span)) {
            Some(e) => self.out.extend(e.written().into_iter().map(|span| Location { file: at.file, span })),
            None if matches!(step.via, Via::Literal) => {
                self.out.insert(at);
            }
            None => {}
        }
    }
}

/// Directory of a path.
fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or(".", |(d, _)| d)
}

/// Names by directory.
type Names = BTreeMap<Arc<str>, BTreeSet<Arc<str>>>;

#[cfg(test)]
mod tests {
    use super::*;
    use trueline_terraform::{Inputs, plan};
    use trueline_text::Memory;

    /// What of these files is masked, sorted.
    fn hidden(files: &[(&str, &str)]) -> Vec<String> {
        let files: Memory = files.iter().copied().collect();
        let parsed = Parsed::load(&files, &[".".to_owned()]);
        let plans = [plan(&files, &parsed, ".", &Inputs::default())];
        let mut out: Vec<String> = masked(&plans, &parsed)
            .iter()
            .map(|at| parsed.sources.get(at.file).unwrap().slice(at.span).to_owned())
            .collect();
        out.sort();
        out.dedup();
        out
    }

    #[test]
    fn the_secret_is_hidden_and_what_stands_around_it_is_not() {
        let db = |line: &str| {
            format!("resource \"aws_db_instance\" \"d\" {{\n  engine = \"postgres\"\n  {line}\n}}\n")
        };
        let policy = |resource: &str| {
            format!(
                "data \"aws_ssm_parameter\" \"p\" {{\n  name = \"/p\"\n}}\nresource \"aws_iam_policy\" \"x\" {{\n  policy = \
                 jsonencode({{ Statement = [{{ Action = \"*\", Resource = {resource} }}] }})\n}}\n"
            )
        };
        for (what, text, want) in [
            ("a literal where the schema is sensitive", db("password = \"hunter2\""), vec!["\"hunter2\""]),
            ("what is no secret", db("username = \"admin\""), vec![]),
            ("a misspelt argument", db("passwrod = \"hunter2\""), vec!["\"hunter2\""]),
            ("a misspelt argument that is no secret", db("allocated_storag = 50"), vec![]),
            ("a name that no schema has", db("admin_password = \"hunter2\""), vec!["\"hunter2\""]),
            ("an argument that can't be read", db("password: \"hunter2\""), vec!["\"hunter2\""]),
            ("what can't be read and is no secret", db("username: \"admin\""), vec![]),
            (
                "a block that is not closed",
                "resource \"aws_db_instance\" \"d\" {\n  password = \"hunter2\"\n\nresource \"a\" \"b\" {\n}\n".to_owned(),
                vec!["\"hunter2\""],
            ),
            ("parts of a template", db("password = \"a${var.x}b\""), vec!["a", "b"]),
            ("arguments of a function", db("password = join(\"-\", [\"a\", var.x])"), vec!["\"-\"", "\"a\""]),
            (
                "a condition is none",
                db("password = var.env == \"prod\" ? \"a\" : \"b\""),
                vec!["\"a\"", "\"b\""],
            ),
            (
                "a local on the way",
                [db("password = local.pw"), "locals {\n  pw = \"hunter2\"\n  other = \"x\"\n}\n".into()].concat(),
                vec!["\"hunter2\""],
            ),
            (
                "a type that does not exist",
                "resource \"aws_db_instanc\" \"d\" {\n  password = \"hunter2\"\n  engine = \"x\"\n}\n".to_owned(),
                vec!["\"hunter2\""],
            ),
            (
                "a type without instance",
                "resource \"aws_db_instance\" \"d\" {\n  count = 0\n  password = \"hunter2\"\n}\n".to_owned(),
                vec!["\"hunter2\""],
            ),
            ("a secret in a policy", policy("data.aws_ssm_parameter.p.value"), vec![]),
            ("a secret in a template of a policy", policy("\"arn:${data.aws_ssm_parameter.p.value}/*\""), vec![]),
            (
                "sensitive() in a policy",
                policy("sensitive(\"arn:secret\")"),
                vec!["\"arn:secret\""],
            ),
            (
                "sensitive() of a local",
                "locals {\n  a = \"pw\"\n  b = sensitive(local.a)\n}\nresource \"aws_sqs_queue\" \"q\" {\n  name = \
                 local.b\n}\n"
                    .to_owned(),
                vec!["\"pw\""],
            ),
            (
                "a sensitive variable",
                "variable \"v\" {\n  default = \"pw\"\n  sensitive = true\n}\nresource \"aws_sqs_queue\" \"q\" {\n  name = \
                 \"queue-${var.v}\"\n}\n"
                    .to_owned(),
                vec!["\"pw\""],
            ),
            (
                "an ephemeral variable",
                "variable \"v\" {\n  default = \"pw\"\n  ephemeral = true\n}\n".to_owned(),
                vec!["\"pw\""],
            ),
            ("an argument of the provider", "provider \"aws\" {\n  secret_key = \"k\"\n  region = \"r\"\n}\n".to_owned(), vec!["\"k\""]),
            (
                "a sensitive output",
                "output \"o\" {\n  value = \"pw\"\n  sensitive = true\n}\n".to_owned(),
                vec!["\"pw\""],
            ),
        ] {
            assert_eq!(hidden(&[("main.tf", &text)]), want, "{what}");
        }
    }

    #[test]
    fn secrets_are_hidden_where_modules_and_files_give_them() {
        let child = "variable \"pw\" {\n  sensitive = true\n}\nvariable \"name\" {}\nresource \"aws_sqs_queue\" \"q\" {\n  name \
                     = var.name\n}\n";
        let root = "module \"m\" {\n  source = \"./m\"\n  pw = \"hunter2\"\n  name = \"jobs\"\n}\n";
        assert_eq!(hidden(&[("main.tf", root), ("m/main.tf", child)]), ["\"hunter2\""]);
        let variables = "variable \"a\" {\n  sensitive = true\n}\nvariable \"b\" {}\n";
        assert_eq!(
            hidden(&[("main.tf", variables), ("terraform.tfvars", "a = \"pw\"\nb = \"x\"\n")]),
            ["\"pw\""]
        );
        let output =
            "locals {\n  pw = \"hunter2\"\n}\noutput \"o\" {\n  value = local.pw\n  sensitive = true\n}\n";
        let uses = "module \"m\" {\n  source = \"./m\"\n}\nresource \"aws_sqs_queue\" \"q\" {\n  name = module.m.o\n}\n";
        assert_eq!(hidden(&[("main.tf", uses), ("m/main.tf", output)]), ["\"hunter2\""]);
        let json = r#"{"resource": {"aws_db_instance": {"d": {"password": "hunter2", "engine": "mysql"}}}}"#;
        assert_eq!(hidden(&[("main.tf.json", json)]), ["\"hunter2\""]);
    }
}
