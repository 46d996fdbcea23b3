//! What else than the configuration says which version is used: `.terraform.lock.hcl`.

use std::collections::BTreeMap;

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

#[cfg(test)]
mod tests {
    use super::read_lock;

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
}
