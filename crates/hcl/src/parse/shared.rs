//! Texts that come again and again, each held once.
//!
//! The same names, labels and short strings stand all over a file (`name`, `type`, `tags`, `aws_iam_role`, `true`). To find the
//! one that was made before costs less than to make another, and the tree is smaller. What has no room takes the place
//! of what was there.

use std::sync::Arc;

/// How many texts are remembered; a power of two.
const SLOTS: usize = 128;
/// Longer texts are not looked for.
const LONGEST: usize = 40;

/// Texts made so far.
pub(super) struct Shared {
    slots: [Option<Arc<str>>; SLOTS],
}

impl Default for Shared {
    fn default() -> Self {
        Self { slots: [const { None }; SLOTS] }
    }
}

impl Shared {
    /// The text, shared with its like.
    pub fn get(&mut self, text: &str) -> Arc<str> {
        if text.len() > LONGEST {
            return text.into();
        }
        let Some(slot) = self.slots.get_mut(place(text.as_bytes())) else { return text.into() };
        match slot {
            Some(known) if **known == *text => known.clone(),
            _ => slot.insert(text.into()).clone(),
        }
    }
}

/// Where a text belongs: by its length and its first, middle and last letters.
fn place(text: &[u8]) -> usize {
    let at = |i: usize| text.get(i).copied().map_or(0, usize::from);
    let n = text.len();
    let mix =
        n ^ (at(0) << 1) ^ (at(n / 2) << 3) ^ (at(n.saturating_sub(1)) << 2) ^ (at(n.saturating_sub(2)) << 4);
    (mix ^ mix >> 7) % SLOTS
}
