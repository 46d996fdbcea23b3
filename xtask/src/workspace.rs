//! Where the workspace is, and what is in it.

use std::path::PathBuf;

use anyhow::{Context, Result};

/// The root of the workspace: the nearest directory upward that holds `Cargo.lock` and `crates/`.
pub fn root() -> Result<PathBuf> {
    let here = std::env::current_dir().context("the current directory can't be read")?;
    here.ancestors()
        .find(|d| d.join("Cargo.lock").is_file() && d.join("crates").is_dir())
        .map(PathBuf::from)
        .context("run this inside the workspace: no directory upward holds `Cargo.lock` and `crates/`")
}
