//! Hashes, keys, tokens and certificates.

mod chain;
mod jwt;
mod keys;
mod private;
mod x509;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::Value;

use super::{Builtin, Host, Outcome, builtin, text};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("crypto.md5", 1, hash::<Md5>),
    builtin("crypto.sha1", 1, hash::<Sha1>),
    builtin("crypto.sha256", 1, hash::<Sha256>),
    builtin("crypto.hmac.md5", 2, |host, args| mac(host, args, hmac::<Hmac<Md5>>)),
    builtin("crypto.hmac.sha1", 2, |host, args| mac(host, args, hmac::<Hmac<Sha1>>)),
    builtin("crypto.hmac.sha256", 2, |host, args| mac(host, args, hmac::<Hmac<Sha256>>)),
    builtin("crypto.hmac.sha512", 2, |host, args| mac(host, args, hmac::<Hmac<Sha512>>)),
    builtin("crypto.hmac.equal", 2, |_, args| Ok(Value::Bool(text(args, 0)? == text(args, 1)?))),
    builtin("crypto.x509.parse_certificates", 1, x509::parse_certificates),
    builtin("crypto.x509.parse_and_verify_certificates", 1, chain::parse_and_verify),
    builtin(
        "crypto.x509.parse_and_verify_certificates_with_options",
        2,
        chain::parse_and_verify_with_options,
    ),
    builtin("crypto.x509.parse_certificate_request", 1, x509::parse_request),
    builtin("crypto.x509.parse_rsa_private_key", 1, private::parse_rsa_private_key),
    builtin("crypto.x509.parse_keypair", 2, private::parse_keypair),
    builtin("crypto.parse_private_keys", 1, private::parse_private_keys),
    builtin("io.jwt.decode", 1, jwt::decode),
    builtin("io.jwt.decode_verify", 2, jwt::decode_verify),
    builtin("io.jwt.encode_sign", 3, jwt::encode_sign),
    builtin("io.jwt.encode_sign_raw", 3, jwt::encode_sign_raw),
    builtin("io.jwt.verify_hs256", 2, |host, args| jwt::verify(host, args, "HS256")),
    builtin("io.jwt.verify_hs384", 2, |host, args| jwt::verify(host, args, "HS384")),
    builtin("io.jwt.verify_hs512", 2, |host, args| jwt::verify(host, args, "HS512")),
    builtin("io.jwt.verify_rs256", 2, |host, args| jwt::verify(host, args, "RS256")),
    builtin("io.jwt.verify_rs384", 2, |host, args| jwt::verify(host, args, "RS384")),
    builtin("io.jwt.verify_rs512", 2, |host, args| jwt::verify(host, args, "RS512")),
    builtin("io.jwt.verify_ps256", 2, |host, args| jwt::verify(host, args, "PS256")),
    builtin("io.jwt.verify_ps384", 2, |host, args| jwt::verify(host, args, "PS384")),
    builtin("io.jwt.verify_ps512", 2, |host, args| jwt::verify(host, args, "PS512")),
    builtin("io.jwt.verify_es256", 2, |host, args| jwt::verify(host, args, "ES256")),
    builtin("io.jwt.verify_es384", 2, |host, args| jwt::verify(host, args, "ES384")),
    builtin("io.jwt.verify_es512", 2, |host, args| jwt::verify(host, args, "ES512")),
    builtin("io.jwt.verify_eddsa", 2, |host, args| jwt::verify(host, args, "EdDSA")),
];

fn hash<D: Digest>(host: &mut Host, args: &[Value]) -> Outcome {
    let text = text(args, 0)?;
    host.tick(text.len() / 16)?;
    Ok(Value::from(HEXLOWER.encode(&D::digest(text.as_bytes()))))
}

fn mac(host: &mut Host, args: &[Value], how: fn(&[u8], &[u8]) -> Vec<u8>) -> Outcome {
    let (message, key) = (text(args, 0)?, text(args, 1)?);
    host.tick(message.len() / 16)?;
    Ok(Value::from(HEXLOWER.encode(&how(key.as_bytes(), message.as_bytes()))))
}

fn hmac<M: Mac + KeyInit>(key: &[u8], message: &[u8]) -> Vec<u8> {
    // A key of any length is taken.
    match <M as KeyInit>::new_from_slice(key) {
        Ok(mac) => mac.chain_update(message).finalize().into_bytes().to_vec(),
        Err(_) => Vec::new(),
    }
}

/// Authenticates a message with the hash of so many bits.
fn hmac_sha2(bits: u32, key: &[u8], message: &[u8]) -> Vec<u8> {
    match bits {
        256 => hmac::<Hmac<Sha256>>(key, message),
        384 => hmac::<Hmac<Sha384>>(key, message),
        _ => hmac::<Hmac<Sha512>>(key, message),
    }
}

/// Hashes with the hash of so many bits.
fn sha2_digest(bits: u32, message: &[u8]) -> Vec<u8> {
    match bits {
        256 => Sha256::digest(message).to_vec(),
        384 => Sha384::digest(message).to_vec(),
        _ => Sha512::digest(message).to_vec(),
    }
}

/// Authenticates a message with SHA-256.
pub(super) fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    hmac_sha2(256, key, message)
}

/// Hashes with SHA-256.
pub(super) fn sha256(message: &[u8]) -> Vec<u8> {
    sha2_digest(256, message)
}
