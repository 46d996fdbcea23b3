//! What texts mean: the tree, without spans.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod show;

use trueline_hcl::{parse, parse_expression, parse_template};

fn tree(text: &str) -> String {
    match parse_expression(text) {
        Ok(e) => {
            show::expr_spans(text, &e, trueline_text::Span::new(0, text.len() as u32));
            show::expr(&e)
        }
        Err(errors) => format!("error: {}", errors[0]),
    }
}

#[test]
fn operators_bind_as_terraform_says() {
    for (text, expected) in [
        ("1 + 2 * 3", "(Add 1 (Multiply 2 3))"),
        ("1 - 2 - 3", "(Subtract (Subtract 1 2) 3)"),
        ("a || b && c", "(Or a (And b c))"),
        ("a == b != c", "(NotEqual (Equal a b) c)"),
        ("a < b == c >= d", "(Equal (Less a b) (GreaterEqual c d))"),
        ("-a.b + !c", "(Add (Negate a.b) (Not c))"),
        ("!a == b", "(Equal (Not a) b)"),
        ("--1", "(Negate (Negate 1))"),
        ("a ? b : c ? d : e", "(? a b (? c d e))"),
        ("a ? b ? c : d : e", "(? a (? b c d) e)"),
        ("a || b ? 1 : 2", "(? (Or a b) 1 2)"),
        ("(1 + 2) * 3", "(Multiply ((Add 1 2)) 3)"),
        ("7 % 2 / 3", "(Divide (Modulo 7 2) 3)"),
    ] {
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn steps_follow_terms() {
    for (text, expected) in [
        ("a.b[0].c", "a.b[0].c"),
        ("a.0.b", "a.#0.b"),
        ("a[\"k\"][b.c]", "a[\"k\"][b.c]"),
        ("a.*.b.c", "(splat.* a.b.c)"),
        ("a.*.b[0]", "(splat.* a.b)[0]"),
        ("a[*].b[0].c", "(splat[*] a.b[0].c)"),
        ("a[*].b[*].c", "(splat[*] a.b(splat[*] .c))"),
        ("a[*].b.*.c[0]", "(splat[*] a.b(splat.* .c)[0])"),
        ("a.*.b.0.c", "(splat.* a.b.#0.c)"),
        ("f(x).y", "(f x).y"),
        ("f(a, [b]...)", "(f a [b]...)"),
        ("f(\na,\nb,\n)", "(f a b)"),
        ("provider::aws::arn_parse(a)", "(provider::aws::arn_parse a)"),
        ("[1, 2,]", "[1 2]"),
        ("a-b.c_d", "a-b.c_d"),
        ("größe.日本", "größe.日本"),
        ("1.5e-3", "1.5e-3"),
        ("\"x\".y", "\"x\".y"),
    ] {
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn line_breaks_are_free_where_brackets_say_so() {
    for (text, expected) in [
        (
            "x = {for k, v in\na:\nk =>\nv...\nif k !=\nnull}",
            "x = {for k, v in a: k => v... if (NotEqual k null)}",
        ),
        ("x = [for v in a :\n  v\n  if v]", "x = [for v in a: v if v]"),
        ("x = {\n\n  a = 1\n  b : 2,\n  c = 3, d = 4\n\n}", "x = {a: 1, b: 2, c: 3, d: 4}"),
        (
            "x = { \"a\" = 1, (b) = 2, c.d = 3, true = 4, \"${e}\" : 5 }",
            "x = {<\"a\">: 1, <(b)>: 2, <c.d>: 3, true: 4, <${e}>: 5}",
        ),
        ("x = { a = 1, a = 2 }", "x = {a: 1, a: 2}"),
        ("x = (\n  a\n  ? b\n  : c\n)", "x = ((? a b c))"),
        ("x = a[\n0\n]", "x = a[0]"),
        ("x = \"${\n  a\n}\"", "x = ${a}"),
        ("x = {\n  a = [\n    1,\n  ] # c\n  b = 2 /* d\n*/\n}", "x = {a: [1], b: 2}"),
        ("x = {\n  a = f(b,\n  c)\n}", "x = {a: (f b c)}"),
    ] {
        let file = parse(text);
        assert_eq!(file.errors, [], "{text}");
        show::check_spans(text, &file.body);
        assert_eq!(show::body(&file.body).join("\n"), expected, "{text}");
    }
}

#[test]
fn blocks_and_labels() {
    let text = "\u{feff}a {}\r\nb \"x\" y { c = 1 }\r\nd {\r\n  e {\r\n    f = 1 // g\r\n  }\r\n}";
    let file = parse(text);
    assert_eq!(file.errors, []);
    show::check_spans(text, &file.body);
    let shown = show::body(&file.body).join("\n");
    assert_eq!(shown, "a {\n}\nb \"x\" \"y\" {\n  c = 1\n}\nd {\n  e {\n    f = 1\n  }\n}");
    let comments: Vec<_> = file.comments.iter().map(|c| (c.span.text(text), c.own_line)).collect();
    assert_eq!(comments, [("// g", false)]);
}

#[test]
fn strings_have_escapes_and_sequences() {
    for (text, expected) in [
        (r#""a\n\r\t\"\\\u00e9\U0001f600""#, "\"a\\n\\r\\t\\\"\\\\é😀\""),
        (r#""$${a} %%{b} $$ % $c""#, "\"${a} %{b} $$ % $c\""),
        (r#""$$${a}""#, "\"$${a}\""),
        (r#""""#, "``"),
        (r#""${a}""#, "${a}"),
        (r#""${a} ""#, "`${a}\" \"`"),
        (r#""x ${~ a ~} y""#, "`\"x\"${a}\"y\"`"),
        (r#""${a ~} ""#, "`${a}\"\"`"),
        (r#""${"${"x"}"}""#, "${${\"x\"}}"),
        (r#""${{a = 1}.a}""#, "${{a: 1}.a}"),
        (r#""%{ if a }x%{ else }y%{ endif }z""#, "`%if(a \"x\" \"y\")\"z\"`"),
        (r#""%{ for k, v in a ~} ${k} %{~ endfor }""#, "%for(k, v in a `\"\"${k}\"\"`)"),
        (r#""%{ if a }%{ if b }1%{ endif }%{ endif }""#, "%if(a %if(b \"1\" ``) ``)"),
    ] {
        assert_eq!(tree(text), expected, "{text}");
    }
}

/// The values are those of `terraform console`, Terraform 1.11.
#[test]
fn heredocs_lose_the_indentation_that_all_lines_share() {
    for (text, expected) in [
        ("<<EOT\n  a\n b\nEOT\n", "\"  a\\n b\\n\""),
        ("<<-EOT\n  a\n    b\n\n  c\n  EOT\n", "\"a\\n  b\\n\\nc\\n\""),
        ("<<-EOT\n    a\n   \n   b\nEOT\n", "\" a\\n   \\nb\\n\""),
        ("<<-EOT\n  ${a}\n    b\n  EOT\n", "`\"\"${a}\"\\n  b\\n\"`"),
        ("<<-EOT\n${a}\n    b\n  EOT\n", "`${a}\"\\n    b\\n\"`"),
        ("<<-EOT\n    %{ if a ~}\n    b\n    %{ endif ~}\n  EOT\n", "`\"\"%if(a \"    b\\n\" ``)\"\"`"),
        ("<<-EOT\r\n  a\r\n  EOT\r\n", "\"a\\r\\n\""),
        ("<<EOT\n\\n $${a} $\nEOT  \n", "\"\\\\n ${a} $\\n\""),
        ("<<EOT\nEOT\n", "``"),
        ("<<EOT\n  EOTX\nxEOT\n ${a}EOT\n\tEOT\n", "`\"  EOTX\\nxEOT\\n \"${a}\"EOT\\n\"`"),
    ] {
        assert_eq!(tree(text), expected, "{text:?}");
    }
}

#[test]
fn a_template_file_needs_no_quotes() {
    let t = parse_template("a \"${b}\"\n%{ for x in y ~}\n  ${x}\n%{ endfor ~}\n").unwrap();
    assert_eq!(show::template(&t), "`\"a \\\"\"${b}\"\\\"\\n\"%for(x in y `\"  \"${x}\"\\n\"`)\"\"`");
    assert!(parse_template("%{ if a }x").is_err());
    assert!(parse_template("${a").is_err());
}

#[test]
fn an_expression_stands_alone() {
    assert_eq!(tree("a b"), "error: unexpected `b` after the expression");
    assert_eq!(tree(""), "error: expected an expression, found the end of the file");
    assert_eq!(tree("a +\n b"), "(Add a b)");
}
