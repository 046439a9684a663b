//! Every command, every flag, and its help.

mod facts;
mod follow;
mod store;

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub(crate) use facts::{ActorsArgs, ActorsCommand, FactsFormat, ImportArgs, ImportSource, PostsArgs};
pub(crate) use follow::{FetchArgs, FollowArgs, FollowCommand, FollowRunArgs};
pub(crate) use store::{
    AddArgs, DocumentsArgs, EventsArgs, FilterArgs, ListFormat, RereadArgs, SearchArgs, ShowArgs, ShowFormat, StoreArg, StoreArgs,
    StoreCommand, ViewArgs,
};

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
  demarche add archive/                          keep and read what is new, in your store
  demarche follow add URL; demarche follow run   keep what a feed brings
  demarche events --actor KOR --with JPN         ask the store; `demarche search WORDS` for full text
  demarche actors Takaichi --on 2026-01-12       who that is, and in which office that day
  cat story.txt | demarche read --published 2026-01-12 -

Exit codes: 0 all read · 1 nothing could be done · 2 wrong command line · 3 something was left out (told on standard error)";

const READ_HELP: &str = "\
Examples:
  demarche read samples                             folders are read with all that is in them
  demarche read 'archive/*.html' --jobs 2           quote a glob, and the program expands it
  demarche read -f jsonl news.jsonl > records.jsonl a record a line, for programs
  demarche read --text-field body --date-field day news.jsonl
  demarche read -f tsv samples > events.tsv         for those who work with POLECAT or ICEWS
  demarche read --facts mine story.txt              mine/tenures.tsv knows a minister of yesterday

In text output each sentence is followed by its events: act and mode, status, actors → recipients, day,
subjects, who says so, and in brackets the PLOVER type where it differs from the act. Sentences are
counted from 1 there, and from 0 in JSON. docs/record.md explains every key of the other formats.

A document without a known day of publication is read, but \"on Tuesday\" stays open: see --published.";

const TIMELINE_HELP: &str = "\
Examples:
  demarche timeline samples --pair KOR JPN
  demarche timeline archive -f json > chronology.json
  demarche timeline --pair KOR JPN --published-by 2025-08-22   from the store (see `demarche add`)

Reports of one encounter in several documents stand together, with the history of its stages (announced,
postponed, held). \"about\" before a date means that no document names the day.";

const EVAL_HELP: &str = "\
Examples:
  demarche eval status eval/status/dev.tsv --errors
  demarche eval gold eval/gold/dev.jsonl --texts FOLDER
  demarche eval relations PLV_test.tsv --format json
  demarche eval encounters FOLDER/whitehouse --visits FOLDER/events_us

docs/eval.md tells where the sets come from, what the figures mean and how they are reached.";

const COMPLETIONS_HELP: &str = "\
Examples:
  demarche completions bash > ~/.local/share/bash-completion/completions/demarche
  demarche completions zsh > ~/.zfunc/_demarche
  demarche completions fish > ~/.config/fish/completions/demarche.fish";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Reads documents and prints what they say happened, is planned, urged or denied
    #[command(after_help = READ_HELP)]
    Read(ReadArgs),
    /// Prints the encounters of many documents as one chronology
    #[command(after_help = TIMELINE_HELP)]
    Timeline(TimelineArgs),
    /// Keeps documents in the store and reads those that it does not know
    Add(AddArgs),
    /// Follows feeds and sitemaps, and keeps and reads what is new or changed in them
    Follow(FollowArgs),
    /// Reads documents of the store again where another reader or other facts made their reading
    Reread(RereadArgs),
    /// Lists events of the store
    Events(EventsArgs),
    /// Lists documents of the store
    Documents(DocumentsArgs),
    /// Finds documents of the store by their words
    Search(SearchArgs),
    /// Shows a document or an event of the store
    Show(ShowArgs),
    /// Tends the store: stats, check, backup, vacuum
    Store(StoreArgs),
    /// Tells who someone is, which posts they held when, and where that is known from
    Actors(ActorsArgs),
    /// Tells who held which post of a state or organisation
    Posts(PostsArgs),
    /// Measures the reader on an annotated set
    #[command(after_help = EVAL_HELP)]
    Eval(EvalArgs),
    /// Prints a completion script for your shell
    #[command(after_help = COMPLETIONS_HELP)]
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
            Command::Add(args) => Some(&mut args.input.facts),
            Command::Follow(FollowArgs { command: FollowCommand::Run(args) }) => Some(&mut args.facts),
            Command::Follow(_) => None,
            Command::Reread(args) => Some(&mut args.facts),
            Command::Eval(args) => Some(&mut args.facts),
            Command::Actors(ActorsArgs { command: Some(ActorsCommand::Import(args)), .. }) => Some(&mut args.facts.folders),
            Command::Actors(args) => Some(&mut args.facts.folders),
            Command::Posts(args) => Some(&mut args.facts.folders),
            Command::Events(_) | Command::Documents(_) | Command::Search(_) | Command::Show(_) | Command::Store(_) => None,
            Command::Completions { .. } | Command::Man => None,
        }
    }

    /// The file of --store, where the command takes one.
    pub(crate) fn store(&mut self) -> Option<&mut Option<PathBuf>> {
        let arg = match self {
            Command::Add(args) => &mut args.store,
            Command::Follow(args) => match &mut args.command {
                FollowCommand::Add { store, .. } | FollowCommand::List { store, .. } | FollowCommand::Remove { store, .. } => store,
                FollowCommand::Run(args) => &mut args.store,
            },
            Command::Reread(args) => &mut args.store,
            Command::Events(args) => &mut args.filter.store,
            Command::Documents(args) => &mut args.filter.store,
            Command::Search(args) => &mut args.filter.store,
            Command::Show(args) => &mut args.store,
            Command::Timeline(args) => &mut args.store,
            Command::Store(args) => match &mut args.command {
                StoreCommand::Stats { store, .. }
                | StoreCommand::Check { store }
                | StoreCommand::Backup { store, .. }
                | StoreCommand::Vacuum { store } => store,
            },
            _ => return None,
        };
        Some(&mut arg.path)
    }
}

/// Who reads, shared by all commands that read.
#[derive(Args)]
pub(crate) struct ReaderArgs {
    /// learned: rules, and a small trained model that decides; fast: rules alone, some twenty times as fast
    #[arg(long, value_enum, default_value_t = ReaderKind::Learned)]
    pub(crate) reader: ReaderKind,
    /// A folder with weights of your own: judge.onnx and tokenizer.json, as training/ makes them
    #[arg(long, value_name = "FOLDER")]
    pub(crate) judge: Option<PathBuf>,
    /// learned: ask about every sentence that names somebody, also where no word seems to name an act; slower, for little more
    #[arg(long)]
    pub(crate) ask_all: bool,
}

/// Who decides what a sentence tells.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReaderKind {
    /// Rules and the learned judge
    Learned,
    /// Rules alone
    Fast,
}

/// What to read, shared by all commands that read.
#[derive(Args)]
pub(crate) struct InputArgs {
    /// Files, folders, quoted globs, or - for standard input. Plain text, Markdown, HTML and JSON Lines are told apart by
    /// name and content
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Day of publication of all documents (YYYY-MM-DD). Wins over what they say themselves; relative dates are resolved
    /// against it
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) published: Option<Date>,
    /// Language of all documents, as an ISO 639-1 code, where they seem to be in another. Only English is understood
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// Format of all documents, instead of telling it by name and content
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(crate) input: Option<InputFormat>,
    /// JSON Lines: the field that holds the text (default: text, body, content, …)
    #[arg(long, value_name = "FIELD")]
    pub(crate) text_field: Option<String>,
    /// JSON Lines: the field that holds the title (default: title, headline)
    #[arg(long, value_name = "FIELD")]
    pub(crate) title_field: Option<String>,
    /// JSON Lines: the field that holds the day of publication (default: published, date, pubDate, …)
    #[arg(long, value_name = "FIELD")]
    pub(crate) date_field: Option<String>,
    /// A folder with your own tables, laid over the built-in ones: persons.tsv, tenures.tsv, titles.tsv …, with the columns of
    /// those in crates/demarche/data. May be repeated; the later wins
    #[arg(long, value_name = "FOLDER")]
    pub(crate) facts: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reader: ReaderArgs,
    /// How many documents to read at the same time; the output is the same at any number
    #[arg(long, short, value_name = "N", default_value_t = default_jobs())]
    pub(crate) jobs: NonZeroUsize,
    /// No progress bar (it is shown on terminals only, and on long runs only)
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
#[command(mut_arg("paths", |paths| paths.required(false).help("Files, folders, quoted globs, or - for standard input; without any, the documents of the store")))]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) store: StoreArg,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
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
    #[command(flatten)]
    pub(crate) reader: ReaderArgs,
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
    /// Words scored by whether what they name happened (MEANTIME, unified factuality)
    Factuality,
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
