//! Which packages run, and which of their rules.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use trueline_rego::{Compiled, Package, RuleKind};

use super::{TestRequest, Tested};
use crate::{EngineError, namespace};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RuleClass {
    Failure,
    Warning,
}

pub(super) struct TestRule {
    pub(super) name: String,
    /// How many definitions it has: each is a test.
    pub(super) definitions: usize,
    pub(super) class: RuleClass,
    /// An object of keys, which conftest takes no notice of.
    pub(super) keyed: bool,
}

/// The packages to run; says which ones hold rules and are not among them.
///
/// # Errors
/// If a pattern of names can't be read.
pub(super) fn chosen(
    compiled: &Compiled,
    request: &TestRequest,
    tested: &mut Tested,
) -> Result<Vec<String>, EngineError> {
    let with_rules: Vec<&str> = compiled
        .packages()
        .iter()
        .filter(|p| !rules(p).is_empty())
        .map(|p| p.path.strip_prefix("data.").unwrap_or(&p.path))
        .collect();
    if request.all_namespaces {
        return Ok(with_rules.into_iter().map(str::to_owned).collect());
    }
    let default = ["main".to_owned()];
    let asked =
        if request.policies.namespaces.is_empty() { &default[..] } else { &request.policies.namespaces };
    check(asked)?;
    let mut chosen = BTreeSet::new();
    for pattern in asked {
        if !namespace::is_pattern(pattern) {
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
    Ok(chosen.into_iter().collect())
}

/// Refuses patterns that can't be read.
pub(super) fn check(patterns: &[String]) -> Result<(), EngineError> {
    match patterns
        .iter()
        .find(|pattern| namespace::is_pattern(pattern) && !namespace::is_well_formed(pattern))
    {
        Some(wrong) => Err(EngineError::Input {
            path: wrong.clone(),
            format: "a pattern of namespaces",
            reason: "syntax error in pattern".to_owned(),
        }),
        None => Ok(()),
    }
}

/// Refuses `deny[msg] if { … }`, as conftest does: an object of keys whose values are true, where a set of messages was meant.
pub(super) fn refuse_keyed(compiled: &Compiled) -> Result<(), EngineError> {
    for rule in compiled.packages().iter().flat_map(|package| &package.rules) {
        let name = rule.name.split('.').next().unwrap_or(&rule.name);
        if let Some((file, line)) = rule.keyed.first()
            && class(name).is_some()
        {
            return Err(EngineError::Keyed { rule: name.to_owned(), file: file.clone(), line: *line });
        }
    }
    Ok(())
}

/// What results of a rule of this name are; the names are conftest's: parts of letters and digits behind underscores.
fn class(name: &str) -> Option<RuleClass> {
    static NAMES: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new("^(deny|violation|warn)(_[a-zA-Z0-9]+)*$").ok());
    let fits = NAMES.as_ref().is_some_and(|names| names.is_match(name));
    fits.then_some(if name.starts_with("warn") { RuleClass::Warning } else { RuleClass::Failure })
}

/// The rules of a package whose results count.
pub(super) fn rules(package: &Package) -> Vec<TestRule> {
    let mut seen = BTreeSet::new();
    let mut out: Vec<TestRule> = Vec::new();
    for r in &package.rules {
        let Some(class) = class(&r.name) else { continue };
        if seen.insert(r.name.to_lowercase()) {
            let (definitions, keyed) = (r.definitions, r.kind == RuleKind::PartialObject);
            out.push(TestRule { name: r.name.clone(), definitions, class, keyed });
        } else if let Some(known) = out.iter_mut().find(|known| known.name.eq_ignore_ascii_case(&r.name)) {
            // conftest counts what it takes for the same rule, and asks for the first one only
            known.definitions += r.definitions;
        }
    }
    out
}

/// True if one of these names or patterns means the package.
pub(super) fn named(patterns: &[String], name: &str) -> bool {
    patterns.iter().any(|pattern| pattern == name || namespace::matches(pattern, name))
}
