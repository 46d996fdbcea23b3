//! Modules that `terraform init` put below `.terraform/modules`.

use std::sync::Arc;

use trueline_model::NoteKind;
use trueline_text::{Files, normalize};

use crate::parsed::{Parsed, join};

/// A directory that `terraform init` made.
pub(crate) fn is_installed(dir: &str) -> bool {
    dir.split('/').any(|part| part == ".terraform")
}

impl Parsed {
    /// Where `terraform init` put the remote modules of this root.
    pub(crate) fn read_installed(&mut self, files: &dyn Files, root: &Arc<str>) -> Vec<Arc<str>> {
        let path = join(root, ".terraform/modules/modules.json");
        if !files.is_file(&path) {
            return Vec::new();
        }
        let Some(text) = self.read(files, &path, None) else { return Vec::new() };
        let Ok(json) = serde_json::from_str::<serde_json::Value>(&text) else {
            let message = format!("`{path}` is no JSON; remote modules are not read");
            self.problem(NoteKind::Warning, message, Some("run `terraform init` again".into()), None);
            return Vec::new();
        };
        let mut out = Vec::new();
        for m in json.get("Modules").and_then(|m| m.as_array()).into_iter().flatten() {
            let text = |key: &str| m.get(key).and_then(|v| v.as_str());
            if let (Some(key), Some(dir)) = (text("Key").filter(|k| !k.is_empty()), text("Dir")) {
                let dir: Arc<str> = normalize(&join(root, dir)).into();
                self.installed.insert((root.clone(), key.to_owned()), dir.clone());
                if files.is_dir(&dir) {
                    out.push(dir);
                }
            }
        }
        out
    }
}
