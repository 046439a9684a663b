//! `demarche show`: one document or event of the store, with everything that is known of it.

use std::io::{self, Write};

use anyhow::bail;
use demarche_store::Shown;
use serde_json::Value;

use super::{Outcome, open};
use crate::{
    cli::{ShowArgs, ShowFormat},
    found::Found,
    view::{self, Styles},
};

/// Shows what the id names.
pub(crate) fn run(args: &ShowArgs) -> anyhow::Result<Outcome> {
    let store = open(&args.store)?;
    let shown = store.show(&args.id)?;
    let mut out = io::stdout().lock();
    match args.format {
        ShowFormat::Raw => out.write_all(&store.source(&shown.hash)?.raw)?,
        ShowFormat::Canonical => out.write_all(store.canonical(&shown.hash)?.as_bytes())?,
        ShowFormat::Json => {
            // As it is kept: an event is cut out of its record, keys and all.
            match shown.event {
                None => writeln!(out, "{}", shown.record)?,
                Some(n) => {
                    let record: Value = serde_json::from_str(&shown.record)?;
                    serde_json::to_writer_pretty(&mut out, &record["events"][n]).map_err(io::Error::from)?;
                    writeln!(out)?;
                }
            }
        }
        ShowFormat::Text => write(&shown, &Styles::new(view::colour()), &mut out)?,
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

fn write(shown: &Shown, s: &Styles, out: &mut impl Write) -> anyhow::Result<()> {
    view::list::write_document(&shown.document, s, out)?;
    writeln!(out, "            {}{}{:#}", s.dim, shown.hash, s.dim)?;
    for sighting in &shown.sightings {
        let container = sighting.origin.as_deref().and_then(|origin| Found::parse(origin).ok()).and_then(|found| found.container());
        let container = container.map(|container| format!(" ({container})")).unwrap_or_default();
        writeln!(out, "            {}met {} at {}{container}{:#}", s.dim, sighting.learnt, sighting.source, s.dim)?;
    }
    for reading in &shown.readings {
        let until = reading.superseded.as_ref().map(|time| format!(", superseded {time}")).unwrap_or_default();
        writeln!(out, "            {}read {} by {}{until}{:#}", s.dim, reading.made, reading.version, s.dim)?;
    }
    writeln!(out)?;
    if let Some(n) = shown.event
        && shown.events.is_empty()
    {
        bail!("document {} has no event {n}", shown.document.cited.id);
    }
    for event in &shown.events {
        view::list::write_event(event, s, out)?;
    }
    Ok(())
}
