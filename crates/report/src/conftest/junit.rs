//! JUnit's XML.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{FileResults, Outcome, Shown};
use crate::escape::printable;

/// Renders a suite for each namespace. Warnings are failures there, exceptions are left out.
pub fn junit(files: &[FileResults], shown: Shown) -> String {
    let mut suites: BTreeMap<&str, Vec<&FileResults>> = BTreeMap::new();
    for f in files {
        suites.entry(&f.namespace).or_default().push(f);
    }
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n".to_owned();
    for (namespace, files) in suites {
        let name = text(&format!("conftest.{namespace}"));
        let of = |outcome: Outcome| files.iter().map(|f| f.of(outcome).count()).sum::<usize>();
        let failures = of(Outcome::Warning) + of(Outcome::Failure);
        let tests = failures + of(Outcome::Skipped) + files.iter().map(|f| f.successes).sum::<usize>();
        let _ = writeln!(
            out,
            "\t<testsuite tests=\"{tests}\" failures=\"{failures}\" time=\"0.000\" name=\"{name}\">"
        );
        for f in files {
            for (outcome, skipped) in
                [(Outcome::Warning, false), (Outcome::Failure, false), (Outcome::Skipped, true)]
            {
                for r in f.of(outcome) {
                    let case = match r.message.lines().next() {
                        Some(first) if !shown.hide_message => format!("{} - {first}", f.file),
                        _ => f.file.clone(),
                    };
                    let message = text(&r.message);
                    open(&mut out, &name, &case, false);
                    let _ = match skipped {
                        true => writeln!(out, "\t\t\t<skipped message=\"{message}\"></skipped>"),
                        false => {
                            writeln!(out, "\t\t\t<failure message=\"Failed\" type=\"\">{message}</failure>")
                        }
                    };
                    out.push_str("\t\t</testcase>\n");
                }
            }
            for _ in 0..f.successes {
                open(&mut out, &name, &f.file, true);
            }
        }
        out.push_str("\t</testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn open(out: &mut String, class: &str, case: &str, empty: bool) {
    let end = if empty { "</testcase>" } else { "" };
    let _ = writeln!(out, "\t\t<testcase classname=\"{class}\" name=\"{}\" time=\"0.000\">{end}", text(case));
}

/// Escapes text for elements and attributes; what XML can't hold is replaced.
fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in printable(raw).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("&#xA;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
