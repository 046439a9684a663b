//! `demarche add`: documents into the store, each read once, from wherever they come.
//!
//! Many threads fetch, load, read and prepare; the main thread writes what they made, a batch a transaction, so that a stop
//! at any time loses only what has not been reported.

mod foreign;
mod report;
mod tasks;
mod writer;

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use anyhow::Context;
use demarche_sources::Limits;
use demarche_store::{Store, told};

use super::Outcome;
use crate::{
    cli::AddArgs,
    input,
    make::{Made, Maker},
    pipeline,
};
use tasks::{Task, Tasks};

pub(crate) use report::Report;
pub(crate) use writer::Writer;

/// Set by Ctrl-C: no further document is begun.
pub(crate) static STOPPED: AtomicBool = AtomicBool::new(false);

/// Adds everything that the arguments name.
pub(crate) fn run(args: &AddArgs) -> anyhow::Result<Outcome> {
    let path = args.store.path.as_deref().context("no folder for the store is known; name a file with --store")?;
    let options = input::options(&args.input);
    let report = Report::default();
    let mut writer = Writer::new(Store::create(path)?, input::progress(&args.input), report.clone());
    let maker = Maker {
        told: told(&options),
        options,
        known: Mutex::new(Store::open(path)?),
        version: super::version(&args.input.facts, &args.input.reader)?,
        reader: super::judging_reader(&args.input.facts, &args.input.reader)?,
        limits: Limits::default(),
    };
    let fetcher = Arc::new(args.fetch.fetcher());
    let pages = (!args.no_fetch).then_some(&*fetcher);
    stop_on_interrupt();
    let work = |task: Task| match task {
        Task::Failed(source, message) => (0, source, Made::failed(message)),
        Task::Plain(task) => (task.size(), None, maker.raw(task.raw())),
        Task::Foreign(source, foreign) => (0, Some(source), Made { foreign, ..Made::default() }),
        Task::Item(source, item) => (item.bytes.len() as u64, Some(source), maker.item(*item, pages)),
    };
    let tasks = Tasks::new(&args.input.paths, maker.options.format, Arc::clone(&fetcher), !args.no_fetch, maker.limits, report);
    let tasks = tasks.take_while(|_| !STOPPED.load(Ordering::Relaxed));
    pipeline::in_order(tasks, args.input.jobs.get(), work, |(size, source, made)| writer.take(size, source, made))?;
    writer.finish()
}

/// Lets Ctrl-C end the command after the batch at hand; a second one ends it at once, which costs no more than that batch.
pub(crate) fn stop_on_interrupt() {
    let handler = || {
        if STOPPED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        anstream::eprintln!("demarche: stopping after the documents at hand; Ctrl-C again to stop at once");
    };
    if ctrlc::set_handler(handler).is_err() {
        anstream::eprintln!("demarche: Ctrl-C cannot be caught here; it ends the command at once, and costs at most the batch at hand");
    }
}
