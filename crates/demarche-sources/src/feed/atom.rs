//! An `entry` of Atom.

use url::Url;

use super::{Body, Element, Space, date, plain, resolve};
use crate::item::{Extent, Item, Media, Origin};

pub(super) fn item(entry: &Element, origin: Origin, base: Option<&Url>) -> Item {
    let rebase = |base: Option<&Url>, element: &Element| -> Option<Url> {
        element.attribute("xml:base").and_then(|own| resolve(base, own)).and_then(|own| own.parse().ok()).or(base.cloned())
    };
    let base = rebase(base, entry);
    let of = |name: &str| entry.child(Space::Atom, name).or_else(|| entry.child(Space::None, name));
    let links = || entry.children.iter().filter(|child| child.local == "link" && matches!(child.space, Space::Atom | Space::None));
    let is_alternate = |link: &&Element| link.attribute("rel").is_none_or(|rel| rel == "alternate");
    let is_page = |link: &&Element| link.attribute("type").is_none_or(|kind| kind.contains("html"));
    let link = links()
        .filter(is_alternate)
        .find(is_page)
        .or_else(|| links().find(is_alternate))
        .and_then(|link| resolve(rebase(base.as_ref(), link).as_ref(), link.attribute("href")?));
    let content = of("content");
    let elsewhere = content.and_then(|content| resolve(rebase(base.as_ref(), content).as_ref(), content.attribute("src")?));
    let named = of("id").map(|id| id.text.trim()).filter(|id| id.starts_with("http://") || id.starts_with("https://"));
    let address = link.or(elsewhere).or_else(|| named.map(str::to_owned));

    let said = |element: &&Element| !element.content().trim().is_empty();
    let body = match (content.filter(said).filter(|content| is_text(content)), of("summary").filter(said)) {
        (Some(content), _) => Body::judge(&content.content(), media(content), true, address.is_some()),
        (None, Some(summary)) => Body::judge(&summary.content(), media(summary), false, address.is_some()),
        (None, None) => Body { text: String::new(), media: Media::Html, extent: Extent::Address },
    };
    let mut item = body.into_item(origin);
    item.title = of("title").and_then(|title| match title.attribute("type") {
        // Text that is said to be plain may speak of "<br>".
        Some("text") => crate::text::folded(&title.content()),
        _ => plain(&title.content()),
    });
    item.id = of("id").and_then(|id| crate::text::folded(&id.text));
    item.published = date(of("published").or_else(|| of("issued")).map(|element| element.text.as_str()), &mut item.doubts);
    item.updated = date(of("updated").or_else(|| of("modified")).map(|element| element.text.as_str()), &mut item.doubts);
    if item.published.is_none() {
        item.published = item.updated.clone();
    }
    let source = of("source").and_then(|source| source.child(Space::Atom, "title"));
    item.publisher = source.and_then(|title| plain(&title.content()));
    item.language = content.and_then(|content| content.attribute("xml:lang")).or_else(|| entry.attribute("xml:lang")).map(str::to_owned);
    item.address = address;
    item
}

/// What the type attribute says of a text.
fn media(element: &Element) -> Option<Media> {
    match element.attribute("type") {
        Some("html" | "xhtml" | "text/html" | "application/xhtml+xml") => Some(Media::Html),
        Some("text" | "text/plain") => Some(Media::Text),
        _ => None,
    }
}

/// Whether content is text and not, say, an image in base 64.
fn is_text(content: &Element) -> bool {
    content
        .attribute("type")
        .is_none_or(|kind| matches!(kind, "text" | "html" | "xhtml") || kind.starts_with("text/") || kind.contains("html"))
}
