//! Files and ranges in SARIF's words.

use serde_json::{Value as Json, json};
use trueline_text::Range;

use crate::view::Place;

/// The artifact and region of a place.
pub(super) fn physical(p: &Place<'_>) -> Json {
    json!({ "artifactLocation": artifact(&p.file.path), "region": region(p.range) })
}

/// Line and column, end-exclusive as SARIF wants it.
pub(super) fn region(r: Range) -> Json {
    json!({
        "startLine": r.start.line,
        "startColumn": r.start.column,
        "endLine": r.end.line,
        "endColumn": r.end.column,
    })
}

/// A relative path counts from where the check ran; an absolute one is a `file:` URI.
pub(crate) fn artifact(path: &str) -> Json {
    match path.strip_prefix('/') {
        Some(rest) => json!({ "uri": format!("file:///{}", encode(rest)) }),
        None => json!({ "uri": encode(path), "uriBaseId": "SRCROOT" }),
    }
}

/// Percent-encodes what a URI path can't hold.
fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for b in path.bytes() {
        match b {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b'@'
            | b'+'
            | b'=' => {
                out.push(char::from(b));
            }
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_become_uris() {
        assert_eq!(super::encode("a b/ü%[1].tf"), "a%20b/%C3%BC%25%5B1%5D.tf");
        assert_eq!(super::artifact("/x/y.tf")["uri"], "file:///x/y.tf");
    }
}
