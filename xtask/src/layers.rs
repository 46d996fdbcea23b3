//! Which crate may depend on which, edge by edge, and some libraries that have one room only.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value as Json;

use crate::{say, workspace};

/// Every edge that is allowed, from the ground up: a crate and those that it may name. Whoever is named stands above, so there
/// are no circles.
const EDGES: &[(&str, &[&str])] = &[
    ("trueline-text", &[]),
    ("trueline-rego", &[]),
    ("trueline-model", &["trueline-text"]),
    ("trueline-hcl", &["trueline-model", "trueline-text"]),
    ("trueline-provider", &["trueline-model", "trueline-text"]),
    ("trueline-terraform", &["trueline-hcl", "trueline-model", "trueline-provider", "trueline-text"]),
    ("trueline-rules", &["trueline-model", "trueline-rego", "trueline-text"]),
    (
        "trueline-check",
        &[
            "trueline-hcl",
            "trueline-model",
            "trueline-provider",
            "trueline-rego",
            "trueline-rules",
            "trueline-terraform",
            "trueline-text",
        ],
    ),
    (
        "trueline-fix",
        &[
            "trueline-check",
            "trueline-hcl",
            "trueline-model",
            "trueline-provider",
            "trueline-terraform",
            "trueline-text",
        ],
    ),
    ("trueline-report", &["trueline-model", "trueline-text"]),
    ("trueline-forge", &["trueline-text"]),
    (
        "trueline-engine",
        &[
            "trueline-check",
            "trueline-fix",
            "trueline-forge",
            "trueline-hcl",
            "trueline-model",
            "trueline-provider",
            "trueline-rego",
            "trueline-report",
            "trueline-rules",
            "trueline-terraform",
            "trueline-text",
        ],
    ),
    ("trueline", &["trueline-engine", "trueline-model", "trueline-report", "trueline-text"]),
    ("trueline-benches", &[]),
    (
        "xtask",
        &[
            "trueline-check",
            "trueline-model",
            "trueline-provider",
            "trueline-rules",
            "trueline-terraform",
            "trueline-text",
        ],
    ),
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
        say("layers: every edge between crates is an allowed one");
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
    let place = |name: &str| EDGES.iter().position(|(n, _)| *n == name);
    let mut out = Vec::new();
    for (name, needs) in dependencies {
        let Some((_, allowed)) = place(name).and_then(|i| EDGES.get(i)) else {
            out.push(format!("`{name}` has no line in the matrix (EDGES in xtask/src/layers.rs)"));
            continue;
        };
        for need in needs {
            if place(need).is_some() && !allowed.contains(&need.as_str()) {
                out.push(format!(
                    "`{name}` depends on `{need}`, which nobody allowed (EDGES in xtask/src/layers.rs)"
                ));
            }
            if let Some((_, room)) = ONE_ROOM.iter().find(|(lib, room)| lib == need && room != name) {
                out.push(format!("`{name}` names `{need}`, which belongs to `{room}` alone"));
            }
        }
        for unused in allowed.iter().filter(|a| !needs.iter().any(|n| n == *a)) {
            out.push(format!("`{name}` is allowed to depend on `{unused}` and does not: take the edge out"));
        }
    }
    out
}

/// Edges of the matrix that lead down, to a crate of a later line.
#[cfg(test)]
fn downward() -> Vec<String> {
    let mut out = Vec::new();
    for (i, (name, allowed)) in EDGES.iter().enumerate() {
        for to in *allowed {
            if EDGES.iter().position(|(n, _)| n == to).is_none_or(|at| at >= i) {
                out.push(format!("{name} -> {to}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{EDGES, breaches, downward};

    #[test]
    fn an_edge_that_nobody_allowed_a_stranger_and_a_borrowed_library_are_breaches() {
        let of = |name: &str, more: &[&str]| {
            let allowed = EDGES.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, a)| *a);
            let needs = allowed.iter().chain(more).map(|n| (*n).to_owned()).collect();
            breaches(&[(name.to_owned(), needs)].into_iter().collect())
        };
        assert_eq!(of("trueline-check", &["serde_json"]), [""; 0]);
        // Above it, and still not allowed.
        assert_eq!(of("trueline-report", &["trueline-hcl"]).len(), 1);
        assert_eq!(of("trueline-rego", &["trueline-text"]).len(), 1);
        assert_eq!(of("trueline-check", &["clap"]).len(), 1);
        assert_eq!(of("trueline-utils", &[]).len(), 1);
        // An edge that nobody uses.
        assert_eq!(breaches(&[("trueline-model".to_owned(), Vec::new())].into_iter().collect()).len(), 1);
    }

    #[test]
    fn the_matrix_has_no_circle() {
        assert_eq!(downward(), [""; 0]);
    }
}
