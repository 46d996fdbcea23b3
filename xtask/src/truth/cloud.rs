//! Real plans without a cloud: Terraform runs against a server on this machine that knows one answer.
//!
//! The provider asks who it is before it plans; that is answered. Everything else is refused, so
//! modules whose data sources read the cloud can't be planned here: give a plan of theirs with `--plans`.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value as Json;

/// Who the provider is told to be.
const IDENTITY: &str = "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
    <GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:user/nobody</Arn><UserId>NOBODY</UserId>\
    <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
/// What any other question gets.
const REFUSED: &str = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>there is no cloud here</Message></Error></ErrorResponse>";

/// Plans a copy of the module.
pub fn plan(module: &Path) -> Result<Json> {
    let mut terraform = crate::terraform::find()?;
    let server = TcpListener::bind(("127.0.0.1", 0))?;
    let url = format!("http://{}", server.local_addr()?);
    // The thread ends with the process; it holds nothing but the socket.
    std::thread::spawn(move || {
        for stream in server.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    for (name, value) in [
        ("AWS_ENDPOINT_URL", url.as_str()),
        ("AWS_ACCESS_KEY_ID", "none"),
        ("AWS_SECRET_ACCESS_KEY", "none"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_MAX_ATTEMPTS", "1"),
        ("AWS_CONFIG_FILE", "/dev/null"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        ("NO_PROXY", "*"),
    ] {
        terraform.set(name, value);
    }
    let dir = tempfile::tempdir()?;
    copy(module, dir.path())?;
    terraform.run(dir.path(), &["init", "-input=false", "-no-color", "-backend=false"])?;
    terraform.run(dir.path(), &["plan", "-input=false", "-refresh=false", "-no-color", "-out=plan"])?;
    let shown = terraform.run(dir.path(), &["show", "-json", "plan"])?;
    serde_json::from_str(&shown).context("Terraform's plan is no JSON")
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut request = vec![0; 1 << 16];
    let n = stream.read(&mut request)?;
    let text = String::from_utf8_lossy(request.get(..n).unwrap_or_default()).into_owned();
    let (status, body) = match text.contains("Action=GetCallerIdentity") {
        true => ("200 OK", IDENTITY),
        false => ("403 Forbidden", REFUSED),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for e in std::fs::read_dir(from).with_context(|| format!("{} can't be read", from.display()))? {
        let e = e?;
        let name = e.file_name();
        if name.to_string_lossy().starts_with(".terraform") || name.to_string_lossy().contains(".tfstate") {
            continue;
        }
        let target = to.join(&name);
        if e.path().is_dir() {
            std::fs::create_dir(&target)?;
            copy(&e.path(), &target)?;
        } else {
            std::fs::copy(e.path(), &target)?;
        }
    }
    Ok(())
}
