//! Feeds and sitemaps.

use demarche::document::LoadOptions;
use demarche_sources::Extent;

use crate::common::{check, gzip, items_of, shown, zstd};

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Ministry of Foreign Affairs</title><link>https://mofa.example/</link><language>en</language>
<image><title>Logo</title><url>/logo.png</url></image>
<item><title>Talks &amp; dinner in Nara</title><link>/news/1</link><guid isPermaLink="false">n1</guid>
  <pubDate>Tue, 13 Jan 2026 09:00:00 +0900</pubDate>
  <description>The leaders met&#8230;</description>
  <content:encoded><![CDATA[<p>The leaders met in Nara and agreed to meet again.</p>]]></content:encoded></item>
<item><title>Envoy leaves</title><link>https://mofa.example/news/2</link><description>The envoy left for&nbsp;Busan &hellip;</description></item>
<item><dc:title>Note</dc:title><guid>https://mofa.example/news/3</guid><dc:date>2026-01-14</dc:date></item>
<item><description>Without address: &lt;b&gt;all&lt;/b&gt; there is.</description><pubDate>next week</pubDate></item>
<item><title>Nothing else</title></item>
</channel></rss>"#;

#[test]
fn rss_gives_text_or_address() {
    check(
        RSS,
        "feed.xml",
        "feed.xml#1 | 2026-01-13 | Talks & dinner in Nara | Full Html | https://mofa.example/news/1 | <p>The leaders met in Nara and agreed to
         feed.xml#2 | - | Envoy leaves | Teaser Text | https://mofa.example/news/2 | The envoy left for\u{a0}Busan …
         feed.xml#3 | 2026-01-14 | Note | Address Text | https://mofa.example/news/3 |
         feed.xml#4 | - | - | Full Html | - | Without address: <b>all</b> there is.
         ! feed.xml: entry 5: has neither text nor address: there is nothing to read"
            .replace("agreed to\n", "agreed to \n")
            .trim(),
    );
    let items: Vec<_> = items_of(RSS.as_bytes(), "feed.xml").flatten().collect();
    assert_eq!(items[0].publisher.as_deref(), Some("Ministry of Foreign Affairs"));
    assert_eq!((items[0].id.as_deref(), items[0].language.as_deref()), (Some("n1"), Some("en")));
    assert!(RSS[items[1].origin.offset.unwrap() as usize..].starts_with("<item><title>Envoy"));
    assert_eq!(items[3].doubts, ["“next week” could not be read as a date"]);
}

#[test]
fn an_item_becomes_a_document() {
    let items: Vec<_> = items_of(RSS.as_bytes(), "feed.xml").flatten().collect();
    let document = items[0].document(&LoadOptions::default()).unwrap();
    assert_eq!(document.meta.title.as_deref(), Some("Talks & dinner in Nara"));
    assert_eq!(document.meta.published.unwrap().to_string(), "2026-01-13");
    assert_eq!(document.meta.publisher.as_deref(), Some("Ministry of Foreign Affairs"));
    assert_eq!(document.meta.address.as_deref(), Some("https://mofa.example/news/1"));
    assert!(document.text.contains("agreed to meet again."), "{}", document.text);
    assert_eq!((document.id, document.source.as_str()), (items[0].hash(), "feed.xml#1"));
    assert!(items[2].document(&LoadOptions::default()).is_err_and(|error| error.is_empty()));
    let teaser = items[1].document(&LoadOptions::default()).unwrap();
    assert!(teaser.doubts.iter().any(|doubt| doubt.message.contains("only a summary")));
}

#[test]
fn feeds_are_unpacked_and_decoded() {
    let plain = shown(RSS.as_bytes(), "f");
    assert_eq!(shown(&gzip(RSS.as_bytes()), "f"), plain);
    assert_eq!(shown(&zstd(RSS.as_bytes()), "f"), plain);
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(RSS.replace("UTF-8", "UTF-16").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(shown(&utf16, "f"), plain);
    let latin = b"<?xml version='1.0' encoding='windows-1252'?><rss><channel><item><title>\xc9lys\xe9e</title><link>http://e.example/</link></item></channel></rss>";
    check(latin, "f", "f#1 | - | Élysée | Address Text | http://e.example/ |");
}

#[test]
fn atom_entries_know_their_base_and_type() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://gov.example/" xml:lang="de"><title type="html">Gov &amp;amp; Co</title>
        <link rel="self" href="feed.atom"/>
        <entry xml:base="news/"><id>urn:1</id><title>One</title><link rel="alternate" type="text/html" href="1.html"/>
          <updated>2026-02-03T23:30:00-05:00</updated>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They <b>met</b>.</p></div></content></entry>
        <entry><id>https://gov.example/2</id><title type="text">Less &lt;br> more</title><published>2026-02-04</published><summary>Short</summary></entry>
        <entry><id>urn:3</id><title>Elsewhere</title><content type="application/pdf" src="/3.pdf"/></entry></feed>"#;
    check(
        atom,
        "f",
        "f#1 | 2026-02-03 | One | Full Html | https://gov.example/news/1.html | <div xmlns=\"http://www.w3.org/1999/xhtml
         f#2 | 2026-02-04 | Less <br> more | Teaser Text | https://gov.example/2 | Short
         f#3 | - | Elsewhere | Address Html | https://gov.example/3.pdf |",
    );
    let items: Vec<_> = items_of(atom.as_bytes(), "f").flatten().collect();
    assert_eq!(items[0].publisher.as_deref(), Some("Gov & Co"));
    assert_eq!(items[0].published.as_ref().unwrap().instant.unwrap().to_string(), "2026-02-04T04:30:00Z");
    let entry = r#"<entry xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>Alone</title><content>All of it</content></entry>"#;
    check(entry, "f", "f#1 | - | Alone | Full Text | - | All of it");
}

#[test]
fn a_broken_entry_costs_only_itself() {
    check(
        "<rss><channel><item><title>a</title><link>http://e/1</link><item><title>b</title><link>http://e/2</link></item>\
         <item><title>c <!-- never closed</title></item></channel></rss>",
        "f",
        "! f: byte 14: the entry is not closed before the next one begins at byte 59: left out
         f#1 | - | b | Address Text | http://e/2 |
         ! f: byte 111: the markup is broken (syntax error: comment not closed: `-->` not found before end of input): the entry is left out, nothing after it can be read",
    );
    let misnested =
        "<rss><channel><item><title>a<b></title><link>http://e/1</link></x></item><item><link>http://e/2?a=1&b=2</link></item></rss>";
    assert_eq!(shown(misnested.as_bytes(), "f").lines().count(), 2, "{}", shown(misnested.as_bytes(), "f"));
    let cut = &RSS[..RSS.find("Envoy leaves").unwrap()];
    let shown = shown(cut.as_bytes(), "f");
    assert!(shown.starts_with("f#1") && shown.contains("ends in the midst of an entry"), "{shown}");
    let packed = gzip(RSS.as_bytes());
    let items: Vec<_> = items_of(&packed[..packed.len() - 40], "f").collect();
    assert!(items.first().is_some_and(Result::is_ok) && items.last().unwrap().as_ref().is_err_and(|error| error.is_cut_off()));
}

#[test]
fn json_feeds_keep_what_came_before_a_break() {
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Office","items":[
        {"id":7,"url":"https://o.example/7","content_html":"<p>All of it.</p>","title":"Seven","date_published":"2026-01-13T09:00:00Z"},
        {"id":"8","external_url":"https://o.example/8","summary":"Short"}, 3, {"title":"nothing"}],"language":"en"}"#;
    check(
        feed,
        "f.json",
        "f.json#1 | 2026-01-13 | Seven | Full Html | https://o.example/7 | <p>All of it.</p>
         f.json#2 | - | - | Teaser Text | https://o.example/8 | Short
         ! f.json: entry 3: is no JSON object
         ! f.json: entry 4: has neither text nor address: there is nothing to read",
    );
    let items: Vec<_> = items_of(&feed.as_bytes()[..feed.find("\"8\"").unwrap()], "f.json").collect();
    assert!(items.len() == 2 && items[0].is_ok() && items[1].as_ref().is_err_and(|error| error.is_cut_off()));
}

#[test]
fn sitemaps_give_addresses() {
    let index = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://s.example/a.xml.gz</loc></sitemap></sitemapindex>";
    check(index, "s", "s#1 | - | - | Address Html | https://s.example/a.xml.gz |");
    let map = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>
        <url><loc>https://s.example/1?a=1&amp;b=2</loc><lastmod>2026-01-02</lastmod></url>
        <url><loc>https://s.example/2</loc><news:news><news:publication><news:name>Daily</news:name><news:language>en</news:language></news:publication>
        <news:publication_date>2026-01-03</news:publication_date><news:title>Talks</news:title></news:news></url><url></url></urlset>";
    let packed = gzip(map.as_bytes());
    check(
        &packed,
        "s.xml.gz",
        "s.xml.gz#1 | - | - | Address Html | https://s.example/1?a=1&b=2 |
         s.xml.gz#2 | 2026-01-03 | Talks | Address Html | https://s.example/2 |
         ! s.xml.gz: entry 3: has no address (loc)",
    );
    assert!(items_of(&packed, "s").flatten().all(|item| item.extent == Extent::Address && item.id.is_some()));
}
