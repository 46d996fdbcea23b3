//! Prints the JSON of a plan, given by name, as text.

use std::process::ExitCode;

#[allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "an example, at the door"
)]
fn main() -> ExitCode {
    let path = std::env::args().nth(1).unwrap_or_default();
    let plan = std::fs::read_to_string(&path)
        .map_err(|e| e.to_string())
        .and_then(|text| trueline_terraform::read_plan(&path, &text).map_err(|e| e.to_string()));
    match plan {
        Ok(plan) => {
            print!("{}", trueline_engine::plan_text(&plan, None));
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{path}: {why}");
            ExitCode::from(2)
        }
    }
}
