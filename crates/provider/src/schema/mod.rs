//! What a provider's resource types look like: attributes, blocks, their types and kinds.
//!
//! What enters: the committed digest of `terraform providers schema -json` (written by
//! `cargo xtask gen schema`, see [`digest`]). What leaves: the [`BlockSchema`] of a type, decoded on
//! first use and shared from then on. Opening a digest reads nothing but its head.

pub mod condition;
pub mod digest;
pub mod history;
mod kin;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use trueline_model::{AttributeType, Mode, ProviderRef, Type, Version};

pub use condition::{Instead, MinedDefault};
pub use digest::DigestError;
pub use history::Edition;
pub use kin::{Kin, kin};

/// The digest of the AWS provider, see `cargo xtask gen schema`.
static AWS: &[u8] = include_bytes!("../../data/aws-5.100.schema");

/// Content of a resource, a data source, a provider block or a block inside one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BlockSchema {
    /// Arguments and exported attributes, by name.
    pub attributes: BTreeMap<Arc<str>, AttributeSchema>,
    /// Blocks, by type.
    pub blocks: BTreeMap<Arc<str>, BlockType>,
    /// Schema version of the resource type (`schema_version` of a plan); 0 for inner blocks.
    pub version: u64,
    /// The provider advises against its use.
    pub deprecated: bool,
}

/// One attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeSchema {
    /// Its type. A list or set of objects that is also `optional` may be written as blocks too.
    pub ty: Type,
    /// It may be left out.
    pub optional: bool,
    /// It must be written.
    pub required: bool,
    /// The provider may fill it in; without `optional` or `required` it can't be written at all.
    pub computed: bool,
    /// Its value must not be shown.
    pub sensitive: bool,
    /// The provider advises against its use.
    pub deprecated: bool,
    /// It is sent to the provider and never stored: always null in a plan.
    pub write_only: bool,
    /// What the provider plans where the source leaves it out, mined from real plans.
    pub default: Option<Arc<MinedDefault>>,
    /// What the provider plans instead of what is written, where other arguments are of some kinds.
    pub instead: Option<Arc<Instead>>,
    /// How the provider writes the value in a plan, where it does not keep it as given.
    pub rewrite: Option<Rewrite>,
    /// Attributes of a nested-type attribute; its `ty` says the same as a type.
    pub nested: Option<Arc<NestedAttribute>>,
}

/// How a string looks in a plan, as seen in real plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rewrite {
    /// JSON with sorted keys and no white space.
    Json,
    /// The same, with `Version` first.
    Policy,
    /// The SHA-1 of the text, in hexadecimal digits.
    Sha1,
    /// Without white space at both ends.
    Trimmed,
    /// In lower case.
    Lower,
    /// JSON with sorted keys and no white space, nothing escaped that need not be.
    PlainJson,
    /// Container definitions of an ECS task.
    Containers,
    /// A protocol of a security group's rule.
    Protocol,
    /// Without dots at the end.
    Undotted,
    /// Both.
    LowerUndotted,
}

/// Content of an attribute that has attributes of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct NestedAttribute {
    /// One object, or a collection of them.
    pub nesting: Nesting,
    /// Its attributes; it has no blocks.
    pub object: Arc<BlockSchema>,
}

/// One type of blocks inside a block.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockType {
    /// What several of them make.
    pub nesting: Nesting,
    /// Fewest allowed.
    pub min_items: u64,
    /// Most allowed; 0 for no limit.
    pub max_items: u64,
    /// Where none is written the provider may fill some in.
    pub computed: bool,
    /// The content, shared between identical ones.
    pub block: Arc<BlockSchema>,
}

/// What blocks of one type make together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nesting {
    /// An object, null if not written.
    Single,
    /// An object, never null.
    Group,
    /// A list of objects.
    List,
    /// A set of objects.
    Set,
    /// A map of objects by label.
    Map,
}

/// Which table of a provider's schema a type is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// `resource` blocks.
    Resource,
    /// `data` blocks.
    DataSource,
    /// The `provider` block; its one name is empty.
    Provider,
    /// `ephemeral` blocks.
    Ephemeral,
}

impl Section {
    /// The section of a resource's mode.
    pub const fn of(mode: Mode) -> Self {
        match mode {
            Mode::Managed => Self::Resource,
            Mode::Data => Self::DataSource,
        }
    }
}

impl BlockSchema {
    /// True if the provider is built in the older way (`id` may be written), in which an unknown
    /// element makes the whole of a plain collection unknown.
    pub fn is_older(&self) -> bool {
        self.attributes.get("id").is_some_and(|id| id.optional && id.computed)
    }

    /// The object type of its values: attributes by their type, blocks by their nesting.
    pub fn object_type(&self) -> Type {
        let mut out = BTreeMap::new();
        for (name, a) in &self.attributes {
            out.insert(name.clone(), AttributeType { ty: a.ty.clone(), optional: false });
        }
        for (name, b) in &self.blocks {
            out.insert(name.clone(), AttributeType { ty: b.value_type(), optional: false });
        }
        Type::Object(Arc::new(out))
    }
}

impl BlockType {
    /// The type of the value that all blocks of this type make.
    pub fn value_type(&self) -> Type {
        let inner = self.block.object_type();
        match self.nesting {
            Nesting::Single | Nesting::Group => inner,
            Nesting::List => Type::List(Arc::new(inner)),
            Nesting::Set => Type::Set(Arc::new(inner)),
            Nesting::Map => Type::Map(Arc::new(inner)),
        }
    }
}

impl AttributeSchema {
    /// An attribute of which nothing else is to be said.
    pub const fn plain(ty: Type, optional: bool, computed: bool) -> Self {
        Self {
            ty,
            optional,
            required: false,
            computed,
            sensitive: false,
            deprecated: false,
            write_only: false,
            default: None,
            instead: None,
            rewrite: None,
            nested: None,
        }
    }

    /// True if the source can't set it.
    pub const fn is_read_only(&self) -> bool {
        self.computed && !self.optional && !self.required
    }

    /// True if it is an attribute that may be written as blocks as well (`ingress` of a security group).
    pub fn allows_blocks(&self) -> bool {
        (self.optional || self.required)
            && self.nested.is_none()
            && match &self.ty {
                Type::List(t) | Type::Set(t) => matches!(**t, Type::Object(_)),
                _ => false,
            }
    }
}

/// The schema of one provider, decoded type by type.
pub struct Provider {
    digest: digest::Digest,
    /// Decoded types, in the order of the digest's table.
    decoded: Vec<OnceLock<Option<Arc<BlockSchema>>>>,
}

/// The schema of the AWS provider that this build knows.
pub fn aws() -> &'static Provider {
    static OPEN: OnceLock<Provider> = OnceLock::new();
    // A digest that does not open knows no type; the tests below open it and decode every type.
    OPEN.get_or_init(|| Provider::open(AWS).unwrap_or_default())
}

/// The schema of the provider of this source address (`registry.terraform.io/hashicorp/aws`, or the same from another
/// registry), if this build knows it.
pub fn provider(source: &str) -> Option<&'static Provider> {
    (kin(source) == Kin::Same).then(aws)
}

/// The schema by which a resource of a plan was read.
pub fn of(provider: &ProviderRef, mode: Mode, kind: &str) -> Option<Arc<BlockSchema>> {
    let known = self::provider(&provider.source)?;
    let edition = provider.schema.and_then(edition).unwrap_or(Edition::Exact);
    known.in_edition(edition, Section::of(mode), kind)
}

/// The edition of exactly this version.
pub fn edition(version: Version) -> Option<Edition> {
    editions().into_iter().find(|(_, v)| *v == version).map(|(e, _)| e)
}

/// All versions of which the schema is known, oldest first.
pub fn editions() -> Vec<(Edition, Version)> {
    let exact = aws().version().parse().unwrap_or_default();
    let mut all: Vec<_> = history::aws().versions().chain([(Edition::Exact, exact)]).collect();
    all.sort_by_key(|(_, v)| *v);
    all
}

impl Default for Provider {
    fn default() -> Self {
        Self { digest: digest::Digest::empty(), decoded: Vec::new() }
    }
}

impl Provider {
    /// Opens a digest: reads its head.
    pub fn open(bytes: &'static [u8]) -> Result<Self, DigestError> {
        let digest = digest::Digest::open(bytes)?;
        let decoded = (0..digest.len()).map(|_| OnceLock::new()).collect();
        Ok(Self { digest, decoded })
    }

    /// Full source address, e.g. `registry.terraform.io/hashicorp/aws`.
    pub fn source(&self) -> &str {
        self.digest.source()
    }

    /// Version of the provider, e.g. `5.100.0`.
    pub fn version(&self) -> &str {
        self.digest.version()
    }

    /// Schema of a resource type.
    pub fn resource(&self, kind: &str) -> Option<Arc<BlockSchema>> {
        self.lookup(Section::Resource, kind)
    }

    /// Schema of a data source.
    pub fn data_source(&self, kind: &str) -> Option<Arc<BlockSchema>> {
        self.lookup(Section::DataSource, kind)
    }

    /// Schema of an ephemeral resource type.
    pub fn ephemeral(&self, kind: &str) -> Option<Arc<BlockSchema>> {
        self.lookup(Section::Ephemeral, kind)
    }

    /// Schema of the `provider` block.
    pub fn provider_config(&self) -> Option<Arc<BlockSchema>> {
        self.lookup(Section::Provider, "")
    }

    /// A type as one version of the provider has it.
    pub fn in_edition(&self, edition: Edition, section: Section, name: &str) -> Option<Arc<BlockSchema>> {
        match edition {
            Edition::Exact => self.lookup(section, name),
            Edition::Past(n) => history::aws().schema(n, section, name, self),
        }
    }

    /// All names of a section that some version has, sorted.
    pub fn all_names(&self, section: Section) -> Vec<&str> {
        let mut all: Vec<&str> = self.digest.names(section).chain(history::aws().names(section)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// All resource types, sorted.
    pub fn resource_types(&self) -> impl Iterator<Item = &str> {
        self.digest.names(Section::Resource)
    }

    /// All data sources, sorted.
    pub fn data_source_types(&self) -> impl Iterator<Item = &str> {
        self.digest.names(Section::DataSource)
    }

    pub(crate) fn lookup(&self, section: Section, name: &str) -> Option<Arc<BlockSchema>> {
        let at = self.digest.find(section, name)?;
        self.decoded.get(at)?.get_or_init(|| self.digest.decode(at).ok().map(Arc::new)).clone()
    }
}

#[cfg(test)]
mod tests;
