//! Commands of a GitHub workflow.

use std::fmt::Write as _;

use super::{FileResults, Outcome, Shown, TestResult, Totals, one_line};
use crate::github::{data, property};

/// Renders a group for each file and namespace, and the counts at the end.
pub fn github(files: &[FileResults], shown: Shown) -> String {
    let mut out = String::new();
    for f in files {
        if shown.hide_passed && f.results.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "::group::Testing {:?} against {} policies in namespace {:?}",
            one_line(&f.file),
            f.tests(),
            one_line(&f.namespace)
        );
        for (outcome, level, before) in [
            (Outcome::Failure, "error", ""),
            (Outcome::Warning, "warning", ""),
            (Outcome::Exception, "notice", ""),
            (Outcome::Skipped, "notice", "Test was skipped: "),
        ] {
            for r in f.of(outcome) {
                result(&mut out, level, f, r, before);
            }
        }
        let passed = format!("Number of successful checks: {}", f.successes);
        command(&mut out, "notice", &f.file, "1", &passed);
        out.push_str("::endgroup::\n");
    }
    let _ = writeln!(out, "{}", Totals::of(files).line());
    out
}

/// Writes one result; where a policy places it in another file, at both places.
fn result(out: &mut String, level: &str, f: &FileResults, r: &TestResult, before: &str) {
    let message = format!("{before}{}", r.message);
    let said = r.location.clone().unwrap_or_default();
    let or = |said: String, otherwise: &str| if said.is_empty() { otherwise.to_owned() } else { said };
    let (file, line) = (or(said.file, &f.file), or(said.line, "1"));
    command(out, level, &file, &line, &message);
    if file != f.file {
        command(out, level, &f.file, "1", &format!("(ORIGINATING FROM {file} L{line}) {message}"));
    }
}

fn command(out: &mut String, level: &str, file: &str, line: &str, message: &str) {
    let (file, line) = (property(file), property(line));
    let _ = writeln!(out, "::{level} file={file},line={line}::{}", data(message));
}
