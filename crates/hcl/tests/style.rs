//! Whatever indentation and line breaks a text has, what is written into it has the same: editing the restyled text is
//! restyling the edited one.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

use trueline_hcl::layout::{
    NewBlock, NewItem, append_to_file, insert_after, insert_block, render_block, replace_expr, set_attribute,
    set_object_entry,
};
use trueline_hcl::{Block, Expr, ExprKind, File, format, parse, parse_json};
use trueline_text::{Edit, apply};

const TEXTS: &[&str] = &[
    "resource \"a\" \"b\" {\n  name = \"jobs\"\n  size = 1\n}\n",
    "resource \"a\" \"b\" {\n  name = \"jobs\"\n}\n\nresource \"c\" \"d\" {\n  x = 1\n}\n",
    "resource \"a\" \"b\" {\n  name = \"jobs\" # why\n  tags = {\n    Name  = \"x\" # by hand\n    Stage = \"dev\"\n  }\n}\n",
    "resource \"a\" \"b\" {\n  name = \"jobs\"\n\n  tag {\n    key   = \"k\"\n    value = \"v\"\n  }\n\n  # stays last\n  lifecycle {\n    create_before_destroy = true\n  }\n}\n",
    "resource \"a\" \"b\" {\n  name = \"jobs\"\n  tag {\n    key = \"k\"\n  }\n  tag {\n    key = \"l\"\n  }\n}\n",
    "resource \"a\" \"b\" {\n  tags = merge(local.x, {\n    Name = \"x\"\n  })\n\n  depends_on = [c.d]\n}\n",
    "resource \"a\" \"b\" {\n  policy = <<EOT\n{\n   \"odd\": [\n ]\n}\nEOT\n  name   = \"x\"\n}\n",
    "resource \"a\" \"b\" {}\n\nlocals {\n  x = {}\n}\n",
    "resource \"a\" \"b\" {\n  /* one */ name = \"x\"\n\n  tags = {\n    /* stage */ Stage = \"dev\"\n  }\n\n  # the end\n}\n",
];

const STYLES: &[(&str, &str)] =
    &[("  ", "\n"), ("\t", "\n"), ("    ", "\n"), ("   ", "\n"), ("  ", "\r\n"), ("\t", "\r\n")];

fn tree(text: &str) -> File {
    let file = parse(text);
    assert_eq!(file.errors, [], "{text}");
    file
}

/// The text with another indentation, heredocs as they are.
fn restyled(text: &str, unit: &str, eol: &str) -> String {
    let (mut out, mut heredoc) = (String::new(), false);
    for line in text.lines() {
        let white = line.len() - line.trim_start_matches(' ').len();
        if heredoc {
            out.push_str(line);
        } else {
            assert_eq!(white % 2, 0, "{text}");
            out.push_str(&unit.repeat(white / 2));
            out.push_str(&line[white..]);
        }
        heredoc = line.ends_with("<<EOT") || heredoc && line != "EOT";
        out.push_str(eol);
    }
    out
}

fn first(file: &File) -> &Block {
    file.body.blocks().next().unwrap()
}

fn objects<'t>(e: &'t Expr, out: &mut Vec<&'t Expr>) {
    match &e.kind {
        ExprKind::Object(_) => out.push(e),
        ExprKind::Call(c) => c.args.iter().for_each(|a| objects(a, out)),
        _ => {}
    }
}

/// All that is written into texts.
fn edits(text: &str) -> Vec<(&'static str, Vec<Edit>)> {
    let file = tree(text);
    let block = first(&file);
    let new = |kind: &str| {
        let inner = NewBlock {
            kind: "inner".into(),
            labels: Vec::new(),
            items: vec![NewItem::Attribute("deep".into(), "{\n  a = 1\n}".into())],
        };
        let items = vec![NewItem::Attribute("key".into(), "\"Owner\"".into()), NewItem::Block(inner)];
        render_block(&NewBlock { kind: kind.into(), labels: Vec::new(), items })
    };
    let map = "{\n  Owner = \"me\"\n  More = {\n    a = 1\n  }\n}";
    let mut out = vec![
        ("attribute", set_attribute(text, &block.body, "storage_encrypted", "true")),
        ("map", set_attribute(text, &block.body, "labels", map)),
        ("block", insert_block(text, &block.body, &new("tag"))),
        ("other block", insert_block(text, &block.body, &new("rule"))),
        ("behind", insert_after(text, block, &new("resource"))),
        ("at the end", append_to_file(text, &new("resource"))),
    ];
    if let Some(name) = block.body.attribute("name") {
        out.push(("replaced", replace_expr(text, name.expr.span, map)));
    }
    let mut found = Vec::new();
    block.body.attributes().for_each(|a| objects(&a.expr, &mut found));
    for object in found {
        out.push(("entry", set_object_entry(text, object, "Owner", "\"me\"").unwrap()));
        out.push(("map entry", set_object_entry(text, object, "Owner", map).unwrap()));
    }
    out
}

#[test]
fn what_is_written_takes_the_style_of_its_text() {
    for text in TEXTS {
        assert_eq!(format(text), *text);
        let plain = edits(text);
        for (unit, eol) in STYLES {
            let styled = restyled(text, unit, eol);
            let own = edits(&styled);
            assert_eq!(plain.len(), own.len());
            for ((what, a), (_, b)) in plain.iter().zip(own) {
                let canonical = apply(text, a).unwrap();
                assert_eq!(format(&canonical), canonical, "{what}");
                let expected = restyled(&canonical, unit, eol);
                assert_eq!(apply(&styled, &b).unwrap(), expected, "{what}, {unit:?} {eol:?}:\n{styled}");
            }
        }
    }
}

/// In mixed files, a new line ends as its neighbour does.
#[test]
fn a_new_line_ends_as_its_neighbour() {
    let text = "r \"a\" {\r\n  x = 1\r\n}\r\n\nr \"b\" {\n  y = 1\n}\n";
    let file = tree(text);
    let all: Vec<&Block> = file.body.blocks().collect();
    let set = |n: usize| apply(text, &set_attribute(text, &all[n].body, "z", "2")).unwrap();
    assert_eq!(set(0), text.replace("  x = 1\r\n", "  x = 1\r\n  z = 2\r\n"));
    assert_eq!(set(1), text.replace("  y = 1\n", "  y = 1\n  z = 2\n"));
}

#[test]
fn blocks_stand_beside_their_like_and_before_what_comes_last() {
    let block = |body: &str| format!("r \"a\" {{\n{body}}}\n");
    for (before, after) in [
        ("  a = 1\n  b {\n  }\n", "  a = 1\n  b {\n  }\n\n  b {\n    new = 1\n  }\n"),
        ("  a = 1\n  c {\n  }\n", "  a = 1\n  c {\n  }\n\n  b {\n    new = 1\n  }\n"),
        ("  b {\n  }\n\n  c {\n  }\n", "  b {\n  }\n\n  b {\n    new = 1\n  }\n\n  c {\n  }\n"),
        (
            "  dynamic \"b\" {\n    for_each = []\n    content {}\n  }\n  c {\n  }\n",
            "  dynamic \"b\" {\n    for_each = []\n    content {}\n  }\n\n  b {\n    new = 1\n  }\n\n  c {\n  }\n",
        ),
        (
            "  a = 1\n\n  # one\n  # two\n  lifecycle {\n  }\n  depends_on = [x.y]\n",
            "  a = 1\n\n  b {\n    new = 1\n  }\n\n  # one\n  # two\n  lifecycle {\n  }\n  depends_on = [x.y]\n",
        ),
        (
            "  a = 1 # own\n  lifecycle {\n  }\n",
            "  a = 1 # own\n\n  b {\n    new = 1\n  }\n\n  lifecycle {\n  }\n",
        ),
        ("  # alone\n\n  lifecycle {\n  }\n", "  # alone\n\n  b {\n    new = 1\n  }\n\n  lifecycle {\n  }\n"),
        ("  lifecycle {\n  }\n", "  b {\n    new = 1\n  }\n\n  lifecycle {\n  }\n"),
        ("", "  b {\n    new = 1\n  }\n"),
    ] {
        let text = block(before);
        let file = tree(&text);
        let new = apply(&text, &insert_block(&text, &first(&file).body, "b {\n  new = 1\n}")).unwrap();
        assert_eq!(new, block(after));
    }
}

#[test]
fn json_on_one_line_stays_on_one_line() {
    for (text, expected) in [
        (
            r#"{"resource":{"t":{"r":{"name":"x"}}}}"#,
            r#"{"resource":{"t":{"r":{"name":"x","tags":{"Cost Center":"a: b, c","Owner":"me"}}}}}"#,
        ),
        (
            r#"{ "resource": { "t": { "r": { "name": "x", "b": 1 } } } }"#,
            r#"{ "resource": { "t": { "r": { "name": "x", "b": 1, "tags": {"Cost Center": "a: b, c", "Owner": "me"} } } } }"#,
        ),
        (
            r#"{"resource": {"t": {"r": {}}}}"#,
            r#"{"resource": {"t": {"r": {"tags": {"Cost Center": "a: b, c", "Owner": "me"}}}}}"#,
        ),
        (
            "{\n\t\"resource\": {\n\t\t\"t\": {\n\t\t\t\"r\": {\n\t\t\t\t\"name\": \"x\"\n\t\t\t}\n\t\t}\n\t}\n}\n",
            "{\n\t\"resource\": {\n\t\t\"t\": {\n\t\t\t\"r\": {\n\t\t\t\t\"name\": \"x\",\n\t\t\t\t\"tags\": {\n\t\t\t\t\t\"Cost Center\": \"a: b, c\",\n\t\t\t\t\t\"Owner\": \"me\"\n\t\t\t\t}\n\t\t\t}\n\t\t}\n\t}\n}\n",
        ),
        (
            "{\n    \"resource\": {\n        \"t\": {\n            \"r\": {}\n        }\n    }\n}\n",
            "{\n    \"resource\": {\n        \"t\": {\n            \"r\": {\n                \"tags\": {\n                    \"Cost Center\": \"a: b, c\",\n                    \"Owner\": \"me\"\n                }\n            }\n        }\n    }\n}\n",
        ),
        (
            "{\n  \"resource\": { \"t\": { \"r\": { \"name\": \"x\" } } }\n}\n",
            "{\n  \"resource\": { \"t\": { \"r\": { \"name\": \"x\", \"tags\": {\"Cost Center\": \"a: b, c\", \"Owner\": \"me\"} } } }\n}\n",
        ),
    ] {
        let file = parse_json(text);
        assert_eq!(file.errors, [], "{text}");
        let block = file.body.blocks_of("resource").next().unwrap();
        let value = "{\n  \"Cost Center\": \"a: b, c\",\n  \"Owner\": \"me\"\n}";
        let new = apply(text, &set_attribute(text, &block.body, "tags", value)).unwrap();
        assert_eq!(new, expected);
    }
}
