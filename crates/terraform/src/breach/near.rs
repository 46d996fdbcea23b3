//! The name that a misspelt one was meant to be.

use std::sync::Arc;

use crate::expression::distance;

/// The end of a message that names what was probably meant.
pub fn hint(near: Option<&str>) -> String {
    near.map_or_else(String::new, |n| format!("; did you mean `{n}`?"))
}

/// The one name that a misspelt one was meant to be; none if several are as near.
pub fn only_near<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<Arc<str>> {
    // A short name with two wrong letters is another name.
    let limit = (name.len() / 4).clamp(1, 3);
    let mut best: Option<(usize, &str, bool)> = None;
    for k in known {
        let cut = name.len() > 3
            && (k.starts_with(name) || name.starts_with(k))
            && k.len().abs_diff(name.len()) < 4;
        let d = if cut { 1 } else { distance(name, k) };
        match best {
            _ if d > limit => {}
            Some((b, _, _)) if d > b => {}
            Some((b, n, _)) if d == b => best = Some((b, n, false)),
            _ => best = Some((d, k, true)),
        }
    }
    best.filter(|(_, _, alone)| *alone).map(|(_, n, _)| n.into())
}
