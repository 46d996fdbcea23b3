//! What paths say: the kind of a file by its name, and the directory that a `source` means.

use trueline_text::normalize;

/// What a file name says about its content.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Config { json: bool },
    Values { json: bool, automatic: bool },
}

impl FileKind {
    pub(crate) fn of(name: &str) -> Option<Self> {
        if name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#')) {
            return None;
        }
        let automatic = |stem: &str| stem == "terraform" || stem.ends_with(".auto");
        if name.ends_with(".tf") || name.ends_with(".tofu") {
            Some(Self::Config { json: false })
        } else if name.ends_with(".tf.json") || name.ends_with(".tofu.json") {
            Some(Self::Config { json: true })
        } else if let Some(stem) = name.strip_suffix(".tfvars") {
            Some(Self::Values { json: false, automatic: automatic(stem) })
        } else {
            let stem = name.strip_suffix(".tfvars.json")?;
            Some(Self::Values { json: true, automatic: automatic(stem) })
        }
    }
}

pub(super) fn file_kind(path: &str) -> Option<FileKind> {
    FileKind::of(base_name(path))
}

pub(super) fn base_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The directory that a local `source` means.
pub(crate) fn local_path(dir: &str, source: &str) -> Option<String> {
    let local = source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
    local.then(|| normalize(&join(dir, source)))
}

/// A path below a directory, normalized.
pub(crate) fn join(dir: &str, name: &str) -> String {
    if name.starts_with('/') {
        return normalize(name);
    }
    normalize(&format!("{dir}/{name}"))
}
