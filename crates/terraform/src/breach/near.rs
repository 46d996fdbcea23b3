//! The name that a misspelt one was meant to be.

use std::sync::Arc;

use crate::expression::distance;

/// How a message goes on that names what was probably meant.
pub const HINT: &str = "; did you mean";

/// The end of a message that names what was probably meant.
pub fn hint(near: Option<&str>) -> String {
    near.map_or_else(String::new, |n| format!("{HINT} `{n}`?"))
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
        let d = if cut || are_swapped(name, k) { 1 } else { distance(name, k) };
        match best {
            _ if d > limit => {}
            Some((b, _, _)) if d > b => {}
            Some((b, n, _)) if d == b => best = Some((b, n, false)),
            _ => best = Some((d, k, true)),
        }
    }
    best.filter(|(_, _, alone)| *alone).map(|(_, n, _)| n.into())
}

/// True if the names differ only in that two neighbouring letters changed places.
fn are_swapped(a: &str, b: &str) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut differ = a.bytes().zip(b.bytes()).enumerate().filter(|(_, (x, y))| x != y);
    match (differ.next(), differ.next(), differ.next()) {
        (Some((i, (x1, y1))), Some((j, (x2, y2))), None) => i + 1 == j && x1 == y2 && x2 == y1,
        _ => false,
    }
}
