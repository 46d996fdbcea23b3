//! Terragrunt: which directories a unit runs, and what it writes into them before Terraform starts there.
//!
//! What enters: the directory of a `terragrunt.hcl`. What leaves: a [`Unit`]. Only what stands there is read: expressions of
//! Terragrunt are not evaluated, and what hangs on one is left open.

use std::collections::BTreeSet;

use trueline_hcl::{Body, Expr, ExprKind, File, TemplatePart};
use trueline_text::{FileId, Files};

use crate::content::Content;
use crate::module::{ModuleConfig, ModuleFile};
use crate::parsed::{FileKind, MAX_FILE, join, local_path};

/// The configuration of a unit.
pub(crate) const CONFIG: &str = "terragrunt.hcl";
/// Names of the file that units include, where they do not say which.
const INCLUDED: [&str; 2] = [CONFIG, "root.hcl"];
/// Stands for what an expression makes: a number is right wherever text, a number or an element is.
const PLACEHOLDER: &str = "770077007700";
/// Blocks that declare nothing that an expression may name.
const NAMELESS: [&str; 2] = ["terraform", "provider"];

/// What one unit does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Directories that its source may mean, besides its own.
    pub sources: BTreeSet<String>,
    /// The files that it writes.
    pub writes: Vec<Write>,
    /// Constraints for providers in what it writes: sources and constraints.
    pub constraints: Vec<(String, String)>,
}

/// A file that it writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Write {
    /// Its path from the directory that is run; the path of the unit's own file where it is not decided.
    pub path: String,
    /// Its text; none if that is not decided here.
    pub text: Option<String>,
}

/// What is known of a written text.
enum Text {
    Known(String),
    /// The text with a placeholder for each expression.
    Outline(String),
    Open,
}

impl Unit {
    /// Reads the unit of a directory; none if there is none.
    pub fn read(files: &dyn Files, dir: &str) -> Option<Self> {
        let own = text_of(files, &join(dir, CONFIG), dir)?;
        let tree = trueline_hcl::parse(&own);
        let mut unit = Self::default();
        for block in tree.body.blocks_of("terraform") {
            let source = block.body.attributes().find(|a| &*a.name.text == "source");
            unit.sources.extend(source.iter().flat_map(|a| sources(dir, &a.expr)));
        }
        unit.add(files, &tree, dir, dir);
        let mut above = Vec::new();
        for block in tree.body.blocks_of("include") {
            let path = block.body.attributes().find(|a| &*a.name.text == "path");
            match path.and_then(|a| included(files, dir, &a.expr)) {
                Some(path) => above.push(path),
                // What stands there may write anything.
                None => unit.writes.push(Write { path: join(dir, CONFIG), text: None }),
            }
        }
        if tree.body.blocks_of("include").next().is_none() {
            above.extend(nearest_above(files, dir, &INCLUDED));
        }
        for path in above {
            if let Some(text) = text_of(files, &path, dir) {
                let holder = path.rsplit_once('/').map_or(".", |(parent, _)| parent);
                unit.add(files, &trueline_hcl::parse(&text), holder, dir);
            }
        }
        Some(unit)
    }

    /// Adds what the `generate` blocks of a file write.
    fn add(&mut self, files: &dyn Files, tree: &File, holder: &str, dir: &str) {
        for block in tree.body.blocks_of("generate") {
            let value = |name: &str| block.body.attributes().find(|a| &*a.name.text == name).map(|a| &a.expr);
            let name = value("path").and_then(Expr::as_literal_str);
            if name.is_some_and(|n| FileKind::of(n).is_none()) {
                continue;
            }
            let mut write = |text| {
                let path = name.map_or_else(|| join(dir, CONFIG), str::to_owned);
                self.writes.push(Write { path, text });
            };
            match value("contents").map_or(Text::Open, |e| contents(files, e, [holder, dir])) {
                Text::Known(text) => {
                    let tree = trueline_hcl::parse(&text);
                    write(Some(text));
                    constraints(&tree, &mut self.constraints);
                }
                Text::Outline(text) => {
                    let tree = trueline_hcl::parse(&text);
                    if !tree.errors.is_empty() || !is_nameless(&tree.body) {
                        write(None);
                    }
                    constraints(&tree, &mut self.constraints);
                }
                Text::Open => write(None),
            }
        }
        // All of it at once, made by an expression.
        if tree.body.attributes().any(|a| &*a.name.text == "generate") {
            self.writes.push(Write { path: join(dir, CONFIG), text: None });
        }
    }
}

fn is_nameless(body: &Body) -> bool {
    body.attributes().next().is_none() && body.blocks().all(|b| NAMELESS.contains(&&*b.kind.text))
}

/// The text of a file that the configuration of a directory may read.
fn text_of(files: &dyn Files, path: &str, dir: &str) -> Option<String> {
    let bytes = files.within(path, dir).then(|| files.read(path).ok()).flatten()?;
    String::from_utf8(bytes.to_vec()).ok().filter(|text| text.len() <= MAX_FILE)
}

/// The local directories that a source may mean: all that stand in its expression. `//` only says how much is copied.
fn sources(dir: &str, e: &Expr) -> Vec<String> {
    literals(e).into_iter().filter_map(|s| local_path(dir, &s.replace("//", "/"))).collect()
}

/// The file that an `include` block names.
fn included(files: &dyn Files, dir: &str, e: &Expr) -> Option<String> {
    if let Some(path) = e.as_literal_str() {
        return Some(join(dir, path)).filter(|p| files.is_file(p));
    }
    let ExprKind::Call(call) = &e.unparen().kind else { return None };
    if &*call.name.text != "find_in_parent_folders" {
        return None;
    }
    match call.args.first() {
        None => nearest_above(files, dir, &INCLUDED),
        Some(name) => nearest_above(files, dir, &[name.as_literal_str()?]),
    }
}

/// The nearest file of one of these names above a directory.
fn nearest_above(files: &dyn Files, dir: &str, names: &[&str]) -> Option<String> {
    let mut above = dir.to_owned();
    while above != "." && above != "/" && !above.ends_with("..") {
        above = above.rsplit_once('/').map_or(".", |(parent, _)| parent).to_owned();
        let found = names.iter().map(|n| join(&above, n)).find(|p| files.is_file(p));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// What is written: a text, the text of a file that lies in one of these directories, or what only Terragrunt decides.
fn contents(files: &dyn Files, e: &Expr, dirs @ [_, dir]: [&str; 2]) -> Text {
    if let Some(text) = e.as_literal_str() {
        return Text::Known(text.to_owned());
    }
    match &e.unparen().kind {
        ExprKind::Call(call) if &*call.name.text == "file" => {
            let path = call.args.first().and_then(Expr::as_literal_str);
            let found = path.and_then(|p| dirs.iter().find_map(|d| text_of(files, &join(d, p), dir)));
            found.map_or(Text::Open, Text::Known)
        }
        ExprKind::Template(t) => {
            let mut out = String::new();
            for part in &t.parts {
                match part {
                    TemplatePart::Text { value, .. } => out.push_str(value),
                    TemplatePart::Interpolation(_) => out.push_str(PLACEHOLDER),
                    _ => return Text::Open,
                }
            }
            Text::Outline(out)
        }
        _ => Text::Open,
    }
}

/// All texts in an expression, at any depth.
fn literals(e: &Expr) -> Vec<&str> {
    let (mut out, mut todo) = (Vec::new(), vec![e]);
    while let Some(e) = todo.pop() {
        match e.as_literal_str() {
            Some(text) => out.push(text),
            None => todo.extend(e.below()),
        }
    }
    out
}

fn constraints(file: &File, out: &mut Vec<(String, String)>) {
    let body: &Body = &file.body;
    let content = Content::of_body(FileId(u32::MAX), body);
    let files = [ModuleFile { file: FileId(u32::MAX), content, overrides: false }];
    let config = ModuleConfig::new("".into(), &files, false, &mut Vec::new());
    let decided = |v: &&str| !v.contains(PLACEHOLDER);
    for r in config.required_providers.values() {
        out.extend(r.version.as_deref().filter(decided).map(|v| (r.source.to_string(), v.to_owned())));
    }
    for p in &config.providers {
        let version = p.declaration.content.literal_str("version").filter(decided);
        out.extend(version.map(|v| (config.provider_source(&p.name).to_string(), v.to_owned())));
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Arc;

    use trueline_text::{Entry, Memory};

    use super::*;

    /// All of it is one repository.
    struct Repository(Memory);

    impl Files for Repository {
        fn read(&self, path: &str) -> io::Result<Arc<[u8]>> {
            self.0.read(path)
        }
        fn list(&self, path: &str) -> io::Result<Vec<Entry>> {
            self.0.list(path)
        }
        fn is_dir(&self, path: &str) -> bool {
            self.0.is_dir(path)
        }
        fn is_file(&self, path: &str) -> bool {
            self.0.is_file(path)
        }
        fn within(&self, path: &str, _: &str) -> bool {
            !path.starts_with("..")
        }
    }

    fn unit(text: &str) -> Unit {
        let files = Repository(Memory::from_iter([
            (
                "env/root.hcl",
                "generate \"common\" {\n  path     = \"common.tf\"\n  contents = file(\"./common/variables.tf\")\n}\n",
            ),
            ("env/common/variables.tf", "variable \"env\" {}\n"),
            ("env/dev/eks/terragrunt.hcl", text),
        ]));
        Unit::read(&files, "env/dev/eks").unwrap()
    }

    fn aws(constraint: &str) -> (String, String) {
        ("registry.terraform.io/hashicorp/aws".to_owned(), constraint.to_owned())
    }

    #[test]
    fn texts_that_stand_there_and_files_are_read() {
        let unit = unit(
            "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\n\
             generate \"a\" {\n  path     = \"a.tf\"\n  contents = <<EOF\nvariable \"a\" {}\nEOF\n}\n",
        );
        let text =
            |name: &str| unit.writes.iter().find(|w| w.path == name).and_then(|w| w.text.clone()).unwrap();
        assert_eq!(text("a.tf"), "variable \"a\" {}\n");
        assert_eq!(text("common.tf"), "variable \"env\" {}\n");
        assert_eq!(unit.writes.len(), 2);
    }

    #[test]
    fn what_an_expression_makes_is_open_where_it_may_declare_names() {
        let generate = |contents: &str| {
            let text = format!("generate \"x\" {{\n  path     = \"x.tf\"\n  contents = {contents}\n}}\n");
            unit(&format!("include {{\n  path = \"../../root.hcl\"\n}}\n{text}"))
        };
        let open = |unit: &Unit| unit.writes.iter().any(|w| w.text.is_none());
        assert!(open(&generate("local.env == \"dev\" ? file(\"a\") : file(\"b\")")));
        assert!(open(&generate("file(\"not/there.tf\")")));
        assert!(open(&generate("<<EOF\nvariable \"${local.name}\" {}\nEOF")));
        assert!(open(&generate("<<EOF\n${local.all}\nEOF")));
        let provider = generate(
            "<<EOF\nterraform {\n  required_providers {\n    aws = {\n      source  = \"hashicorp/aws\"\n      version = \"6.15.0\"\n    }\n  }\n}\nprovider \"aws\" {\n  region  = \"${local.region}\"\n  version = \"${local.version}\"\n}\nEOF",
        );
        assert!(!open(&provider));
        assert_eq!(provider.constraints, [aws("6.15.0")]);
        assert!(open(&unit("include {\n  path = local.parent\n}\n")));
    }

    #[test]
    fn the_directories_that_a_source_may_mean_are_found() {
        let unit = unit(
            "terraform {\n  source = \"${local.live ? \"git::https://example.com/m//aws/eks\" : \"../../../aws//eks\"}\"\n}\n",
        );
        assert_eq!(unit.sources, BTreeSet::from(["aws/eks".to_owned()]));
    }

    #[test]
    fn constraints_of_generated_blocks_are_read() {
        let text = "generate \"versions\" {\n  path      = \"versions.tf\"\n  if_exists = \"overwrite\"\n  contents  = <<EOF\nterraform {\n  required_providers {\n    aws = {\n      source  = \"hashicorp/aws\"\n      version = \"~> 3.70\"\n    }\n  }\n}\nprovider \"aws\" {\n  version = \"< 3.75\"\n}\nEOF\n}\n";
        assert_eq!(unit(text).constraints, [aws("~> 3.70"), aws("< 3.75")]);
        assert!(unit("inputs = {}\n").constraints.is_empty());
    }
}
