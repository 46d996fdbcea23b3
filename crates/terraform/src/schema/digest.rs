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

use trueline_model::{AttributeType, Type};

use super::{
    AttributeSchema, BlockSchema, BlockType, Instead, MinedDefault, NestedAttribute, Nesting, Rewrite,
    Section,
};

/// First bytes of a digest.
pub const MAGIC: &[u8; 8] = b"TLSCHEMA";
/// Version of this layout.
pub const FORMAT: u64 = 3;

/// Deepest nesting of blocks and of types that is read.
const DEPTH: usize = 64;

/// Bits of an attribute's flags.
pub mod bits {
    /// `optional`
    pub const OPTIONAL: u64 = 1;
    /// `required`
    pub const REQUIRED: u64 = 2;
    /// `computed`
    pub const COMPUTED: u64 = 4;
    /// `sensitive`
    pub const SENSITIVE: u64 = 8;
    /// `deprecated`
    pub const DEPRECATED: u64 = 16;
    /// `write_only`
    pub const WRITE_ONLY: u64 = 32;
    /// A default follows, as JSON text: `{"value", "when"}`.
    pub const DEFAULT: u64 = 64;
    /// Nesting and an offset follow.
    pub const NESTED: u64 = 128;
    /// How its value is rewritten follows, in one byte.
    pub const REWRITE: u64 = 256;
    /// What is planned instead under conditions follows, as JSON text.
    pub const INSTEAD: u64 = 512;
    /// In the nesting of a block: the provider may fill it in.
    pub const COMPUTED_BLOCK: u8 = 16;
}

/// First bytes of types.
pub mod tags {
    /// `any`
    pub const ANY: u8 = 0;
    /// `bool`
    pub const BOOL: u8 = 1;
    /// `number`
    pub const NUMBER: u8 = 2;
    /// `string`
    pub const STRING: u8 = 3;
    /// `list(T)`
    pub const LIST: u8 = 4;
    /// `set(T)`
    pub const SET: u8 = 5;
    /// `map(T)`
    pub const MAP: u8 = 6;
    /// `tuple([…])`: a count and the types.
    pub const TUPLE: u8 = 7;
    /// `object({…})`: a count, names and types.
    pub const OBJECT: u8 = 8;
}

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
        let mut r = Reader { bytes, at: 0, base: 0 };
        if r.take(MAGIC.len()).map_err(|_| DigestError::Format)? != MAGIC || r.number()? != FORMAT {
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
        let entry = self.entries.get(at).ok_or(DigestError::Damaged("the table"))?;
        let chunk = self.chunks.get(entry.chunk).ok_or(DigestError::Damaged("the table"))?;
        let raw = chunk
            .open
            .get_or_init(|| unpack(chunk.packed, chunk.raw, self.dictionary))
            .as_deref()
            .ok_or(DigestError::Damaged("a chunk"))?;
        let mut known = BTreeMap::new();
        let block = Blocks { raw, known: &mut known }.read(entry.offset, 0)?;
        Ok(Arc::unwrap_or_clone(block))
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

/// The blocks of one chunk.
struct Blocks<'a> {
    raw: &'a [u8],
    known: &'a mut BTreeMap<usize, Arc<BlockSchema>>,
}

impl Blocks<'_> {
    fn read(&mut self, offset: usize, depth: usize) -> Result<Arc<BlockSchema>, DigestError> {
        if let Some(b) = self.known.get(&offset) {
            return Ok(b.clone());
        }
        if depth > DEPTH {
            return Err(DigestError::Damaged("the nesting of blocks"));
        }
        let mut r = Reader { bytes: self.raw, at: offset, base: offset };
        let mut out =
            BlockSchema { version: r.number()?, deprecated: r.byte()? == 1, ..BlockSchema::default() };
        for _ in 0..r.size()? {
            let name: Arc<str> = r.string()?.into();
            let b = r.number()?;
            let ty = r.ty(0)?;
            let default = match b & bits::DEFAULT != 0 {
                true => Some(Arc::new(MinedDefault::parse(r.string()?)?)),
                false => None,
            };
            let instead = match b & bits::INSTEAD != 0 {
                true => Some(Arc::new(Instead::parse(r.string()?)?)),
                false => None,
            };
            let rewrite = match b & bits::REWRITE != 0 {
                true => Some(r.rewrite()?),
                false => None,
            };
            let nested = match b & bits::NESTED != 0 {
                true => {
                    let nesting = r.nesting()?;
                    let inner = r.inner()?;
                    Some(Arc::new(NestedAttribute { nesting, object: self.read(inner, depth + 1)? }))
                }
                false => None,
            };
            let has = |bit: u64| b & bit != 0;
            out.attributes.insert(
                name,
                AttributeSchema {
                    ty,
                    optional: has(bits::OPTIONAL),
                    required: has(bits::REQUIRED),
                    computed: has(bits::COMPUTED),
                    sensitive: has(bits::SENSITIVE),
                    deprecated: has(bits::DEPRECATED),
                    write_only: has(bits::WRITE_ONLY),
                    default,
                    instead,
                    rewrite,
                    nested,
                },
            );
        }
        for _ in 0..r.size()? {
            let name: Arc<str> = r.string()?.into();
            let (nesting, computed) = r.block_nesting()?;
            let (min_items, max_items) = (r.number()?, r.number()?);
            let inner = r.inner()?;
            let block = self.read(inner, depth + 1)?;
            out.blocks.insert(name, BlockType { nesting, min_items, max_items, computed, block });
        }
        let out = Arc::new(out);
        self.known.insert(offset, out.clone());
        Ok(out)
    }
}

/// Reads forward through bytes.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Offset of the block being read: inner blocks lie before it.
    base: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], DigestError> {
        let end = self.at.checked_add(n).ok_or(DigestError::Damaged("a length"))?;
        let out = self.bytes.get(self.at..end).ok_or(DigestError::Damaged("its end"))?;
        self.at = end;
        Ok(out)
    }

    fn byte(&mut self) -> Result<u8, DigestError> {
        self.take(1)?.first().copied().ok_or(DigestError::Damaged("its end"))
    }

    fn number(&mut self) -> Result<u64, DigestError> {
        let mut out = 0u64;
        for shift in (0..63).step_by(7) {
            let b = self.byte()?;
            out |= u64::from(b & 0x7f) << shift;
            if b & 0x80 == 0 {
                return Ok(out);
            }
        }
        Err(DigestError::Damaged("a number"))
    }

    fn size(&mut self) -> Result<usize, DigestError> {
        usize::try_from(self.number()?).map_err(|_| DigestError::Damaged("a number"))
    }

    fn string(&mut self) -> Result<&'a str, DigestError> {
        let n = self.size()?;
        std::str::from_utf8(self.take(n)?).map_err(|_| DigestError::Damaged("a name"))
    }

    fn nesting(&mut self) -> Result<Nesting, DigestError> {
        Ok(self.block_nesting()?.0)
    }

    /// The nesting, and whether the block is computed.
    fn block_nesting(&mut self) -> Result<(Nesting, bool), DigestError> {
        let byte = self.byte()?;
        let nesting = match byte & !bits::COMPUTED_BLOCK {
            0 => Nesting::Single,
            1 => Nesting::Group,
            2 => Nesting::List,
            3 => Nesting::Set,
            4 => Nesting::Map,
            _ => return Err(DigestError::Damaged("a nesting")),
        };
        Ok((nesting, byte & bits::COMPUTED_BLOCK != 0))
    }

    fn rewrite(&mut self) -> Result<Rewrite, DigestError> {
        Ok(match self.byte()? {
            0 => Rewrite::Json,
            1 => Rewrite::Policy,
            2 => Rewrite::Sha1,
            3 => Rewrite::Trimmed,
            4 => Rewrite::Lower,
            5 => Rewrite::Undotted,
            6 => Rewrite::LowerUndotted,
            7 => Rewrite::PlainJson,
            8 => Rewrite::Containers,
            9 => Rewrite::Protocol,
            _ => return Err(DigestError::Damaged("a rewrite")),
        })
    }

    /// Offset of an inner block, always before this one.
    fn inner(&mut self) -> Result<usize, DigestError> {
        let back = self.size()?;
        self.base.checked_sub(back).filter(|_| back > 0).ok_or(DigestError::Damaged("an offset"))
    }

    fn ty(&mut self, depth: usize) -> Result<Type, DigestError> {
        if depth > DEPTH {
            return Err(DigestError::Damaged("the nesting of a type"));
        }
        Ok(match self.byte()? {
            tags::ANY => Type::Any,
            tags::BOOL => Type::Bool,
            tags::NUMBER => Type::Number,
            tags::STRING => Type::String,
            tags::LIST => Type::List(Arc::new(self.ty(depth + 1)?)),
            tags::SET => Type::Set(Arc::new(self.ty(depth + 1)?)),
            tags::MAP => Type::Map(Arc::new(self.ty(depth + 1)?)),
            tags::TUPLE => {
                let n = self.size()?;
                Type::Tuple((0..n).map(|_| self.ty(depth + 1)).collect::<Result<Vec<_>, _>>()?.into())
            }
            tags::OBJECT => {
                let mut out = BTreeMap::new();
                for _ in 0..self.size()? {
                    let name: Arc<str> = self.string()?.into();
                    out.insert(name, AttributeType { ty: self.ty(depth + 1)?, optional: false });
                }
                Type::Object(Arc::new(out))
            }
            _ => return Err(DigestError::Damaged("a type")),
        })
    }
}
