//! The nearest known name to a misspelt one.

/// The name among `known` that `text` was most likely meant to be; none if all are too far.
pub fn nearest<'k>(text: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let wanted: Vec<char> = fold(text);
    let limit = (wanted.len() / 3).max(2);
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let folded = fold(name);
        // A name that was cut short, or has something added, is near, however long the rest is.
        let cut = wanted.len().min(folded.len()) >= 3
            && (folded.starts_with(&wanted) || wanted.starts_with(&folded));
        if !cut && folded.len().abs_diff(wanted.len()) > limit {
            continue;
        }
        let d = if cut { 1 } else { distance(&wanted, &folded) };
        if d <= limit && best.is_none_or(|(b, n)| (d, name) < (b, n)) {
            best = Some((d, name));
        }
    }
    best.map(|(_, n)| n)
}

/// `fail_on`, `Fail-On` and `fail-on` are the same mistake at no cost.
fn fold(text: &str) -> Vec<char> {
    text.chars().take(200).map(|c| if c == '_' || c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
}

/// Edit distance with swaps of neighbours counting once.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut a_before = None;
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut b_before = None;
        for (j, y) in b.iter().enumerate() {
            let at = |r: &[usize], k: usize| r.get(k).copied().unwrap_or(usize::MAX / 2);
            let mut d = (at(&last, j + 1) + 1).min(at(&row, j) + 1).min(at(&last, j) + usize::from(x != y));
            if a_before == Some(y) && b_before == Some(x) && j > 0 {
                d = d.min(at(&before_last, j - 1) + 1);
            }
            row.push(d);
            b_before = Some(y);
        }
        before_last = std::mem::replace(&mut last, row);
        a_before = Some(x);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn misspelt_names_find_theirs_and_strangers_find_none() {
        let known = ["profile", "fail-on", "frameworks", "policy", "required_tags", "kms_key_arn"];
        for (text, want) in [
            ("profil", Some("profile")),
            ("fail_on", Some("fail-on")),
            ("framework", Some("frameworks")),
            ("required-tags", Some("required_tags")),
            ("kms_kye_arn", Some("kms_key_arn")),
            ("polciy", Some("policy")),
            ("kms_key", Some("kms_key_arn")),
            ("quux", None),
        ] {
            assert_eq!(nearest(text, known), want, "{text}");
        }
    }
}
