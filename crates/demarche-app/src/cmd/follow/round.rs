//! One round with one source: ask it, take what is new or changed, fetch the pages that its entries lead to, read them. What
//! could not be fetched for the time being is kept as pending, with the state, and tried again in a later round.

use std::sync::atomic::Ordering;

use demarche_sources::{
    Container, Extent, Item,
    fetch::Fetcher,
    follow::{Change, Follow, poll},
};
use demarche_store::Followed;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    cmd::add::STOPPED,
    found::{Found, Listed},
    make::{Made, Maker},
};

/// After so many failures a page is given up.
const TRIES: u32 = 6;
/// The wait after the first failure; twice as long after each.
const WAIT: SignedDuration = SignedDuration::from_mins(15);

/// How far a source has come, as the store keeps it.
#[derive(Serialize, Deserialize)]
pub(super) struct State {
    pub(super) follow: Follow,
    /// Entries whose page is still to be fetched.
    #[serde(default)]
    pub(super) pending: Vec<Pending>,
}

/// An entry whose page is still to be fetched.
#[derive(Serialize, Deserialize)]
pub(super) struct Pending {
    listed: Listed,
    tries: u32,
    next: Timestamp,
}

impl State {
    pub(super) fn new(follow: Follow) -> State {
        State { follow, pending: Vec::new() }
    }

    pub(super) fn parse(followed: &Followed) -> Result<State, String> {
        serde_json::from_str(&followed.state)
            .map_err(|error| format!("{}: how far it has come cannot be understood ({error}); use a newer demarche", followed.address))
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts, numbers and times are JSON")
    }

    /// Whether there is anything to ask at `now`.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.follow.is_due(now) || self.pending.iter().any(|pending| pending.next <= now)
    }

    /// When there is.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.follow.next().into_iter().chain(self.pending.iter().map(|pending| pending.next)).min()
    }
}

/// What a round gave.
pub(super) struct Round {
    /// As it was before.
    pub(super) was: Followed,
    /// As it is now, to be kept together with what was made.
    pub(super) state: State,
    pub(super) made: Made,
    pub(super) new: usize,
    pub(super) changed: usize,
    pub(super) gone: usize,
    /// The source itself could not be had, or not all of it.
    pub(super) errors: Vec<String>,
}

/// How a round is done.
pub(super) struct Rounds<'a> {
    pub(super) maker: &'a Maker,
    pub(super) fetcher: &'a Fetcher,
    /// So many pages are fetched at most.
    pub(super) pages: usize,
    /// Ask also where the time has not come.
    pub(super) all: bool,
}

impl Rounds<'_> {
    pub(super) fn round(&self, was: Followed, state: State, now: Timestamp) -> Round {
        let State { follow, pending } = state;
        let mut round =
            Round { was, state: State::new(follow.clone()), made: Made::default(), new: 0, changed: 0, gone: 0, errors: Vec::new() };
        let (due, later): (Vec<Pending>, Vec<Pending>) = pending.into_iter().partition(|pending| self.all || pending.next <= now);
        round.state.pending = later;
        let mut fresh = Vec::new();
        if follow.is_due(now) || self.all && follow.next().is_some() {
            let polled = poll(&follow, self.fetcher, &self.maker.limits, now);
            round.state.follow = polled.follow;
            round.errors = polled.errors.iter().map(ToString::to_string).collect();
            let mut items: Vec<Option<Item>> = polled.items.into_iter().map(Some).collect();
            // The oldest entry is the last of its list, and is kept first.
            for change in polled.changes.iter().rev() {
                let index = match change {
                    Change::New(index) => {
                        round.new += 1;
                        *index
                    }
                    Change::Changed { index, .. } => {
                        round.changed += 1;
                        *index
                    }
                    Change::Gone { .. } => {
                        round.gone += 1;
                        continue;
                    }
                };
                match items.get_mut(index).and_then(Option::take) {
                    Some(item) if item.extent == Extent::Full => self.maker.found(&Found::new(item), &mut round.made),
                    Some(item) => fresh.push(Pending { listed: Listed::new(item), tries: 0, next: now }),
                    None => {}
                }
            }
        }
        // Taken from the end: first what has been waiting, then the oldest news.
        let todo = fresh.into_iter().rev().chain(due.into_iter().rev()).collect();
        self.fetch(todo, &mut round, now);
        round
    }

    /// Fetches what is to be fetched, the last first.
    fn fetch(&self, mut todo: Vec<Pending>, round: &mut Round, now: Timestamp) {
        let mut fetched = 0;
        while let Some(mut pending) = todo.pop() {
            let is_first = pending.tries == 0;
            if fetched >= self.pages || STOPPED.load(Ordering::Relaxed) {
                self.teaser(&pending, &mut round.made);
                round.state.pending.push(pending);
                continue;
            }
            let known = round.made.known;
            match self.maker.page(&pending.listed, self.fetcher, &mut round.made) {
                Ok(items) => {
                    fetched += usize::from(round.made.known == known);
                    for item in items {
                        match item.extent {
                            Extent::Full => self.maker.found(&Found::new(item), &mut round.made),
                            _ => todo.push(Pending { listed: Listed::new(item), tries: 0, next: now }),
                        }
                    }
                }
                Err(failure) => {
                    fetched += 1;
                    if is_first {
                        self.teaser(&pending, &mut round.made);
                    }
                    pending.tries += 1;
                    let gives_up = failure.lasts || pending.tries >= TRIES;
                    let what = if gives_up { "" } else { "; it is tried again later" };
                    round.made.failed.push(format!("{}{what}", failure.message));
                    if !gives_up {
                        pending.next = now.saturating_add(WAIT * (1 << (pending.tries - 1))).unwrap_or(now);
                        round.state.pending.push(pending);
                    }
                }
            }
        }
    }

    /// An entry's own words are kept until its page is there.
    fn teaser(&self, pending: &Pending, made: &mut Made) {
        let item = &pending.listed.item;
        // Of what has been pending for a round only the address is known.
        if !item.bytes.is_empty() && item.origin.container != Container::SitemapIndex {
            self.maker.teaser(item.clone(), made);
        }
    }
}
