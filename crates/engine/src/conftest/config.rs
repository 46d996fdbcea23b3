//! conftest's own functions: policies that read configuration, as text or from files.
//!
//! What enters: the name of a parser and a text, or paths that count from the folder of the policy. What leaves: what stands in them, as
//! inputs are read. Files are read below the folders of the policies and the working directory only, each once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use trueline_rego::{CustomBuiltin, Value};
use trueline_text::normalize;

use super::Parser;
use super::inputs::{Input, combined};
use crate::policy;

/// Files larger than this are refused.
const MAX_FILE: u64 = 64 << 20;

/// The functions, for policies at these places.
pub(super) fn builtins(policies: &[String]) -> Vec<CustomBuiltin> {
    let one = Arc::new(Reader::new(policies));
    let all = one.clone();
    vec![
        CustomBuiltin::new("parse_config", 2, |args| {
            let (name, text) = (text(args.first())?, text(args.get(1))?);
            let parser = Parser::named(name).ok_or_else(|| format!("unknown parser: {name}"))?;
            parser.read(text).map(Some)
        }),
        CustomBuiltin::placed("parse_config_file", 1, move |caller, args| {
            one.file(&beside(caller, text(args.first())?)).map(Some)
        }),
        CustomBuiltin::placed("parse_combined_config_files", 1, move |caller, args| {
            let paths = args.first().and_then(Value::as_array).ok_or("a list of paths is expected")?;
            let mut inputs = BTreeMap::new();
            for path in paths.iter() {
                let path = beside(caller, text(Some(path))?);
                let content = all.file(&path)?;
                inputs.insert(path.clone(), Input { path, content });
            }
            Ok(Some(combined(inputs.into_values().collect())))
        }),
    ]
}

fn text(value: Option<&Value>) -> Result<&str, String> {
    value.and_then(Value::as_str).ok_or_else(|| "a text is expected".to_owned())
}

/// A path that counts from the folder of the policy that names it.
fn beside(caller: &str, path: &str) -> String {
    let folder = caller.rsplit_once('/').map_or(".", |(folder, _)| folder);
    normalize(&format!("{folder}/{path}"))
}

struct Reader {
    /// Folders whose files may be read, without links.
    allowed: Vec<PathBuf>,
    known: Mutex<BTreeMap<String, Result<Value, String>>>,
}

impl Reader {
    fn new(policies: &[String]) -> Self {
        let folder = |path: &String| {
            let path = Path::new(path).canonicalize().ok()?;
            if path.is_dir() { Some(path) } else { path.parent().map(Path::to_path_buf) }
        };
        let mut allowed: Vec<PathBuf> = policies.iter().filter_map(folder).collect();
        allowed.extend(Path::new(".").canonicalize());
        Self { allowed, known: Mutex::default() }
    }

    fn file(&self, path: &str) -> Result<Value, String> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(path.to_owned()).or_insert_with(|| self.read(path)).clone()
    }

    fn read(&self, path: &str) -> Result<Value, String> {
        let parser = Parser::of_path(path).ok_or_else(|| format!("`{path}` is of no kind that is known"))?;
        let real = Path::new(path).canonicalize().map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => format!("open {path}: no such file or directory"),
            _ => format!("`{path}` can't be read: {e}"),
        })?;
        if !self.allowed.iter().any(|folder| real.starts_with(folder)) {
            return Err(format!(
                "`{path}` is not read: it is outside of the policies' folders and the working directory"
            ));
        }
        let text = policy::text(path, MAX_FILE).map_err(|e| e.to_string())?;
        parser.read(&text).map_err(|reason| format!("`{path}` can't be read as {}: {reason}", parser.title()))
    }
}
