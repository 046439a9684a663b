//! What the program tells of itself: completions and man page.

use std::io;

use clap::CommandFactory;

use super::Outcome;
use crate::cli::Cli;

/// Prints a completion script.
pub(crate) fn completions(shell: clap_complete::Shell) -> anyhow::Result<Outcome> {
    clap_complete::generate(shell, &mut Cli::command(), "demarche", &mut io::stdout().lock());
    Ok(Outcome::Complete)
}

/// Prints the man page.
pub(crate) fn man() -> anyhow::Result<Outcome> {
    clap_mangen::Man::new(Cli::command()).render(&mut io::stdout().lock())?;
    Ok(Outcome::Complete)
}
