//! What the validators of the AWS provider refuse: words and numbers that an argument does not take, arguments that exclude
//! each other.
//!
//! The provider was asked (`xtask/mine/validators.py`); what it said is data, one line for each type.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The version that was asked, the last one of its major.
pub const ASKED: &str = "5.100";

static SAID: &str = include_str!("../data/aws-5.100.validators.txt");

/// What the validators of one type say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    /// The words or whole numbers that an argument takes.
    pub words: BTreeMap<String, Vec<String>>,
    /// The least and the most of a number.
    pub ranges: BTreeMap<String, (Option<i64>, Option<i64>)>,
    /// Arguments or blocks of which only one may be there.
    pub conflicts: Vec<(String, String)>,
}

/// What the validators of a type say, by halving the lines.
pub fn said(kind: &str) -> Option<Said> {
    let (mut low, mut high) = (0, SAID.len());
    while low < high {
        let middle = (low + high) / 2;
        let start = SAID.get(low..middle)?.rfind('\n').map_or(low, |n| low + n + 1);
        let end = SAID.get(start..)?.find('\n').map_or(SAID.len(), |n| start + n);
        let (name, rest) = SAID.get(start..end)?.split_once(' ')?;
        match name.cmp(kind) {
            std::cmp::Ordering::Equal => return serde_json::from_str(rest).ok(),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_read() {
        let names: Vec<&str> = SAID.lines().filter_map(|l| l.split_once(' ')).map(|(n, _)| n).collect();
        assert!(names.len() > 500 && names.is_sorted());
        for name in names {
            assert!(said(name).is_some(), "{name}");
        }
        assert!(said("aws_").is_none() && said("zzz").is_none() && said("").is_none());
    }
}
