//! How sources do: what each gave, when it is asked next, which fail and which have fallen silent.

use std::io::{self, Write};

use demarche_sources::follow::Standing;
use demarche_store::Store;
use jiff::Timestamp;
use serde::Serialize;

use super::{Outcome, round::State};

/// A source as the list prints it.
#[derive(Serialize)]
struct Line {
    /// As it was added; `standing.address` is where it is asked now.
    source: String,
    #[serde(flatten)]
    standing: Standing,
    /// Pages that are still to be fetched.
    pending: usize,
}

pub(super) fn list(store: &Store, json: bool) -> anyhow::Result<Outcome> {
    let now = Timestamp::now();
    let mut lines = Vec::new();
    let mut outcome = Outcome::Complete;
    for followed in store.followed()? {
        match State::parse(&followed) {
            Ok(state) => {
                lines.push(Line { source: followed.address, standing: state.follow.standing(now), pending: state.pending.len() });
            }
            Err(message) => {
                anstream::eprintln!("demarche: {message}");
                outcome = Outcome::LeftOut;
            }
        }
    }
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, &lines).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for line in &lines {
            write(line, now, &mut out)?;
        }
        if lines.is_empty() {
            anstream::eprintln!("{}: nothing is followed; `demarche follow add URL` does", store.path().display());
        }
    }
    Ok(outcome)
}

fn write(line: &Line, now: Timestamp, out: &mut impl Write) -> io::Result<()> {
    let s = &line.standing;
    let title = s.title.as_ref().map(|title| format!("  {title}")).unwrap_or_default();
    writeln!(out, "{}{title}", line.source)?;
    if s.address != line.source {
        writeln!(out, "    has moved to {}", s.address)?;
    }
    let c = &s.counts;
    let pending = if line.pending > 0 { format!(", {} pages to fetch", line.pending) } else { String::new() };
    let last = s.last_new.map_or("nothing new yet".to_owned(), |last| format!("last news {}", ago(last, now)));
    let next = s.next.map_or("not asked any more".to_owned(), |next| format!("next {}", ahead(next, now)));
    writeln!(
        out,
        "    asked {} times, failed {}; {} new, {} changed, {} gone{pending}; {last}, {next}",
        c.polls, c.failures, c.new, c.changed, c.gone
    )?;
    for trouble in troubles(s, now) {
        writeln!(out, "    {trouble}")?;
    }
    Ok(())
}

/// What a person should look at: it fails, or has fallen silent.
pub(super) fn troubles(s: &Standing, now: Timestamp) -> Vec<String> {
    let mut troubles = Vec::new();
    if let Some(failure) = &s.failure {
        let since = s.failing_since.map(|since| format!(" since {}", ago(since, now))).unwrap_or_default();
        troubles.push(format!("fails{since}: {failure}"));
    }
    if let Some(silence) = &s.silent {
        let usual = silence.usual_gap.map(|gap| format!(", and usually has news every {}", span(gap))).unwrap_or_default();
        troubles.push(format!("silent: nothing new since {}{usual}", ago(silence.since, now)));
    }
    troubles
}

fn ago(then: Timestamp, now: Timestamp) -> String {
    format!("{} ago", span(now.as_second() - then.as_second()))
}

/// In how long.
pub(super) fn ahead(then: Timestamp, now: Timestamp) -> String {
    match then.as_second() - now.as_second() {
        ..=0 => "now".to_owned(),
        seconds => format!("in {}", span(seconds)),
    }
}

/// In the largest unit of which there are at least two.
fn span(seconds: i64) -> String {
    match seconds.max(0) {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds @ 7200..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} days", seconds / 86_400),
    }
}
