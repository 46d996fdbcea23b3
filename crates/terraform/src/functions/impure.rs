//! Functions whose results hang on the moment, on chance or on the machine: unknown here.

use std::sync::Arc;

use trueline_model::{Kind, Reason, Value};

use super::encoding::from_base64;
use super::error::Fail;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::quote;

pub(super) static SPECS: &[Spec] = &[
    Spec::new("abspath", &[Param::new("path", Ty::String)], Ty::String, abspath),
    Spec::new("bcrypt", &[Param::new("str", Ty::String)], Ty::String, unknown)
        .variadic(Param::new("cost", Ty::Number)),
    Spec::new("pathexpand", &[Param::new("path", Ty::String)], Ty::String, pathexpand),
    Spec::new("plantimestamp", &[], Ty::String, unknown).maybe_null(),
    Spec::new(
        "rsadecrypt",
        &[Param::new("ciphertext", Ty::String), Param::new("privatekey", Ty::String)],
        Ty::String,
        rsadecrypt,
    ),
    Spec::new("timestamp", &[], Ty::String, unknown),
    Spec::new("uuid", &[], Ty::String, unknown),
];

fn unknown(c: &Call<'_>) -> Result<Value, Fail> {
    let mut u = c.unknown();
    u.reason = Reason::Function(c.spec.name.into());
    Ok(Kind::Unknown(Arc::new(u)).into())
}

/// What is decrypted is a secret that no check needs; only whether the arguments can be right is looked at.
fn rsadecrypt(c: &Call<'_>) -> Result<Value, Fail> {
    let text = c.text(0)?;
    if from_base64(text).is_err() {
        let message = format!("failed to decode input {}: cipher text must be base64-encoded", quote(text));
        return Err(Fail::arg(0, message));
    }
    if !c.text(1)?.contains("-----BEGIN ") {
        return Err(Fail::arg(1, "invalid private key: ssh: no key found"));
    }
    unknown(c)
}

/// A path that is absolute already only has to be cleaned; another one hangs on where the machine keeps the module.
fn abspath(c: &Call<'_>) -> Result<Value, Fail> {
    let path = c.text(0)?;
    if path.starts_with('/') {
        return Ok(Value::string(trueline_text::normalize(path)));
    }
    let mut u = c.unknown();
    u.reason = Reason::Environment("abspath".into());
    Ok(Kind::Unknown(Arc::new(u)).into())
}

fn pathexpand(c: &Call<'_>) -> Result<Value, Fail> {
    let path = c.text(0)?;
    if !path.starts_with('~') {
        return Ok(c.arg(0).clone());
    }
    if !path.starts_with("~/") && path != "~" {
        return Err("cannot expand user-specific home dir".into());
    }
    let mut u = c.unknown();
    u.reason = Reason::Environment("pathexpand".into());
    Ok(Kind::Unknown(Arc::new(u)).into())
}
