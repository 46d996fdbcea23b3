//! Errors that only the defaults of variables bring: errors where nothing else is given, warnings where other values are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails where its plan is not what it expects")]

mod support;

use support::load;
use trueline_model::NoteKind::{self, Error, Warning};
use trueline_terraform::Inputs;

const LOOKS_INTO_A_DEFAULT: &str = "variable \"options\" {\n  type    = object({ size = number })\n  default = null\n}\n\
    output \"size\" {\n  value = var.options.size\n}\n";

fn notes(files: &[(&str, &str)]) -> Vec<(NoteKind, String)> {
    let (_, plan) = load(files, &Inputs::default());
    plan.notes
        .iter()
        .map(|n| (n.kind, format!("{} ({})", n.message, n.help.clone().unwrap_or_default())))
        .collect()
}

fn only(files: &[(&str, &str)]) -> (NoteKind, String) {
    let mut all = notes(files);
    all.retain(|(kind, _)| *kind != NoteKind::Info);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn a_module_that_needs_no_values_is_run_with_its_defaults() {
    assert_eq!(only(&[("main.tf", LOOKS_INTO_A_DEFAULT)]).0, Error);
}

#[test]
fn a_module_that_needs_values_may_be_given_others() {
    let needs = format!("{LOOKS_INTO_A_DEFAULT}variable \"name\" {{}}\n");
    let (kind, said) = only(&[("main.tf", &needs)]);
    assert_eq!(kind, Warning);
    assert!(said.contains("it hangs on the defaults of variables, and whoever runs this module has to give values (`name` has none)"), "{said}");
    // All values are there.
    assert_eq!(only(&[("main.tf", &needs), ("terraform.tfvars", "name = \"a\"\n")]).0, Error);
    // What is given is no default.
    let given = [("main.tf", needs.as_str()), ("terraform.tfvars", "options = null\n")];
    assert_eq!(only(&given).0, Error);
}

#[test]
fn what_is_wrong_with_any_values_stays_an_error() {
    for wrong in [
        "output \"x\" {\n  value = var.undeclared\n}\n",
        "output \"x\" {\n  value = \"a\" + 1\n}\n",
        "variable \"names\" {\n  type    = list(string)\n  default = \"one\"\n}\n",
    ] {
        let text = format!("variable \"name\" {{}}\n{wrong}");
        assert_eq!(only(&[("main.tf", &text)]).0, Error, "{wrong}");
    }
    // A value that the module itself gives a module that it calls is no default either.
    let calls = "variable \"name\" {}\nmodule \"m\" {\n  source = \"./m\"\n}\n";
    assert_eq!(only(&[("main.tf", calls), ("m/main.tf", LOOKS_INTO_A_DEFAULT)]).0, Error);
}
