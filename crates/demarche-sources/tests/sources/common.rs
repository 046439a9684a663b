//! What the tests have in common.

use std::{
    io::{Cursor, Write},
    path::PathBuf,
};

use demarche_sources::{Item, Items, Limits, SourceError, read};
use flate2::{Compression, write::GzEncoder};

pub(crate) fn items_of(bytes: &[u8], name: &str) -> Items {
    read(Box::new(Cursor::new(bytes.to_vec())), name, &Limits::default())
}

/// One line for each item and error: what a person would look at.
pub(crate) fn shown(bytes: &[u8], name: &str) -> String {
    items_of(bytes, name).map(|item| line(&item)).collect::<Vec<_>>().join("\n")
}

pub(crate) fn line(item: &Result<Item, SourceError>) -> String {
    match item {
        Ok(item) => {
            let or = |text: Option<&str>| text.unwrap_or("-").to_owned();
            let day = item.published.as_ref().map_or("-".to_owned(), |date| date.day.to_string());
            format!(
                "{} | {day} | {} | {:?} {:?} | {} | {}",
                item.origin,
                or(item.title.as_deref()),
                item.extent,
                item.media,
                or(item.address.as_deref()),
                String::from_utf8_lossy(&item.bytes).chars().take(40).collect::<String>().replace('\n', " ")
            )
        }
        Err(error) => format!("! {error}"),
    }
}

pub(crate) fn check(bytes: impl AsRef<[u8]>, name: &str, expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let shown = shown(bytes.as_ref(), name);
    let lines: Vec<&str> = shown.lines().map(str::trim).collect();
    assert_eq!(lines, expected, "{name}");
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Samples that are not part of the project; `None`, and said, where they are not at hand.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let roots =
        [std::env::var_os("DEMARCHE_SHARED").map(PathBuf::from), Some(PathBuf::from("../shared")), Some(PathBuf::from("../../../shared"))];
    let places = roots.into_iter().flatten().map(|root| root.join("data/texts").join(folder));
    let found = places.into_iter().find(|place| place.is_dir());
    if found.is_none() {
        println!("skipped: the samples {folder} are not at hand");
    }
    found
}

/// A PDF file with one page for each text; an empty text is a page with nothing but a drawing.
pub(crate) fn pdf(pages: &[&str]) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 5 + 2 * page)).collect();
    objects.push(format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()));
    objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned());
    objects.push("<< /Title (Joint Statement) /CreationDate (D:20260113090000+09'00') >>".to_owned());
    for (page, text) in pages.iter().enumerate() {
        let lines: String = text.lines().map(|line| format!("({line}) Tj 0 -16 Td ")).collect();
        let content = if text.is_empty() { "10 10 100 100 re f".to_owned() } else { format!("BT /F1 12 Tf 72 720 Td {lines} ET") };
        let resources = "<< /Font << /F1 3 0 R >> >>";
        objects
            .push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources {resources} /Contents {} 0 R >>", 6 + 2 * page));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", index + 1).as_bytes());
    }
    let start = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for offset in offsets {
        file.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let end = format!("trailer\n<< /Size {} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.extend_from_slice(end.as_bytes());
    file
}

/// A ZIP archive of one file, deflated.
pub(crate) fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    let packed = encoder.finish().unwrap();
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    let mut file = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0".to_vec();
    file.extend_from_slice(&crc.sum().to_le_bytes());
    file.extend_from_slice(&(packed.len() as u32).to_le_bytes());
    file.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    file.extend_from_slice(&(name.len() as u16).to_le_bytes());
    file.extend_from_slice(&[0, 0]);
    file.extend_from_slice(name.as_bytes());
    file.extend_from_slice(&packed);
    file.extend_from_slice(b"PK\x01\x02 the directory, which is not read");
    file
}
