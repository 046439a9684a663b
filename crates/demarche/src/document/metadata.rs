//! What a document says of itself → [`Metadata`]: whom to believe on title, date and language, and what is doubtful.

use jiff::civil::Date;

use super::{
    BlockKind, DateSource, Document, DocumentDoubt, Format, LoadOptions, Metadata,
    dates::{DateReading, read_date},
    draft::Stated,
    language::{language, name_of, primary_code},
    layout::{Layout, Trust},
};
use crate::span::Span;

/// Fills in `document.meta` and the doubts about it. The blocks must be there.
pub(crate) fn describe(document: &mut Document, stated: Stated, layout: &Layout, options: &LoadOptions) {
    let mut doubts: Vec<DocumentDoubt> = stated.doubts.iter().map(|(code, message)| doubt(code, message.clone(), None)).collect();
    let published = published(document, &stated.published, layout, options, &mut doubts);
    if published.is_none() {
        let message = "no day of publication is known; relative dates such as “Tuesday” cannot be resolved";
        doubts.push(doubt("undated", message.into(), None));
    }
    let language = spoken(document, stated.language.as_deref(), options);
    if let Some(code) = language.as_deref().filter(|code| *code != "en") {
        let name = name_of(code).map_or(String::new(), |name| format!("{name}, "));
        doubts.push(doubt("language", format!("the text seems to be in another language ({name}{code}); only English is read"), None));
    }
    let headline = document.blocks.iter().find(|block| block.kind == BlockKind::Headline);
    let headline = headline.map(|block| block.span.of(&document.text).to_owned());
    let folded = |title: String| title.split_whitespace().collect::<Vec<_>>().join(" ");
    let stated_title = stated.title.map(folded).filter(|title| !title.is_empty());
    document.meta = Metadata {
        title: stated_title.or(headline),
        published: published.map(|(date, _)| date),
        published_from: published.map(|(_, from)| from),
        dateline: layout.dateline.map(|line| line.span),
        publisher: stated.publisher,
        language,
        address: stated.address,
    };
    document.doubts.append(&mut doubts);
}

fn published(
    document: &Document,
    stated: &[String],
    layout: &Layout,
    options: &LoadOptions,
    doubts: &mut Vec<DocumentDoubt>,
) -> Option<(Date, DateSource)> {
    if let Some(date) = options.published {
        return Some((date, DateSource::Given));
    }
    for written in stated {
        match read_date(written) {
            DateReading::Day(date, _) => return Some((date, DateSource::Metadata)),
            DateReading::Ambiguous(date, _) => {
                let message = format!("“{written}” was read as {date}, with the day before the month");
                doubts.push(doubt("ambiguous-date", message, None));
                return Some((date, DateSource::Metadata));
            }
            DateReading::Impossible => {
                doubts.push(doubt("bad-date", format!("there is no such day as “{}”", shortened(written)), None));
            }
            DateReading::None if written.trim().is_empty() => {}
            DateReading::None => {
                doubts.push(doubt("bad-date", format!("“{}” could not be read as a date", shortened(written)), None));
            }
        }
    }
    let lines = layout.dates.iter().filter(|line| line.trust <= Trust::Alone);
    for line in lines {
        let span = document.blocks[line.block].span;
        match line.reading {
            Some(date) => return Some((date, DateSource::Text)),
            None => {
                let message = format!("there is no such day as in “{}”", span.of(&document.text));
                doubts.push(doubt("bad-date", message, Some(span)));
            }
        }
    }
    let dateline = layout.dateline.and_then(|line| line.date).map(|date| (date, DateSource::Text));
    let updated = layout.dates.iter().find_map(|line| line.reading).map(|date| (date, DateSource::Text));
    dateline.or_else(|| by_file_name(document).map(|date| (date, DateSource::FileName))).or(updated)
}

/// The ISO date at the head of a file's name.
fn by_file_name(document: &Document) -> Option<Date> {
    if document.format == Format::JsonLines {
        return None;
    }
    let name = document.source.rsplit(['/', '\\']).next()?;
    let iso = name.as_bytes().get(..10).is_some_and(|head| head[4] == b'-' && head[7] == b'-');
    match read_date(name.get(..10)?) {
        DateReading::Day(date, 10) if iso => Some(date),
        _ => None,
    }
}

fn spoken(document: &Document, stated: Option<&str>, options: &LoadOptions) -> Option<String> {
    if let Some(given) = &options.language {
        return Some(primary_code(given).unwrap_or_else(|| given.clone()));
    }
    let mut sample = String::new();
    for block in document.blocks.iter().filter(|block| block.kind != BlockKind::Furniture) {
        sample.push_str(block.span.of(&document.text));
        sample.push('\n');
        if sample.len() > 4096 {
            break;
        }
    }
    // A page's template often says "en" whatever the article is in; the words know better.
    language(&sample).map(str::to_owned).or_else(|| stated.and_then(primary_code))
}

fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(60.min(text.len()))]
}

pub(crate) fn doubt(code: &'static str, message: String, span: Option<Span>) -> DocumentDoubt {
    DocumentDoubt { code, message, span }
}
