//! Writes a generated repository: `trueline-benches SEED MODULES RESOURCES DIRECTORY`.

use std::path::Path;
use std::process::ExitCode;

#[allow(clippy::disallowed_methods, clippy::print_stderr, reason = "a program of its own, at the door")]
fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [seed, modules, resources, directory] = args.as_slice() else {
        eprintln!("usage: trueline-benches SEED MODULES RESOURCES DIRECTORY");
        return ExitCode::from(2);
    };
    let (Ok(seed), Ok(modules), Ok(resources)) = (seed.parse(), modules.parse(), resources.parse()) else {
        eprintln!("SEED, MODULES and RESOURCES are whole numbers");
        return ExitCode::from(2);
    };
    for (name, text) in trueline_benches::repository(seed, modules, resources) {
        let path = Path::new(directory).join(name);
        let written =
            path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, text));
        if let Err(e) = written {
            eprintln!("{}: {e}", path.display());
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
