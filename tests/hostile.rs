//! A module that wants to steer the terminal of whoever looks at it: escapes in names of files and modules, in values, tags and
//! messages of policies. Every output shows them and none obeys.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)] // the program is run from outside

mod program;

use program::Run;

/// An escape sequence, the same in one character, a bell, a turn of direction, a carriage return, a tag that nobody sees.
const EVIL: &str = "\u{1b}[31mred\u{9b}2J\u{7}\u{202e}turn\rover\u{200f}\u{2028}\u{e0041}";
/// The same as Terraform writes it.
const WRITTEN: &str = r"\u001b[31mred\u009b2J\u0007\u202eturn\rover\u200f\u2028\U000E0041";

/// The same as Rego and JSON write it.
const IN_JSON: &str = r"\u001b[31mred\u009b2J\u0007\u202eturn\rover\u200f\u2028\udb40\udc41";

/// What of a text would not be shown as it is. `coloured`: sequences of ours may be there, which set colours only.
fn steering(text: &str, coloured: bool) -> Vec<char> {
    let text = match coloured {
        true => text
            .split('\u{1b}')
            .enumerate()
            .map(|(i, part)| match part.strip_prefix('[').and_then(|p| p.split_once('m')) {
                Some((codes, rest)) if i > 0 && codes.chars().all(|c| c.is_ascii_digit() || c == ';') => {
                    rest.to_owned()
                }
                _ if i > 0 => format!("\u{1b}{part}"),
                _ => part.to_owned(),
            })
            .collect(),
        false => text.to_owned(),
    };
    let hidden = |c: &char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || "\u{061c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{e0041}"
                .contains(*c)
    };
    text.chars().filter(hidden).collect()
}

fn module() -> tempfile::TempDir {
    let main = format!(
        "# {evil}\nlocals {{\n  tags = {{ \"k{written}\" = \"v{written}\", raw = \"{raw}\" }}\n}}\n\n\
         resource \"aws_sqs_queue\" \"q\" {{\n  name                    = \"n{written}\"\n  sqs_managed_sse_enabled = false # {raw}\n  tags = local.tags\n}}\n\n\
         resource \"aws_s3_bucket\" \"b\" {{\n  for_each = toset([\"x{written}\"])\n  bucket   = each.key\n  buckett  = \"{raw}\"\n}}\n\n\
         module \"m\" {{\n  source = \"./in{dir}\"\n}}\n\nmodule \"lost\" {{\n  source = \"./no{written}\"\n}}\n\n\
         output \"o\" {{\n  value = \"{written}\"\n}}\n",
        evil = EVIL.replace('\r', ""),
        raw = EVIL.replace(['\r', '\u{2028}'], ""),
        written = WRITTEN,
        dir = r"\u001b[31m\u202e",
    );
    let policy = format!(
        "package main\n\ndeny contains {{\"msg\": \"m{IN_JSON}\", \"address\": \"a{IN_JSON}\"}} if true\n\n\
         warn contains \"w{IN_JSON}\" if print(\"p{IN_JSON}\")\n\n\
         test_x if {{\n  print(\"t{IN_JSON}\")\n  \"{IN_JSON}\" == \"\"\n}}\n"
    );
    let broken = "resource \"aws_sqs_queue\" \"in\" {\n  sqs_managed_sse_enabled = false\n}\n";
    program::files(&[
        ("main.tf", &main),
        ("odd\u{1b}[31m\u{202e}\r\nname.tf", &broken.replace("\"in\"", "\"odd\"")),
        ("in\u{1b}[31m\u{202e}/main.tf", broken),
        ("policy/p\u{1b}[31m.rego", &policy),
        ("in\u{1b}[31m.json", &format!("{{\"k{IN_JSON}\": \"{IN_JSON}\"}}")),
        ("broken\u{1b}[31m.json", "{"),
        ("clash/\u{1b}[2J.tf", "resource \"a\" {\n"),
    ])
}

#[test]
fn no_output_obeys_what_a_module_says() {
    let dir = module();
    let odd = "in\u{1b}[31m.json";
    let table: &[&[&str]] = &[
        &["check"],
        &["check", "--color", "always"],
        &["check", "--format", "concise"],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["check", "--format", "github"],
        &["fix", "--diff"],
        &["fix", "--diff", "--unsafe"],
        &["plan"],
        &["plan", "--redact"],
        &["plan", "--format", "text", "--origins"],
        &["test", odd],
        &["test", odd, "--output", "json"],
        &["test", odd, "--output", "tap"],
        &["test", odd, "--output", "table"],
        &["test", odd, "--output", "junit"],
        &["test", odd, "--output", "github"],
        &["test", odd, "--output", "azuredevops"],
        &["test", odd, "--output", "sarif"],
        &["test", odd, "--trace"],
        &["test", odd, "--color", "always"],
        &["verify"],
        &["verify", "--report", "full"],
        &["verify", "--output", "json"],
        &["parse", odd],
    ];
    for args in table {
        let run = Run::of(dir.path(), args);
        let coloured = args.contains(&"always");
        assert_eq!(steering(&run.stdout, coloured), [' '; 0], "{args:?}: {}", run.stdout);
        assert_eq!(steering(&run.stderr, false), [' '; 0], "{args:?}: {}", run.stderr);
        let shown = [&run.stdout, &run.stderr].iter().any(|out| out.contains("u001b[31m"));
        assert!(shown, "{args:?} shows nothing of it: {}{}", run.stdout, run.stderr);
        let names =
            args[0] != "check" || run.stdout.contains("odd\\u001b[31m") || run.stdout.contains("odd%1B");
        assert!(names, "{args:?} does not name the file: {}", run.stdout);
    }
}

#[test]
fn no_error_obeys_what_was_typed() {
    let dir = module();
    let evil = "x\u{1b}[31m\u{202e}";
    for args in [
        &["check", evil][..],
        &["check", "--rule", evil],
        &["check", "--format", evil],
        &["check", "--config", evil],
        &["check", "--policy", evil],
        &["check", "--exclude", "b[z-a]\u{1b}"],
        &["check", "--var", evil],
        &["check", "--var-file", evil],
        &["check", "--source", evil],
        &["check", "--base", evil],
        &["plan", evil],
        &["fix", evil],
        &["explain", evil],
        &["brief", "--for", evil],
        &["rules", "--framework", evil],
        &["test", evil],
        &["test", "broken\u{1b}[31m.json"],
        &["parse", "broken\u{1b}[31m.json"],
        &["verify", "--policy", evil],
        &[evil],
    ] {
        let run = Run::of(dir.path(), args);
        assert_eq!(steering(&run.stdout, false), [' '; 0], "{args:?}: {}", run.stdout);
        assert_eq!(steering(&run.stderr, false), [' '; 0], "{args:?}: {}", run.stderr);
    }
}

#[test]
fn what_json_escapes_keeps_its_value() {
    let dir = module();
    let run = Run::of(dir.path(), &["plan"]);
    let plan: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(plan["planned_values"]["outputs"]["o"]["value"], EVIL);
    let run = Run::of(dir.path(), &["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let messages: Vec<&str> =
        found["findings"].as_array().unwrap().iter().filter_map(|f| f["message"].as_str()).collect();
    assert!(messages.contains(&format!("m{EVIL}").as_str()), "{messages:?}");
}

#[test]
fn a_diff_of_files_with_carriage_returns_can_be_applied() {
    let text = "resource \"aws_sqs_queue\" \"q\" {\r\n  sqs_managed_sse_enabled = false\r\n}\r\n";
    let dir = program::files(&[("main.tf", text)]);
    let diff =
        Run::of(dir.path(), &["fix", "--diff", "--unsafe", "--rule", "aws/sqs/unencrypted-queue"]).stdout;
    assert!(diff.contains("-  sqs_managed_sse_enabled = false\r\n"), "{diff:?}");
}
