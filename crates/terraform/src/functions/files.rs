//! Functions that read files: those of the root module, of the calling module, and of their repository; what lies elsewhere
//! is unknown.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use trueline_model::{Kind, Origin, Reason, Type, Value};
use trueline_text::{Entry, Files, Location, Span, normalize};

use super::call::{Marks, bound_elements, bound_text};
use super::error::Fail;
use super::glob;
use super::hash;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{set, string};
use trueline_provider::document;

const PATH: Param = Param::new("path", Ty::String).unknown().marked();
const PLAIN: &[Param] = &[Param::new("path", Ty::String)];

pub(super) static SPECS: &[Spec] = &[
    Spec::new("basename", PLAIN, Ty::String, |c| Ok(string(basename(c.text(0)?)))),
    Spec::new("dirname", PLAIN, Ty::String, |c| Ok(string(&dirname(c.text(0)?)))),
    Spec::new("file", &[PATH], Ty::String, file),
    Spec::new("filebase64", &[PATH], Ty::String, |c| content(c, |b| STANDARD.encode(b))),
    Spec::new("filebase64sha256", &[PATH], Ty::String, |c| content(c, hash::base64_sha256)),
    Spec::new("filebase64sha512", &[PATH], Ty::String, |c| content(c, hash::base64_sha512)),
    Spec::new("fileexists", &[PATH], Ty::Bool, exists),
    Spec::new("filemd5", &[PATH], Ty::String, |c| content(c, hash::md5)),
    Spec::new(
        "fileset",
        &[PATH, Param::new("pattern", Ty::String).unknown().marked()],
        Ty::StringSet,
        fileset,
    ),
    Spec::new("filesha1", &[PATH], Ty::String, |c| content(c, hash::sha1)),
    Spec::new("filesha256", &[PATH], Ty::String, |c| content(c, hash::sha256)),
    Spec::new("filesha512", &[PATH], Ty::String, |c| content(c, hash::sha512)),
];

fn basename(path: &str) -> &str {
    let trimmed = path.trim_end_matches('/');
    match (path, trimmed) {
        ("", _) => ".",
        (_, "") => "/",
        (_, t) => t.rsplit('/').next().unwrap_or(t),
    }
}

fn dirname(path: &str) -> String {
    normalize(path.rfind('/').and_then(|i| path.get(..=i)).unwrap_or(""))
}

/// Where a path leads, as the key under which [`Files`] reads it; none if nothing may be read there.
///
/// Relative paths start at the root module, since that is where Terraform runs.
pub(super) fn inside(c: &Call<'_>, path: &str) -> Option<String> {
    let full = if path.starts_with('/') {
        normalize(path)
    } else {
        normalize(&format!("{}/{path}", normalize(c.ctx.root)))
    };
    may_read(c, &full).then_some(full)
}

/// True for what belongs to the root module, the calling module, or their repository.
fn may_read(c: &Call<'_>, full: &str) -> bool {
    c.ctx.files.within(full, c.ctx.root) || c.ctx.files.within(full, c.ctx.module)
}

/// Unknown because of a file.
fn unread(c: &Call<'_>, path: &str, marks: Marks) -> Value {
    let mut u = c.unknown();
    u.reason = Reason::File(path.into());
    marks.put(Kind::Unknown(Arc::new(u)).into())
}

/// Refuses a directory where a file is read.
pub(super) fn no_directory(c: &Call<'_>, full: Option<&str>) -> Result<(), Fail> {
    if !full.is_some_and(|full| c.ctx.files.is_dir(full)) {
        return Ok(());
    }
    let path = c.arg(0);
    let shown = if path.sensitive { "(sensitive value)".to_owned() } else { normalize(c.text(0)?) };
    let message = format!("read {shown}: is a directory");
    Err(match c.spec.name {
        "file" | "filebase64" | "templatefile" => Fail::arg(0, format!("failed to read file: {message}")),
        _ => Fail::said(message),
    })
}

/// What a path argument leads to.
enum Found {
    Unknown(Value),
    /// The bytes, the marks of the path, and the key under which [`Files`] read it.
    Bytes(Arc<[u8]>, Marks, String),
}

fn read(c: &Call<'_>) -> Result<Found, Fail> {
    let v = c.arg(0);
    let mut marks = Marks::default();
    marks.note(v);
    if v.is_unknown() {
        return Ok(Found::Unknown(marks.put(c.unknown_value())));
    }
    let path = c.text(0)?;
    let full = inside(c, path);
    no_directory(c, full.as_deref())?;
    match full.and_then(|full| Some((c.ctx.files.read(&full).ok()?, full))) {
        Some((bytes, full)) => {
            bound_text(bytes.len())?;
            Ok(Found::Bytes(bytes, marks, full))
        }
        None => Ok(Found::Unknown(unread(c, path, marks))),
    }
}

fn file(c: &Call<'_>) -> Result<Value, Fail> {
    match read(c)? {
        Found::Unknown(v) => Ok(v),
        Found::Bytes(bytes, marks, full) => {
            let text = std::str::from_utf8(&bytes).map_err(|_| {
                let path = if marks.sensitive {
                    "(sensitive value)".to_owned()
                } else {
                    trueline_provider::convert::quote(c.text(0).unwrap_or(""))
                };
                Fail::said(format!("contents of {path} are not valid UTF-8; use the filebase64 function to obtain the Base64 encoded contents or the other file functions (e.g. filemd5, filesha256) to obtain file hashing results instead"))
            })?;
            let mut v = string(text);
            if let Some(file) = document::may_be(text).then(|| c.ctx.templates.source(&full, text)).flatten()
            {
                let span = Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
                v.origin = Some(Origin::literal(Location { file, span }));
                v.document = document::of_file(file, text).map(Arc::new);
            }
            Ok(marks.put(v))
        }
    }
}

fn content(c: &Call<'_>, make: fn(&[u8]) -> String) -> Result<Value, Fail> {
    Ok(match read(c)? {
        Found::Unknown(v) => v,
        Found::Bytes(bytes, marks, _) => marks.put(Value::string(make(&bytes))),
    })
}

fn exists(c: &Call<'_>) -> Result<Value, Fail> {
    let v = c.arg(0);
    let mut marks = Marks::default();
    marks.note(v);
    if v.is_unknown() {
        return Ok(marks.put(c.unknown_value()));
    }
    let path = c.text(0)?;
    let Some(full) = inside(c, path) else { return Ok(unread(c, path, marks)) };
    if c.ctx.files.is_dir(&full) {
        let shown = if v.sensitive {
            "(sensitive value)".to_owned()
        } else {
            trueline_provider::convert::quote(&full)
        };
        return Err(Fail::said(format!("{shown} is a directory, not a file")));
    }
    Ok(marks.put(Value::bool(c.ctx.files.is_file(&full))))
}

fn fileset(c: &Call<'_>) -> Result<Value, Fail> {
    let mut marks = Marks::default();
    marks.note(c.arg(0));
    marks.note(c.arg(1));
    if c.arg(0).is_unknown() || c.arg(1).is_unknown() {
        return Ok(marks.put(c.unknown_value()));
    }
    let (path, pattern) = (c.text(0)?, c.text(1)?);
    // A pattern may climb out of its directory.
    let pattern = normalize(pattern);
    let below = pattern.trim_start_matches("../");
    let up = pattern.get(..pattern.len() - below.len()).unwrap_or("");
    let top = if path.is_empty() { normalize(up) } else { normalize(&format!("{path}/{up}")) };
    let Some(base) = inside(c, &top) else { return Ok(unread(c, &top, marks)) };
    if !c.ctx.files.is_dir(&base) || inside(c, path).is_some_and(|dir| !c.ctx.files.is_dir(&dir)) {
        return Ok(marks.put(set(Type::String, Vec::new())));
    }
    let pattern = glob::Pattern::new(below).map_err(|()| {
        let shown = match marks.sensitive {
            true => "(sensitive value)".to_owned(),
            false => trueline_provider::convert::quote(&normalize(&format!("{base}/{below}"))),
        };
        Fail::said(format!("failed to glob pattern {shown}: syntax error in pattern"))
    })?;
    let mut found = Vec::new();
    walk(c, &base, &pattern, &mut found)?;
    Ok(marks.put(set(Type::String, found.iter().map(|p| string(&format!("{up}{p}"))).collect())))
}

/// Files below a directory that the pattern matches, as paths from there. A link that leads elsewhere is not followed.
fn walk(c: &Call<'_>, base: &str, pattern: &glob::Pattern, found: &mut Vec<String>) -> Result<(), Fail> {
    const MOST_DEPTH: usize = 64;
    let files: &dyn Files = c.ctx.files;
    let mut open = vec![(String::new(), 0usize)];
    let mut seen = 0;
    while let Some((below, depth)) = open.pop() {
        let dir = normalize(&format!("{base}/{below}"));
        if !may_read(c, &dir) {
            continue;
        }
        for Entry { name, is_dir } in files.list(&dir).unwrap_or_default() {
            seen += 1;
            bound_elements(seen)?;
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            if is_dir {
                if depth < MOST_DEPTH && pattern.may_match_below(&path) {
                    open.push((path, depth + 1));
                }
            } else if pattern.matches(&path) {
                found.push(path);
            }
        }
    }
    Ok(())
}
