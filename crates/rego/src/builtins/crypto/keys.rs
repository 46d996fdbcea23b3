//! Keys: read from PEM, certificates and JSON Web Keys; signatures with them.

use rsa::pkcs1::{DecodeRsaPrivateKey, DecodeRsaPublicKey};
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey};
use rsa::signature::{Signer, Verifier};
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey, RsaPublicKey};
use sha2::{Sha256, Sha384, Sha512};

use crate::Value;
use crate::builtins::encoding::base64url;

use super::{hmac_sha2, sha2_digest};

/// A key that signatures are checked with.
pub(super) enum PublicKey {
    Rsa(Box<RsaPublicKey>),
    P256(Box<p256::ecdsa::VerifyingKey>),
    P384(Box<p384::ecdsa::VerifyingKey>),
    P521(Box<p521::ecdsa::VerifyingKey>),
    Ed25519(Box<ed25519_dalek::VerifyingKey>),
    Secret(Vec<u8>),
}

/// A key with what a set of keys says about it.
pub(super) struct Key {
    pub(super) key: PublicKey,
    pub(super) id: Option<String>,
    pub(super) algorithm: Option<String>,
}

/// Reads keys: a PEM block, a JSON Web Key, or a set of these.
pub(super) fn read(text: &str) -> Result<Vec<Key>, String> {
    if text.trim_start().starts_with('{') {
        return read_jwk(text);
    }
    let blocks = pem::parse_many(text).map_err(|_| "failed to parse a PEM certificate".to_string())?;
    let Some(block) = blocks.first() else {
        return match text.contains("-----BEGIN") {
            true => Err("failed to parse a PEM certificate".to_string()),
            false => Err("failed to parse a JWK key (set)".to_string()),
        };
    };
    let after =
        text.rsplit("-----END").next().and_then(|rest| rest.split_once("-----")).map(|(_, rest)| rest);
    if blocks.len() > 1 || after.is_some_and(|rest| !rest.trim().is_empty()) {
        return Err("extra data after a PEM certificate block".to_string());
    }
    let key = match block.tag() {
        "CERTIFICATE" => {
            let (_, certificate) = x509_parser::parse_x509_certificate(block.contents())
                .map_err(|_| "failed to parse a PEM certificate".to_string())?;
            from_spki(certificate.public_key().raw)
        }
        "PUBLIC KEY" => from_spki(block.contents()),
        _ => None,
    };
    match key {
        Some(key) => Ok(vec![Key { key, id: None, algorithm: None }]),
        None => Err("failed to extract a Key from the PEM certificate".to_string()),
    }
}

/// Reads a public key as certificates hold it.
pub(super) fn from_spki(der: &[u8]) -> Option<PublicKey> {
    if let Ok(key) = RsaPublicKey::from_public_key_der(der) {
        return Some(PublicKey::Rsa(Box::new(key)));
    }
    if let Ok(key) = p256::ecdsa::VerifyingKey::from_public_key_der(der) {
        return Some(PublicKey::P256(Box::new(key)));
    }
    if let Ok(key) = p384::ecdsa::VerifyingKey::from_public_key_der(der) {
        return Some(PublicKey::P384(Box::new(key)));
    }
    if let Ok(key) = p521::PublicKey::from_public_key_der(der) {
        return p521_key(&key.to_sec1_bytes());
    }
    let key = ed25519_dalek::VerifyingKey::from_public_key_der(der).ok()?;
    Some(PublicKey::Ed25519(Box::new(key)))
}

fn p521_key(point: &[u8]) -> Option<PublicKey> {
    let key = p521::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
    Some(PublicKey::P521(Box::new(key)))
}

fn read_jwk(text: &str) -> Result<Vec<Key>, String> {
    let wrong = || "failed to parse a JWK key (set)".to_string();
    let json = Value::parse_json(text).map_err(|_| wrong())?;
    let keys: Vec<Value> = match json.get("keys").and_then(Value::as_array) {
        Some(keys) => keys.to_vec(),
        None => vec![json],
    };
    keys.iter()
        .map(|jwk| {
            let field = |name: &str| jwk.get(name).and_then(Value::as_str).map(str::to_string);
            Ok(Key { key: public(jwk).ok_or_else(wrong)?, id: field("kid"), algorithm: field("alg") })
        })
        .collect()
}

fn bytes(jwk: &Value, field: &str) -> Option<Vec<u8>> {
    base64url(jwk.get(field)?.as_str()?).ok()
}

fn public(jwk: &Value) -> Option<PublicKey> {
    let curve = jwk.get("crv").and_then(Value::as_str);
    match (jwk.get("kty")?.as_str()?, curve) {
        ("RSA", _) => {
            let der = sequence(&[integer(&bytes(jwk, "n")?), integer(&bytes(jwk, "e")?)]);
            Some(PublicKey::Rsa(Box::new(RsaPublicKey::from_pkcs1_der(&der).ok()?)))
        }
        ("EC", Some(curve)) => {
            let size = match curve {
                "P-256" => 32,
                "P-384" => 48,
                _ => 66,
            };
            let mut point = vec![4];
            for coordinate in [bytes(jwk, "x")?, bytes(jwk, "y")?] {
                point.extend(std::iter::repeat_n(0, size - coordinate.len().min(size)));
                point.extend(coordinate);
            }
            match curve {
                "P-256" => {
                    Some(PublicKey::P256(Box::new(p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).ok()?)))
                }
                "P-384" => {
                    Some(PublicKey::P384(Box::new(p384::ecdsa::VerifyingKey::from_sec1_bytes(&point).ok()?)))
                }
                "P-521" => p521_key(&point),
                _ => None,
            }
        }
        ("OKP", Some("Ed25519")) => {
            let key: [u8; 32] = bytes(jwk, "x")?.try_into().ok()?;
            Some(PublicKey::Ed25519(Box::new(ed25519_dalek::VerifyingKey::from_bytes(&key).ok()?)))
        }
        ("oct", _) => Some(PublicKey::Secret(bytes(jwk, "k")?)),
        _ => None,
    }
}

impl PublicKey {
    /// Checks a signature; a key of another kind than the algorithm's never fits.
    pub(super) fn verify(&self, algorithm: &str, message: &[u8], signature: &[u8]) -> bool {
        let bits: u32 = algorithm.get(2..).and_then(|bits| bits.parse().ok()).unwrap_or(0);
        match (self, algorithm.get(..2).unwrap_or_default()) {
            (PublicKey::Rsa(key), "RS") => {
                key.verify(pkcs1(bits), &sha2_digest(bits, message), signature).is_ok()
            }
            (PublicKey::Rsa(key), "PS") => {
                let digest = sha2_digest(bits, message);
                let checked = match bits {
                    256 => key.verify(Pss::<Sha256>::new(), &digest, signature),
                    384 => key.verify(Pss::<Sha384>::new(), &digest, signature),
                    _ => key.verify(Pss::<Sha512>::new(), &digest, signature),
                };
                checked.is_ok()
            }
            (PublicKey::P256(key), "ES") if bits == 256 => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|sig| key.verify(message, &sig).is_ok()),
            (PublicKey::P384(key), "ES") if bits == 384 => p384::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|sig| key.verify(message, &sig).is_ok()),
            (PublicKey::P521(key), "ES") if bits == 512 => p521::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|sig| key.verify(message, &sig).is_ok()),
            (PublicKey::Ed25519(key), "Ed") => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
            (PublicKey::Secret(key), "HS") => hmac_sha2(bits, key, message) == signature,
            _ => false,
        }
    }

    /// Checks a signature of a certificate: ASN.1 instead of bare numbers.
    pub(super) fn verify_der(&self, bits: u32, message: &[u8], signature: &[u8]) -> bool {
        match self {
            PublicKey::Rsa(key) => key.verify(pkcs1(bits), &sha2_digest(bits, message), signature).is_ok(),
            PublicKey::P256(key) => {
                p256::ecdsa::Signature::from_der(signature).is_ok_and(|sig| key.verify(message, &sig).is_ok())
            }
            PublicKey::P384(key) => {
                p384::ecdsa::Signature::from_der(signature).is_ok_and(|sig| key.verify(message, &sig).is_ok())
            }
            PublicKey::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
            PublicKey::P521(_) | PublicKey::Secret(_) => false,
        }
    }
}

fn pkcs1(bits: u32) -> Pkcs1v15Sign {
    match bits {
        256 => Pkcs1v15Sign::new::<Sha256>(),
        384 => Pkcs1v15Sign::new::<Sha384>(),
        _ => Pkcs1v15Sign::new::<Sha512>(),
    }
}

/// Signs with a JSON Web Key.
pub(super) fn sign(jwk: &Value, algorithm: &str, message: &[u8]) -> Result<Vec<u8>, String> {
    let wrong = || "failed to create a key from the JSON Web Key".to_string();
    let bits: u32 = algorithm.get(2..).and_then(|bits| bits.parse().ok()).unwrap_or(0);
    let secret = |field: &str| bytes(jwk, field).ok_or_else(wrong);
    match algorithm.get(..2).unwrap_or_default() {
        "HS" => Ok(hmac_sha2(bits, &secret("k")?, message)),
        "RS" => {
            let key = rsa_private(jwk).ok_or_else(wrong)?;
            key.sign(pkcs1(bits), &sha2_digest(bits, message)).map_err(|error| error.to_string())
        }
        "ES" => match bits {
            256 => {
                let key = p256::ecdsa::SigningKey::from_slice(&secret("d")?).map_err(|_| wrong())?;
                let signature: p256::ecdsa::Signature = key.sign(message);
                Ok(signature.to_bytes().to_vec())
            }
            384 => {
                let key = p384::ecdsa::SigningKey::from_slice(&secret("d")?).map_err(|_| wrong())?;
                let signature: p384::ecdsa::Signature = key.sign(message);
                Ok(signature.to_bytes().to_vec())
            }
            _ => {
                let key = p521::ecdsa::SigningKey::from_slice(&secret("d")?).map_err(|_| wrong())?;
                let signature: p521::ecdsa::Signature = key.sign(message);
                Ok(signature.to_bytes().to_vec())
            }
        },
        "Ed" => {
            let seed: [u8; 32] = secret("d")?.try_into().map_err(|_| wrong())?;
            let key = ed25519_dalek::SigningKey::from_bytes(&seed);
            Ok(Signer::sign(&key, message).to_bytes().to_vec())
        }
        _ => Err(format!("unsupported signature algorithm: {algorithm}")),
    }
}

fn rsa_private(jwk: &Value) -> Option<RsaPrivateKey> {
    let mut numbers = vec![integer(&[0])];
    for field in ["n", "e", "d", "p", "q", "dp", "dq", "qi"] {
        numbers.push(integer(&bytes(jwk, field)?));
    }
    RsaPrivateKey::from_pkcs1_der(&sequence(&numbers)).ok()
}

/// Reads an RSA key of either kind of PEM block.
pub(super) fn rsa_private_der(der: &[u8]) -> Option<RsaPrivateKey> {
    RsaPrivateKey::from_pkcs1_der(der).or_else(|_| RsaPrivateKey::from_pkcs8_der(der).map_err(|_| ())).ok()
}

fn integer(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let mut content = bytes.get(start..).unwrap_or_default().to_vec();
    // The highest bit would be a sign.
    if content.first().is_none_or(|byte| byte & 0x80 != 0) {
        content.insert(0, 0);
    }
    tagged(0x02, &content)
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tagged(0x30, &parts.concat())
}

fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len();
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let digits: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
        out.push(0x80 | digits.len() as u8);
        out.extend(digits);
    }
    out.extend_from_slice(content);
    out
}
