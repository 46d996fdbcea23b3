//! The part of the proof that needs no evaluation: what a changed file must keep.

use std::collections::BTreeMap;

use trueline_hcl::{Body, File};

use crate::Disproof;

/// A text with its tree.
pub type Read<'t> = (&'t str, &'t File);

/// Checks that `after` parses, keeps every comment, its line endings and its byte order mark, and is formatted if it was.
pub fn check(path: &str, (before, old): Read<'_>, (after, new): Read<'_>) -> Result<(), Disproof> {
    let json = path.ends_with(".json");
    if let Some(message) = new_error(old, new) {
        return Err(Disproof::Syntax { path: path.to_owned(), message });
    }
    // What could not be read before can't be read now, and no more than that.
    if unread(&old.body, before) != unread(&new.body, after) {
        let message = "a part that could not be read would be another one".to_owned();
        return Err(Disproof::Syntax { path: path.to_owned(), message });
    }
    let texts = |file: &File, text: &str| {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for c in &file.comments {
            *count.entry(c.span.text(text).trim_end().to_owned()).or_default() += 1;
        }
        count
    };
    let kept = texts(new, after);
    if texts(old, before).iter().any(|(c, n)| kept.get(c).is_none_or(|k| k < n)) {
        return Err(Disproof::CommentLost(path.to_owned()));
    }
    let ((bom, ends, last), (new_bom, new_ends, new_last)) = (bytes(before), bytes(after));
    if bom != new_bom || last != new_last || (ends != LineEnds::None && ends != new_ends) {
        return Err(Disproof::Bytes(path.to_owned()));
    }
    if !json && !trueline_hcl::is_formatted(after, new) && trueline_hcl::is_formatted(before, old) {
        return Err(Disproof::Unformatted(path.to_owned()));
    }
    Ok(())
}

/// The parts of a body and of the blocks in it that could not be read.
fn unread<'t>(body: &Body, text: &'t str) -> Vec<&'t str> {
    let own = body.unread.iter().map(|u| u.span.text(text));
    own.chain(body.blocks().flat_map(|b| unread(&b.body, text))).collect()
}

/// An error that was not there before; those that were stay in their order.
fn new_error(old: &File, new: &File) -> Option<String> {
    let mut known = old.errors.iter();
    let here = new.errors.iter().find(|e| !known.any(|k| k.message == e.message));
    here.map(|e| e.message.clone())
}

/// Byte order mark, how lines end, and whether the last one does.
fn bytes(text: &str) -> (bool, LineEnds, bool) {
    let all = text.matches('\n').count();
    let ends = match text.matches("\r\n").count() {
        _ if all == 0 => LineEnds::None,
        0 => LineEnds::Lf,
        n if n == all => LineEnds::CrLf,
        _ => LineEnds::Mixed,
    };
    (text.starts_with('\u{feff}'), ends, text.ends_with('\n'))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineEnds {
    None,
    Lf,
    CrLf,
    Mixed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_be_kept_is_kept() {
        let before = "# why\na = 1 # one\n";
        let check = |path: &str, before: &str, after: &str| {
            let (old, new) = (trueline_hcl::parse(before), trueline_hcl::parse(after));
            check(path, (before, &old), (after, &new))
        };
        assert_eq!(check("m.tf", before, "# why\na = 2 # one\n"), Ok(()));
        assert_eq!(check("m.tf", before, "# why\na = 2\n"), Err(Disproof::CommentLost("m.tf".into())));
        assert_eq!(check("m.tf", before, "# why\r\na = 2 # one\r\n"), Err(Disproof::Bytes("m.tf".into())));
        assert_eq!(check("m.tf", before, "# why\na  = 2 # one\n"), Err(Disproof::Unformatted("m.tf".into())));
        assert!(matches!(check("m.tf", before, "# why\na = # one\n"), Err(Disproof::Syntax { .. })));
        assert_eq!(check("m.tf", "a=1\n", "a=2\n"), Ok(()));
    }
}
