//! Safe, unsafe or needs: what may be done to a resource without asking.

use trueline_model::{Applicability, Effect, EffectKind, Operation, Profile};

/// Effects of a fix that count on this resource.
///
/// Replacement and downtime do not count on a new resource; cost does not count on a new one under
/// profile `strict`; a possible loss of function counts always.
pub fn effects_that_count(effects: &[Effect], new: bool, profile: Profile) -> Vec<Effect> {
    effects
        .iter()
        .filter(|e| match e.kind {
            EffectKind::Replaces | EffectKind::Downtime => !new,
            EffectKind::Cost => !(new && profile == Profile::Strict),
            EffectKind::Behaviour => true,
        })
        .cloned()
        .collect()
}

/// Decides from what is missing and what counts.
pub fn decide(needs: &[String], counting: &[Effect]) -> Applicability {
    if !needs.is_empty() {
        Applicability::Needs
    } else if counting.is_empty() {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    }
}

/// True if an operation can be carried out at all: a fix without operations is only advice.
pub fn has_operations(operations: &[Operation]) -> bool {
    operations.iter().any(|o| match o {
        Operation::Statement { change, .. } => !change.is_empty(),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_hangs_on_the_resource_and_the_profile() {
        let all: Vec<Effect> =
            [EffectKind::Replaces, EffectKind::Downtime, EffectKind::Behaviour, EffectKind::Cost]
                .map(|kind| Effect { kind, why: String::new() })
                .to_vec();
        let kinds =
            |new, profile| effects_that_count(&all, new, profile).iter().map(|e| e.kind).collect::<Vec<_>>();
        assert_eq!(kinds(true, Profile::Strict), [EffectKind::Behaviour]);
        assert_eq!(kinds(true, Profile::Baseline), [EffectKind::Behaviour, EffectKind::Cost]);
        assert_eq!(kinds(false, Profile::Strict).len(), 4);
        assert_eq!(decide(&["settings.x".into()], &all), Applicability::Needs);
        assert_eq!(decide(&[], &all), Applicability::Unsafe);
        assert_eq!(decide(&[], &[]), Applicability::Safe);
    }
}
