//! Sitemaps → addresses: of pages, or, for an index, of further sitemaps.

use crate::{
    Limits, SourceError,
    error::Kind,
    feed::{Element, Event, Space, Walker, date, plain, resolve},
    item::{Container, Extent, Item, Media, Origin},
    text::decoded,
};

/// The addresses of a sitemap. Those of an index have [`Container::SitemapIndex`] as their container.
pub(crate) fn items(bytes: &[u8], name: &str, limits: &Limits) -> Vec<Result<Item, SourceError>> {
    let (text, _) = decoded(bytes, None);
    let mut walker = Walker::new(&text, &["url", "sitemap"]);
    let base = name.parse().ok();
    let mut container = Container::Sitemap;
    let mut items = Vec::new();
    let mut number = 0;
    while let Some(event) = walker.next() {
        match event {
            Event::Root(root) if root.local == "sitemapindex" => container = Container::SitemapIndex,
            Event::Root(_) | Event::Field(_) => {}
            Event::Entry(entry, offset) => {
                number += 1;
                if number > limits.entries as u64 {
                    let message = format!("has more than {} addresses: the rest is not read", limits.entries);
                    items.push(Err(Kind::TooLarge.error(name, message)));
                    break;
                }
                let origin = Origin { source: name.to_owned(), container, number, offset: Some(offset as u64), ..Origin::default() };
                items.push(
                    item(&entry, origin, base.as_ref())
                        .ok_or_else(|| Kind::Malformed.error(name, "has no address (loc)").at(format!("entry {number}"))),
                );
            }
            Event::Broken { offset, cut, message } => {
                let kind = if cut { Kind::Cut } else { Kind::Malformed };
                items.push(Err(kind.error(name, message).at(format!("byte {offset}"))));
            }
        }
    }
    items
}

fn item(entry: &Element, origin: Origin, base: Option<&url::Url>) -> Option<Item> {
    let of = |name: &str| entry.children.iter().find(|child| child.local == name && child.space != Space::News);
    let address = resolve(base, &of("loc")?.text)?;
    let mut item = Item::new(Vec::new(), Media::Html, origin);
    item.extent = Extent::Address;
    item.updated = date(of("lastmod").map(|element| element.text.as_str()), &mut item.doubts);
    // The extension for news says what a feed would say.
    if let Some(news) = entry.child(Space::News, "news") {
        let text = |name: &str| news.child(Space::News, name).map(|element| element.text.as_str());
        item.title = text("title").and_then(plain);
        item.published = date(text("publication_date"), &mut item.doubts);
        let publication = news.child(Space::News, "publication");
        let said = |name: &str| publication.and_then(|element| element.child(Space::News, name)).and_then(|element| plain(&element.text));
        item.publisher = said("name");
        item.language = said("language");
    }
    item.id = Some(address.clone());
    item.address = Some(address);
    Some(item)
}
