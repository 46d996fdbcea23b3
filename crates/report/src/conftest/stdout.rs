//! For people.

use std::fmt::Write as _;

use super::{FileResults, Outcome, Shown, Totals, place};
use crate::escape::printable;

/// Renders conftest's standard output: what was printed, then per file warnings, failures, exceptions, and the counts
/// at the end.
pub fn stdout(files: &[FileResults], shown: Shown) -> String {
    let paint = |code: &str, text: &str| {
        if shown.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    let mut out = String::new();
    for text in files.iter().flat_map(|f| &f.prints) {
        let _ = writeln!(out, "{}  {}", paint("34", "PRNT "), printable(text));
    }
    for f in files {
        let place = place(f);
        if f.tests() == 0 {
            let _ = writeln!(out, "{} {place} no policies found", paint("37", "?"));
        }
        for (outcome, word, code) in [
            (Outcome::Warning, "WARN", "33"),
            (Outcome::Failure, "FAIL", "31"),
            (Outcome::Exception, "EXCP", "36"),
        ] {
            if outcome == Outcome::Exception && shown.suppress_exceptions {
                continue;
            }
            for r in f.of(outcome) {
                let _ = writeln!(out, "{} {place} {}", paint(code, word), printable(&r.message));
            }
        }
    }
    let t = Totals::of(files);
    let mut line = t.line();
    if shown.skipped {
        let _ = write!(line, ", {} skipped", t.skipped);
    }
    let code = match t {
        Totals { failures: 1.., .. } => "31",
        Totals { warnings: 1.., .. } => "33",
        Totals { exceptions: 1.., .. } => "36",
        _ => "32",
    };
    let _ = writeln!(out, "\n{}", paint(code, &line));
    out
}
