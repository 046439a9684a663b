//! What a page says of itself: `<meta>`, `<title>`, `<time>`, `<link rel=canonical>`, `<html lang>`, JSON-LD.

use serde_json::Value;

use super::tags::{Tag, Token, Tokens};
use crate::document::draft::Stated;

/// Names under which pages give the day of publication, the most trusted first.
const DATE_NAMES: [&str; 14] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "date",
];

/// Gathers what a page says of itself.
pub(super) fn stated(source: &str) -> Stated {
    let mut found = Found::default();
    for token in Tokens::new(source, 0..source.len()) {
        match token {
            Token::Tag(tag) if !tag.closing => found.tag(&tag),
            Token::Raw(tag, content) => found.raw(&tag, &source[content]),
            _ => {}
        }
    }
    found.stated()
}

#[derive(Default)]
struct Found {
    dates: [Option<String>; DATE_NAMES.len()],
    times: Vec<String>,
    og_title: Option<String>,
    page_title: Option<String>,
    site: Option<String>,
    canonical: Option<String>,
    og_address: Option<String>,
    language: Option<String>,
    linked: Linked,
}

/// What JSON-LD says.
#[derive(Default)]
struct Linked {
    published: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    language: Option<String>,
}

impl Found {
    fn tag(&mut self, tag: &Tag<'_>) {
        let value = |name: &str| tag.attribute(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        if tag.is("meta") {
            let key = value("property").or_else(|| value("name")).or_else(|| value("itemprop")).unwrap_or_default();
            let key = key.to_ascii_lowercase();
            let content = value("content");
            if let Some(at) = DATE_NAMES.iter().position(|name| *name == key) {
                first(&mut self.dates[at], content);
                return;
            }
            match key.as_str() {
                "og:title" => first(&mut self.og_title, content),
                "og:site_name" => first(&mut self.site, content),
                "og:url" => first(&mut self.og_address, content),
                "og:locale" => first(&mut self.language, content),
                _ => {}
            }
        } else if tag.is("html") {
            first(&mut self.language, value("lang").or_else(|| value("xml:lang")));
        } else if tag.is("link") && value("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
            first(&mut self.canonical, value("href"));
        } else if tag.is("time")
            && let Some(time) = value("datetime")
        {
            self.times.push(time);
        }
    }

    fn raw(&mut self, tag: &Tag<'_>, content: &str) {
        if tag.is("title") {
            let title = html_escape::decode_html_entities(content);
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            first(&mut self.page_title, Some(title).filter(|title| !title.is_empty()));
        } else if tag.is("script") && tag.attribute("type").is_some_and(|kind| kind.contains("ld+json")) {
            // A page may well hold broken JSON-LD; there are other places to learn the same from.
            if let Ok(value) = serde_json::from_str::<Value>(content) {
                self.linked.read(&value, 0);
            }
        }
    }

    fn stated(self) -> Stated {
        let publisher = self.site.or(self.linked.publisher);
        let page_title = self.page_title.map(|title| without_site(&title, publisher.as_deref()).to_owned());
        let mut published: Vec<String> = self.linked.published.into_iter().collect();
        published.extend(self.dates.into_iter().flatten());
        // `article:published_time` and JSON-LD agree where both are there; the first `<time>` is the next best.
        published.extend(self.times.into_iter().take(1));
        Stated {
            title: self.og_title.or(self.linked.title).or(page_title),
            published,
            publisher,
            language: self.language.or(self.linked.language),
            address: self.canonical.or(self.og_address),
            doubts: Vec::new(),
        }
    }
}

impl Linked {
    /// Reads an object, a list, or the objects of a `@graph`; the first to say something counts.
    fn read(&mut self, value: &Value, depth: usize) {
        if depth > 3 {
            return;
        }
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.read(value, depth + 1)),
            Value::Object(object) => {
                let text = |key: &str| object.get(key).and_then(Value::as_str).map(|text| text.trim().to_owned());
                first(&mut self.published, text("datePublished"));
                first(&mut self.title, text("headline"));
                first(&mut self.language, text("inLanguage"));
                let publisher = object.get("publisher").and_then(|publisher| publisher.get("name")).and_then(Value::as_str);
                first(&mut self.publisher, publisher.map(str::to_owned));
                if let Some(graph) = object.get("@graph") {
                    self.read(graph, depth + 1);
                }
            }
            _ => {}
        }
    }
}

fn first(place: &mut Option<String>, value: Option<String>) {
    if place.is_none() {
        *place = value;
    }
}

/// A page's title without " | The Harbour Times" at its end.
fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let cut = [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len()))).max();
    match cut {
        Some((at, length)) => {
            let tail = &title[at + length..];
            let is_site = site.is_some_and(|site| tail.eq_ignore_ascii_case(site));
            let short = tail.split_whitespace().count() <= 4 && title[..at].split_whitespace().count() >= 4;
            if is_site || short { title[..at].trim_end() } else { title }
        }
        None => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_names_are_gathered() {
        let page = r#"<html lang="en"><title>Talks &amp; tea | Post</title>
            <meta content="2025-10-01T08:15:00+09:00" property="article:published_time">
            <script type="application/ld+json">{"@graph": [{"headline": "Talks and tea", "datePublished": "2025-10-01",
            "publisher": {"name": "Post"}}]}</script>
            <link rel=canonical href=https://post.example/1><time datetime='2025-09-30'>"#;
        let stated = stated(page);
        assert_eq!(stated.published, ["2025-10-01", "2025-10-01T08:15:00+09:00", "2025-09-30"]);
        assert_eq!(stated.title.as_deref(), Some("Talks and tea"));
        assert_eq!(stated.publisher.as_deref(), Some("Post"));
        assert_eq!(stated.address.as_deref(), Some("https://post.example/1"));
        assert_eq!(without_site("Talks and tea in Busan | The Post", None), "Talks and tea in Busan");
        assert_eq!(without_site("Lee - a life", None), "Lee - a life");
    }
}
