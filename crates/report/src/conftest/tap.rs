//! The Test Anything Protocol.

use std::fmt::Write as _;

use super::{FileResults, Outcome, one_line, place};

/// Renders a plan and its tests for each file and namespace. A message that has several lines is put on one.
pub fn tap(files: &[FileResults]) -> String {
    let mut out = String::new();
    for f in files.iter().filter(|f| f.tests() > 0) {
        let place = place(f);
        let _ = writeln!(out, "1..{}", f.tests());
        let mut number = 0;
        for (outcome, heading, word) in [
            (Outcome::Failure, "", "not ok"),
            (Outcome::Warning, "# warnings\n", "not ok"),
            (Outcome::Exception, "# exceptions\n", "ok"),
            (Outcome::Skipped, "# skip\n", "ok"),
        ] {
            for (index, r) in f.of(outcome).enumerate() {
                if index == 0 {
                    out.push_str(heading);
                }
                number += 1;
                let _ = writeln!(out, "{word} {number} {place} {}", one_line(&r.message));
            }
        }
        if f.successes > 0 {
            out.push_str("# successes\n");
        }
        for _ in 0..f.successes {
            number += 1;
            let _ = writeln!(out, "ok {number} {place} SUCCESS");
        }
    }
    out
}
