//! What is generated: `docs/rules` from the pack, `docs/reference` from what was mined of the provider and from the keys of
//! the settings.

mod provider;
mod rules;
mod scanners;

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::{say, workspace};

/// Writes all generated files, or only says which are not what they would be.
pub fn run(check: bool) -> Result<()> {
    let mut stale = folder("docs/rules", &rules::files()?, check)?;
    let mut reference = provider::files()?;
    let schema = serde_json::to_string_pretty(&trueline_rules::settings::json_schema())?;
    reference.insert("trueline.schema.json".to_owned(), format!("{schema}\n"));
    stale.extend(folder("docs/reference", &reference, check)?);
    if stale.is_empty() {
        return Ok(());
    }
    bail!("not up to date, run `cargo xtask gen`:\n  {}", stale.join("\n  "))
}

/// Makes a folder hold just these files; returns what is not so if it is only checked.
fn folder(folder: &str, files: &BTreeMap<String, String>, check: bool) -> Result<Vec<String>> {
    let at = workspace::root()?.join(folder);
    let mut stale = Vec::new();
    for (name, text) in files {
        let path = at.join(name);
        if fs::read_to_string(&path).ok().as_deref() == Some(text) {
            continue;
        }
        if check {
            stale.push(format!("{folder}/{name}"));
        } else {
            fs::create_dir_all(&at)?;
            fs::write(&path, text).with_context(|| format!("{folder}/{name} can't be written"))?;
            say(&format!("wrote {folder}/{name}"));
        }
    }
    for entry in fs::read_dir(&at).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if files.contains_key(&name) {
            continue;
        }
        if check {
            stale.push(format!("{folder}/{name} (nothing generates this file)"));
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(stale)
}
