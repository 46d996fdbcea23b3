//! Findings that the organization accepts for a while.

use serde_json::Value as Json;
use trueline_model::RuleMeta;

use crate::Date;
use crate::glob::matches;

/// What a waiver is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Resources of this address; an address without instance key means all its instances.
    Address(String),
    /// A file, relative to `trueline.toml`.
    File(String),
}

/// One `[[waiver]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Rule id, or another scanner's id for it.
    pub rule: String,
    /// What it is about.
    pub subject: Subject,
    /// Why it is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Last day on which it holds.
    pub expires: Date,
    /// First byte of the table in `trueline.toml`.
    pub offset: usize,
}

impl Waiver {
    /// Reads a table that has all its keys; nothing if it names neither or both of address and file.
    pub(crate) fn read(json: &Json, offset: usize) -> Option<Self> {
        let text = |k: &str| json.get(k).and_then(Json::as_str).map(str::to_owned);
        let subject = match (text("address"), text("file")) {
            (Some(a), None) => Subject::Address(a),
            (None, Some(f)) => Subject::File(f),
            _ => return None,
        };
        let expires = text("expires")?.parse().ok()?;
        Some(Self {
            rule: text("rule")?,
            subject,
            reason: text("reason")?,
            owner: text("owner")?,
            expires,
            offset,
        })
    }

    /// True on days after the last one.
    pub fn is_expired(&self, today: Date) -> bool {
        today > self.expires
    }

    /// True if it is about this finding; `file` is relative to `trueline.toml`.
    pub fn covers(&self, rule: &RuleMeta, address: &str, file: Option<&str>) -> bool {
        names_rule(&self.rule, rule)
            && match &self.subject {
                Subject::Address(a) => {
                    let instance = address.strip_prefix(a.as_str());
                    matches(a, address)
                        || instance.is_some_and(|rest| {
                            rest.starts_with('[') && rest.ends_with(']') && !rest.contains("].")
                        })
                }
                Subject::File(f) => file.is_some_and(|x| matches(f, x)),
            }
    }

    /// The words shown beside a waived finding.
    pub fn words(&self) -> String {
        format!("{} ({}, until {})", self.reason, self.owner, self.expires)
    }
}

/// True if `id` is the rule's id, one of its aliases (whatever the case), or a `folder/*` that holds it.
pub fn names_rule(id: &str, rule: &RuleMeta) -> bool {
    id == rule.id
        || rule.aliases.iter().any(|a| a.eq_ignore_ascii_case(id))
        || id.strip_suffix('*').is_some_and(|folder| folder.ends_with('/') && rule.id.starts_with(folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn meta() -> RuleMeta {
        serde_json::from_value(
            json!({"id": "aws/s3/unencrypted-bucket", "title": "", "description": "", "help": "",
            "severity": "high", "profile": "baseline", "resources": ["aws_s3_bucket"], "controls": [],
            "aliases": ["CKV_AWS_145"]}),
        )
        .unwrap()
    }

    fn waiver(rule: &str, key: &str, subject: &str) -> Waiver {
        let json = json!({"rule": rule, key: subject, "reason": "r", "owner": "o", "expires": "2027-06-30"});
        Waiver::read(&json, 0).unwrap()
    }

    #[test]
    fn it_covers_its_address_with_all_instances_and_nothing_else() {
        let w = waiver("aws/s3/unencrypted-bucket", "address", "module.x.aws_s3_bucket.b");
        for (address, covered) in [
            ("module.x.aws_s3_bucket.b", true),
            ("module.x.aws_s3_bucket.b[\"k.x\"]", true),
            ("module.x.aws_s3_bucket.b2", false),
            ("module.x[0].aws_s3_bucket.b", false),
        ] {
            assert_eq!(w.covers(&meta(), address, None), covered, "{address}");
        }
        let all = waiver("ckv_aws_145", "address", "module.x*");
        assert!(all.covers(&meta(), "module.x[0].aws_s3_bucket.b", None));
        assert!(!waiver("aws/s3/other", "address", "*").covers(&meta(), "aws_s3_bucket.b", None));
        assert!(waiver("aws/s3/*", "file", "edge/*.tf").covers(
            &meta(),
            "aws_s3_bucket.b",
            Some("edge/main.tf")
        ));
        assert!(!waiver("aws/s3/*", "file", "edge/*.tf").covers(&meta(), "aws_s3_bucket.b", None));
    }

    #[test]
    fn it_holds_on_its_last_day() {
        let w = waiver("x", "file", "f");
        assert!(!w.is_expired("2027-06-30".parse().unwrap()));
        assert!(w.is_expired("2027-07-01".parse().unwrap()));
    }
}
