//! The nouns of the house: values with origin, addresses, routes, resources, rule metadata,
//! findings, operations and verdicts. Plain data; nothing here reads files or evaluates anything.
//!
//! **Invariant:** every [`Value`] carries its origin and its sensitivity from the moment it is made;
//! no room below may drop them when it passes a value on.

mod address;
mod breach;
mod finding;
mod number;
mod operation;
mod origin;
mod resource;
mod route;
mod rule;
mod types;
mod value;
mod version;

pub use address::{Address, AddressError, Key, Mode, ModuleStep};
pub use breach::{Breach, BreachKind, Owner};
pub use finding::{Applicability, Finding, FixOffer, Note, NoteKind, OriginStep, Pass, Summary, Verdict};
pub use number::{Number, NumberError, ParseNumberError};
pub use operation::{Effect, EffectKind, OpValue, Operation, OperationError};
pub use origin::{Origin, Via};
pub use resource::{Action, Condition, Declared, Handed, Link, Plan, PlanSource, ProviderRef, Resource};
pub use route::{Route, RouteError, Segment};
pub use rule::{ControlRef, Profile, RuleMeta, Severity};
pub use types::{AttributeType, Type};
pub use value::{Kind, MASK, Reason, Unknown, Value};
pub use version::{NoVersion, ProviderVersions, Version};
