//! PDF → text, page by page. The extractor is other people's code, and PDF a wild format: it runs on a thread of its own,
//! with a deep stack, its panics are caught, and after a while it is no longer waited for.

use std::{sync::mpsc, thread, time::Duration};

use pdf_extract::{Document, Object, OutputError, PlainTextOutput};

use crate::{Published, error::Kind, error::SourceError, text::folded};

/// How long a file may take.
const PATIENCE: Duration = Duration::from_secs(60);
const STACK: usize = 64 << 20;
/// Fewer visible characters than this a page are page numbers and stamps, not text.
const FEW: usize = 16;

/// The text of a PDF file, and what it says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PdfText {
    /// The text of the pages, a form feed between two.
    pub text: String,
    /// How many pages there are.
    pub pages: usize,
    /// Pages without text, or that could not be read, from 1.
    pub without_text: Vec<u32>,
    /// The title that the file states.
    pub title: Option<String>,
    /// When the file says that it was made.
    pub created: Option<Published>,
}

/// Reads the text of a PDF file. `name` is what the user calls it.
///
/// # Errors
/// For what is no PDF file, is locked with a password, takes too long, or [is scanned](SourceError::is_scanned): pages of
/// images, which are not read.
pub fn text(bytes: &[u8], name: &str) -> Result<PdfText, SourceError> {
    let (sender, receiver) = mpsc::channel();
    let own = bytes.to_vec();
    let worker = thread::Builder::new().name("pdf".into()).stack_size(STACK).spawn(move || {
        let outcome = std::panic::catch_unwind(|| extract(&own));
        // No one listens any more if it took too long.
        let _ = sender.send(outcome.unwrap_or_else(|_| Err("the reader of PDF files failed on it".into())));
    });
    let malformed = |message: String| Kind::Malformed.error(name, message);
    worker.map_err(|error| Kind::Io.error(name, format!("no thread for reading it: {error}")))?;
    let read = match receiver.recv_timeout(PATIENCE) {
        Ok(read) => read.map_err(|message| malformed(format!("this PDF file cannot be read: {message}")))?,
        Err(_) => return Err(malformed(format!("reading this PDF file took more than {} s: given up", PATIENCE.as_secs()))),
    };
    let seen = read.text.chars().filter(|c| !c.is_whitespace()).count();
    if read.pages > 0 && seen < FEW * read.pages.min(4) {
        let message = format!(
            "is a PDF file of {} pages without text, probably scanned: kept, not read; give it through text recognition (OCR) first",
            read.pages
        );
        return Err(Kind::Scanned.error(name, message));
    }
    Ok(read)
}

fn extract(bytes: &[u8]) -> Result<PdfText, String> {
    let start = memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").ok_or("it does not begin like one")?;
    let mut document = Document::load_mem(&bytes[start..]).map_err(|error| error.to_string())?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| "it is locked with a password".to_owned())?;
    }
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    let mut read = PdfText { pages: numbers.len(), ..PdfText::default() };
    for number in numbers {
        let page = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| page(&document, number)));
        let text = page.ok().and_then(Result::ok).unwrap_or_default();
        if text.trim().is_empty() {
            read.without_text.push(number);
        }
        if !read.text.is_empty() {
            read.text.push('\u{c}');
        }
        read.text.push_str(&joined(&text));
    }
    let info = document.trailer.get(b"Info").ok().and_then(|info| match info {
        Object::Reference(id) => document.get_object(*id).and_then(Object::as_dict).ok(),
        info => info.as_dict().ok(),
    });
    let said = |key: &[u8]| info.and_then(|info| info.get(key).ok()).and_then(|value| value.as_str().ok()).map(pdf_string);
    read.title = said(b"Title").and_then(|title| folded(&title));
    read.created = said(b"CreationDate").and_then(|date| created(&date));
    Ok(read)
}

fn page(document: &Document, number: u32) -> Result<String, OutputError> {
    let mut text = String::new();
    let mut output = PlainTextOutput::new(&mut text);
    pdf_extract::output_doc_page(document, &mut output, number)?;
    Ok(text)
}

/// Lines of one paragraph are put together, words that were parted at a line's end joined; empty lines part paragraphs.
fn joined(page: &str) -> String {
    let mut text = String::new();
    let mut blank = true;
    for line in page.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            blank = true;
            continue;
        }
        if blank {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
        } else {
            text.push('\n');
        }
        blank = false;
        text.push_str(&line);
    }
    text
}

/// A string of a PDF file: UTF-16 with its mark, or as good as Latin.
fn pdf_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        _ => crate::text::decoded(bytes, None).0.into_owned(),
    }
}

/// "D:20260113090000+09'00'": the day, as written.
fn created(written: &str) -> Option<Published> {
    let digits = written.trim_start_matches("D:").get(..8)?;
    let iso = format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    Published::parse(&iso).map(|date| Published { written: written.to_owned(), ..date })
}
