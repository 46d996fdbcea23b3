//! The digest's bytes: a table of names, and blocks in small compressed chunks.
//!
//! ```text
//! "TLSCHEMA" format source version                 strings are length + bytes, numbers LEB128
//! dictionary-length dictionary                     zstd dictionary shared by all chunks
//! chunk-count { compressed-length raw-length }*
//! entry-count { section shared suffix chunk offset }*   names front-coded, sorted by (section, name)
//! chunks
//! ```
//! A chunk is a row of blocks, inner ones before those that hold them; a block names an inner one
//! by its offset in the same chunk, so that identical blocks are stored once.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, OnceLock};

use super::{BlockSchema, Section};
use blocks::Blocks;
pub use layout::{bits, tags};
pub(super) use reader::Reader;

mod blocks;
mod layout;
mod reader;

/// First bytes of a digest.
pub const MAGIC: &[u8; 8] = b"TLSCHEMA";
/// Version of this layout.
pub const FORMAT: u64 = 3;

/// Deepest nesting of blocks and of types that is read.
pub(super) const DEPTH: usize = 64;

/// Why a digest can't be read: it is not one, or it is damaged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DigestError {
    /// Not a digest, or of another layout.
    #[error("this is no schema digest of format {FORMAT}; write it anew with `cargo xtask gen schema`")]
    Format,
    /// It ends too early or holds what can't be.
    #[error("the schema digest is damaged at {0}; write it anew with `cargo xtask gen schema`")]
    Damaged(&'static str),
}

/// An open digest.
pub struct Digest {
    source: Arc<str>,
    version: Arc<str>,
    dictionary: &'static [u8],
    chunks: Vec<Chunk>,
    entries: Vec<Entry>,
}

struct Chunk {
    packed: &'static [u8],
    raw: usize,
    open: OnceLock<Option<Box<[u8]>>>,
}

struct Entry {
    section: Section,
    name: Box<str>,
    chunk: usize,
    offset: usize,
}

impl Digest {
    /// A digest that knows nothing.
    pub fn empty() -> Self {
        Self {
            source: "".into(),
            version: "".into(),
            dictionary: &[],
            chunks: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// Reads the table.
    pub fn open(bytes: &'static [u8]) -> Result<Self, DigestError> {
        Self::open_as(MAGIC, bytes)
    }

    /// Reads the table of a digest that holds something else than blocks and begins with other bytes.
    pub(super) fn open_as(magic: &[u8], bytes: &'static [u8]) -> Result<Self, DigestError> {
        let mut r = Reader { bytes, at: 0, base: 0 };
        if r.take(magic.len()).map_err(|_| DigestError::Format)? != magic || r.number()? != FORMAT {
            return Err(DigestError::Format);
        }
        let source = r.string()?.into();
        let version = r.string()?.into();
        let n = r.size()?;
        let dictionary = r.take(n)?;
        let mut sizes = Vec::new();
        for _ in 0..r.size()? {
            sizes.push((r.size()?, r.size()?));
        }
        let mut entries: Vec<Entry> = Vec::new();
        let mut name = String::new();
        for _ in 0..r.size()? {
            let section = match r.byte()? {
                0 => Section::Resource,
                1 => Section::DataSource,
                2 => Section::Provider,
                3 => Section::Ephemeral,
                _ => return Err(DigestError::Damaged("a section")),
            };
            let shared = r.size()?;
            if shared > name.len() || !name.is_char_boundary(shared) {
                return Err(DigestError::Damaged("a name"));
            }
            name.truncate(shared);
            name.push_str(r.string()?);
            entries.push(Entry { section, name: name.as_str().into(), chunk: r.size()?, offset: r.size()? });
        }
        let mut chunks = Vec::new();
        for (packed, raw) in sizes {
            chunks.push(Chunk { packed: r.take(packed)?, raw, open: OnceLock::new() });
        }
        Ok(Self { source, version, dictionary, chunks, entries })
    }

    /// Number of types of all sections.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// True if it knows no type.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Full source address of the provider.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Version of the provider.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Names of a section, sorted.
    pub fn names(&self, section: Section) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(move |e| e.section == section).map(|e| &*e.name)
    }

    /// Number of a type in the table.
    pub fn find(&self, section: Section, name: &str) -> Option<usize> {
        self.entries.binary_search_by(|e| (e.section, &*e.name).cmp(&(section, name))).ok()
    }

    /// Decodes the type of this number.
    pub fn decode(&self, at: usize) -> Result<BlockSchema, DigestError> {
        let (raw, offset) = self.raw(at)?;
        let mut known = BTreeMap::new();
        let block = Blocks { raw, known: &mut known }.read(offset, 0)?;
        Ok(Arc::unwrap_or_clone(block))
    }

    /// The chunk that holds what has this number, and where in it.
    pub(super) fn raw(&self, at: usize) -> Result<(&[u8], usize), DigestError> {
        let entry = self.entries.get(at).ok_or(DigestError::Damaged("the table"))?;
        let chunk = self.chunks.get(entry.chunk).ok_or(DigestError::Damaged("the table"))?;
        let raw = chunk
            .open
            .get_or_init(|| unpack(chunk.packed, chunk.raw, self.dictionary))
            .as_deref()
            .ok_or(DigestError::Damaged("a chunk"))?;
        Ok((raw, entry.offset))
    }
}

/// Decompresses one chunk; none if it is damaged.
fn unpack(packed: &[u8], raw: usize, dictionary: &[u8]) -> Option<Box<[u8]>> {
    let mut decoder = ruzstd::decoding::FrameDecoder::new();
    if !dictionary.is_empty() {
        decoder.add_dict(ruzstd::decoding::Dictionary::decode_dict(dictionary).ok()?).ok()?;
    }
    let mut out = Vec::with_capacity(raw);
    let mut stream = ruzstd::decoding::StreamingDecoder::new_with_decoder(packed, decoder).ok()?;
    stream.read_to_end(&mut out).ok()?;
    (out.len() == raw).then(|| out.into_boxed_slice())
}
