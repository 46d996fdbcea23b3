//! Attributes written as blocks and blocks as attributes, before and after.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use trueline_hcl::layout::{as_attribute, as_blocks};
use trueline_hcl::{Block, File, format, parse};
use trueline_text::{Edit, apply};

/// Applies the edits; what was canonical must be so afterwards, and the text must parse.
fn done(text: &str, edits: &[Edit]) -> String {
    let after = apply(text, edits).unwrap();
    assert_eq!(parse(&after).errors, [], "{after}");
    if format(text) == text {
        assert_eq!(format(&after), after, "not canonical any more");
    }
    after
}

fn tree(text: &str) -> File {
    let file = parse(text);
    assert_eq!(file.errors, [], "{text}");
    file
}

#[test]
fn an_attribute_is_written_as_blocks_and_back() {
    let blocks = |before: &str, after: &str| {
        let file = tree(before);
        let attribute = file.body.attribute("b").unwrap();
        let nested = |path: &[&str]| path.last().is_some_and(|n| n.starts_with('b'));
        let edits = as_blocks(before, attribute, &nested).unwrap_or_else(|| panic!("{before}"));
        assert_eq!(done(before, &edits), after);
    };
    blocks("a = 1\nb = { c = 2 }\nd = 3\n", "a = 1\nb { c = 2 }\nd = 3\n");
    blocks("abc = 1\nb   = { c = 2, dd = [3] }\n", "abc = 1\nb {\n  c  = 2\n  dd = [3]\n}\n");
    blocks(
        "b = {\n  # why\n  c = 2, # one\n  \"dd\" : \"x\",\n  e = {\n    f = 1\n  }\n}\n",
        "b {\n  # why\n  c  = 2 # one\n  dd = \"x\"\n  e = {\n    f = 1\n  }\n}\n",
    );
    blocks(
        "b = [\n  {\n    c = 2\n    bb = {\n      d = 1\n    }\n  },\n  {\n    c = 3\n  },\n]\n",
        "b {\n  c = 2\n  bb {\n    d = 1\n  }\n}\nb {\n  c = 3\n}\n",
    );
    blocks("b = [{\n  c = 2\n}]\n", "b {\n  c = 2\n}\n");
    blocks("b = { bb = { d = 1, e = 2 } }\n", "b {\n  bb {\n    d = 1\n    e = 2\n  }\n}\n");
    blocks("b = {}\n", "b {}\n");
    for no in [
        "b = var.x\n",
        "b = []\n",
        "b = [for x in y : x]\n",
        "b = { (c) = 1 }\n",
        "b = { \"a b\" = 1 }\n",
        "b = { c = 1,\n d = 2 }\n",
        "b = [\n  # why\n  { c = 1 },\n]\n",
        "b = [\n  {\n    c = <<-E\n      x\n    E\n  },\n]\n",
    ] {
        assert!(as_blocks(no, tree(no).body.attribute("b").unwrap(), &|_| false).is_none(), "{no}");
    }
    let attribute = |before: &str, list: bool| {
        let file = tree(before);
        let all: Vec<&Block> = file.body.blocks_of("b").collect();
        as_attribute(before, &all, list).map(|edits| done(before, &edits))
    };
    assert_eq!(
        attribute("abc = 1\nb {\n  c = 2 # x\n  d { e = 3 }\n}\n", false).unwrap(),
        "abc = 1\nb = {\n  c = 2 # x\n  d = { e = 3 }\n}\n"
    );
    assert_eq!(attribute("abc = 1\nb { c = 2 }\n", false).unwrap(), "abc = 1\nb   = { c = 2 }\n");
    assert_eq!(
        attribute("b {\n  c = 2\n}\n\nb {\n  c = 3\n}\n", true).unwrap(),
        "b = [{\n  c = 2\n  }, {\n  c = 3\n}]\n"
    );
    assert_eq!(attribute("b { c = 2 }\nb { c = 3 }\n", false), None);
    assert_eq!(attribute("b { c = 2 }\n# x\nb { c = 3 }\n", true), None);
    assert_eq!(attribute("b {\n  x {}\n  x {}\n}\n", false), None);
}
