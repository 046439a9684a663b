//! What `robots.txt` allows, kept for a day for each host.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use robotxt::AccessResult;
use url::Url;

use crate::{SourceError, error::Kind};

const KEPT: Duration = Duration::from_secs(24 * 3600);
const KEPT_UNREACHABLE: Duration = Duration::from_secs(600);
/// What stands after the first 500 KiB is not read, as RFC 9309 allows.
const MOST: usize = 500 << 10;

/// The rules of all hosts that were asked.
pub(super) struct Robots {
    agent: String,
    known: Mutex<HashMap<String, Arc<Rules>>>,
}

/// The rules of one host.
pub(super) struct Rules {
    until: Instant,
    rules: robotxt::Robots,
    /// Whether the file is there and could not be had.
    unreachable: bool,
    /// Why nothing is known; then nothing is allowed.
    failure: Option<SourceError>,
}

impl Robots {
    pub(super) fn new(agent: &str) -> Robots {
        let name = agent.split(['/', ' ']).next().unwrap_or_default();
        Robots { agent: name.to_owned(), known: Mutex::new(HashMap::new()) }
    }

    /// The rules of an address's host, fetched if they are not known.
    pub(super) fn of(&self, url: &Url, fetch: impl FnOnce(&Url) -> Result<(u16, Vec<u8>), SourceError>) -> Arc<Rules> {
        let origin = url.origin().ascii_serialization();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&origin).cloned();
        if let Some(rules) = known.filter(|rules| rules.until > Instant::now()) {
            return rules;
        }
        let mut address = url.clone();
        address.set_path("/robots.txt");
        address.set_query(None);
        let rules = Arc::new(self.read(fetch(&address)));
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(origin, Arc::clone(&rules));
        rules
    }

    fn read(&self, fetched: Result<(u16, Vec<u8>), SourceError>) -> Rules {
        let from = |access: AccessResult<'_>| robotxt::Robots::from_access(access, self.agent.as_str());
        let now = Instant::now();
        let known = |rules| Rules { until: now + KEPT, rules, unreachable: false, failure: None };
        let unknown = |failure| Rules { until: now + KEPT_UNREACHABLE, rules: from(AccessResult::Unreachable), unreachable: true, failure };
        match fetched {
            Ok((200..=299, bytes)) => known(from(AccessResult::Successful(&bytes[..bytes.len().min(MOST)]))),
            Ok((429 | 500..=599, _)) => unknown(None),
            Ok(_) => known(from(AccessResult::Unavailable)),
            Err(error) => unknown(Some(error)),
        }
    }
}

impl Rules {
    /// Whether an address may be fetched, and the pause that the host asks for.
    pub(super) fn allow(&self, url: &Url) -> Result<Option<Duration>, SourceError> {
        if let Some(error) = &self.failure {
            return Err(match error.is_refused() {
                true => Kind::Refused.error(url.as_str(), error.message()),
                false => Kind::Unreachable.error(url.as_str(), error.message()),
            });
        }
        match self.rules.is_url_allowed(url) {
            true => Ok(self.rules.crawl_delay()),
            false if self.unreachable => {
                Err(Kind::Unreachable.error(url.as_str(), "its robots.txt cannot be had just now: it is not fetched; try again later"))
            }
            false => Err(Kind::Refused.error(url.as_str(), "its robots.txt asks programs not to fetch it")),
        }
    }
}
