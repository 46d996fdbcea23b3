//! What is no HCL: the message, its place (`^^^` under it), and what is read all the same.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod show;

use trueline_hcl::{SyntaxError, parse, parse_json};
use trueline_text::LineIndex;

/// The text with each error under its line.
fn marked(text: &str, errors: &[SyntaxError]) -> String {
    let index = LineIndex::new(text);
    let mut out = String::new();
    for (n, line) in text.split_inclusive('\n').enumerate() {
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push('\n');
        }
        for e in errors {
            let start = index.position(text, e.span.start);
            // The end of a text that ends with a line break belongs to its last line.
            let past_end = e.span.start as usize == text.len() && n + 1 == text.lines().count();
            if start.line as usize == n + 1 || past_end {
                let column = if past_end && start.column == 1 {
                    line.trim_end().len()
                } else {
                    start.column as usize - 1
                };
                let width = e.span.text(text).lines().next().unwrap_or("").chars().count().max(1);
                out.push_str(&format!("{}{} {}\n", " ".repeat(column), "^".repeat(width), e.message));
            }
        }
    }
    out
}

fn errors(text: &str) -> String {
    let file = parse(text);
    show::check_spans(text, &file.body);
    assert!(file.errors.iter().all(|e| e.span.end as usize <= text.len()));
    marked(text, &file.errors)
}

/// The items at the top that are read.
fn kept(text: &str) -> Vec<String> {
    parse(text)
        .body
        .items
        .iter()
        .map(|i| i.span().text(text).lines().next().unwrap_or("").to_owned())
        .collect()
}

#[test]
fn each_broken_item_is_reported_and_the_others_are_read() {
    let text = r#"
resource "a" "b" {
  quotes = 'x'
  tags = {
    a = 1
    b c
  }
  list = [1, 2
  good = 3
  open = "abc
  seq  = "${foo"
  ver  = 1.2.3
  colon : 3
  good = 4
  star = 2 ** 3
  here = <<EOT x
  bit  = a & b
  esc  = "\q"
  "q"  = 1
  a.b  = 1
}

resource "c" "d" {
  x = 1,
  y = f(a b)
  z = [for x y]
}
"#;
    insta::assert_snapshot!(errors(text));
    assert_eq!(kept(text), ["resource \"a\" \"b\" {", "resource \"c\" \"d\" {"]);
}

#[test]
fn a_block_that_is_not_closed_costs_itself_only() {
    for text in [
        "resource \"a\" \"b\" {\n  x = 1\n\nresource \"c\" \"d\" {\n  y = 2\n}\n",
        "resource \"a\" \"b\" {\n  l {\n    x = 1\n}\n\nresource \"c\" \"d\" {\n  y = 2\n}\n",
        "resource \"a\" \"b\" {\n  t = {\n    x = 1\n  y = 2\n}\n\nresource \"c\" \"d\" {\n  y = 2\n}\n",
        "resource \"a\" \"b\" {\n  t = [\n    {\n      x = 1\n  ]\n}\n\nresource \"c\" \"d\" {\n  y = 2\n}\n",
        "resource \"a\" \"b\" {\n  t = f(\n    x\n}\n\nresource \"c\" \"d\" {\n  y = 2\n}\n",
    ] {
        let file = parse(text);
        assert_eq!(file.errors.len(), 1, "{}", errors(text));
        assert!(kept(text).contains(&"resource \"c\" \"d\" {".to_owned()), "{}", errors(text));
        assert!(!show::body(&file.body).concat().contains("y = 1"), "{}", errors(text));
    }
}

#[test]
fn what_could_not_be_read_is_kept_by_name_and_place() {
    let text = "a {\n  b = 1\n  c = = 2\n  ...\n  \"d\" = 3\n  e {\n    f =\n  }\n}\n```\ng {\n  h = 1\n  i {\n    j = 2\n    k";
    let file = parse(text);
    let unread = |body: &trueline_hcl::Body| -> Vec<String> {
        let one =
            |u: &trueline_hcl::Unread| format!("{}: {}", u.name.as_deref().unwrap_or("-"), u.span.text(text));
        body.unread.iter().map(one).collect()
    };
    let block = |body: &trueline_hcl::Body, kind: &str| body.blocks_of(kind).next().cloned().unwrap().body;
    let (a, g) = (block(&file.body, "a"), block(&file.body, "g"));
    assert_eq!(unread(&a), ["c: c = = 2", "-: ...", "d: \"d\" = 3"]);
    assert_eq!(unread(&block(&a, "e")), ["f: f ="]);
    assert_eq!(unread(&file.body), ["-: ```"]);
    assert!(!a.cut && g.cut && block(&g, "i").cut);
    assert_eq!(unread(&block(&g, "i")), ["k: k"]);
}

#[test]
fn messages_for_single_mistakes() {
    let mut all = String::new();
    for text in [
        "a = \n",
        "a = 1 2\n",
        "a\n",
        "a b\n",
        "a {\n  b = 1 }\n",
        "a { b = 1, c = 2 }\n",
        "a { b {} }\n",
        "a \"b\" = 1\n",
        "a\n{\n}\n",
        "a = [1\n",
        "a = (1\n",
        "a = f(1\n",
        "a = {\n  b = 1\n",
        "a {\n",
        "}\n",
        "a = b.\n",
        "a = b.0.1\n",
        "a = b.*.c.*\n",
        "a = b[*\n",
        "a = \"${}\"\n",
        "a = \"${b:-c}\"\n",
        "a = \"%{ foo }\"\n",
        "a = \"%{ if b }\"\n",
        "a = \"%{ endif }\"\n",
        "a = \"%{ for x in y }%{ else }%{ endfor }\"\n",
        "a = <<EOT\nx\nEOT",
        "a = <<EOT\nx\n",
        "a = \"\\u12\"\n",
        "a = \"\\ud800\"\n",
        "a = “b”\n",
        "a = b;\n",
        "a = `b`\n",
        "a = b ? c\n",
        "a = b = c\n",
        "a = { b }\n",
        "a = { b = 1 c = 2 }\n",
        "a = {for x in y : x}\n",
        "a = [for x in y : x => x]\n",
        "a = [for x in y : x...]\n",
        "a = p::\n",
        "a = p::f\n",
        "a = f(x... y)\n",
        "a \"b${c}\" {}\n",
        "a = 1\na = 2\n",
        "a = 1 /* b\n",
        "a =\u{a0}1\n",
        "a = $b\n",
        "a {} b {}\n",
        "$ = 1\n",
    ] {
        let file = parse(text);
        assert!(!file.errors.is_empty(), "{text}");
        all.push_str(&errors(text));
        for e in &file.errors {
            all.push_str(&format!("    help: {}\n", e.help.as_deref().unwrap_or("-")));
        }
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

#[test]
fn json_errors_have_a_place() {
    let mut all = String::new();
    for text in [
        "{\"a\": 1,}\n",
        "{\"a\" 1}\n",
        "{\"a\" = 1}\n",
        "{\"a\": 01}\n",
        "{\"a\": [1,]}\n",
        "{\"a\": \"x\n\"}\n",
        "{\"a\": \"\\q\"}\n",
        "{\"a\": tru}\n",
        "{a: 1}\n",
        "[1]\n",
        "{} x\n",
        "{\"a\": \"\\u00e9 ${b\"}\n",
        "{\"resource\": {\"a\": 1}}\n",
        "{\"locals\": {\"a\": 1, \"a\": 2}}\n",
        "// c\n{}\n",
        "",
    ] {
        let file = parse_json(text);
        assert!(!file.errors.is_empty(), "{text}");
        all.push_str(&marked(text, &file.errors));
    }
    insta::assert_snapshot!(all);
}
