//! JSON Feed → items. The entries are read one by one, so that those before a break are not lost.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::{Body, date, plain, resolve};
use crate::{
    Limits, SourceError,
    error::Kind,
    item::{Container, Item, Media, Origin},
    text::decoded,
};

/// The entries of a JSON Feed.
pub(crate) fn items(bytes: &[u8], name: &str, limits: &Limits) -> Vec<Result<Item, SourceError>> {
    let (text, doubt) = decoded(bytes, None);
    let mut feed = Feed { entries: Vec::new(), most: limits.entries, more: false, title: None, language: None };
    let mut deserializer = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
    let outcome = (&mut feed).deserialize(&mut deserializer);
    let base = name.parse().ok();
    let mut items: Vec<Result<Item, SourceError>> = Vec::new();
    for (index, entry) in feed.entries.iter().enumerate() {
        let number = index as u64 + 1;
        let origin = Origin { source: name.to_owned(), container: Container::JsonFeed, number, ..Origin::default() };
        let place = format!("entry {number}");
        items.push(match entry.as_object() {
            Some(_) => item(entry, origin, base.as_ref())
                .ok_or_else(|| Kind::Empty.error(name, "has neither text nor address: there is nothing to read").at(place)),
            None => Err(Kind::Malformed.error(name, "is no JSON object").at(place)),
        });
    }
    for item in items.iter_mut().flatten() {
        item.publisher = item.publisher.take().or_else(|| feed.title.clone());
        item.language = item.language.take().or_else(|| feed.language.clone());
        item.doubts.extend(doubt.clone());
    }
    if feed.more {
        items.push(Err(Kind::TooLarge.error(name, format!("has more than {} entries: the rest is not read", limits.entries))));
    }
    if let Err(error) = outcome {
        let kind = if error.is_eof() { Kind::Cut } else { Kind::Malformed };
        items.push(Err(kind.error(name, format!("the JSON is broken ({error}): what came before is whole"))));
    }
    items
}

fn item(entry: &Value, origin: Origin, base: Option<&url::Url>) -> Option<Item> {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let address = text("url").or(text("external_url")).and_then(|address| resolve(base, address));
    let elsewhere = address.is_some();
    let body = match (text("content_html"), text("content_text"), text("summary")) {
        (Some(html), ..) => Body::judge(html, Some(Media::Html), true, elsewhere),
        (None, Some(plain), _) => Body::judge(plain, Some(Media::Text), true, elsewhere),
        (None, None, summary) => Body::judge(summary.unwrap_or_default(), None, false, elsewhere),
    };
    let mut item = body.into_item(origin);
    item.title = text("title").and_then(plain);
    // Some feeds number their entries.
    item.id = entry.get("id").and_then(|id| id.as_str().map(str::to_owned).or_else(|| id.as_number().map(ToString::to_string)));
    item.published = date(text("date_published"), &mut item.doubts);
    item.updated = date(text("date_modified"), &mut item.doubts);
    item.language = text("language").map(str::to_owned);
    item.address = address;
    (item.address.is_some() || !item.bytes.is_empty()).then_some(item)
}

/// What is known of a feed when reading breaks off.
struct Feed {
    entries: Vec<Value>,
    most: usize,
    more: bool,
    title: Option<String>,
    language: Option<String>,
}

impl<'de> DeserializeSeed<'de> for &mut Feed {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Feed {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "items" => map.next_value_seed(Entries(self))?,
                "title" => self.title = map.next_value::<Value>()?.as_str().and_then(plain),
                "language" => self.language = map.next_value::<Value>()?.as_str().map(str::to_owned),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

struct Entries<'a>(&'a mut Feed);

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while self.0.entries.len() < self.0.most {
            match entries.next_element::<Value>()? {
                Some(entry) => self.0.entries.push(entry),
                None => return Ok(()),
            }
        }
        while entries.next_element::<IgnoredAny>()?.is_some() {
            self.0.more = true;
        }
        Ok(())
    }
}
