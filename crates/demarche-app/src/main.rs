//! The `demarche` program: parses the command line, runs one command, and turns its outcome into an exit code.
//!
//! 0: all went well · 1: nothing could be done · 2: the command line is wrong · 3: done, but something was left out.

mod cli;
mod cmd;
mod found;
mod input;
mod make;
mod pages;
mod pipeline;
mod place;
mod view;

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;

use crate::{
    cli::{Cli, Command},
    cmd::Outcome,
};

fn main() -> ExitCode {
    let mut command = Cli::parse().command;
    if let (Some(folders), Some(given)) = (std::env::var_os("DEMARCHE_FACTS"), command.facts()) {
        given.splice(0..0, std::env::split_paths(&folders).filter(|folder| !folder.as_os_str().is_empty()));
    }
    if let Some(store) = command.store()
        && store.is_none()
    {
        *store = std::env::var_os("DEMARCHE_STORE").filter(|path| !path.is_empty()).map(PathBuf::from).or_else(place::store);
    }
    let result = match command {
        Command::Read(args) => cmd::read::run(&args),
        Command::Timeline(args) => cmd::timeline::run(&args),
        Command::Add(args) => cmd::add::run(&args),
        Command::Follow(args) => cmd::follow::run(&args),
        Command::Reread(args) => cmd::reread::run(&args),
        Command::Events(args) => cmd::events::run(&args),
        Command::Documents(args) => cmd::documents::run(&args),
        Command::Search(args) => cmd::search::run(&args),
        Command::Show(args) => cmd::show::run(&args),
        Command::Store(args) => cmd::store::run(&args),
        Command::Actors(args) => cmd::actors::run(&args),
        Command::Posts(args) => cmd::posts::run(&args),
        Command::Eval(args) => cmd::eval::run(&args),
        Command::Completions { shell } => cmd::meta::completions(shell),
        Command::Man => cmd::meta::man(),
    };
    match result {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::LeftOut) => ExitCode::from(3),
        // A reader that has seen enough ("demarche read … | head") is no failure.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("demarche: {error:#}");
            ExitCode::from(1)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
