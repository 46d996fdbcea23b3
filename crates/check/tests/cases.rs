//! The cases of every rule: `cases.tf` beside it, whose marks say what the rule makes of each line.
//!
//! `# fail`, `# unknown` and `# pass` stand behind the head of a resource, or behind the line that a finding has to point at;
//! `# fail: words` asks for these words in the message. What has no mark must have no finding.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing)] // a test that reads the workspace as it is

#[path = "support/settled.rs"]
mod settled;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use settled::{Checked, checked};
use trueline_model::{Finding, Verdict};
use trueline_rules::{Entry, entries};

fn beside(entry: &Entry, name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(entry.path).with_file_name(name)
}

/// A mark: the verdict, and words of the message.
#[derive(Debug)]
struct Mark {
    verdict: Option<Verdict>,
    words: String,
    met: bool,
}

fn marks(text: &str) -> BTreeMap<usize, Mark> {
    let mut out = BTreeMap::new();
    for (i, line) in text.lines().enumerate() {
        let Some((_, comment)) = line.rsplit_once(" # ") else { continue };
        let (word, words) = comment.split_once(':').unwrap_or((comment, ""));
        let verdict = match word.trim() {
            "fail" => Some(Verdict::Fail),
            "unknown" => Some(Verdict::Unknown),
            "pass" => None,
            _ => continue,
        };
        out.insert(i, Mark { verdict, words: words.trim().to_owned(), met: false });
    }
    out
}

/// The lines of a finding: where it points, and the head of its resource.
fn lines(f: &Finding, c: &Checked) -> Vec<usize> {
    let line = |at: trueline_text::Location| {
        let source = c.parsed.sources.get(at.file).unwrap();
        source.lines.line(at.span.start)
    };
    let resource = c.plan.resources.iter().chain(&c.plan.data).find(|r| r.address.to_string() == f.subject);
    let head = resource.and_then(|r| r.declared.as_ref());
    let head = head.map(|d| line(trueline_text::Location { file: d.file, span: d.head }));
    f.at.map(line).into_iter().chain(head).collect()
}

#[test]
fn every_case_is_judged_as_it_is_marked() {
    let mut problems = Vec::new();
    let mut met = 0;
    for entry in entries() {
        let Ok(text) = std::fs::read_to_string(beside(entry, "cases.tf")) else { continue };
        let mut marks = marks(&text);
        let c = checked(entry.id, &text);
        for f in c.report.findings.iter().filter(|f| f.rule == entry.id) {
            let places = lines(f, &c);
            let found = places.iter().find(|l| {
                marks.get(l).is_some_and(|m| m.verdict == Some(f.verdict) && f.message.contains(&m.words))
            });
            match found {
                Some(l) => marks.get_mut(l).unwrap().met = true,
                None => problems.push(format!(
                    "{}: {} of {} at line {:?} has no mark: {}",
                    entry.path,
                    f.verdict.as_str(),
                    f.subject,
                    places.first().map(|l| l + 1),
                    f.message
                )),
            }
        }
        for (line, mark) in marks {
            match mark.verdict {
                Some(v) if !mark.met => {
                    problems.push(format!(
                        "{}: line {} is marked {}, and nothing is said",
                        entry.path,
                        line + 1,
                        v.as_str()
                    ));
                }
                _ => met += 1,
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(met > 20, "only {met} marks");
}

#[test]
fn every_rule_has_cases_of_every_kind() {
    let mut problems = Vec::new();
    for entry in entries() {
        let cases = std::fs::read_to_string(beside(entry, "cases.tf")).ok();
        let tests = beside(entry, "rule_test.rego").is_file();
        let Some(text) = cases else {
            if !tests {
                problems.push(format!("{} has neither cases.tf nor rule_test.rego", entry.path));
            }
            continue;
        };
        let all = marks(&text);
        // That a type is there at all is never open.
        let open = ["expect contains", "unknown contains"].iter().any(|w| entry.source.contains(w));
        for verdict in [Some(Verdict::Fail), Some(Verdict::Unknown), None] {
            if verdict == Some(Verdict::Unknown) && !open {
                continue;
            }
            if !all.values().any(|m| m.verdict == verdict) {
                let word = verdict.map_or("pass", Verdict::as_str);
                problems.push(format!("{} has no case marked {word}", entry.path));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
