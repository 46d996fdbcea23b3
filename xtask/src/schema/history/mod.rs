//! `gen schema-history`: which provider version has what, as differences to the exact digest.
//!
//! What enters: the bindings that are generated from versions of the provider and published as packages of npm, and the
//! committed digest of the exact version. What leaves: the committed history, the same bytes for the same packages. The
//! packages are fetched with `npm pack`, or read from a directory that holds them; nothing of them is kept.

mod edition;
mod encode;
mod package;
mod typescript;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use trueline_provider::schema::{self, BlockSchema, Section};

use crate::workspace;

/// All types of a version; equal ones are one.
pub type Shared = BTreeMap<(Section, String), Arc<BlockSchema>>;

/// Where the history is committed, from the root of the workspace.
const HISTORY: &str = "crates/provider/data/aws.history";

/// The packages, oldest first: name, version, and the version of the provider that they are generated from. The oldest do
/// not tell theirs: those for `~> 2.0` and the last for `~> 3.0` are of the last of these, and for those with `~` a later
/// version is named, which has new types that they lack. What they have is in that version; what they lack may be too.
const PACKAGES: [(&str, &str, &str); 19] = [
    ("@cdktf/provider-aws", "0.0.94", "2.70.0"),
    ("@cdktf/provider-aws", "1.0.1", "3.30.0~"),
    ("@cdktf/provider-aws", "1.0.131", "3.60.0~"),
    ("@cdktf/provider-aws", "4.0.18", "3.74.0~"),
    ("@cdktf/provider-aws", "5.0.52", "3.75.0"),
    ("@cdktf/provider-aws", "6.0.0", "4.8.0~"),
    ("@cdktf/provider-aws", "7.0.68", "4.15.1"),
    ("@cdktf/provider-aws", "9.0.52", "4.33.0"),
    ("@cdktf/provider-aws", "11.0.10", "4.50.0"),
    ("@cdktf/provider-aws", "15.0.0", "4.67.0"),
    ("@cdktf/provider-aws", "16.0.9", "5.13.1"),
    ("@cdktf/provider-aws", "18.2.0", "5.31.0"),
    ("@cdktf/provider-aws", "19.30.0", "5.62.0"),
    ("@cdktf/provider-aws", "19.50.0", "5.84.0"),
    ("@cdktf/provider-aws", "20.1.0", "5.100.0"),
    ("@cdktf/provider-aws", "21.0.0", "6.0.0"),
    ("@cdktf/provider-aws", "21.22.1", "6.25.0"),
    ("@cdktn/provider-aws", "24.1.0", "6.45.0"),
    ("@cdktn/provider-aws", "25.7.0", "6.66.0"),
];

/// Writes the history. `from`: a directory with packed packages; what it lacks is fetched.
pub fn generate(from: Option<&Path>) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let exact = exact()?;
    let mut editions: Vec<(&str, Shared)> = Vec::new();
    for (name, version, provider) in PACKAGES {
        let units = package::read(name, version, from, dir.path())
            .with_context(|| format!("{name}@{version} can't be read"))?;
        let mut types = Shared::new();
        for unit in &units {
            if let Some(told) = &unit.version {
                ensure!(told == provider, "{name}@{version} is of {told}, not of {provider}");
            }
            let key = (unit.section, unit.kind.clone());
            let known = exact.get(&key);
            let made = edition::schema(unit, known.map(|k| &**k));
            let before = editions.last().and_then(|(_, types)| types.get(&key));
            let same = [known, before].into_iter().flatten().find(|s| ***s == made).cloned();
            types.insert(key, same.unwrap_or_else(|| Arc::new(made)));
        }
        crate::say(&format!("{provider}: {} types", types.len()));
        if provider == super::VERSION {
            compare(&exact, &types);
        } else {
            editions.push((provider, types));
        }
    }
    let bytes = encode::history(super::SOURCE, &exact, &editions)?;
    std::fs::write(workspace::root()?.join(HISTORY), &bytes)
        .with_context(|| format!("{HISTORY} can't be written"))?;
    crate::say(&format!("{HISTORY}: {} versions, {} bytes", editions.len(), bytes.len()));
    Ok(())
}

fn exact() -> Result<Shared> {
    let aws = schema::aws();
    let mut out = Shared::new();
    for name in aws.resource_types() {
        out.insert(
            (Section::Resource, name.to_owned()),
            aws.resource(name).context("a type can't be decoded")?,
        );
    }
    for name in aws.data_source_types() {
        let block = aws.data_source(name).context("a data source can't be decoded")?;
        out.insert((Section::DataSource, name.to_owned()), block);
    }
    out.insert(
        (Section::Provider, String::new()),
        aws.provider_config().context("the provider can't be decoded")?,
    );
    Ok(out)
}

/// How far what the bindings say differs from what Terraform says of the same version.
fn compare(exact: &Shared, types: &Shared) {
    let differing: Vec<&str> = exact
        .iter()
        .filter(|(k, e)| types.get(k).is_none_or(|t| t != *e))
        .map(|((_, name), _)| name.as_str())
        .collect();
    crate::say(&format!(
        "  {} types differ from Terraform's schema: {}",
        differing.len(),
        differing.join(" ")
    ));
}
