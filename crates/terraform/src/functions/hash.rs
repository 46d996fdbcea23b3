//! Hashes of texts, and identifiers made of them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::Digest;
use trueline_model::Value;

use super::error::Fail;
use super::spec::{Call, Param, Spec, Ty};

const STR: &[Param] = &[Param::new("str", Ty::String)];

pub(super) static SPECS: &[Spec] = &[
    Spec::new("base64sha256", STR, Ty::String, |c| text(c, base64_sha256)),
    Spec::new("base64sha512", STR, Ty::String, |c| text(c, base64_sha512)),
    Spec::new("md5", STR, Ty::String, |c| text(c, md5)),
    Spec::new("sha1", STR, Ty::String, |c| text(c, sha1)),
    Spec::new("sha256", STR, Ty::String, |c| text(c, sha256)),
    Spec::new("sha512", STR, Ty::String, |c| text(c, sha512)),
    Spec::new(
        "uuidv5",
        &[Param::new("namespace", Ty::String), Param::new("name", Ty::String)],
        Ty::String,
        uuid_v5,
    ),
];

fn text(c: &Call<'_>, hash: fn(&[u8]) -> String) -> Result<Value, Fail> {
    Ok(Value::string(hash(c.text(0)?.as_bytes())))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub(super) fn md5(bytes: &[u8]) -> String {
    hex(&md5::Md5::digest(bytes))
}

pub(super) fn sha1(bytes: &[u8]) -> String {
    hex(&sha1::Sha1::digest(bytes))
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&sha2::Sha256::digest(bytes))
}

pub(super) fn sha512(bytes: &[u8]) -> String {
    hex(&sha2::Sha512::digest(bytes))
}

pub(super) fn base64_sha256(bytes: &[u8]) -> String {
    STANDARD.encode(sha2::Sha256::digest(bytes))
}

pub(super) fn base64_sha512(bytes: &[u8]) -> String {
    STANDARD.encode(sha2::Sha512::digest(bytes))
}

/// Namespaces of RFC 4122 that differ in their first bytes only.
fn namespace(first: u8) -> [u8; 16] {
    [0x6b, 0xa7, 0xb8, first, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8]
}

fn uuid_v5(c: &Call<'_>) -> Result<Value, Fail> {
    let (space, name) = (c.text(0)?, c.text(1)?);
    let space = match space {
        "dns" => namespace(0x10),
        "url" => namespace(0x11),
        "oid" => namespace(0x12),
        "x500" => namespace(0x14),
        other => parse(other)
            .map_err(|e| Fail::said(format!("uuidv5() doesn't support namespace {other} ({e})")))?,
    };
    let digest = sha1::Sha1::new().chain_update(space).chain_update(name.as_bytes()).finalize();
    let mut id = [0u8; 16];
    id.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
    // Version 5 and the variant of RFC 4122.
    let [.., version, _, variant, _, _, _, _, _, _, _] = &mut id;
    *version = *version & 0x0f | 0x50;
    *variant = *variant & 0x3f | 0x80;
    let h = hex(&id);
    let part = |from: usize, to: usize| h.get(from..to).unwrap_or("");
    Ok(Value::string(format!(
        "{}-{}-{}-{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32)
    )))
}

/// The bytes of an identifier: with dashes, with `urn:uuid:` or braces around, or bare.
fn parse(s: &str) -> Result<[u8; 16], String> {
    let inner = match s.len() {
        45 => match s.get(..9) {
            Some(p) if p.eq_ignore_ascii_case("urn:uuid:") => s.get(9..).unwrap_or(""),
            p => {
                return Err(format!(
                    "invalid urn prefix: {}",
                    trueline_provider::convert::quote(p.unwrap_or(""))
                ));
            }
        },
        38 => s.get(1..37).unwrap_or(""),
        36 | 32 => s,
        n => return Err(format!("invalid UUID length: {n}")),
    };
    let bytes = inner.as_bytes();
    let dashed = bytes.len() == 36;
    if dashed && [8, 13, 18, 23].iter().any(|i| bytes.get(*i) != Some(&b'-')) {
        return Err("invalid UUID format".to_owned());
    }
    let digits: Vec<u8> = bytes
        .iter()
        .enumerate()
        .filter(|(i, _)| !dashed || ![8, 13, 18, 23].contains(i))
        .filter_map(|(_, b)| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect();
    let mut out = [0u8; 16];
    if digits.len() != 32 {
        return Err("invalid UUID format".to_owned());
    }
    for (to, pair) in out.iter_mut().zip(digits.chunks(2)) {
        *to = pair.iter().fold(0, |n, d| n << 4 | d);
    }
    Ok(out)
}
