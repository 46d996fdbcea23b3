//! Comments that accept a finding where it stands: ours, and those of other scanners.
//!
//! Enters: the text of one comment. Leaves: which rules it names, until when, why; or what is wrong with it.
//! Where a comment counts (its line, the block behind it, the file) is for the caller to find out;
//! [`Scope`] says what the comment asks for.

use crate::Date;

/// Whose comment it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tool {
    /// `trueline:ignore`
    Trueline,
    /// `checkov:skip=` and its older names.
    Checkov,
    /// `trivy:ignore:`
    Trivy,
    /// `tfsec:ignore:`
    Tfsec,
    /// `kics-scan ignore-…`
    Kics,
}

/// How far it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The line it stands on or before, and the block, if it stands inside one at its top level or right before it.
    Here,
    /// Only the next line.
    Line,
    /// The next block.
    Block,
    /// The whole file.
    File,
}

/// A comment that accepts findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    /// Whose comment it is.
    pub tool: Tool,
    /// How far it reaches.
    pub scope: Scope,
    /// Rule ids or aliases, `*` for all.
    pub rules: Vec<String>,
    /// Last day on which it holds.
    pub until: Option<Date>,
    /// Why.
    pub reason: Option<String>,
    /// Only for resources with these values: dotted path and value (Trivy's `[from_port=22]`).
    pub attributes: Vec<(String, String)>,
    /// Only in this workspace; `*` stands for anything (tfsec's and Trivy's `:ws:`).
    pub workspace: Option<String>,
}

/// A comment that was meant to accept findings, and can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IgnoreError {
    /// It names no rule.
    #[error("`{comment}` names no rule: expected e.g. `trueline:ignore aws/s3/unencrypted-bucket`")]
    NoRule {
        /// The comment.
        comment: String,
    },
    /// A word that is neither rule nor `until=` nor `reason=`.
    #[error(
        "`{word}` is not understood in `{comment}`: expected rule ids separated by commas, then `until=2027-01-31` and `reason=\"…\"`"
    )]
    Word {
        /// The word.
        word: String,
        /// The comment.
        comment: String,
    },
    /// A date that the calendar does not have.
    #[error("`until={text}` in `{comment}` is no date: expected e.g. `until=2027-01-31`")]
    Until {
        /// The text.
        text: String,
        /// The comment.
        comment: String,
    },
    /// A reason whose quotes do not close.
    #[error("the reason in `{comment}` does not close its quotes")]
    Quotes {
        /// The comment.
        comment: String,
    },
}

impl Ignore {
    /// One that names nothing yet.
    const fn new(tool: Tool, scope: Scope) -> Self {
        Self {
            tool,
            scope,
            rules: Vec::new(),
            until: None,
            reason: None,
            attributes: Vec::new(),
            workspace: None,
        }
    }

    /// True on days after its last one.
    pub fn is_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|u| today > u)
    }

    /// True if it names this rule, by its id or by another scanner's.
    pub fn names(&self, rule: &trueline_model::RuleMeta) -> bool {
        self.rules.iter().any(|r| names(r, rule))
    }

    /// True if it counts in this workspace.
    pub fn is_for(&self, workspace: &str) -> bool {
        self.workspace.as_deref().is_none_or(|w| crate::glob::matches(w, workspace))
    }
}

/// True if a word of a comment names this rule: its id, another scanner's (`aws-s3-*` is several), `folder/*`, or `*`.
pub fn names(word: &str, rule: &trueline_model::RuleMeta) -> bool {
    let several = |a: &String| crate::glob::matches(&word.to_lowercase(), &a.to_lowercase());
    word == "*"
        || crate::waiver::names_rule(word, rule)
        || word.contains('*') && !word.contains('/') && rule.aliases.iter().any(several)
}

/// Reads a comment, with or without its `#`, `//` or `/* */`; nothing if it is an ordinary one. Several that stand in one
/// comment are told one by one.
pub fn parse(comment: &str) -> Vec<Result<Ignore, IgnoreError>> {
    let text = strip(comment);
    if let Some(rest) = after_word(text, "trueline:ignore") {
        return vec![trueline(text, rest)];
    }
    if let Some(rest) = text.strip_prefix("kics-scan").filter(|r| r.starts_with(char::is_whitespace)) {
        return kics(rest.trim()).into_iter().collect();
    }
    for mark in ["checkov:skip=", "bridgecrew:skip=", "cortex:skip="] {
        if let Some((_, rest)) = text.split_once(mark) {
            return vec![checkov(text, rest)];
        }
    }
    for (mark, tool) in [("trivy:ignore:", Tool::Trivy), ("tfsec:ignore:", Tool::Tfsec)] {
        if text.contains(mark) {
            return text.split(mark).skip(1).map(|part| aqua(text, part, tool)).collect();
        }
    }
    Vec::new()
}

fn strip(comment: &str) -> &str {
    let text = comment.trim();
    let text = match text.strip_prefix("/*") {
        Some(inner) => inner.strip_suffix("*/").unwrap_or(inner),
        None => text.strip_prefix("//").unwrap_or(text),
    };
    text.trim_start_matches(['#', '*']).trim()
}

fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    text.strip_prefix(word)
        .filter(|r| r.is_empty() || r.starts_with(char::is_whitespace) || r.starts_with(':'))
}

fn short(text: &str) -> String {
    text.chars().take(120).collect()
}

fn ids(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

fn trueline(comment: &str, rest: &str) -> Result<Ignore, IgnoreError> {
    let comment = || short(comment);
    let mut ignore = Ignore::new(Tool::Trueline, Scope::Here);
    let mut rest = rest.trim_start_matches(':').trim_start();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("reason=") {
            let (reason, left) = match after.strip_prefix('"') {
                Some(open) => {
                    open.split_once('"').ok_or_else(|| IgnoreError::Quotes { comment: comment() })?
                }
                None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            ignore.reason = Some(reason.trim().to_owned()).filter(|r| !r.is_empty());
            rest = left.trim_start();
            continue;
        }
        let (word, left) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let left = left.trim_start();
        if let Some(date) = word.strip_prefix("until=") {
            let until = date.trim_matches('"').parse();
            ignore.until =
                Some(until.map_err(|_| IgnoreError::Until { text: date.to_owned(), comment: comment() })?);
        } else if ignore.until.is_some()
            || ignore.reason.is_some()
            || word.contains('=')
            || !could_be_rules(&ignore, word)
        {
            return Err(IgnoreError::Word { word: short(word), comment: comment() });
        } else {
            ignore.rules.extend(ids(word));
        }
        rest = left;
    }
    if ignore.rules.is_empty() { Err(IgnoreError::NoRule { comment: comment() }) } else { Ok(ignore) }
}

/// After the first list of rules only a list that goes on after a comma and a space is still one.
fn could_be_rules(ignore: &Ignore, word: &str) -> bool {
    let is_id = |s: &str| s == "*" || s.contains('/') || s.contains('_') || s.contains('-');
    word.split(',').all(|s| s.is_empty() || is_id(s))
        && (ignore.rules.is_empty() || word.contains(['/', '_', '-']))
}

fn checkov(comment: &str, rest: &str) -> Result<Ignore, IgnoreError> {
    let rest = rest.trim_start_matches(' ');
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ',')))
        .unwrap_or(rest.len());
    let (list, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let reason = after.strip_prefix(':').map(|r| r.trim().to_owned()).filter(|r| !r.is_empty());
    let rules = ids(list);
    if rules.is_empty() {
        return Err(IgnoreError::NoRule { comment: short(comment) });
    }
    Ok(Ignore { rules, reason, ..Ignore::new(Tool::Checkov, Scope::Here) })
}

/// What stands behind `trivy:ignore:` or `tfsec:ignore:`: `ID[key=value,key=value]:exp:2027-01-31:ws:staging`.
fn aqua(comment: &str, part: &str, tool: Tool) -> Result<Ignore, IgnoreError> {
    let mut ignore = Ignore::new(tool, Scope::Here);
    let part = part.trim_start();
    let end =
        part.find(|c: char| c == '[' || c == ':' || c == '#' || c.is_whitespace()).unwrap_or(part.len());
    let (id, mut rest) = part.split_at_checked(end).unwrap_or((part, ""));
    if id.is_empty() {
        return Err(IgnoreError::NoRule { comment: short(comment) });
    }
    ignore.rules.push(id.to_owned());
    if let Some(inside) = rest.strip_prefix('[') {
        let (list, after) = inside
            .split_once(']')
            .ok_or_else(|| IgnoreError::Word { word: short(rest), comment: short(comment) })?;
        for pair in list.split(',') {
            let (key, value) = pair
                .split_once('=')
                .ok_or_else(|| IgnoreError::Word { word: short(pair), comment: short(comment) })?;
            ignore.attributes.push((key.trim().to_owned(), value.trim().trim_matches('"').to_owned()));
        }
        rest = after;
    }
    let words = rest.split(|c: char| c.is_whitespace() || c == '#').next().unwrap_or("");
    let mut pieces = words.split(':').skip(1);
    while let Some(key) = pieces.next() {
        let value = pieces.next().unwrap_or("");
        match key {
            "exp" => {
                let until = value.parse();
                ignore.until =
                    Some(until.map_err(|_| IgnoreError::Until {
                        text: value.to_owned(),
                        comment: short(comment),
                    })?);
            }
            "ws" => ignore.workspace = Some(value.to_owned()),
            _ => {}
        }
    }
    Ok(ignore)
}

fn kics(rest: &str) -> Option<Result<Ignore, IgnoreError>> {
    let make = |scope, rules| Some(Ok(Ignore { rules, ..Ignore::new(Tool::Kics, scope) }));
    match rest {
        "ignore" => make(Scope::File, vec!["*".into()]),
        "ignore-line" => make(Scope::Line, vec!["*".into()]),
        "ignore-block" => make(Scope::Block, vec!["*".into()]),
        _ => {
            let list = rest.strip_prefix("disable=")?;
            let rules = ids(list);
            if rules.is_empty() {
                return Some(Err(IgnoreError::NoRule { comment: short(&format!("kics-scan {rest}")) }));
            }
            make(Scope::File, rules)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Ignore {
        let mut all = parse(text);
        assert_eq!(all.len(), 1, "{text}");
        all.remove(0).unwrap()
    }

    #[test]
    fn our_own_comment_names_rules_date_and_reason() {
        let i = read(
            "# trueline:ignore aws/s3/unencrypted-bucket, aws/tags/missing-required-tags until=2027-01-31 reason=\"public website, see X\"",
        );
        assert_eq!(i.rules, ["aws/s3/unencrypted-bucket", "aws/tags/missing-required-tags"]);
        assert_eq!(i.until.unwrap().to_string(), "2027-01-31");
        assert_eq!(i.reason.as_deref(), Some("public website, see X"));
        assert!(i.is_expired("2027-02-01".parse().unwrap()) && !i.is_expired("2027-01-31".parse().unwrap()));
        assert_eq!(
            read("/* trueline:ignore CKV_AWS_145,main/deny_x */").rules,
            ["CKV_AWS_145", "main/deny_x"]
        );
    }

    #[test]
    fn what_is_malformed_is_said() {
        for (text, want) in [
            ("# trueline:ignore", "names no rule"),
            ("# trueline:ignore until=2027-01-31", "names no rule"),
            ("# trueline:ignore aws/s3/x until=2027-02-30", "no date"),
            ("# trueline:ignore aws/s3/x reason=\"open", "close its quotes"),
            ("# trueline:ignore aws/s3/x because I can", "`because` is not understood"),
            ("# trueline:ignore aws/s3/x untill=2027-01-31", "`untill=2027-01-31` is not understood"),
            ("#checkov:skip=:no id", "names no rule"),
            ("#trivy:ignore:", "names no rule"),
            ("#tfsec:ignore:x:exp:soon", "no date"),
            ("#trivy:ignore:x[name", "not understood"),
            ("#trivy:ignore:x[name]", "`name` is not understood"),
        ] {
            let said = parse(text).remove(0).unwrap_err().to_string();
            assert!(said.contains(want), "{text}: {said}");
        }
    }

    #[test]
    fn comments_of_other_scanners_are_read() {
        let c = read("#checkov:skip=CKV_AWS_18,CKV_AWS_145: the log bucket");
        assert_eq!(
            (c.rules, c.reason.as_deref()),
            (vec!["CKV_AWS_18".into(), "CKV_AWS_145".into()], Some("the log bucket"))
        );
        assert_eq!(read("# note checkov:skip=CKV2_AWS_6").rules, ["CKV2_AWS_6"]);
        let t = parse(
            "//trivy:ignore:AVD-AWS-0088[name=x, a.b = my reports]:exp:2027-01-31 trivy:ignore:AVD-AWS-0132:ws:prod-*",
        );
        let [Ok(first), Ok(second)] = t.as_slice() else { panic!("{t:?}") };
        assert_eq!((&first.rules[0], &second.rules[0]), (&"AVD-AWS-0088".into(), &"AVD-AWS-0132".into()));
        assert_eq!(first.attributes, [("name".into(), "x".into()), ("a.b".into(), "my reports".into())]);
        assert_eq!(first.until.unwrap().to_string(), "2027-01-31");
        assert!(second.until.is_none() && second.attributes.is_empty());
        assert!(first.is_for("any") && second.is_for("prod-1") && !second.is_for("default"));
        assert_eq!(read("#tfsec:ignore:aws-s3-enable-bucket-encryption").tool, Tool::Tfsec);
        assert_eq!(read("# kics-scan ignore-line").scope, Scope::Line);
        assert_eq!(read("# kics-scan ignore-block").scope, Scope::Block);
        assert_eq!(read("# kics-scan disable=a-1,b-2").rules, ["a-1", "b-2"]);
        for plain in ["# encrypt this", "# kics-scanner", "# see trueline:ignored", "#"] {
            assert!(parse(plain).is_empty(), "{plain}");
        }
    }
}
