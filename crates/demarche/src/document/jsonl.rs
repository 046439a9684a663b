//! JSON Lines → documents, a line at a time: an object per line, its fields known by name.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::{
    Document, Format, LoadOptions, OffsetMap,
    draft::{Draft, Piece, Shape, Stated, begins_with_title},
    error::{Kind, LoadError},
    html,
    load::{Origin, finish},
    plain,
};
use crate::span::Span;

/// Under which names an object keeps what; the first name that is present and not empty counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldNames {
    /// The title: `title`, `headline`.
    pub title: Vec<String>,
    /// The text: `text`, `body`, `content`, `maintext`, `article`.
    pub text: Vec<String>,
    /// The day of publication: `published`, `date`, `pubDate`, `published_at`, `date_publish`.
    pub published: Vec<String>,
    /// The address: `url`, `link`, `source_url`.
    pub address: Vec<String>,
    /// The publisher: `publisher`, `source`, `creator`.
    pub publisher: Vec<String>,
    /// The language: `language`, `lang`.
    pub language: Vec<String>,
}

impl FieldNames {
    fn names(&self, key: &str) -> bool {
        [&self.title, &self.text, &self.published, &self.address, &self.publisher, &self.language]
            .iter()
            .any(|names| names.iter().any(|name| name == key))
    }
}

impl Default for FieldNames {
    fn default() -> FieldNames {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        FieldNames {
            title: names(&["title", "headline"]),
            text: names(&["text", "body", "content", "maintext", "article"]),
            published: names(&["published", "date", "pubDate", "published_at", "date_publish"]),
            address: names(&["url", "link", "source_url"]),
            publisher: names(&["publisher", "source", "creator"]),
            language: names(&["language", "lang"]),
        }
    }
}

/// The documents of a JSON Lines file. Empty lines are skipped; so are the brackets and commas of an array that has an
/// object on each line.
pub struct JsonLines<'a> {
    rest: &'a [u8],
    line: usize,
    source: &'a str,
    options: &'a LoadOptions,
    /// All of `rest` is one object, written over several lines.
    spread: bool,
}

impl<'a> JsonLines<'a> {
    /// Reads the lines of `bytes`, which the user calls `source`.
    pub fn new(bytes: &'a [u8], source: &'a str, options: &'a LoadOptions) -> JsonLines<'a> {
        let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let first = rest.trim_ascii_start();
        let first = first[..memchr::memchr(b'\n', first).unwrap_or(first.len())].trim_ascii_end();
        let spread = first.starts_with(b"{") && (first == b"{" || first.ends_with(b",") && !first.ends_with(b"},"));
        JsonLines { rest, line: 0, source, options, spread }
    }
}

impl Iterator for JsonLines<'_> {
    type Item = Result<Document, LoadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.spread {
            self.spread = false;
            let bytes = std::mem::take(&mut self.rest).trim_ascii();
            return Some(json_document(bytes, self.source, None, self.options));
        }
        while !self.rest.is_empty() {
            let end = memchr::memchr(b'\n', self.rest).unwrap_or(self.rest.len());
            let line = self.rest[..end].trim_ascii();
            self.rest = &self.rest[(end + 1).min(self.rest.len())..];
            self.line += 1;
            let line = line.strip_suffix(b",").unwrap_or(line).trim_ascii_end();
            if !matches!(line, b"" | b"[" | b"]") {
                return Some(json_document(line, self.source, Some(self.line), self.options));
            }
        }
        None
    }
}

/// The document in one JSON object. `line`, from 1, becomes part of the document's source (`path#line`).
///
/// For callers that read lines themselves, from a stream; [`JsonLines`] reads those of a file in memory.
pub fn json_document(bytes: &[u8], source: &str, line: Option<usize>, options: &LoadOptions) -> Result<Document, LoadError> {
    let fail = |kind, message: String| {
        let error = LoadError::new(kind, source, message);
        Err(match line {
            Some(line) => error.at_line(line),
            None => error,
        })
    };
    let text = String::from_utf8_lossy(bytes);
    let encoding = matches!(text, std::borrow::Cow::Owned(_)).then(|| {
        let bad: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
        format!("{bad} bytes are not UTF-8 and became U+FFFD")
    });
    let mut json = serde_json::Deserializer::from_str(&text);
    let object = match Fields(&options.fields).deserialize(&mut json).and_then(|object| json.end().map(|()| object)) {
        Ok(object) => object,
        Err(error) => return fail(Kind::Malformed, format!("not a JSON object: {}", without_line(&error))),
    };
    if object.first(&options.fields.text, " ").is_none() && object.get("items").is_some() {
        return fail(Kind::Container, "looks like a JSON feed, which holds many documents".into());
    }
    let draft = match object.draft(&options.fields) {
        Ok(draft) if draft.text.len() >= u32::MAX as usize => return fail(Kind::TooLong, "longer than 4 GiB".into()),
        Ok(draft) => draft,
        Err(message) => return fail(Kind::Malformed, message),
    };
    let named = line.map(|line| format!("{source}#{line}"));
    let map = OffsetMap::same();
    let source = named.as_deref().unwrap_or(source);
    Ok(finish(draft, Origin { bytes, source, format: Format::JsonLines, map: &map, encoding }, options))
}

/// serde's message without its "at line 1 column 2", which counts within the line.
fn without_line(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(at) => format!("{} (column {})", &message[..at], error.column()),
        None => message,
    }
}

/// An object's fields in their order.
struct Object(Vec<(String, Value)>);

impl Object {
    fn draft(&self, names: &FieldNames) -> Result<Draft, String> {
        let text = self.first(&names.text, "\n\n");
        let title = self.first(&names.title, " ").map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
        if text.is_none() && title.is_none() {
            return Err(format!("the object has neither a text ({}) nor a title", names.text.join(", ")));
        }
        let body = text.unwrap_or_default();
        let stated = Stated {
            title,
            published: self.all(&names.published),
            publisher: self.first(&names.publisher, ", "),
            language: self.first(&names.language, " "),
            address: self.first(&names.address, " "),
            doubts: Vec::new(),
        };
        Ok(if html::is_fragment(&body) { html::fragment(&body, stated) } else { titled_draft(body, stated) })
    }

    /// The first of `names` that has something to say; the parts of a list are joined.
    fn first(&self, names: &[String], joint: &str) -> Option<String> {
        names.iter().find_map(|name| self.get(name).and_then(|value| said(value, joint)))
    }

    fn all(&self, names: &[String]) -> Vec<String> {
        names.iter().filter_map(|name| self.get(name).and_then(|value| said(value, " "))).collect()
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// A field as text: a string, a number, the strings of a list, an object's `name` or `title`.
fn said(value: &Value, joint: &str) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(parts) => {
            let parts: Vec<String> = parts.iter().filter_map(|part| said(part, joint)).collect();
            parts.join(joint)
        }
        Value::Object(object) => {
            ["name", "title", "domain"].iter().find_map(|key| object.get(*key)).and_then(|value| said(value, joint))?
        }
        Value::Null | Value::Bool(_) => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// A draft of a title and a body of plain text; the body's own first line serves if it is the title.
pub(crate) fn titled_draft(body: String, stated: Stated) -> Draft {
    let title = stated.title.as_deref().unwrap_or("");
    if title.is_empty() || begins_with_title(&body, title) {
        let mut pieces = plain::pieces(&body, 0);
        if let Some(first) = pieces.first_mut().filter(|first| !title.is_empty() && first.span.len() <= title.len() + 8) {
            first.shape = Shape::Title;
        }
        return Draft { pieces, text: body, stated, ..Draft::default() };
    }
    let text = format!("{title}\n\n{body}");
    let mut pieces = vec![Piece { span: Span::new(0, title.len()), shape: Shape::Title }];
    pieces.extend(plain::pieces(&text, title.len()));
    Draft { pieces, text, stated, ..Draft::default() }
}

/// Reads an object, keeping the fields with a name of interest; other fields are passed over, not copied.
struct Fields<'a>(&'a FieldNames);

impl<'de> DeserializeSeed<'de> for Fields<'_> {
    type Value = Object;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = Object;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if self.0.names(&key) {
                fields.push((key, map.next_value()?));
            } else {
                map.next_value::<IgnoredAny>()?;
                if key == "items" {
                    fields.push((key, Value::Null));
                }
            }
        }
        Ok(Object(fields))
    }
}
