//! An `item` of RSS 0.9, 1.0 or 2.0, with the elements that feeds borrow from elsewhere.

use url::Url;

use super::{Body, Element, Space, date, plain, resolve};
use crate::item::{Item, Origin};

pub(super) fn item(entry: &Element, origin: Origin, base: Option<&Url>) -> Item {
    let rebased = entry.attribute("xml:base").and_then(|own| resolve(base, own)).and_then(|own| own.parse().ok());
    let base = rebased.as_ref().or(base);
    let core = |name: &str| entry.child(Space::Rss, name).or_else(|| entry.child(Space::None, name));
    let of = |space: Space, name: &str| entry.child(space, name);
    let guid = core("guid").filter(|guid| !guid.text.trim().is_empty());
    let permanent = guid.filter(|guid| guid.attribute("isPermaLink") != Some("false")).map(|guid| guid.text.trim());
    let about = entry.attribute("rdf:about");
    let written = core("link")
        .map(|link| link.text.trim())
        .filter(|link| !link.is_empty())
        .or_else(|| core("link").and_then(|link| link.attribute("href")))
        .or_else(|| of(Space::Atom, "link").and_then(|link| link.attribute("href")))
        .or(permanent.filter(|guid| guid.starts_with("http")))
        .or(about.filter(|about| about.starts_with("http")));
    let address = written.and_then(|link| resolve(base, link));

    let whole = of(Space::Content, "encoded").or_else(|| of(Space::Xhtml, "body"));
    let part = core("description")
        .or_else(|| of(Space::Atom, "content"))
        .or_else(|| of(Space::Atom, "summary"))
        .or_else(|| of(Space::Dc, "description"))
        .or_else(|| of(Space::Media, "description"));
    let said = |element: &&Element| !element.content().trim().is_empty();
    let body = match (whole.filter(said), part.filter(said)) {
        (Some(whole), _) => Body::judge(&whole.content(), None, true, address.is_some()),
        (None, part) => Body::judge(&part.map(Element::content).unwrap_or_default(), None, false, address.is_some()),
    };
    let mut item = body.into_item(origin);
    let text = |element: Option<&Element>| element.and_then(|element| plain(&element.content()));
    item.title = text(core("title").filter(said)).or_else(|| text(of(Space::Dc, "title"))).or_else(|| text(of(Space::Media, "title")));
    item.id = guid.map(|guid| guid.text.trim().to_owned()).or_else(|| about.map(str::to_owned));
    let published = core("pubDate")
        .or_else(|| core("pubdate"))
        .or_else(|| of(Space::Dc, "date"))
        .or_else(|| of(Space::DcTerms, "issued"))
        .or_else(|| of(Space::Atom, "published"));
    item.published = date(published.map(|element| element.text.as_str()), &mut item.doubts);
    let updated = of(Space::Atom, "updated").or_else(|| of(Space::DcTerms, "modified"));
    item.updated = date(updated.map(|element| element.text.as_str()), &mut item.doubts);
    item.publisher = text(core("source")).or_else(|| text(of(Space::Dc, "publisher")));
    item.language = text(of(Space::Dc, "language")).or_else(|| entry.attribute("xml:lang").map(str::to_owned));
    item.address = address;
    item
}
