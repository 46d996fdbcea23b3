//! What people and editors do to a text, and what must be left of it after a fix.

use proptest::prelude::*;

/// One thing that people and editors do to a text.
#[derive(Clone, Debug)]
pub enum Mutation {
    DropAttribute(usize),
    Flip(usize),
    CommentAt(usize),
    Heredoc(usize),
    Blank(usize),
    Squeeze(usize),
    Tabs,
    CrLf,
    Bom,
    NoLastBreak,
}

pub fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        4 => any::<usize>().prop_map(Mutation::DropAttribute),
        3 => any::<usize>().prop_map(Mutation::Flip),
        3 => any::<usize>().prop_map(Mutation::CommentAt),
        2 => any::<usize>().prop_map(Mutation::Heredoc),
        1 => any::<usize>().prop_map(Mutation::Blank),
        1 => any::<usize>().prop_map(Mutation::Squeeze),
        1 => Just(Mutation::Tabs),
        1 => Just(Mutation::CrLf),
        1 => Just(Mutation::Bom),
        1 => Just(Mutation::NoLastBreak),
    ]
}

fn is_attribute(line: &str) -> bool {
    let (name, value) = line.split_once('=').unwrap_or_default();
    let plain = name.trim().chars().all(|c| c.is_ascii_lowercase() || c == '_') && !name.trim().is_empty();
    plain && !value.trim_end().ends_with(['{', '[', '(']) && !value.contains("<<")
}

fn nth(lines: &[String], n: usize, want: impl Fn(&str) -> bool) -> Option<usize> {
    let found: Vec<usize> = (0..lines.len()).filter(|i| want(&lines[*i])).collect();
    (!found.is_empty()).then(|| found[n % found.len()])
}

pub fn mutate(text: &str, mutations: &[Mutation]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (mut eol, mut bom, mut last) = ("\n", "", true);
    for m in mutations {
        match m {
            Mutation::DropAttribute(n) => {
                if let Some(i) = nth(&lines, *n, is_attribute) {
                    lines.remove(i);
                }
            }
            Mutation::Flip(n) => {
                if let Some(i) = nth(&lines, *n, |l| l.contains("= true") || l.contains("= false")) {
                    let flipped = match lines[i].contains("= true") {
                        true => lines[i].replace("= true", "= false"),
                        false => lines[i].replace("= false", "= true"),
                    };
                    lines[i] = flipped;
                }
            }
            Mutation::CommentAt(n) => {
                if let Some(i) = nth(&lines, *n, |l| is_attribute(l) && !l.contains('#') && !l.contains("/*"))
                {
                    lines[i].push_str(" # noted");
                }
            }
            Mutation::Heredoc(n) => {
                if let Some(i) = nth(&lines, *n, |l| l.starts_with("resource") && l.ends_with('{')) {
                    let text = [
                        "  lifecycle {",
                        "    precondition {",
                        "      condition = true",
                        "      error_message = <<-EOT",
                        "        # not a comment",
                        "        no",
                        "      EOT",
                        "    }",
                        "  }",
                        "",
                    ];
                    lines.splice(i + 1..i + 1, text.map(str::to_owned));
                }
            }
            Mutation::Blank(n) => {
                if let Some(i) = nth(&lines, *n, is_attribute) {
                    lines.insert(i, String::new());
                }
            }
            Mutation::Squeeze(n) => {
                if let Some(i) = nth(&lines, *n, is_attribute) {
                    lines[i] = lines[i].replacen(" = ", "=", 1);
                }
            }
            Mutation::Tabs => lines.iter_mut().for_each(|l| *l = l.replacen("  ", "\t", 1)),
            Mutation::CrLf => eol = "\r\n",
            Mutation::Bom => bom = "\u{feff}",
            Mutation::NoLastBreak => last = false,
        }
    }
    let mut out = format!("{bom}{}", lines.join(eol));
    if last {
        out.push_str(eol);
    }
    out
}

/// The comments of a text, sorted.
pub fn comments(text: &str) -> Vec<String> {
    let mut all: Vec<String> =
        trueline_hcl::parse(text).comments.iter().map(|c| c.span.text(text).trim_end().to_owned()).collect();
    all.sort();
    all
}

/// Everything that a fix owes a text, beside what it was asked for: comments, byte order mark, line ends, format.
pub fn kept(text: &str, fixed: &str) -> Result<(), String> {
    let must = |ok: bool, what: &str| if ok { Ok(()) } else { Err(format!("{what}\n{text}\n->\n{fixed}")) };
    must(trueline_hcl::parse(text).errors.is_empty(), "a file with syntax errors was changed")?;
    must(trueline_hcl::parse(fixed).errors.is_empty(), "the fixed text has syntax errors")?;
    let mut left = comments(fixed);
    for c in comments(text) {
        match left.iter().position(|l| *l == c) {
            Some(i) => drop(left.swap_remove(i)),
            None => must(false, &format!("lost the comment {c}"))?,
        }
    }
    must(text.starts_with('\u{feff}') == fixed.starts_with('\u{feff}'), "the byte order mark changed")?;
    must(text.ends_with('\n') == fixed.ends_with('\n'), "the last line break changed")?;
    let only_crlf = fixed.matches('\n').count() == fixed.matches("\r\n").count();
    must(if text.contains("\r\n") { only_crlf } else { !fixed.contains('\r') }, "line ends changed")?;
    let formatted = |t: &str| trueline_hcl::format(t) == t;
    must(!formatted(text) || formatted(fixed), "what `terraform fmt` accepted it accepts no more")
}
