//! Makes the folder of a new rule: texts that say what to fill in, and a policy that is silent until it is written.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::{say, workspace};

/// Makes `policies/PROVIDER/SERVICE/PROBLEM/`; refuses to overwrite.
pub fn run(id: &str) -> Result<()> {
    let parts: Vec<&str> = id.split('/').collect();
    let good = |p: &&str| {
        !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let [provider, service, _] = parts.as_slice() else {
        bail!("`{id}` is no rule id: expected e.g. aws/s3/unencrypted-bucket");
    };
    if !parts.iter().all(good) {
        bail!(
            "`{id}` is no rule id: small letters, digits and dashes between two slashes, e.g. aws/s3/unencrypted-bucket"
        );
    }
    let folder = workspace::root()?.join("policies").join(id);
    if folder.exists() {
        bail!("policies/{id} is already there");
    }
    let package = id.replace('-', "_").replace('/', ".");
    let kind = format!("{provider}_{service}_thing");
    let rule = format!(
        "# METADATA\n# title: (the problem, in one line)\n# description: >-\n#   (why it matters)\n# custom:\n#   id: {id}\n#   severity: medium\n#   profile: strict\n#   resources: [{kind}]\n#   controls:\n#     soc2: [CC6.1]\n#   aliases: []\n#   help: >-\n#     (what to do)\npackage trueline.rules.{package}\n\nimport rego.v1\n\nimport data.trueline.lib.plan\n\ndeny contains {{\n\t\"address\": r.address,\n\t\"route\": \"attribute\",\n\t\"msg\": \"`attribute` is not set: (what that means)\",\n\t\"fix\": [{{\"set\": \"attribute\", \"value\": true}}],\n}} if {{\n\tsome r in plan.resources(\"{kind}\")\n\tr.values.attribute != true\n}}\n"
    );
    let test = format!(
        "package trueline.rules.{package}_test\n\nimport rego.v1\n\nimport data.trueline.rules.{package}\n\ntest_silent_without_resources if {{\n\tcount({}.deny) == 0 with data.trueline.resources as {{}}\n}}\n",
        package.rsplit('.').next().unwrap_or_default()
    );
    let example = format!("resource \"{kind}\" \"example\" {{\n}}\n");
    fs::create_dir_all(&folder)?;
    for (name, text) in
        [("rule.rego", &rule), ("rule_test.rego", &test), ("avoid.tf", &example), ("prefer.tf", &example)]
    {
        fs::write(folder.join(name), text)
            .with_context(|| format!("policies/{id}/{name} can't be written"))?;
        say(&format!("wrote policies/{id}/{name}"));
    }
    say(
        "Fill in the texts in parentheses, let avoid.tf fire and prefer.tf be right, then run `cargo xtask gen` and the tests.",
    );
    Ok(())
}
