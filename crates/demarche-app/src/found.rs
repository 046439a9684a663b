//! An item of a container, and the entry of the list that led to it, as the store keeps them: the item's bytes are the
//! document, the rest goes beside it as JSON, from which `reread` makes the same document again.

use demarche::document::{DateSource, Document, DocumentDoubt, LoadOptions};
use demarche_sources::{Container, Item, SourceError};
use demarche_store::Source;
use serde::{Deserialize, Serialize};

/// A document as it was found.
#[derive(Serialize, Deserialize)]
pub(crate) struct Found {
    pub(crate) item: Item,
    /// The entry that led to it, where it was fetched for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) listed: Option<Listed>,
}

/// An entry of a list, whose document lies elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Listed {
    pub(crate) item: Item,
    /// Of the entry's own words, which are not kept where the document could be fetched.
    hash: String,
}

impl Listed {
    pub(crate) fn new(item: Item) -> Listed {
        Listed { hash: item.hash(), item }
    }

    /// Whether it is the same entry, unchanged.
    fn is(&self, other: &Listed) -> bool {
        let said = |listed: &Listed| {
            let item = &listed.item;
            (item.id.clone(), item.title.clone(), item.published.clone(), item.updated.clone(), item.address.clone())
        };
        self.hash == other.hash && said(self) == said(other)
    }

    /// Whether one of these origins, as the store keeps them, is the document that it leads to.
    pub(crate) fn is_behind(&self, origins: &[String]) -> bool {
        origins.iter().any(|json| Found::parse(json).is_ok_and(|found| found.listed.is_some_and(|listed| listed.is(self))))
    }
}

impl Found {
    pub(crate) fn new(item: Item) -> Found {
        Found { item, listed: None }
    }

    /// What a list says of a document that was fetched for it, where the document is silent.
    pub(crate) fn fetched(mut item: Item, listed: &Listed) -> Found {
        let list = &listed.item;
        item.title = item.title.or_else(|| list.title.clone());
        item.published = item.published.or_else(|| list.published.clone());
        item.publisher = item.publisher.or_else(|| list.publisher.clone());
        item.id = item.id.or_else(|| list.id.clone());
        Found { item, listed: Some(listed.clone()) }
    }

    /// Where it was met, in one line. An entry of a list is named by what the list calls it: its place in the list changes.
    pub(crate) fn source(&self) -> String {
        let item = &self.item;
        match self.listed.as_ref().and_then(|listed| listed.item.address.clone()) {
            Some(address) => address,
            None if item.origin.container.is_listing() => {
                let name = item.id.clone().or_else(|| item.address.clone()).unwrap_or_else(|| item.origin.number.to_string());
                format!("{}#{name}", item.origin.source)
            }
            None => item.origin.to_string(),
        }
    }

    /// In which container it lay, and where: "warc news.warc.gz, number 3, at byte 1024". Nothing for a file that is the document.
    pub(crate) fn container(&self) -> Option<String> {
        let origin = self.listed.as_ref().map_or(&self.item.origin, |listed| &listed.item.origin);
        if origin.container == Container::File {
            return None;
        }
        let place = origin.offset.map(|offset| format!(", at byte {offset}")).unwrap_or_default();
        Some(format!("{} {}, number {}{place}", origin.container.as_str(), origin.source, origin.number))
    }

    /// Everything but the bytes, as JSON.
    pub(crate) fn origin(&self) -> String {
        let mut json = serde_json::to_value(self).expect("texts, numbers and dates are JSON");
        drop_nulls(&mut json);
        json.to_string()
    }

    /// What the store kept; the bytes are still to be given.
    pub(crate) fn parse(origin: &str) -> Result<Found, String> {
        serde_json::from_str(origin).map_err(|error| format!("what is kept of its container cannot be understood: {error}"))
    }

    /// Makes the document. A scanned PDF file becomes one without a text, which says so.
    pub(crate) fn document(&self, options: &LoadOptions) -> Result<Document, SourceError> {
        let mut document = match self.item.document(options) {
            Err(error) if error.is_scanned() => self.scanned(options, &error),
            document => document?,
        };
        document.source = self.source();
        Ok(document)
    }

    fn scanned(&self, options: &LoadOptions, error: &SourceError) -> Document {
        let item = &self.item;
        let mut document = Document { id: item.hash(), ..Document::default() };
        let stated = item.published.as_ref().map(|date| date.day);
        document.meta.published = options.published.or(stated);
        document.meta.published_from = match (options.published, stated) {
            (Some(_), _) => Some(DateSource::Given),
            (None, Some(_)) => Some(DateSource::Metadata),
            (None, None) => None,
        };
        (document.meta.title, document.meta.publisher) = (item.title.clone(), item.publisher.clone());
        (document.meta.address, document.meta.language) = (item.address.clone(), options.language.clone());
        document.doubts.push(DocumentDoubt { code: "pdf", message: format!("the file {}", error.message()), span: None });
        document
    }
}

/// Makes the document of what the store kept, whether it came from a container or not.
pub(crate) fn reload(kept: Source) -> Result<(Document, Vec<u8>, Option<String>), String> {
    let Some(origin) = kept.origin.clone() else {
        let document = kept.load().map_err(|error| error.to_string())?;
        return Ok((document, kept.raw, None));
    };
    let options = kept.options();
    let mut found = Found::parse(&origin).map_err(|error| format!("{}: {error}", kept.source))?;
    found.item.bytes = kept.raw;
    let document = found.document(&options).map_err(|error| error.to_string())?;
    Ok((document, found.item.bytes, Some(origin)))
}

fn drop_nulls(json: &mut serde_json::Value) {
    if let Some(object) = json.as_object_mut() {
        object.retain(|_, value| !value.is_null());
        object.values_mut().for_each(drop_nulls);
    }
}
