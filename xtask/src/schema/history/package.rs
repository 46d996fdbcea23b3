//! Packages of npm: fetched, unpacked, and read file by file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::typescript::{Unit, unit};

/// The types in a package.
pub fn read(name: &str, version: &str, from: Option<&Path>, scratch: &Path) -> Result<Vec<Unit>> {
    let file = format!("{}-{version}.tgz", name.trim_start_matches('@').replace('/', "-"));
    let mut packed = from.map_or_else(|| scratch.join(&file), |d| d.join(&file));
    if !packed.is_file() {
        run(Command::new("npm")
            .args(["pack", "--silent", &format!("{name}@{version}")])
            .current_dir(scratch))?;
        packed = scratch.join(&file);
    }
    let dir = scratch.join("package");
    let unpack = ["xzf", &packed.to_string_lossy(), "-C", &scratch.to_string_lossy(), "package/lib"]
        .map(str::to_owned);
    run(Command::new("tar").args(unpack))?;
    let mut out = Vec::new();
    walk(&dir.join("lib"), &mut out)?;
    fs::remove_dir_all(&dir)?;
    Ok(out)
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?} can't be started"))?;
    ensure!(status.success(), "{command:?} failed");
    Ok(())
}

fn walk(dir: &Path, out: &mut Vec<Unit>) -> Result<()> {
    let mut entries: Vec<PathBuf> = fs::read_dir(dir)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            if !path.to_string_lossy().ends_with("-structs") {
                walk(&path, out)?;
            }
        } else if path.extension().is_some_and(|e| e == "js") {
            let declarations = path.with_extension("d.ts");
            if !declarations.is_file() {
                continue;
            }
            let (mut types, mut code) = (text(&declarations)?, text(&path)?);
            // Long ones are in several files.
            let more = path.with_extension("");
            let more = PathBuf::from(format!("{}-structs", more.display()));
            if more.is_dir() {
                let mut bodies: Vec<PathBuf> =
                    fs::read_dir(&more)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
                bodies.sort();
                for body in bodies {
                    let into =
                        if body.extension().is_some_and(|e| e == "js") { &mut code } else { &mut types };
                    into.push_str(&text(&body)?);
                    into.push('\n');
                }
            }
            out.extend(unit(&types, &code));
        }
    }
    Ok(())
}

/// The text of a file without the source that the compiler appends.
fn text(path: &Path) -> Result<String> {
    let mut out = fs::read_to_string(path)?;
    if let Some(at) = out.rfind("\n//# sourceMappingURL=") {
        out.truncate(at);
    }
    Ok(out)
}
