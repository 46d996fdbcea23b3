//! Texts in the form in which the AWS provider plans them.
//!
//! What enters: a text as it is written, and which form its attribute has. What leaves: the text of a real plan; what is
//! not of the form's kind stays as it is. Each form was asked from provider 5.100.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::schema::Rewrite;

/// A text in the form in which the provider plans it; what is not of its kind stays as it is.
pub fn rewritten(how: Rewrite, text: &str) -> String {
    match how {
        Rewrite::Json => normal_json(text, true).unwrap_or_else(|| text.to_owned()),
        Rewrite::PlainJson => normal_json(text, false).unwrap_or_else(|| text.to_owned()),
        Rewrite::Policy => normal_json(text, true).map_or_else(|| text.to_owned(), version_first),
        Rewrite::Containers => containers(text).unwrap_or_else(|| text.to_owned()),
        Rewrite::Protocol => protocol(text),
        Rewrite::Sha1 if text.is_empty() => String::new(),
        Rewrite::Sha1 => {
            use base64::Engine as _;
            use sha1::Digest as _;
            // What is Base64 is decoded first.
            let bytes = base64::engine::general_purpose::STANDARD.decode(text);
            let bytes = bytes.unwrap_or_else(|_| text.as_bytes().to_vec());
            sha1::Sha1::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect()
        }
        Rewrite::Trimmed => text.trim().to_owned(),
        Rewrite::Lower => text.to_lowercase(),
        Rewrite::Undotted => text.trim_end_matches('.').to_owned(),
        Rewrite::LowerUndotted => text.trim_end_matches('.').to_lowercase(),
    }
}

/// JSON as Go prints it after reading it: keys sorted, no white space, and maybe `<`, `>` and `&` escaped.
fn normal_json(text: &str, escape: bool) -> Option<String> {
    let json: Json = serde_json::from_str(text).ok()?;
    // Sorts keys whatever features the JSON library was built with.
    let mut out = String::new();
    print(&json, escape, &mut out);
    Some(out)
}

/// Name of a protocol: `all` and numbers have one.
pub fn protocol(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "all" | "-1" => "-1",
        "1" => "icmp",
        "6" => "tcp",
        "17" => "udp",
        "58" => "icmpv6",
        other => return other.to_owned(),
    }
    .to_owned()
}

/// What a container definition may say, as the API spells it.
const CONTAINER: [&str; 44] = [
    "command",
    "cpu",
    "credentialSpecs",
    "dependsOn",
    "disableNetworking",
    "dnsSearchDomains",
    "dnsServers",
    "dockerLabels",
    "dockerSecurityOptions",
    "entryPoint",
    "environment",
    "environmentFiles",
    "essential",
    "extraHosts",
    "firelensConfiguration",
    "healthCheck",
    "hostname",
    "image",
    "interactive",
    "links",
    "linuxParameters",
    "logConfiguration",
    "memory",
    "memoryReservation",
    "mountPoints",
    "name",
    "portMappings",
    "privileged",
    "pseudoTerminal",
    "readonlyRootFilesystem",
    "repositoryCredentials",
    "resourceRequirements",
    "restartPolicy",
    "secrets",
    "startTimeout",
    "stopTimeout",
    "systemControls",
    "ulimits",
    "user",
    "versionConsistency",
    "volumesFrom",
    "workingDirectory",
    "dockerVolumeConfiguration",
    "fSxWindowsFileServerVolumeConfiguration",
];

/// Container definitions of a task: sorted by name, without what is null or unknown to the API.
fn containers(text: &str) -> Option<String> {
    let Json::Array(items) = serde_json::from_str(text).ok()? else { return None };
    let mut out: Vec<Json> = Vec::with_capacity(items.len());
    for item in items {
        let Json::Object(members) = item else { return None };
        let mut kept = Map::new();
        for (name, value) in members {
            let Some(name) = CONTAINER.iter().find(|n| n.eq_ignore_ascii_case(&name)) else { continue };
            if value.is_null() || (*name == "cpu" && value.as_u64() == Some(0)) {
                continue;
            }
            let mut value = without_null(value);
            if matches!(*name, "environment" | "secrets") {
                sort_by_name(&mut value);
            }
            kept.insert((*name).to_owned(), value);
        }
        out.push(Json::Object(kept));
    }
    let mut out = Json::Array(out);
    sort_by_name(&mut out);
    let mut text = String::new();
    print(&out, true, &mut text);
    Some(text)
}

fn without_null(json: Json) -> Json {
    match json {
        Json::Object(o) => Json::Object(
            o.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, without_null(v))).collect(),
        ),
        Json::Array(a) => Json::Array(a.into_iter().map(without_null).collect()),
        other => other,
    }
}

fn sort_by_name(json: &mut Json) {
    if let Json::Array(items) = json {
        items.sort_by_cached_key(|i| i.get("name").and_then(Json::as_str).unwrap_or_default().to_owned());
    }
}

/// As deep as the parser lets JSON be nested.
fn print(json: &Json, escape: bool, out: &mut String) {
    match json {
        Json::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                print(item, escape, out);
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            let sorted: BTreeMap<&String, &Json> = members.iter().collect();
            for (i, (name, value)) in sorted.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                quote(name, escape, out);
                out.push(':');
                print(value, escape, out);
            }
            out.push('}');
        }
        Json::String(s) => quote(s, escape, out),
        Json::Number(n) => match (n.as_i64(), n.as_f64()) {
            (Some(i), _) if i != 0 && i.unsigned_abs() < 1_000_000_000_000_000 => {
                out.push_str(&i.to_string())
            }
            (_, Some(f)) => out.push_str(&crate::policy_document::float(f)),
            _ => out.push_str(&n.to_string()),
        },
        Json::Bool(_) | Json::Null => out.push_str(&json.to_string()),
    }
}

fn quote(s: &str, escape: bool, out: &mut String) {
    match escape {
        true => crate::policy_document::quote(s, out),
        false => out.push_str(&Json::from(s).to_string()),
    }
}

/// Puts a top-level `"Version":"2012-10-17"` before everything else.
fn version_first(json: String) -> String {
    const VERSION: &str = "\"Version\":\"2012-10-17\"";
    let Some((before, after)) = json.split_once(VERSION) else { return json };
    let Some(before) = before.strip_prefix('{').filter(|b| !b.is_empty()) else { return json };
    let before = before.strip_suffix(',').unwrap_or(before);
    format!("{{{VERSION},{before}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_rewritten_as_the_provider_does() {
        // Asked from the provider: `aws_iam_role`, `aws_iam_role_policy`, `aws_instance.user_data`, `aws_key_pair`.
        let policy = "{ \"Version\": \"2012-10-17\",\n \"Statement\": [{\"Effect\":\"Allow\",\"Action\":[\"a:b<\"]}] }";
        assert_eq!(
            rewritten(Rewrite::Json, policy),
            "{\"Statement\":[{\"Action\":[\"a:b\\u003c\"],\"Effect\":\"Allow\"}],\"Version\":\"2012-10-17\"}"
        );
        assert_eq!(
            rewritten(Rewrite::Policy, policy),
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":[\"a:b\\u003c\"],\"Effect\":\"Allow\"}]}"
        );
        assert_eq!(rewritten(Rewrite::Sha1, "#!/bin/bash"), "71a2c29311726538604eca2f3bd18cc3983cb2d2");
        assert_eq!(
            rewritten(Rewrite::PlainJson, "{ \"b\": [\"<é\"], \"a\": 1.0 }"),
            "{\"a\":1,\"b\":[\"<é\"]}"
        );
        assert_eq!(rewritten(Rewrite::LowerUndotted, "WWW.Example.com."), "www.example.com");
        for (given, planned) in [("ALL", "-1"), ("6", "tcp"), ("TCP", "tcp"), ("58", "icmpv6"), ("50", "50")]
        {
            assert_eq!(rewritten(Rewrite::Protocol, given), planned);
        }
        assert_eq!(rewritten(Rewrite::Trimmed, "  ssh-rsa A\n"), "ssh-rsa A");
        assert_eq!(rewritten(Rewrite::Json, "not json"), "not json");
        assert_eq!(rewritten(Rewrite::Json, "{\"b\":1e30,\"a\":1.50}"), "{\"a\":1.5,\"b\":1e+30}");
    }

    #[test]
    fn container_definitions_are_sorted_and_what_is_null_is_gone() {
        let given = r#"[{"name":"b","Image":"x<","bogus":1,"environment":[{"name":"Z","value":"1"},{"name":"A","value":null}],
            "memory":null,"cpu":0,"portMappings":[],"essential":true},{"name":"a","image":"y"}]"#;
        // Asked from the provider.
        assert_eq!(
            rewritten(Rewrite::Containers, given),
            "[{\"image\":\"y\",\"name\":\"a\"},{\"environment\":[{\"name\":\"A\"},{\"name\":\"Z\",\"value\":\"1\"}],\
             \"essential\":true,\"image\":\"x\\u003c\",\"name\":\"b\",\"portMappings\":[]}]"
        );
        assert_eq!(rewritten(Rewrite::Containers, "{}"), "{}");
    }
}
