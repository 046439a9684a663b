//! `demarche events`: the events of the store that fit.

use std::io::{self, BufWriter, Write};

use super::{Outcome, filter, open};
use crate::{
    cli::{EventsArgs, ListFormat},
    view::{self, list::List},
};

/// Lists events.
pub(crate) fn run(args: &EventsArgs) -> anyhow::Result<Outcome> {
    let store = open(&args.filter.store)?;
    let (view, mut asked) = filter(&args.filter)?;
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    if args.filter.format == ListFormat::Plover {
        store.plover(&view, &asked, |line| -> anyhow::Result<()> { Ok(writeln!(out, "{line}")?) })?;
        out.flush()?;
        return Ok(Outcome::Complete);
    }
    let shown = asked.limit;
    // One more than is shown tells whether there are more.
    asked.limit = shown.map(|limit| limit.saturating_add(1));
    let mut list = List::new(args.filter.format, view::list::EVENT_COLUMNS, view::colour(), &mut out, shown)?;
    store.events(&view, &asked, |event| -> anyhow::Result<()> {
        Ok(list.item(&event, || view::list::event_cells(&event), |s, out| view::list::write_event(&event, s, out))?)
    })?;
    list.finish("event")?;
    out.flush()?;
    Ok(Outcome::Complete)
}
