//! `demarche read`: documents in, what they say out.

use std::io::{self, BufWriter, Write};

use anyhow::bail;
use demarche::{Reader, plover, polecat, record::Record};

use super::Outcome;
use crate::{
    cli::{OutputFormat, ReadArgs},
    input, pipeline, view,
};

/// Reads everything that the arguments name and prints it in order.
pub(crate) fn run(args: &ReadArgs) -> anyhow::Result<Outcome> {
    let options = input::options(&args.input);
    let reader = super::judging_reader(&args.input.facts, &args.input.reader)?;
    let bar = input::progress(&args.input);
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    if args.format == OutputFormat::Tsv {
        polecat::write_header(&mut out)?;
    }
    let colour = view::colour();
    let (mut read, mut left_out) = (0_usize, 0_usize);
    let work = |task: input::Task| {
        let size = task.size();
        let results: Vec<Result<Vec<u8>, String>> =
            task.load(&options).into_iter().map(|result| result.map(|document| print(&reader, &document, args, colour))).collect();
        (size, results)
    };
    pipeline::in_order(input::tasks(&args.input, &options), args.input.jobs.get(), work, |(size, results)| -> io::Result<()> {
        for result in results {
            match result {
                Ok(bytes) => {
                    read += 1;
                    out.write_all(&bytes)?;
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
    out.flush()?;
    match (read, left_out) {
        (0, _) => bail!("nothing could be read"),
        (_, 0) => Ok(Outcome::Complete),
        (_, n) => {
            anstream::eprintln!("demarche: {n} of {} left out", read + n);
            Ok(Outcome::LeftOut)
        }
    }
}

/// One document in the format that was asked for.
fn print(reader: &Reader, document: &demarche::document::Document, args: &ReadArgs, colour: bool) -> Vec<u8> {
    let reading = reader.read(document);
    let kb = reader.knowledge();
    let mut out = Vec::new();
    let written = match args.format {
        OutputFormat::Text => view::text::write(&reading, kb, args.all, colour, &mut out),
        OutputFormat::Json => serde_json::to_writer_pretty(&mut out, &Record::of(&reading, kb)).map_err(io::Error::from),
        OutputFormat::Jsonl => serde_json::to_writer(&mut out, &Record::of(&reading, kb)).map_err(io::Error::from),
        OutputFormat::Plover => plover::records(&reading, kb).iter().try_for_each(|record| {
            serde_json::to_writer(&mut out, record)?;
            out.write_all(b"\n")
        }),
        OutputFormat::Tsv => polecat::write_rows(&reading, kb, &mut out),
    };
    written.expect("writing to memory does not fail");
    if matches!(args.format, OutputFormat::Json | OutputFormat::Jsonl) {
        out.push(b'\n');
    }
    out
}
