//! Names of packages with `*`, `?` and `[…]`, as `--namespace` takes them: patterns of Go's `path.Match`.

/// True if a pattern stands for names, and is no name itself.
pub fn is_pattern(pattern: &str) -> bool {
    pattern.contains(['*', '?', '['])
}

/// True if a pattern can be read: its classes are closed and hold something, and a backslash has something behind it.
pub fn is_well_formed(pattern: &str) -> bool {
    let mut rest: Vec<char> = pattern.chars().rev().collect();
    while let Some(c) = rest.pop() {
        match c {
            '\\' if rest.pop().is_none() => return false,
            '[' => {
                if rest.last() == Some(&'^') {
                    rest.pop();
                }
                let mut members = 0;
                loop {
                    match rest.pop() {
                        Some(']') if members > 0 => break,
                        Some('\\') if rest.pop().is_some() => {}
                        None | Some(']' | '-' | '\\') => return false,
                        Some(_) => {}
                    }
                    members += 1;
                    if rest.last() == Some(&'-') {
                        rest.pop();
                        match rest.pop() {
                            Some('\\') if rest.pop().is_some() => {}
                            None | Some(']' | '-' | '\\') => return false,
                            Some(_) => {}
                        }
                    }
                }
            }
            _ => {}
        }
    }
    true
}

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
            (Some('\\'), Some(b)) if p.get(i + 1) == Some(b) => Some(2),
            (Some('\\'), _) => None,
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

/// Width of a class `[a-z]`, `[^x]` at the start of `p` if it takes `c`.
fn class(p: &[char], c: char) -> Option<usize> {
    let (negated, mut at) = if p.get(1) == Some(&'^') { (true, 2) } else { (false, 1) };
    let first = at;
    let mut found = false;
    loop {
        if p.get(at) == Some(&']') && at > first {
            return (found != negated).then_some(at + 1);
        }
        let low = member(p, &mut at)?;
        let high = match p.get(at) {
            Some('-') => {
                at += 1;
                member(p, &mut at)?
            }
            _ => low,
        };
        found |= (low..=high).contains(&c);
    }
}

/// A character of a class; a backslash takes its meaning away.
fn member(p: &[char], at: &mut usize) -> Option<char> {
    if p.get(*at) == Some(&'\\') {
        *at += 1;
    }
    let c = p.get(*at).copied();
    *at += 1;
    c
}

#[cfg(test)]
mod tests {
    use super::{is_well_formed, matches};

    #[test]
    fn stars_cross_dots() {
        for (pattern, name, is) in [
            ("main", "main", true),
            ("main", "main.x", false),
            ("terraform.*", "terraform.a.b", true),
            ("*iam*", "terraform.iam", true),
            ("t?gs", "tags", true),
            ("ta[f-h]s", "tags", true),
            ("ta[^f-h]s", "tags", false),
            ("ta[!f-h]s", "tags", true),
            ("ta[!f-h]s", "ta!s", true),
            ("ta[\\]g]s", "tags", true),
            ("t\\ags", "tags", true),
            ("t\\*gs", "tags", false),
            ("t\\*gs", "t*gs", true),
            ("ta[", "tags", false),
            ("*", "", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
        ] {
            assert_eq!(matches(pattern, name), is, "{pattern} {name}");
        }
    }

    #[test]
    fn patterns_are_well_formed_or_told() {
        for (pattern, is) in [
            ("a*", true),
            ("[a-z]", true),
            ("[^a]b", true),
            ("[\\]]", true),
            ("[", false),
            ("[]", false),
            ("[]a]", false),
            ("[a", false),
            ("[a-]", false),
            ("[-a]", false),
            ("[^]", false),
            ("a\\", false),
            ("a]", true),
        ] {
            assert_eq!(is_well_formed(pattern), is, "{pattern}");
        }
    }
}
