//! Builtins that need the network or the machine: named, so that policies compile, and refused when called. Also
//! those that only talk to the caller.
//!
//! What is refused ends the run: an expression that is undefined for want of an answer would let everything pass.

use crate::{Print, Value};

use super::{Builtin, Failure, Host, Outcome, array, builtin, object, text};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("http.send", 1, send),
    builtin("net.lookup_ip_addr", 1, lookup),
    builtin("opa.runtime", 0, |host, _| {
        host.runtime_asked = true;
        Ok(host.runtime.clone())
    }),
    builtin("rego.metadata.chain", 0, |_, _| Ok(Value::array(Vec::new()))),
    builtin("rego.metadata.rule", 0, |_, _| Ok(Value::empty_object())),
    builtin("trace", 1, |host, args| {
        let note = text(args, 0)?.to_string();
        host.grow(note.len() + 32)?;
        host.note = Some(note);
        Ok(Value::Bool(true))
    }),
    builtin("print", 1, print),
    builtin("test.sleep", 1, |_, _| Ok(Value::Null)),
];

const NO_NETWORK: &str = "not available: policies are evaluated without a network";

const REQUEST_KEYS: &[&str] = &[
    "method",
    "url",
    "body",
    "enable_redirect",
    "force_json_decode",
    "force_yaml_decode",
    "headers",
    "raw_body",
    "tls_use_system_certs",
    "tls_ca_cert",
    "tls_ca_cert_file",
    "tls_ca_cert_env_variable",
    "tls_client_cert",
    "tls_client_cert_file",
    "tls_client_cert_env_variable",
    "tls_client_key",
    "tls_client_key_file",
    "tls_client_key_env_variable",
    "tls_insecure_skip_verify",
    "tls_server_name",
    "timeout",
    "cache",
    "force_cache",
    "force_cache_duration_seconds",
    "raise_error",
    "caching_mode",
    "max_retry_attempts",
    "cache_ignored_headers",
];

/// Checks the request as OPA does, and refuses it.
fn send(_: &mut Host, args: &[Value]) -> Outcome {
    let request = object(args, 0)?;
    let keys = |keys: Vec<&str>| Value::set(keys.into_iter().map(Value::from).collect());
    let known = |key: &Value| key.as_str().is_some_and(|key| REQUEST_KEYS.contains(&key));
    let wrong: Vec<&str> = request.keys().filter(|key| !known(key)).filter_map(Value::as_str).collect();
    if !wrong.is_empty() {
        return Err(Failure::Type(format!("operand 1 invalid request parameters(s): {}", keys(wrong))));
    }
    let missing: Vec<&str> =
        ["method", "url"].into_iter().filter(|key| request.get_str(key).is_none()).collect();
    if !missing.is_empty() {
        return Err(Failure::Type(format!(
            "operand 1 missing required request parameters(s): {}",
            keys(missing)
        )));
    }
    Err(Failure::Refused(NO_NETWORK))
}

/// Returns what is known without asking: addresses, and the host itself.
fn lookup(_: &mut Host, args: &[Value]) -> Outcome {
    let name = text(args, 0)?;
    if name == "localhost" {
        return Ok(Value::set(vec!["127.0.0.1".into(), "::1".into()]));
    }
    match name.parse::<std::net::IpAddr>() {
        Ok(address) => Ok(Value::set(vec![address.to_string().into()])),
        Err(_) => Err(Failure::Refused(NO_NETWORK)),
    }
}

/// Notes a line: every operand is a set of its values, empty where it is undefined.
fn print(host: &mut Host, args: &[Value]) -> Outcome {
    let mut words = Vec::new();
    for operand in array(args, 0)?.iter() {
        let word = match operand.as_set().and_then(|values| values.first()) {
            Some(Value::String(text)) => text.to_string(),
            Some(other) => other.to_string(),
            None => "<undefined>".to_string(),
        };
        host.grow(word.len())?;
        words.push(word);
    }
    host.grow(32)?;
    host.prints.push(Print { path: String::new(), line: 0, text: words.join(" ") });
    Ok(Value::Bool(true))
}
