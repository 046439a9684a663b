//! The commands that ask the facts and add to them.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use demarche::import::Mapping;
use jiff::civil::Date;

use super::parse_date;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, after_help = ACTORS)]
pub(crate) struct ActorsArgs {
    #[command(subcommand)]
    pub(crate) command: Option<ActorsCommand>,
    /// A person's name in any order or spelling, a family name, a name in Korean or Chinese writing, a Wikidata id; or an
    /// organisation, group or state
    #[arg(required = true, value_name = "NAME")]
    pub(crate) name: Vec<String>,
    /// Only posts held on that day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) on: Option<Date>,
    /// What to print
    #[arg(long, short, value_enum, default_value_t = FactsFormat::Text)]
    pub(crate) format: FactsFormat,
    #[command(flatten)]
    pub(crate) facts: FactsArgs,
}

const ACTORS: &str = "\
Examples:
  demarche actors Takaichi                           all who may be meant, with their careers
  demarche actors 'Lee Jae-myung' --on 2026-01-12    the posts held that day
  demarche actors import Q884.json --into my-facts   facts from elsewhere (see its own --help)

Exit code 1: nobody of that name is known; similar names are told on standard error.";

#[derive(Subcommand)]
pub(crate) enum ActorsCommand {
    /// Turns files of other projects into tables of your own
    Import(ImportArgs),
}

#[derive(Args)]
#[command(after_help = IMPORT)]
pub(crate) struct ImportArgs {
    /// Files, or - for standard input. Several are read together: positions in one may be named in another
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The folder with your tables; it is made where it is not there. What stands in it is kept
    #[arg(long, value_name = "FOLDER")]
    pub(crate) into: PathBuf,
    /// What the files are, instead of telling it by their content
    #[arg(long, value_name = "SOURCE", value_enum)]
    pub(crate) from: Option<ImportSource>,
    /// SPARQL: which column holds what, as FIELD=COLUMN,… Fields: person, name, aliases, native, gender, born, position,
    /// title, country, country-name, start, start-precision, end, end-precision
    #[arg(long, value_name = "FIELDS")]
    pub(crate) map: Option<Mapping>,
    /// Let a row of the files replace yours, and count before the built-in facts, where both are of the same person, post
    /// or tenure
    #[arg(long)]
    pub(crate) replace: bool,
    /// Wikidata dumps: also take humans who never held a position
    #[arg(long)]
    pub(crate) all_persons: bool,
    /// Only say what would be written
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) facts: FactsArgs,
}

const IMPORT: &str = "\
Sources:
  wikidata   entities as JSON: a dump (an entity a line), a reply of wbgetentities or Special:EntityData, one entity
  sparql     results of a query as JSON, with columns for a person and a position; dates, country and labels as they are
  petrarch   dictionaries of actors (NAME_ [CODE 920101-960101]) or agents (NOUN {PLURAL} [~SUFFIX])

Examples:
  demarche actors import ministers.json --into my-facts
  demarche actors import result.json --into my-facts --map person=who,position=job,start=begun
  demarche read --facts my-facts story.txt

The tables are text; docs/facts.md tells their columns. Exit code 3: some lines could not be read (told on standard error).";

#[derive(Args)]
#[command(after_help = POSTS)]
pub(crate) struct PostsArgs {
    /// A state (KOR, Japan) or organisation (UNO, NATO)
    #[arg(value_name = "STATE", required_unless_present = "coverage")]
    pub(crate) body: Option<String>,
    /// Only holders on that day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) on: Option<Date>,
    /// All holders that are known, not only the last one of each post
    #[arg(long, short, conflicts_with = "on")]
    pub(crate) all: bool,
    /// For which years the facts know every holder of a post; of all states, or of STATE
    #[arg(long, conflicts_with_all = ["on", "all"])]
    pub(crate) coverage: bool,
    /// What to print
    #[arg(long, short, value_enum, default_value_t = FactsFormat::Text)]
    pub(crate) format: FactsFormat,
    #[command(flatten)]
    pub(crate) facts: FactsArgs,
}

const POSTS: &str = "\
Examples:
  demarche posts KOR                    the last known holder of each post, heads first
  demarche posts Japan --on 2024-10-01  who was in office that day
  demarche posts UNO --all              everybody who held a post of the United Nations
  demarche posts --coverage KOR         for which years silence means that nobody else held the post";

/// Where facts beside the built-in ones come from.
#[derive(Args)]
pub(crate) struct FactsArgs {
    /// A folder with your own tables of persons, posts, organisations …, laid over the built-in ones; may be repeated. Folders in
    /// the variable DEMARCHE_FACTS come before these
    #[arg(long = "facts", value_name = "FOLDER")]
    pub(crate) folders: Vec<PathBuf>,
}

/// What a file for import is.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ImportSource {
    /// Entities of Wikidata as JSON
    Wikidata,
    /// Results of a SPARQL query as JSON
    Sparql,
    /// A PETRARCH dictionary
    Petrarch,
}

/// What the commands that ask the facts print.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FactsFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
}
