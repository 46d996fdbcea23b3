//! Resource instances and plans: the one shape that source and real plans share.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;
use trueline_text::{FileId, Location, Span};

use crate::{Address, Breach, Note, ProviderVersions, Reason, Route, Value, Version};

/// What a plan does to a resource instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Nothing.
    NoOp,
    /// Create it.
    Create,
    /// Read it (data sources).
    Read,
    /// Update it in place.
    Update,
    /// Destroy it.
    Delete,
    /// Forget it.
    Forget,
}

impl Action {
    /// The word in plan JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoOp => "no-op",
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Forget => "forget",
        }
    }
}

/// The provider configuration that a resource uses.
#[derive(Clone, Debug, Default)]
pub struct ProviderRef {
    /// Full source, e.g. `registry.terraform.io/hashicorp/aws`.
    pub source: Arc<str>,
    /// Local name and alias, e.g. `aws` or `aws.west`.
    pub local: Arc<str>,
    /// Region, where the provider has one and it is known.
    pub region: Option<Arc<str>>,
    /// Tags that the provider gives to all resources, where it gives any; a map, or unknown.
    pub default_tags: Option<Value>,
    /// The `provider` block that configures it, where there is one in the source.
    pub declared: Option<Location>,
    /// The versions that the root admits.
    pub versions: Arc<ProviderVersions>,
    /// The version by whose schema the resource was read; none if no schema of the provider is known.
    pub schema: Option<Version>,
}

/// Where a resource is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// File of the block.
    pub file: FileId,
    /// The whole block.
    pub block: Span,
    /// Its head: `resource "type" "name"`.
    pub head: Span,
    /// False for a module that is not part of this repository (`.terraform/modules`).
    pub editable: bool,
}

/// One reference from an attribute of a resource to another resource, instance-exact where known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Attribute that refers.
    pub route: Route,
    /// What it refers to.
    pub to: Address,
    /// Attribute referred to, e.g. `id`.
    pub attribute: Route,
    /// False if which instance is meant is not certain.
    pub certain: bool,
}

/// Something that is not known and decides whether a resource exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The same for two resources if the same decides on both: an expression, followed to where its values come from.
    pub id: Arc<str>,
    /// Why it is not known.
    pub why: Reason,
}

impl Resource {
    /// True if it exists wherever the other one does.
    pub fn stands_with(&self, other: &Self) -> bool {
        self.conditions.iter().all(|c| other.conditions.iter().any(|o| o.id == c.id))
    }
}

/// One resource instance after the change.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its address.
    pub address: Address,
    /// Its provider.
    pub provider: ProviderRef,
    /// What the plan does; `[create]` for source.
    pub actions: Vec<Action>,
    /// Attributes and blocks by schema; unset computed ones are unknown with [`crate::Reason::Unset`].
    pub values: Value,
    /// Values before the change, in a real plan.
    pub before: Option<Json>,
    /// Where it is written; absent for a real plan without source.
    pub declared: Option<Declared>,
    /// A placeholder for instances whose number is not decidable.
    pub deferred: bool,
    /// What decides whether it exists, of a placeholder; sorted. None: it exists.
    pub conditions: Vec<Condition>,
    /// References to other resources.
    pub links: Vec<Link>,
    /// Schema version of the type.
    pub schema_version: u64,
}

/// Where a plan comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanSource {
    /// Evaluated from source.
    Static,
    /// Read from `terraform show -json`.
    Real,
}

/// What is handed to an instance of a module whose source is not here.
#[derive(Clone, Debug)]
pub struct Handed {
    /// The call: `module.a["k"].module.b`.
    pub address: String,
    /// The module that calls, empty for the root.
    pub module: String,
    /// The arguments by name, those of Terraform itself left out.
    pub values: Value,
    /// Head of the block.
    pub head: Location,
}

/// The resources of one root module.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Static or real.
    pub source: PlanSource,
    /// Root directory or plan file, as shown.
    pub path: Arc<str>,
    /// Managed instances, sorted by address; deferred ones included.
    pub resources: Vec<Resource>,
    /// Data source instances, sorted by address.
    pub data: Vec<Resource>,
    /// The plan as JSON, shaped as `terraform show -json`: what policies see as `input`;
    /// null where no policy asks for it.
    pub json: Arc<Json>,
    /// What could not be read or decided; never silent.
    pub notes: Vec<Note>,
    /// What the providers' schemas do not allow; none for a real plan.
    pub breaches: Vec<Breach>,
    /// What is handed to modules that are not here; nothing for a real plan, which shows what they make.
    pub handed: Vec<Handed>,
    /// Module directories that were read, with the root first, sorted; a change in any of their files concerns this plan.
    pub directories: Vec<Arc<str>>,
    /// Module calls: directory of the child to the places that call it.
    pub callers: BTreeMap<Arc<str>, Vec<Location>>,
    /// Each block makes an instance or a placeholder, so other values bring no more; never said of a real plan.
    pub whole: bool,
}
