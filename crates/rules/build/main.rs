//! Writes the tables of the pack: rules from `policies/`, frameworks from `controls/`; and compiles the policies, so that a
//! run only loads them.
//!
//! What it refuses fails the build with the file and what is wrong, so that no mistake in a rule reaches a binary.

#![allow(clippy::disallowed_methods, clippy::panic, clippy::expect_used, clippy::print_stdout)] // a build script has to

mod annotation;
mod head;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use annotation::{Annotation, FrameworkFile};
use trueline_rego::{Image, PolicyFile, Version};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace");
    for folder in ["policies", "controls"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
    }
    let mut out = String::new();
    let mut policies = Vec::new();
    let library = library(&root, &mut policies, &mut out);
    rules(&root, &library, &mut policies, &mut out);
    frameworks(&root, &mut out);
    let to = PathBuf::from(std::env::var("OUT_DIR").expect("OUT_DIR"));
    fs::write(to.join("pack.rs"), out).expect("the output folder is writable");
    fs::write(to.join("pack.image"), image(&policies).bytes()).expect("the output folder is writable");
}

/// The compiled policies: those of the library, then those of the rules, as in the tables.
fn image(policies: &[PolicyFile]) -> Image {
    Image::of(policies).unwrap_or_else(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("the policies do not compile:\n{}", problems.join("\n"))
    })
}

fn policy(path: &str, source: String) -> PolicyFile {
    PolicyFile { path: path.to_owned(), source: source.into(), version: Some(Version::V1) }
}

/// All files below a folder, sorted.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("a readable folder").path()).collect();
    paths.sort();
    for p in paths {
        if p.is_dir() { files(&p, found) } else { found.push(p) }
    }
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string().replace('\\', "/")
}

/// The shared policies: place in the table and imports, by package.
fn library(
    root: &Path,
    policies: &mut Vec<PolicyFile>,
    out: &mut String,
) -> BTreeMap<String, (usize, Vec<String>)> {
    let mut paths = Vec::new();
    files(&root.join("policies/lib"), &mut paths);
    let mut packages = BTreeMap::new();
    let _ = writeln!(out, "static LIBRARY: &[Shared] = &[");
    let shared = paths.iter().filter(|p| {
        p.extension().is_some_and(|e| e == "rego") && !p.to_string_lossy().ends_with("_test.rego")
    });
    for (index, path) in shared.filter(|p| !p.components().any(|c| c.as_os_str() == "testing")).enumerate() {
        let source = text(path);
        let head = head::head(&source);
        let name = shown(root, path);
        let _ = writeln!(
            out,
            "    Shared {{ path: {name:?}, source: include_str!({:?}) }},",
            path.display().to_string()
        );
        if packages.insert(head.package.clone(), (index, head.imports)).is_some() {
            panic!("{name}: the package {} is there already", head.package);
        }
        policies.push(policy(&name, source));
    }
    let _ = writeln!(out, "];");
    packages
}

fn rules(
    root: &Path,
    library: &BTreeMap<String, (usize, Vec<String>)>,
    policies: &mut Vec<PolicyFile>,
    out: &mut String,
) {
    let mut paths = Vec::new();
    files(&root.join("policies"), &mut paths);
    let mut rules = BTreeMap::new();
    for path in paths.iter().filter(|p| p.file_name().is_some_and(|n| n == "rule.rego")) {
        let (id, entry, source) = rule(root, path, library);
        if rules.insert(id.clone(), (entry, policy(&shown(root, path), source))).is_some() {
            panic!("the rule {id} is there twice");
        }
    }
    let _ = writeln!(out, "static RULES: &[Entry] = &[");
    for (entry, policy) in rules.into_values() {
        out.push_str(&entry);
        policies.push(policy);
    }
    let _ = writeln!(out, "];");
}

/// The id of a rule, its entry in the table, and the policy's text.
fn rule(
    root: &Path,
    path: &Path,
    library: &BTreeMap<String, (usize, Vec<String>)>,
) -> (String, String, String) {
    let name = shown(root, path);
    let folder = path.parent().expect("a folder");
    let source = text(path);
    let head = head::head(&source);
    let fail = |problem: &str| -> ! { panic!("{name}: {problem}") };
    let meta: Annotation = serde_saphyr::from_str(&head.metadata).unwrap_or_else(|e| {
        let line = e.location().map_or(0, |at| at.line());
        panic!("{name}:{}: {e}", head.metadata_line as u64 + line.max(1))
    });
    let custom = &meta.custom;
    for (key, text) in [("title", &meta.title), ("description", &meta.description), ("help", &custom.help)] {
        if text.trim().is_empty() {
            fail(&format!("the metadata lacks {key}"));
        }
    }
    let id = custom.id.clone();
    if folder != root.join("policies").join(&id) {
        fail(&format!("the id {id} is not the folder's"));
    }
    let package = format!("trueline.rules.{}", id.replace('/', ".").replace('-', "_"));
    if head.package != package {
        fail(&format!("the package is {}: expected {package}", head.package));
    }
    let severity = &custom.severity;
    if !["info", "low", "medium", "high", "critical"].contains(&severity.as_str()) {
        fail(&format!("the severity is {severity}"));
    }
    let profile = &custom.profile;
    if !["baseline", "strict"].contains(&profile.as_str()) {
        fail(&format!("the profile is {profile}"));
    }
    let resources = &custom.resources;
    if resources.is_empty() {
        fail("the metadata lacks resources");
    }
    let mut controls = String::new();
    for (framework, ids) in &custom.controls {
        for control in ids {
            let _ = write!(controls, "({framework:?}, {control:?}), ");
        }
    }
    let mut params = String::new();
    for (key, doc) in &custom.params {
        let _ = write!(params, "({key:?}, {:?}), ", doc.trim());
    }
    let needed = needed(&name, &head.imports, library);
    let example = |file: &str| {
        let path = folder.join(file);
        if path.is_file() {
            format!("include_str!({:?})", path.display().to_string())
        } else {
            "\"\"".to_owned()
        }
    };
    let entry = format!(
        "    Entry {{ id: {id:?}, package: {package:?}, path: {name:?}, source: include_str!({:?}), library: &{needed:?}, \
         resources: &{resources:?}, avoid: {}, prefer: {}, params: &[{params}], title: {:?}, description: {:?}, help: {:?}, \
         severity: {severity:?}, strict: {}, controls: &[{controls}], aliases: &{:?}, settings: &{:?}, fix: {:?}, after: &{:?} }},\n",
        path.display().to_string(),
        example("avoid.tf"),
        example("prefer.tf"),
        meta.title.trim(),
        meta.description.trim(),
        custom.help.trim(),
        profile == "strict",
        custom.aliases,
        custom.settings,
        custom.fix.trim(),
        custom.after,
    );
    (id, entry, source)
}

/// The shared policies that imports lead to, directly or not.
fn needed(name: &str, imports: &[String], library: &BTreeMap<String, (usize, Vec<String>)>) -> Vec<usize> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = imports.to_vec();
    while let Some(path) = open.pop() {
        if !path.starts_with("trueline.lib") {
            continue;
        }
        // An import names a package, or a rule inside one.
        let package = library
            .get_key_value(&path)
            .or_else(|| path.rsplit_once('.').and_then(|(p, _)| library.get_key_value(p)));
        let Some((_, (index, more))) = package else { panic!("{name}: data.{path} is not in the library") };
        if found.insert(*index) {
            open.extend(more.iter().cloned());
        }
    }
    found.into_iter().collect()
}

fn frameworks(root: &Path, out: &mut String) {
    let mut paths = Vec::new();
    files(&root.join("controls"), &mut paths);
    let mut all = BTreeMap::new();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "yaml")) {
        let name = shown(root, path);
        let file: FrameworkFile =
            serde_saphyr::from_str(&text(path)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let controls: Vec<(&String, &String)> = file.controls.iter().collect();
        let entry = format!(
            "    Framework {{ id: {:?}, title: {:?}, short: {:?}, controls: &{controls:?} }},\n",
            file.id, file.title, file.short
        );
        all.insert(file.id, entry);
    }
    let _ = writeln!(out, "pub(crate) static FRAMEWORKS: &[Framework] = &[");
    for entry in all.into_values() {
        out.push_str(&entry);
    }
    let _ = writeln!(out, "];");
}
