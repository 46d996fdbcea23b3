//! Tasks of the house.

// Tasks are a front-end: they read the environment, files and print.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)]

mod defaults;
mod schema;
mod terraform;
mod workspace;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["gen", "schema"] => schema::generate(None),
        ["gen", "schema-defaults", only @ ..] => defaults::generate(only),
        ["gen", "schema", file] => schema::generate(Some(std::path::Path::new(file))),
        _ => anyhow::bail!("?"),
    }
}

fn say(line: &str) {
    println!("{line}");
}
