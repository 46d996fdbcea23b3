//! JSON Web Tokens.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

use crate::builtins::float::Float;
use crate::builtins::{Failure, Host, Outcome, failed, object, text};
use crate::{Number, Value};

use super::keys::{self, Key, PublicKey};

const ALGORITHMS: &[&str] = &[
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
    "ES512", "EdDSA",
];

/// A token in its parts.
struct Token<'t> {
    header: &'t str,
    payload: &'t str,
    signature: &'t str,
}

impl<'t> Token<'t> {
    fn split(text: &'t str) -> Result<Self, Failure> {
        let parts: Vec<&str> = text.split('.').collect();
        match parts.as_slice() {
            [_] => failed("encoded JWT had no period separators"),
            [header, payload, signature] => Ok(Token { header, payload, signature }),
            _ => failed(format!("encoded JWT must have 3 sections, found {}", parts.len())),
        }
    }

    fn header(&self) -> Outcome {
        let bytes = decoded(self.header, "header")?;
        let json = parsed(&bytes, "header")?;
        if json.get("enc").is_some() {
            return failed("JWT is a JWE object, which is not supported");
        }
        Ok(json)
    }

    fn signature(&self) -> Result<Vec<u8>, Failure> {
        decoded(self.signature, "signature")
    }

    fn signed(&self) -> Vec<u8> {
        format!("{}.{}", self.header, self.payload).into_bytes()
    }
}

fn decoded(part: &str, name: &str) -> Result<Vec<u8>, Failure> {
    crate::builtins::encoding::base64url(part)
        .map_err(|error| Failure::Error(format!("JWT {name} had invalid encoding: {error}")))
}

fn parsed(bytes: &[u8], name: &str) -> Outcome {
    let text = std::str::from_utf8(bytes).map_err(|_| Failure::Error(format!("JWT {name} is not UTF-8")))?;
    Value::parse_json(text).map_err(|error| Failure::Error(error.what))
}

/// Tells whether the payload is a token again.
fn is_nested(header: &Value) -> bool {
    header.get("cty").and_then(Value::as_str).is_some_and(|cty| cty.eq_ignore_ascii_case("JWT"))
}

fn inner(payload: &[u8]) -> Result<String, Failure> {
    let text =
        std::str::from_utf8(payload).map_err(|_| Failure::Error("JWT payload is not UTF-8".to_string()))?;
    Ok(text.trim().trim_matches('"').to_string())
}

pub(super) fn decode(host: &mut Host, args: &[Value]) -> Outcome {
    let mut token_text = text(args, 0)?.to_string();
    loop {
        host.grow(token_text.len() * 2)?;
        let token = Token::split(&token_text)?;
        let header = token.header()?;
        let payload = decoded(token.payload, "payload")?;
        if is_nested(&header) {
            token_text = inner(&payload)?;
            continue;
        }
        let payload = parsed(&payload, "payload")?;
        let signature = HEXLOWER.encode(&token.signature()?);
        return Ok(Value::array(vec![header, payload, signature.into()]));
    }
}

pub(super) fn verify(host: &mut Host, args: &[Value], algorithm: &str) -> Outcome {
    let (token, key) = (text(args, 0)?, text(args, 1)?);
    host.tick(token.len() + 2_000)?;
    let token = Token::split(token)?;
    let header = token.header()?;
    let keys = match algorithm.starts_with("HS") {
        true => vec![Key { key: PublicKey::Secret(key.as_bytes().to_vec()), id: None, algorithm: None }],
        false => keys::read(key).map_err(Failure::Error)?,
    };
    let signature = token.signature()?;
    Ok(Value::Bool(fits(&keys, &header, algorithm, &token.signed(), &signature)))
}

/// Checks a signature with the key that the header names, or with any.
fn fits(keys: &[Key], header: &Value, algorithm: &str, signed: &[u8], signature: &[u8]) -> bool {
    let id = header.get("kid").and_then(Value::as_str);
    if let Some(key) = keys.iter().find(|key| id.is_some() && key.id.as_deref() == id) {
        return key.key.verify(algorithm, signed, signature);
    }
    keys.iter().any(|key| {
        // Where the header has the algorithm, a key for another one is not tried.
        key.algorithm.as_deref().is_none_or(|wanted| wanted == algorithm)
            && key.key.verify(algorithm, signed, signature)
    })
}

/// What a token has to satisfy.
struct Constraints<'a> {
    keys: Vec<Key>,
    algorithm: Option<&'a str>,
    issuer: Option<&'a str>,
    audience: Option<&'a str>,
    time: Number,
}

fn constraints<'a>(host: &Host, args: &'a [Value]) -> Result<Constraints<'a>, Failure> {
    let mut found = Constraints {
        keys: Vec::new(),
        algorithm: None,
        issuer: None,
        audience: None,
        time: Number::from(host.now),
    };
    let (mut certificate, mut secret) = (None, None);
    for (name, value) in object(args, 1)?.iter() {
        let name = name.as_str().unwrap_or_default();
        let string =
            || value.as_str().ok_or_else(|| Failure::Error(format!("{name} constraint: must be a string")));
        match name {
            "cert" => certificate = Some(string()?),
            "secret" => secret = Some(string()?),
            "alg" => found.algorithm = Some(string()?),
            "iss" => found.issuer = Some(string()?),
            "aud" => found.audience = Some(string()?),
            "time" => match value {
                Value::Number(number) => found.time = number.clone(),
                _ => return failed("token time constraint: must be a number"),
            },
            _ => return failed(format!("unknown token validation constraint: {name}")),
        }
    }
    found.keys = match (certificate, secret) {
        (Some(_), Some(_)) => return failed("duplicate key constraints"),
        (Some(certificate), None) => keys::read(certificate).map_err(Failure::Error)?,
        (None, Some(secret)) => {
            vec![Key { key: PublicKey::Secret(secret.as_bytes().to_vec()), id: None, algorithm: None }]
        }
        (None, None) => return failed("no key constraint"),
    };
    Ok(found)
}

pub(super) fn decode_verify(host: &mut Host, args: &[Value]) -> Outcome {
    let unverified = || Ok(Value::array(vec![false.into(), Value::empty_object(), Value::empty_object()]));
    let mut token_text = text(args, 0)?.to_string();
    let wanted = constraints(host, args)?;
    let (header, payload) = loop {
        host.grow(token_text.len() * 2 + 2_000)?;
        let token = Token::split(&token_text)?;
        let header = token.header()?;
        let Some(algorithm) = header.get("alg").and_then(Value::as_str) else { return unverified() };
        if header.get("crit").is_some()
            || !ALGORITHMS.contains(&algorithm)
            || wanted.algorithm.is_some_and(|wanted| wanted != algorithm)
        {
            return unverified();
        }
        let signature = token.signature()?;
        if !fits(&wanted.keys, &header, algorithm, &token.signed(), &signature) {
            return unverified();
        }
        let payload = decoded(token.payload, "payload")?;
        if !is_nested(&header) {
            break (header, parsed(&payload, "payload")?);
        }
        token_text = inner(&payload)?;
    };
    if wanted.issuer.is_some() && payload.get("iss").and_then(Value::as_str) != wanted.issuer {
        return unverified();
    }
    let audience = match payload.get("aud") {
        None => wanted.audience.is_none(),
        Some(Value::String(name)) => wanted.audience == Some(name),
        Some(Value::Array(names)) => {
            wanted.audience.is_some_and(|wanted| names.iter().any(|name| name.as_str() == Some(wanted)))
        }
        Some(_) => false,
    };
    if !audience {
        return unverified();
    }
    // Claims are in seconds, the constraint in nanoseconds.
    let claim = |name: &str| -> Result<Option<Number>, Failure> {
        match payload.get(name) {
            None => Ok(None),
            Some(Value::Number(seconds)) => {
                let nanos = Float::from(seconds).multiply(Float::from(&Number::from(1_000_000_000)));
                // A number out of all range is far enough away as it is.
                Ok(Some(nanos.to_number().unwrap_or_else(|| seconds.clone())))
            }
            Some(_) => failed(format!("{name} value must be a number")),
        }
    };
    let (expires, begins) = (claim("exp")?, claim("nbf")?);
    if expires.is_some_and(|expires| wanted.time >= expires)
        || begins.is_some_and(|begins| wanted.time < begins)
    {
        return unverified();
    }
    Ok(Value::array(vec![true.into(), header, payload]))
}

pub(super) fn encode_sign(host: &mut Host, args: &[Value]) -> Outcome {
    object(args, 0)?;
    object(args, 1)?;
    object(args, 2)?;
    // OPA 0.x signed the terms as it prints them; since then they are compact JSON.
    let shown = |value: &Value| if host.old { value.to_string() } else { value.to_json_string() };
    let texts: Vec<String> = args.iter().map(shown).collect();
    match texts.as_slice() {
        [header, payload, key, ..] => sign(host, header, payload, key),
        _ => Err(Failure::Undefined),
    }
}

pub(super) fn encode_sign_raw(host: &mut Host, args: &[Value]) -> Outcome {
    sign(host, text(args, 0)?, text(args, 1)?, text(args, 2)?)
}

fn sign(host: &mut Host, header: &str, payload: &str, key: &str) -> Outcome {
    host.grow((header.len() + payload.len()) * 4 + 2_000)?;
    let json = match Value::parse_json(header) {
        Ok(json) => json,
        Err(_) => {
            let why = if header.is_empty() { ": cannot parse empty string" } else { "" };
            return failed(format!("missing or invalid 'alg' header: cannot parse JSON{why}"));
        }
    };
    let Some(algorithm) = json.get("alg").and_then(Value::as_str) else {
        return failed("missing or invalid 'alg' header: jwsbb: header \"alg\" not found");
    };
    if !ALGORITHMS.contains(&algorithm) {
        return failed(format!("unknown JWS algorithm: {algorithm}"));
    }
    let is_token = json.get("typ").and_then(Value::as_str).is_none_or(|kind| kind == "JWT");
    if is_token && Value::parse_json(payload).is_err() {
        return failed("type is JWT but payload is not JSON");
    }
    let key = Value::parse_json(key)
        .map_err(|error| Failure::Error(format!("failed to parse JWK: {}", error.what)))?;
    let signed = format!(
        "{}.{}",
        BASE64URL_NOPAD.encode(header.as_bytes()),
        BASE64URL_NOPAD.encode(payload.as_bytes())
    );
    let signature = keys::sign(&key, algorithm, signed.as_bytes()).map_err(Failure::Error)?;
    Ok(Value::from(format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))))
}
