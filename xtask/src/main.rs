//! Tasks of the house.
//!
//! `gen` writes what is generated (`gen --check` only compares), `layers` checks the order of the crates, `new-rule` makes
//! a rule's folder, `truth` compares static plans with real ones. `gen actions` reads packages that were unpacked, `gen schema`, `gen schema-defaults` and `truth` without
//! recorded plans need Terraform and the AWS provider, `gen schema-history` npm and tar; the others need nothing.

// Tasks are a front-end: they read the environment, files and print.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)]

mod actions;
mod defaults;
mod generate;
mod layers;
mod new_rule;
mod schema;
mod terraform;
mod truth;
mod workspace;

const USAGE: &str = "usage: cargo xtask gen [--check] | gen schema [FILE] | gen schema-defaults [TYPE…] | \
                     gen schema-history [DIR] | gen actions PACKAGE [OLDER] | layers | \
                     new-rule PROVIDER/SERVICE/PROBLEM | truth [--plans DIR] [--worst N] MODULE…";

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["gen"] => generate::run(false),
        ["gen", "--check"] => generate::run(true),
        ["gen", "actions", package] => actions::generate(std::path::Path::new(package), None),
        ["gen", "actions", package, older] => {
            actions::generate(std::path::Path::new(package), Some(std::path::Path::new(older)))
        }
        ["gen", "schema"] => schema::generate(None),
        ["gen", "schema-defaults", "--import", file] => defaults::import(std::path::Path::new(file)),
        ["gen", "schema-defaults", only @ ..] => defaults::generate(only),
        ["gen", "schema-history"] => schema::history::generate(None),
        ["gen", "schema-history", dir] => schema::history::generate(Some(std::path::Path::new(dir))),
        ["gen", "schema", file] => schema::generate(Some(std::path::Path::new(file))),
        ["layers"] => layers::run(),
        ["truth", rest @ ..] => truth::run(rest),
        ["new-rule", id] => new_rule::run(id),
        _ => anyhow::bail!("{USAGE}"),
    }
}

fn say(line: &str) {
    println!("{line}");
}
