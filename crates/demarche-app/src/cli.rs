//! Every command, every flag, and its help.

mod facts;

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub(crate) use facts::{ActorsArgs, ActorsCommand, FactsFormat, ImportArgs, ImportSource, PostsArgs};

/// Reads news and official documents and shows the diplomacy in them: who met whom, in which office, on what agenda, what was
/// agreed, urged or denied – each with the sentence it came from.
#[derive(Parser)]
#[command(name = "demarche", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  demarche read story.txt                        what one story says
  demarche read --format jsonl archive/ > out    a whole folder, a JSON object a line
  demarche timeline samples --pair KOR JPN       the chronology of two states
  demarche actors Takaichi --on 2026-01-12       who that is, and in which office that day
  cat story.txt | demarche read --published 2026-01-12 -

Exit codes: 0 all read · 1 nothing could be done · 2 wrong command line · 3 something was left out (told on standard error)";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Reads documents and prints what they say happened, is planned, urged or denied
    Read(ReadArgs),
    /// Prints the encounters of many documents as one chronology
    Timeline(TimelineArgs),
    /// Tells who someone is, which posts they held when, and where that is known from
    Actors(ActorsArgs),
    /// Tells who held which post of a state or organisation
    Posts(PostsArgs),
    /// Measures the reader on an annotated set
    Eval(EvalArgs),
    /// Prints a completion script for your shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Prints the man page (roff): demarche man | man -l -
    Man,
}

impl Command {
    /// The folders of --facts, where the command takes them.
    pub(crate) fn facts(&mut self) -> Option<&mut Vec<PathBuf>> {
        match self {
            Command::Read(args) => Some(&mut args.input.facts),
            Command::Timeline(args) => Some(&mut args.input.facts),
            Command::Eval(args) => Some(&mut args.facts),
            Command::Actors(ActorsArgs { command: Some(ActorsCommand::Import(args)), .. }) => Some(&mut args.facts.folders),
            Command::Actors(args) => Some(&mut args.facts.folders),
            Command::Posts(args) => Some(&mut args.facts.folders),
            Command::Completions { .. } | Command::Man => None,
        }
    }
}

/// What to read, shared by all commands that read.
#[derive(Args)]
pub(crate) struct InputArgs {
    /// Files, folders, quoted globs, or - for standard input. Plain text, Markdown, HTML and JSON Lines are told apart by
    /// name and content
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Day of publication of all documents, where they do not say it themselves or say it wrongly
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) published: Option<Date>,
    /// Language of all documents, as an ISO 639-1 code
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// Format of all documents, instead of telling it by name and content
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(crate) input: Option<InputFormat>,
    /// JSON Lines: the field that holds the text (default: text, body, content, …)
    #[arg(long, value_name = "FIELD")]
    pub(crate) text_field: Option<String>,
    /// JSON Lines: the field that holds the title
    #[arg(long, value_name = "FIELD")]
    pub(crate) title_field: Option<String>,
    /// JSON Lines: the field that holds the date
    #[arg(long, value_name = "FIELD")]
    pub(crate) date_field: Option<String>,
    /// A folder with your own tables of persons, posts, organisations …, laid over the built-in ones; may be repeated
    #[arg(long, value_name = "FOLDER")]
    pub(crate) facts: Vec<PathBuf>,
    /// How many documents to read at the same time
    #[arg(long, short, value_name = "N", default_value_t = default_jobs())]
    pub(crate) jobs: NonZeroUsize,
    /// No progress bar
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Args)]
pub(crate) struct ReadArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// What to print
    #[arg(long, short, value_enum, default_value_t = OutputFormat::Text)]
    pub(crate) format: OutputFormat,
    /// Text: show all sentences, not only those with events
    #[arg(long, short)]
    pub(crate) all: bool,
}

#[derive(Args)]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Only encounters in which both of these took part (ISO 3166-1 alpha-3)
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub(crate) pair: Option<Vec<String>>,
    /// What to print
    #[arg(long, short, value_enum, default_value_t = TimelineFormat::Text)]
    pub(crate) format: TimelineFormat,
}

#[derive(Args)]
pub(crate) struct EvalArgs {
    /// Which kind of set
    #[arg(value_enum)]
    pub(crate) kind: EvalKind,
    /// The set; for encounters the documents: files, folders or globs
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// What to print
    #[arg(long, short, value_enum, default_value_t = EvalFormat::Text)]
    pub(crate) format: EvalFormat,
    /// Print what was read wrongly, too
    #[arg(long)]
    pub(crate) errors: bool,
    /// status, encounters: day of publication of all texts
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) published: Option<Date>,
    /// gold: the folder that the marked documents are kept in
    #[arg(long, value_name = "FOLDER")]
    pub(crate) texts: Option<PathBuf>,
    /// encounters: the folder with the known visits and trips
    #[arg(long, value_name = "FOLDER")]
    pub(crate) visits: Option<PathBuf>,
    /// encounters: list all encounters found, for checking by hand
    #[arg(long)]
    pub(crate) list: bool,
    /// A folder with your own tables, laid over the built-in ones; may be repeated
    #[arg(long, value_name = "FOLDER")]
    pub(crate) facts: Vec<PathBuf>,
}

/// Kinds of annotated sets.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum EvalKind {
    /// Sentences with two marked spans and the PLOVER type between them
    Relations,
    /// PLOVER gold records, 2016 or 2.0 shape
    Events,
    /// Sentences with act, status and participants
    Status,
    /// Year, state, name and post, as of the speakers at the UN General Debate
    Posts,
    /// Documents, against known visits and trips
    Encounters,
    /// The project's stand-off gold
    Gold,
}

/// What `eval` prints.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum EvalFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
}

/// Kinds of files.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum InputFormat {
    /// Plain text
    Text,
    /// Markdown, with or without front matter
    Markdown,
    /// A web page
    Html,
    /// A JSON object a line
    Jsonl,
}

/// What `read` prints.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people: sentences with their events, encounters, doubts
    Text,
    /// One JSON object a document, indented
    Json,
    /// One JSON object a document, one a line
    Jsonl,
    /// PLOVER 2.0 JSON Lines: one flat record an event
    Plover,
    /// Tab-separated values with POLECAT's columns
    Tsv,
}

/// What `timeline` prints.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum TimelineFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
}

fn default_jobs() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn parse_date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("`{text}` is no date; write it as YYYY-MM-DD"))
}
