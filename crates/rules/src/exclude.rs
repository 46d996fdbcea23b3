//! Paths that are not looked at, written as lines of a `.gitignore`.

use ::ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Globs that count from one directory; a later one wins, and `!` takes back what an earlier one names.
#[derive(Clone, Debug)]
pub struct Exclude(Gitignore);

impl Exclude {
    /// Reads globs.
    ///
    /// # Errors
    /// The index of the first one that is none, and why.
    pub fn new<T: AsRef<str>>(globs: &[T]) -> Result<Self, (usize, String)> {
        let mut all = GitignoreBuilder::new(".");
        for (i, glob) in globs.iter().enumerate() {
            let glob = glob.as_ref();
            if glob.trim().is_empty() || glob.starts_with('#') {
                return Err((i, "it names nothing".to_owned()));
            }
            all.add_line(None, glob).map_err(|e| (i, reason(&e)))?;
        }
        all.build().map(Self).map_err(|e| (0, reason(&e)))
    }

    /// True if a path below the directory is excluded, or a folder that it lies in; one outside of it never is.
    pub fn covers(&self, path: &str, is_dir: bool) -> bool {
        let outside =
            path.is_empty() || path == "." || path.starts_with('/') || path.split('/').any(|s| s == "..");
        !outside && self.0.matched_path_or_any_parents(path, is_dir).is_ignore()
    }
}

/// What is wrong with a glob, without the glob.
fn reason(e: &::ignore::Error) -> String {
    match e {
        ::ignore::Error::Glob { err, .. } => err.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::Exclude;

    #[test]
    fn globs_mean_what_they_mean_in_a_gitignore() {
        let covers = |globs: &[&str], path: &str| Exclude::new(globs).unwrap().covers(path, false);
        for (glob, path, want) in [
            ("examples/**", "examples/main.tf", true),
            ("examples/**", "examples/a/main.tf", true),
            ("examples/**", "modules/examples/main.tf", false),
            ("examples/", "modules/examples/main.tf", true),
            ("/examples", "modules/examples/main.tf", false),
            ("*.generated.tf", "live/x.generated.tf", true),
            ("live/*/old", "live/prod/old/main.tf", true),
            ("live/*/old", "live/prod/new/main.tf", false),
            ("live", "../live/main.tf", false),
            ("live", "/live/main.tf", false),
        ] {
            assert_eq!(covers(&[glob], path), want, "{glob} {path}");
        }
        assert!(!covers(&["*.tf", "!main.tf"], "a/main.tf") && covers(&["*.tf", "!main.tf"], "a/other.tf"));
    }

    #[test]
    fn what_is_no_glob_is_told_by_its_index() {
        assert_eq!(Exclude::new(&["a", "b[z-a]"]).unwrap_err().0, 1);
        assert_eq!(Exclude::new(&["a", " "]).unwrap_err(), (1, "it names nothing".to_owned()));
    }
}
