//! Hostile nesting gets an error, in the stack of a usual thread, and trees stay walkable.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod show;

use trueline_hcl::{MAX_HEIGHT, parse, parse_expression, parse_json, parse_template};

fn fails(text: &str) {
    let file = parse(text);
    assert!(!file.errors.is_empty(), "{:.40}", text);
    assert!(file.errors.len() < 600, "{} errors in {:.40}", file.errors.len(), text);
}

#[test]
fn deep_nesting_is_an_error() {
    const N: usize = 50_000;
    for open in [
        "[",
        "(",
        "{a=",
        "f(",
        "\"${",
        "a[",
        "a[*][",
        "[for x in ",
        "{for k, v in ",
        "!(",
        "x ? (",
        "<<E\n${",
    ] {
        fails(&format!("a = {}", open.repeat(N)));
        assert!(parse_expression(&open.repeat(N)).is_err());
    }
    for (open, close) in
        [("[", "]"), ("(", ")"), ("{a=", "}"), ("f(", ")"), ("\"${", "}\""), ("{\na = ", "\n}")]
    {
        fails(&format!("a = {}1{}\n", open.repeat(N), close.repeat(N)));
    }
    for open in [
        "a {\n",
        "a \"b\" {\n",
        "a {\n}\n}\n",
        "}\n",
        "]\n",
        "'\n",
        "a = '\n",
        "a = [\n",
        "a = \"\n",
        "a = <<E\n",
        "a {",
    ] {
        fails(&open.repeat(N));
    }
    fails(&format!("{}{}", "a {\n".repeat(N), "}\n".repeat(N)));
    fails(&format!("{}{}", "a = [".repeat(N), "]".repeat(N)));
    fails(&format!("a = {}{}", "(".repeat(N), "]".repeat(N)));
    assert!(parse_template(&"%{ if a }".repeat(N)).is_err());
    assert!(parse_template(&format!("{}{}", "%{ if a }".repeat(N), "%{ endif }".repeat(N))).is_err());
    for open in ["[", "{\"a\":", "{\"resource\":"] {
        assert!(!parse_json(&open.repeat(N)).errors.is_empty());
    }
}

#[test]
fn long_chains_are_an_error_only_when_they_are_absurd() {
    const N: usize = 100_000;
    for (first, more) in [
        ("1", " + 1"),
        ("a", ".b"),
        ("a", "[0]"),
        ("", "!"),
        ("", "-"),
        ("", "a ? b : "),
        ("a", "[*]"),
        ("a", ".*"),
    ] {
        let text = format!("{first}{}1", more.repeat(N));
        assert!(parse_expression(&text).is_err(), "{more}");
        fails(&format!("a = {first}{}\nb = 1\n", more.repeat(N)));
        let text = format!("{first}{}{}", more.repeat(100), if first.is_empty() { "1" } else { "" });
        assert!(parse_expression(&text).is_ok() || more == ".*", "{text}");
    }
}

#[test]
fn the_highest_tree_can_be_walked_copied_and_dropped() {
    let n = MAX_HEIGHT as usize - 2;
    let chain = format!("1{}", " + 1".repeat(n));
    let conditional = format!("{}1", "a ? b : ".repeat(n));
    let steps = format!("a{}", ".b".repeat(n));
    let signs = format!("{}a", "!".repeat(n));
    for text in [chain, conditional, steps, signs] {
        let tree = parse_expression(&text).unwrap();
        let copy = tree.clone();
        assert!(show::expr(&copy).len() > n);
        assert!(format!("{copy:?}").len() > n);
    }
    // As deep as both limits allow.
    let n = trueline_hcl::MAX_NESTING as usize - 2;
    let text = format!("{}1{}", "[".repeat(n), "]".repeat(n));
    assert!(show::expr(&parse_expression(&text).unwrap()).len() > n);
    let blocks = format!("{}{}", "a {\n".repeat(n), "}\n".repeat(n));
    assert_eq!(parse(&blocks).errors, []);
    for (open, close) in [
        ("f(", ")"),
        ("{a = ", "}"),
        ("\"${", "}\""),
        ("[for x in y : ", "]"),
        ("a[", "]"),
        ("(1 + ", ")"),
        ("x ? (", ") : 1"),
    ] {
        let n = 90;
        let text = format!("{}1{}", open.repeat(n), close.repeat(n));
        assert!(show::expr(&parse_expression(&text).unwrap()).len() > n, "{open}");
    }
}

#[test]
fn much_of_the_same_takes_linear_time() {
    // Each would take minutes if it were quadratic.
    let n = 30_000;
    for text in [
        "a = 1\n".repeat(n),
        format!("a = [{}]\n", "1, ".repeat(n)),
        format!("a = \"{}\"\n", "${b} ".repeat(n)),
        format!("a = <<-EOT\n{}EOT\n", "  line ${b}\n".repeat(n)),
        format!("a = {{\n{}}}\n", "  k = 1\n".repeat(n)),
        format!("a = {}\n", "\"x".repeat(n)),
        "/*".repeat(n),
        "<<E\n".repeat(n),
        format!("a = {}{}", "(".repeat(n), "]\n".repeat(n)),
        format!("{}a = \"\n", "a = [\n\"".repeat(n / 8)),
        "a {\n  b = [\n".repeat(n / 8),
    ] {
        let file = parse(&text);
        assert!(file.errors.len() <= 501);
        let _ = trueline_hcl::format(&text);
    }
}

/// Found by the fuzzer: four kilobytes of blocks that open in one another and never close.
#[test]
#[allow(clippy::disallowed_methods, reason = "a test of time looks at the clock")]
fn a_tangle_of_open_brackets_takes_bounded_time() {
    let text = include_str!("tangled.txt").repeat(8);
    let start = std::time::Instant::now();
    assert!(!parse(&text).errors.is_empty());
    assert!(start.elapsed() < std::time::Duration::from_secs(120), "{:?}", start.elapsed());
}
