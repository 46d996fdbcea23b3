//! Unified diffs.

use similar::TextDiff;

/// A unified diff as `diff -u` and `git apply` read it, `a/` and `b/` before the path; empty if nothing changed.
pub fn unified_diff(path: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_diff_names_both_sides_and_says_when_the_last_line_has_no_end() {
        let d = super::unified_diff("m/main.tf", "a\nb", "a\nc\n");
        assert_eq!(
            d,
            "--- a/m/main.tf\n+++ b/m/main.tf\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n"
        );
        assert_eq!(super::unified_diff("x", "same", "same"), "");
    }
}
