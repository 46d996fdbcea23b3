//! What other versions of a provider have, as differences to the one that is known exactly.
//!
//! What enters: the committed history (written by `cargo xtask gen schema-history`), a digest whose entries say of a type
//! in which versions it is as the exact one, and what is different in the others. What leaves: the [`BlockSchema`] of a
//! type in an [`Edition`]. It is opened where a version other than the exact one matters, and then type by type.
//!
//! ```text
//! version: `5.31.0`, or `3.60.0~` where the entries tell what it has for certain, but maybe not all
//! entry: same-versions count { versions patch }*       sets of versions, one bit each; in no set: the type is not there
//! patch: count { name operation … }*
//! ```

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use trueline_model::{Type, Version};

use super::digest::{DEPTH, Digest, Reader, bits};
use super::{AttributeSchema, BlockSchema, BlockType, DigestError, Provider, Section};

/// First bytes of a history.
pub const MAGIC: &[u8; 8] = b"TLHISTOR";

/// What a patch does with a name.
pub mod ops {
    /// It is not there.
    pub const REMOVE: u8 = 0;
    /// It is an attribute: flags and type follow.
    pub const ATTRIBUTE: u8 = 1;
    /// It is a block: nesting, least and most items and its content follow.
    pub const BLOCK: u8 = 2;
    /// The block has other content: least items and a patch follow.
    pub const INSIDE: u8 = 3;
    /// The attribute has other flags, which follow.
    pub const FLAGS: u8 = 4;
}

static AWS: &[u8] = include_bytes!("../../data/aws.history");

/// A version of a provider of which the schema is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// The one that Terraform told the schema of.
    Exact,
    /// One of the history, by number.
    Past(u8),
}

impl Edition {
    /// True if the version may have more than is known of it.
    pub fn is_bound(self) -> bool {
        matches!(self, Self::Past(n) if aws().is_bound(n))
    }
}

/// Blocks by version and type; nothing for a type that the version does not have.
type Made = BTreeMap<(u8, usize), Option<Arc<BlockSchema>>>;

/// The first version of which it is known what stands in blocks: older ones refuse nothing.
const WHOLE: Version = Version(3, 0, 0);

const ARN: &str = "arn";
/// The first version of which the bindings tell `arn` where it may be written: older ones leave it out of the arguments.
const WITH_ARN: Version = Version(4, 15, 0);

/// The history of a provider.
pub struct History {
    digest: Digest,
    /// Each with whether it is only an upper bound.
    versions: Vec<(Version, bool)>,
    made: Mutex<Made>,
}

/// The history of the AWS provider.
pub fn aws() -> &'static History {
    static OPEN: OnceLock<History> = OnceLock::new();
    // One that does not open knows no version; the tests open it and decode every type of every version.
    OPEN.get_or_init(|| History::open(AWS).unwrap_or_else(|_| History::empty()))
}

impl History {
    fn empty() -> Self {
        Self { digest: Digest::empty(), versions: Vec::new(), made: Mutex::default() }
    }

    /// Reads the head.
    pub fn open(bytes: &'static [u8]) -> Result<Self, DigestError> {
        let digest = Digest::open_as(MAGIC, bytes)?;
        let version = |text: &str| {
            let number = text.trim_end_matches('~');
            number.parse().map(|v: Version| (v, number.len() < text.len() || v < WHOLE))
        };
        let versions = digest.version().split(' ').map(version).collect::<Result<_, _>>();
        let versions = versions.map_err(|_| DigestError::Damaged("a version"))?;
        Ok(Self { digest, versions, made: Mutex::default() })
    }

    /// Its versions with their numbers, oldest first.
    pub fn versions(&self) -> impl Iterator<Item = (Edition, Version)> {
        self.versions
            .iter()
            .enumerate()
            .filter_map(|(i, (v, _))| Some((Edition::Past(u8::try_from(i).ok()?), *v)))
    }

    /// True if it is not certain that this is all that the version has: what it is told to have it has.
    pub fn is_bound(&self, of: u8) -> bool {
        self.versions.get(usize::from(of)).is_some_and(|(_, bound)| *bound)
    }

    /// Names of a section that differ in some version.
    pub fn names(&self, section: Section) -> impl Iterator<Item = &str> {
        self.digest.names(section)
    }

    /// A type in the version of this number; `exact` is what the exact version has.
    pub fn schema(&self, of: u8, section: Section, name: &str, exact: &Provider) -> Option<Arc<BlockSchema>> {
        let Some(at) = self.digest.find(section, name) else { return exact.lookup(section, name) };
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made.entry((of, at));
        known.or_insert_with(|| self.told(of, at, exact.lookup(section, name)).ok().flatten()).clone()
    }

    /// What the bindings tell, and what they are known to leave out.
    fn told(
        &self,
        of: u8,
        at: usize,
        exact: Option<Arc<BlockSchema>>,
    ) -> Result<Option<Arc<BlockSchema>>, DigestError> {
        let arn = exact.as_ref().and_then(|e| e.attributes.get(ARN)).cloned();
        let Some(mut told) = self.read(of, at, exact)? else { return Ok(None) };
        if let Some(arn) = arn.filter(|a| !a.is_read_only())
            && self.versions.get(usize::from(of)).is_some_and(|(v, _)| *v < WITH_ARN)
            && told.attributes.get(ARN).is_none_or(AttributeSchema::is_read_only)
        {
            // Where it is required it is told.
            let arn = AttributeSchema { required: false, optional: true, ..arn };
            Arc::make_mut(&mut told).attributes.insert(ARN.into(), arn);
        }
        Ok(Some(told))
    }

    fn read(
        &self,
        of: u8,
        at: usize,
        exact: Option<Arc<BlockSchema>>,
    ) -> Result<Option<Arc<BlockSchema>>, DigestError> {
        let (raw, offset) = self.digest.raw(at)?;
        let mut r = Reader { bytes: raw, at: offset, base: offset };
        let is_in = |set: u64| set >> of & 1 == 1;
        if is_in(r.number()?) {
            return Ok(exact);
        }
        let nothing = BlockSchema::default();
        let from = exact.as_deref().unwrap_or(&nothing);
        for _ in 0..r.size()? {
            let wanted = is_in(r.number()?);
            let block = patched(from, &mut r, 0)?;
            if wanted {
                return Ok(Some(Arc::new(block)));
            }
        }
        Ok(None)
    }
}

fn patched(from: &BlockSchema, r: &mut Reader<'_>, depth: usize) -> Result<BlockSchema, DigestError> {
    if depth > DEPTH {
        return Err(DigestError::Damaged("the nesting of blocks"));
    }
    let mut out = from.clone();
    for _ in 0..r.size()? {
        let name: Arc<str> = r.string()?.into();
        let op = r.byte()?;
        let known = (out.attributes.remove(&name), out.blocks.remove(&name));
        match op {
            ops::REMOVE => {}
            ops::ATTRIBUTE => {
                let flags = r.number()?;
                let ty = r.ty(0)?;
                out.attributes.insert(name, attribute(flags, ty));
            }
            ops::FLAGS => {
                let flags = r.number()?;
                let known = known.0.ok_or(DigestError::Damaged("a patch"))?;
                // What was mined holds for the exact version.
                let nested = known.nested;
                out.attributes.insert(name, AttributeSchema { nested, ..attribute(flags, known.ty) });
            }
            ops::BLOCK => {
                let (nesting, computed) = r.block_nesting()?;
                let (min_items, max_items) = (r.number()?, r.number()?);
                let block = Arc::new(patched(&BlockSchema::default(), r, depth + 1)?);
                out.blocks.insert(name, BlockType { nesting, min_items, max_items, computed, block });
            }
            ops::INSIDE => {
                let known = known.1.ok_or(DigestError::Damaged("a patch"))?;
                let min_items = r.number()?;
                let mut block = patched(&known.block, r, depth + 1)?;
                if block.attributes.is_empty() {
                    // The bindings of the first versions do not tell what stands in a block.
                    block.attributes.clone_from(&known.block.attributes);
                }
                out.blocks.insert(name, BlockType { min_items, block: Arc::new(block), ..known });
            }
            _ => return Err(DigestError::Damaged("a patch")),
        }
    }
    Ok(out)
}

fn attribute(flags: u64, ty: Type) -> AttributeSchema {
    let has = |bit: u64| flags & bit != 0;
    AttributeSchema {
        required: has(bits::REQUIRED),
        sensitive: has(bits::SENSITIVE),
        deprecated: has(bits::DEPRECATED),
        write_only: has(bits::WRITE_ONLY),
        ..AttributeSchema::plain(ty, has(bits::OPTIONAL), has(bits::COMPUTED))
    }
}
