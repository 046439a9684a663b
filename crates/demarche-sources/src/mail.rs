//! Mailboxes of newsletters, single messages, and pages saved as one (MHTML) → a document for each message.
//!
//! [`mbox`] cuts a mailbox at its "From " lines; [`message`] takes one message: the HTML part if there is one, else the
//! text, decoded; and attached PDF files as items of their own.

mod mbox;

use std::borrow::Cow;

use jiff::{Timestamp, civil::Date};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

pub(crate) use mbox::Mbox;

use crate::{
    Published, SourceError,
    error::Kind,
    item::{Item, Media, Origin},
    items::Tally,
    text::folded,
};

/// The documents in one message.
pub(crate) fn message(bytes: &[u8], origin: Origin, tally: &mut Tally) -> Vec<Result<Item, SourceError>> {
    let place = format!("message {}", origin.number);
    let name = origin.source.clone();
    let Some(message) = MessageParser::default().parse(bytes) else {
        return vec![Err(Kind::Malformed.error(&name, "is no message: it has no headers").at(place))];
    };
    let mut items = Vec::new();
    match text_of(&message) {
        Some((media, text)) => items.push(Ok(described(&message, Item::new(text.into_owned().into_bytes(), media, origin.clone())))),
        None if message.attachment_count() == 0 => {
            items.push(Err(Kind::Empty.error(&name, "has no text that could be read").at(place)));
        }
        None => tally.leave_out("message without text"),
    }
    for part in message.attachments() {
        let contents = match &part.body {
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.as_ref(),
            _ => part.contents(),
        };
        if contents.starts_with(b"%PDF-") {
            let part = part.attachment_name().unwrap_or("attachment.pdf").to_owned();
            let mut item = described(&message, Item::new(contents.to_vec(), Media::Pdf, Origin { part: Some(part), ..origin.clone() }));
            item.title = None;
            items.push(Ok(item));
        } else {
            let kind = part.content_type().map_or("unknown", |kind| kind.ctype()).to_ascii_lowercase();
            let kind =
                if matches!(kind.as_str(), "image" | "text" | "application" | "audio" | "video" | "message") { &*kind } else { "unknown" };
            tally.leave_out(format!("attachment ({kind})"));
        }
    }
    items
}

/// The text of a message. A saved page is the first HTML part; a newsletter's HTML says more than its text part.
fn text_of<'a>(message: &'a Message<'a>) -> Option<(Media, Cow<'a, str>)> {
    let html = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(text) => Some(text.clone()),
        _ => None,
    });
    let text = || {
        message.text_bodies().find_map(|part| match &part.body {
            PartType::Text(text) => Some(text.clone()),
            _ => None,
        })
    };
    let said = |text: &Cow<'_, str>| !text.trim().is_empty();
    html.filter(said).map(|html| (Media::Html, html)).or_else(|| text().filter(said).map(|text| (Media::Text, text)))
}

/// What the headers say.
fn described(message: &Message<'_>, mut item: Item) -> Item {
    item.title = message.subject().and_then(folded);
    item.id = message.message_id().map(str::to_owned);
    let sender = message.from().and_then(|from| from.first());
    item.publisher = sender.and_then(|sender| sender.name().or(sender.address())).and_then(folded);
    item.published = date(message);
    if item.published.is_none() && message.header("Date").is_some() {
        item.doubts.push("the date of the message could not be read".into());
    }
    // Pages that browsers save name their address here.
    let header = |name: &'static str| message.header(name).and_then(|value| value.as_text()).map(str::trim);
    let address = header("Snapshot-Content-Location").or_else(|| header("Content-Location")).or_else(|| header("Archived-At"));
    let of_part = || message.html_part(0).and_then(|part| part.content_location());
    item.address = address.or_else(of_part).map(|address| address.trim_matches(['<', '>']).to_owned()).filter(|a| a.starts_with("http"));
    item.language = message.content_language().as_text().map(str::to_owned);
    item
}

fn date(message: &Message<'_>) -> Option<Published> {
    let date = message.date()?;
    let day = Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()?;
    let instant = Timestamp::from_second(date.to_timestamp()).ok();
    Some(Published { day, instant, written: date.to_rfc3339() })
}
