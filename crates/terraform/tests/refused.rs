//! What Terraform refuses, and what it takes: small modules with its verdicts, recorded beside them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails where its plan is not what it expects")]

mod support;

use std::collections::BTreeMap;

use support::{load, plan_of};
use trueline_model::{Note, NoteKind};
use trueline_terraform::Inputs;

fn errors(notes: &[Note]) -> Vec<&Note> {
    notes.iter().filter(|n| n.kind == NoteKind::Error).collect()
}

/// A case begins with `=== NAME VERDICT`, a file of it but `main.tf` with `--- PATH`.
fn cases(text: &str) -> Vec<(String, bool, BTreeMap<String, String>)> {
    let mut out: Vec<(String, bool, BTreeMap<String, String>)> = Vec::new();
    let mut file = String::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("=== ") {
            let (name, verdict) = head.split_once(' ').unwrap();
            assert!(matches!(verdict, "refused" | "fine"), "{line}");
            out.push((name.to_owned(), verdict == "refused", BTreeMap::new()));
            "main.tf".clone_into(&mut file);
        } else if let Some(path) = line.strip_prefix("--- ") {
            path.clone_into(&mut file);
            out.last_mut().unwrap().2.insert(file.clone(), String::new());
        } else {
            let text = out.last_mut().unwrap().2.entry(file.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    out
}

#[test]
fn modules_are_refused_where_terraform_refuses_them() {
    let all = cases(include_str!("against_terraform/refused.txt"));
    assert!(all.len() > 130, "{}", all.len());
    for (name, refused, files) in &all {
        let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        let (_, plan) = load(&files, &Inputs::default());
        let errors = errors(&plan.notes);
        assert_eq!(!errors.is_empty(), *refused, "{name}: {errors:?}");
        assert!(errors.iter().all(|n| n.at.is_some()), "{name}: {errors:?}");
    }
}

/// What is unknown here may be known to Terraform, and what may not be there refuses nothing.
#[test]
fn what_is_undecided_only_here_is_not_refused() {
    let provider = "resource \"aws_sqs_queue\" \"q\" {}\nresource \"aws_vpc\" \"v\" {\n  cidr_block = var.given\n}\n\
        data \"aws_availability_zones\" \"z\" {}\nvariable \"given\" {}\nresource \"random_id\" \"r\" {}\n\
        resource \"aws_acm_certificate\" \"c\" {\n  domain_name = \"a.example\"\n}\n\
        module \"gone\" {\n  source = \"example/gone/aws\"\n}\nlocals {\n  both = [aws_sqs_queue.q.url, var.given]\n}\n";
    let errors_of = |argument: &str| {
        let main = format!("{provider}resource \"terraform_data\" \"x\" {{\n  {argument}\n}}\n");
        let plan = plan_of(&[("main.tf", &main)]);
        errors(&plan.notes).into_iter().map(|n| n.message.clone()).collect::<Vec<_>>()
    };
    for fine in [
        "count = length(data.aws_availability_zones.z.names)",
        "count = var.given",
        "count = aws_vpc.v.cidr_block == \"x\" ? 1 : 0",
        "count = length(random_id.r.hex)",
        "count = module.gone.n",
        "count = aws_sqs_queue.q.url == var.given ? 1 : 0",
        "count = var.given == \"\" && aws_sqs_queue.q.url == \"\" ? 1 : 0",
        "count = local.both[1] == \"\" ? 1 : 0",
        "count = aws_sqs_queue.q.url != null ? 1 : 0",
        "count = aws_sqs_queue.q.name == \"x\" ? 1 : 0",
        "count = provider::aws::arn_parse(aws_sqs_queue.q.arn).account_id == \"1\" ? 1 : 0",
        "count = length(file(\"gone.txt\"))",
        "for_each = { for o in aws_acm_certificate.c.domain_validation_options : o.domain_name => o }",
        "for_each = { a = aws_sqs_queue.q.url }",
        "for_each = toset(data.aws_availability_zones.z.names)",
    ] {
        assert_eq!(errors_of(fine), [""; 0], "{fine}");
    }
    for (refused, names) in [
        ("count = length(aws_sqs_queue.q.url)", "aws_sqs_queue.q.url"),
        ("count = aws_sqs_queue.q.arn == \"x\" ? 1 : 0", "aws_sqs_queue.q.arn"),
        ("for_each = toset([aws_sqs_queue.q.id])", "aws_sqs_queue.q.id"),
        ("for_each = { (aws_sqs_queue.q.arn) = 1 }", "aws_sqs_queue.q.arn"),
        ("count = length(local.both[0])", "aws_sqs_queue.q.url"),
    ] {
        // A local that holds more than what is known on apply decides nothing.
        if refused.contains("local.") {
            assert_eq!(errors_of(refused), [""; 0], "{refused}");
            continue;
        }
        let found = errors_of(refused);
        assert_eq!(found.len(), 1, "{refused}");
        assert!(found[0].contains(names) && found[0].contains("terraform_data.x"), "{found:?}");
    }
}

#[test]
fn an_undeclared_name_is_one_error_with_the_number_of_its_places() {
    let main = "resource \"terraform_data\" \"a\" {\n  input = \"a-${var.stage}\"\n}\n\
        resource \"terraform_data\" \"b\" {\n  count = 3\n  input = [var.stage, local.gone, true]\n}\n\
        output \"c\" {\n  value = [var.stage, terraform_data.none.id, module.none.x, var.owner]\n}\n\
        module \"m\" {\n  source = \"./m\"\n}\n";
    let child = "output \"x\" {\n  value = [var.stage, var.stage]\n}\n";
    let plan = plan_of(&[("main.tf", main), ("m/main.tf", child)]);
    let found: Vec<(&str, &str)> = errors(&plan.notes)
        .into_iter()
        .map(|n| (n.message.as_str(), n.help.as_deref().unwrap_or_default()))
        .collect();
    let of = |part: &str| found.iter().filter(|(m, _)| m.contains(part)).collect::<Vec<_>>();
    let stage = of("`stage`");
    assert_eq!(stage.len(), 2, "one for each module: {found:?}");
    assert!(stage.iter().any(|(_, help)| help.contains("3 places")), "{stage:?}");
    assert!(stage.iter().any(|(_, help)| help.contains("2 places")), "{stage:?}");
    for once in ["`owner`", "`gone`", "`terraform_data.none`", "`none`"] {
        assert_eq!(of(once).len(), 1, "{once}: {found:?}");
        assert!(!of(once)[0].1.contains("places"), "{once}");
    }
    assert_eq!(found.len(), 6, "{found:?}");
}

#[test]
fn words_of_other_languages_are_answered_with_those_of_this_one() {
    for (word, meant) in [
        ("True", "true"),
        ("FALSE", "false"),
        ("None", "null"),
        ("nil", "null"),
        ("NULL", "null"),
        ("yes", "true"),
        ("off", "false"),
    ] {
        for main in [
            format!("resource \"terraform_data\" \"a\" {{\n  input = {word}\n}}\n"),
            format!("variable \"a\" {{\n  default = {word}\n}}\n"),
        ] {
            let plan = plan_of(&[("main.tf", &main)]);
            let help: Vec<&str> = errors(&plan.notes).iter().filter_map(|n| n.help.as_deref()).collect();
            assert_eq!(help, [format!("did you mean `{meant}`?")], "{main}");
        }
    }
    let plan = plan_of(&[("main.tf", "output \"a\" {\n  value = web\n}\n")]);
    assert!(errors(&plan.notes)[0].help.as_deref().unwrap().contains("quotes"));
}

#[test]
fn outputs_of_modules_hide_only_what_is_sensitive_itself() {
    let main = "module \"m\" {\n  source = \"./m\"\n}\n\
        resource \"terraform_data\" \"a\" {\n  input = [module.m.plain, module.m.secret, module.m]\n}\n";
    let child = "variable \"s\" {\n  default   = \"abc\"\n  sensitive = true\n}\n\
        output \"plain\" {\n  value     = \"live\"\n  sensitive = true\n}\noutput \"secret\" {\n  value     = var.s\n  sensitive = true\n}\n";
    let plan = plan_of(&[("main.tf", main), ("m/main.tf", child)]);
    let at = |route: &str| support::value(&plan, "terraform_data.a", route).sensitive;
    assert_eq!(
        [at("input[0]"), at("input[1]"), at("input[2].plain"), at("input[2].secret")],
        [false, true, false, true]
    );
}

/// What the provider's own validators say, as far as the versions that may be run are known to say the same.
#[test]
fn validators_refuse_words_numbers_and_arguments_that_exclude_each_other() {
    let of = |version: &str, body: &str| {
        let required = match version {
            "" => String::new(),
            v => format!(
                "terraform {{\n  required_providers {{\n    aws = {{\n      source  = \"hashicorp/aws\"\n      version = \"{v}\"\n    }}\n  }}\n}}\n"
            ),
        };
        let plan = plan_of(&[(
            "main.tf",
            &format!("{required}variable \"v\" {{}}\nvariable \"n\" {{\n  default = null\n}}\n{body}"),
        )]);
        let count = |kind: NoteKind| plan.notes.iter().filter(|n| n.kind == kind).count();
        (count(NoteKind::Error), count(NoteKind::Warning))
    };
    let queue = |inner: &str| format!("resource \"aws_sqs_queue\" \"q\" {{\n  {inner}\n}}\n");
    for (body, pinned, open) in [
        (queue("name = \"a\"\n  name_prefix = \"b\""), (1, 0), (1, 0)),
        (queue("name = \"\"\n  name_prefix = \"b\""), (1, 0), (1, 0)),
        (queue("name = \"a\"\n  name_prefix = null"), (0, 0), (0, 0)),
        (queue("name = \"a\"\n  name_prefix = var.n"), (0, 0), (0, 0)),
        (queue("name = \"a\"\n  name_prefix = var.v"), (0, 0), (0, 0)),
        (queue("delay_seconds = 901"), (1, 0), (0, 1)),
        (queue("delay_seconds = 900"), (0, 0), (0, 0)),
        (queue("delay_seconds = \"-1\""), (1, 0), (0, 1)),
        (queue("fifo_throughput_limit = \"perqueue\""), (1, 0), (0, 1)),
        (queue("fifo_throughput_limit = \"perQueue\""), (0, 0), (0, 0)),
        (queue("fifo_throughput_limit = var.v"), (0, 0), (0, 0)),
        (
            "resource \"aws_cloudwatch_log_group\" \"g\" {\n  retention_in_days = 31\n}\n".to_owned(),
            (1, 0),
            (0, 1),
        ),
        (
            "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  role = \"r\"\n  ephemeral_storage {\n    size = 100\n  }\n}\n"
                .to_owned(),
            (1, 0),
            (0, 1),
        ),
        (
            "resource \"aws_security_group_rule\" \"r\" {\n  type = \"ingress\"\n  from_port = 1\n  to_port = 1\n  protocol = \"tcp\"\n  security_group_id = \"sg-1\"\n  cidr_blocks = [\"10.0.0.0/8\"]\n  self = var.n\n}\n"
                .to_owned(),
            (0, 0),
            (0, 0),
        ),
        (
            "resource \"aws_security_group_rule\" \"r\" {\n  type = \"ingress\"\n  from_port = 1\n  to_port = 1\n  protocol = \"tcp\"\n  security_group_id = \"sg-1\"\n  cidr_blocks = [\"10.0.0.0/8\"]\n  self = false\n}\n"
                .to_owned(),
            (1, 0),
            (1, 0),
        ),
    ] {
        assert_eq!(of("~> 5.0", &body), pinned, "{body}");
        assert_eq!(of("5.100.0", &body), pinned, "{body}");
        assert_eq!(of(">= 5.0", &body), open, "{body}");
        assert_eq!(of(">= 6.0", &body), (0, 0), "{body}");
    }
}
