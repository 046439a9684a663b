//! Item → the library's [`Document`], which can be read.

use demarche::document::{DateSource, Document, DocumentDoubt, Format, LoadError, LoadOptions, OffsetMap, json_document, load_one};
use serde_json::json;

use crate::{
    SourceError,
    error::Kind,
    item::{Container, Extent, Item, Media},
    pdf,
    text::decoded,
};

impl Item {
    /// Makes a document of the item's bytes: decoded, laid out, with what the container says of title, day, publisher,
    /// language and address where the bytes do not say it themselves.
    ///
    /// The document's `id` is the [hash](Item::hash) of the item's bytes.
    ///
    /// # Errors
    /// For a bare address, for bytes that hold no text, and for [scanned](SourceError::is_scanned) PDF files.
    pub fn document(&self, options: &LoadOptions) -> Result<Document, SourceError> {
        let name = self.origin.to_string();
        if self.extent == Extent::Address {
            return Err(Kind::Empty.error(&name, "is an address without a text: fetch it first"));
        }
        let mut document = match (self.media, self.origin.container) {
            (Media::Pdf, _) => self.of_pdf(&name, options)?,
            (Media::Json, _) => {
                let line =
                    (self.origin.container == Container::JsonLines).then_some(usize::try_from(self.origin.number).unwrap_or(usize::MAX));
                json_document(&self.bytes, &self.origin.source, line, options).map_err(|error| refused(&name, &error))?
            }
            // A piece of HTML or text, whose title stands outside of it.
            (_, container)
                if container.is_listing() || matches!(container, Container::Mbox | Container::Mail) && self.media == Media::Text =>
            {
                self.of_piece(&name, options)?
            }
            (Media::Html | Media::Text | Media::Markdown, _) => self.of_file(&name, options)?,
        };
        self.complete(&mut document, options);
        document.id = self.hash();
        document.source = name;
        Ok(document)
    }

    fn of_file(&self, name: &str, options: &LoadOptions) -> Result<Document, SourceError> {
        let format = match self.media {
            Media::Html => Format::Html,
            Media::Markdown => Format::Markdown,
            _ => Format::Plain,
        };
        let options = LoadOptions { format: Some(options.format.unwrap_or(format)), ..options.clone() };
        // The library looks for an encoding in the bytes; the container's word counts if it finds none.
        let silent = self.charset.is_some() && std::str::from_utf8(&self.bytes).is_err() && !declares(&self.bytes);
        let own = silent.then(|| decoded(&self.bytes, self.charset.as_deref()).0);
        let bytes = own.as_ref().map_or(self.bytes.as_slice(), |text| text.as_bytes());
        let mut document = load_one(bytes, name, &options).map_err(|error| refused(name, &error))?;
        if own.is_some() {
            document.map = OffsetMap::default();
        }
        Ok(document)
    }

    fn of_piece(&self, name: &str, options: &LoadOptions) -> Result<Document, SourceError> {
        let text = String::from_utf8_lossy(&self.bytes);
        let object = json!({
            "title": self.title,
            "text": text,
            "published": self.published.as_ref().map(|date| date.day.to_string()),
            "url": self.address,
            "publisher": self.publisher,
            "language": self.language,
        });
        let plain = LoadOptions { format: None, fields: Default::default(), ..options.clone() };
        let mut document = json_document(object.to_string().as_bytes(), name, None, &plain).map_err(|error| refused(name, &error))?;
        document.format = if self.media == Media::Html { Format::Html } else { Format::Plain };
        // Offsets into the object made here lead nowhere.
        document.map = OffsetMap::default();
        Ok(document)
    }

    fn of_pdf(&self, name: &str, options: &LoadOptions) -> Result<Document, SourceError> {
        let read = pdf::text(&self.bytes, name)?;
        let text = read.text.replace('\u{c}', "\n\n");
        let options = LoadOptions { format: Some(Format::Plain), ..options.clone() };
        let mut document = load_one(text.as_bytes(), name, &options).map_err(|error| refused(name, &error))?;
        document.map = OffsetMap::default();
        if !read.without_text.is_empty() {
            let pages = read.without_text.iter().take(20).map(u32::to_string).collect::<Vec<_>>().join(", ");
            let message = format!("{} of {} pages have no text that could be read (pages {pages})", read.without_text.len(), read.pages);
            document.doubts.push(DocumentDoubt { code: "pdf", message, span: None });
        }
        if let (None, Some(created)) = (document.meta.published, read.created) {
            let message = format!("the day of publication is taken from when the file was made ({})", created.day);
            document.doubts.retain(|doubt| doubt.code != "undated");
            document.doubts.push(DocumentDoubt { code: "pdf", message, span: None });
            (document.meta.published, document.meta.published_from) = (Some(created.day), Some(DateSource::Metadata));
        }
        document.meta.title = document.meta.title.take().or(read.title);
        Ok(document)
    }

    /// What the container says, where the document is silent.
    fn complete(&self, document: &mut Document, options: &LoadOptions) {
        let meta = &mut document.meta;
        meta.title = meta.title.take().or_else(|| self.title.clone());
        meta.publisher = meta.publisher.take().or_else(|| self.publisher.clone());
        meta.address = meta.address.take().or_else(|| self.address.clone());
        if let Some(published) = &self.published
            && options.published.is_none()
            && matches!(meta.published_from, None | Some(DateSource::FileName))
        {
            (meta.published, meta.published_from) = (Some(published.day), Some(DateSource::Metadata));
            document.doubts.retain(|doubt| doubt.code != "undated");
        }
        let said = self.doubts.iter().map(|message| DocumentDoubt { code: "source", message: message.clone(), span: None });
        document.doubts.extend(said);
        if self.extent == Extent::Teaser {
            let message = "only a summary: the rest is at the document's address".to_owned();
            document.doubts.push(DocumentDoubt { code: "source", message, span: None });
        }
    }
}

fn refused(name: &str, error: &LoadError) -> SourceError {
    let kind = if error.is_empty() { Kind::Empty } else { Kind::Malformed };
    kind.error(name, error.message())
}

/// Whether a page names its encoding itself.
fn declares(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(2048)];
    [&b"charset="[..], b"encoding="].iter().any(|key| memchr::memmem::find(head, key).is_some())
}
