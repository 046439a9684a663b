//! A source → its items, one at a time, whatever kind of source it is.
//!
//! [`read`] takes off the packing, tells the kind and hands over to the reader of that kind. Each gives items and
//! errors in the order of the container; after an error the rest goes on. What is passed over with good reason (an image
//! in a web archive, a record of a revisit) is counted in the [`Tally`], so that nothing goes missing unsaid.

use std::{collections::BTreeMap, fs::File, io::Read, path::Path};

use crate::{
    Limits, SourceError,
    archive::{Arc, Warc},
    error, feed,
    item::{Container, Extent, Item, Media, Origin},
    kind::{HEAD, Kind},
    lines::JsonLines,
    mail::{Mbox, message},
    sitemap,
    unpack::{Input, Stream},
};

/// Opens a file and gives its items; see [`read`].
pub fn open(path: &Path, limits: &Limits) -> Items {
    let name = path.display().to_string();
    match File::open(path).and_then(|file| file.metadata().map(|about| (file, about))) {
        Ok((_, about)) if about.is_dir() => Items::failed(error::Kind::Io.error(&name, "is a folder: give its files")),
        Ok((file, _)) => read(Box::new(file), &name, limits),
        Err(error) => Items::failed(SourceError::reading(&name, &error)),
    }
}

/// The items of anything that can be read, which the user calls `name`: a path, an address, `-`.
///
/// ```
/// use demarche_sources::{Limits, read};
///
/// let feed = "<rss version='2.0'><channel><title>Ministry</title><item><title>Talks in Nara</title>\
///             <link>https://mofa.example/1</link><pubDate>Tue, 13 Jan 2026 09:00:00 +0900</pubDate></item></channel></rss>";
/// let items: Vec<_> = read(Box::new(feed.as_bytes()), "feed.xml", &Limits::default()).collect::<Result<_, _>>()?;
/// assert_eq!(items[0].title.as_deref(), Some("Talks in Nara"));
/// assert_eq!(items[0].published.as_ref().map(|date| date.day.to_string()).as_deref(), Some("2026-01-13"));
/// # Ok::<(), demarche_sources::SourceError>(())
/// ```
pub fn read(bytes: Box<dyn Read + Send>, name: &str, limits: &Limits) -> Items {
    let mut opened = Stream::new(Input::new(bytes), limits);
    let head = opened.as_mut().map_err(|error| SourceError::reading(name, error)).and_then(|stream| {
        let head = stream.peek(HEAD).map_err(|error| SourceError::reading(name, &error))?.to_vec();
        Ok((head, stream.part().map(str::to_owned)))
    });
    let (stream, (head, part)) = match (opened, head) {
        (Ok(stream), Ok(head)) => (stream, head),
        (_, Err(error)) => return Items::failed(error),
        (Err(error), _) => return Items::failed(SourceError::reading(name, &error)),
    };
    if head.is_empty() {
        return Items::failed(error::Kind::Empty.error(name, "is empty"));
    }
    if part.as_deref().is_some_and(|part| part == "[Content_Types].xml" || part == "mimetype" || part.starts_with("word/")) {
        return Items::failed(error::Kind::Unknown.error(name, "is a document of an office program: save it as PDF or HTML"));
    }
    match Kind::of(&head, part.as_deref().unwrap_or(name)) {
        Ok(kind) => Items::of(kind, stream, name, *limits),
        Err(error) => Items::failed(SourceError::new(error::Kind::Unknown, name, error.message())),
    }
}

/// The items of a source; see [`read`].
pub struct Items {
    reader: Reader,
    kind: Option<Kind>,
    tally: Tally,
}

/// What a source gave, and what was passed over and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items given.
    pub items: u64,
    /// Of these: teasers and bare addresses, whose document lies elsewhere.
    pub elsewhere: u64,
    /// Errors given.
    pub errors: u64,
    /// Passed over, by reason: `"revisit" → 12`.
    pub left_out: BTreeMap<String, u64>,
}

impl Tally {
    pub(crate) fn leave_out(&mut self, reason: impl Into<String>) {
        // A hostile archive may name a million media types; their names are no use by then.
        let reason = reason.into();
        let reason = if self.left_out.len() >= 200 && !self.left_out.contains_key(&reason) { "other".to_owned() } else { reason };
        *self.left_out.entry(reason).or_default() += 1;
    }

    /// Adds what another source gave.
    pub fn add(&mut self, other: &Tally) {
        self.items += other.items;
        self.elsewhere += other.elsewhere;
        self.errors += other.errors;
        for (reason, count) in &other.left_out {
            *self.left_out.entry(reason.clone()).or_default() += count;
        }
    }
}

/// The readers, one for each kind of source.
enum Reader {
    /// Items that were all made at once.
    Ready(std::vec::IntoIter<Result<Item, SourceError>>),
    Warc(Box<Warc>),
    Arc(Box<Arc>),
    Mbox(Box<Mbox>),
    Lines(Box<JsonLines>),
    /// One document, or one for each file of a ZIP archive.
    Whole(Box<Whole>),
}

impl Items {
    fn failed(error: SourceError) -> Items {
        Items { reader: Reader::Ready(vec![Err(error)].into_iter()), kind: None, tally: Tally::default() }
    }

    fn of(kind: Kind, mut stream: Stream, name: &str, limits: Limits) -> Items {
        let mut tally = Tally::default();
        let reader = match kind {
            Kind::Warc => Reader::Warc(Box::new(Warc::new(stream, name, limits))),
            Kind::Arc => Reader::Arc(Box::new(Arc::new(stream, name, limits))),
            Kind::Mbox => Reader::Mbox(Box::new(Mbox::new(stream, name, limits))),
            Kind::JsonLines => Reader::Lines(Box::new(JsonLines::new(stream, name, limits))),
            Kind::Feed | Kind::JsonFeed | Kind::Sitemap | Kind::Mail => {
                let packed = stream.is_packed();
                let (bytes, ended) = stream.all(limits.document);
                let mut items = match kind {
                    Kind::Feed => feed::xml_items(&bytes, name, &limits),
                    Kind::JsonFeed => feed::json_items(&bytes, name, &limits),
                    Kind::Sitemap => sitemap::items(&bytes, name, &limits),
                    _ => message(
                        &bytes,
                        Origin { source: name.to_owned(), container: Container::Mail, number: 1, ..Origin::default() },
                        &mut tally,
                    ),
                };
                if packed {
                    // An offset into unpacked bytes leads nowhere on the disk.
                    for item in items.iter_mut().flatten() {
                        (item.origin.within, item.origin.offset) = (item.origin.offset, Some(0));
                    }
                }
                if let Some(error) = ended {
                    // The break in the bytes explains the break in the markup.
                    items.retain(|item| !item.as_ref().is_err_and(SourceError::is_cut_off));
                    items.push(Err(SourceError::reading(name, &error)));
                }
                Reader::Ready(items.into_iter())
            }
            Kind::GdeltEvents | Kind::GdeltMentions => {
                let message = "holds foreign events, not documents: it is read as a table of GDELT";
                Reader::Ready(vec![Err(error::Kind::Events.error(name, message))].into_iter())
            }
            Kind::Pdf | Kind::Page | Kind::Markdown | Kind::Text => {
                Reader::Whole(Box::new(Whole { stream: Some(stream), name: name.to_owned(), limits, kind, number: 0 }))
            }
        };
        Items { reader, kind: Some(kind), tally }
    }

    /// The kind of source, where it could be told.
    pub fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// What was given and passed over until now.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}

impl Iterator for Items {
    type Item = Result<Item, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = match &mut self.reader {
            Reader::Ready(items) => items.next(),
            Reader::Warc(warc) => warc.next(&mut self.tally),
            Reader::Arc(arc) => arc.next(&mut self.tally),
            Reader::Mbox(mbox) => mbox.next(&mut self.tally),
            Reader::Lines(lines) => lines.next(),
            Reader::Whole(whole) => whole.next(),
        };
        match &next {
            Some(Ok(item)) => {
                self.tally.items += 1;
                self.tally.elsewhere += u64::from(item.extent != Extent::Full);
            }
            Some(Err(_)) => self.tally.errors += 1,
            None => {}
        }
        next
    }
}

/// A file that is one document; for a ZIP archive, one for each file in it.
struct Whole {
    stream: Option<Stream>,
    name: String,
    limits: Limits,
    kind: Kind,
    number: u64,
}

impl Whole {
    fn next(&mut self) -> Option<Result<Item, SourceError>> {
        let mut stream = self.stream.take()?;
        let part = stream.part().map(str::to_owned);
        self.number += 1;
        if part.is_none() {
            let (bytes, ended) = stream.all(self.limits.document);
            return Some(match ended {
                Some(error) => Err(SourceError::reading(&self.name, &error)),
                None => Ok(Item::new(bytes, media(self.kind), self.origin(None))),
            });
        }
        let mut bytes = Vec::new();
        let more = stream.member_bytes(self.limits.document, &mut bytes);
        let kind = Kind::of(&bytes, part.as_deref().unwrap_or_default());
        let place = part.clone().unwrap_or_default();
        let error = |error: SourceError| Err(SourceError::new(error::Kind::Unknown, &self.name, error.message()).at(place.clone()));
        let result = match (&more, kind) {
            (Err(broken), _) => Err(SourceError::reading(&self.name, broken).at(place.clone())),
            (Ok(_), Err(unknown)) => error(unknown),
            (Ok(_), Ok(kind @ (Kind::Pdf | Kind::Page | Kind::Markdown | Kind::Text))) => {
                Ok(Item::new(bytes, media(kind), self.origin(part)))
            }
            (Ok(_), Ok(_)) => {
                error(SourceError::new(error::Kind::Unknown, "", "holds several documents inside a ZIP file: unpack it first"))
            }
        };
        if more.unwrap_or_else(|_| stream.resync()) {
            self.stream = Some(stream);
        }
        Some(result)
    }

    fn origin(&self, part: Option<String>) -> Origin {
        Origin { source: self.name.clone(), number: self.number, part, ..Origin::default() }
    }
}

fn media(kind: Kind) -> Media {
    match kind {
        Kind::Pdf => Media::Pdf,
        Kind::Page => Media::Html,
        Kind::Markdown => Media::Markdown,
        _ => Media::Text,
    }
}
