//! What a source has listed until now, and what a new list says of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Change;
use crate::item::{Container, Extent, Item, hash};

/// More than this is not remembered of one source: what is listed no longer is forgotten first, the oldest first.
const MOST: usize = 20_000;

/// An item that was listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// Of title and text.
    hash: String,
    address: Option<String>,
    /// When this version was first seen.
    since: Timestamp,
    /// When it was last listed.
    last: Timestamp,
    published: Option<Timestamp>,
    /// Its place in the last list that had it.
    rank: u64,
    listed: bool,
}

/// Compares a list with what was seen, and remembers it.
pub(super) fn compare(seen: &mut BTreeMap<String, Seen>, items: &[Item], whole: bool, now: Timestamp) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut present = BTreeSet::new();
    let mut old = Oldest::default();
    for (index, item) in items.iter().enumerate() {
        let key = key(item, &present);
        if !present.insert(key.clone()) {
            continue;
        }
        let hash = fingerprint(item);
        let mut now_seen = Seen {
            hash,
            address: item.address.clone(),
            since: now,
            last: now,
            published: item.published.as_ref().map(|date| date.order()),
            rank: index as u64,
            listed: true,
        };
        match seen.get(&key) {
            None => changes.push(Change::New(index)),
            Some(before) => {
                if before.listed {
                    old.add(before);
                }
                if before.hash == now_seen.hash {
                    now_seen.since = before.since;
                } else {
                    changes.push(Change::Changed { index, since: before.since });
                }
            }
        }
        seen.insert(key, now_seen);
    }
    if whole {
        // An empty list is a fault of the source rather than the end of all it had.
        let complete = items.first().is_some_and(|item| matches!(item.origin.container, Container::Sitemap | Container::SitemapIndex));
        for (key, missing) in seen.iter_mut().filter(|(key, missing)| missing.listed && !present.contains(*key)) {
            if items.is_empty() {
                break;
            }
            missing.listed = false;
            if complete || old.is_older_than(missing) {
                changes.push(Change::Gone { key: key.clone(), address: missing.address.clone() });
            }
        }
    }
    forget(seen);
    changes
}

/// The oldest of the items that were listed before and still are.
#[derive(Default)]
struct Oldest {
    published: Option<Timestamp>,
    rank: Option<u64>,
}

impl Oldest {
    fn add(&mut self, seen: &Seen) {
        self.published = self.published.into_iter().chain(seen.published).min();
        self.rank = self.rank.max(Some(seen.rank));
    }

    /// Whether an item older than `missing` is still listed: then `missing` did not just make room.
    fn is_older_than(&self, missing: &Seen) -> bool {
        match (self.published, missing.published) {
            (Some(oldest), Some(published)) => oldest < published,
            _ => self.rank.is_some_and(|rank| rank > missing.rank),
        }
    }
}

/// What an item is known by.
fn key(item: &Item, present: &BTreeSet<String>) -> String {
    let address = item.address.as_deref().unwrap_or_default();
    let key = item.id.as_deref().filter(|id| !id.is_empty()).unwrap_or(address);
    match key {
        "" if !item.origin.container.is_listing() => "the page itself".to_owned(),
        "" => fingerprint(item),
        // Some feeds give all their entries one name.
        key if present.contains(key) => format!("{key} {address}"),
        key => key.to_owned(),
    }
}

fn fingerprint(item: &Item) -> String {
    let mut words = item.title.clone().unwrap_or_default().into_bytes();
    words.push(0);
    words.extend_from_slice(&item.bytes);
    if item.extent != Extent::Full
        && let Some(updated) = &item.updated
    {
        words.push(0);
        words.extend_from_slice(updated.written.as_bytes());
    }
    hash(&words)
}

fn forget(seen: &mut BTreeMap<String, Seen>) {
    let Some(surplus) = seen.len().checked_sub(MOST).filter(|surplus| *surplus > 0) else { return };
    let mut unlisted: Vec<(Timestamp, String)> =
        seen.iter().filter(|(_, seen)| !seen.listed).map(|(key, seen)| (seen.last, key.clone())).collect();
    unlisted.sort();
    for (_, key) in unlisted.into_iter().take(surplus) {
        seen.remove(&key);
    }
}
