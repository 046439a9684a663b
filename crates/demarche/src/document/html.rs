//! HTML → pieces: the article of a page, what the page says of itself, and the way back to its source.
//!
//! [`tags`] cuts the source into text and tags, [`meta`] gathers title, date and the like from them, and [`scan`] writes
//! the visible text onto a page. Which part of a page is the article is dom_smoothie's judgement; a page that is too
//! large or too deeply nested for it, and one in which it finds nothing, is read whole, navigation and the like aside.
//! Other XML is read for its `title`, its date and its `content`; feeds are refused, for they hold many documents.

mod tags;
mod scan;
mod meta;
mod xml;

use dom_smoothie::{Config, Readability};

pub(crate) use scan::{Keep, scan, scan_inline};

use super::{
    OffsetMap,
    draft::{Draft, Shape, Stated, begins_with_title},
    error::{Kind, LoadError},
    render::Page,
};
use tags::depth;

/// Beyond these a page is not given to the article finder, whose work grows faster than the page.
const DEEPEST: usize = 256;
const MOST_MARKS: usize = 50_000;

/// An article shorter than this is doubted if the page has three times as much text.
const SHORT_ARTICLE: usize = 140;

/// Extracts the article of a page, or the text of another XML document.
pub(crate) fn draft(source: &str, name: &str) -> Result<Draft, LoadError> {
    match xml::root(source) {
        Some(xml::Root::Feed) => {
            return Err(LoadError::new(Kind::Container, name, "looks like a feed (RSS or Atom), which holds many documents"));
        }
        Some(xml::Root::Other) => return Ok(xml::draft(source)),
        Some(xml::Root::Page) | None => {}
    }
    let mut stated = meta::stated(source);
    let whole = page(source, Keep::Article);
    let mut draft = article(source, &mut stated).unwrap_or_default();
    if draft.text.len() < SHORT_ARTICLE && whole.text.len() > 3 * draft.text.len() {
        draft = whole;
    }
    let everything = page(source, Keep::Everything);
    draft.map = align(&draft, &everything);
    Ok(titled(draft, stated))
}

/// The text of a fragment of HTML, as a JSON field may hold it, with `title` before it if it does not begin with that.
pub(crate) fn fragment(source: &str, stated: Stated) -> Draft {
    let draft = page(source, Keep::Everything);
    titled(Draft { map: OffsetMap::default(), ..draft }, stated)
}

/// Whether a JSON field holds HTML and not plain text.
pub(crate) fn is_fragment(text: &str) -> bool {
    ["</p>", "<p>", "<br>", "<br/>", "<br />", "</div>", "</li>"]
        .iter()
        .any(|tag| memchr::memmem::find(text.as_bytes(), tag.as_bytes()).is_some())
}

fn page(source: &str, keep: Keep) -> Draft {
    let mut page = Page::default();
    scan(&mut page, source, 0..source.len(), keep);
    page.finish(Stated::default())
}

/// The article that dom_smoothie finds.
fn article(source: &str, stated: &mut Stated) -> Option<Draft> {
    if memchr::memchr2_iter(b'<', b'&', source.as_bytes()).count() > MOST_MARKS || depth(source) > DEEPEST {
        return None;
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let article = Readability::new(source, None, Some(config)).ok()?.parse().ok()?;
    let title = article.title.trim();
    if stated.title.is_none() && !title.is_empty() {
        stated.title = Some(title.to_owned());
    }
    Some(page(&article.content, Keep::Article))
}

/// Puts the title first, unless the text begins with it.
fn titled(mut draft: Draft, stated: Stated) -> Draft {
    if let Some(title) = stated.title.as_deref().filter(|title| !title.trim().is_empty()) {
        if begins_with_title(&draft.text, title) {
            let first = draft.pieces.first_mut().filter(|first| first.span.len() <= title.len() + 8);
            if let Some(first) = first {
                first.shape = Shape::Title;
            }
        } else {
            let mut page = Page::default();
            page.title(title, None);
            let head = page.finish(Stated::default());
            let shift = (head.text.len() + 2) as u32;
            draft.text = format!("{}\n\n{}", head.text, draft.text);
            for piece in &mut draft.pieces {
                piece.span.start += shift;
                piece.span.end += shift;
            }
            draft.pieces.splice(0..0, head.pieces);
            draft.map.runs.iter_mut().for_each(|run| run.0 += shift);
        }
    }
    Draft { stated, ..draft }
}

/// Finds each piece of an article in the text of the whole page, whose way back to the source is known.
fn align(draft: &Draft, whole: &Draft) -> OffsetMap {
    /// So many searches through the whole page may fail before the rest of the article goes without a way back.
    const PATIENCE: usize = 20;
    let mut map = OffsetMap::default();
    let (mut from, mut failed) = (0, 0);
    for piece in &draft.pieces {
        let words = piece.span.of(&draft.text).as_bytes();
        let Some(at) = memchr::memmem::find(&whole.text.as_bytes()[from..], words) else {
            failed += 1;
            if failed > PATIENCE {
                break;
            }
            continue;
        };
        let at = from + at;
        let place = OffsetMap { runs: vec![(piece.span.start, at as u32, words.len() as u32)], identity: false };
        map.runs.append(&mut place.through(&whole.map).runs);
        from = at + words.len();
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn check(source: &str, expected: &[&str]) {
        let draft = draft(source, "test").expect("is a page");
        let got: Vec<String> = draft.pieces.iter().map(|piece| format!("{:?} {}", piece.shape, piece.span.of(&draft.text))).collect();
        assert_eq!(got, expected);
    }

    const PAGE: &str = "<!doctype html><html lang=en-GB><head><title>Talks in Busan | The Post</title>
        <meta property='og:site_name' content='The Post'><meta property=og:title content='Talks in Busan'>
        <script>var a = '<p>no';</script></head><body><nav><ul><li>Home</li><li>World</li></ul></nav>
        <article><h1>Talks in Busan</h1><p>Lee &amp; Ishiba met on <b>Tuesday</b>&nbsp;in a hall above the sea, an hour
        before noon, with the ministers of both governments at their side and the press outside.</p>
        <p>They agreed on:</p><ul><li>trade, first of all, and the ships that it takes</li><li>security at sea</li></ul>
        <p>Both will meet again, &ldquo;if all goes well&rdquo;, officials said, though they would not name a place or a day
        for that, nor say who would come.</p></article><footer>All rights reserved</footer></body></html>";

    #[test]
    fn an_article_is_found_and_leads_back_to_its_source() {
        check(
            PAGE,
            &[
                "Title Talks in Busan",
                "Text Lee & Ishiba met on Tuesday in a hall above the sea, an hour before noon, with the ministers of both governments at their side and the press outside.",
                "Text They agreed on:",
                "Item trade, first of all, and the ships that it takes",
                "Item security at sea",
                "Text Both will meet again, “if all goes well”, officials said, though they would not name a place or a day for that, nor say who would come.",
            ],
        );
        let draft = draft(PAGE, "test").expect("is a page");
        for (words, raw) in [("Ishiba met on Tuesday", "Ishiba met on <b>Tuesday"), ("security at sea", "security at sea")] {
            let at = draft.text.find(words).expect("is in the text");
            let found = draft.map.raw_of(Span::new(at, at + words.len())).expect("has a way back");
            assert_eq!(&PAGE[found], raw);
        }
        assert_eq!(draft.stated.publisher.as_deref(), Some("The Post"));
        assert_eq!(draft.stated.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn pages_without_an_article_and_broken_ones_give_their_text() {
        check("<p>Lee met Ishiba<p>They talked", &["Text Lee met Ishiba", "Text They talked"]);
        check("<p title='a>b'>Lee < Ishiba & co<br>The End<!-- <p> --", &["Text Lee < Ishiba & co", "Text The End"]);
        let deep = "<div>".repeat(100_000) + "Lee met Ishiba";
        check(&deep, &["Text Lee met Ishiba"]);
    }

    #[test]
    fn xml_is_read_and_feeds_are_not() {
        check(
            "<?xml version='1.0'?><release><title>On APEC</title><release-date>24/05/1996</release-date><content><![CDATA[<p>We met.</p>]]></content></release>",
            &["Title On APEC", "Text We met."],
        );
        for feed in ["<?xml version='1.0'?>\n<!-- x --><rss version='2.0'>", "<feed xmlns='a'>", "<rdf:RDF>"] {
            assert!(draft(feed, "test").is_err_and(|error| error.is_container()), "{feed}");
        }
    }
}
