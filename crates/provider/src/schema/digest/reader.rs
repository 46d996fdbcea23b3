//! Numbers, names and types, one after the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{AttributeType, Type};

use super::layout::{bits, tags};
use super::{DEPTH, DigestError};
use crate::schema::{Nesting, Rewrite};

/// Reads forward through bytes.
pub(in crate::schema) struct Reader<'a> {
    pub(in crate::schema) bytes: &'a [u8],
    pub(in crate::schema) at: usize,
    /// Offset of the block being read: inner blocks lie before it.
    pub(in crate::schema) base: usize,
}

impl<'a> Reader<'a> {
    pub(in crate::schema) fn take(&mut self, n: usize) -> Result<&'a [u8], DigestError> {
        let end = self.at.checked_add(n).ok_or(DigestError::Damaged("a length"))?;
        let out = self.bytes.get(self.at..end).ok_or(DigestError::Damaged("its end"))?;
        self.at = end;
        Ok(out)
    }

    pub(in crate::schema) fn byte(&mut self) -> Result<u8, DigestError> {
        self.take(1)?.first().copied().ok_or(DigestError::Damaged("its end"))
    }

    pub(in crate::schema) fn number(&mut self) -> Result<u64, DigestError> {
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

    pub(in crate::schema) fn size(&mut self) -> Result<usize, DigestError> {
        usize::try_from(self.number()?).map_err(|_| DigestError::Damaged("a number"))
    }

    pub(in crate::schema) fn string(&mut self) -> Result<&'a str, DigestError> {
        let n = self.size()?;
        std::str::from_utf8(self.take(n)?).map_err(|_| DigestError::Damaged("a name"))
    }

    pub(in crate::schema) fn nesting(&mut self) -> Result<Nesting, DigestError> {
        Ok(self.block_nesting()?.0)
    }

    /// The nesting, and whether the block is computed.
    pub(in crate::schema) fn block_nesting(&mut self) -> Result<(Nesting, bool), DigestError> {
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

    pub(in crate::schema) fn rewrite(&mut self) -> Result<Rewrite, DigestError> {
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
    pub(in crate::schema) fn inner(&mut self) -> Result<usize, DigestError> {
        let back = self.size()?;
        self.base.checked_sub(back).filter(|_| back > 0).ok_or(DigestError::Damaged("an offset"))
    }

    pub(in crate::schema) fn ty(&mut self, depth: usize) -> Result<Type, DigestError> {
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
