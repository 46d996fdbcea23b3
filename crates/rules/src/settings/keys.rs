//! Every key that `trueline.toml` knows: the one table from which reading, errors and the JSON Schema come.

use super::shape::{Key, Shape};

const fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: false, doc }
}

const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: true, doc }
}

/// The words for a severity, least first.
pub const SEVERITIES: &[&str] = &["info", "low", "medium", "high", "critical"];

const TEXT: Shape = Shape::Text;
const TEXTS: Shape = Shape::List(&TEXT);
const ANY: Shape = Shape::Any;
const BOOL: Shape = Shape::Bool;
const REGIONAL_TEXT: Shape = Shape::Regional(&TEXT);
const REGIONAL_TEXTS: Shape = Shape::Regional(&TEXTS);

/// The file itself.
pub const ROOT: &[Key] = &[
    key(
        "profile",
        Shape::Word(&["baseline", "strict"]),
        "Which rules are on: `baseline` (nobody would object, the default) or `strict` (all).",
    ),
    key("frameworks", TEXTS, "Only rules that these compliance frameworks ask for; all if left out."),
    key(
        "fail-on",
        Shape::Word(SEVERITIES),
        "Lowest severity of a finding that makes `check` exit with 1; `low` if left out.",
    ),
    key(
        "policy",
        TEXTS,
        "Folders or files with the organization's own Rego, relative to this file; `policy` if left out, `[]` for none.",
    ),
    key(
        "exclude",
        TEXTS,
        "What is not looked at: globs as in a `.gitignore`, relative to this file, e.g. `examples/**`.",
    ),
    key("base", TEXT, "The git revision that tells which resources exist already."),
    key(
        "rules",
        Shape::Map(&RULE),
        "Per rule: `\"off\"`, a severity, or a table of parameters that the rule documents.",
    ),
    key("settings", Shape::Table(SETTINGS), "What rules need to know about the organization."),
    key("provision", Shape::Table(PROVISION), "What to create in the module where no existing one is named."),
    key("data", Shape::Map(&ANY), "What data sources would answer, by type or by address."),
    key("waiver", Shape::List(&WAIVER_TABLE), "Findings that are accepted for a while."),
];

const RULE: Shape =
    Shape::OneOf(&[Shape::Word(&["off", "info", "low", "medium", "high", "critical"]), Shape::Map(&ANY)]);

const WAIVER_TABLE: Shape = Shape::Table(WAIVER);

/// `[[waiver]]`
pub const WAIVER: &[Key] = &[
    required("rule", TEXT, "Id of the rule, or another scanner's id for it."),
    key("address", TEXT, "The resource; `*` stands for any run of characters. This or `file` is required."),
    key("file", TEXT, "The file, relative to this one; `*` stands for any run of characters."),
    required("reason", TEXT, "Why it is accepted."),
    required("owner", TEXT, "Who answers for it."),
    required("expires", Shape::Date, "Last day on which it holds."),
];

const HCL: Shape = Shape::Table(&[required("hcl", TEXT, "A Terraform expression, e.g. `var.environment`.")]);
const TAG: Shape = Shape::OneOf(&[TEXT, HCL]);

/// `[settings]`
pub const SETTINGS: &[Key] = &[
    key(
        "required_tags",
        Shape::OneOf(&[Shape::Map(&TAG), TEXTS]),
        "Tags that every resource must have: a table of names and the values to fill in, or a list of names.",
    ),
    key(
        "tags",
        Shape::Word(&["provider", "resource"]),
        "Where missing tags go: `provider` (`default_tags`, wherever the root has a provider block of its own) or `resource` (each \
         resource). If left out: `default_tags` where several resources lack the same, else the local or variable that all use, else \
         the resource.",
    ),
    key("log_retention_days", Shape::Whole(1), "How long logs are kept."),
    key("naming", Shape::Map(&TEXT), "Regular expressions that names must match, by resource type."),
    key("aws", Shape::Table(AWS), "What rules for AWS need to know."),
    key("custom", Shape::Map(&ANY), "Anything that the organization's own policies read."),
];

/// `[settings.aws]`
pub const AWS: &[Key] = &[
    key("account_id", TEXT, "The account that is deployed to."),
    key("region", TEXT, "The region where the provider block leaves it open."),
    key(
        "kms_key_arn",
        REGIONAL_TEXT,
        "The customer-managed key for data at rest. It must be of the resource's region.",
    ),
    key("s3_access_log_bucket", REGIONAL_TEXT, "The bucket that takes S3 access logs."),
    key("alb_log_bucket", REGIONAL_TEXT, "The bucket that takes load balancer access logs."),
    key("replication", Shape::Regional(&Shape::Table(REPLICATION)), "Where S3 buckets are replicated to."),
    key(
        "s3_events",
        TEXT,
        "Where S3 event notifications go: `eventbridge`, or the ARN of a queue, topic or function.",
    ),
    key("rds_monitoring_role_arn", TEXT, "The role for RDS enhanced monitoring."),
    key("flow_log_bucket_arn", REGIONAL_TEXT, "The bucket that takes VPC flow logs."),
    key("lambda", Shape::Regional(&Shape::Table(LAMBDA)), "What every Lambda function gets."),
    key("web_acl_arn", REGIONAL_TEXT, "The WAF web ACL for regional resources."),
    key("cloudfront_web_acl_arn", TEXT, "The WAF web ACL for CloudFront."),
    key("certificate_arn", REGIONAL_TEXT, "The certificate for HTTPS listeners."),
    key("admin_cidrs", TEXTS, "Address ranges from which SSH, RDP and databases may be reached."),
    key("egress", Shape::List(&EGRESS_TABLE), "Outbound traffic that is allowed."),
    key("permissions_boundary_arn", TEXT, "The permissions boundary of every role and user."),
];

const REPLICATION: &[Key] = &[
    required("bucket_arn", TEXT, "The destination bucket."),
    required("role_arn", TEXT, "The role that S3 assumes for it."),
];

const LAMBDA: &[Key] = &[
    key("dead_letter_arn", REGIONAL_TEXT, "The queue or topic for events that failed."),
    key("reserved_concurrency", Shape::Whole(0), "Concurrent executions that are reserved."),
    key("code_signing_config_arn", REGIONAL_TEXT, "The code signing configuration."),
    key("subnet_ids", REGIONAL_TEXTS, "Subnets of functions that run in a VPC."),
    key("security_group_ids", REGIONAL_TEXTS, "Security groups of functions that run in a VPC."),
];

const EGRESS_TABLE: Shape = Shape::Table(&[
    required("protocol", TEXT, "`tcp`, `udp`, `icmp` or `-1`."),
    key("ports", Shape::List(&Shape::Whole(0)), "Ports."),
    required("cidrs", TEXTS, "Address ranges."),
    key("description", TEXT, "What it is for."),
]);

/// `[provision]`
pub const PROVISION: &[Key] = &[
    key("kms_key", BOOL, "Create a customer-managed key in the module where none is named."),
    key("log_bucket", BOOL, "Create a bucket for logs in the module where none is named."),
];
