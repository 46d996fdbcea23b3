//! What a fix is offered as, in one sentence.

use std::borrow::Cow;

use trueline_model::{Applicability, FixOffer};

/// `safe (`trueline fix`)`; where it is not, what it may do or what it needs.
pub(crate) fn offer(x: &FixOffer) -> Cow<'static, str> {
    match x.applicability {
        Applicability::Safe => Cow::Borrowed("safe (`trueline fix`)"),
        Applicability::Unsafe if x.effects.is_empty() => Cow::Borrowed("unsafe (`trueline fix --unsafe`)"),
        Applicability::Unsafe => {
            let reasons: Vec<&str> = x.effects.iter().map(|e| e.why.as_str()).collect();
            format!("unsafe (`trueline fix --unsafe`): {}", reasons.join("; ")).into()
        }
        Applicability::Needs => {
            let names: Vec<String> = x.needs.iter().map(|n| format!("`{n}`")).collect();
            format!("needs {} in trueline.toml", names.join(", ")).into()
        }
    }
}
