//! Bytes → documents: takes the format off, lays the pieces out, and asks what is known about the whole.
//!
//! [`format_of`](super::format_of) tells the kind of file; [`decode`](super::decode) makes it text; the module of the
//! format makes it a draft of pieces; [`layout`](super::layout) tells headline, heading, list and furniture apart;
//! [`metadata`](super::metadata) settles title, date and language.

use std::borrow::Cow;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::{
    Document, Format, JsonLines, OffsetMap,
    decode::{Decoded, decode},
    draft::Draft,
    error::{Kind, LoadError},
    html,
    jsonl::FieldNames,
    layout::lay_out,
    markdown,
    metadata::{describe, doubt},
    plain,
    sniff::format_of,
};

/// What the caller knows about the bytes, which wins over what they say themselves.
#[derive(Clone, Debug, Default)]
pub struct LoadOptions {
    /// The format; by name and content if `None`.
    pub format: Option<Format>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The language, as an ISO 639-1 code.
    pub language: Option<String>,
    /// Under which names a JSON object keeps its title, text, date and so on.
    pub fields: FieldNames,
}

/// The documents in `bytes`: one for plain text, Markdown and HTML, one per line for JSON Lines.
///
/// `source` is what the user calls them, a path or `-`. A line that cannot be read gives an error with its number, and
/// the next line is read all the same.
///
/// ```
/// use demarche::document::{LoadOptions, load};
///
/// let text = "Lee lands in Tokyo\n\nTOKYO, Aug. 23, 2025 — President Lee Jae-myung arrived on Saturday.";
/// let documents: Result<Vec<_>, _> = load(text.as_bytes(), "-", &LoadOptions::default()).collect();
/// let document = &documents?[0];
/// assert_eq!(document.meta.title.as_deref(), Some("Lee lands in Tokyo"));
/// assert_eq!(document.meta.published.map(|day| day.to_string()).as_deref(), Some("2025-08-23"));
/// # Ok::<(), demarche::document::LoadError>(())
/// ```
pub fn load<'a>(bytes: &'a [u8], source: &'a str, options: &'a LoadOptions) -> Documents<'a> {
    match options.format.unwrap_or_else(|| format_of(bytes, source)) {
        Format::JsonLines => Documents(Inner::Lines(JsonLines::new(bytes, source, options))),
        format => Documents(Inner::One(Some((bytes, source, format, options)))),
    }
}

/// The one document in `bytes`; an error if they are JSON Lines with several.
pub fn load_one(bytes: &[u8], source: &str, options: &LoadOptions) -> Result<Document, LoadError> {
    let mut documents = load(bytes, source, options);
    let first = documents.next().unwrap_or_else(|| Err(LoadError::new(Kind::Empty, source, "is empty")))?;
    match documents.next() {
        Some(_) => Err(LoadError::new(Kind::Container, source, "holds several documents where one was expected")),
        None => Ok(first),
    }
}

/// The documents of one file, read one at a time; see [`load`].
pub struct Documents<'a>(Inner<'a>);

enum Inner<'a> {
    One(Option<(&'a [u8], &'a str, Format, &'a LoadOptions)>),
    Lines(JsonLines<'a>),
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, LoadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Inner::One(one) => one.take().map(|(bytes, source, format, options)| whole(bytes, source, format, options)),
            Inner::Lines(lines) => lines.next(),
        }
    }
}

/// Reads a file that is one document.
fn whole(bytes: &[u8], source: &str, format: Format, options: &LoadOptions) -> Result<Document, LoadError> {
    if options.format.is_none() && [".csv", ".tsv"].iter().any(|end| source.ends_with(end)) {
        return Err(LoadError::new(Kind::Container, source, "looks like a table, which holds many records"));
    }
    let Decoded { text, map, doubt: encoding } = decode(bytes, source)?;
    if text.trim().is_empty() {
        return Err(LoadError::new(Kind::Empty, source, "is empty"));
    }
    let draft = match format {
        Format::Markdown => markdown::draft(&text),
        Format::Html => html::draft(&text, source)?,
        Format::Plain | Format::JsonLines => plain_draft(text),
    };
    Ok(finish(draft, Origin { bytes, source, format, map: &map, encoding }, options))
}

fn plain_draft(text: Cow<'_, str>) -> Draft {
    let text = text.into_owned();
    Draft { pieces: plain::pieces(&text, 0), text, map: OffsetMap::same(), ..Draft::default() }
}

/// Where a draft comes from.
pub(crate) struct Origin<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) source: &'a str,
    pub(crate) format: Format,
    /// From the decoded text, of which the draft was made, to the bytes.
    pub(crate) map: &'a OffsetMap,
    /// What was odd about the encoding.
    pub(crate) encoding: Option<String>,
}

/// Lays a draft out and describes it.
pub(crate) fn finish(draft: Draft, origin: Origin<'_>, options: &LoadOptions) -> Document {
    let layout = lay_out(&draft);
    let mut document = Document {
        id: identity(origin.bytes),
        source: origin.source.to_owned(),
        format: origin.format,
        text: draft.text,
        blocks: layout.blocks.clone(),
        map: draft.map.through(origin.map),
        doubts: origin.encoding.map(|message| doubt("encoding", message, None)).into_iter().collect(),
        ..Document::default()
    };
    describe(&mut document, draft.stated, &layout, options);
    if !document.blocks.iter().any(|block| matches!(block.kind, super::BlockKind::Paragraph | super::BlockKind::ListItem)) {
        document.doubts.push(doubt("empty", "there is no running text".into(), None));
    }
    document
}

/// A document's identity: `sha256:` and the hash of its raw bytes.
pub fn identity(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut id = String::with_capacity(71);
    id.push_str("sha256:");
    for byte in Sha256::digest(bytes) {
        id.push(DIGITS[usize::from(byte >> 4)] as char);
        id.push(DIGITS[usize::from(byte & 15)] as char);
    }
    id
}
