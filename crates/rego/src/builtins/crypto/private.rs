//! Private keys: read from PEM, shown as OPA shows them, matched with certificates.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use rsa::RsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};

use crate::Value;
use crate::builtins::encoding::base64;
use crate::builtins::{Failure, Host, Outcome, failed, text};

use super::keys::{self, PublicKey};
use super::x509::{certificate, ders, describe, number};

enum PrivateKey {
    Rsa(Box<RsaPrivateKey>),
    /// A point of a curve, with its secret: each as many bytes as the curve needs.
    Elliptic {
        curve: &'static str,
        secret: Vec<u8>,
        x: Vec<u8>,
        y: Vec<u8>,
    },
    Ed25519 {
        seed: [u8; 32],
        public: [u8; 32],
    },
}

const TAGS: &[&str] = &["RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"];

macro_rules! elliptic {
    ($curve:ident, $name:literal, $der:expr) => {{
        let key = $curve::SecretKey::from_sec1_der($der)
            .ok()
            .or_else(|| $curve::SecretKey::from_pkcs8_der($der).ok());
        key.and_then(|key| {
            let point = key.public_key().to_sec1_bytes();
            let (x, y) = point.get(1..)?.split_at_checked(point.len() / 2)?;
            let secret = key.to_bytes().to_vec();
            Some(PrivateKey::Elliptic { curve: $name, secret, x: x.to_vec(), y: y.to_vec() })
        })
    }};
}

impl PrivateKey {
    fn read(der: &[u8]) -> Option<Self> {
        if let Some(key) = keys::rsa_private_der(der) {
            return Some(PrivateKey::Rsa(Box::new(key)));
        }
        elliptic!(p256, "P-256", der)
            .or_else(|| elliptic!(p384, "P-384", der))
            .or_else(|| elliptic!(p521, "P-521", der))
            .or_else(|| {
                let key = ed25519_dalek::SigningKey::from_pkcs8_der(der).ok()?;
                let public = key.verifying_key().to_bytes();
                Some(PrivateKey::Ed25519 { seed: key.to_bytes(), public })
            })
    }

    /// Shows it with the fields of Go's types.
    fn fields(&self) -> Value {
        match self {
            PrivateKey::Rsa(key) => {
                let primes = key.primes().iter().map(|prime| number(&prime.to_be_bytes())).collect();
                let of = |part: Option<Vec<u8>>| part.map_or(Value::Null, |bytes| number(&bytes));
                let precomputed = vec![
                    ("CRTValues".into(), Value::array(Vec::new())),
                    ("Dp".into(), of(key.dp().map(|part| part.to_be_bytes().to_vec()))),
                    ("Dq".into(), of(key.dq().map(|part| part.to_be_bytes().to_vec()))),
                    ("Qinv".into(), of(key.crt_coefficient().map(|part| part.to_be_bytes().to_vec()))),
                ];
                Value::object(vec![
                    ("N".into(), number(&key.n().to_be_bytes())),
                    ("E".into(), number(&key.e().to_be_bytes())),
                    ("D".into(), number(&key.d().to_be_bytes())),
                    ("Primes".into(), Value::array(primes)),
                    ("Precomputed".into(), Value::object(precomputed)),
                ])
            }
            PrivateKey::Elliptic { secret, x, y, .. } => Value::object(vec![
                ("Curve".into(), Value::empty_object()),
                ("D".into(), number(secret)),
                ("X".into(), number(x)),
                ("Y".into(), number(y)),
            ]),
            PrivateKey::Ed25519 { seed, public } => BASE64.encode(&[*seed, *public].concat()).into(),
        }
    }

    /// Shows it as a JSON Web Key.
    fn jwk(&self) -> Value {
        let encoded = |bytes: &[u8]| Value::from(BASE64URL_NOPAD.encode(bytes));
        // Numbers of RSA come without zeros in front.
        let whole = |bytes: &[u8]| {
            let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
            encoded(bytes.get(start..).unwrap_or_default())
        };
        match self {
            PrivateKey::Rsa(key) => {
                let mut entries: Vec<(Value, Value)> = vec![
                    ("kty".into(), "RSA".into()),
                    ("n".into(), whole(&key.n().to_be_bytes())),
                    ("e".into(), whole(&key.e().to_be_bytes())),
                    ("d".into(), whole(&key.d().to_be_bytes())),
                ];
                for (name, prime) in ["p", "q"].iter().zip(key.primes()) {
                    entries.push(((*name).into(), whole(&prime.to_be_bytes())));
                }
                if let (Some(dp), Some(dq)) = (key.dp(), key.dq()) {
                    entries.push(("dp".into(), whole(&dp.to_be_bytes())));
                    entries.push(("dq".into(), whole(&dq.to_be_bytes())));
                }
                if let Some(qi) = key.crt_coefficient() {
                    entries.push(("qi".into(), whole(&qi.to_be_bytes())));
                }
                Value::object(entries)
            }
            PrivateKey::Elliptic { curve, secret, x, y } => Value::object(vec![
                ("kty".into(), "EC".into()),
                ("crv".into(), (*curve).into()),
                ("d".into(), encoded(secret)),
                ("x".into(), encoded(x)),
                ("y".into(), encoded(y)),
            ]),
            PrivateKey::Ed25519 { seed, public } => Value::object(vec![
                ("kty".into(), "OKP".into()),
                ("crv".into(), "Ed25519".into()),
                ("d".into(), encoded(seed)),
                ("x".into(), encoded(public)),
            ]),
        }
    }

    /// Tells whether this is the other half of a public key; `None` if the two are not even of one kind.
    fn fits(&self, public: &PublicKey) -> Option<bool> {
        let point = |x: &[u8], y: &[u8]| [&[4], x, y].concat();
        match (self, public) {
            (PrivateKey::Rsa(key), PublicKey::Rsa(public)) => {
                Some(key.n().as_ref() == public.n().as_ref() && key.e() == public.e())
            }
            (PrivateKey::Elliptic { x, y, .. }, PublicKey::P256(public)) => {
                Some(public.to_sec1_bytes().as_ref() == point(x, y))
            }
            (PrivateKey::Elliptic { x, y, .. }, PublicKey::P384(public)) => {
                Some(public.to_sec1_bytes().as_ref() == point(x, y))
            }
            (PrivateKey::Elliptic { x, y, .. }, PublicKey::P521(public)) => {
                Some(public.to_sec1_bytes().as_ref() == point(x, y))
            }
            (PrivateKey::Ed25519 { public, .. }, PublicKey::Ed25519(wanted)) => {
                Some(wanted.to_bytes() == *public)
            }
            _ => None,
        }
    }
}

/// Takes PEM, or the base64 of it, as PEM.
fn pem_text(text: &str) -> Result<String, Failure> {
    if text.trim_start().starts_with("-----BEGIN") {
        return Ok(text.to_string());
    }
    let bytes = base64(text).map_err(Failure::Error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn read_all(pem: &str) -> Vec<PrivateKey> {
    let blocks = pem::parse_many(pem).unwrap_or_default();
    let of_kind = blocks.iter().filter(|block| TAGS.contains(&block.tag()));
    of_kind.filter_map(|block| PrivateKey::read(block.contents())).collect()
}

/// Returns the first private key of a text as a JSON Web Key, whatever its kind; null if there is none.
pub(super) fn parse_rsa_private_key(host: &mut Host, args: &[Value]) -> Outcome {
    let text = text(args, 0)?;
    host.grow(text.len() * 8 + 2_000)?;
    if text.is_empty() {
        return failed("input PEM data was empty");
    }
    Ok(read_all(&pem_text(text)?).first().map_or(Value::Null, PrivateKey::jwk))
}

/// Returns the private keys in a text; null for an empty one.
pub(super) fn parse_private_keys(host: &mut Host, args: &[Value]) -> Outcome {
    let text = text(args, 0)?;
    if text.is_empty() {
        return Ok(Value::Null);
    }
    host.grow(text.len() * 8 + 2_000)?;
    let pem = pem_text(text).unwrap_or_default();
    Ok(Value::array(read_all(&pem).iter().map(PrivateKey::fields).collect()))
}

/// Returns a pair of certificates and the key of the first of them.
pub(super) fn parse_keypair(host: &mut Host, args: &[Value]) -> Outcome {
    let (certificates, key) = (text(args, 0)?, text(args, 1)?);
    host.grow((certificates.len() + key.len()) * 8 + 2_000)?;
    let ders = ders(certificates)?;
    let Some(der) = ders.first() else { return failed("x509: malformed certificate") };
    let leaf = certificate(der)?;
    let pem = pem_text(key)?;
    let Some(private) = read_all(&pem).into_iter().next() else {
        return match pem.contains("-----BEGIN CERTIFICATE-----") {
            true => failed("tls: found a certificate rather than a key in the PEM for the private key"),
            false => failed("tls: failed to parse private key"),
        };
    };
    let public = keys::from_spki(leaf.public_key().raw);
    match public.and_then(|public| private.fits(&public)) {
        Some(true) => {}
        Some(false) => return failed("tls: private key does not match public key"),
        None => return failed("tls: private key type does not match public key type"),
    }
    let raw = ders.iter().map(|der| Value::from(BASE64.encode(der))).collect();
    Ok(Value::object(vec![
        ("Certificate".into(), Value::array(raw)),
        ("Leaf".into(), describe(&leaf, der)),
        ("PrivateKey".into(), private.fields()),
        ("OCSPStaple".into(), Value::Null),
        ("SignedCertificateTimestamps".into(), Value::Null),
        ("SupportedSignatureAlgorithms".into(), Value::Null),
    ]))
}
