//! `gen schema`: the digest of a provider's schema.
//!
//! What enters: `terraform providers schema -json` of the provider version below, asked from the
//! Terraform on this machine, or read from a file, and the mined defaults. What leaves: the
//! committed digest, the same bytes for the same schema.

pub mod encode;
pub mod history;
pub mod read;

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value as Json};

use crate::workspace;

/// Source address of the provider.
pub const SOURCE: &str = "registry.terraform.io/hashicorp/aws";
/// Its version.
pub const VERSION: &str = "5.100.0";
/// Where the digest is committed, from the root of the workspace.
pub const DIGEST: &str = "crates/provider/data/aws-5.100.schema";
/// Compression of the mined defaults.
const LEVEL: i32 = 19;
/// Where the mined defaults are committed.
pub const DEFAULTS: &str = "crates/provider/data/aws-5.100.defaults.json.zst";

/// Writes the digest. `from`: a file with the output of `terraform providers schema -json`.
pub fn generate(from: Option<&Path>) -> Result<()> {
    let text = match from {
        Some(path) => {
            std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?
        }
        None => ask_terraform()?,
    };
    let all: Json = serde_json::from_str(&text).context("the schema is no JSON")?;
    let Some(schema) = all.get("provider_schemas").and_then(|p| p.get(SOURCE)) else {
        bail!(
            "the schema holds no provider `{SOURCE}`: give the output of `terraform providers schema -json`"
        );
    };
    let root = workspace::root()?;
    let mined = read_defaults(&root.join(DEFAULTS))?.map_or(Json::Null, Json::Object);
    let types = read::provider(schema, &mined)?;
    let bytes = encode::digest(SOURCE, VERSION, &types)?;
    std::fs::write(root.join(DIGEST), &bytes).with_context(|| format!("{DIGEST} can't be written"))?;
    crate::say(&format!("{DIGEST}: {} types, {} bytes", types.len(), bytes.len()));
    Ok(())
}

/// The file of the mined defaults; none if there is no such file.
pub fn read_defaults(path: &Path) -> Result<Option<Map<String, Json>>> {
    let bytes = match std::fs::read(path) {
        Ok(b) => b,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e).with_context(|| format!("{} can't be read", path.display())),
    };
    let text = zstd::decode_all(bytes.as_slice())?;
    Ok(Some(serde_json::from_slice(&text).with_context(|| format!("{} is no JSON", path.display()))?))
}

/// Writes it.
pub fn write_defaults(path: &Path, sections: &Map<String, Json>) -> Result<()> {
    let text = serde_json::to_string(sections)?;
    std::fs::write(path, zstd::encode_all(text.as_bytes(), LEVEL)?)?;
    Ok(())
}

/// Runs `terraform providers schema -json` in an empty module that asks for this provider.
pub fn ask_terraform() -> Result<String> {
    let terraform = crate::terraform::find()?;
    let dir = tempfile::tempdir()?;
    std::fs::write(dir.path().join("main.tf"), required_providers())?;
    terraform.run(dir.path(), &["init", "-input=false", "-no-color"])?;
    terraform.run(dir.path(), &["providers", "schema", "-json"])
}

/// A `terraform` block that asks for exactly this provider.
pub fn required_providers() -> String {
    let short = SOURCE.strip_prefix("registry.terraform.io/").unwrap_or(SOURCE);
    format!(
        "terraform {{\n  required_providers {{\n    aws = {{\n      source  = \"{short}\"\n      version = \"{VERSION}\"\n    }}\n  }}\n}}\n"
    )
}
