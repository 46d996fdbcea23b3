//! The blocks of a digest.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::layout::bits;
use super::reader::Reader;
use super::{DEPTH, DigestError};
use crate::schema::{AttributeSchema, BlockSchema, BlockType, Instead, MinedDefault, NestedAttribute};

/// All blocks, and those that were read.
pub(super) struct Blocks<'a> {
    pub(super) raw: &'a [u8],
    pub(super) known: &'a mut BTreeMap<usize, Arc<BlockSchema>>,
}

impl Blocks<'_> {
    pub(super) fn read(&mut self, offset: usize, depth: usize) -> Result<Arc<BlockSchema>, DigestError> {
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
