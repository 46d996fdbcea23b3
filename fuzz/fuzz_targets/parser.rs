//! Whatever the text: the parsers come back with a tree whose spans lie in the text, and `terraform fmt`'s layout of it
//! is a fixed point that parses as well as the text did.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let file = trueline_hcl::parse(text);
    for e in &file.errors {
        assert!(text.get(e.span.start as usize..e.span.end as usize).is_some(), "{:?} of an error", e.span);
    }
    for item in file.body.attributes() {
        assert!(text.get(item.expr.span.start as usize..item.expr.span.end as usize).is_some());
    }
    let _ = trueline_hcl::parse_json(text);
    let _ = trueline_hcl::parse_expression(text);
    let _ = trueline_hcl::parse_template(text);
    if file.errors.is_empty() {
        let formatted = trueline_hcl::format(text);
        assert!(trueline_hcl::parse(&formatted).errors.is_empty(), "formatting made an error");
        assert_eq!(trueline_hcl::format(&formatted), formatted, "formatting twice differs");
    }
});
