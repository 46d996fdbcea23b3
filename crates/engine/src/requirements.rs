//! What a built-in rule asks for, in words.

use trueline_model::Profile;
use trueline_rules::{RuleSet, Settings};

/// The requirements of the built-in rule of this id: `` `aws_kms_key.enable_key_rotation` must be true ``. None for rules that
/// are more than expectations, and for ids that no rule has.
pub fn requirements(id: &str) -> Vec<String> {
    let settings = Settings::default();
    let Ok(rules) = RuleSet::only(&[id.to_owned()], &settings) else { return Vec::new() };
    trueline_check::requirements(&rules, &settings, Profile::Strict).into_values().flatten().collect()
}
