//! What kind of source some bytes are: by how they begin, and by their name where the beginning leaves it open.

use crate::{
    SourceError, error,
    text::{begins, decoded_head},
};

/// The kinds of source that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// RSS, Atom or RDF.
    Feed,
    /// JSON Feed.
    JsonFeed,
    /// A sitemap, or an index of sitemaps.
    Sitemap,
    /// A web archive, WARC.
    Warc,
    /// A web archive, ARC.
    Arc,
    /// A mailbox.
    Mbox,
    /// One message, or a page saved as one (MHTML).
    Mail,
    /// A PDF file.
    Pdf,
    /// JSON Lines, or one JSON object.
    JsonLines,
    /// A web page, or another XML document.
    Page,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
    /// GDELT events, 61 columns (2.0) or 57 or 58 (1.0).
    GdeltEvents,
    /// GDELT mentions, 16 columns.
    GdeltMentions,
}

/// How many bytes [`Kind::of`] likes to see.
pub(crate) const HEAD: usize = 8192;

impl Kind {
    /// Tells the kind from the first bytes (unpacked) and the name of a source.
    ///
    /// # Errors
    /// For what holds no text that is read: images, programs, office documents, GDELT's knowledge graph.
    pub fn of(head: &[u8], name: &str) -> Result<Kind, SourceError> {
        let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        if start.starts_with(b"WARC/") {
            return Ok(Kind::Warc);
        }
        if start.starts_with(b"filedesc:") {
            return Ok(Kind::Arc);
        }
        if memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some() {
            return Ok(Kind::Pdf);
        }
        if let Some(what) = unreadable(start) {
            return Err(error::Kind::Unknown.error(name, what));
        }
        let text = decoded_head(head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.starts_with('<') {
            return Ok(xml(text));
        }
        if text.starts_with(['{', '[']) && !text.starts_with("[[") {
            return Ok(json(text, name));
        }
        if let Some(kind) = gdelt(text, name)? {
            return Ok(kind);
        }
        Ok(mail(text, name).unwrap_or_else(|| by_name(name, text)))
    }
}

impl error::Kind {
    pub(crate) fn error(self, source: &str, message: impl Into<String>) -> SourceError {
        SourceError::new(self, source, message)
    }
}

/// The root element, and what it means.
fn xml(text: &str) -> Kind {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let skipped = match () {
            () if rest.starts_with("<?") => rest.split_once("?>"),
            () if rest.starts_with("<!--") => rest.split_once("-->"),
            () if begins(rest, "<!doctype") => rest.split_once('>'),
            () => break,
        };
        match skipped {
            Some((_, after)) => rest = after,
            None => return Kind::Page,
        }
    }
    let name = rest.trim_start_matches('<');
    let name = &name[..name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len())];
    match name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase().as_str() {
        "rss" | "feed" | "rdf" => Kind::Feed,
        "entry" if text.contains("http://www.w3.org/2005/Atom") => Kind::Feed,
        "urlset" | "sitemapindex" => Kind::Sitemap,
        _ => Kind::Page,
    }
}

fn json(text: &str, name: &str) -> Kind {
    let says = |what: &str| text.contains(what);
    let feed = says("jsonfeed.org/version") || says("\"items\"") && (says("\"home_page_url\"") || says("\"feed_url\""));
    match text.starts_with('{') && feed && !name.ends_with(".jsonl") {
        true => Kind::JsonFeed,
        // "[as of Tuesday]" begins a text; an array begins with an object.
        false if text.starts_with('[') && !text[1..].trim_start().starts_with('{') => Kind::Text,
        false => Kind::JsonLines,
    }
}

/// Tables of GDELT, by their number of columns: tab-separated, the first two cells numbers.
fn gdelt(text: &str, name: &str) -> Result<Option<Kind>, SourceError> {
    let Some(line) = text.lines().next() else { return Ok(None) };
    let separator = if line.contains('\t') { '\t' } else { ',' };
    let cells: Vec<&str> = line.split(separator).collect();
    let numbers = cells.iter().take(2).all(|cell| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit()));
    let header = cells[0].eq_ignore_ascii_case("globaleventid");
    if cells[0].eq_ignore_ascii_case("gkgrecordid") || cells.len() == 27 && separator == '\t' && cells[0].contains('-') {
        let message = "is GDELT's knowledge graph, which is not read: take the events or mentions of the same quarter of an hour";
        return Err(error::Kind::Unknown.error(name, message));
    }
    Ok(match cells.len() {
        57 | 58 | 61 if header || numbers && separator == '\t' => Some(Kind::GdeltEvents),
        16 if header || numbers && separator == '\t' => Some(Kind::GdeltMentions),
        _ => None,
    })
}

fn mail(text: &str, name: &str) -> Option<Kind> {
    let mut lines = text.lines();
    let first = lines.next()?;
    let is_header = |line: &str| {
        line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
    };
    if first.starts_with("From ") && lines.next().is_some_and(|line| is_header(line) || line.starts_with('>')) {
        return Some(Kind::Mbox);
    }
    let named = [".eml", ".mht", ".mhtml"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let known = ["mime-version:", "message-id:", "content-type:", "received:", "return-path:", "delivered-to:"];
    let head = text.split("\n\n").next().and_then(|head| head.split("\r\n\r\n").next()).unwrap_or(text);
    let mail_like = is_header(first) && head.lines().filter(|line| known.iter().any(|start| begins(line, start))).count() >= 2;
    (mail_like || named && is_header(first)).then_some(Kind::Mail)
}

fn by_name(name: &str, text: &str) -> Kind {
    let name = name.to_ascii_lowercase();
    match name.trim_end_matches(".gz").trim_end_matches(".zst").rsplit_once('.').map(|(_, end)| end) {
        Some("md" | "markdown") => Kind::Markdown,
        Some("html" | "htm" | "xhtml") => Kind::Page,
        Some("jsonl" | "ndjson") => Kind::JsonLines,
        _ if text.starts_with("---\n") || text.starts_with("# ") || text.starts_with("## ") => Kind::Markdown,
        _ => Kind::Text,
    }
}

/// What the bytes are, if they are nothing to read.
fn unreadable(start: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 10] = [
        (b"PK\x03\x04", "is a ZIP file inside another file: unpack it first"),
        (b"\x1f\x8b", "is packed twice: unpack it first"),
        (b"\x28\xb5\x2f\xfd", "is packed twice: unpack it first"),
        (b"\x89PNG", "is an image"),
        (b"\xff\xd8\xff", "is an image"),
        (b"GIF8", "is an image"),
        (b"\x7fELF", "is a program"),
        (b"\xd0\xcf\x11\xe0", "is a document of an office program: save it as PDF or HTML"),
        (b"SQLite format 3", "is a database: give it with --store"),
        (b"BZh", "is packed with bzip2, which is not read: unpack it first"),
    ];
    KINDS.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, what)| *what)
}
