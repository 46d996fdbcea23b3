//! What `fix` tells: what was mended, what was not and why, and what to do next. By rule, then by file.
//!
//! What enters: for each finding its place and what is to be said of it. What leaves: text for people.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use trueline_model::Severity;

use crate::escape::{harmless, name, printable};
use crate::view::count;

/// A finding that was mended, or was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its rule.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// Its message.
    pub message: String,
    /// Its file and line, or its address where it has no place.
    pub place: Result<(String, u32), String>,
    /// The file of values with which it was found, if not with the normal inputs.
    pub with: Option<String>,
    /// What Terraform will not do all the same, or why it was not mended.
    pub said: String,
    /// What stands in the way of the fix.
    pub way: Way,
}

/// What stands in the way of a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Nothing: it was made.
    Open,
    /// It is unsafe.
    Unsafe,
    /// It needs a setting.
    Needs,
    /// It was withdrawn, or there is no place for it.
    Other,
}

/// All that a run of `fix` tells.
#[derive(Clone, Debug, Default)]
pub struct Repair {
    /// What was mended.
    pub mended: Vec<Told>,
    /// What has a fix that was not made.
    pub left: Vec<Told>,
    /// What could not be read.
    pub errors: Vec<String>,
    /// How many findings have no fix.
    pub by_hand: usize,
    /// How many files change.
    pub files: usize,
    /// Nothing is written.
    pub only_shown: bool,
}

/// Renders what was done, what was not and why, and what remains.
pub fn repair(all: &Repair) -> String {
    let mut out = String::new();
    let done = if all.only_shown { "would fix" } else { "fixed" };
    for (verb, told) in [(done, &all.mended), ("not fixed", &all.left)] {
        for alike in by_rule(told) {
            group(&mut out, verb, &alike);
        }
    }
    for message in &all.errors {
        let _ = writeln!(out, "error: {message}");
    }
    let _ = writeln!(
        out,
        "{} {}, {} not fixed{}, {} to mend by hand; {} changed",
        all.mended.len(),
        if all.only_shown { "would be fixed" } else { "fixed" },
        all.left.len(),
        ways(&all.left),
        all.by_hand,
        count(all.files, "file"),
    );
    if all.only_shown && all.files > 0 {
        out.push_str("nothing is written: run it without `--diff` to write this\n");
    }
    if all.by_hand > 0 {
        out.push_str("`trueline check` shows what remains and what to do about it\n");
    }
    harmless(&out).into_owned()
}

/// Those of which one sentence says the same; the worst rules first.
fn by_rule(all: &[Told]) -> Vec<Vec<&Told>> {
    let mut worst: BTreeMap<&str, Severity> = BTreeMap::new();
    for t in all {
        let severity = worst.entry(&t.rule).or_insert(t.severity);
        *severity = (*severity).max(t.severity);
    }
    let mut groups: BTreeMap<_, Vec<&Told>> = BTreeMap::new();
    for t in all {
        let severity = Reverse(worst.get(t.rule.as_str()).copied());
        groups.entry((severity, &*t.rule, first_line(&t.message), &*t.said)).or_default().push(t);
    }
    groups.into_values().collect()
}

/// `fixed RULE: message`, a line for each file with all places in it, and what is to be said of them.
fn group(out: &mut String, verb: &str, alike: &[&Told]) {
    let Some(first) = alike.first() else { return };
    let _ = writeln!(out, "{verb} {}: {}", name(&first.rule), printable(first_line(&first.message)));
    let mut files: BTreeMap<(&str, Option<&str>), BTreeMap<u32, usize>> = BTreeMap::new();
    let mut placeless: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    for t in alike {
        match &t.place {
            Ok((file, line)) => {
                let lines = files.entry((file, t.with.as_deref())).or_default();
                *lines.entry(*line).or_default() += 1;
            }
            Err(subject) => *placeless.entry((subject, t.with.as_deref())).or_default() += 1,
        }
    }
    for ((file, with), lines) in files {
        let lines: Vec<String> = lines.iter().map(|(line, n)| format!("{line}{}", instances(*n))).collect();
        let _ = writeln!(out, "  {}:{}{}", name(file), lines.join(", "), values(with));
    }
    for ((subject, with), n) in placeless.iter().filter(|((subject, _), _)| !subject.is_empty()) {
        let _ = writeln!(out, "  {}{}{}", name(subject), instances(*n), values(*with));
    }
    for line in first.said.lines() {
        let _ = writeln!(out, "  {line}");
    }
}

fn values(with: Option<&str>) -> String {
    with.map_or_else(String::new, |file| format!(" (with `{}`)", name(file)))
}

fn instances(n: usize) -> String {
    if n > 1 { format!(" ({n} instances)") } else { String::new() }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

/// ` (2 unsafe, 1 needs settings)`
fn ways(left: &[Told]) -> String {
    let number = |way: Way| left.iter().filter(|t| t.way == way).count();
    let said: Vec<String> =
        [(Way::Unsafe, "unsafe: `--unsafe` applies it"), (Way::Needs, "lacking settings")]
            .into_iter()
            .map(|(way, words)| (number(way), words))
            .filter(|(n, _)| *n > 0)
            .map(|(n, words)| format!("{n} {words}"))
            .collect();
    if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rule: &str, severity: Severity, file: &str, line: u32) -> Told {
        Told {
            rule: rule.to_owned(),
            severity,
            message: format!("{rule} is broken\nsecond line"),
            place: Ok((file.to_owned(), line)),
            with: None,
            said: String::new(),
            way: Way::Open,
        }
    }

    #[test]
    fn findings_stand_by_rule_then_by_file() {
        let (low, high) = (Severity::Low, Severity::High);
        let mended = vec![
            told("a", low, "x.tf", 20),
            told("b", high, "x.tf", 1),
            told("a", low, "m\u{1b}.tf", 3),
            told("a", low, "x.tf", 7),
            told("a", low, "x.tf", 7),
            Told { with: Some("prod.tfvars".into()), ..told("a", low, "x.tf", 9) },
        ];
        let left = vec![
            Told { said: "it would be replaced".into(), way: Way::Unsafe, ..told("c", low, "x.tf", 2) },
            Told {
                said: "it needs x".into(),
                way: Way::Needs,
                place: Err("aws_x.y".into()),
                ..told("c", low, "", 0)
            },
        ];
        let all = Repair { mended, left, by_hand: 2, files: 1, ..Repair::default() };
        assert_eq!(
            repair(&all),
            "fixed b: b is broken\n  x.tf:1\n\
             fixed a: a is broken\n  m\\u001b.tf:3\n  x.tf:7 (2 instances), 20\n  x.tf:9 (with `prod.tfvars`)\n\
             not fixed c: c is broken\n  aws_x.y\n  it needs x\n\
             not fixed c: c is broken\n  x.tf:2\n  it would be replaced\n\
             6 fixed, 2 not fixed (1 unsafe: `--unsafe` applies it, 1 lacking settings), 2 to mend by hand; 1 file changed\n\
             `trueline check` shows what remains and what to do about it\n"
        );
        let shown = repair(&Repair { only_shown: true, errors: vec!["x".into()], left: Vec::new(), ..all });
        assert!(
            shown.starts_with("would fix b: ")
                && shown.contains("\nerror: x\n6 would be fixed, 0 not fixed, 2 to"),
            "{shown}"
        );
        assert!(shown.contains("nothing is written: run it without `--diff`"), "{shown}");
    }
}
