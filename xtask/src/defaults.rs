//! `gen schema-defaults`: what the provider plans where the source leaves an argument out.
//!
//! What enters: the provider's program in the mirror that `TF_MIRROR` names, its schema, and what was mined before. What
//! leaves: the committed file, which `gen schema` puts into the digest. The work is done by `xtask/mine/mine.py`, which
//! speaks to the provider as Terraform does: Terraform itself needs seconds to start, and there are half a million
//! plans to make. Python needs the packages grpcio and msgpack; `PYTHON` names another one than `python3`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value as Json;

use crate::schema as digest;
use crate::workspace;

/// Mines the types that the file does not hold, or anew those that `only` names.
pub fn generate(only: &[&str]) -> Result<()> {
    let root = workspace::root()?;
    let file = root.join(digest::DEFAULTS);
    let dir = tempfile::tempdir()?;
    let (schema, mined) = (dir.path().join("schema.json"), dir.path().join("mined.json"));
    std::fs::write(&schema, digest::ask_terraform()?)?;
    if let Some(sections) = digest::read_defaults(&file)? {
        std::fs::write(&mined, Json::Object(sections).to_string())?;
    }
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let status = Command::new(&python)
        .arg(root.join("xtask/mine/mine.py"))
        .args([&provider()?, &schema, &mined])
        .args(only)
        .status()
        .with_context(|| format!("`{python}` can't be started"))?;
    ensure!(status.success(), "mining failed; it needs the Python packages grpcio and msgpack");
    import(&mined)
}

/// Takes what `mine.py` wrote elsewhere.
pub fn import(from: &Path) -> Result<()> {
    let text = std::fs::read_to_string(from).with_context(|| format!("{} can't be read", from.display()))?;
    let Json::Object(sections) = serde_json::from_str(&text)? else {
        bail!("{} holds no object", from.display())
    };
    for (name, entries) in &sections {
        crate::say(&format!("{name}: {} types", entries.as_object().map_or(0, |e| e.len())));
    }
    digest::write_defaults(&workspace::root()?.join(digest::DEFAULTS), &sections)
}

/// The provider's program in the mirror.
fn provider() -> Result<PathBuf> {
    let mirror = std::env::var("TF_MIRROR").context("`TF_MIRROR` names no directory with providers")?;
    let dir = Path::new(&mirror).join(digest::SOURCE).join(digest::VERSION);
    let platforms = std::fs::read_dir(&dir).with_context(|| format!("{} can't be read", dir.display()))?;
    let mut programs =
        platforms.flatten().flat_map(|p| std::fs::read_dir(p.path()).into_iter().flatten().flatten());
    let program = programs.find(|f| f.file_name().to_string_lossy().starts_with("terraform-provider-"));
    program.map(|f| f.path()).with_context(|| format!("there is no provider in {}", dir.display()))
}
