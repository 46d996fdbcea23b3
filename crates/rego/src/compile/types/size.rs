//! How large types may get.
//!
//! A type may hold another one several times, and that one again, so that a few lines of a policy make a type of more
//! parts than there is time to look at. What is too large is known less exactly, which refuses no policy.

use super::Type;

/// The most parts that a type has.
const MAX_PARTS: usize = 1_000;
/// How deep its parts lie at most.
const MAX_DEPTH: usize = 100;

impl Type {
    /// Returns the type, or what is known of it if nothing is known of its parts.
    pub(super) fn bounded(self) -> Self {
        let mut left = MAX_PARTS;
        if self.is_within(&mut left, MAX_DEPTH) {
            return self;
        }
        match self {
            Type::Array(_) => Type::array_of(Type::any()),
            Type::Set(_) => Type::set_of(Type::any()),
            Type::Object(_) => Type::object_of(Type::any(), Type::any()),
            _ => Type::any(),
        }
    }

    /// Counts down the parts.
    fn is_within(&self, left: &mut usize, depth: usize) -> bool {
        let (Some(parts), Some(depth)) = (left.checked_sub(1), depth.checked_sub(1)) else { return false };
        *left = parts;
        match self {
            Type::Null | Type::Bool | Type::Number | Type::String => true,
            Type::Array(parts) => {
                parts.0.iter().chain(parts.1.as_ref()).all(|part| part.is_within(left, depth))
            }
            Type::Set(member) => member.is_within(left, depth),
            Type::Object(parts) => {
                let rest = parts.1.iter().flat_map(|(key, value)| [key, value]);
                parts.0.iter().map(|(_, value)| value).chain(rest).all(|part| part.is_within(left, depth))
            }
            Type::Any(types) => types.iter().all(|part| part.is_within(left, depth)),
        }
    }
}
