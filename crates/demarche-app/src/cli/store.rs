//! The commands that keep documents in a store and ask it.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use demarche_store::Who;
use jiff::{Timestamp, civil};

use super::{FetchArgs, InputArgs, ReaderArgs, default_jobs, parse_date};

/// Which store.
#[derive(Args)]
pub(crate) struct StoreArg {
    /// The store's file [default: DEMARCHE_STORE, else demarche.sqlite in your data folder]
    #[arg(long = "store", value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
}

pub(super) const ADD_HELP: &str = "\
Examples:
  demarche add archive/ news.jsonl                  keep and read all of it; again: only what is new
  demarche --store korea.sqlite add 'samples/*.md'  a store of its own
  demarche add --reader fast archive/               quickly, by rules alone; `reread` reads better later
  demarche add news.warc.gz newsletters.mbox        every page of a web archive, every message of a mailbox
  demarche add https://www.mofa.go.jp/rss/index.xml every entry of a feed, and the pages that they lead to
  demarche add --no-fetch feed.xml                  the entries alone, as they stand in the feed
  demarche add 20260113091500.export.CSV.zip        events of GDELT, as foreign events in a table of their own

Feeds (RSS, Atom, JSON Feed), sitemaps, web archives (WARC, ARC), mailboxes, mail, saved pages, PDF files and
packed files (gzip, zstd, zip) are told by their content. Addresses are fetched as robots.txt allows, one
request at a time to a host; those in the local network only with --allow-local.

A document is known by its bytes: the same text from two places is kept and read once. What was confirmed is
kept, whatever happens then; Ctrl-C ends after the batch at hand, and the same command goes on from there.";

pub(super) const EVENTS_HELP: &str = "\
Examples:
  demarche events --actor KOR --with JPN --since 2025-01-01
  demarche events --actor Takaichi --type CONSULT --status planned
  demarche events --with CHN --status threatened,refused -f csv > quarrels.csv
  demarche events --published-by 2025-08-22           what one could have known on that day
  demarche events --known-at 2026-01-13               what this store held on that day

The newest come first, an event without a day of its own under its day of publication. `planned` is scheduled,
agreed, promised and expected; `done` is happened and under_way. docs/store.md explains the columns.";

pub(super) const SEARCH_HELP: &str = "\
Examples:
  demarche search 'export controls'                 both words, in any place
  demarche search '\"export controls\" -chips'       the phrase, without chips
  demarche search 'sanction* OR embargo'            words that begin so, or the other
  demarche search 공급망                            Korean, Japanese and Chinese, from one character on
  demarche search 'supply chains' --actor KOR --with JPN --type CONSULT --status planned

Case and accents do not matter. With --actor, --with, --type or --status only documents with such an event are
found, and their events are shown.";

#[derive(Args)]
#[command(after_help = ADD_HELP)]
#[command(mut_arg("paths", |paths| paths.value_name("PATH|URL").help("Files, folders, quoted globs, addresses (https://…), or - for standard input")))]
pub(crate) struct AddArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Fetch nothing for the entries of lists: a summary is kept as it stands, an address alone is left out
    #[arg(long)]
    pub(crate) no_fetch: bool,
    #[command(flatten)]
    pub(crate) fetch: FetchArgs,
    #[command(flatten)]
    pub(crate) store: StoreArg,
}

#[derive(Args)]
pub(crate) struct RereadArgs {
    #[command(flatten)]
    pub(crate) store: StoreArg,
    /// A folder with your own tables, laid over the built-in ones; may be repeated
    #[arg(long, value_name = "FOLDER")]
    pub(crate) facts: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reader: ReaderArgs,
    /// How many documents to read at the same time
    #[arg(long, short, value_name = "N", default_value_t = default_jobs())]
    pub(crate) jobs: std::num::NonZeroUsize,
    /// Only say how many documents would be read again
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// No progress bar
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// As of when.
#[derive(Args)]
pub(crate) struct ViewArgs {
    /// Only documents published by the end of that day; undated ones are left out
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) published_by: Option<civil::Date>,
    /// What this store held at that time (UTC): YYYY-MM-DD for the end of that day, or YYYY-MM-DDTHH:MM:SS
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub(crate) known_at: Option<Timestamp>,
}

/// Which part of the record.
#[derive(Args)]
pub(crate) struct FilterArgs {
    /// Who has a part in the event or speaks of it: a code (KOR) or words of a name. May be repeated: all must
    #[arg(long, value_name = "WHO", value_parser = parse_who)]
    pub(crate) actor: Vec<Who>,
    /// With whom: as --actor
    #[arg(long, value_name = "WHO", value_parser = parse_who)]
    pub(crate) with: Vec<Who>,
    /// The act spoken of, such as CONSULT; several by commas
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    pub(crate) acts: Vec<String>,
    /// Its status, such as happened, refused, or planned and done for several; several by commas
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub(crate) status: Vec<String>,
    /// Not before that day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) since: Option<civil::Date>,
    /// Not after that day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) until: Option<civil::Date>,
    /// Words of the publisher's name
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Option<String>,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    /// At most so many, 0 for all [default: 50 in tables and searches, all in other formats]
    #[arg(long, short = 'n', value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// What to print
    #[arg(long, short, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) store: StoreArg,
}

#[derive(Args)]
#[command(after_help = EVENTS_HELP)]
pub(crate) struct EventsArgs {
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

#[derive(Args)]
pub(crate) struct DocumentsArgs {
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

#[derive(Args)]
#[command(after_help = SEARCH_HELP)]
pub(crate) struct SearchArgs {
    /// Words, "phrases", beginnings*, -without, OR
    #[arg(required = true, value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: String,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

#[derive(Args)]
pub(crate) struct ShowArgs {
    /// The id of a document or event, as the lists give it; the first digits are enough
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// What to print of it
    #[arg(long, short, value_enum, default_value_t = ShowFormat::Text)]
    pub(crate) format: ShowFormat,
    #[command(flatten)]
    pub(crate) store: StoreArg,
}

#[derive(Args)]
pub(crate) struct StoreArgs {
    #[command(subcommand)]
    pub(crate) command: StoreCommand,
}

#[derive(Subcommand)]
pub(crate) enum StoreCommand {
    /// Tells how much is in the store
    Stats {
        #[command(flatten)]
        store: StoreArg,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Looks at every page, index and document; exit code 3 where something is wrong
    Check {
        #[command(flatten)]
        store: StoreArg,
    },
    /// Copies the store to a new file, also while something is being added
    Backup {
        /// The new file
        #[arg(value_name = "FILE")]
        to: PathBuf,
        #[command(flatten)]
        store: StoreArg,
    },
    /// Gives unused room back to the disk
    Vacuum {
        #[command(flatten)]
        store: StoreArg,
    },
}

/// What the lists print.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Table,
    /// One JSON array
    Json,
    /// A JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// PLOVER 2.0 JSON Lines: one flat record an event (events only)
    Plover,
}

/// What `show` prints.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowFormat {
    /// For people
    Text,
    /// The record as JSON
    Json,
    /// A document's canonical text, to which all spans refer
    Canonical,
    /// A document's raw bytes
    Raw,
}

fn parse_who(text: &str) -> Result<Who, String> {
    match Who::parse(text) {
        Who::Name(name) if name.is_empty() => Err("name somebody: a code such as KOR, or words of a name".to_owned()),
        who => Ok(who),
    }
}

fn parse_time(text: &str) -> Result<Timestamp, String> {
    let utc = |civil: civil::DateTime| jiff::tz::Offset::UTC.to_timestamp(civil);
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let civil = match text.parse::<civil::Date>() {
        Ok(day) if text.len() <= 10 => Ok(day.at(23, 59, 59, 999_999_999)),
        _ => text.parse::<civil::DateTime>(),
    };
    civil.and_then(utc).map_err(|_| format!("`{text}` is no time; write it as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS"))
}
