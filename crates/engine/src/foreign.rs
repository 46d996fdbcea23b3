//! Policies that are about something else than Terraform: of Kubernetes, say, for a gate of its own.
//!
//! Such a folder passes on every module, which must not be taken for an answer. Enters: the texts of policies. Leaves: whether
//! all that they read of `input` is nothing that a plan has. Where that is not certain, they are taken to look at plans.

use trueline_rego::PolicyFile;

/// What a plan has at its top, as `terraform show -json` prints it.
const PLAN: [&str; 15] = [
    "applyable",
    "checks",
    "complete",
    "configuration",
    "deferred_changes",
    "errored",
    "format_version",
    "output_changes",
    "planned_values",
    "prior_state",
    "relevant_attributes",
    "resource_changes",
    "resource_drift",
    "terraform_version",
    "variables",
];

/// True if the policies read `input`, and nothing of it that a plan has, nor what is known of resources in `data.trueline`.
pub fn all(policies: &[PolicyFile]) -> bool {
    let mut reads = false;
    for file in policies.iter().filter(|f| !f.path.ends_with("_test.rego")) {
        if file.source.contains("trueline") {
            return false;
        }
        for member in members(&file.source) {
            match member {
                Some(name) if !PLAN.contains(&name) => reads = true,
                _ => return false,
            }
        }
    }
    reads
}

/// The name behind each `input`; none where it is read as a whole or by a name that is computed.
fn members(text: &str) -> impl Iterator<Item = Option<&str>> {
    let code = text.lines().filter(|l| !l.trim_start().starts_with('#'));
    code.flat_map(|line| {
        line.match_indices("input").filter_map(move |(at, word)| {
            let in_word = |c: char| c.is_alphanumeric() || c == '_';
            let before = line.get(..at)?.chars().next_back();
            let rest = line.get(at + word.len()..)?;
            if before.is_some_and(|c| in_word(c) || c == '.') || rest.starts_with(in_word) {
                return None;
            }
            let dotted = rest.strip_prefix('.').and_then(|r| r.split(|c| !in_word(c)).next());
            let quoted = || rest.strip_prefix("[\"").and_then(|r| r.split_once("\"]")).map(|(name, _)| name);
            Some(dotted.or_else(quoted).filter(|name| !name.is_empty()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_reads_something_else_is_foreign() {
        for (text, foreign) in [
            ("deny contains \"x\" if input.kind == \"Pod\"", true),
            ("deny contains \"x\" if input[\"kind\"] == \"Pod\"", true),
            ("# input.resource_changes\ndeny contains \"x\" if input.spec.x", true),
            ("deny contains \"x\" if input.resource_changes[_]", false),
            ("deny contains \"x\" if input.kind\nwarn contains \"y\" if input[\"planned_values\"]", false),
            ("deny contains \"x\" if walk(input, [p, v])", false),
            ("deny contains \"x\" if input[name]", false),
            ("deny contains \"x\" if input.kind == data.trueline.resources.aws_s3_bucket", false),
            ("deny contains \"x\" if data.limits.input.kind > my_input.x", false),
            ("deny contains \"x\" if true", false),
        ] {
            assert_eq!(all(&[PolicyFile::new("p.rego", text.to_owned())]), foreign, "{text}");
        }
        let test = PolicyFile::new("p_test.rego", "test_x if deny with input as {}".to_owned());
        assert!(all(&[test, PolicyFile::new("p.rego", "deny contains 1 if input.kind".to_owned())]));
    }
}
