//! Writes a digest in the layout that `trueline_provider::schema::digest` reads.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use trueline_model::Type;
use trueline_provider::schema::digest::{FORMAT, MAGIC, bits, tags};
use trueline_provider::schema::{AttributeSchema, BlockSchema, Nesting, Rewrite, Section};

use super::read::Types;

/// The digest of these types.
pub fn digest(source: &str, version: &str, types: &Types) -> Result<Vec<u8>> {
    let mut blocks = Written::default();
    let places = types.iter().map(|(key, block)| (key, blocks.block(block))).collect();
    container(MAGIC, (source, version), &blocks.raw, &places)
}

/// A digest of encoded things, in which each name has its place.
pub fn container(
    magic: &[u8],
    (source, version): (&str, &str),
    raw: &[u8],
    places: &BTreeMap<&(Section, String), usize>,
) -> Result<Vec<u8>> {
    let mut out = magic.to_vec();
    number(&mut out, FORMAT);
    string(&mut out, source);
    string(&mut out, version);
    let names: Vec<&str> = places.keys().map(|(_, name)| name.as_str()).collect();
    number(&mut out, names.len() as u64);
    number(&mut out, names.iter().map(|name| name.len() as u64).sum());
    number(&mut out, raw.len() as u64);
    let mut end = 0;
    for ((section, name), place) in places {
        end += name.len();
        for word in [end, section_byte(*section).into(), *place] {
            out.extend(u32::try_from(word).context("the digest is too long")?.to_le_bytes());
        }
    }
    names.iter().for_each(|name| out.extend(name.as_bytes()));
    out.extend(raw);
    Ok(out)
}

/// Blocks, each written once.
#[derive(Default)]
struct Written {
    raw: Vec<u8>,
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

impl Written {
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
        self.known.insert(parts, at);
        at
    }
}

/// The bytes at the end of the parts, begun anew after an inner block.
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

#[cfg(test)]
mod tests {
    use trueline_provider::schema::{Edition, aws};

    use super::*;
    use crate::workspace;

    #[test]
    fn the_committed_digest_is_what_is_written_of_its_types() {
        let committed = std::fs::read(workspace::root().unwrap().join(crate::schema::DIGEST)).unwrap();
        let known = aws();
        let mut types = Types::new();
        for section in [Section::Resource, Section::DataSource, Section::Provider, Section::Ephemeral] {
            for name in known.all_names(section) {
                let block = known.in_edition(Edition::Exact, section, name);
                types.extend(block.map(|block| ((section, name.to_owned()), Arc::unwrap_or_clone(block))));
            }
        }
        let written = digest(known.source(), known.version(), &types).unwrap();
        assert!(written == committed, "`cargo xtask gen schema` writes something else");
    }
}
