//! `demarche documents`: the documents of the store that fit.

use std::io::{self, BufWriter, Write};

use anyhow::bail;

use super::{Outcome, filter, open};
use crate::{
    cli::{DocumentsArgs, ListFormat},
    view::{self, list::List},
};

/// Lists documents.
pub(crate) fn run(args: &DocumentsArgs) -> anyhow::Result<Outcome> {
    if args.filter.format == ListFormat::Plover {
        bail!("plover is a format of events: demarche events -f plover");
    }
    let store = open(&args.filter.store)?;
    let (view, mut asked) = filter(&args.filter)?;
    let shown = asked.limit;
    asked.limit = shown.map(|limit| limit.saturating_add(1));
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut list = List::new(args.filter.format, view::list::DOCUMENT_COLUMNS, view::colour(), &mut out, shown)?;
    store.documents(&view, &asked, |document| -> anyhow::Result<()> {
        Ok(list.item(&document, || view::list::document_cells(&document), |s, out| view::list::write_document(&document, s, out))?)
    })?;
    list.finish("document")?;
    out.flush()?;
    Ok(Outcome::Complete)
}
