//! Paths as they are whatever directory the run started in.

use std::path::Path;

use trueline_text::normalize;

/// Turns paths of the run into paths below one directory.
#[derive(Clone, Debug)]
pub struct Relative {
    here: String,
    top: String,
}

impl Relative {
    /// Paths below `top`.
    pub fn new(top: &str) -> Self {
        let here = real(".").unwrap_or_else(|| "/".to_owned());
        let top = real(top).unwrap_or_else(|| normalize(&format!("{here}/{top}")));
        Self { here, top }
    }

    /// The path below the directory; a path outside of it stays as it is.
    pub fn of(&self, path: &str) -> String {
        let absolute = match path.starts_with('/') {
            true => real(path).unwrap_or_else(|| normalize(path)),
            false => normalize(&format!("{}/{path}", self.here)),
        };
        if absolute == self.top {
            return ".".to_owned();
        }
        let below = if self.top == "/" { absolute.strip_prefix('/') } else { strip(&absolute, &self.top) };
        below.map_or_else(|| normalize(path), str::to_owned)
    }
}

fn strip<'p>(path: &'p str, top: &str) -> Option<&'p str> {
    path.strip_prefix(top)?.strip_prefix('/')
}

fn real(path: &str) -> Option<String> {
    Path::new(path).canonicalize().ok()?.to_str().map(str::to_owned)
}

/// The deepest directory that holds all of these.
pub fn common<'a>(dirs: impl Iterator<Item = &'a str>) -> String {
    let mut out: Option<Vec<&str>> = None;
    for dir in dirs {
        let parts: Vec<&str> = dir.split('/').collect();
        out = Some(match out {
            None => parts,
            Some(old) => old.into_iter().zip(parts).take_while(|(a, b)| a == b).map(|(a, _)| a).collect(),
        });
    }
    match out.map(|o| o.join("/")) {
        Some(dir) if !dir.is_empty() => dir,
        _ => ".".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_the_same_wherever_the_run_started() {
        let top = tempfile::TempDir::new().unwrap();
        let root = top.path().canonicalize().unwrap().to_str().unwrap().to_owned();
        std::fs::create_dir_all(format!("{root}/a/b")).unwrap();
        let relative = Relative::new(&format!("{root}/a"));
        assert_eq!(relative.of(&format!("{root}/a/b/gone.tf")), "b/gone.tf");
        assert_eq!(relative.of(&format!("{root}/a")), ".");
        assert_eq!(relative.of(&format!("{root}/ab/x.tf")), format!("{root}/ab/x.tf"));
        assert_eq!(Relative { here: "/w/x".into(), top: "/w".into() }.of("y/../main.tf"), "x/main.tf");
        assert_eq!(common(["a/b/c", "a/b", "a/bc"].into_iter()), "a");
        assert_eq!(common(["a", "../b"].into_iter()), ".");
        assert_eq!(common(["/t/a"].into_iter()), "/t/a");
    }
}
