//! The page of other scanners' checks: which rule finds what a check finds, and why there is none for the rest.
//!
//! Enters: the aliases of the rules, and `xtask/scanners/checkov-aws.txt`, which lists every check of one version. Leaves:
//! the page; an error where a check is neither ours nor explained, or both.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Result, bail};
use trueline_rules::explain::Page;

use super::rules::HEAD;

const CHECKOV: &str = include_str!("../../scanners/checkov-aws.txt");

/// Why a check is not ours, and what that means.
const REASONS: [(&str, &str); 7] = [
    (
        "account",
        "a setting of an account or organization, made once and seldom in the module that is checked",
    ),
    ("covered", "another rule finds the same, asked in another way"),
    ("disputed", "good practice does not ask for it, or advises against it"),
    ("obsolete", "what it is about is gone, or takes no new customers"),
    ("open", "there is no rule yet"),
    ("runtime", "what is right changes with time and is not seen in code"),
    ("workload", "hangs on what the workload is for, or on what stands in another module"),
];

/// An id, sorted so that `CKV_AWS_9` comes before `CKV_AWS_10`.
type Id<'a> = (&'a str, usize, &'a str);

/// The page.
pub(super) fn page(pages: &[Page]) -> Result<String> {
    let mut known: BTreeMap<Id<'_>, Vec<&str>> = BTreeMap::new();
    for p in pages {
        for alias in p.meta.aliases.iter().filter(|a| a.starts_with("CKV") || a.starts_with("AVD-")) {
            known.entry(id(alias)).or_default().push(&p.meta.id);
        }
    }
    let ours: BTreeSet<&str> = known.keys().map(|(_, _, alias)| *alias).filter(|a| is_checkov(a)).collect();
    let (total, others) = read(CHECKOV, &ours)?;
    let mut out = format!(
        "{HEAD}# Checks of other scanners\n\nThe rule that finds what a check of Checkov (`CKV…`) or Trivy (`AVD-…`) finds. `trueline explain ID` and comments that skip a \
         check know these ids too.\n\nOf the {total} checks of Checkov 3.3.30 for AWS, {} have a rule here; [the others](#not-ours) have a reason.\n\n| check | rule |\n| --- | --- |\n",
        ours.len()
    );
    for ((_, _, alias), rules) in known {
        let links: Vec<String> = rules.iter().map(|r| format!("[{r}]({}.md)", r.replace('/', "-"))).collect();
        let _ = writeln!(out, "| {alias} | {} |", links.join(", "));
    }
    out.push_str("\n## Not ours\n\n");
    for (name, meaning) in REASONS {
        let count = others.values().filter(|o| o.0 == name).count();
        let _ = writeln!(out, "- *{name}* ({count}): {meaning}");
    }
    out.push_str("\n| check | why | |\n| --- | --- | --- |\n");
    for ((_, _, check), (reason, words)) in others {
        let _ = writeln!(out, "| {check} | {reason} | {words} |");
    }
    Ok(out)
}

fn id(alias: &str) -> Id<'_> {
    (alias.trim_end_matches(|c: char| c.is_ascii_digit()), alias.len(), alias)
}

fn is_checkov(alias: &str) -> bool {
    alias.starts_with("CKV_AWS_") || alias.starts_with("CKV2_AWS_")
}

/// Checks that are not ours: the kind of reason, and the reason in words.
type Others<'a> = BTreeMap<Id<'a>, (&'a str, &'a str)>;

/// How many checks the list has, and those that are not ours.
fn read<'a>(list: &'a str, ours: &BTreeSet<&str>) -> Result<(usize, Others<'a>)> {
    let (mut all, mut others, mut wrong) = (BTreeSet::new(), Others::new(), Vec::new());
    for line in list.lines().filter(|l| !l.starts_with('#')) {
        let (check, reason) = line.split_once(' ').map_or((line, None), |(c, r)| (c, Some(r)));
        if !all.insert(check) {
            wrong.push(format!("{check} is listed twice"));
        }
        match (reason, ours.contains(check)) {
            (None, true) => {}
            (None, false) => wrong.push(format!("{check} has neither a rule nor a reason")),
            (Some(_), true) => wrong.push(format!("{check} has a rule and a reason why it has none")),
            (Some(text), false) => match text.split_once(": ") {
                Some((kind, words)) if REASONS.iter().any(|(name, _)| *name == kind) => {
                    others.insert(id(check), (kind, words));
                }
                _ => wrong.push(format!("{check} has a reason of no known kind: {text}")),
            },
        }
    }
    wrong.extend(ours.iter().filter(|a| !all.contains(*a)).map(|a| format!("{a} is no check of Checkov")));
    match wrong.is_empty() {
        true => Ok((all.len(), others)),
        false => {
            bail!("xtask/scanners/checkov-aws.txt and the aliases of the rules:\n  {}", wrong.join("\n  "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_check_is_ours_or_explained_and_never_both() {
        let ours = BTreeSet::from(["CKV_AWS_2", "CKV_AWS_10"]);
        let good = "# a comment\nCKV_AWS_2\nCKV_AWS_9 open: not yet\nCKV_AWS_10\n";
        let (total, others) = read(good, &ours).unwrap();
        assert_eq!((total, others.len(), others[&id("CKV_AWS_9")]), (3, 1, ("open", "not yet")));
        for (list, says) in [
            ("CKV_AWS_2\nCKV_AWS_9\nCKV_AWS_10\n", "CKV_AWS_9 has neither"),
            ("CKV_AWS_2 open: x\nCKV_AWS_10\n", "CKV_AWS_2 has a rule and a reason"),
            ("CKV_AWS_2\n", "CKV_AWS_10 is no check"),
            ("CKV_AWS_2\nCKV_AWS_2\nCKV_AWS_10\n", "CKV_AWS_2 is listed twice"),
            ("CKV_AWS_2\nCKV_AWS_10\nCKV_AWS_9 because: x\n", "of no known kind"),
        ] {
            assert!(read(list, &ours).unwrap_err().to_string().contains(says), "{list}");
        }
    }
}
