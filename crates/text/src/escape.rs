//! The escapes that HCL and JSON have in common.

/// How a character is written inside quotes with a backslash, in HCL as in JSON; none for one that stands for itself
/// or that only one of the two escapes.
pub const fn escape(c: char) -> Option<&'static str> {
    Some(match c {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => return None,
    })
}
