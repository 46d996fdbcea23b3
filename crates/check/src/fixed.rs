//! Unknown texts that are something of their own, whatever it will be: the id or ARN of a resource, or of what a data source
//! reads. Such a text is never `*`.
//!
//! Enters: an unknown value with its origin. Leaves: yes only where every way that it may come leads to an id or ARN.

use trueline_model::{Kind, Origin, Reason, Value, Via};
use trueline_provider::facts;

/// Longest way that is followed.
const STEPS: usize = 256;

/// True if the unknown value is an id or ARN, or holds one.
pub fn is_fixed(v: &Value) -> bool {
    let Kind::Unknown(u) = &v.kind else { return false };
    match (&u.reason, v.origin.as_deref()) {
        // A real plan says no more than that it will be known, and what it refers to.
        (Reason::Plan, None) | (Reason::Computed(..), None) => true,
        (Reason::Computed(..), Some(o)) => !is_choice(o) || names_one(o, STEPS),
        (Reason::DataSource(a, route), None) => facts::names_one_thing(a, route),
        (Reason::DataSource(..), Some(o)) => names_one(o, STEPS),
        _ => false,
    }
}

/// True if what was taken hangs on something unknown.
fn is_choice(o: &Origin) -> bool {
    let mut at = o;
    for _ in 0..STEPS {
        if chooses(&at.via) {
            return true;
        }
        match at.inputs.as_slice() {
            [one] if at.via.is_identity() => at = one,
            _ => return false,
        }
    }
    true
}

/// True for steps that take one of several, which one being open.
fn chooses(via: &Via) -> bool {
    match via {
        Via::Condition => true,
        Via::Selected(f) | Via::Function(f) => matches!(&**f, "try" | "coalesce" | "coalescelist" | "lookup"),
        _ => false,
    }
}

/// True if each of those that may be taken is an id, or a text with one in it.
fn names_one(o: &Origin, left: usize) -> bool {
    let Some(left) = left.checked_sub(1) else { return false };
    match &o.via {
        Via::Resource(a, route) => match a.mode {
            trueline_model::Mode::Managed => true,
            trueline_model::Mode::Data => {
                facts::names_one_thing(a, route) || o.inputs.iter().any(|i| names_one(i, left))
            }
        },
        via if chooses(via) => !o.inputs.is_empty() && o.inputs.iter().all(|i| names_one(i, left)),
        // Text around an id.
        Via::Operator => o.inputs.iter().any(|i| i.via.is_identity() && names_one(i, left)),
        Via::Function(f) => {
            let keeps = matches!(
                &**f,
                "format"
                    | "formatlist"
                    | "join"
                    | "lower"
                    | "upper"
                    | "trimspace"
                    | "concat"
                    | "tolist"
                    | "toset"
                    | "tostring"
                    | "distinct"
                    | "sort"
                    | "compact"
                    | "flatten"
                    | "aws_iam_policy_document"
            );
            keeps && o.inputs.iter().any(|i| !matches!(i.via, Via::Operator) && names_one(i, left))
        }
        via if via.is_identity() => matches!(o.inputs.as_slice(), [one] if names_one(one, left)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use trueline_model::{Address, Route, Type};
    use trueline_text::{FileId, Location, Span};

    use super::*;

    fn at() -> Location {
        Location { file: FileId(0), span: Span::at(0) }
    }

    fn read(kind: &str, route: Route) -> (Reason, Arc<Origin>) {
        let address = Arc::new(Address { mode: trueline_model::Mode::Data, ..Address::managed(kind, "x") });
        let via = Via::Resource(address.clone(), route.clone());
        (Reason::DataSource(address, route), Origin::step(at(), via, None))
    }

    fn fixed(reason: Reason, origin: Arc<Origin>) -> bool {
        is_fixed(&Value::unknown(Type::String, reason).with_origin(Some(origin)))
    }

    #[test]
    fn ids_and_arns_are_never_all() {
        let indexed = |name: &str| Route::name(name).element(0);
        for (kind, route, yes) in [
            ("aws_kms_key", Route::name("arn"), true),
            ("aws_caller_identity", Route::name("account_id"), true),
            ("aws_cloudfront_origin_access_identity", Route::name("iam_arn"), true),
            ("aws_iam_roles", indexed("arns"), true),
            ("aws_eks_cluster", indexed("vpc_config").child("vpc_id"), true),
            ("aws_ssm_parameter", Route::name("value"), false),
            ("aws_cloudformation_stack", Route::name("outputs").child("role_arn"), false),
            ("aws_arn", Route::name("id"), false),
            ("terraform_remote_state", Route::name("id"), false),
            ("aws_iam_role", Route::name("paid"), false),
        ] {
            let (reason, origin) = read(kind, route.clone());
            assert_eq!(fixed(reason.clone(), origin.clone()), yes, "{kind}.{route}");
            let through = Origin::step(at(), Via::Local("l".into()), Some(origin.clone()));
            assert_eq!(fixed(reason.clone(), through), yes, "local of {kind}.{route}");
            let text = Origin { at: at(), via: Via::Operator, inputs: vec![origin.clone()] };
            assert_eq!(fixed(reason.clone(), Arc::new(text)), yes, "text with {kind}.{route}");
            // `data.x.arn == "" ? "*" : data.x.arn`
            let inputs = vec![Origin::literal(at()), origin.clone()];
            let choice = Arc::new(Origin { at: at(), via: Via::Condition, inputs });
            assert!(!fixed(reason.clone(), choice.clone()), "choice of {kind}.{route}");
            let computed = Reason::Computed(Arc::new(Address::managed("aws_x", "y")), Route::name("arn"));
            assert!(!fixed(computed, choice), "choice by a computed value");
            let taken = Origin { at: at(), via: Via::Selected("try".into()), inputs: vec![origin.clone()] };
            let both = Arc::new(Origin {
                at: at(),
                via: Via::Condition,
                inputs: vec![origin.clone(), Arc::new(taken)],
            });
            assert_eq!(fixed(reason, both), yes, "both of {kind}.{route}");
        }
    }
}
