//! Which providers are the AWS provider under another name.

/// How a provider is related to the one whose schema is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kin {
    /// It is that provider, maybe from another registry.
    Same,
    /// Somebody else's provider of this name: most is as there, but nothing is certain of what is not written.
    Fork,
    /// Another provider.
    Other,
}

/// Registries to which anybody may publish; on others a namespace says nothing of who made the provider.
const PUBLIC: [&str; 2] = ["registry.terraform.io", "registry.opentofu.org"];
/// Namespaces in which the provider itself is published; `-` is that of states of Terraform 0.12.
const OWN: [&str; 3] = ["hashicorp", "opentofu", "-"];

/// How the provider of a full source address is related to the AWS provider.
pub fn kin(source: &str) -> Kin {
    let parts: Vec<&str> = source.split('/').collect();
    let [host, namespace, name] = parts.as_slice() else { return Kin::Other };
    let (host, namespace) = (host.to_lowercase(), namespace.to_lowercase());
    match name.to_lowercase().as_str() {
        "aws" if OWN.contains(&namespace.as_str()) || !PUBLIC.contains(&host.as_str()) => Kin::Same,
        "aws" => Kin::Fork,
        _ => Kin::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kin, kin};

    #[test]
    fn mirrors_are_the_provider_and_forks_are_none() {
        for same in [
            "registry.terraform.io/hashicorp/aws",
            "registry.opentofu.org/hashicorp/aws",
            "registry.terraform.io/opentofu/aws",
            "registry.opentofu.org/opentofu/aws",
            "registry.terraform.io/-/aws",
            "registry.corp.example/hashicorp/aws",
            "registry.corp.example:8443/mirror/aws",
            "Registry.Terraform.io/HashiCorp/AWS",
        ] {
            assert_eq!(kin(same), Kin::Same, "{same}");
        }
        for fork in ["registry.terraform.io/acme/aws", "registry.opentofu.org/acme/aws"] {
            assert_eq!(kin(fork), Kin::Fork, "{fork}");
        }
        for other in
            ["registry.terraform.io/hashicorp/awscc", "registry.terraform.io/hashicorp/google", "aws", ""]
        {
            assert_eq!(kin(other), Kin::Other, "{other}");
        }
    }
}
