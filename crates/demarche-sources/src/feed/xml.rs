//! The markup of feeds and sitemaps → root, fields and entries, as they come.
//!
//! Feeds are often not well-formed. End tags that fit nothing are passed over, elements that are not closed are closed
//! by their parent's end, entities need no declaration, and after markup that cannot be read at all the walk goes on at
//! the next entry.
//!
//! **Invariant:** an entry is handed over whole or not at all.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use quick_xml::{Reader, events::BytesStart};

/// Elements nested deeper than this are taken as part of their parent.
const DEEPEST: usize = 64;

/// The vocabularies that feeds draw upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    None,
    Rss,
    Atom,
    Dc,
    DcTerms,
    Content,
    Media,
    Xhtml,
    News,
    Other,
}

/// An element with all that is in it.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) space: Space,
    pub(crate) local: String,
    attributes: Vec<(String, String)>,
    /// Its own text, entities and CDATA resolved, without that of its children.
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
    /// What stands between its tags, as it is written, where there are children.
    inner: String,
    begin: usize,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn child(&self, space: Space, local: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.space == space && child.local == local)
    }

    /// Its text, or its markup if there is any in it.
    pub(crate) fn content(&self) -> Cow<'_, str> {
        match self.children.is_empty() {
            true => Cow::Borrowed(&self.text),
            false => Cow::Borrowed(&self.inner),
        }
    }
}

/// What a walk over a feed meets.
pub(crate) enum Event {
    /// The root element: its name and attributes.
    Root(Element),
    /// Something that the feed says of itself.
    Field(Element),
    /// An entry, and where it begins.
    Entry(Element, usize),
    /// Markup that could not be read, or the end in the midst of it.
    Broken { offset: usize, cut: bool, message: String },
}

/// A walk over the markup.
pub(crate) struct Walker<'a> {
    source: &'a str,
    reader: Reader<&'a [u8]>,
    /// Where the reader's text begins in the source.
    shift: usize,
    entries: &'a [&'a str],
    spaces: HashMap<String, Space>,
    /// What prefixes meant before an open element gave them another meaning, and at which depth it did.
    shadowed: Vec<(usize, String, Option<Space>)>,
    /// Elements that are open: those that hold entries are only named, others are built.
    frame: Vec<String>,
    built: Vec<Element>,
    /// The entry that a new one cut short.
    waiting: Option<Element>,
    rooted: bool,
    done: bool,
}

impl<'a> Walker<'a> {
    pub(crate) fn new(source: &'a str, entries: &'a [&'a str]) -> Walker<'a> {
        let spaces = HashMap::new();
        let reader = reader(source);
        Walker {
            source,
            reader,
            shift: 0,
            entries,
            spaces,
            shadowed: Vec::new(),
            frame: Vec::new(),
            built: Vec::new(),
            waiting: None,
            rooted: false,
            done: false,
        }
    }

    pub(crate) fn next(&mut self) -> Option<Event> {
        if let Some(element) = self.waiting.take() {
            self.built.push(element);
        }
        while !self.done {
            let before = self.position();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Some(self.broken(before, &error.to_string())),
            };
            use quick_xml::events::Event as Xml;
            let found = match event {
                Xml::Start(tag) => self.open(&tag, before, false),
                Xml::Empty(tag) => self.open(&tag, before, true),
                Xml::End(tag) => self.close(tag.name().as_ref(), before),
                Xml::Text(text) => self.add(&text.into_inner()),
                Xml::CData(text) => self.add(&text.into_inner()),
                Xml::GeneralRef(reference) => {
                    let written = format!("&{};", &*reference.into_inner());
                    self.add(&html_escape::decode_html_entities(&written))
                }
                Xml::Eof => return self.end(),
                _ => None,
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn position(&self) -> usize {
        self.shift + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn open(&mut self, tag: &BytesStart<'_>, begin: usize, empty: bool) -> Option<Event> {
        let element = self.element(tag, begin);
        let after = self.position();
        if !self.rooted {
            self.rooted = true;
            self.shadowed.clear();
            if self.is_entry(&element) && !empty {
                // An entry on its own is a document of Atom, too.
                self.waiting = Some(element.clone());
            } else if !empty {
                self.frame.push(name_of(tag));
            }
            return Some(Event::Root(element));
        }
        let is_entry = self.is_entry(&element);
        if self.built.is_empty() && !is_entry && element.local.eq_ignore_ascii_case("channel") {
            self.frame.push(name_of(tag));
            self.shadowed.clear();
            return None;
        }
        let inside = self.built.iter().position(|open| self.is_entry(open));
        if let (true, Some(at), false) = (is_entry, inside, empty) {
            // `<item>` inside `<item>`: the first was not closed.
            let offset = self.built[at].begin;
            self.built.clear();
            self.waiting = Some(element);
            let message = format!("the entry is not closed before the next one begins at byte {begin}: left out");
            return Some(Event::Broken { offset, cut: false, message });
        }
        if self.built.len() >= DEEPEST {
            return None;
        }
        self.built.push(Element { begin: if is_entry { begin } else { after }, ..element });
        if empty { self.finish(after..after) } else { None }
    }

    fn is_entry(&self, element: &Element) -> bool {
        self.entries.contains(&element.local.as_str()) && matches!(element.space, Space::None | Space::Rss | Space::Atom | Space::Other)
    }

    fn close(&mut self, name: &str, begin: usize) -> Option<Event> {
        let local = local_of(name);
        if let Some(at) = self.built.iter().rposition(|open| open.local == local) {
            while self.built.len() > at + 1 {
                let open = self.built.last().map_or(begin, |open| open.begin);
                self.finish(open.min(begin)..begin);
            }
            let open = self.built.last().map_or(begin, |open| open.begin);
            return self.finish(open.min(begin)..begin);
        }
        if self.built.is_empty()
            && let Some(at) = self.frame.iter().rposition(|open| open == name)
        {
            self.frame.truncate(at);
        }
        None
    }

    /// Closes the innermost element: it goes to its parent, or out.
    fn finish(&mut self, inner: Range<usize>) -> Option<Event> {
        let mut element = self.built.pop()?;
        self.unshadow(self.built.len());
        if !element.children.is_empty() && !self.is_entry(&element) {
            element.inner = self.source.get(inner).unwrap_or_default().to_owned();
        }
        if let Some(parent) = self.built.last_mut() {
            parent.children.push(element);
            return None;
        }
        let begin = element.begin;
        Some(if self.is_entry(&element) { Event::Entry(element, begin) } else { Event::Field(element) })
    }

    /// Gives prefixes the meaning back that they had outside of elements this deep.
    fn unshadow(&mut self, depth: usize) {
        while let Some((_, prefix, before)) = self.shadowed.pop_if(|(at, ..)| *at >= depth) {
            match before {
                Some(space) => self.spaces.insert(prefix, space),
                None => self.spaces.remove(&prefix),
            };
        }
    }

    fn add(&mut self, text: &str) -> Option<Event> {
        if let Some(open) = self.built.last_mut() {
            open.text.push_str(text);
        }
        None
    }

    fn element(&mut self, tag: &BytesStart<'_>, begin: usize) -> Element {
        let mut attributes = Vec::new();
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            let value = html_escape::decode_html_entities(&attribute.value).into_owned();
            if key == "xmlns" || key.starts_with("xmlns:") {
                let prefix = key.strip_prefix("xmlns:").unwrap_or_default();
                let before = self.spaces.insert(prefix.to_owned(), space_of(&value));
                self.shadowed.push((self.built.len(), prefix.to_owned(), before));
            }
            attributes.push((key.to_owned(), value));
        }
        let name = tag.name();
        let name = name.as_ref();
        let prefix = name.rsplit_once(':').map_or("", |(prefix, _)| prefix);
        let space = self.spaces.get(prefix).copied().unwrap_or_else(|| customary(prefix));
        Element {
            space,
            local: local_of(name).to_owned(),
            attributes,
            text: String::new(),
            children: Vec::new(),
            inner: String::new(),
            begin,
        }
    }

    /// After unreadable markup: goes on at the next entry, if there is one.
    fn broken(&mut self, at: usize, error: &str) -> Event {
        let from = self.position().max(at + 1).min(self.source.len());
        let within = self.built.iter().find(|open| self.is_entry(open)).map(|open| open.begin);
        self.built.clear();
        self.unshadow(0);
        let rest = self.source.get(from..).unwrap_or_default();
        let next = self.entries.iter().filter_map(|name| rest.find(&format!("<{name}"))).min();
        match next {
            Some(next) => {
                self.shift = from + next;
                self.reader = reader(&self.source[self.shift..]);
            }
            None => self.done = true,
        }
        let lost = if within.is_some() { "the entry is left out" } else { "it is passed over" };
        let what = if next.is_some() { "the rest is read" } else { "nothing after it can be read" };
        let message = format!("the markup is broken ({error}): {lost}, {what}");
        Event::Broken { offset: within.unwrap_or(at), cut: next.is_none(), message }
    }

    fn end(&mut self) -> Option<Event> {
        self.done = true;
        let within = self.built.iter().find(|open| self.is_entry(open)).map(|open| open.begin);
        let offset = self.source.len();
        let message = match within {
            Some(begin) => format!("ends in the midst of an entry that begins at byte {begin}: what came before it is whole"),
            None if !self.built.is_empty() || !self.frame.is_empty() => "ends before its closing tag: what came before is whole".to_owned(),
            None => return None,
        };
        Some(Event::Broken { offset, cut: true, message })
    }
}

fn reader(source: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

fn name_of(tag: &BytesStart<'_>) -> String {
    tag.name().as_ref().to_owned()
}

fn local_of(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn space_of(address: &str) -> Space {
    match address.trim_end_matches('/').trim_end_matches('#') {
        "http://www.w3.org/2005/Atom" | "http://purl.org/atom/ns" => Space::Atom,
        "http://purl.org/rss/1.0" | "http://my.netscape.com/rdf/simple/0.9" | "http://backend.userland.com/RSS2" => Space::Rss,
        "http://www.sitemaps.org/schemas/sitemap/0.9" | "http://www.google.com/schemas/sitemap/0.84" => Space::Rss,
        "http://purl.org/dc/elements/1.1" => Space::Dc,
        "http://purl.org/dc/terms" => Space::DcTerms,
        "http://purl.org/rss/1.0/modules/content" => Space::Content,
        "http://search.yahoo.com/mrss" => Space::Media,
        "http://www.w3.org/1999/xhtml" => Space::Xhtml,
        "http://www.google.com/schemas/sitemap-news/0.9" => Space::News,
        _ => Space::Other,
    }
}

/// What a prefix means that no one declared.
fn customary(prefix: &str) -> Space {
    match prefix {
        "" => Space::None,
        "atom" => Space::Atom,
        "dc" => Space::Dc,
        "dcterms" => Space::DcTerms,
        "content" => Space::Content,
        "media" => Space::Media,
        "xhtml" => Space::Xhtml,
        "news" => Space::News,
        _ => Space::Other,
    }
}
