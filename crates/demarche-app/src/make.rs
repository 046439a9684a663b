//! What was found → what the store writes of it: known or not, loaded, read. Works on many threads.

use std::sync::Mutex;

use demarche::{
    Reader,
    document::{Document, LoadOptions, identity},
};
use demarche_sources::{Extent, Item, Limits, fetch::Fetcher};
use demarche_store::{ForeignRow, Known, Prepared, Store, precedence};

use crate::{
    found::{Found, Listed},
    input,
    pages::{self, Failure, Page},
};

/// Everything that making a document ready needs.
pub(crate) struct Maker {
    pub(crate) options: LoadOptions,
    /// The options, as the store keeps them.
    pub(crate) told: String,
    pub(crate) known: Mutex<Store>,
    pub(crate) reader: Reader,
    pub(crate) version: String,
    pub(crate) limits: Limits,
}

/// What became of one thing that was found.
#[derive(Default)]
pub(crate) struct Made {
    /// Ready to be written.
    pub(crate) documents: Vec<Prepared>,
    /// Rows of other programs' tables.
    pub(crate) foreign: Vec<ForeignRow>,
    /// Documents of which the store has all.
    pub(crate) known: usize,
    /// Pages that were fetched.
    pub(crate) fetched: usize,
    /// Kept, but not read, or only in part: lines for standard error.
    pub(crate) notes: Vec<String>,
    /// Left out: lines for standard error.
    pub(crate) failed: Vec<String>,
    /// Left out as was asked for: how many.
    pub(crate) unfetched: usize,
}

impl Made {
    pub(crate) fn failed(message: String) -> Made {
        Made { failed: vec![message], ..Made::default() }
    }
}

impl Maker {
    /// A file or line that is one document.
    pub(crate) fn raw(&self, raw: Result<input::Raw, String>) -> Made {
        let mut made = Made::default();
        match raw.and_then(|raw| self.prepared(&raw.bytes, &raw.source(), None, || raw.load(&self.options))) {
            Ok(Some(prepared)) => made.documents.push(prepared),
            Ok(None) => made.known += 1,
            Err(message) => made.failed.push(message),
        }
        made
    }

    /// An item of a container, fetched where it is not all of its document; not fetched where there is no fetcher.
    pub(crate) fn item(&self, item: Item, fetcher: Option<&Fetcher>) -> Made {
        let mut made = Made::default();
        match (item.extent, fetcher) {
            (Extent::Full, _) => self.found(&Found::new(item), &mut made),
            (_, Some(fetcher)) if item.address.is_some() => {
                let listed = Listed::new(item);
                match self.page(&listed, fetcher, &mut made) {
                    Ok(lists) if lists.is_empty() => {}
                    Ok(_) => made.failed.push(format!("{}: leads to a list of lists, which is not followed here", listed.item.origin)),
                    Err(failure) => {
                        made.failed.push(failure.message);
                        self.teaser(listed.item, &mut made);
                    }
                }
            }
            (Extent::Teaser, _) => self.teaser(item, &mut made),
            (_, None) if item.address.is_some() => made.unfetched += 1,
            _ => made.failed.push(format!("{}: has neither a text nor an address", item.origin)),
        }
        made
    }

    /// An entry's own words, where there are any.
    pub(crate) fn teaser(&self, item: Item, made: &mut Made) {
        if item.extent == Extent::Teaser {
            self.found(&Found::new(item), made);
        }
    }

    /// The document that an entry leads to, unless the store has it. An index of sitemaps leads to entries.
    pub(crate) fn page(&self, listed: &Listed, fetcher: &Fetcher, made: &mut Made) -> Result<Vec<Item>, Failure> {
        let address = listed.item.address.as_deref().unwrap_or_default();
        let origins = self.known.lock().expect("no thread panics while it asks the store").origins_at(address);
        // A store that cannot be asked says so when it is written to.
        if origins.is_ok_and(|origins| listed.is_behind(&origins)) {
            made.known += 1;
            return Ok(Vec::new());
        }
        let (page, errors) = pages::fetch(listed, fetcher, &self.limits)?;
        made.fetched += 1;
        made.failed.extend(errors);
        match page {
            Page::List(items) => return Ok(items),
            Page::Documents(found) => found.iter().for_each(|found| self.found(found, made)),
        }
        Ok(Vec::new())
    }

    /// One document of a container.
    pub(crate) fn found(&self, found: &Found, made: &mut Made) {
        let origin = found.origin();
        let mut scanned = None;
        let load = || {
            let document = found.document(&self.options).map_err(|error| error.to_string())?;
            if document.text.is_empty() {
                scanned = document.doubts.last().map(|doubt| format!("{}: {}", document.source, doubt.message));
            }
            Ok(document)
        };
        match self.prepared(&found.item.bytes, &found.source(), Some(origin), load) {
            Ok(Some(prepared)) => made.documents.push(prepared),
            Ok(None) => made.known += 1,
            Err(message) => made.failed.push(message),
        }
        made.notes.extend(scanned);
    }

    /// A document ready to be written; nothing where the store has all of it.
    fn prepared(
        &self,
        bytes: &[u8],
        source: &str,
        origin: Option<String>,
        load: impl FnOnce() -> Result<Document, String>,
    ) -> Result<Option<Prepared>, String> {
        // The lock is not held any longer than this: the others go on reading.
        let known = self.known.lock().expect("no thread panics while it asks the store").knows(&identity(bytes), source, &self.told);
        let known = known.map_err(|error| error.to_string())?;
        if known == Known::Sighting {
            return Ok(None);
        }
        let document = load()?;
        let prepared = match known {
            Known::Bytes { precedence: current } if precedence(&document, &self.told) >= current => {
                Prepared::seen(bytes, &document, &self.told)
            }
            _ => Prepared::read(bytes, document, &self.told, &self.reader, &self.version),
        };
        Ok(Some(match origin {
            Some(origin) => prepared.found(origin),
            None => prepared,
        }))
    }
}
