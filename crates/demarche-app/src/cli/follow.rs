//! How to fetch, and the commands that follow sources.

use std::{num::NonZeroUsize, path::PathBuf, time::Duration};

use clap::{Args, Subcommand};
use demarche_sources::fetch::{Fetcher, Options};

use super::{ReaderArgs, default_jobs, store::StoreArg};

/// How to fetch.
#[derive(Args)]
pub(crate) struct FetchArgs {
    /// Fetch from addresses in the local network, too
    #[arg(long)]
    pub(crate) allow_local: bool,
    /// Pause between two requests to one host; less than a second only with --allow-local. A longer one that robots.txt
    /// asks for is kept
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = parse_pause)]
    pub(crate) pause: f64,
}

impl FetchArgs {
    /// A fetcher that asks nothing yet.
    pub(crate) fn fetcher(&self) -> Fetcher {
        let pause = if self.allow_local { self.pause } else { self.pause.max(1.0) };
        Fetcher::new(Options { allow_local: self.allow_local, delay: Duration::from_secs_f64(pause), ..Options::default() })
    }
}

const FOLLOW_HELP: &str = "\
Examples:
  demarche follow add https://www.mofa.go.jp/rss/index.xml      follow a feed: RSS, Atom, JSON Feed, or a sitemap
  demarche follow run --once                                    ask every source whose time has come; for cron:
  */15 * * * *  demarche follow run --once --quiet --store korea.sqlite
  demarche follow run                                           stay, and ask each when its time has come; Ctrl-C ends
  demarche follow list                                          what each gave, when it is next asked, who is silent

A source is asked sooner after news, later without, and after failures less and less often. Its entries are
kept and read as by `demarche add`; entries that are only a summary or an address are fetched. An entry that
changes is kept as a new version beside the old one. How far a source has come is kept in one transaction with
its documents, so that a stop at any moment loses nothing.";

#[derive(Args)]
#[command(after_help = FOLLOW_HELP)]
pub(crate) struct FollowArgs {
    #[command(subcommand)]
    pub(crate) command: FollowCommand,
}

#[derive(Subcommand)]
pub(crate) enum FollowCommand {
    /// Follows feeds, sitemaps or pages from now on
    Add {
        /// Addresses
        #[arg(required = true, value_name = "URL", value_parser = parse_address)]
        addresses: Vec<String>,
        #[command(flatten)]
        store: StoreArg,
    },
    /// Tells what is followed, what each source gave, and which fail or have fallen silent
    List {
        /// One JSON array
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        store: StoreArg,
    },
    /// Follows sources no longer; what they gave stays
    Remove {
        /// Addresses, as `demarche follow list` prints them
        #[arg(required = true, value_name = "URL")]
        addresses: Vec<String>,
        #[command(flatten)]
        store: StoreArg,
    },
    /// Asks the sources whose time has come, and keeps and reads what is new or changed
    Run(FollowRunArgs),
}

#[derive(Args)]
#[command(after_help = FOLLOW_HELP)]
pub(crate) struct FollowRunArgs {
    /// Ask once those whose time has come, and end
    #[arg(long)]
    pub(crate) once: bool,
    /// Ask all sources, also those whose time has not come; with --once
    #[arg(long, requires = "once")]
    pub(crate) all: bool,
    /// Fetch at most so many pages for a source in one round; the others follow in the next
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) pages: usize,
    /// How many sources to ask at the same time
    #[arg(long, short, value_name = "N", default_value_t = default_jobs())]
    pub(crate) jobs: NonZeroUsize,
    /// Say nothing of sources that gave nothing new
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) fetch: FetchArgs,
    /// A folder with your own tables, laid over the built-in ones; may be repeated
    #[arg(long, value_name = "FOLDER")]
    pub(crate) facts: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reader: ReaderArgs,
    #[command(flatten)]
    pub(crate) store: StoreArg,
}

fn parse_pause(text: &str) -> Result<f64, String> {
    let seconds = text.parse().ok().filter(|seconds: &f64| (0.0..=3600.0).contains(seconds));
    seconds.ok_or_else(|| format!("`{text}` is no number of seconds from 0 to 3600"))
}

fn parse_address(text: &str) -> Result<String, String> {
    let text = text.trim();
    match crate::input::is_address(text) {
        true => Ok(text.to_owned()),
        false => Err(format!("`{text}` is no address of the web; it begins with https:// or http://")),
    }
}
