//! `demarche timeline`: the encounters of many documents as one chronology.

use std::io::{self, BufWriter, Write};

use anyhow::{Context, bail};
use demarche::{
    mention::Code,
    timeline::{Timeline, reports},
};

use demarche_store::Filter;

use super::Outcome;
use crate::{
    cli::{TimelineArgs, TimelineFormat},
    input, pipeline, view,
};

/// Reads everything that the arguments name and prints one chronology.
pub(crate) fn run(args: &TimelineArgs) -> anyhow::Result<Outcome> {
    let pair = match args.pair.as_deref() {
        Some([a, b]) => Some((code(a)?, code(b)?)),
        _ => None,
    };
    if args.input.paths.is_empty() {
        let reports = super::open(&args.store)?.reports(&super::view(&args.view), &Filter::default(), pair)?;
        return print(args, &Timeline::of(reports, pair)).map(|()| Outcome::Complete);
    }
    if args.view.published_by.is_some() || args.view.known_at.is_some() {
        bail!("--published-by and --known-at ask the store, files have no past; leave out the paths");
    }
    let options = input::options(&args.input);
    let reader = super::judging_reader(&args.input.facts, &args.input.reader)?;
    let bar = input::progress(&args.input);
    let mut found = Vec::new();
    let (mut read, mut left_out) = (0_usize, 0_usize);
    let work = |task: input::Task| {
        let size = task.size();
        let results: Vec<Result<_, String>> = task
            .load(&options)
            .into_iter()
            .map(|result| result.map(|document| reports(&reader.read(&document), reader.knowledge())))
            .collect();
        (size, results)
    };
    pipeline::in_order(input::tasks(&args.input, &options), args.input.jobs.get(), work, |(size, results)| -> io::Result<()> {
        for result in results {
            match result {
                Ok(reports) => {
                    read += 1;
                    found.extend(reports);
                }
                Err(message) => {
                    left_out += 1;
                    bar.suspend(|| anstream::eprintln!("demarche: {message}"));
                }
            }
        }
        bar.inc(size);
        Ok(())
    })?;
    bar.finish_and_clear();
    if read == 0 {
        bail!("nothing could be read");
    }
    print(args, &Timeline::of(found, pair))?;
    Ok(if left_out == 0 { Outcome::Complete } else { Outcome::LeftOut })
}

fn print(args: &TimelineArgs, timeline: &Timeline) -> anyhow::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        TimelineFormat::Text => view::chronology::write(timeline, view::colour(), &mut out)?,
        TimelineFormat::Json => {
            serde_json::to_writer_pretty(&mut out, timeline).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(())
}

fn code(text: &str) -> anyhow::Result<Code> {
    Code::parse(&text.to_uppercase()).with_context(|| format!("--pair: `{text}` is no ISO 3166-1 alpha-3 code, such as KOR"))
}
