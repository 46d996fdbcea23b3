//! Runs the Terraform of this machine, offline.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// A Terraform that can be run.
pub struct Terraform {
    program: PathBuf,
    env: Vec<(String, String)>,
    /// Removed with this value.
    _config: Option<tempfile::TempDir>,
}

/// Finds Terraform on the `PATH`.
///
/// Providers come from the file system mirror that `TF_MIRROR` names (a directory that holds
/// `registry.terraform.io`); without it, from wherever Terraform's own configuration says.
pub fn find() -> Result<Terraform> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let program = std::env::split_paths(&paths)
        .map(|d| d.join("terraform"))
        .find(|p| p.is_file())
        .context("`terraform` is not on the PATH: this task needs it; everything else works without")?;
    let mut env = vec![
        ("CHECKPOINT_DISABLE".to_owned(), "1".to_owned()),
        ("TF_IN_AUTOMATION".to_owned(), "1".to_owned()),
    ];
    let mut config = None;
    if let Ok(mirror) = std::env::var("TF_MIRROR") {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("cli.tfrc");
        let text =
            format!("provider_installation {{\n  filesystem_mirror {{\n    path = {mirror:?}\n  }}\n}}\n");
        std::fs::write(&file, text)?;
        env.push(("TF_CLI_CONFIG_FILE".to_owned(), file.display().to_string()));
        config = Some(dir);
    }
    Ok(Terraform { program, env, _config: config })
}

impl Terraform {
    /// Sets a variable of the environment for all runs.
    pub fn set(&mut self, name: &str, value: &str) {
        self.env.push((name.to_owned(), value.to_owned()));
    }

    /// Runs it in a directory; returns whether it succeeded, and what it printed and complained.
    pub fn run_to_end(&self, dir: &Path, args: &[&str]) -> Result<(bool, String, String)> {
        let out = Command::new(&self.program)
            .args(args)
            .current_dir(dir)
            .envs(self.env.iter().map(|(k, v)| (k, v)))
            .output()
            .with_context(|| format!("{} can't be started", self.program.display()))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok((out.status.success(), text(&out.stdout), text(&out.stderr)))
    }

    /// Runs it in a directory and returns what it printed; an error holds what it complained about.
    pub fn run(&self, dir: &Path, args: &[&str]) -> Result<String> {
        let (ok, out, err) = self.run_to_end(dir, args)?;
        if !ok {
            bail!("`terraform {}` failed:\n{}", args.join(" "), err.trim());
        }
        Ok(out)
    }
}
