//! Edits, before and after: nothing moves but what must, and what `terraform fmt` accepted it accepts.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

use trueline_hcl::layout::{
    append_to_file, insert_after, insert_block, insert_tuple_element, literal, object_entry, remove_item,
    remove_object_entry, remove_tuple_element, replace_tuple_element, set_attribute, set_object_entry,
};
use trueline_hcl::{Attribute, Block, Body, File, Item, format, parse};
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

fn block(file: &File) -> &Block {
    file.body.blocks().next().unwrap()
}

/// The first attribute of this name, however deep.
fn find<'a>(body: &'a Body, name: &str) -> Option<&'a Attribute> {
    body.attribute(name).or_else(|| body.blocks().find_map(|b| find(&b.body, name)))
}

fn set(text: &str, name: &str, expr: &str) -> String {
    let file = tree(text);
    done(text, &set_attribute(text, &block(&file).body, name, expr))
}

#[test]
fn an_attribute_goes_behind_those_that_begin_the_body_and_the_run_stays_aligned() {
    let before = "\
resource \"aws_db_instance\" \"db\" {
  identifier = \"db\" # the name
  engine     = \"postgres\"
  # a note

  lifecycle {
    prevent_destroy = true
  }
}
";
    let after = "\
resource \"aws_db_instance\" \"db\" {
  identifier        = \"db\" # the name
  engine            = \"postgres\"
  storage_encrypted = true
  # a note

  lifecycle {
    prevent_destroy = true
  }
}
";
    assert_eq!(set(before, "storage_encrypted", "true"), after);
}

#[test]
fn a_run_that_was_not_aligned_is_left_alone() {
    let before = "r \"a\" {\n  x = 1\n  long = 2\n}\n";
    assert_eq!(set(before, "longer", "3"), "r \"a\" {\n  x = 1\n  long = 2\n  longer = 3\n}\n");
}

#[test]
fn comments_at_line_ends_stay_aligned() {
    let before = "r {\n  x  = 1 # one\n  yy = 2 # two\n}\n";
    assert_eq!(set(before, "zzz", "3"), "r {\n  x   = 1 # one\n  yy  = 2 # two\n  zzz = 3\n}\n");
    assert_eq!(set(before, "x", "1000"), "r {\n  x  = 1000 # one\n  yy = 2    # two\n}\n");
}

#[test]
fn a_body_without_attributes_gets_it_first() {
    for (before, after) in [
        ("r {\n}\n", "r {\n  a = 1\n}\n"),
        ("r {}\n", "r {\n  a = 1\n}\n"),
        ("r { }", "r {\n  a = 1\n}"),
        ("r { /* c */ }\n", "r {\n  /* c */\n  a = 1\n}\n"),
        ("r { # c\n}\n", "r { # c\n  a = 1\n}\n"),
        ("r { x = 1 }\n", "r {\n  x = 1\n  a = 1\n}\n"),
        ("r { x = 1 } # c\n", "r {\n  x = 1\n  a = 1\n} # c\n"),
        ("r {\n  b {}\n}\n", "r {\n  a = 1\n\n  b {}\n}\n"),
        ("r {\n  # b\n  b {}\n  x = 1\n}\n", "r {\n  a = 1\n\n  # b\n  b {}\n  x = 1\n}\n"),
        ("r {\n\n  b {}\n}\n", "r {\n  a = 1\n\n  b {}\n}\n"),
        ("r {\n\tx = 1\n}\n", "r {\n\tx = 1\n\ta = 1\n}\n"),
        ("r {\r\n    x = 1\r\n}\r\n", "r {\r\n    x = 1\r\n    a = 1\r\n}\r\n"),
        ("\u{feff}r {\r\n}\r\n", "\u{feff}r {\r\n  a = 1\r\n}\r\n"),
        ("r {\n  x = <<EOT\nt\nEOT\n}\n", "r {\n  x = <<EOT\nt\nEOT\n  a = 1\n}\n"),
        (
            "r {\n  x = [\n    1, # one\n  ] # end\n\n  b {}\n}\n",
            "r {\n  x = [\n    1, # one\n  ] # end\n  a = 1\n\n  b {}\n}\n",
        ),
        ("r {\n  x = 1 /* a\n  b */\n}\n", "r {\n  x = 1 /* a\n  b */\n  a = 1\n}\n"),
        ("r {\n    x = {\n        y = 1\n    }\n}\n", "r {\n    x = {\n        y = 1\n    }\n    a = 1\n}\n"),
    ] {
        assert_eq!(set(before, "a", "1"), after, "{before:?}");
    }
}

#[test]
fn an_attribute_at_the_top_of_a_file() {
    for (before, after) in [
        ("", "a = 1\n"),
        ("x = 1", "x = 1\na = 1"),
        ("x = 1\n", "x = 1\na = 1\n"),
        ("# c\n", "a = 1\n\n# c\n"),
        ("\u{feff}", "\u{feff}a = 1\n"),
        ("xy = 1 # c\n\n# d\n", "xy = 1 # c\na  = 1\n\n# d\n"),
    ] {
        let file = tree(before);
        assert_eq!(done(before, &set_attribute(before, &file.body, "a", "1")), after, "{before:?}");
    }
}

#[test]
fn a_new_value_replaces_the_old_one_and_its_comments_stay() {
    for (before, expr, after) in [
        ("r {\n  a = 2 # c\n}\n", "1", "r {\n  a = 1 # c\n}\n"),
        ("r {\n  a = [\n    1, # one\n  ]\n}\n", "[2]", "r {\n  # one\n  a = [2]\n}\n"),
        ("r {\n  a = <<-EOT\n    x\n  EOT\n  b = 1\n}\n", "2", "r {\n  a = 2\n  b = 1\n}\n"),
        (
            "r {\n  a    = 1\n  bbbb = 2\n}\n",
            "{\n  x = 1\n}",
            "r {\n  a = {\n    x = 1\n  }\n  bbbb = 2\n}\n",
        ),
        ("r {\n  a = {\n    x = 1\n  }\n  bbbb = 2\n}\n", "null", "r {\n  a    = null\n  bbbb = 2\n}\n"),
        ("r {\r\n  a = 1\r\n}\r\n", "{\n  x = 1\n}", "r {\r\n  a = {\r\n    x = 1\r\n  }\r\n}\r\n"),
        ("r { a = 2 }\n", "1", "r { a = 1 }\n"),
    ] {
        assert_eq!(set(before, "a", expr), after, "{before:?}");
    }
}

#[test]
fn a_nested_block_goes_to_the_end_of_the_body() {
    let new = "b {\n  x = 1\n}";
    for (before, after) in [
        ("r {}\n", "r {\n  b {\n    x = 1\n  }\n}\n"),
        ("r {\n}\n", "r {\n  b {\n    x = 1\n  }\n}\n"),
        ("r { a = 1 }\n", "r {\n  a = 1\n\n  b {\n    x = 1\n  }\n}\n"),
        ("r {\n  a = 1\n}\n", "r {\n  a = 1\n\n  b {\n    x = 1\n  }\n}\n"),
        ("r {\n  a = 1 # c\n\n}\n", "r {\n  a = 1 # c\n\n  b {\n    x = 1\n  }\n}\n"),
        ("r {\n  c {}\n  # d\n}\n", "r {\n  c {}\n  # d\n\n  b {\n    x = 1\n  }\n}\n"),
        ("r {\r\n    a = 1\r\n}\r\n", "r {\r\n    a = 1\r\n\r\n    b {\r\n        x = 1\r\n    }\r\n}\r\n"),
    ] {
        let file = tree(before);
        assert_eq!(done(before, &insert_block(before, &block(&file).body, new)), after, "{before:?}");
    }
}

#[test]
fn a_block_goes_behind_another_with_one_blank_line_on_each_side() {
    let new = "b \"y\" {\n  x = 1\n}";
    for (before, after) in [
        ("a {}", "a {}\n\nb \"y\" {\n  x = 1\n}"),
        ("a {}\n", "a {}\n\nb \"y\" {\n  x = 1\n}\n"),
        ("a {} # c\nc {}\n", "a {} # c\n\nb \"y\" {\n  x = 1\n}\n\nc {}\n"),
        ("a {\n}\n\nc {}\n", "a {\n}\n\nb \"y\" {\n  x = 1\n}\n\nc {}\n"),
        ("a {}\r\n# c\r\n", "a {}\r\n\r\nb \"y\" {\r\n  x = 1\r\n}\r\n\r\n# c\r\n"),
    ] {
        let file = tree(before);
        assert_eq!(done(before, &insert_after(before, block(&file), new)), after, "{before:?}");
    }
}

#[test]
fn a_block_at_the_end_of_the_file() {
    for (before, after) in [
        ("", "b {}\n"),
        ("\u{feff}", "\u{feff}b {}\n"),
        ("a {}", "a {}\n\nb {}\n"),
        ("a {}\n", "a {}\n\nb {}\n"),
        ("a {}\n\n", "a {}\n\nb {}\n"),
        ("a {}\r\n# c\r\n", "a {}\r\n# c\r\n\r\nb {}\r\n"),
    ] {
        assert_eq!(done(before, &append_to_file(before, "b {}\n")), after, "{before:?}");
    }
}

#[test]
fn an_item_goes_with_its_lines_and_leaves_its_comments() {
    for (before, after) in [
        ("r {\n  x   = 1\n  gone = 2\n  y   = 3\n}\n", "r {\n  x   = 1\n  y   = 3\n}\n"),
        ("r {\n  x    = 1\n  gone = 2\n  y    = 3\n}\n", "r {\n  x = 1\n  y = 3\n}\n"),
        ("r {\n  x = 1\n\n  gone = 2 # why\n}\n", "r {\n  x = 1\n\n  # why\n}\n"),
        ("r {\n  x = 1\n\n  gone = 2\n\n  y = 1\n}\n", "r {\n  x = 1\n\n  y = 1\n}\n"),
        ("r {\n  x = 1\n\n  gone = 2\n}\n", "r {\n  x = 1\n}\n"),
        ("r {\n  gone = 2\n\n  x = 1\n}\n", "r {\n  x = 1\n}\n"),
        ("r {\n  # c\n  gone = 2\n\n  x = 1\n}\n", "r {\n  # c\n\n  x = 1\n}\n"),
        ("r {\n  gone = 2\n}\n", "r {\n}\n"),
        ("r { gone = 2 }\n", "r {}\n"),
        ("r { gone = 2 /* c */ }\n", "r { /* c */ }\n"),
        (
            "r {\n  gone {\n    # why\n    a = 1 # one\n  }\n  x = 1\n}\n",
            "r {\n  # why\n  # one\n  x = 1\n}\n",
        ),
        ("r {\n  gone = <<EOT\nx\nEOT\n  x = 1\n}\n", "r {\n  x = 1\n}\n"),
        ("r {\r\n\tgone = [\r\n\t]\r\n\tx = 1\r\n}\r\n", "r {\r\n\tx = 1\r\n}\r\n"),
    ] {
        let file = tree(before);
        let body = &block(&file).body;
        let gone = body.items.iter().find(|i| i.span().text(before).starts_with("gone")).unwrap();
        assert_eq!(done(before, &remove_item(before, body, gone)), after, "{before:?}");
    }
    let before = "a {}\n\ngone {}\n";
    let file = tree(before);
    assert_eq!(done(before, &remove_item(before, &file.body, &file.body.items[1])), "a {}\n");
    let before = "a = 1\ngone = 2";
    let file = tree(before);
    assert_eq!(done(before, &remove_item(before, &file.body, &file.body.items[1])), "a = 1\n");
}

fn entry(text: &str, key: &str, value: &str) -> String {
    let file = tree(text);
    let tags = find(&file.body, "tags").unwrap();
    let object = match &tags.expr.kind {
        trueline_hcl::ExprKind::Call(call) => call.args.last().unwrap(),
        _ => &tags.expr,
    };
    done(text, &set_object_entry(text, object, key, value).unwrap())
}

#[test]
fn an_entry_is_written_in_the_manner_of_the_others() {
    for (before, after) in [
        ("tags = {}\n", "tags = {\n  Owner = \"x\"\n}\n"),
        ("tags = {\n}\n", "tags = {\n  Owner = \"x\"\n}\n"),
        ("tags = { a = 1 }\n", "tags = { a = 1, Owner = \"x\" }\n"),
        ("tags = { a = 1, }\n", "tags = { a = 1, Owner = \"x\" }\n"),
        ("tags = {\n  Name = \"n\"\n}\n", "tags = {\n  Name  = \"n\"\n  Owner = \"x\"\n}\n"),
        (
            "tags = {\n  Name = \"n\" # c\n  # d\n}\n",
            "tags = {\n  Name  = \"n\" # c\n  Owner = \"x\"\n  # d\n}\n",
        ),
        ("tags = {\n  a = 1,\n  b = 2\n}\n", "tags = {\n  a     = 1,\n  b     = 2,\n  Owner = \"x\"\n}\n"),
        (
            "tags = {\n  a = 1,\n  b = 2, # c\n}\n",
            "tags = {\n  a     = 1,\n  b     = 2, # c\n  Owner = \"x\",\n}\n",
        ),
        ("tags = {\n  \"a\" : 1\n}\n", "tags = {\n  \"a\" : 1\n  \"Owner\" : \"x\"\n}\n"),
        ("tags = {\n  \"a\": 1\n}\n", "tags = {\n  \"a\": 1\n  \"Owner\": \"x\"\n}\n"),
        ("tags = {\n  a = {\n    b = 1\n  }\n}\n", "tags = {\n  a = {\n    b = 1\n  }\n  Owner = \"x\"\n}\n"),
        ("tags = {\n  a = <<EOT\nx\nEOT\n}\n", "tags = {\n  a     = <<EOT\nx\nEOT\n  Owner = \"x\"\n}\n"),
        ("tags = { a = 1,\n  b = 2 }\n", "tags = { a = 1,\n  b = 2,\n  Owner = \"x\" }\n"),
        ("tags = { Owner = 1 }\n", "tags = { Owner = \"x\" }\n"),
        ("tags = {\n  \"Owner\" = 1 # c\n}\n", "tags = {\n  \"Owner\" = \"x\" # c\n}\n"),
        ("tags = merge(a, {})\n", "tags = merge(a, {\n  Owner = \"x\"\n})\n"),
        (
            "tags = merge({\n  a = 1\n  }, {\n  b = 1\n})\n",
            "tags = merge({\n  a = 1\n  }, {\n  b     = 1\n  Owner = \"x\"\n})\n",
        ),
        (
            "r {\r\n  tags = {\r\n    a = 1\r\n  }\r\n}\r\n",
            "r {\r\n  tags = {\r\n    a     = 1\r\n    Owner = \"x\"\r\n  }\r\n}\r\n",
        ),
        (
            "r {\n\ttags = {\n\t\ta = 1\n\t}\n}\n",
            "r {\n\ttags = {\n\t\ta     = 1\n\t\tOwner = \"x\"\n\t}\n}\n",
        ),
    ] {
        assert_eq!(entry(before, "Owner", "\"x\""), after, "{before:?}");
    }
    assert_eq!(entry("tags = {}\n", "for", "1"), "tags = {\n  \"for\" = 1\n}\n");
    assert_eq!(entry("tags = {}\n", "a b", "{\n  x = 1\n}"), "tags = {\n  \"a b\" = {\n    x = 1\n  }\n}\n");
}

#[test]
fn an_entry_goes_with_its_line_or_comma() {
    for (before, after) in [
        ("tags = { gone = 1 }\n", "tags = {}\n"),
        ("tags = { gone = 1, b = 2 }\n", "tags = { b = 2 }\n"),
        ("tags = { a = 1, gone = 1 }\n", "tags = { a = 1 }\n"),
        ("tags = { a = 1, gone = 1, b = 2 }\n", "tags = { a = 1, b = 2 }\n"),
        ("tags = {\n  a    = 1\n  gone = 2 # c\n}\n", "tags = {\n  a = 1\n  # c\n}\n"),
        ("tags = {\n  a    = 1,\n  gone = 2\n}\n", "tags = {\n  a = 1\n}\n"),
        ("tags = {\n  a    = 1,\n  gone = 2,\n}\n", "tags = {\n  a = 1,\n}\n"),
        ("tags = {\n  gone = 2\n}\n", "tags = {\n}\n"),
    ] {
        let file = tree(before);
        let object = &find(&file.body, "tags").unwrap().expr;
        let at = object_entry(object, "gone").unwrap();
        assert_eq!(done(before, &remove_object_entry(before, object, at).unwrap()), after, "{before:?}");
    }
}

#[test]
fn elements_come_and_go_with_their_commas() {
    let list = |text: &str| find(&tree(text).body, "l").unwrap().expr.clone();
    for (before, at, after) in [
        ("l = []\n", 0, "l = [9]\n"),
        ("l = [1]\n", 0, "l = [9, 1]\n"),
        ("l = [1]\n", 1, "l = [1, 9]\n"),
        ("l = [1, 2]\n", 1, "l = [1, 9, 2]\n"),
        ("l = [\n]\n", 0, "l = [\n  9\n]\n"),
        ("l = [\n  1,\n  2\n]\n", 2, "l = [\n  1,\n  2,\n  9\n]\n"),
        ("l = [\n  1,\n  2, # c\n]\n", 2, "l = [\n  1,\n  2, # c\n  9,\n]\n"),
        ("l = [\n  1, # c\n  # d\n  2,\n]\n", 1, "l = [\n  1, # c\n  9,\n  # d\n  2,\n]\n"),
        ("l = [ # o\n  1,\n]\n", 0, "l = [ # o\n  9,\n  1,\n]\n"),
        ("l = [\n  1, 2\n]\n", 2, "l = [\n  1, 2, 9\n]\n"),
        ("l = [<<EOT\nx\nEOT\n]\n", 1, "l = [<<EOT\nx\nEOT\n  , 9\n]\n"),
    ] {
        assert_eq!(
            done(before, &insert_tuple_element(before, &list(before), at, "9").unwrap()),
            after,
            "{before:?}"
        );
    }
    for (before, at, after) in [
        ("l = [1]\n", 0, "l = []\n"),
        ("l = [1, 2]\n", 0, "l = [2]\n"),
        ("l = [1, 2]\n", 1, "l = [1]\n"),
        ("l = [1, 2,]\n", 1, "l = [1]\n"),
        ("l = [\n  1, # c\n  2,\n]\n", 0, "l = [\n  # c\n  2,\n]\n"),
        ("l = [\n  1,\n  2\n]\n", 1, "l = [\n  1\n]\n"),
        ("l = [\n  1,\n]\n", 0, "l = [\n]\n"),
    ] {
        assert_eq!(
            done(before, &remove_tuple_element(before, &list(before), at).unwrap()),
            after,
            "{before:?}"
        );
    }
    let before = "l = [\n  1, # c\n  2,\n]\n";
    let after = "l = [\n  {\n    a = 1\n  }, # c\n  2,\n]\n";
    assert_eq!(
        done(before, &replace_tuple_element(before, &list(before), 0, "{\n  a = 1\n}").unwrap()),
        after
    );
}

#[test]
fn literals_are_canonical() {
    let value = serde_json::json!({
        "a": 1, "long_name": "${x} %{y} \"q\"\n\tü", "b c": [1, "x", true, null], "n": {"x": {}, "yy": []},
        "l": [{"a": 1}, [2]], "z": 1.5
    });
    let text = format!("x = {}\n", literal(&value, 0));
    assert_eq!(format(&text), text);
    insta::assert_snapshot!(text, @r#"
    x = {
      a     = 1
      "b c" = [1, "x", true, null]
      l = [
        {
          a = 1
        },
        [2],
      ]
      long_name = "$${x} %%{y} \"q\"\n\tü"
      n = {
        x  = {}
        yy = []
      }
      z = 1.5
    }
    "#);
}

#[test]
fn items_of_the_tree_are_named() {
    let file = tree("a = 1\nb {}\n");
    assert!(matches!(file.body.items[0], Item::Attribute(_)) && matches!(file.body.items[1], Item::Block(_)));
}
