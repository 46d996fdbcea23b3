//! Finds and reads `trueline.toml`.

use std::path::Path;

use trueline_rules::Settings;
use trueline_text::normalize;

use crate::{EngineError, policy};

/// Name of the file.
pub const FILE: &str = "trueline.toml";
/// Settings larger than this are refused.
const MAX_SETTINGS: u64 = 4 << 20;

/// The settings of a run and the directory they count from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// What the file says; nothing if there is none.
    pub settings: Settings,
    /// Directory of the file.
    pub dir: Option<String>,
}

impl Found {
    /// A path that the settings name, which counts from the directory of their file.
    pub fn path(&self, name: &str) -> String {
        match &self.dir {
            Some(dir) if !name.starts_with('/') => normalize(&format!("{dir}/{name}")),
            _ => name.to_owned(),
        }
    }
}

/// Reads `explicit`, else the nearest `trueline.toml` at or above the paths, which must be the same for all of them.
pub fn find(explicit: Option<&str>, paths: &[String]) -> Result<Found, EngineError> {
    if let Some(path) = explicit {
        return read(path);
    }
    let mut found: Option<(&str, Option<String>)> = None;
    let here = [".".to_owned()];
    let paths = if paths.is_empty() { &here } else { paths };
    for path in paths.iter().filter(|p| *p != "-") {
        let file = upward(path);
        match &found {
            None => found = Some((path, file)),
            Some((_, first)) if same(first.as_deref(), file.as_deref()) => {}
            Some((first, first_file)) => {
                let name = |f: &Option<String>| f.clone().unwrap_or_else(|| "none".to_owned());
                return Err(EngineError::TwoSettings {
                    first: (*first).to_owned(),
                    first_settings: name(first_file),
                    second: path.clone(),
                    second_settings: name(&file),
                });
            }
        }
    }
    match found {
        Some((_, Some(path))) => read(&path),
        Some((_, None)) => Ok(Found::default()),
        // only standard input is checked
        None => upward(".").map_or_else(|| Ok(Found::default()), |p| read(&p)),
    }
}

fn read(path: &str) -> Result<Found, EngineError> {
    let text = policy::text(path, MAX_SETTINGS)?;
    let settings = Settings::parse(path, &text)?;
    Ok(Found { settings, dir: Some(parent(path)) })
}

fn same(a: Option<&str>, b: Option<&str>) -> bool {
    let real = |p: Option<&str>| p.map(|p| Path::new(p).canonicalize().ok());
    real(a) == real(b)
}

/// The nearest file at or above a path; the path shown is as short as the one given.
fn upward(path: &str) -> Option<String> {
    let path = normalize(path);
    let mut dir = if Path::new(&path).is_dir() { path } else { parent(&path) };
    loop {
        let file = normalize(&format!("{dir}/{FILE}"));
        if Path::new(&file).is_file() {
            return Some(file);
        }
        Path::new(&dir).canonicalize().ok()?.parent()?;
        dir = normalize(&format!("{dir}/.."));
    }
}

fn parent(path: &str) -> String {
    normalize(&format!("{}/..", normalize(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_above_holds_and_two_are_refused() {
        let top = tempfile::TempDir::new().unwrap();
        let root = top.path().to_str().unwrap().to_owned();
        for dir in ["a/b", "c"] {
            std::fs::create_dir_all(format!("{root}/{dir}")).unwrap();
        }
        let put = |path: &str, text: &str| std::fs::write(format!("{root}/{path}"), text).unwrap();
        put("trueline.toml", "fail-on = \"high\"\npolicy = [\"mine\"]\n");
        put("a/b/main.tf", "");
        put("a/b/plan.json", "");
        let found =
            find(None, &[format!("{root}/a/b"), format!("{root}/a/b/plan.json"), "-".into()]).unwrap();
        assert_eq!(found.settings.path, format!("{root}/trueline.toml"));
        assert_eq!(found.path("mine"), format!("{root}/mine"));

        put("c/trueline.toml", "");
        let two = find(None, &[format!("{root}/a/b"), format!("{root}/c")]);
        assert!(matches!(two, Err(EngineError::TwoSettings { .. })));
        let named = find(Some(&format!("{root}/c/trueline.toml")), &[format!("{root}/a/b")]).unwrap();
        assert_eq!(named.dir, Some(format!("{root}/c")));

        put("c/trueline.toml", "fail-on = \"hihg\"\n");
        assert!(matches!(find(None, &[format!("{root}/c")]), Err(EngineError::Settings(_))));
    }
}
