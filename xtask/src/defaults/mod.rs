//! `gen schema-defaults`: what the provider plans where the source leaves an argument out.
//!
//! What enters: the schema digest, and the Terraform on this machine with the provider in a mirror.
//! What leaves: the committed file (`{"defaults": {TYPE: {ROUTE: VALUE}}, "rewrites":
//! {TYPE: {ROUTE: HOW}}, "unplanned": {TYPE: WHY}}`), which `gen schema` puts into the digest.
//!
//! For each type some blocks are made up: with what the type requires, and again with each optional
//! block. What the provider refuses is changed as its message says, or given up. The blocks are planned
//! with a provider that reaches no cloud; a value that is the same in all of them, however different
//! the strings in them, is a default.

mod guess;
mod instance;
mod learn;
mod repair;
mod rewrite;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path as FilePath;
use std::sync::Arc;

use anyhow::{Context, Result};
use serde_json::{Map, Value as Json, json};
use trueline_terraform::schema::{self, BlockSchema};

use crate::schema as digest;
use crate::terraform::Terraform;
use crate::workspace;
use instance::{Instance, Path, minimal, optional_blocks, rewritten_maybe};
use learn::Observations;
use repair::{Complaint, repair};
use rewrite::Rewrites;

/// How deep optional blocks are tried.
const DEPTH: usize = 4;
/// Blocks that are planned together.
const BATCH: usize = 600;
/// Rounds of validation before a block is given up.
const ROUNDS: usize = 14;

/// Mines the defaults of all types, or of those that `only` names (`aws_sqs_queue`, or `aws_s3*` for all that
/// begin so); what is known of other types is kept.
pub fn generate(only: &[&str]) -> Result<()> {
    let mut terraform = crate::terraform::find()?;
    // Nothing may leave the machine: what asks the cloud all the same fails at once.
    for (name, value) in [
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_MAX_ATTEMPTS", "1"),
        ("AWS_ACCESS_KEY_ID", "none"),
        ("AWS_SECRET_ACCESS_KEY", "none"),
        ("AWS_CONFIG_FILE", "/dev/null"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        ("NO_PROXY", "*"),
    ] {
        terraform.set(name, value);
    }
    let dir = tempfile::tempdir()?;
    std::fs::write(dir.path().join("provider.tf"), provider())?;
    terraform.run(dir.path(), &["init", "-input=false", "-no-color"])?;

    let aws = schema::aws();
    let mut queue: Vec<Instance> = Vec::new();
    let mut schemas: BTreeMap<String, Arc<BlockSchema>> = BTreeMap::new();
    for kind in aws.resource_types().filter(|k| is_meant(k, only)) {
        let Some(s) = aws.resource(kind) else { continue };
        // Twice the least, since what follows from a made-up string must not look like a default.
        let mut variants: Vec<Path> = vec![Vec::new(), Vec::new()];
        variants.extend(optional_blocks(&s, DEPTH));
        variants.extend(rewritten_maybe(&s, DEPTH));
        for extra in variants {
            let label = format!("v{}", queue.len());
            let body = minimal(&s, &extra);
            queue.push(Instance { kind: kind.to_owned(), label, body, given_up: None, patience: 0 });
        }
        schemas.insert(kind.to_owned(), s);
    }
    let total = queue.len();
    validate(&terraform, dir.path(), &mut queue, &schemas)?;
    let mut seen: BTreeMap<String, Observations> = BTreeMap::new();
    let mut rewrites: BTreeMap<String, Rewrites> = BTreeMap::new();
    let mut why: BTreeMap<String, String> = BTreeMap::new();
    let mut done = 0;
    while !queue.is_empty() {
        let rest = queue.split_off(BATCH.min(queue.len()));
        let mut batch = std::mem::replace(&mut queue, rest);
        done += batch.len();
        plan(&terraform, dir.path(), &mut batch, &schemas, &mut seen, &mut rewrites)?;
        for i in &batch {
            if let Some(reason) = &i.given_up {
                why.entry(i.kind.clone()).or_insert_with(|| reason.clone());
            }
        }
        let lost = batch.iter().filter(|i| i.given_up.is_some()).count();
        crate::say(&format!("{done} of {total} blocks, {lost} of the last {} given up", batch.len()));
    }
    write(&seen, &rewrites, &why, &schemas)
}

fn provider() -> String {
    format!(
        "{}provider \"aws\" {{\n  region                      = \"us-east-1\"\n  skip_credentials_validation = true\n  \
         skip_requesting_account_id  = true\n  skip_metadata_api_check     = true\n}}\n",
        digest::required_providers()
    )
}

/// Writes the blocks that are left, or `only` these, to `main.tf`; returns the instance and the path of each line.
fn write_module(
    dir: &FilePath,
    batch: &[Instance],
    only: Option<&BTreeSet<usize>>,
) -> Result<Vec<(usize, Path)>> {
    let mut text = String::new();
    let mut lines = Vec::new();
    let left =
        batch.iter().enumerate().filter(|(n, i)| i.given_up.is_none() && only.is_none_or(|o| o.contains(n)));
    for (n, i) in left {
        let mut places = Vec::new();
        i.render(&mut text, &mut places);
        lines.extend(places.into_iter().map(|p| (n, p)));
    }
    std::fs::write(dir.join("main.tf"), text)?;
    Ok(lines)
}

/// Validates and repairs until nothing is refused.
fn validate(
    terraform: &Terraform,
    dir: &FilePath,
    batch: &mut [Instance],
    schemas: &BTreeMap<String, Arc<BlockSchema>>,
) -> Result<()> {
    // What was not refused once is not asked again.
    let mut open: BTreeSet<usize> = (0..batch.len()).collect();
    for round in 0..ROUNDS {
        let lines = write_module(dir, batch, Some(&open))?;
        open.clear();
        let (_, out, err) = terraform.run_to_end(dir, &["validate", "-json", "-no-color"])?;
        let json: Json =
            serde_json::from_str(&out).with_context(|| format!("`terraform validate` said {out}{err}"))?;
        let mut touched: BTreeSet<(usize, Path)> = BTreeSet::new();
        for d in json.get("diagnostics").and_then(Json::as_array).into_iter().flatten() {
            let line = d.pointer("/range/start/line").and_then(Json::as_u64).unwrap_or(0);
            let Some((n, path)) = usize::try_from(line).ok().and_then(|l| lines.get(l.checked_sub(1)?))
            else {
                continue;
            };
            let Some(complaint) = Complaint::read(d, path) else { continue };
            open.insert(*n);
            let Some(i) = batch.get_mut(*n) else { continue };
            if round + 1 == ROUNDS {
                i.given_up.get_or_insert_with(|| complaint.text.replace('\n', " "));
            } else if let Some(s) = schemas.get(&i.kind)
                && touched.insert((*n, path.clone()))
            {
                repair(i, s, &complaint);
            }
        }
        crate::say(&format!(
            "validation round {}: {} of {} blocks refused",
            round + 1,
            open.len(),
            batch.len()
        ));
        if open.is_empty() {
            break;
        }
    }
    Ok(())
}

/// Plans what is left; blocks that fail are given up and the rest is planned again.
fn plan(
    terraform: &Terraform,
    dir: &FilePath,
    batch: &mut [Instance],
    schemas: &BTreeMap<String, Arc<BlockSchema>>,
    seen: &mut BTreeMap<String, Observations>,
    rewrites: &mut BTreeMap<String, Rewrites>,
) -> Result<()> {
    loop {
        let left = batch.iter().filter(|i| i.given_up.is_none()).count();
        if left == 0 {
            return Ok(());
        }
        write_module(dir, batch, None)?;
        let (ok, out, err) = terraform.run_to_end(
            dir,
            &["plan", "-json", "-input=false", "-refresh=false", "-no-color", "-out=plan"],
        )?;
        if ok {
            break;
        }
        let mut failed = 0;
        for line in out.lines().filter_map(|l| serde_json::from_str::<Json>(l).ok()) {
            let Some(d) = line.get("diagnostic").filter(|d| d["severity"] == "error") else { continue };
            let Some(address) = d.get("address").and_then(Json::as_str) else { continue };
            for i in batch.iter_mut().filter(|i| i.given_up.is_none()) {
                if address == format!("{}.{}", i.kind, i.label) {
                    let part = |key: &str| d.get(key).and_then(Json::as_str).unwrap_or_default();
                    i.given_up = Some(format!("{}: {}", part("summary"), part("detail").replace('\n', " ")));
                    failed += 1;
                }
            }
        }
        anyhow::ensure!(failed > 0, "`terraform plan` failed, and names no block: {out}{err}");
    }
    let shown = terraform.run(dir, &["show", "-json", "plan"])?;
    let plan: Json = serde_json::from_str(&shown)?;
    let by_address: BTreeMap<&str, &Json> = plan
        .get("resource_changes")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(|c| Some((c.get("address")?.as_str()?, c.get("change")?)))
        .collect();
    for i in batch.iter().filter(|i| i.given_up.is_none()) {
        let address = format!("{}.{}", i.kind, i.label);
        let Some(change) = by_address.get(address.as_str()) else { continue };
        let (Some(s), Some(after)) = (schemas.get(&i.kind), change.get("after").and_then(Json::as_object))
        else {
            continue;
        };
        let unknown = change.get("after_unknown").unwrap_or(&Json::Null);
        learn::observe(s, &i.body, after, unknown, "", seen.entry(i.kind.clone()).or_default());
        rewrite::observe(&i.body, &i.label, after, "", rewrites.entry(i.kind.clone()).or_default());
    }
    Ok(())
}

/// True if a pattern names the type; no pattern names all.
fn is_meant(kind: &str, only: &[&str]) -> bool {
    let fits = |o: &&str| match o.strip_suffix('*') {
        Some(start) => kind.starts_with(start),
        None => kind == *o,
    };
    only.is_empty() || only.iter().any(fits)
}

/// Writes the file: what was seen now, and of other types what it held before.
fn write(
    seen: &BTreeMap<String, Observations>,
    rewrites: &BTreeMap<String, Rewrites>,
    why: &BTreeMap<String, String>,
    asked: &BTreeMap<String, Arc<BlockSchema>>,
) -> Result<()> {
    let path = workspace::root()?.join(digest::DEFAULTS);
    let old: Json = match std::fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text)?,
        Err(_) => json!({}),
    };
    let section = |name: &str| -> Map<String, Json> {
        let kept = old.get(name).and_then(Json::as_object).into_iter().flatten();
        kept.filter(|(kind, _)| !asked.contains_key(*kind)).map(|(k, v)| (k.clone(), v.clone())).collect()
    };
    let (mut defaults, mut rewritten, mut unplanned) =
        (section("defaults"), section("rewrites"), section("unplanned"));
    for (kind, observations) in seen {
        let found = learn::defaults(observations);
        if !found.is_empty() {
            defaults.insert(kind.clone(), Json::Object(found));
        }
    }
    for (kind, seen) in rewrites {
        let found = rewrite::certain(seen);
        if !found.is_empty() {
            rewritten.insert(kind.clone(), Json::Object(found));
        }
    }
    unplanned.extend(why.iter().filter(|(k, _)| !seen.contains_key(*k)).map(|(k, w)| (k.clone(), json!(w))));
    crate::say(&format!(
        "{} types with defaults, {} with rewritten values, {} could not be planned",
        defaults.len(),
        rewritten.len(),
        unplanned.len()
    ));
    let all = json!({ "defaults": defaults, "rewrites": rewritten, "unplanned": unplanned });
    std::fs::write(&path, serde_json::to_string_pretty(&all)? + "\n")
        .with_context(|| format!("{} can't be written", path.display()))
}
