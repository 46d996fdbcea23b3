//! What a module directory declares, by names and spelling alone: enough to recognize it somewhere else.
//!
//! What enters: the parsed files of one directory. What leaves: its resources with the arguments that name them in the
//! cloud, its module calls, and where its state lies. Nothing is evaluated here.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Parsed;
use crate::content::Content;
use crate::module::ResourceKey;
use crate::parsed::local_path;
use trueline_model::Mode;

/// Arguments that name a thing in the cloud: with another value it is another thing.
const NAMES: [&str; 11] = [
    "bucket",
    "cluster_id",
    "cluster_identifier",
    "cluster_name",
    "domain_name",
    "function_name",
    "identifier",
    "name",
    "replication_group_id",
    "repository_name",
    "user_name",
];

/// What a directory declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Managed resources by type and label.
    pub resources: BTreeMap<(Arc<str>, Arc<str>), Named>,
    /// Module calls by label, each with the directory it names, or its source where that is no local path.
    pub calls: BTreeMap<Arc<str>, Target>,
    /// How the backend or cloud block that says where the state lies is written; absent without one, and where it says
    /// nothing that tells one state from another.
    pub state: Option<String>,
}

/// The values of arguments that name a resource, as far as they are written out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named(BTreeMap<&'static str, Arc<str>>);

/// What a module call calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A directory.
    Local(Arc<str>),
    /// A source elsewhere.
    Remote(Arc<str>),
}

impl Named {
    /// True if an argument names the two differently: they can't be one thing.
    pub fn differs(&self, other: &Self) -> bool {
        self.0.iter().any(|(k, v)| other.0.get(k).is_some_and(|o| o != v))
    }

    /// True if an argument gives both the same name, and none gives them different ones.
    pub fn agrees(&self, other: &Self) -> bool {
        !self.differs(other) && self.0.iter().any(|(k, v)| other.0.get(k) == Some(v))
    }
}

impl Parsed {
    /// The outline of a directory that was read; empty for another one.
    pub fn outline(&self, dir: &str) -> Outline {
        let dir: Arc<str> = dir.into();
        let config = self.config(&dir, &mut Vec::new());
        let named = |content: &Content<'_>| {
            Named(NAMES.iter().filter_map(|n| Some((*n, content.literal_str(n)?.into()))).collect())
        };
        let managed = |(key, d): (&ResourceKey, &crate::content::Declaration<'_>)| {
            let is = key.mode == Mode::Managed;
            is.then(|| ((key.kind.clone(), key.name.clone()), named(&d.content)))
        };
        let call = |(label, d): (&Arc<str>, &crate::content::Declaration<'_>)| {
            let source = d.content.literal_str("source").unwrap_or_default();
            let target = match local_path(&dir, source) {
                Some(path) => Target::Local(path.into()),
                None => Target::Remote(source.into()),
            };
            (label.clone(), target)
        };
        Outline {
            resources: config.resources.iter().filter_map(managed).collect(),
            calls: config.calls.iter().map(call).collect(),
            state: self.state_of(&dir),
        }
    }

    /// How a directory says where its state lies.
    fn state_of(&self, dir: &str) -> Option<String> {
        let mut found = None;
        for id in self.directories.get(dir)? {
            let Some(tree) = self.trees.get(id) else { continue };
            for terraform in Content::of_body(*id, &tree.body).blocks("terraform", 0) {
                let content = terraform.content();
                let blocks = content.blocks("backend", 1).into_iter().chain(content.blocks("cloud", 0));
                for block in blocks {
                    let mut says: Vec<String> = Vec::new();
                    self.spell(&block.content(), &mut says);
                    says.sort();
                    if !says.is_empty() {
                        found =
                            Some(format!("{} {}: {}", block.kind, block.labels.join(" "), says.join(", ")));
                    }
                }
            }
        }
        found
    }

    fn spell(&self, content: &Content<'_>, out: &mut Vec<String>) {
        for a in content.arguments() {
            let text: String = self
                .text(a.file)
                .get(a.expr.span.start as usize..a.expr.span.end as usize)
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            out.push(format!("{}={text}", a.name));
        }
        for b in content.native_blocks() {
            let mut inside = Vec::new();
            self.spell(&b.content(), &mut inside);
            inside.sort();
            out.push(format!("{}{{{}}}", b.kind, inside.join(",")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trueline_text::Memory;

    fn outline(text: &str) -> Outline {
        let files = Memory::from_iter([("live/main.tf", text)]);
        Parsed::load(&files, &["live".to_owned()]).outline("live")
    }

    #[test]
    fn it_tells_resources_calls_and_the_state() {
        let o = outline(
            r#"
terraform {
  backend "s3" {
    key    = "live"
    bucket = "states"
  }
}
resource "aws_s3_bucket" "b" { bucket = "reports" }
data "aws_s3_bucket" "d" { bucket = "other" }
module "m" { source = "../m" }
module "r" { source = "terraform-aws-modules/vpc/aws" }
"#,
        );
        let kinds: Vec<String> = o.resources.keys().map(|(k, n)| format!("{k}.{n}")).collect();
        assert_eq!(kinds, ["aws_s3_bucket.b"]);
        let calls: Vec<_> = o.calls.values().cloned().collect();
        assert_eq!(
            calls,
            [Target::Local("m".into()), Target::Remote("terraform-aws-modules/vpc/aws".into())]
        );
        assert_eq!(o.state.as_deref(), Some("backend s3: bucket=\"states\", key=\"live\""));
        assert_eq!(outline("terraform {\n  backend \"s3\" {}\n}\n").state, None);
    }

    #[test]
    fn names_decide_only_where_both_are_written_out() {
        let named = |text: &str| {
            let o = outline(&format!("resource \"aws_x\" \"y\" {{\n{text}\n}}\n"));
            o.resources.into_values().next().unwrap()
        };
        let (a, b, none) = (named("name = \"a\""), named("name = \"b\""), named("name = var.n"));
        assert!(a.differs(&b) && !a.agrees(&b));
        assert!(a.agrees(&a) && !a.differs(&a));
        assert!(!a.differs(&none) && !a.agrees(&none));
        let both = named("name = \"a\"\nbucket = \"x\"");
        assert!(!both.agrees(&named("name = \"a\"\nbucket = \"z\"")));
    }
}
