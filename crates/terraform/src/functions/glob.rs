//! Patterns of `fileset`: `*`, `?`, `[a-z]`, `{a,b}`, and `**` for any directories.

/// A pattern, split at its slashes.
pub(super) struct Pattern {
    /// One for each choice of the alternatives in braces.
    choices: Vec<Vec<Segment>>,
}

enum Segment {
    /// `**`
    Any,
    One(Vec<Piece>),
}

enum Piece {
    Char(char),
    Any,
    Star,
    Class { negated: bool, ranges: Vec<(char, char)> },
}

/// Most choices that the braces of one pattern may make.
const MOST: usize = 1_024;

impl Pattern {
    /// Reads a pattern; an open bracket or brace is an error.
    pub(super) fn new(text: &str) -> Result<Self, ()> {
        let mut choices = Vec::new();
        for choice in expand(text)? {
            choices.push(choice.split('/').map(segment).collect::<Result<_, _>>()?);
        }
        Ok(Self { choices })
    }

    /// True if the whole path matches.
    pub(super) fn matches(&self, path: &str) -> bool {
        let names: Vec<&str> = path.split('/').collect();
        self.choices.iter().any(|c| match_path(c, &names))
    }

    /// False if nothing in this directory can match.
    pub(super) fn may_match_below(&self, directory: &str) -> bool {
        let names: Vec<&str> = directory.split('/').collect();
        self.choices.iter().any(|c| {
            for (i, name) in names.iter().enumerate() {
                match c.get(i) {
                    None => return false,
                    Some(Segment::Any) => return true,
                    Some(Segment::One(pieces)) if !match_name(pieces, name) => return false,
                    Some(_) => {}
                }
            }
            c.len() > names.len()
        })
    }
}

/// All texts that the alternatives in braces stand for.
fn expand(text: &str) -> Result<Vec<String>, ()> {
    let mut done = Vec::new();
    let mut open = vec![text.to_owned()];
    while let Some(t) = open.pop() {
        let Some(start) = unescaped(&t, '{') else {
            done.push(t);
            continue;
        };
        let (front, rest) = (t.get(..start).unwrap_or(""), t.get(start + 1..).unwrap_or(""));
        let mut depth = 0;
        let mut from = 0;
        let mut parts = Vec::new();
        let mut end = None;
        let mut escaped = false;
        for (i, c) in rest.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '{' => depth += 1,
                '}' if depth == 0 => {
                    parts.push(rest.get(from..i).unwrap_or(""));
                    end = Some(i + 1);
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    parts.push(rest.get(from..i).unwrap_or(""));
                    from = i + 1;
                }
                _ => {}
            }
        }
        let tail = rest.get(end.ok_or(())?..).unwrap_or("");
        open.extend(parts.iter().map(|p| format!("{front}{p}{tail}")));
        if open.len() + done.len() > MOST {
            return Err(());
        }
    }
    Ok(done)
}

fn unescaped(text: &str, want: char) -> Option<usize> {
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == want => return Some(i),
            _ => {}
        }
    }
    None
}

fn segment(text: &str) -> Result<Segment, ()> {
    if text == "**" {
        return Ok(Segment::Any);
    }
    let mut pieces = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        pieces.push(match c {
            '*' => Piece::Star,
            '?' => Piece::Any,
            '\\' => Piece::Char(chars.next().ok_or(())?),
            '[' => {
                let negated = chars.next_if(|c| matches!(c, '^' | '!')).is_some();
                let mut ranges = Vec::new();
                loop {
                    let mut low = chars.next().ok_or(())?;
                    if low == ']' && !ranges.is_empty() {
                        break;
                    }
                    if low == '\\' {
                        low = chars.next().ok_or(())?;
                    }
                    let mut high = low;
                    if chars.next_if_eq(&'-').is_some() {
                        high = chars.next().ok_or(())?;
                        if high == '\\' {
                            high = chars.next().ok_or(())?;
                        }
                    }
                    ranges.push((low, high));
                }
                Piece::Class { negated, ranges }
            }
            c => Piece::Char(c),
        });
    }
    Ok(Segment::One(pieces))
}

/// Matches by remembering which segments may come next, so that no pattern costs more than its length times the path's.
fn match_path(segments: &[Segment], names: &[&str]) -> bool {
    let mut at = vec![false; segments.len() + 1];
    close(segments, &mut at, 0);
    for name in names {
        let mut next = vec![false; segments.len() + 1];
        for (i, s) in segments.iter().enumerate() {
            if at.get(i) != Some(&true) {
                continue;
            }
            match s {
                Segment::Any => close(segments, &mut next, i),
                Segment::One(pieces) if match_name(pieces, name) => close(segments, &mut next, i + 1),
                Segment::One(_) => {}
            }
        }
        at = next;
    }
    at.last() == Some(&true)
}

/// Marks a place, and those after it that `**` for no directory leads to.
fn close(segments: &[Segment], at: &mut [bool], from: usize) {
    for i in from..=segments.len() {
        if let Some(a) = at.get_mut(i) {
            *a = true;
        }
        if !matches!(segments.get(i), Some(Segment::Any)) {
            return;
        }
    }
}

fn match_name(pieces: &[Piece], name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    let (mut p, mut c) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        let matched = match (pieces.get(p), chars.get(c)) {
            (None, None) => return true,
            (Some(Piece::Star), _) => {
                star = Some((p + 1, c));
                p += 1;
                continue;
            }
            (Some(Piece::Any), Some(_)) => true,
            (Some(Piece::Char(want)), Some(x)) => want == x,
            (Some(Piece::Class { negated, ranges }), Some(x)) => {
                ranges.iter().any(|(low, high)| low <= x && x <= high) != *negated
            }
            _ => false,
        };
        if matched {
            p += 1;
            c += 1;
            continue;
        }
        // Back to the last star, which takes one character more.
        match star {
            Some((after, taken)) if taken < chars.len() => {
                star = Some((after, taken + 1));
                p = after;
                c = taken + 1;
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_terraform() {
        for (pattern, path, want) in [
            ("*.tf", "a.tf", true),
            ("*.tf", "d/a.tf", false),
            ("**/*.tf", "a.tf", true),
            ("**/*.tf", "d/e/a.tf", true),
            ("**", "d/e/a.tf", true),
            ("{a,b}/?.txt", "b/x.txt", true),
            ("{a,b}/?.txt", "c/x.txt", false),
            ("[a-c]x", "bx", true),
            ("[^a-c]x", "bx", false),
            ("a*b*c", "aXbYc", true),
            ("a*b*c", "aXbY", false),
            ("\\*", "*", true),
            (".*", ".hidden", true),
        ] {
            assert_eq!(Pattern::new(pattern).unwrap().matches(path), want, "{pattern} {path}");
        }
        assert!(Pattern::new("{a,b").is_err() && Pattern::new("[a").is_err());
        assert!(Pattern::new("d/**/x").unwrap().may_match_below("d/e"));
        assert!(!Pattern::new("d/*.x").unwrap().may_match_below("e"));
    }
}
