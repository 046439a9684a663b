//! How bytes, texts and readings are kept small, and how they are had again.
//!
//! A document's raw bytes are compressed by themselves (zstd). Its canonical text is nearly all in the raw bytes, which are
//! the dictionary that it is compressed with. A reading's JSON repeats its text and, over and over, the keys of a record:
//! its dictionary is [`SKELETON`] and then the text. Together that is a third of what each by itself would take.

/// A record as JSON, for its keys. What was compressed with it can be had again with nothing else: it is never changed.
const SKELETON: &[u8] = include_bytes!("skeleton-1.jsonl");

/// How hard: level 6 would take a tenth less room, and twice the time.
const LEVEL: i32 = 3;

/// Bytes by themselves.
pub(crate) fn press(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, LEVEL).expect("compressing in memory does not fail")
}

/// Several pieces much of which is in the dictionary, which is taken in once for all of them.
pub(crate) fn press_with<const N: usize>(pieces: [&[u8]; N], dictionary: &[u8]) -> [Vec<u8>; N] {
    let mut compressor = zstd::bulk::Compressor::with_dictionary(LEVEL, dictionary).expect("any bytes are a dictionary");
    pieces.map(|bytes| compressor.compress(bytes).expect("compressing in memory does not fail"))
}

/// The dictionary of a reading's JSON.
pub(crate) fn dictionary(text: &str) -> Vec<u8> {
    [SKELETON, text.as_bytes()].concat()
}

/// What was pressed; `None` where it is damaged.
pub(crate) fn unpress(bytes: &[u8]) -> Option<Vec<u8>> {
    zstd::stream::decode_all(bytes).ok()
}

/// What was pressed with that dictionary; `None` where it is damaged.
pub(crate) fn unpress_with(bytes: &[u8], dictionary: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut decoder = zstd::stream::read::Decoder::with_dictionary(bytes, dictionary).ok()?;
    std::io::Read::read_to_end(&mut decoder, &mut out).ok()?;
    Some(out)
}
