//! Where a document was met and what the user said of it then: enough to load it again, and to tell which of several
//! sightings of the same bytes a reading goes by.
//!
//! The same bytes may be met under a name that dates them and under one that does not. Which was met first must not
//! matter, so that the sighting with the lowest [`precedence`] counts, whenever it came.

use demarche::document::{DateSource, Document, FieldNames, Format, LoadError, LoadOptions, json_document, load_one};
use serde::{Deserialize, Serialize};

/// What the user said when the document was loaded, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<jiff::civil::Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Fields>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Fields {
    title: Vec<String>,
    text: Vec<String>,
    published: Vec<String>,
}

/// The options as JSON; `{}` where the user said nothing.
pub fn told(options: &LoadOptions) -> String {
    let names = &options.fields;
    let fields = (*names != FieldNames::default()).then(|| Fields {
        title: names.title.clone(),
        text: names.text.clone(),
        published: names.published.clone(),
    });
    let told = Told {
        published: options.published,
        language: options.language.clone(),
        format: options.format.map(|format| format_name(format).to_owned()),
        fields,
    };
    serde_json::to_string(&told).expect("a struct of texts and lists is JSON")
}

/// The word under which the store keeps a format.
pub(crate) fn format_name(format: Format) -> &'static str {
    match format {
        Format::Plain => "plain",
        Format::Markdown => "markdown",
        Format::Html => "html",
        Format::JsonLines => "jsonl",
    }
}

fn format_named(name: &str) -> Format {
    match name {
        "markdown" => Format::Markdown,
        "html" => Format::Html,
        "jsonl" => Format::JsonLines,
        _ => Format::Plain,
    }
}

/// Orders sightings of the same bytes: a day of publication that was given or stated before one that was guessed, an
/// earlier one before a later one; the rest, in which containers of the same bytes may differ, only makes the order complete.
pub fn precedence(document: &Document, told: &str) -> String {
    let meta = &document.meta;
    let certainty = match meta.published_from {
        Some(DateSource::Given) => 0,
        Some(DateSource::Metadata) => 1,
        Some(DateSource::Text) => 2,
        Some(DateSource::FileName) => 3,
        None => 4,
    };
    let day = meta.published.map(|day| day.to_string()).unwrap_or_default();
    let said = |word: &Option<String>| word.clone().unwrap_or_default();
    let (language, title, publisher, address) = (said(&meta.language), said(&meta.title), said(&meta.publisher), said(&meta.address));
    format!("{certainty} {day} {} {language} {told}\n{title}\n{publisher}\n{address}", format_name(document.format))
}

/// A document as it was met, for loading it again.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The bytes.
    pub raw: Vec<u8>,
    /// The source that the user named.
    pub source: String,
    /// The format that it was found to have.
    pub format: String,
    /// What the user said, see [`told`].
    pub told: String,
    /// Of which container it is an item, see [`Prepared::found`](crate::Prepared::found): then whoever read the container makes
    /// the document.
    pub origin: Option<String>,
}

impl Kept {
    /// What the user said.
    pub fn options(&self) -> LoadOptions {
        // What is kept was written by `told`; options that a later version added are passed over.
        let told: Told = serde_json::from_str(&self.told).unwrap_or_default();
        let mut fields = FieldNames::default();
        if let Some(named) = told.fields {
            (fields.title, fields.text, fields.published) = (named.title, named.text, named.published);
        }
        LoadOptions { format: told.format.as_deref().map(format_named), published: told.published, language: told.language, fields }
    }

    /// Makes the document of its bytes, as this version of the library does.
    ///
    /// # Errors
    /// When this version cannot load what an earlier one could.
    pub fn load(&self) -> Result<Document, LoadError> {
        let format = format_named(&self.format);
        let options = LoadOptions { format: Some(format), ..self.options() };
        if format != Format::JsonLines {
            return load_one(&self.raw, &self.source, &options);
        }
        let line = self.source.rsplit_once('#').and_then(|(path, line)| Some((path, line.parse().ok()?)));
        match line {
            Some((path, line)) => json_document(&self.raw, path, Some(line), &options),
            None => json_document(&self.raw, &self.source, None, &options),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_is_told_again() {
        let mut options = LoadOptions { published: Some(jiff::civil::date(2024, 2, 3)), ..LoadOptions::default() };
        options.fields.text = vec!["story".into()];
        let raw = br#"{"story": "Lee met Ishiba.", "date": "2025-01-01"}"#.to_vec();
        let first = json_document(&raw, "news.jsonl", Some(7), &options).expect("loads");
        let kept = Kept { raw, source: first.source.clone(), format: "jsonl".into(), told: told(&options), origin: None };
        let again = kept.load().expect("loads again");
        assert_eq!((&again.text, &again.source, again.meta.published), (&first.text, &first.source, first.meta.published));
        assert_eq!(told(&LoadOptions::default()), "{}");
    }
}
