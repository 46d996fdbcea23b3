//! `truth`: the static plan against the plan that Terraform makes, leaf by leaf.
//!
//! What enters: module directories, and their real plans: from a directory (`--plans DIR`, with
//! `NAME.plan.json` and maybe `NAME.tfvars`), else made now with the Terraform on this machine. What
//! leaves: a table of how many leaves are equal, unknown to us, wrong, or claimed (stated by us where
//! Terraform says unknown), and the paths that differ. Any wrong or claimed leaf is a failure.

mod cloud;
mod compare;
mod disk;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value as Json;
use trueline_terraform::{Given, Inputs, Parsed};

use compare::{Class, Difference};
use disk::Disk;

/// What is asked for on the command line.
struct Asked {
    plans: Option<PathBuf>,
    modules: Vec<PathBuf>,
    /// How many differing paths are shown.
    worst: usize,
    /// `configuration` is compared too.
    configuration: bool,
}

/// Runs the comparison.
pub fn run(args: &[&str]) -> Result<()> {
    let asked = read_args(args)?;
    let mut total: BTreeMap<Class, usize> = BTreeMap::new();
    let mut defaults_equal = 0;
    let mut worst: BTreeMap<(Class, String), (usize, String)> = BTreeMap::new();
    crate::say(
        "module                          addresses  missing  extra   equal  unknown  wrong  claimed  defaults",
    );
    for module in &asked.modules {
        let name = module.file_name().map_or_else(|| ".".into(), |n| n.to_string_lossy().into_owned());
        let (real, var_file) =
            real_plan(&asked, module, &name).with_context(|| format!("no real plan of {name}"))?;
        let ours = our_plan(module, var_file.as_deref());
        let found = compare::plans(&real, &ours, asked.configuration);
        let count = |c: Class| found.differences.iter().filter(|d| d.class == c).count();
        crate::say(&format!(
            "{name:<30}  {:>9}  {:>7}  {:>5}  {:>6}  {:>7}  {:>5}  {:>7}  {}/{}",
            found.addresses,
            found.missing.len(),
            found.extra.len(),
            found.equal,
            count(Class::Unknown),
            count(Class::Wrong) + count(Class::Marks) + count(Class::Configuration),
            count(Class::Claimed),
            found.defaults_equal,
            found.defaults_equal + count(Class::Default),
        ));
        for address in &found.missing {
            crate::say(&format!("  missing: {address}"));
        }
        for address in &found.extra {
            crate::say(&format!("  extra: {address}"));
        }
        *total.entry(Class::Equal).or_default() += found.equal;
        defaults_equal += found.defaults_equal;
        for d in found.differences {
            *total.entry(d.class).or_default() += 1;
            let Difference { class, path, example } = d;
            let entry = worst.entry((class, path)).or_insert_with(|| (0, format!("{name} {example}")));
            entry.0 += 1;
        }
        *total.entry(Class::Addresses).or_default() += found.missing.len() + found.extra.len();
    }
    crate::say("");
    let mut shown: Vec<_> = worst.into_iter().collect();
    shown.sort_by(|a, b| (a.0.0, b.1.0, &a.0.1).cmp(&(b.0.0, a.1.0, &b.0.1)));
    for ((class, path), (n, example)) in shown.iter().take(asked.worst) {
        crate::say(&format!("{:<13} {n:>4}  {path}   e.g. {example}", class.as_str()));
    }
    let summary: Vec<String> = total.iter().map(|(c, n)| format!("{} {n}", c.as_str())).collect();
    crate::say(&summary.join(", "));
    judge(&total, defaults_equal)
}

/// Least share of equal leaves that the source sets, in thousandths.
const SET: usize = 995;
/// The same of those that the provider fills in.
const FILLED: usize = 950;

/// An error if a bar is not met.
fn judge(total: &BTreeMap<Class, usize>, defaults_equal: usize) -> Result<()> {
    let of = |c: Class| total.get(&c).copied().unwrap_or(0);
    let (equal, unknown, filled) = (of(Class::Equal), of(Class::Unknown), of(Class::Default));
    let set = equal + unknown + of(Class::Wrong);
    crate::say(&format!(
        "set by the source: {equal} of {set} equal; filled in by the provider: {defaults_equal} of {} equal; cloud: {}",
        defaults_equal + filled,
        of(Class::Cloud)
    ));
    let bad = of(Class::Wrong) + of(Class::Claimed) + of(Class::Marks);
    if bad > 0 {
        bail!("{bad} leaves are wrong, claimed, or marked otherwise");
    }
    if equal * 1000 < set * SET {
        bail!("fewer than {} ‰ of the leaves that the source sets are equal", SET);
    }
    if defaults_equal * 1000 < (defaults_equal + filled) * FILLED {
        bail!("fewer than {} ‰ of the leaves that the provider fills in are equal", FILLED);
    }
    Ok(())
}

fn read_args(args: &[&str]) -> Result<Asked> {
    let mut out = Asked { plans: None, modules: Vec::new(), worst: 40, configuration: false };
    let mut rest = args.iter();
    while let Some(a) = rest.next() {
        match *a {
            "--plans" => out.plans = Some(PathBuf::from(rest.next().context("`--plans` needs a directory")?)),
            "--worst" => out.worst = rest.next().context("`--worst` needs a number")?.parse()?,
            "--configuration" => out.configuration = true,
            flag if flag.starts_with('-') => {
                bail!("unknown flag `{flag}`: truth [--plans DIR] [--worst N] [--configuration] MODULE…")
            }
            module => out.modules.push(PathBuf::from(module)),
        }
    }
    if out.modules.is_empty() {
        bail!("no module given: truth [--plans DIR] [--worst N] [--configuration] MODULE…");
    }
    Ok(out)
}

/// The real plan, and the variable file that belongs to it.
fn real_plan(asked: &Asked, module: &Path, name: &str) -> Result<(Json, Option<String>)> {
    let Some(dir) = &asked.plans else { return Ok((cloud::plan(module)?, None)) };
    let text = std::fs::read_to_string(dir.join(format!("{name}.plan.json")))?;
    let vars = dir.join(format!("{name}.tfvars"));
    let vars = vars.is_file().then(|| vars.display().to_string());
    Ok((serde_json::from_str(&text)?, vars))
}

fn our_plan(module: &Path, var_file: Option<&str>) -> Json {
    let dir = module.display().to_string();
    let inputs = Inputs {
        given: var_file.map(|f| Given::File(f.to_owned())).into_iter().collect(),
        ..Inputs::default()
    };
    let mut asked = vec![dir.clone()];
    asked.extend(inputs.var_files().map(str::to_owned));
    let parsed = Parsed::load(&Disk, &asked);
    let plan = trueline_terraform::plan(&Disk, &parsed, &dir, &inputs);
    (*plan.json).clone()
}
