//! A unified diff in which masked places are not shown, and nothing steers a terminal.

use std::collections::BTreeSet;

use trueline_model::MASK;
use trueline_text::{FileId, Span, unified_diff};

use crate::Masks;
use crate::escape::{lines, name};

/// The diff between two texts of a file. A line that spells a masked place, as it was or laid out anew, shows the mask
/// in its stead; such a diff is for reading, not for applying.
pub fn diff(file: Option<FileId>, path: &str, before: &str, after: &str, masks: &Masks) -> String {
    let plain = lines(&unified_diff(&name(path), before, after)).into_owned();
    let whole = Span::new(0, before.len() as u32);
    let mut secrets: BTreeSet<String> = BTreeSet::new();
    for span in file.into_iter().flat_map(|f| masks.in_span(f, whole)) {
        secrets.extend(telling(span.text(before)));
    }
    if secrets.is_empty() {
        return plain;
    }
    let mut secrets: Vec<String> = secrets.into_iter().collect();
    // a longer one may hold a shorter one
    secrets.sort_by_key(|s| std::cmp::Reverse(s.len()));
    let mut out = String::with_capacity(plain.len());
    for (i, line) in plain.split_inclusive('\n').enumerate() {
        let head = i < 2 || line.starts_with("@@");
        match secrets.iter().any(|s| line.contains(s.as_str())) && !head {
            false => out.push_str(line),
            true => out.push_str(&secrets.iter().fold(line.to_owned(), |l, s| l.replace(s.as_str(), MASK))),
        }
    }
    out
}

/// The lines of a masked text that tell something: the marks of a heredoc do not, and one or two characters are no
/// secret but would be found everywhere.
fn telling(text: &str) -> impl Iterator<Item = String> + '_ {
    let heredoc = text.starts_with("<<");
    let last = text.lines().count().saturating_sub(1);
    let inner = text.lines().enumerate().filter(move |(i, _)| !heredoc || (*i > 0 && *i < last));
    inner.map(|(_, l)| lines(l.trim()).into_owned()).filter(|l| l.len() > 2)
}

#[cfg(test)]
mod tests {
    use trueline_text::Location;

    use super::*;

    #[test]
    fn a_masked_value_is_not_shown_even_where_its_line_was_laid_out_anew() {
        let before = "password = \"hunter2\"\nkey = <<E\n  top\nE\nx = 1\n";
        let after = "password          = \"hunter2\"\nstorage_encrypted = true\nkey = <<E\n  top\nE\nx = 1\n";
        let file = FileId(3);
        let masks = Masks::new([(11, 20), (27, 38)].map(|(a, b)| Location { file, span: Span::new(a, b) }));
        let out = diff(Some(file), "main.tf", before, after, &masks);
        assert!(!out.contains("hunter2") && !out.contains("top"), "{out}");
        assert!(
            out.contains(
                "-password = (sensitive)\n+password          = (sensitive)\n+storage_encrypted = true\n"
            ),
            "{out}"
        );
        assert_eq!(diff(None, "main.tf", before, after, &masks), unified_diff("main.tf", before, after));
    }
}
