//! Flags of `trueline test`, `verify` and `parse` that are given elsewhere: in the environment, or in `conftest.toml`.
//!
//! What enters: the command line. What leaves: the command line with those flags that it does not give itself. The
//! environment (`TRUELINE_FLAG`, then `CONFTEST_FLAG`) comes before the file, whose keys are the names of flags.

use std::collections::BTreeMap;
use std::ffi::OsString;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use trueline_engine::{presets, read_text};

use crate::args::yes;
use crate::failure::Failure;
use crate::terminal;

/// The file that is read where none is named, if it is there.
const FILE: &str = "conftest.toml";
/// Commands whose flags can be preset.
pub const COMMANDS: [&str; 3] = ["test", "verify", "parse"];

/// True if the command of a line is one of conftest's, whatever flags stand before it.
pub fn is_conftests(line: &[OsString]) -> bool {
    let mut words = line.iter().skip(1).map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        match word.as_ref() {
            "-c" | "--config-file" | "--config" | "--color" | "--threads" => drop(words.next()),
            flag if flag.starts_with('-') => {}
            name => return COMMANDS.contains(&name),
        }
    }
    false
}

/// True if flags of the command can be preset.
pub fn has_presets(matches: &ArgMatches) -> bool {
    matches.subcommand_name().is_some_and(|name| COMMANDS.contains(&name))
}

/// Adds the flags that are given elsewhere.
pub fn with_presets(
    command: &Command,
    matches: &ArgMatches,
    mut line: Vec<OsString>,
) -> Result<Vec<OsString>, Failure> {
    let Some((name, given)) = matches.subcommand().filter(|(name, _)| COMMANDS.contains(name)) else {
        return Ok(line);
    };
    let table = settings(given)?;
    let mut added = Vec::new();
    for arg in own(command, name) {
        let Some(flag) = arg.get_long().filter(|_| !is_given(given, arg)) else { continue };
        let variable = flag.to_uppercase().replace('-', "_");
        let set = |prefix: &str| terminal::variable(&format!("{prefix}_{variable}"));
        let values = match set("TRUELINE").or_else(|| set("CONFTEST")) {
            Some(text) => vec![text],
            None => match table.get(flag) {
                Some(values) => values.clone(),
                None => continue,
            },
        };
        for value in values {
            match is_switch(arg) {
                true => added.push(format!("--{flag}={}", is_true(flag, &value)?).into()),
                false => added.push(format!("--{flag}={value}").into()),
            }
        }
    }
    let known = |key: &&String| {
        COMMANDS.iter().any(|name| own(command, name).any(|arg| arg.get_long() == Some(key.as_str())))
    };
    for key in table.keys().filter(|key| !known(key)) {
        terminal::warn(&format!("warning: `{key}` of {FILE} is not supported and plays no part"));
    }
    // What stands behind `--` is no flag.
    let end = line.iter().position(|word| word == "--").unwrap_or(line.len());
    line.splice(end..end, added);
    Ok(line)
}

/// The flags of a command that are not those of all commands.
fn own<'c>(command: &'c Command, name: &str) -> impl Iterator<Item = &'c Arg> {
    let all = command.find_subcommand(name).into_iter().flat_map(Command::get_arguments);
    all.filter(|arg| !arg.is_global_set())
}

/// A flag for yes and no, which may do without a value.
fn is_switch(arg: &Arg) -> bool {
    arg.get_num_args().is_some_and(|values| values.min_values() == 0)
}

fn is_given(matches: &ArgMatches, arg: &Arg) -> bool {
    matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
}

/// The settings file that is named, or the one that is there.
fn settings(given: &ArgMatches) -> Result<BTreeMap<String, Vec<String>>, Failure> {
    let named = given.try_get_one::<String>("config_file").ok().flatten().cloned();
    let set =
        |prefix: &str| terminal::variable(&format!("{prefix}_CONFIG_FILE")).filter(|path| !path.is_empty());
    let named = named.or_else(|| set("TRUELINE")).or_else(|| set("CONFTEST"));
    let path = named.as_deref().unwrap_or(FILE);
    let Some(text) = read_text(path).map_err(|e| unreadable(path, &e.to_string()))? else {
        return match named {
            Some(path) => Err(unreadable(&path, "it is not there")),
            None => Ok(BTreeMap::new()),
        };
    };
    presets(&text).map_err(|e| unreadable(path, &e.to_string()))
}

fn unreadable(path: &str, why: &str) -> Failure {
    Failure::new(
        format!("`{path}` can't be read: {why}"),
        "its keys are the names of flags, such as `policy`",
    )
}

fn is_true(flag: &str, text: &str) -> Result<bool, Failure> {
    match yes(text) {
        _ if text.is_empty() => Ok(false),
        Ok(flag) => Ok(flag),
        Err(_) => Err(Failure::new(format!("`{flag}` is set to `{text}`"), "set it to true or false")),
    }
}
