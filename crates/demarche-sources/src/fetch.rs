//! An address → its bytes, politely.
//!
//! Before anything is asked of a host, its `robots.txt` is read ([`robots`]); one request at a time goes to a host, with a
//! pause between two ([`hosts`]). Each redirect is treated as a new address: its scheme, its host and its `robots.txt` are
//! looked at again. Names are resolved once; if any of the addresses lies in a local network, nothing is asked, and the
//! connection goes to the very addresses that were looked at ([`address`]). What comes is unpacked under a limit of size
//! and time ([`body`]); what was cut off is given with the reason.

mod address;
mod robots;
mod hosts;
mod body;
mod items;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use ureq::{Agent, http::Response, unversioned::transport::DefaultConnector};
use url::Url;

pub use body::Cut;
pub use items::FetchedItems;

use crate::{SourceError, error::Kind};
use address::{CheckedResolver, checked};
use hosts::Hosts;
use robots::Robots;

/// How to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What the program calls itself; the part before the first `/` is the name that `robots.txt` may address.
    pub agent: String,
    /// Whether addresses in the local network may be asked.
    pub allow_local: bool,
    /// The pause between two requests to one host; a longer `Crawl-delay` counts, up to a minute.
    pub delay: Duration,
    /// How long connecting may take.
    pub connect: Duration,
    /// How long one request may take in all, redirects apart.
    pub total: Duration,
    /// How many bytes are taken, unpacked.
    pub size: usize,
    /// How many redirects are followed.
    pub redirects: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            agent: concat!("demarche/", env!("CARGO_PKG_VERSION"), " (reads news and official documents; +https://example.org/demarche)")
                .into(),
            allow_local: false,
            delay: Duration::from_secs(1),
            connect: Duration::from_secs(10),
            total: Duration::from_secs(60),
            size: 32 << 20,
            redirects: 5,
        }
    }
}

/// By what a server can tell that nothing has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` of the last answer.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The address that answered, after redirects.
    pub address: String,
    /// Where the source has moved for good, if every redirect said so.
    pub moved: Option<String>,
    /// Whether the server says that nothing has changed; then there are no bytes.
    pub not_modified: bool,
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
    /// The media type: "text/html; charset=utf-8".
    pub content_type: Option<String>,
    /// To be given with the next request; empty if the bytes were cut off, so that they are asked for again.
    pub validators: Validators,
    /// Why the bytes end before their time.
    pub cut: Option<Cut>,
}

impl Fetched {
    /// The error to be said of bytes that were cut off.
    pub fn cut_error(&self) -> Option<SourceError> {
        self.cut.map(|cut| {
            let kind = if cut == Cut::Size { Kind::TooLarge } else { Kind::Cut };
            kind.error(&self.address, format!("{}: {} bytes were taken", cut.as_str(), self.bytes.len()))
        })
    }

    /// The encoding that the server names.
    pub fn charset(&self) -> Option<&str> {
        let (_, parameters) = self.content_type.as_deref()?.split_once(';')?;
        let (_, value) =
            parameters.split(';').filter_map(|one| one.split_once('=')).find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
        Some(value.trim().trim_matches(['"', '\'']))
    }
}

/// Fetches addresses; shared by threads, it keeps count of all hosts.
pub struct Fetcher {
    agent: Agent,
    options: Options,
    hosts: Hosts,
    robots: Robots,
}

/// One answer: neither redirects nor errors of HTTP are dealt with yet.
struct Answer {
    status: u16,
    location: Option<String>,
    retry_after: Option<Duration>,
    fetched: Fetched,
}

impl Fetcher {
    /// A fetcher that asks nothing yet.
    pub fn new(options: Options) -> Fetcher {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(options.connect))
            .timeout_resolve(Some(options.connect))
            .timeout_global(Some(options.total))
            .user_agent(options.agent.as_str())
            .accept_encoding("gzip")
            .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5")
            // A proxy would resolve names itself, unchecked.
            .proxy(None)
            .build();
        let resolver = CheckedResolver::new(options.allow_local);
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        let hosts = Hosts::new(options.delay);
        let robots = Robots::new(&options.agent);
        Fetcher { agent, options, hosts, robots }
    }

    /// Fetches an address; with `validators` only if it has changed since.
    ///
    /// # Errors
    /// If the address [is refused](SourceError::is_refused), its host [cannot be reached](SourceError::is_unreachable), or
    /// it answers with an error of HTTP ([`SourceError::status`]).
    pub fn fetch(&self, address: &str, validators: &Validators) -> Result<Fetched, SourceError> {
        let mut url = checked(address, self.options.allow_local)?;
        let mut moved = None;
        let mut permanent = true;
        for _ in 0..=self.options.redirects {
            self.allow(&url)?;
            let answer = self.ask(&url, validators)?;
            match answer.status {
                301 | 302 | 303 | 307 | 308 => {
                    url = self.redirected(&url, &answer)?;
                    permanent &= matches!(answer.status, 301 | 308);
                    moved = permanent.then(|| url.to_string());
                }
                200..=299 | 304 => return Ok(Fetched { moved, ..answer.fetched }),
                status => return Err(refusal(&url, status, answer.retry_after)),
            }
        }
        Err(Kind::Malformed.error(address, format!("leads on to other addresses more than {} times: given up", self.options.redirects)))
    }

    /// Asks `robots.txt`, which is fetched first if it is not known yet.
    fn allow(&self, url: &Url) -> Result<(), SourceError> {
        let rules = self.robots.of(url, |robots| self.fetch_robots(robots));
        let delay = rules.allow(url)?;
        self.hosts.slow_down(url, delay);
        Ok(())
    }

    /// Fetches a `robots.txt`, redirects followed as RFC 9309 has it.
    fn fetch_robots(&self, robots: &Url) -> Result<(u16, Vec<u8>), SourceError> {
        let mut url = robots.clone();
        for _ in 0..=5 {
            let answer = self.ask(&url, &Validators::default())?;
            match answer.status {
                301 | 302 | 303 | 307 | 308 => url = self.redirected(&url, &answer)?,
                status => return Ok((status, answer.fetched.bytes)),
            }
        }
        // More redirects than that count as no file at all.
        Ok((404, Vec::new()))
    }

    fn redirected(&self, from: &Url, answer: &Answer) -> Result<Url, SourceError> {
        let location = answer.location.as_deref().unwrap_or_default();
        let to = from.join(location).ok().filter(|_| !location.is_empty());
        let to = to.ok_or_else(|| Kind::Malformed.error(from.as_str(), "leads on to another address without naming it"))?;
        let checked = checked(to.as_str(), self.options.allow_local);
        checked.map_err(|error| Kind::Refused.error(from.as_str(), format!("leads on to {to}, which {}", error.message())))
    }

    /// One request, when it is its turn.
    fn ask(&self, url: &Url, validators: &Validators) -> Result<Answer, SourceError> {
        self.hosts.in_turn(url, || {
            let mut request = self.agent.get(url.as_str());
            if let Some(etag) = &validators.etag {
                request = request.header("If-None-Match", etag.as_str());
            }
            if let Some(date) = &validators.last_modified {
                request = request.header("If-Modified-Since", date.as_str());
            }
            let response = request.call().map_err(|error| failure(url, &error, &self.options))?;
            Ok(self.answer(url, response))
        })
    }

    fn answer(&self, url: &Url, response: Response<ureq::Body>) -> Answer {
        let status = response.status().as_u16();
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let location = response.headers().get("location").map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let (content_type, encoding) = (header("content-type"), header("content-encoding").unwrap_or_default());
        let retry_after = header("retry-after").and_then(|value| value.trim().parse().ok()).map(Duration::from_secs);
        let validators = Validators { etag: header("etag"), last_modified: header("last-modified") };
        let wanted = matches!(status, 200..=299);
        let (bytes, cut) = match wanted {
            true => body::read(response.into_body().into_reader(), &encoding, self.options.size),
            false => (Vec::new(), None),
        };
        let fetched = Fetched {
            address: url.to_string(),
            moved: None,
            not_modified: status == 304,
            bytes,
            content_type,
            validators: if cut.is_some() { Validators::default() } else { validators },
            cut,
        };
        Answer { status, location, retry_after, fetched }
    }
}

/// What an error of HTTP means for the user.
fn refusal(url: &Url, status: u16, retry_after: Option<Duration>) -> SourceError {
    let meaning = match status {
        401 | 403 | 407 | 451 => "it may not be read without permission",
        404 => "there is nothing at this address",
        410 => "it is gone for good",
        429 => "too many requests: it is asked less often from now on",
        500..=599 => "the server is in trouble: try again later",
        _ => "an answer that is of no use here",
    };
    let error = Kind::Status(status).error(url.as_str(), format!("answers with status {status}: {meaning}"));
    error.retry(retry_after)
}

/// What a failed request means for the user.
fn failure(url: &Url, error: &ureq::Error, options: &Options) -> SourceError {
    let say = |kind: Kind, message: String| kind.error(url.as_str(), message);
    match error {
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => say(Kind::Refused, error.to_string()),
        ureq::Error::Timeout(_) => say(Kind::Unreachable, format!("did not answer within {} s", options.total.as_secs())),
        ureq::Error::HostNotFound => say(Kind::Unreachable, "there is no such host".into()),
        error => say(Kind::Unreachable, format!("cannot be reached: {error}")),
    }
}
