//! What can be read off a policy's text without parsing Rego: package, imports and the `# METADATA` block.
//!
//! Built only on the standard library: the build script reads the pack with it.

/// The head of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Path of the package, e.g. `trueline.rules.aws.s3.unencrypted_bucket`; empty if there is none.
    pub package: String,
    /// Paths imported from `data`, without that word, e.g. `trueline.lib.plan`.
    pub imports: Vec<String>,
    /// Text of the package's annotation, without the `# `; empty if there is none.
    pub metadata: String,
    /// Line of its first line, from 0.
    pub metadata_line: usize,
}

/// Reads the head of a policy.
pub fn head(source: &str) -> Head {
    let mut head = Head::default();
    let mut block: Option<(usize, String)> = None;
    for (number, line) in source.lines().enumerate() {
        let text = line.trim();
        if let Some(comment) = text.strip_prefix('#') {
            match &mut block {
                Some((_, yaml)) => {
                    yaml.push_str(comment.strip_prefix(' ').unwrap_or(comment));
                    yaml.push('\n');
                }
                None if comment.trim() == "METADATA" => block = Some((number + 1, String::new())),
                None => {}
            }
            continue;
        }
        if let Some(path) = text.strip_prefix("package ").filter(|_| head.package.is_empty()) {
            head.package = path.split('#').next().unwrap_or("").trim().to_owned();
            if let Some((line, yaml)) = block.take() {
                (head.metadata_line, head.metadata) = (line, yaml);
            }
        } else if let Some(path) = text.strip_prefix("import data.") {
            let path = path.split([' ', '\t', '#']).next().unwrap_or("").trim();
            head.imports.push(path.to_owned());
        }
        if !text.is_empty() {
            block = None;
        }
    }
    head
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn the_head_of_a_policy_is_read() {
        let h = head(
            "# licence\n\n# METADATA\n# title: A\n#\n# custom:\n#   id: x\npackage a.b # why\n\nimport rego.v1\n\
             import data.trueline.lib.plan\nimport data.trueline.lib.kms as k\n\n# METADATA\n# title: B\ndeny contains 1\n",
        );
        assert_eq!(h.package, "a.b");
        assert_eq!(h.imports, ["trueline.lib.plan", "trueline.lib.kms"]);
        assert_eq!((h.metadata.as_str(), h.metadata_line), ("title: A\n\ncustom:\n  id: x\n", 3));
        assert_eq!(head("# METADATA\n# a: b\n\nimport rego.v1\npackage x").metadata, "");
    }
}
