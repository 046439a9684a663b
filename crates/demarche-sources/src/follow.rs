//! A source that is asked again and again: what is new, what has changed, what is gone, and when to ask next.
//!
//! [`Follow`] is the state of one source, without clock, network or disk: the caller says what came and what time it is,
//! and gets the changes. It can be kept as JSON; kept in the same transaction as the items that it speaks of, it makes
//! following survive a stop at any point. [`poll`] is one round with a [`Fetcher`].
//!
//! - An item is known again by what the source calls it (`guid`, `id`), else by its address, else by its words.
//! - *Changed* is an item whose title or text is another one; for a bare address or a teaser also one that the source
//!   says was changed.
//! - *Gone* is an item that is missing although older ones are still listed (from a sitemap: any that is missing).
//!   One that has only made room for newer ones is not gone.
//! - The next time comes sooner after news, later without; after failures it waits twice as long each time.

mod pace;
mod seen;
mod standing;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use standing::{Counts, Silence, Standing};

use crate::{
    Item, Limits, SourceError, Tally,
    fetch::{FetchedItems, Fetcher, Validators},
};
use pace::Pace;
use seen::Seen;

/// The state of a followed source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follow {
    /// Where it is asked; changes when the source moves for good.
    pub address: String,
    /// What it calls itself.
    pub title: Option<String>,
    validators: Validators,
    pace: Pace,
    seen: BTreeMap<String, Seen>,
    counts: Counts,
    added: Timestamp,
    last_success: Option<Timestamp>,
    last_new: Option<Timestamp>,
    /// Seconds between news, the last dozen.
    gaps: Vec<i64>,
    failing: Option<Failing>,
    /// Why it is not asked any more.
    stopped: Option<String>,
}

/// Since when, and why, a source cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Failing {
    since: Timestamp,
    times: u32,
    message: String,
}

/// What came when a source was asked.
pub enum Outcome<'a> {
    /// A list of items.
    Listing {
        /// The items, in the order of the list.
        items: &'a [Item],
        /// Whether the list was read to its end without a break; only then can something be gone.
        whole: bool,
        /// For the next request.
        validators: Validators,
        /// Where the source has moved for good.
        moved: Option<String>,
    },
    /// The server says that nothing has changed.
    NotModified,
    /// It could not be had.
    Failed(&'a SourceError),
}

/// What is different since the last time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The item with this index was never seen.
    New(usize),
    /// The item with this index is another version of one that was seen.
    Changed {
        /// Its index.
        index: usize,
        /// When the last version was first seen.
        since: Timestamp,
    },
    /// An item is not listed any more.
    Gone {
        /// What the source called it.
        key: String,
        /// Its address.
        address: Option<String>,
    },
}

impl Follow {
    /// A source that was never asked.
    pub fn new(address: &str, now: Timestamp) -> Follow {
        Follow {
            address: address.to_owned(),
            title: None,
            validators: Validators::default(),
            pace: Pace::new(now),
            seen: BTreeMap::new(),
            counts: Counts::default(),
            added: now,
            last_success: None,
            last_new: None,
            gaps: Vec::new(),
            failing: None,
            stopped: None,
        }
    }

    /// Whether it is time to ask.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.stopped.is_none() && self.pace.next <= now
    }

    /// When to ask next; `None` if it is not asked any more.
    pub fn next(&self) -> Option<Timestamp> {
        self.stopped.is_none().then_some(self.pace.next)
    }

    /// What to give with the request.
    pub fn validators(&self) -> &Validators {
        &self.validators
    }

    /// Begins anew with a source that was given up (status 410).
    pub fn resume(&mut self, now: Timestamp) {
        (self.stopped, self.failing) = (None, None);
        self.pace = Pace::new(now);
    }

    /// Takes what came at `now`, and says what is different.
    pub fn take(&mut self, outcome: Outcome<'_>, now: Timestamp) -> Vec<Change> {
        self.counts.polls += 1;
        match outcome {
            Outcome::Failed(error) => {
                self.fail(error, now);
                Vec::new()
            }
            Outcome::NotModified => {
                self.succeed(now);
                self.pace.quiet(&self.address, now);
                Vec::new()
            }
            Outcome::Listing { items, whole, validators, moved } => {
                self.succeed(now);
                // A list that broke off is asked for again, whatever the server thinks we have.
                self.validators = if whole { validators } else { Validators::default() };
                self.address = moved.unwrap_or_else(|| std::mem::take(&mut self.address));
                let title = items.iter().find(|item| item.origin.container.is_listing()).and_then(|item| item.publisher.clone());
                self.title = title.or_else(|| self.title.take());
                let changes = seen::compare(&mut self.seen, items, whole, now);
                self.count(&changes, now);
                changes
            }
        }
    }

    fn succeed(&mut self, now: Timestamp) {
        (self.failing, self.last_success) = (None, Some(now));
    }

    fn fail(&mut self, error: &SourceError, now: Timestamp) {
        self.counts.failures += 1;
        let failing = self.failing.get_or_insert_with(|| Failing { since: now, times: 0, message: String::new() });
        failing.times += 1;
        failing.message = error.message().to_owned();
        if error.status() == Some(410) {
            self.stopped = Some("the server says that it is gone for good".into());
        }
        self.pace.failed(&self.address, failing.times, error, now);
    }

    fn count(&mut self, changes: &[Change], now: Timestamp) {
        let count = |wanted: fn(&&Change) -> bool| changes.iter().filter(wanted).count() as u64;
        let new = count(|change| matches!(change, Change::New(_)));
        self.counts.new += new;
        self.counts.changed += count(|change| matches!(change, Change::Changed { .. }));
        self.counts.gone += count(|change| matches!(change, Change::Gone { .. }));
        if new == 0 {
            return self.pace.quiet(&self.address, now);
        }
        if let Some(last) = self.last_new {
            self.gaps.push(now.as_second() - last.as_second());
            let surplus = self.gaps.len().saturating_sub(12);
            self.gaps.drain(..surplus);
        }
        self.last_new = Some(now);
        self.pace.news(&self.address, now);
    }
}

/// One round: what it gave, and the state to keep with it.
pub struct Polled {
    /// The new state. It is to be kept together with the items, or not at all.
    pub follow: Follow,
    /// All items of the list.
    pub items: Vec<Item>,
    /// What is different; indices are into `items`.
    pub changes: Vec<Change>,
    /// What could not be read.
    pub errors: Vec<SourceError>,
    /// What was given and passed over.
    pub tally: Tally,
}

/// Asks a source and takes what comes.
pub fn poll(follow: &Follow, fetcher: &Fetcher, limits: &Limits, now: Timestamp) -> Polled {
    let mut next = follow.clone();
    let fetched = match fetcher.fetch(&follow.address, &follow.validators) {
        Ok(fetched) => fetched,
        Err(error) => {
            let changes = next.take(Outcome::Failed(&error), now);
            return Polled { follow: next, items: Vec::new(), changes, errors: vec![error], tally: Tally::default() };
        }
    };
    if fetched.not_modified {
        let changes = next.take(Outcome::NotModified, now);
        return Polled { follow: next, items: Vec::new(), changes, errors: Vec::new(), tally: Tally::default() };
    }
    let FetchedItems { items, errors, tally, .. } = fetched.items(limits);
    let whole = errors.is_empty();
    let changes = match errors.first() {
        Some(error) if items.is_empty() => next.take(Outcome::Failed(error), now),
        _ => next.take(Outcome::Listing { items: &items, whole, validators: fetched.validators, moved: fetched.moved }, now),
    };
    Polled { follow: next, items, changes, errors, tally }
}
