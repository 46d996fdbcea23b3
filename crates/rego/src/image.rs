//! Compiled policies as bytes: what a build makes of policies that are part of a program.

use std::sync::Arc;

use crate::compile::{image, query};
use crate::{Compiled, Diagnostic, PolicyFile};

/// Compiled policies as bytes, which are loaded much faster than policies are compiled.
///
/// Only the version of this crate that made an image reads it: it belongs into the binary, not into a file that outlives it.
///
/// ```
/// use trueline_rego::{Image, Limits, PolicyFile, Value};
/// let files = [PolicyFile::new("p.rego", "package p\ndouble(x) := 2 * x\ny := double(21)\nz := 1")];
/// let image = Image::of(&files).unwrap();
/// let text = |file: usize| Some(files[file].source.clone());
/// let compiled = image.load(&["data.p.y"], &text).unwrap();
/// let session = compiled.session(Value::empty_object(), Limits::default());
/// assert_eq!(session.rule("data.p.y").unwrap(), Some(Value::from(42)));
/// assert!(!compiled.has_rules("data.p.z")); // nobody asked for it
/// ```
#[derive(Debug, Clone)]
pub struct Image<B: AsRef<[u8]> = Vec<u8>>(B);

impl Image {
    /// Compiles policies without builtins of a caller.
    ///
    /// # Errors
    /// Everything that is wrong in them, in the order of files and lines.
    pub fn of(files: &[PolicyFile]) -> Result<Self, Vec<Diagnostic>> {
        image::of(files).map(Image)
    }
}

impl<B: AsRef<[u8]>> Image<B> {
    /// Takes the bytes of an image.
    pub fn new(bytes: B) -> Self {
        Image(bytes)
    }

    /// Returns the bytes.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_ref()
    }

    /// Loads the rules at these paths (`data.main.deny`; `data` for all) and what they need; others are not there. A path that
    /// no rule is at loads nothing. `text` gives the text of a file by its place in the list that was compiled: where an
    /// error is, is told by it.
    ///
    /// What packages say about themselves is not part of an image.
    ///
    /// # Errors
    /// If the bytes are no image of this version, or a text is not there.
    pub fn load<P: AsRef<str>>(
        &self,
        paths: &[P],
        text: &dyn Fn(usize) -> Option<Arc<str>>,
    ) -> Result<Compiled, ImageError> {
        let paths = paths.iter().map(|path| query::ground_path(path.as_ref()));
        let paths: Vec<_> = paths.collect::<Option<_>>().ok_or(ImageError)?;
        let output = image::read(self.bytes(), &paths, text).ok_or(ImageError)?;
        Ok(Compiled { output: Arc::new(output) })
    }
}

/// Bytes that are no image, or not one of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the compiled policies can't be read: they are damaged, or of another version")]
pub struct ImageError;
