//! Whatever a module and its values say: the plan comes back, twice the same, and its JSON is read as a real plan.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trueline_terraform::{Inputs, Parsed, plan, read_plan};
use trueline_text::Memory;

fuzz_target!(|text: &str| {
    // What stands behind the mark goes into other files of the module.
    let mut parts = text.split("\n----\n");
    let names = ["main.tf", "terraform.tfvars", "m/main.tf", "t.tftpl", "x.tf.json", "override.tf"];
    let files = Memory::from_iter(names.into_iter().map(|n| (n, parts.next().unwrap_or_default())));
    let parsed = Parsed::load(&files, &[".".to_owned()]);
    let one = plan(&files, &parsed, ".", &Inputs::default());
    let json = one.json.to_string();
    assert_eq!(json, plan(&files, &parsed, ".", &Inputs::default()).json.to_string(), "not the same twice");
    if let Err(e) = read_plan("plan.json", &json) {
        // Nesting is bounded there.
        assert!(e.to_string().contains("recursion") || e.to_string().contains("nested"), "{e}");
    }
});
