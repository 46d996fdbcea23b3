//! Whatever the text of a policy: it compiles or says what is wrong, in both versions of the language, at a place that
//! is in the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trueline_rego::{CompileOptions, PolicyFile, Version, compile};

fuzz_target!(|text: &str| {
    for version in [None, Some(Version::V0), Some(Version::V1)] {
        for strict in [false, true] {
            let mut file = PolicyFile::new("fuzz.rego", text);
            file.version = version;
            let options = CompileOptions { strict, ..CompileOptions::default() };
            let Err(wrong) = compile(&[file], &options) else { continue };
            assert!(!wrong.is_empty(), "refused without a word");
            let lines = text.lines().count() + 1;
            assert!(wrong.iter().all(|wrong| wrong.line <= lines), "a place outside of the text: {wrong:?}");
        }
    }
});
