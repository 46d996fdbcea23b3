//! What is wrong with a file that is no plan.

use serde_json::Value as Json;

/// Newest major version of the format that is read.
const MAJOR: u64 = 1;

/// Why a file can't be read as a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// No JSON, or cut off.
    #[error(
        "line {line}, column {column}: {message}; expected is the output of `terraform show -json PLANFILE`"
    )]
    Syntax {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// JSON, but something else than a plan.
    #[error("this is {what}, not a plan; {hint}")]
    NotAPlan {
        /// What it looks like.
        what: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// A plan of another major version.
    #[error(
        "this plan has format version {found}; this build reads 1.x, which Terraform 0.12 and later and OpenTofu print"
    )]
    Format {
        /// `format_version`
        found: String,
    },
}

/// How a plan is made.
const HOW: &str = "expected is the output of `terraform show -json PLANFILE` for a file that `terraform plan -out=PLANFILE` wrote";

/// Parses the text and makes sure that it is a plan that can be read.
pub fn parse(text: &str) -> Result<Json, PlanError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.starts_with("PK\u{3}\u{4}") {
        return Err(PlanError::NotAPlan {
            what: "the binary file that `terraform plan -out` writes",
            hint: HOW,
        });
    }
    let json: Json = serde_json::from_str(text).map_err(|e| match text.lines().next().unwrap_or("") {
        first if first.contains("\"@level\"") => {
            PlanError::NotAPlan { what: "the log of `terraform plan -json`", hint: HOW }
        }
        _ => PlanError::Syntax { line: e.line(), column: e.column(), message: without_place(&e.to_string()) },
    })?;
    let has = |key: &str| json.get(key).is_some();
    if !has("resource_changes") && !has("planned_values") {
        let what = if has("lineage") || has("serial") {
            "a state file"
        } else if has("values") {
            "the JSON of a state, not of a plan file"
        } else if has("provider_schemas") {
            "the schema of providers"
        } else if has("@level") {
            "the log of `terraform plan -json`"
        } else if has("Resources") || has("AWSTemplateFormatVersion") {
            "a CloudFormation template"
        } else if json.is_object() && has("format_version") && has("configuration") {
            // A plan that changes nothing.
            ""
        } else {
            "some other JSON"
        };
        if !what.is_empty() {
            return Err(PlanError::NotAPlan { what, hint: HOW });
        }
    }
    let version = json.get("format_version").and_then(Json::as_str).unwrap_or_default();
    let major = version.split('.').next().and_then(|m| m.parse::<u64>().ok());
    match major {
        // 0.x was printed before Terraform 1.0 and says the same of what is read here.
        Some(0..=MAJOR) => Ok(json),
        Some(_) => Err(PlanError::Format { found: version.to_owned() }),
        None => Err(PlanError::NotAPlan { what: "some JSON without `format_version`", hint: HOW }),
    }
}

/// The message of the parser without the place, which is said once.
fn without_place(message: &str) -> String {
    match message.rsplit_once(" at line ") {
        Some((head, _)) => head.to_owned(),
        None => message.to_owned(),
    }
}
