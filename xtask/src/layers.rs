//! The order of the crates: each may depend only on those above it, and some libraries have one room only.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value as Json;

use crate::{say, workspace};

/// From the ground up. Crates of one line may not depend on each other.
const ORDER: &[&[&str]] = &[
    &["trueline-text", "trueline-rego"],
    &["trueline-model"],
    &["trueline-hcl"],
    &["trueline-terraform"],
    &["trueline-rules"],
    &["trueline-check"],
    &["trueline-fix"],
    &["trueline-report"],
    &["trueline-forge"],
    &["trueline-engine"],
    &["trueline"],
    &["trueline-benches", "xtask"],
];

/// Libraries that only one crate may name: wrapped there, so that a change of theirs is a change in one room.
const ONE_ROOM: &[(&str, &str)] = &[
    ("annotate-snippets", "trueline-report"),
    ("clap", "trueline"),
    ("similar", "trueline-text"),
    ("toml", "trueline-rules"),
];

/// Checks the workspace; says every breach.
pub fn run() -> Result<()> {
    let root = workspace::root()?;
    let out = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .context("cargo metadata can't be run")?;
    if !out.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&out.stderr));
    }
    let metadata: Json = serde_json::from_slice(&out.stdout).context("cargo metadata gave no JSON")?;
    let breaches = breaches(&dependencies(&metadata));
    for b in &breaches {
        say(b);
    }
    if breaches.is_empty() {
        say("layers: every crate depends on crates above it only");
        return Ok(());
    }
    bail!("{} breaches of the layers; see ARCHITECTURE.md", breaches.len())
}

/// Normal and build dependencies by package; what only tests need may look anywhere.
fn dependencies(metadata: &Json) -> BTreeMap<String, Vec<String>> {
    let text = |j: &Json, k: &str| j.get(k).and_then(Json::as_str).unwrap_or_default().to_owned();
    let packages = metadata.get("packages").and_then(Json::as_array).into_iter().flatten();
    packages
        .map(|p| {
            let all = p.get("dependencies").and_then(Json::as_array).into_iter().flatten();
            (text(p, "name"), all.filter(|d| text(d, "kind") != "dev").map(|d| text(d, "name")).collect())
        })
        .collect()
}

fn breaches(dependencies: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let layer = |name: &str| ORDER.iter().position(|l| l.contains(&name));
    let mut out = Vec::new();
    for (name, needs) in dependencies {
        let Some(here) = layer(name) else {
            out.push(format!("`{name}` has no place in the order (xtask/src/layers.rs)"));
            continue;
        };
        for need in needs {
            if layer(need).is_some_and(|l| l >= here) {
                out.push(format!("`{name}` depends on `{need}`, which is not above it"));
            }
            if let Some((_, room)) = ONE_ROOM.iter().find(|(lib, room)| lib == need && room != name) {
                out.push(format!("`{name}` names `{need}`, which belongs to `{room}` alone"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::breaches;

    #[test]
    fn a_step_down_a_stranger_and_a_borrowed_library_are_breaches() {
        let of = |name: &str, needs: &[&str]| {
            let needs = needs.iter().map(|n| (*n).to_owned()).collect();
            breaches(&[(name.to_owned(), needs)].into_iter().collect())
        };
        assert!(of("trueline-check", &["trueline-rules", "trueline-rego", "serde_json"]).is_empty());
        assert_eq!(of("trueline-rego", &["trueline-text"]).len(), 1);
        assert_eq!(of("trueline-hcl", &["trueline-terraform"]).len(), 1);
        assert_eq!(of("trueline-check", &["clap"]).len(), 1);
        assert_eq!(of("trueline-utils", &[]).len(), 1);
    }
}
