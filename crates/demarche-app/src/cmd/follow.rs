//! `demarche follow`: sources that are asked again and again.

mod round;
mod run;
mod standing;

use anyhow::Context;
use demarche_sources::follow::Follow;
use demarche_store::Store;
use jiff::Timestamp;

use super::{Outcome, open};
use crate::cli::{FollowArgs, FollowCommand};
use round::State;

/// Runs one of the commands.
pub(crate) fn run(args: &FollowArgs) -> anyhow::Result<Outcome> {
    match &args.command {
        FollowCommand::Add { addresses, store } => {
            let path = store.path.as_deref().context("no folder for the store is known; name a file with --store")?;
            add(&mut Store::create(path)?, addresses)
        }
        FollowCommand::List { json, store } => standing::list(&open(store)?, *json),
        FollowCommand::Remove { addresses, store } => remove(&mut open(store)?, addresses),
        FollowCommand::Run(args) => run::run(args),
    }
}

fn add(store: &mut Store, addresses: &[String]) -> anyhow::Result<Outcome> {
    for address in addresses {
        let now = Timestamp::now();
        let state = State::new(Follow::new(address, now)).to_json();
        let what = if store.follow(address, &state, now)? { "is followed from now on" } else { "is followed already" };
        anstream::eprintln!("{address}: {what}");
    }
    anstream::eprintln!("`demarche follow run` asks them: --once for cron, without it as long as it runs");
    Ok(Outcome::Complete)
}

fn remove(store: &mut Store, addresses: &[String]) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Complete;
    for address in addresses {
        if store.unfollow(address, Timestamp::now())? {
            anstream::eprintln!("{address}: is followed no longer; what it gave stays");
        } else {
            anstream::eprintln!("demarche: {address}: is not followed; `demarche follow list` tells what is");
            outcome = Outcome::LeftOut;
        }
    }
    Ok(outcome)
}
