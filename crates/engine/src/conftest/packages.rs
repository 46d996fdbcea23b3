//! Which packages run, and which of their rules.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use trueline_rego::{Compiled, Package};

use super::{TestRequest, Tested};
use crate::namespace;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RuleClass {
    Failure,
    Warning,
}

pub(super) struct TestRule {
    pub(super) name: String,
    pub(super) bodies: usize,
    pub(super) class: RuleClass,
}

/// The packages to run; says which ones hold rules and are not among them.
pub(super) fn chosen(compiled: &Compiled, request: &TestRequest, tested: &mut Tested) -> Vec<String> {
    let with_rules: Vec<&str> = compiled
        .packages()
        .iter()
        .filter(|p| !rules(p).is_empty())
        .map(|p| p.path.strip_prefix("data.").unwrap_or(&p.path))
        .collect();
    if request.all_namespaces {
        return with_rules.into_iter().map(str::to_owned).collect();
    }
    let default = ["main".to_owned()];
    let asked =
        if request.policies.namespaces.is_empty() { &default[..] } else { &request.policies.namespaces };
    let mut chosen = BTreeSet::new();
    for pattern in asked {
        if !pattern.contains(['*', '?', '[']) {
            chosen.insert(pattern.clone());
            continue;
        }
        chosen.extend(with_rules.iter().filter(|n| namespace::matches(pattern, n)).map(|n| (*n).to_owned()));
    }
    let missed: Vec<String> =
        with_rules.iter().filter(|n| !chosen.contains(**n)).map(|n| format!("`{n}`")).collect();
    for name in chosen.iter().filter(|name| !with_rules.contains(&name.as_str())) {
        tested.holes.insert(format!("`{name}` has no rule named deny, violation or warn"));
    }
    let ran = with_rules.iter().any(|n| chosen.contains(*n));
    if !ran {
        let warning = match with_rules.is_empty() {
            true => "no policy was run: there is no rule named deny, violation or warn".to_owned(),
            false => {
                let asked: Vec<String> = asked.iter().map(|n| format!("`{n}`")).collect();
                format!(
                    "no policy was run: {} has no rule; found, and not run: {}. Name them with --namespace, or give --all-namespaces",
                    asked.join(", "),
                    missed.join(", ")
                )
            }
        };
        tested.holes.insert(warning.clone());
        tested.warnings.push(warning);
    } else if !missed.is_empty() && request.policies.namespaces.is_empty() {
        let warning =
            format!("not run: {} (--namespace NAME or --all-namespaces runs them)", missed.join(", "));
        tested.warnings.push(warning);
    }
    chosen.into_iter().collect()
}

/// The rules of a package whose results count.
pub(super) fn rules(package: &Package) -> Vec<TestRule> {
    // the names are those of conftest: parts of letters and digits behind underscores
    static NAMES: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new("^(deny|violation|warn)(_[a-zA-Z0-9]+)*$").ok());
    let Some(names) = NAMES.as_ref() else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let mut out: Vec<TestRule> = Vec::new();
    for r in package.rules.iter().filter(|r| names.is_match(&r.name)) {
        let class = if r.name.starts_with("warn") { RuleClass::Warning } else { RuleClass::Failure };
        if seen.insert(r.name.to_lowercase()) {
            out.push(TestRule { name: r.name.clone(), bodies: r.bodies.max(1), class });
        }
    }
    out
}

/// True if one of these names or patterns means the package.
pub(super) fn named(patterns: &[String], name: &str) -> bool {
    patterns.iter().any(|pattern| pattern == name || namespace::matches(pattern, name))
}
