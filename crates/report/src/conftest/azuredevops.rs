//! Logging commands of Azure Pipelines.

use std::fmt::Write as _;

use super::{FileResults, Outcome, Totals, one_line};
use crate::escape::printable;

/// Renders a section for each file and namespace, and the counts at the end.
pub fn azuredevops(files: &[FileResults]) -> String {
    let mut out = String::new();
    for f in files {
        let file = one_line(&f.file);
        let _ = writeln!(
            out,
            "##[section]Testing '{file}' against {} policies in namespace '{}'",
            f.tests(),
            one_line(&f.namespace)
        );
        out.push_str("##[group]See conftest results\n");
        for (outcome, level) in
            [(Outcome::Failure, "error"), (Outcome::Warning, "warning"), (Outcome::Exception, "warning")]
        {
            for r in f.of(outcome) {
                let message = issue(&r.message);
                let _ = writeln!(out, "##vso[task.logissue type={level}] file={file} --> {message}");
            }
        }
        for r in f.of(Outcome::Skipped) {
            let _ = writeln!(out, "skipped file={file} {}", one_line(&r.message));
        }
        if f.successes > 0 {
            let _ = writeln!(out, "success file={file} {}", f.successes);
        }
        out.push_str("##[endgroup]\n");
    }
    let _ = writeln!(out, "{}", Totals::of(files).line());
    out
}

/// A message on one line, on which it can't be another command.
fn issue(text: &str) -> String {
    printable(text).replace('\n', "%0A")
}
