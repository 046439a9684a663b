//! How a followed source does: what it gave, whether it fails, whether it has fallen silent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Follow;

const DAY: i64 = 24 * 3600;
/// No source is called silent before this many seconds without news.
const PATIENCE: i64 = 7 * DAY;

/// What a source gave in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// How often it was asked.
    pub polls: u64,
    /// How often it could not be had.
    pub failures: u64,
    /// New items.
    pub new: u64,
    /// New versions of items.
    pub changed: u64,
    /// Items that were taken back.
    pub gone: u64,
}

/// How a source does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Where it is asked.
    pub address: String,
    /// What it calls itself.
    pub title: Option<String>,
    /// What it gave in all.
    pub counts: Counts,
    /// When it last gave something new.
    pub last_new: Option<Timestamp>,
    /// When it could last be had.
    pub last_success: Option<Timestamp>,
    /// When it is asked next; null if no more.
    pub next: Option<Timestamp>,
    /// If it has fallen silent.
    pub silent: Option<Silence>,
    /// If it cannot be had: since when.
    pub failing_since: Option<Timestamp>,
    /// And why.
    pub failure: Option<String>,
}

/// A source that used to give news and does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Silence {
    /// Its last news; when it was added, if there were none.
    pub since: Timestamp,
    /// Seconds that usually lie between two news; null if there were too few to say.
    pub usual_gap: Option<i64>,
}

impl Follow {
    /// How the source does at `now`.
    pub fn standing(&self, now: Timestamp) -> Standing {
        Standing {
            address: self.address.clone(),
            title: self.title.clone(),
            counts: self.counts.clone(),
            last_new: self.last_new,
            last_success: self.last_success,
            next: self.next(),
            silent: self.silence(now),
            failing_since: self.failing.as_ref().map(|failing| failing.since),
            failure: self.stopped.clone().or_else(|| self.failing.as_ref().map(|failing| failing.message.clone())),
        }
    }

    /// Whether nothing new has come for a week, and for four times as long as is usual.
    fn silence(&self, now: Timestamp) -> Option<Silence> {
        let since = self.last_new.unwrap_or(self.added);
        let mut gaps = self.gaps.clone();
        gaps.sort_unstable();
        let usual_gap = gaps.get(gaps.len() / 2).copied().filter(|_| gaps.len() >= 3);
        let patience = usual_gap.map_or(PATIENCE, |gap| gap.saturating_mul(4).max(PATIENCE));
        (now.as_second() - since.as_second() > patience).then_some(Silence { since, usual_gap })
    }
}
