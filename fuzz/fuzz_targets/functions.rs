//! Whatever the arguments: every function gives a result or an error, and a result prints.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trueline_terraform::{console, display, functions};

fuzz_target!(|data: (u8, &str)| {
    let (which, args) = data;
    let names = functions::names();
    let name = names[usize::from(which) % names.len()];
    // `…` expands a list, so that any number of arguments is tried; an unknown and a sensitive value are at hand.
    for expr in [
        format!("{name}({args})"),
        format!("{name}(sensitive({args}))"),
        format!("[for u in [timestamp()] : {name}({args})]"),
        format!("{name}([{args}]...)"),
    ] {
        if let Ok(v) = console(&expr) {
            let _ = display(&v);
        }
    }
});
