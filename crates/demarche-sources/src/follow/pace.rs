//! When to ask a source next.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::SourceError;

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;
const SHORTEST: i64 = 15 * MINUTE;
const FIRST: i64 = 30 * MINUTE;
const LONGEST: i64 = DAY;

/// The pace at which a source is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pace {
    pub(super) next: Timestamp,
    /// Seconds between two requests while all goes well.
    interval: i64,
}

impl Pace {
    pub(super) fn new(now: Timestamp) -> Pace {
        Pace { next: now, interval: FIRST }
    }

    /// There was something new: sooner.
    pub(super) fn news(&mut self, address: &str, now: Timestamp) {
        self.interval = (self.interval / 2).max(SHORTEST);
        self.next = after(now, spread(address, self.interval));
    }

    /// There was nothing new: later.
    pub(super) fn quiet(&mut self, address: &str, now: Timestamp) {
        self.interval = (self.interval * 3 / 2).min(LONGEST);
        self.next = after(now, spread(address, self.interval));
    }

    /// It failed for the `times`-th time in a row.
    pub(super) fn failed(&mut self, address: &str, times: u32, error: &SourceError, now: Timestamp) {
        let wait = match error.is_refused() {
            true => DAY,
            false => (SHORTEST << times.saturating_sub(1).min(16)).min(LONGEST),
        };
        let wished = error.retry_after().map_or(0, |wish| i64::try_from(wish.as_secs()).unwrap_or(DAY)).min(7 * DAY);
        self.next = after(now, spread(address, wait).max(wished));
    }
}

/// Up to a tenth longer, by the address, so that sources that began together do not all fall due together.
fn spread(address: &str, seconds: i64) -> i64 {
    let sum = address.bytes().fold(0u32, |sum, b| sum.wrapping_mul(31).wrapping_add(u32::from(b)));
    seconds + seconds * i64::from(sum % 100) / 1000
}

fn after(now: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(now.as_second().saturating_add(seconds)).unwrap_or(Timestamp::MAX)
}
