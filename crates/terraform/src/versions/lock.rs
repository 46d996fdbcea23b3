//! What else than the configuration says which version is used: `.terraform.lock.hcl`, and the blocks that Terragrunt
//! writes into a directory before Terraform runs in it.

use std::collections::BTreeMap;

use trueline_hcl::{Body, File};

use crate::content::Content;
use crate::module::{ModuleConfig, ModuleFile};
use trueline_text::FileId;

/// The locked versions, by source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Locks {
    versions: BTreeMap<String, String>,
}

impl Locks {
    /// The locked version of a provider. Terraform and OpenTofu lock the same provider under the name of their own registry.
    pub fn version(&self, source: &str) -> Option<&str> {
        let own = |s: &str| s.split_once('/').map(|(_, rest)| rest.to_owned());
        let found = self.versions.get(source).or_else(|| {
            let mut same = self.versions.iter().filter(|(s, _)| own(s) == own(source));
            same.next().filter(|_| same.next().is_none()).map(|(_, v)| v)
        });
        found.map(String::as_str)
    }
}

/// Reads `.terraform.lock.hcl`; what can't be read locks nothing.
pub(crate) fn read_lock(text: &str) -> Locks {
    let file = trueline_hcl::parse(text);
    let mut versions = BTreeMap::new();
    for block in file.body.blocks_of("provider") {
        let version = block.body.attributes().find(|a| &*a.name.text == "version");
        if let (Some(source), Some(v)) = (block.label(0), version.and_then(|a| a.expr.as_literal_str())) {
            versions.insert(source.to_lowercase(), v.to_owned());
        }
    }
    Locks { versions }
}

/// The constraints in what `generate` blocks of a `terragrunt.hcl` write: sources and constraints.
pub(crate) fn generated_constraints(text: &str) -> Vec<(String, String)> {
    let file = trueline_hcl::parse(text);
    let mut out = Vec::new();
    for block in file.body.blocks_of("generate") {
        let contents = block.body.attributes().find(|a| &*a.name.text == "contents");
        if let Some(written) = contents.and_then(|a| a.expr.as_literal_str()) {
            constraints(&trueline_hcl::parse(written), &mut out);
        }
    }
    out
}

fn constraints(file: &File, out: &mut Vec<(String, String)>) {
    let body: &Body = &file.body;
    let content = Content::of_body(FileId(u32::MAX), body);
    let files = [ModuleFile { file: FileId(u32::MAX), content, overrides: false }];
    let config = ModuleConfig::new("".into(), &files, false, &mut Vec::new());
    for r in config.required_providers.values() {
        out.extend(r.version.iter().map(|v| (r.source.to_string(), v.to_string())));
    }
    for p in &config.providers {
        let version = p.declaration.content.literal_str("version");
        out.extend(version.map(|v| (config.provider_source(&p.name).to_string(), v.to_owned())));
    }
}

#[cfg(test)]
mod tests {
    use super::{generated_constraints, read_lock};

    #[test]
    fn locked_versions_are_found_under_the_names_of_both_registries() {
        let locks = read_lock(
            "provider \"registry.opentofu.org/hashicorp/aws\" {\n  version     = \"5.31.0\"\n  constraints = \"~> 5.0\"\n}\n",
        );
        assert_eq!(locks.version("registry.opentofu.org/hashicorp/aws"), Some("5.31.0"));
        assert_eq!(locks.version("registry.terraform.io/hashicorp/aws"), Some("5.31.0"));
        assert_eq!(locks.version("registry.terraform.io/hashicorp/random"), None);
        assert_eq!(read_lock("provider {").version("registry.terraform.io/hashicorp/aws"), None);
    }

    #[test]
    fn constraints_of_generated_blocks_are_read() {
        let text = "generate \"versions\" {\n  path      = \"versions.tf\"\n  if_exists = \"overwrite\"\n  contents  = <<EOF\nterraform {\n  required_providers {\n    aws = {\n      source  = \"hashicorp/aws\"\n      version = \"~> 3.70\"\n    }\n  }\n}\nprovider \"aws\" {\n  version = \"< 3.75\"\n}\nEOF\n}\n";
        let aws = "registry.terraform.io/hashicorp/aws".to_owned();
        assert_eq!(
            generated_constraints(text),
            [(aws.clone(), "~> 3.70".to_owned()), (aws, "< 3.75".to_owned())]
        );
        assert!(generated_constraints("inputs = {}\n").is_empty());
    }
}
