//! `trueline parse`

use trueline_engine::TestRequest;
use trueline_report::conftest::parsed;

use crate::args::Parse;
use crate::failure::{Exit, Failure};
use crate::terminal;

/// Prints files as policies see them.
pub fn run(args: &Parse) -> Result<Exit, Failure> {
    let files = trueline_engine::parse(&TestRequest {
        files: args.files.clone(),
        combine: args.combine,
        parser: args.parser,
        stdin: if args.files.iter().any(|f| f == "-") { Some(terminal::stdin()?) } else { None },
        ..TestRequest::default()
    })?;
    terminal::print(&parsed(files, args.combine));
    Ok(Exit::Clean)
}
