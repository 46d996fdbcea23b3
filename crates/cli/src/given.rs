//! What `--var` and `--var-file` give, in the order of the command line, which decides what wins.

use clap::error::Error;
use clap::{ArgMatches, Args, Command, FromArgMatches, Id};
use trueline_engine::Given;

/// Both flags together.
#[derive(Debug)]
pub struct InOrder(pub Vec<Given>);

#[derive(Debug, Args)]
struct Flags {
    /// Value of a variable
    #[arg(long, value_name = "NAME=VALUE", value_parser = var)]
    var: Vec<(String, String)>,
    /// File with values of variables; of these two flags, the later wins
    #[arg(long, value_name = "FILE")]
    var_file: Vec<String>,
}

impl Args for InOrder {
    fn group_id() -> Option<Id> {
        Flags::group_id()
    }

    fn augment_args(command: Command) -> Command {
        Flags::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Flags::augment_args_for_update(command)
    }
}

impl FromArgMatches for InOrder {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let flags = Flags::from_arg_matches(matches)?;
        let places = |id| matches.indices_of(id).into_iter().flatten();
        let values = flags.var.into_iter().map(|(name, value)| Given::Value(name, value));
        let mut given: Vec<(usize, Given)> = places("var").zip(values).collect();
        given.extend(places("var_file").zip(flags.var_file.into_iter().map(Given::File)));
        given.sort_by_key(|(place, _)| *place);
        Ok(Self(given.into_iter().map(|(_, g)| g).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn var(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE, e.g. environment=prod".to_owned()),
    }
}
