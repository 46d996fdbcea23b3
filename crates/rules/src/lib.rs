//! The built-in pack, its metadata, controls, profiles, settings, presets and waivers.
//!
//! What enters: the text of `trueline.toml`, texts of comments, an organization's policies. What leaves:
//! [`Settings`], the [`RuleSet`] of a run with the policies it needs, and what is known about each rule.
//! The pack itself is part of the binary. Nothing here evaluates a policy or reads a file.

pub mod actions;
pub mod controls;
mod date;
mod exclude;
pub mod explain;
mod glob;
pub mod ignore;
pub mod metadata;
mod nearest;
mod pack;
pub mod presets;
mod ruleset;
pub mod settings;
pub mod table;
mod waiver;

#[cfg(test)]
#[path = "../build/head.rs"]
mod head;

pub use self::ignore::Ignore;
pub use date::{Date, DateError};
pub use exclude::Exclude;
pub use nearest::nearest;
pub use pack::{Entry, entries};
pub use ruleset::{Asked, Rule, RuleSet, Selection, UnknownRule, answers_to, find, unknown};
pub use settings::{RuleSetting, Settings, SettingsError, SettingsProblem};
pub use waiver::{Subject, Waiver, names_rule};
