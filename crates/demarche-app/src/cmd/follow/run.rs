//! `demarche follow run`: rounds with all sources whose time has come, some at once; each round is kept in one transaction.

use std::{
    sync::{Mutex, atomic::Ordering},
    thread,
    time::Duration,
};

use anyhow::Context;
use demarche::document::LoadOptions;
use demarche_sources::Limits;
use demarche_store::{Kept, Store, told};
use jiff::Timestamp;

use super::{
    Outcome,
    round::{Round, Rounds, State},
    standing::{ahead, troubles},
};
use crate::{
    cli::FollowRunArgs,
    cmd::add::{STOPPED, stop_on_interrupt},
    make::Maker,
    pipeline,
};

/// No longer than this until the list of sources is looked at again: another process may have changed it.
const LONGEST_SLEEP: i64 = 60;

pub(super) fn run(args: &FollowRunArgs) -> anyhow::Result<Outcome> {
    let mut store = crate::cmd::open(&args.store)?;
    let options = LoadOptions::default();
    let maker = Maker {
        told: told(&options),
        options,
        known: Mutex::new(Store::open(store.path())?),
        version: crate::cmd::version(&args.facts, &args.reader)?,
        reader: crate::cmd::judging_reader(&args.facts, &args.reader)?,
        limits: Limits::default(),
    };
    let fetcher = args.fetch.fetcher();
    let rounds = Rounds { maker: &maker, fetcher: &fetcher, pages: args.pages, all: args.all };
    stop_on_interrupt();
    let mut whole = true;
    loop {
        whole &= all_due(&mut store, &rounds, args)?;
        if args.once || STOPPED.load(Ordering::Relaxed) {
            break;
        }
        sleep(&store)?;
        if STOPPED.load(Ordering::Relaxed) {
            break;
        }
    }
    Ok(if whole { Outcome::Complete } else { Outcome::LeftOut })
}

/// A round with each source whose time has come. Whether nothing went wrong.
fn all_due(store: &mut Store, rounds: &Rounds<'_>, args: &FollowRunArgs) -> anyhow::Result<bool> {
    let now = Timestamp::now();
    let mut whole = true;
    let mut due = Vec::new();
    let followed = store.followed()?;
    if followed.is_empty() {
        anstream::eprintln!("{}: nothing is followed; `demarche follow add URL` does", store.path().display());
    }
    for followed in followed {
        match State::parse(&followed) {
            Ok(state) if rounds.all || state.is_due(now) => due.push((followed, state)),
            Ok(_) => {}
            Err(message) => {
                anstream::eprintln!("demarche: {message}");
                whole = false;
            }
        }
    }
    let tasks = due.into_iter().take_while(|_| !STOPPED.load(Ordering::Relaxed));
    let work = |(followed, state)| rounds.round(followed, state, Timestamp::now());
    pipeline::in_order(tasks, args.jobs.get(), work, |round| -> anyhow::Result<()> {
        whole &= keep(store, &round, args.quiet)?;
        Ok(())
    })?;
    Ok(whole)
}

/// Keeps a round, and says what it gave.
fn keep(store: &mut Store, round: &Round, quiet: bool) -> anyhow::Result<bool> {
    let address = &round.was.address;
    for message in round.errors.iter().chain(&round.made.failed).chain(&round.made.notes) {
        anstream::eprintln!("demarche: {message}");
    }
    let now = Timestamp::now();
    let kept = store
        .keep_followed(&round.made.documents, &round.was, &round.state.to_json(), now)
        .with_context(|| format!("{address}: what it gave is not kept, and is asked for again"))?;
    let Some(kept) = kept else {
        anstream::eprintln!("demarche: {address}: another process has asked it meanwhile, or removed it; that counts");
        return Ok(true);
    };
    let count = |wanted: &[Kept]| kept.iter().filter(|kept| wanted.contains(kept)).count();
    let standing = round.state.follow.standing(now);
    let troubles = troubles(&standing, now);
    if !quiet || round.new + round.changed + round.gone + kept.len() > 0 || !troubles.is_empty() {
        let mut parts = vec![format!("{} new", round.new)];
        for (count, what) in [
            (round.changed, "changed"),
            (round.gone, "gone"),
            (round.made.fetched, "pages fetched"),
            (count(&[Kept::Added, Kept::ReadAgain]), "documents kept"),
            (round.made.known + count(&[Kept::Known, Kept::Sighted]), "known already"),
            (round.made.failed.len(), "left out"),
            (round.state.pending.len(), "pages still to be fetched"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        let next = round.state.next().map_or("it is not asked any more".to_owned(), |next| format!("next {}", ahead(next, now)));
        anstream::eprintln!("{address}: {}; {next}", parts.join(", "));
        for trouble in troubles {
            anstream::eprintln!("    {trouble}");
        }
    }
    Ok(round.errors.is_empty() && round.made.failed.is_empty() && round.made.notes.is_empty())
}

/// Waits until a source's time has come, or Ctrl-C.
fn sleep(store: &Store) -> anyhow::Result<()> {
    let followed = store.followed()?;
    let next = followed.iter().filter_map(|followed| State::parse(followed).ok()?.next()).min();
    let begun = Timestamp::now();
    let seconds = next.map_or(LONGEST_SLEEP, |next| (next.as_second() - begun.as_second()).clamp(1, LONGEST_SLEEP));
    while Timestamp::now().as_second() < begun.as_second() + seconds && !STOPPED.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}
