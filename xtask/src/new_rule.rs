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
        "# METADATA\n# title: (the problem, in one line)\n# description: >-\n#   (why it matters)\n# custom:\n#   id: {id}\n#   severity: medium\n#   profile: strict\n#   resources: [{kind}]\n#   controls:\n#     soc2: [CC6.1]\n#   aliases: []\n#   help: Set `attribute = true`.\n#   fix: Sets `attribute`.\npackage trueline.rules.{package}\n\nimport rego.v1\n\nimport data.trueline.lib.plan\n\nexpect contains {{\n\t\"of\": r,\n\t\"route\": \"attribute\",\n\t\"equals\": true,\n\t\"else\": \"(what follows where it is not)\",\n}} if some r in plan.resources(\"{kind}\")\n"
    );
    let resource =
        |name: &str, line: &str, mark: &str| format!("resource \"{kind}\" \"{name}\" {{{mark}\n{line}}}\n");
    let cases = [
        "variable \"on\" { type = bool }\n".to_owned(),
        resource("nothing", "", " # fail: `attribute` is not set"),
        resource("off", "  attribute = false # fail: `attribute` is false\n", ""),
        resource("on", "  attribute = true\n", " # pass"),
        resource("open", "  attribute = var.on # unknown\n", ""),
    ]
    .join("\n");
    let avoid = resource("example", "", "");
    let prefer = resource("example", "  attribute = true\n", "");
    fs::create_dir_all(&folder)?;
    for (name, text) in
        [("rule.rego", &rule), ("cases.tf", &cases), ("avoid.tf", &avoid), ("prefer.tf", &prefer)]
    {
        fs::write(folder.join(name), text)
            .with_context(|| format!("policies/{id}/{name} can't be written"))?;
        say(&format!("wrote policies/{id}/{name}"));
    }
    say(
        "Fill in the texts in parentheses, the type and the attribute, let avoid.tf fire and prefer.tf be right, then run `cargo xtask gen` and the tests.",
    );
    Ok(())
}
