//! One request at a time to a host, and a pause between two.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use url::Url;

/// A longer pause than this is not kept, whatever `robots.txt` wishes.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// All hosts that were asked.
pub(super) struct Hosts {
    delay: Duration,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

struct Host {
    /// Held while a request is under way: when the last one ended.
    turn: Mutex<Option<Instant>>,
    delay: Mutex<Duration>,
}

impl Hosts {
    pub(super) fn new(delay: Duration) -> Hosts {
        Hosts { delay, hosts: Mutex::new(HashMap::new()) }
    }

    fn host(&self, url: &Url) -> Arc<Host> {
        let name = url.host_str().unwrap_or_default().to_owned();
        // A thread that panicked left nothing half done here.
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Host { turn: Mutex::new(None), delay: Mutex::new(self.delay) });
        Arc::clone(hosts.entry(name).or_insert_with(new))
    }

    /// Waits for the host's turn and pause, then does `request`.
    pub(super) fn in_turn<T>(&self, url: &Url, request: impl FnOnce() -> T) -> T {
        let host = self.host(url);
        let mut last = host.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let delay = *host.delay.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(left) = last.and_then(|last| delay.checked_sub(last.elapsed())) {
            thread::sleep(left);
        }
        let result = request();
        *last = Some(Instant::now());
        result
    }

    /// Keeps a longer pause for a host that asks for it.
    pub(super) fn slow_down(&self, url: &Url, delay: Option<Duration>) {
        if let Some(delay) = delay {
            let host = self.host(url);
            let mut kept = host.delay.lock().unwrap_or_else(PoisonError::into_inner);
            *kept = (*kept).max(delay.min(LONGEST_DELAY));
        }
    }
}
