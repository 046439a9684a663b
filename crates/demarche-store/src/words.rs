//! Text → the words by which it is found, the same for texts and for questions.
//!
//! Words are folded: lower case, without accents ("Erdoğan" and "ERDOGAN" are one word). Scripts that do not part their
//! words (Chinese, Japanese, Thai …), and Korean, which joins particles and compounds to them, are indexed as pairs of
//! neighbouring characters, with the last character of each run on its own:
//!
//! ```text
//! 정상회담이 → 정상 상회 회담 담이 이
//! ```
//!
//! A word of two characters is one pair and thus one look-up; a longer one is a phrase of its pairs; a single character is
//! the beginning of a pair. SQLite's own trigrams find no word of two characters, which most of these languages' words are.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick};

/// Calls `found` with each word of `text`, folded, and its bytes in `text`.
///
/// The spans are those of the composed text (NFC); texts are composed nearly always.
pub(crate) fn words(text: &str, mut found: impl FnMut(&str, std::ops::Range<usize>)) {
    let mut word = String::new();
    let mut start = 0;
    // The latest characters of a run of unparted script: (character, where it begins).
    let mut before: Option<(char, usize)> = None;
    for (at, c) in text.char_indices() {
        if c.is_ascii_alphanumeric() || !c.is_ascii() && !unparted(c) && (c.is_alphanumeric() || is_combining_mark(c)) {
            if let Some((last, begun)) = before.take() {
                found(last.encode_utf8(&mut [0; 4]), begun..at);
            }
            if word.is_empty() {
                start = at;
            }
            fold(c, &mut word);
            continue;
        }
        if !word.is_empty() {
            found(&word, start..at);
            word.clear();
        }
        if unparted(c) {
            if let Some((last, begun)) = before {
                let pair: String = [last, c].iter().collect();
                found(&pair, begun..at + c.len_utf8());
            }
            before = Some((c, at));
        } else if let Some((last, begun)) = before.take() {
            found(last.encode_utf8(&mut [0; 4]), begun..at);
        }
    }
    if !word.is_empty() {
        found(&word, start..text.len());
    }
    if let Some((last, begun)) = before {
        found(last.encode_utf8(&mut [0; 4]), begun..text.len());
    }
}

/// `text` in the form that [`words`] wants, nearly always as it is.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The words of `text` with blanks between them, as the index takes them, and how many there are.
pub(crate) fn indexed(text: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let mut count = 0;
    words(&composed(text), |word, _| {
        if count > 0 {
            out.push(' ');
        }
        out.push_str(word);
        count += 1;
    });
    (out, count)
}

/// A name as it is compared: its words, folded, with blanks around each.
pub(crate) fn folded(name: &str) -> String {
    let (words, _) = indexed(name);
    format!(" {words} ")
}

fn fold(c: char, word: &mut String) {
    if c.is_ascii() {
        word.push(c.to_ascii_lowercase());
        return;
    }
    unicode_normalization::char::decompose_compatible(c, |part| {
        if !is_combining_mark(part) {
            word.extend(part.to_lowercase().filter(|c| !is_combining_mark(*c)));
        }
    });
}

/// Whether words of this character's script are written without blanks between them, or grow by what is joined to them.
pub(crate) fn unparted(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'       // Thai, Lao
        | '\u{1000}'..='\u{109f}'     // Burmese
        | '\u{1100}'..='\u{11ff}'     // Korean letters
        | '\u{1780}'..='\u{17ff}'     // Khmer
        | '\u{3005}'..='\u{3007}'     // Chinese iteration mark, zero
        | '\u{3041}'..='\u{30ff}'     // Japanese kana
        | '\u{3105}'..='\u{318f}'     // Bopomofo, Korean letters
        | '\u{31f0}'..='\u{31ff}'     // Japanese kana
        | '\u{3400}'..='\u{9fff}'     // Chinese
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}'     // Korean
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
        && c != '\u{30fb}' // the middle dot parts names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_unparted_scripts_paired() {
        let check = |text: &str, expected: &str| assert_eq!(indexed(text).0, expected, "{text}");
        check("The U.S.–ROK summit's 2nd day", "the u s rok summit s 2nd day");
        check("Erdoğan, São Tomé, ERDOGAN", "erdogan sao tome erdogan");
        check("Erdog\u{306}an", "erdogan");
        check("한일 정상회담이 열렸다.", "한일 일 정상 상회 회담 담이 이 열렸 렸다 다");
        check("高市首相は13日", "高市 市首 首相 相は は 13 日");
        check("ジョン・ケリー", "ジョ ョン ン ケリ リー ー");
        check("", "");
        check("… — !", "");
    }

    #[test]
    fn spans_are_slices() {
        for text in ["Seoul's 한일 정상 met", "ก้าวไกล x", "a한b"] {
            words(text, |_, span| assert!(!text[span].is_empty()));
        }
    }
}
