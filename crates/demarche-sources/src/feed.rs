//! RSS, Atom and JSON feeds → items, with the full text where the feed carries it, else the address to fetch.
//!
//! [`xml`] walks the markup and hands over one entry at a time, so that an entry that is broken or cut off costs only
//! itself; [`rss`] and [`atom`] know what the elements mean; [`json`] does both for JSON Feed.
//!
//! Feeds do not say whether a `description` is all of an article. [`Body`] judges: long and not broken off is the whole.

mod xml;
mod rss;
mod atom;
mod json;

use url::Url;

pub(crate) use json::items as json_items;
pub(crate) use xml::{Element, Event, Space, Walker};

use crate::{
    Limits, SourceError,
    date::Published,
    error::Kind,
    item::{Container, Extent, Item, Media, Origin},
    text::{decoded, folded, has_marks, visible},
};

/// A summary is rarely as long as this; an article rarely shorter.
const LONG: usize = 1000;

/// The entries of an RSS or Atom feed.
pub(crate) fn xml_items(bytes: &[u8], name: &str, limits: &Limits) -> Vec<Result<Item, SourceError>> {
    let (text, doubt) = decoded(bytes, None);
    let same_offsets = matches!(text, std::borrow::Cow::Borrowed(_));
    let shift = (bytes.len() - if same_offsets { text.len() } else { bytes.len() }) as u64;
    let mut walker = Walker::new(&text, &["item", "entry"]);
    let mut channel = Channel { base: name.parse().ok(), ..Channel::default() };
    let mut items = Vec::new();
    let mut number = 0;
    while let Some(event) = walker.next() {
        match event {
            Event::Root(root) => channel.root(&root),
            Event::Field(field) => channel.field(&field),
            Event::Entry(entry, offset) => {
                number += 1;
                if number > limits.entries as u64 {
                    let message = format!("has more than {} entries: the rest is not read", limits.entries);
                    items.push(Err(Kind::TooLarge.error(name, message)));
                    break;
                }
                let offset = same_offsets.then_some(offset as u64 + shift);
                let origin = Origin { source: name.to_owned(), container: channel.container, number, offset, ..Origin::default() };
                items.push(channel.item(&entry, origin).ok_or_else(|| {
                    let message = "has neither text nor address: there is nothing to read";
                    Kind::Empty.error(name, message).at(format!("entry {number}"))
                }));
            }
            Event::Broken { offset, cut, message } => {
                let kind = if cut { Kind::Cut } else { Kind::Malformed };
                items.push(Err(kind.error(name, message).at(format!("byte {offset}"))));
            }
        }
    }
    for item in items.iter_mut().flatten() {
        channel.complete(item);
        item.doubts.extend(doubt.clone());
    }
    items
}

/// What a feed says of itself.
#[derive(Default)]
struct Channel {
    container: Container,
    /// Against which addresses in entries are resolved.
    base: Option<Url>,
    title: Option<String>,
    language: Option<String>,
    link: Option<String>,
}

impl Channel {
    fn root(&mut self, root: &Element) {
        self.container = if matches!(root.local.as_str(), "feed" | "entry") { Container::Atom } else { Container::Rss };
        self.language = root.attribute("xml:lang").map(str::to_owned);
        self.rebase(root);
    }

    fn rebase(&mut self, element: &Element) {
        if let Some(base) = element.attribute("xml:base") {
            self.base = resolve(self.base.as_ref(), base).and_then(|base| base.parse().ok()).or(self.base.take());
        }
    }

    fn field(&mut self, field: &Element) {
        match (field.space, field.local.as_str()) {
            // RDF and RSS give the feed's own fields inside `channel`, which the walker opens; an image has a title, too.
            (Space::None | Space::Rss | Space::Atom, "title") if self.title.is_none() => self.title = plain(&field.content()),
            (Space::None | Space::Rss, "language") | (Space::Dc, "language") => {
                self.language = folded(&field.text).or(self.language.take())
            }
            (Space::None | Space::Rss, "link") if self.link.is_none() => {
                self.link = folded(&field.text).or_else(|| field.attribute("href").map(str::to_owned));
            }
            (Space::Atom, "link") if self.container == Container::Atom && field.attribute("rel").is_none_or(|rel| rel == "alternate") => {
                self.link = field.attribute("href").map(str::to_owned);
            }
            _ => {}
        }
    }

    fn item(&self, entry: &Element, origin: Origin) -> Option<Item> {
        let item = match self.container {
            Container::Atom => atom::item(entry, origin, self.base.as_ref()),
            _ => rss::item(entry, origin, self.base.as_ref()),
        };
        (item.address.is_some() || !item.bytes.is_empty()).then_some(item)
    }

    /// What an entry does not say, the feed says; it may say so only after its entries.
    fn complete(&self, item: &mut Item) {
        item.publisher = item.publisher.take().or_else(|| self.title.clone());
        item.language = item.language.take().or_else(|| self.language.clone());
        // "/news/1" in a file that was saved from who knows where: the feed's own link knows.
        if let Some(address) = item.address.as_mut().filter(|address| !address.contains("://")) {
            let base = self.link.as_deref().and_then(|link| Url::parse(link).ok());
            match resolve(base.as_ref(), address) {
                Some(full) if base.is_some() => *address = full,
                _ => item.doubts.push(format!("the address “{address}” is relative, and the feed does not say to what")),
            }
        }
    }
}

/// An address, made absolute if there is something to make it so.
pub(crate) fn resolve(base: Option<&Url>, address: &str) -> Option<String> {
    let address = address.trim();
    if address.is_empty() {
        return None;
    }
    match base {
        Some(base) => base.join(address).ok().map(String::from),
        None => Some(Url::parse(address).map_or_else(|_| address.to_owned(), String::from)),
    }
}

/// A title or name as plain text, whatever marks and entities are in it.
pub(crate) fn plain(text: &str) -> Option<String> {
    folded(&visible(text))
}

/// Reads a date; one that cannot be read is a doubt.
pub(crate) fn date(written: Option<&str>, doubts: &mut Vec<String>) -> Option<Published> {
    let written = written.map(str::trim).filter(|written| !written.is_empty())?;
    let date = Published::parse(written);
    if date.is_none() {
        doubts.push(format!("“{}” could not be read as a date", &written[..written.floor_char_boundary(60)]));
    }
    date
}

/// What an entry holds of its document.
pub(crate) struct Body {
    pub(crate) text: String,
    pub(crate) media: Media,
    pub(crate) extent: Extent,
}

impl Body {
    /// Judges a text that is said to be the `whole`, or leaves it open. `elsewhere`: whether an address leads to more.
    pub(crate) fn judge(text: &str, media: Option<Media>, whole: bool, elsewhere: bool) -> Body {
        let text = text.trim();
        let html = has_marks(text) || text.contains('&') && text.contains(';');
        let media = media.unwrap_or(if html { Media::Html } else { Media::Text });
        let seen = if media == Media::Html { folded(&visible(text)) } else { folded(text) }.unwrap_or_default();
        let broken_off = ["…", "...", "[…]", "[...]", "(…)"].iter().any(|end| seen.ends_with(end));
        let extent = match () {
            () if seen.is_empty() => Extent::Address,
            () if !elsewhere => Extent::Full,
            () if seen.chars().count() >= LONG => {
                if broken_off && !whole {
                    Extent::Teaser
                } else {
                    Extent::Full
                }
            }
            () if whole && !broken_off => Extent::Full,
            () => Extent::Teaser,
        };
        Body { text: if extent == Extent::Address { String::new() } else { text.to_owned() }, media, extent }
    }

    pub(crate) fn into_item(self, origin: Origin) -> Item {
        let mut item = Item::new(self.text.into_bytes(), self.media, origin);
        item.extent = self.extent;
        item
    }
}
