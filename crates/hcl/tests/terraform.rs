//! The formatter and the layout of edits against the real `terraform fmt`, where it is installed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may panic and says so when it skips"
)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use trueline_hcl::layout::set_attribute;
use trueline_hcl::{format, parse};
use trueline_text::apply;

const TEXTS: [&str; 8] = [
    include_str!("texts/03-bastion.tf"),
    include_str!("texts/10-opensearch-logs.tf"),
    include_str!("texts/12-iam-dev-team.tf"),
    include_str!("texts/13-asg-web.tf"),
    include_str!("texts/28-three-tier.tf"),
    include_str!("texts/29-buckets.tf"),
    include_str!("texts/blocks.tf"),
    include_str!("texts/forms.tf"),
];

/// `terraform fmt -`; `None` if there is no terraform.
fn terraform(text: &str) -> Option<String> {
    let mut child = Command::new("terraform")
        .args(["fmt", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let out = child.wait_with_output().ok()?;
    assert!(out.status.success(), "terraform fmt rejects\n{text}");
    Some(String::from_utf8(out.stdout).unwrap())
}

/// Lines shifted, spaces gone, comments added; a fixed pattern per `n`.
fn mangled(text: &str, n: usize) -> String {
    let mut marker: Option<&str> = None;
    let mut out = String::new();
    for (i, line) in text.lines().enumerate() {
        let pick = (i * 7 + n * 13 + line.len()) % 11;
        let heredoc = marker.is_some();
        if heredoc && Some(line.trim()) == marker {
            marker = None;
        } else if let Some((_, m)) = line.split_once("<<") {
            marker = Some(m.trim_start_matches('-'));
        }
        let line = match pick {
            _ if heredoc => line.to_owned(),
            0 => format!("   {}", line.trim_start()),
            1 => line.trim_start().to_owned(),
            2 => line.replacen(" = ", "=", 1),
            3 => line.replacen(" = ", "   =  ", 1),
            4 if !line.contains("<<") => format!("{line}   # note"),
            5 if !line.contains("<<") => format!("{line}// é"),
            6 if !line.contains("<<") => format!("\t{line} /* c */"),
            7 => line.replace(", ", ","),
            8 => line.replace(" {", "{"),
            _ => line.to_owned(),
        };
        out.push_str(&line);
        out.push_str(if n % 3 == 2 { "\r\n" } else { "\n" });
    }
    out
}

#[test]
fn formats_as_terraform_does() {
    if terraform("a = 1\n").is_none() {
        eprintln!("SKIPPED: no terraform on PATH, its formatting is not compared");
        return;
    }
    for text in TEXTS {
        assert_eq!(format(text), terraform(text).unwrap());
        for n in 0..6 {
            let text = mangled(text, n);
            assert_eq!(parse(&text).errors, [], "{text}");
            assert_eq!(format(&text), terraform(&text).unwrap(), "{text}");
        }
    }
}

#[test]
fn what_terraform_accepted_it_accepts_after_an_edit() {
    if terraform("a = 1\n").is_none() {
        eprintln!("SKIPPED: no terraform on PATH, its judgement on edits is not asked");
        return;
    }
    for text in TEXTS {
        let mut text = text.to_owned();
        for (n, name) in ["x", "a_long_name_for_an_argument"].into_iter().enumerate() {
            for at in 0..parse(&text).body.blocks().count() {
                let file = parse(&text);
                let block = file.body.blocks().nth(at).unwrap();
                let value = if n == 0 { "{\n  a   = 1\n  bcd = [2]\n}" } else { "true" };
                text = apply(&text, &set_attribute(&text, &block.body, name, value)).unwrap();
            }
        }
        assert_eq!(terraform(&text).unwrap(), text);
    }
}
