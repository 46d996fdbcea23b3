//! Versions of providers, and those that a root may be run with.

use std::fmt;
use std::str::FromStr;

/// `5.100.0`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u64, pub u64, pub u64);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// A text that is no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoVersion;

impl FromStr for Version {
    type Err = NoVersion;

    /// Reads one to three numbers; what stands behind `-` or `+` (`6.0.0-beta1`) is left aside.
    fn from_str(text: &str) -> Result<Self, NoVersion> {
        let text = text.trim().trim_start_matches('v');
        let numbers = text.split(['-', '+']).next().unwrap_or_default();
        let mut out = [0; 3];
        let mut parts = numbers.split('.');
        for (i, n) in out.iter_mut().enumerate() {
            match parts.next() {
                Some(part) => *n = part.trim().parse().map_err(|_| NoVersion)?,
                None if i == 0 => return Err(NoVersion),
                None => break,
            }
        }
        let [major, minor, patch] = out;
        if parts.next().is_some() { Err(NoVersion) } else { Ok(Self(major, minor, patch)) }
    }
}

/// Which versions of a provider a root and its modules may be run with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderVersions {
    /// What says so, in its own words: constraints, or the version that is locked. Empty if nothing does.
    pub stated: Vec<String>,
    /// Lowest and highest admitted version of each major version, oldest first. Empty if no constraint can be met.
    pub ranges: Vec<(Version, Version)>,
}

impl ProviderVersions {
    /// What says so, in words for a message.
    pub fn words(&self) -> String {
        match self.stated.as_slice() {
            [] => "no version is stated".to_owned(),
            all => all.iter().map(|s| format!("`{s}`")).collect::<Vec<_>>().join(" and "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_are_read_and_ordered_by_number() {
        let read = |t: &str| t.parse::<Version>();
        for (text, v) in [
            ("5.100.0", Version(5, 100, 0)),
            ("v5.9", Version(5, 9, 0)),
            ("6", Version(6, 0, 0)),
            ("6.0.0-beta1", Version(6, 0, 0)),
        ] {
            assert_eq!(read(text), Ok(v), "{text}");
        }
        assert!(read("5.100.0").ok() > read("5.9.0").ok());
        for text in ["", "five", "5.x", "1.2.3.4"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
