//! The digest's bytes: a table of names, and blocks.
//!
//! ```text
//! "TLSCHEMA" format source version       strings are length + bytes, numbers LEB128
//! entry-count names-length blocks-length
//! { name-end section place }*            words of four bytes, the low one first; sorted by (section, name)
//! names                                  one behind the other
//! blocks
//! ```
//! Inner blocks come before those that hold them; a block names an inner one by how far before its own place it begins, so
//! that identical blocks are stored once.
//!
//! A digest is read where it lies: nothing is unpacked or copied before somebody asks for a type, since most runs ask for a
//! dozen of two thousand.

use std::collections::BTreeMap;
use std::sync::Arc;

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
pub const FORMAT: u64 = 4;

/// Deepest nesting of blocks and of types that is read.
pub(super) const DEPTH: usize = 64;

/// Bytes of an entry of the table: three words.
const ENTRY: usize = 12;

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
#[derive(Default)]
pub struct Digest {
    source: &'static str,
    version: &'static str,
    table: &'static [u8],
    names: &'static str,
    blocks: &'static [u8],
}

struct Entry {
    section: Section,
    name: &'static str,
    place: usize,
}

impl Digest {
    /// A digest that knows nothing.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Reads the head.
    pub fn open(bytes: &'static [u8]) -> Result<Self, DigestError> {
        Self::open_as(MAGIC, bytes)
    }

    /// Reads the head of a digest that holds something else than blocks and begins with other bytes.
    pub(super) fn open_as(magic: &[u8], bytes: &'static [u8]) -> Result<Self, DigestError> {
        let mut r = Reader { bytes, at: 0, base: 0 };
        if r.take(magic.len()).map_err(|_| DigestError::Format)? != magic || r.number()? != FORMAT {
            return Err(DigestError::Format);
        }
        let (source, version) = (r.string()?, r.string()?);
        let (entries, names, blocks) = (r.size()?, r.size()?, r.size()?);
        let table = r.take(entries.checked_mul(ENTRY).ok_or(DigestError::Damaged("the table"))?)?;
        let names = std::str::from_utf8(r.take(names)?).map_err(|_| DigestError::Damaged("a name"))?;
        let blocks = r.take(blocks)?;
        Ok(Self { source, version, table, names, blocks })
    }

    /// Number of types of all sections.
    pub const fn len(&self) -> usize {
        self.table.len() / ENTRY
    }

    /// True if it knows no type.
    pub const fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Full source address of the provider.
    pub fn source(&self) -> &str {
        self.source
    }

    /// Version of the provider.
    pub fn version(&self) -> &str {
        self.version
    }

    /// Names of a section, sorted.
    pub fn names(&self, section: Section) -> impl Iterator<Item = &str> {
        let entries = (0..self.len()).filter_map(|at| self.entry(at));
        entries.filter(move |e| e.section == section).map(|e| e.name)
    }

    /// Number of a type in the table.
    pub fn find(&self, section: Section, name: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            let entry = self.entry(middle)?;
            match (entry.section, entry.name).cmp(&(section, name)) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        None
    }

    /// Decodes the type of this number.
    pub fn decode(&self, at: usize) -> Result<BlockSchema, DigestError> {
        let (raw, place) = self.raw(at)?;
        let mut known = BTreeMap::new();
        let block = Blocks { raw, known: &mut known }.read(place, 0)?;
        Ok(Arc::unwrap_or_clone(block))
    }

    /// All blocks, and where among them that of this number is.
    pub(super) fn raw(&self, at: usize) -> Result<(&[u8], usize), DigestError> {
        let entry = self.entry(at).ok_or(DigestError::Damaged("the table"))?;
        Ok((self.blocks, entry.place))
    }

    /// The entry of this number; none if it is damaged.
    fn entry(&self, at: usize) -> Option<Entry> {
        let word = |at: usize| {
            let word = self.table.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_le_bytes(word) as usize)
        };
        let begin = match at.checked_sub(1) {
            Some(before) => word(before * ENTRY)?,
            None => 0,
        };
        let section = match word(at * ENTRY + 4)? {
            0 => Section::Resource,
            1 => Section::DataSource,
            2 => Section::Provider,
            3 => Section::Ephemeral,
            _ => return None,
        };
        let name = self.names.get(begin..word(at * ENTRY)?)?;
        Some(Entry { section, name, place: word(at * ENTRY + 8)? })
    }
}
