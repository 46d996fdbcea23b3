use super::{Yaml, parse};

fn t(s: &str) -> Yaml {
    Yaml::Text(s.into())
}

#[test]
fn annotations_are_read() {
    let doc = "\
title: S3 bucket: none
";
    assert!(parse(doc).is_err());
    let doc = "\
# a comment
title: S3 bucket without encryption # why not
description: >-
  One line
  and the next.

  A new paragraph.
scope: package
related_resources:
- ref: https://example.com/a#b
  description: 'it''s'
- https://example.com/b
custom:
  severity: high
  resources: [aws_s3_bucket, \"a, b\"]
  controls: {soc2: [CC6.1, CC6.7],
    hipaa: ['164.312(a)(2)(iv)']}
  controls2:
    soc2:
      - CC6.1
  empty:
  text: |
    a
      b
  note: \"tab\\tquote\\\"\"
";
    let y = parse(doc).unwrap();
    assert_eq!(y.get("title"), Some(&t("S3 bucket without encryption")));
    assert_eq!(y.get("description"), Some(&t("One line and the next.\nA new paragraph.")));
    let related = y.get("related_resources").unwrap();
    assert_eq!(
        related,
        &Yaml::List(vec![
            Yaml::Map(vec![("ref".into(), t("https://example.com/a#b")), ("description".into(), t("it's"))]),
            t("https://example.com/b"),
        ])
    );
    let custom = y.get("custom").unwrap();
    assert_eq!(custom.get("resources").unwrap().texts().unwrap(), ["aws_s3_bucket", "a, b"]);
    assert_eq!(custom.get("controls").unwrap().get("hipaa").unwrap().texts().unwrap(), ["164.312(a)(2)(iv)"]);
    assert_eq!(custom.get("controls2").unwrap().get("soc2").unwrap().texts().unwrap(), ["CC6.1"]);
    assert_eq!(custom.get("empty"), Some(&t("")));
    assert_eq!(custom.get("text"), Some(&t("a\n  b\n")));
    assert_eq!(custom.get("note"), Some(&t("tab\tquote\"")));
}

#[test]
fn what_is_not_read_is_an_error_with_its_line() {
    for (doc, line, want) in [
        ("a: b\n  c: d\n", 1, "several lines"),
        ("a: 1\na: 2\n", 1, "twice"),
        ("a: *x\n", 0, "anchors"),
        ("a: [b\n", 0, "expected `,` or `]`"),
        ("a: \"b\n", 0, "not closed"),
        ("a: [b] c\n", 0, "behind the closing bracket"),
        ("a:\n    b: 1\n  c: 2\n", 2, ""),
        ("a: >x\n  b\n", 0, "not understood"),
        ("- a\nb: c\n", 1, "indented"),
    ] {
        let e = parse(doc).unwrap_err();
        assert_eq!(e.line, line, "{doc}{e}");
        assert!(e.problem.contains(want), "{doc}{e}");
    }
    let deep = "[".repeat(100_000);
    assert!(parse(&deep).is_err());
    let deep: String = (0..1000).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    assert!(parse(&deep).unwrap_err().problem.contains("too deeply"));
}
