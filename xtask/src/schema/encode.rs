//! Writes a digest in the layout that `trueline_terraform::schema::digest` reads.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use trueline_model::Type;
use trueline_terraform::schema::digest::{FORMAT, MAGIC, bits, tags};
use trueline_terraform::schema::{AttributeSchema, BlockSchema, Nesting, Rewrite, Section};

use super::read::Types;

/// Raw bytes after which a chunk is closed: small enough to decode one in a fraction of a millisecond.
const CHUNK: usize = 24 * 1024;
/// Size of the shared dictionary.
const DICTIONARY: usize = 16 * 1024;
/// Strongest compression; it is done once.
const LEVEL: i32 = 22;

/// The digest of these types.
pub fn digest(source: &str, version: &str, types: &Types) -> Result<Vec<u8>> {
    let mut order: Vec<_> = types.iter().collect();
    // A resource and the data source of the same name look alike: side by side they compress best.
    order.sort_by_key(|((section, name), _)| (name, *section));
    let mut chunks: Vec<Chunk> = vec![Chunk::default()];
    let mut places = BTreeMap::new();
    for (key, block) in order {
        if chunks.last().is_some_and(|c| c.raw.len() >= CHUNK) {
            chunks.push(Chunk::default());
        }
        let at = chunks.len() - 1;
        let chunk = chunks.last_mut().context("no chunk")?;
        places.insert(key, (at, chunk.block(block)));
    }
    let rows: Vec<Row> = chunks.into_iter().map(|c| Row { raw: c.raw, sizes: c.sizes }).collect();
    container(MAGIC, (source, version), &rows, &places)
}

/// A row of encoded things that is compressed as one, and the length of each.
#[derive(Default)]
pub struct Row {
    /// The bytes.
    pub raw: Vec<u8>,
    /// Lengths of what they hold.
    pub sizes: Vec<usize>,
}

/// Raw bytes after which a row is closed.
pub const FULL: usize = CHUNK;

/// A digest of rows, in which each name has its row and its place there.
pub fn container(
    magic: &[u8],
    (source, version): (&str, &str),
    rows: &[Row],
    places: &BTreeMap<&(Section, String), (usize, usize)>,
) -> Result<Vec<u8>> {
    let dictionary = train(rows)?;
    let mut packed = Vec::new();
    for c in rows {
        let mut z = zstd::bulk::Compressor::with_dictionary(LEVEL, &dictionary)?;
        z.include_contentsize(true)?;
        z.include_checksum(false)?;
        packed.push(z.compress(&c.raw)?);
    }

    let mut out = magic.to_vec();
    number(&mut out, FORMAT);
    string(&mut out, source);
    string(&mut out, version);
    number(&mut out, dictionary.len() as u64);
    out.extend(&dictionary);
    number(&mut out, rows.len() as u64);
    for (c, p) in rows.iter().zip(&packed) {
        number(&mut out, p.len() as u64);
        number(&mut out, c.raw.len() as u64);
    }
    number(&mut out, places.len() as u64);
    let mut last = "";
    for ((section, name), (chunk, offset)) in places {
        out.push(section_byte(*section));
        let shared = name.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
        number(&mut out, shared as u64);
        string(&mut out, name.get(shared..).unwrap_or(""));
        number(&mut out, *chunk as u64);
        number(&mut out, *offset as u64);
        last = name;
    }
    for p in packed {
        out.extend(p);
    }
    Ok(out)
}

/// A dictionary from the middle of what the chunks have in common; the same for the same input.
fn train(rows: &[Row]) -> Result<Vec<u8>> {
    let all: Vec<u8> = rows.iter().flat_map(|c| c.raw.iter().copied()).collect();
    let sizes: Vec<usize> = rows.iter().flat_map(|c| c.sizes.iter().copied()).collect();
    if sizes.len() < 100 {
        return Ok(Vec::new()); // too little to learn from
    }
    zstd::dict::from_continuous(&all, &sizes, DICTIONARY).context("no dictionary can be made")
}

/// A row of blocks, each written once.
#[derive(Default)]
struct Chunk {
    raw: Vec<u8>,
    /// Length of each block written.
    sizes: Vec<usize>,
    /// Offset by content: inner blocks are named by offset, so equal bytes are equal blocks only
    /// together with the offsets they name.
    known: BTreeMap<Vec<Part>, usize>,
}

/// A piece of an encoded block.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Bytes(Vec<u8>),
    /// A block at this offset.
    Inner(usize),
}

impl Chunk {
    /// Writes a block and those inside it; returns its offset.
    fn block(&mut self, b: &BlockSchema) -> usize {
        let mut parts = vec![Part::Bytes(Vec::new())];
        number(bytes(&mut parts), b.version);
        bytes(&mut parts).push(u8::from(b.deprecated));
        number(bytes(&mut parts), b.attributes.len() as u64);
        for (name, a) in &b.attributes {
            string(bytes(&mut parts), name);
            number(bytes(&mut parts), flags(a));
            ty(bytes(&mut parts), &a.ty);
            if let Some(d) = &a.default {
                string(bytes(&mut parts), &d.write());
            }
            if let Some(i) = &a.instead {
                string(bytes(&mut parts), &i.write());
            }
            if let Some(r) = a.rewrite {
                bytes(&mut parts).push(rewrite_byte(r));
            }
            if let Some(n) = &a.nested {
                bytes(&mut parts).push(nesting_byte(n.nesting));
                let at = self.block(&n.object);
                parts.push(Part::Inner(at));
            }
        }
        number(bytes(&mut parts), b.blocks.len() as u64);
        for (name, inner) in &b.blocks {
            string(bytes(&mut parts), name);
            let computed = if inner.computed { bits::COMPUTED_BLOCK } else { 0 };
            bytes(&mut parts).push(nesting_byte(inner.nesting) | computed);
            number(bytes(&mut parts), inner.min_items);
            number(bytes(&mut parts), inner.max_items);
            let at = self.block(&inner.block);
            parts.push(Part::Inner(at));
        }
        if let Some(at) = self.known.get(&parts) {
            return *at;
        }
        let at = self.raw.len();
        for p in &parts {
            match p {
                Part::Bytes(b) => self.raw.extend(b),
                Part::Inner(inner) => number(&mut self.raw, (at - inner) as u64),
            }
        }
        self.sizes.push(self.raw.len() - at);
        self.known.insert(parts, at);
        at
    }
}

/// The bytes at the end of the row, begun anew after an inner block.
fn bytes(parts: &mut Vec<Part>) -> &mut Vec<u8> {
    if !matches!(parts.last(), Some(Part::Bytes(_))) {
        parts.push(Part::Bytes(Vec::new()));
    }
    match parts.last_mut() {
        Some(Part::Bytes(b)) => b,
        _ => unreachable!("bytes were pushed just now"),
    }
}

pub fn flags(a: &AttributeSchema) -> u64 {
    [
        (a.optional, bits::OPTIONAL),
        (a.required, bits::REQUIRED),
        (a.computed, bits::COMPUTED),
        (a.sensitive, bits::SENSITIVE),
        (a.deprecated, bits::DEPRECATED),
        (a.write_only, bits::WRITE_ONLY),
        (a.default.is_some(), bits::DEFAULT),
        (a.nested.is_some(), bits::NESTED),
        (a.rewrite.is_some(), bits::REWRITE),
        (a.instead.is_some(), bits::INSTEAD),
    ]
    .iter()
    .filter(|(on, _)| *on)
    .fold(0, |all, (_, bit)| all | bit)
}

pub fn ty(out: &mut Vec<u8>, t: &Type) {
    let inside = |out: &mut Vec<u8>, tag: u8, t: &Arc<Type>| {
        out.push(tag);
        ty(out, t);
    };
    match t {
        Type::Any => out.push(tags::ANY),
        Type::Bool => out.push(tags::BOOL),
        Type::Number => out.push(tags::NUMBER),
        Type::String => out.push(tags::STRING),
        Type::List(t) => inside(out, tags::LIST, t),
        Type::Set(t) => inside(out, tags::SET, t),
        Type::Map(t) => inside(out, tags::MAP, t),
        Type::Tuple(items) => {
            out.push(tags::TUPLE);
            number(out, items.len() as u64);
            items.iter().for_each(|t| ty(out, t));
        }
        Type::Object(attributes) => {
            out.push(tags::OBJECT);
            number(out, attributes.len() as u64);
            for (name, a) in attributes.iter() {
                string(out, name);
                ty(out, &a.ty);
            }
        }
    }
}

const fn section_byte(s: Section) -> u8 {
    match s {
        Section::Resource => 0,
        Section::DataSource => 1,
        Section::Provider => 2,
        Section::Ephemeral => 3,
    }
}

const fn rewrite_byte(r: Rewrite) -> u8 {
    match r {
        Rewrite::Json => 0,
        Rewrite::Policy => 1,
        Rewrite::Sha1 => 2,
        Rewrite::Trimmed => 3,
        Rewrite::Lower => 4,
        Rewrite::Undotted => 5,
        Rewrite::LowerUndotted => 6,
        Rewrite::PlainJson => 7,
        Rewrite::Containers => 8,
        Rewrite::Protocol => 9,
    }
}

pub const fn nesting_byte(n: Nesting) -> u8 {
    match n {
        Nesting::Single => 0,
        Nesting::Group => 1,
        Nesting::List => 2,
        Nesting::Set => 3,
        Nesting::Map => 4,
    }
}

pub fn number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

pub fn string(out: &mut Vec<u8>, s: &str) {
    number(out, s.len() as u64);
    out.extend(s.as_bytes());
}
