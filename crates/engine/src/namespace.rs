//! Names of packages with `*`, `?` and `[…]`, as `--namespace` takes them.

/// True if `name` is matched by `pattern`; `*` stands for any run of characters, dots included.
pub fn matches(pattern: &str, name: &str) -> bool {
    let p: Vec<char> = pattern.chars().collect();
    let n: Vec<char> = name.chars().collect();
    let (mut i, mut j) = (0, 0);
    // where to go on after the last `*` took one character more
    let mut retry: Option<(usize, usize)> = None;
    while j < n.len() {
        let step = match (p.get(i), n.get(j)) {
            (Some('*'), _) => {
                retry = Some((i, j));
                i += 1;
                continue;
            }
            (Some('?'), _) => Some(1),
            (Some('['), Some(c)) => class(p.get(i..).unwrap_or_default(), *c),
            (Some(a), Some(b)) if a == b => Some(1),
            _ => None,
        };
        match (step, retry) {
            (Some(width), _) => {
                i += width;
                j += 1;
            }
            (None, Some((star, from))) => {
                retry = Some((star, from + 1));
                i = star + 1;
                j = from + 1;
            }
            (None, None) => return false,
        }
    }
    p.get(i..).unwrap_or_default().iter().all(|c| *c == '*')
}

/// Width of a class `[a-z]`, `[!x]` at the start of `p` if it takes `c`.
fn class(p: &[char], c: char) -> Option<usize> {
    let close = p.iter().skip(2).position(|c| *c == ']')? + 2;
    let (negated, from) = if matches!(p.get(1), Some('!' | '^')) { (true, 2) } else { (false, 1) };
    let mut members = p.get(from..close)?;
    let mut found = false;
    while let [first, rest @ ..] = members {
        if let ['-', last, after @ ..] = rest {
            found |= (*first..=*last).contains(&c);
            members = after;
        } else {
            found |= *first == c;
            members = rest;
        }
    }
    (found != negated).then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_cross_dots() {
        for (pattern, name, is) in [
            ("main", "main", true),
            ("main", "main.x", false),
            ("terraform.*", "terraform.a.b", true),
            ("*iam*", "terraform.iam", true),
            ("t?gs", "tags", true),
            ("ta[f-h]s", "tags", true),
            ("ta[!f-h]s", "tags", false),
            ("ta[", "tags", false),
            ("*", "", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
        ] {
            assert_eq!(matches(pattern, name), is, "{pattern} {name}");
        }
    }
}
