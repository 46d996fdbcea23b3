//! `providers.aws.sign_req`: requests signed as Amazon's Signature Version 4 wants them.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;

use crate::Value;
use crate::value::Object;

use super::crypto::{hmac_sha256, sha256};
use super::{Builtin, Failure, Host, Outcome, builtin, failed, object};

pub(super) const BUILTINS: &[Builtin] = &[builtin("providers.aws.sign_req", 3, sign_req)];

/// Headers that proxies change on the way.
const UNSIGNED: &[&str] = &["authorization", "user-agent", "x-amzn-trace-id"];

/// Takes strings that an operand must have, counted from 1; what is missing or no string is told all at once.
fn required<'v, const N: usize>(
    object: &'v Object,
    keys: [&str; N],
    what: &str,
    operand: usize,
) -> Result<[&'v str; N], Failure> {
    let listed = |fits: &dyn Fn(&str) -> bool| -> Option<Value> {
        let wrong: Vec<Value> = keys.iter().filter(|key| !fits(key)).map(|key| (*key).into()).collect();
        (!wrong.is_empty()).then(|| Value::set(wrong))
    };
    if let Some(missing) = listed(&|key| object.get_str(key).is_some()) {
        return Err(Failure::Type(format!(
            "operand {operand} missing required {what} parameters(s): {missing}"
        )));
    }
    if let Some(wrong) = listed(&|key| object.get_str(key).and_then(Value::as_str).is_some()) {
        let text = format!("operand {operand} invalid values for required {what} parameters(s): {wrong}");
        return Err(Failure::Type(text));
    }
    Ok(keys.map(|key| object.get_str(key).and_then(Value::as_str).unwrap_or_default()))
}

fn sign_req(host: &mut Host, args: &[Value]) -> Outcome {
    let (request, config) = (object(args, 0)?, object(args, 1)?);
    let time = super::int(args, 2)?;
    if time < 0 {
        return failed("time_ns must be positive");
    }
    let [method, url] = required(request, ["method", "url"], "request", 1)?;
    let [key_id, secret, region, service] = required(
        config,
        ["aws_access_key", "aws_secret_access_key", "aws_region", "aws_service"],
        "AWS config",
        2,
    )?;
    let token = config.get_str("aws_session_token").and_then(Value::as_str);
    let unsigned_body = match config.get_str("disable_payload_signing") {
        None => false,
        Some(Value::Bool(flag)) => *flag,
        Some(_) => {
            let text = "operand 2 invalid value for 'disable_payload_signing' in AWS config";
            return Err(Failure::Type(text.to_string()));
        }
    };
    let body = match (request.get_str("raw_body"), request.get_str("body")) {
        (Some(Value::String(raw)), _) => raw.to_string(),
        (Some(_), _) => return Err(Failure::Type("request raw_body must be a string".to_string())),
        (None, Some(body)) => {
            host.grow((body.weight() as usize).saturating_mul(4))?;
            body.to_json_string()
        }
        (None, None) => String::new(),
    };
    host.grow(body.len() + 4_096)?;
    let hash = match unsigned_body && service.starts_with("s3") {
        true => "UNSIGNED-PAYLOAD".to_string(),
        false => HEXLOWER.encode(&sha256(body.as_bytes())),
    };
    let Some((stamp, day)) = stamps(time) else { return failed("time_ns is out of range") };
    let (server, path, query) = parts(url);
    let mut added: BTreeMap<String, String> = BTreeMap::new();
    added.insert("host".to_string(), server.to_string());
    added.insert("x-amz-date".to_string(), stamp.clone());
    if matches!(service, "s3" | "s3-object-lambda" | "s3-outposts" | "glacier") {
        added.insert("x-amz-content-sha256".to_string(), hash.clone());
    }
    if let Some(token) = token {
        added.insert("x-amz-security-token".to_string(), token.to_string());
    }
    let mut signed = added.clone();
    let headers = request.get_str("headers").and_then(Value::as_object);
    for (name, value) in headers.into_iter().flat_map(|headers| headers.iter()) {
        let (Some(name), Some(value)) = (name.as_str(), value.as_str()) else { continue };
        let name = name.to_lowercase();
        if !UNSIGNED.contains(&name.as_str()) {
            signed.entry(name).or_insert_with(|| value.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    let names = signed.keys().map(String::as_str).collect::<Vec<_>>().join(";");
    let lines: String = signed.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let canonical = format!("{}\n{path}\n{query}\n{lines}\n{names}\n{hash}", method.to_uppercase());
    let scope = format!("{day}/{region}/{service}/aws4_request");
    let digest = HEXLOWER.encode(&sha256(canonical.as_bytes()));
    let to_sign = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}");
    let mut key = format!("AWS4{secret}").into_bytes();
    for part in [day.as_str(), region, service, "aws4_request"] {
        key = hmac_sha256(&key, part.as_bytes());
    }
    let signature = HEXLOWER.encode(&hmac_sha256(&key, to_sign.as_bytes()));
    let credential = format!("AWS4-HMAC-SHA256 Credential={key_id}/{scope}");
    added.insert(
        "Authorization".to_string(),
        format!("{credential},SignedHeaders={names},Signature={signature}"),
    );
    let mut all: Vec<(Value, Value)> =
        headers.map(|headers| headers.iter().cloned().collect()).unwrap_or_default();
    all.extend(added.into_iter().map(|(name, value)| (Value::from(name), Value::from(value))));
    let mut entries: Vec<(Value, Value)> = request.iter().cloned().collect();
    entries.push(("headers".into(), Value::object(all)));
    Ok(Value::object(entries))
}

/// Writes a time as `20150830T123600Z` and `20150830`.
fn stamps(nanoseconds: i64) -> Option<(String, String)> {
    let time = jiff::Timestamp::from_nanosecond(i128::from(nanoseconds)).ok()?;
    let time = time.to_zoned(jiff::tz::TimeZone::UTC);
    Some((time.strftime("%Y%m%dT%H%M%SZ").to_string(), time.strftime("%Y%m%d").to_string()))
}

/// Splits a URL into host, path and query.
fn parts(url: &str) -> (&str, &str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (server, path) = rest.find('/').and_then(|at| rest.split_at_checked(at)).unwrap_or((rest, "/"));
    (server.rsplit('@').next().unwrap_or(server), path, query)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::eval::Meter;

    /// The example of Amazon's documentation.
    #[test]
    fn the_documented_request_has_the_documented_signature() {
        let request = r#"{"method": "get", "url": "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
            "headers": {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "User-Agent": "x"}}"#;
        let config = r#"{"aws_access_key": "AKIDEXAMPLE", "aws_region": "us-east-1", "aws_service": "iam",
            "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}"#;
        let parse = |text| Value::parse_json(text).unwrap();
        let mut host = Host::new(Meter::new(Limits::default()), 0, 0);
        let args = [parse(request), parse(config), Value::from(1_440_938_160_000_000_000i64)];
        let signed = sign_req(&mut host, &args).unwrap();
        let header = signed.get("headers").unwrap().get("Authorization").unwrap();
        let wanted = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,\
            SignedHeaders=content-type;host;x-amz-date,\
            Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
        assert_eq!(header.as_str(), Some(wanted));
        assert!(matches!(
            sign_req(&mut host, &[parse("{}"), parse("{}"), Value::from(1)]),
            Err(Failure::Type(_))
        ));
    }
}
