//! `demarche actors import`: files of other projects → tables of the user's own.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read, Write},
    path::Path,
};

use anyhow::{Context, bail};
use demarche::import::{Import, Importer, Mapping, Merged, Source, Table, Tables};

use super::Outcome;
use crate::{
    cli::{ImportArgs, ImportSource},
    view::facts,
};

/// How much of a file is looked at to tell what it is.
const START: usize = 1 << 16;

/// How many bad lines are told one by one.
const MOST_PROBLEMS: usize = 50;

/// Imports and reports.
pub(crate) fn run(args: &ImportArgs) -> anyhow::Result<Outcome> {
    let reader = super::reader(&args.facts.folders)?;
    let mut importer = Importer::new(reader.knowledge()).all_persons(args.all_persons).replace(args.replace);
    for name in Tables::names() {
        if let Some(text) = existing(&args.into, name)? {
            importer.known_table(name, &text);
        }
    }
    for path in &args.files {
        read(&mut importer, path, args)?;
    }
    let import = importer.finish();
    report_problems(&import);
    let mut written = Vec::new();
    for table in import.tables.filled() {
        let path = args.into.join(table.name);
        let old = existing(&args.into, table.name)?;
        let merged = table.merge(old.as_deref(), args.replace).with_context(|| format!("{} is no table", path.display()))?;
        if !args.dry_run && old.as_deref() != Some(&merged.text) {
            write(&path, &merged.text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        written.push((table, merged));
    }
    report(&import, &written, args)?;
    if written.is_empty() && import.left_out.is_empty() {
        bail!("nothing to import");
    }
    if !args.dry_run && !written.is_empty() {
        // What was written has to load, together with what stood there before.
        super::reader(std::slice::from_ref(&args.into)).context("the tables were written, but do not load")?;
    }
    Ok(if import.problems.is_empty() { Outcome::Complete } else { Outcome::LeftOut })
}

fn read(importer: &mut Importer<'_>, path: &Path, args: &ImportArgs) -> anyhow::Result<()> {
    let shown = path.display().to_string();
    let file: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).with_context(|| format!("cannot read {shown}"))?)
    };
    let mut file = BufReader::with_capacity(START, file);
    let start = file.fill_buf().with_context(|| format!("cannot read {shown}"))?;
    if start.starts_with(&[0x1f, 0x8b]) || start.starts_with(b"BZh") {
        bail!("{shown} is compressed: unpack it first, for example with `zcat {shown} | demarche actors import - …`");
    }
    let source = args.from.map(|source| match source {
        ImportSource::Wikidata => Source::Wikidata,
        ImportSource::Sparql => Source::Sparql,
        ImportSource::Petrarch => Source::Petrarch,
    });
    let Some(source) = source.or_else(|| Source::detect(start)) else {
        bail!("{shown} is neither Wikidata's JSON nor SPARQL results nor a PETRARCH dictionary; if it is, say which with --from");
    };
    let mut whole = || -> anyhow::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).with_context(|| format!("cannot read {shown}"))?;
        Ok(bytes)
    };
    match source {
        Source::Sparql => importer.sparql(&shown, &whole()?, args.map.as_ref().unwrap_or(&Mapping::default())),
        Source::Petrarch => importer.petrarch(&shown, &whole()?),
        Source::Wikidata => importer.wikidata(&shown, file).with_context(|| format!("cannot read {shown}"))?,
    }
    Ok(())
}

/// The text of a table in the folder, if there is one.
fn existing(folder: &Path, name: &str) -> anyhow::Result<Option<String>> {
    let path = folder.join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Writes beside the table first, so that a full disk leaves the old one whole.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("tsv.new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}

fn report_problems(import: &Import) {
    for problem in import.problems.iter().take(MOST_PROBLEMS) {
        anstream::eprintln!("demarche: {problem}");
    }
    if let Some(more) = import.problems.len().checked_sub(MOST_PROBLEMS).filter(|more| *more > 0) {
        anstream::eprintln!("demarche: and {more} more lines like these");
    }
}

fn report(import: &Import, written: &[(&Table, Merged)], args: &ImportArgs) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let changed = written.iter().any(|(_, merged)| merged.added + merged.replaced > 0);
    let folder = args.into.display();
    match (written.is_empty(), changed, args.dry_run) {
        (true, ..) => writeln!(out, "No rows for {folder}")?,
        (_, false, _) => writeln!(out, "Nothing new for {folder}")?,
        (_, true, true) => writeln!(out, "Would write to {folder}")?,
        (_, true, false) => writeln!(out, "Written to {folder}")?,
    }
    let mut columns = facts::Columns::new();
    for (table, merged) in written {
        let told = |count: usize, what: &str| if count == 0 { String::new() } else { format!("{count} {what}") };
        columns.row([
            table.name.to_owned(),
            told(merged.added, "new"),
            told(merged.replaced, "replaced"),
            told(merged.same, "there already"),
            told(merged.kept, "differ from yours, which are kept"),
        ]);
    }
    columns.write("  ", &mut out)?;
    if !import.left_out.is_empty() {
        writeln!(out, "Left out")?;
        let mut columns = facts::Columns::new();
        for (reason, left) in &import.left_out {
            columns.row([format!("{:>6}", left.count), reason.text().to_owned(), format!("first: {}", left.first)]);
        }
        columns.write("", &mut out)?;
    }
    Ok(())
}
