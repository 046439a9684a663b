//! `demarche reread`: documents whose reading another reader made are read again; the old reading stays.

use std::sync::{Mutex, atomic::Ordering};

use demarche_store::Prepared;
use indicatif::{ProgressBar, ProgressStyle};

use super::{
    Outcome,
    add::{Report, STOPPED, Writer, stop_on_interrupt},
};
use crate::{cli::RereadArgs, found, make::Made, pipeline};

/// Reads again what this reader would read otherwise.
pub(crate) fn run(args: &RereadArgs) -> anyhow::Result<Outcome> {
    let store = super::open(&args.store)?;
    let version = super::version(&args.facts, &args.reader)?;
    let hashes = store.read_otherwise(&version)?;
    if hashes.is_empty() || args.dry_run {
        anstream::eprintln!("{}: {} documents to read again with {version}", store.path().display(), hashes.len());
        return Ok(Outcome::Complete);
    }
    let bar = if args.quiet {
        ProgressBar::hidden()
    } else {
        let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} documents · {eta} left").expect("the template is well-formed");
        ProgressBar::new(hashes.len() as u64).with_style(style)
    };
    let sources = Mutex::new(super::open(&args.store)?);
    let reader = super::judging_reader(&args.facts, &args.reader)?;
    let mut writer = Writer::new(store, bar, Report::default());
    stop_on_interrupt();
    let read = |hash: String| -> Result<Prepared, String> {
        let sources = sources.lock().expect("no thread panics while it asks the store");
        let kept = sources.source(&hash).map_err(|error| error.to_string())?;
        drop(sources);
        let told = kept.told.clone();
        let (document, raw, origin) = found::reload(kept).map_err(|error| format!("{error}; its earlier reading stays"))?;
        let prepared = Prepared::read(&raw, document, &told, &reader, &version);
        Ok(match origin {
            Some(origin) => prepared.found(origin),
            None => prepared,
        })
    };
    let work = |hash: String| match read(hash) {
        Ok(prepared) => Made { documents: vec![prepared], ..Made::default() },
        Err(message) => Made::failed(message),
    };
    let tasks = hashes.into_iter().take_while(|_| !STOPPED.load(Ordering::Relaxed));
    pipeline::in_order(tasks, args.jobs.get(), work, |made| writer.take(1, None, made))?;
    writer.finish()
}
