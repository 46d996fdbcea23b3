//! The one `Session` that every front-end calls: check, fix, plan, explain, test.
//!
//! What enters: paths, options and the moment (`now`). What leaves: data to render. Reading the disk happens in
//! `disk`, `walk`, `targets`, `policy`, `paths` and `settings`, writing in `write`; nothing else here touches the machine.

// The engine is a door: it reads the disk, writes files and starts the clock that limits policies.
#![allow(clippy::disallowed_methods)]

mod asked;
mod callers;
mod checked;
mod conftest;
mod disk;
mod error;
mod existing;
mod fixing;
mod foreign;
mod generated;
mod inputs;
mod namespace;
mod options;
mod paths;
mod plan_text;
mod policy;
mod requirements;
mod session;
mod settings;
mod targets;
mod walk;
mod write;

pub use checked::Checked;
pub use conftest::{
    Parser, PolicyRun, Report, TestRequest, Tested, Verified, VerifyRequest, parse, test, verify,
};
pub use disk::{Disk, read_text};
pub use error::EngineError;
pub use fixing::{FixOptions, Fixed};
pub use options::{Options, Progress, Quiet};
pub use plan_text::plan_text;
pub use requirements::requirements;
pub use session::{Session, known_frameworks};
pub use targets::Targets;
pub use trueline_rego::Version;
pub use trueline_rules::explain;
pub use trueline_rules::presets::presets;
pub use trueline_terraform::parallel::default_threads;
pub use trueline_terraform::{Given, redact};
pub use write::{FileChange, write_all};
