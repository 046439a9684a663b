//! `demarche search`: documents of the store by their words, the best first.

use std::io::{self, BufWriter, Write};

use anyhow::bail;

use super::{Outcome, filter, open};
use crate::{
    cli::{ListFormat, SearchArgs},
    view::{self, list::List},
};

/// So many hits where the user does not say.
const SHOWN: usize = 50;

/// Searches and lists.
pub(crate) fn run(args: &SearchArgs) -> anyhow::Result<Outcome> {
    if args.filter.format == ListFormat::Plover {
        bail!("plover is a format of events: demarche events -f plover");
    }
    let store = open(&args.filter.store)?;
    let (view, mut asked) = filter(&args.filter)?;
    if args.filter.limit.is_none() {
        asked.limit = Some(SHOWN);
    }
    let shown = asked.limit;
    asked.limit = shown.map(|limit| limit.saturating_add(1));
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut list = List::new(args.filter.format, view::list::HIT_COLUMNS, view::colour(), &mut out, shown)?;
    for hit in store.search(&args.query, &view, &asked)? {
        list.item(&hit, || view::list::hit_cells(&hit), |s, out| view::list::write_hit(&hit, s, out))?;
    }
    list.finish("document")?;
    out.flush()?;
    Ok(Outcome::Complete)
}
