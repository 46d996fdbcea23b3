//! Evaluates each line of standard input as `terraform console` does: result or `error`, then a line with `---`.

use trueline_terraform::{console, display};

#[allow(clippy::print_stdout, reason = "an example prints")]
fn main() {
    let verbose = std::env::args().any(|a| a == "-v");
    for line in std::io::stdin().lines().map_while(Result::ok) {
        match console(&line) {
            Ok(v) => println!("{}", display(&v)),
            Err(notes) if verbose => {
                println!(
                    "error: {}",
                    notes.iter().map(|n| n.message.as_str()).collect::<Vec<_>>().join("; ")
                );
            }
            Err(_) => println!("error"),
        }
        println!("---");
    }
}
